/*
 * pressmark-indexer: articles into an index.
 */
#include <errno.h>
#include <jemalloc/jemalloc.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "add.h"
#include "check.h"
#include "cli.h"
#include "compact.h"
#include "db.h"
#include "dump.h"
#include "entities_command.h"
#include "options.h"
#include "read.h"
#include "remove.h"
#include "stats.h"
#include "sync.h"
#include "version.h"

#define EXIT_CODES                                                                                 \
    "Exit: 0 done, 2 wrong command line, 3 part of the input was bad and the rest is in,\n"        \
    "65 nothing done because of bad input, 66 nothing to read, 70 internal error or a broken\n"    \
    "index, 74 reading or writing failed, 75 another writer is at work, 130/143 stopped."

/*
 * What jemalloc is asked for, where it is linked in: pages of 2 MB.  Tables of terms, words and
 * names are read in no order, and each step to another small page waits for its address.
 */
const char *malloc_conf = "thp:always";

static const struct options_command commands[] = {
    {.name = "add",
     .summary = "add articles, or replace those with the same ids",
     .cli = {.command = "add",
             .usage = "indexer add [-i INDEX] [options] PATH...\n"
                      "       indexer add [-i INDEX] [options] --retry FILE",
             .about = "Adds the articles in files, folders (recursively) and, where PATH is -,\n"
                      "standard input.  An article takes the place of one with the same id; one\n"
                      "that has not changed is passed over.  All of it is published at once, at\n"
                      "the end, or nothing.",
             .notes = EXIT_CODES},
     .takes = "iflncdbErspmJWwjqh",
     .run = add_run},
    {.name = "sync",
     .summary = "make an index follow folders: what is new, changed, gone",
     .cli = {.command = "sync",
             .usage = "indexer sync [-i INDEX] [options] DIR...",
             .about =
                 "Shows which files in the folders are new or changed since the last sync, and\n"
                 "which are gone.  With --apply the index gets their articles, and loses those\n"
                 "whose file is gone or has them no longer.  All of it is published at once,\n"
                 "at the end, or nothing.",
             .notes = EXIT_CODES},
     .takes = "iflncdbEazmJWwjqh",
     .run = sync_run},
    {.name = "read",
     .summary = "print what is read from files, without an index",
     .cli = {.command = "read",
             .usage = "indexer read [options] PATH...\n"
                      "       indexer read [options] --retry FILE",
             .about =
                 "Prints every article that 'add' would find there, as a JSON object on a line\n"
                 "of its own: to see what is recognised, or to go on with other tools.",
             .notes = EXIT_CODES},
     .takes = "fcdErh",
     .run = read_run},
    {.name = "entities",
     .summary = "print the names in articles, without an index",
     .cli = {.command = "entities",
             .usage = "indexer entities [options] PATH...\n"
                      "       indexer entities [options] --conll FILE...",
             .about =
                 "Prints the people, organisations, places and other names that stand in the\n"
                 "articles that 'add' would find there.  With --conll the files hold a token a\n"
                 "line, and each line gets the tag that was found.",
             .notes = EXIT_CODES},
     .takes = "FCRlcdErh",
     .run = entities_run},
    {.name = "delete",
     .summary = "delete articles by id or by query",
     .cli = {.command = "delete",
             .usage = "indexer delete [-i INDEX] [options] ID...\n"
                      "       indexer delete [-i INDEX] [options] --query QUERY",
             .about = "Deletes the articles with these ids, or all that a query finds: look at\n"
                      "them with searcher first.",
             .notes = EXIT_CODES},
     .takes = "iQwjqh",
     .run = remove_run},
    {.name = "compact",
     .summary = "make one segment of all, without what is dead",
     .cli = {.command = "compact",
             .usage = "indexer compact [-i INDEX] [--wait[=SECONDS]]",
             .about = "Merges all segments into one, and frees the room of what was deleted or\n"
                      "replaced.  Searches go on meanwhile.",
             .notes = EXIT_CODES},
     .takes = "iwh",
     .run = compact_run},
    {.name = "check",
     .summary = "tell whether an index is sound",
     .cli = {.command = "check",
             .usage = "indexer check [-i INDEX] [options]",
             .about = "Checks the structure of every segment, the lists of dead articles, that\n"
                      "every id is there once, and that no file lies about that nobody owns.",
             .notes = EXIT_CODES},
     .takes = "iwqh",
     .run = check_run},
    {.name = "dump",
     .summary = "print all articles as NDJSON",
     .cli = {.command = "dump",
             .usage = "indexer dump [-i INDEX]",
             .about =
                 "Prints every article as a JSON object on a line of its own.  'add' reads it\n"
                 "again, and a dump of that is the same.",
             .notes = EXIT_CODES},
     .takes = "ih",
     .run = dump_run},
    {.name = "stats",
     .summary = "show what an index holds",
     .cli = {.command = "stats",
             .usage = "indexer stats [-i INDEX] [--json]",
             .about =
                 "Shows what an index holds: articles by month, source and language, segments,\n"
                 "what is dead, and bytes.",
             .notes = EXIT_CODES},
     .takes = "ijh",
     .run = stats_run},
};
#define COMMANDS (sizeof commands / sizeof *commands)

static const struct pm_cli overview = {.usage = "indexer COMMAND [options] ..."};

static int run_command(const struct options_command *command, int argc, char **argv)
{
    struct options options;
    int status;
    if (options_read(command, argc, argv, &options, &status))
        status = command->run(&options);
    return pm_cli_finish(&command->cli, status);
}

static void print_overview(void)
{
    printf("usage: %s\n\nTurns news articles into an index that searcher searches.\n\n",
           overview.usage);
    for (size_t i = 0; i < COMMANDS; i++)
        printf("  %-9s %s\n", commands[i].name, commands[i].summary);
    printf("\n'indexer COMMAND --help' tells more, 'indexer --version' the version.\n\n%s\n",
           EXIT_CODES);
}

/* What is published stands; what was not is swept by the next writer. */
static void give_up(void)
{
    bool memory = errno == ENOMEM;
    pm_cli_say(&overview, "%s; the index is as it was published last",
               memory ? "out of memory" : "the database cannot be written");
    _exit(memory ? PM_EXIT_INTERNAL : PM_EXIT_IO);
}

int main(int argc, char **argv)
{
    const char *word = argc > 1 ? argv[1] : "";
    pm_cli_start();
    pm_db_on_end(give_up);
    for (size_t i = 0; i < COMMANDS; i++)
        if (!strcmp(word, commands[i].name))
            return run_command(&commands[i], argc - 1, argv + 1);
    if (!strcmp(word, "--help") || !strcmp(word, "-h") || !strcmp(word, "help")) {
        print_overview();
        return pm_cli_finish(&overview, PM_EXIT_OK);
    }
    if (!strcmp(word, "--version")) {
        printf("pressmark %s (Xapian %s)\n", PM_VERSION, pm_db_version());
        return pm_cli_finish(&overview, PM_EXIT_OK);
    }
    if (*word)
        pm_cli_say(&overview, "unknown command '%s': see --help", word);
    else
        pm_cli_say(&overview, "no command: see --help");
    return PM_EXIT_USAGE;
}
