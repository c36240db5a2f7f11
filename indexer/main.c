/*
 * pressmark-indexer: articles into an index.
 */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "db.h"
#include "ingest.h"
#include "options.h"
#include "stats.h"
#include "version.h"

#define EXIT_CODES                                                                                 \
    "Exit: 0 done, 2 wrong command line, 3 part of the input was bad and the rest is in,\n"        \
    "65 nothing done because of bad input, 66 nothing to read, 70 internal error,\n"               \
    "74 reading or writing failed, 75 another writer is at work, 130/143 stopped."

static struct options_command commands[] = {
    {"add",
     {.command = "add",
      .usage = "indexer add [-i INDEX] [options] PATH...",
      .about = "Adds the articles in files, folders (recursively) and, where PATH is -, standard\n"
               "input.  All of them are published at once, at the end, or none.",
      .notes = EXIT_CODES,
      .options = options_add},
     ingest_run},
    {"stats",
     {.command = "stats",
      .usage = "indexer stats [-i INDEX] [--json]",
      .about = "Shows what an index holds.",
      .options = options_stats},
     stats_run},
};
#define COMMANDS (sizeof commands / sizeof *commands)

static const struct pm_cli overview = {
    .usage = "indexer COMMAND [options] ...",
    .about = "Turns news articles into an index that searcher searches.\n\n"
             "  add     add articles\n"
             "  stats   show what an index holds\n\n"
             "'indexer COMMAND --help' tells more, 'indexer --version' the version.",
    .notes = EXIT_CODES,
};

static int run_command(struct options_command *command, int argc, char **argv)
{
    struct options options;
    int status;
    if (options_read(command, argc, argv, &options, &status))
        status = command->run(&options);
    return pm_cli_finish(&command->cli, status);
}

int main(int argc, char **argv)
{
    const char *word = argc > 1 ? argv[1] : "";
    pm_cli_start();
    commands[0].cli.len = options_add_len;
    commands[1].cli.len = options_stats_len;
    for (size_t i = 0; i < COMMANDS; i++)
        if (!strcmp(word, commands[i].name))
            return run_command(&commands[i], argc - 1, argv + 1);
    if (!strcmp(word, "--help") || !strcmp(word, "-h") || !strcmp(word, "help")) {
        pm_cli_help(&overview);
        return pm_cli_finish(&overview, PM_EXIT_OK);
    }
    if (!strcmp(word, "--version")) {
        printf("pressmark %s (Xapian %s)\n", PM_VERSION, pm_db_version());
        return pm_cli_finish(&overview, PM_EXIT_OK);
    }
    pm_cli_say(&overview, *word ? "unknown command '%s': see --help" : "no command%s: see --help",
               word);
    return PM_EXIT_USAGE;
}
