#include "options.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

enum { HELP = 1, INDEX, FORMAT, LANGUAGE, BOOST, STRICT, JSON, QUIET };

#define OPT_HELP                                                                                   \
    {                                                                                              \
        HELP, 'h', "help", NULL, "show this help"                                                  \
    }
#define OPT_INDEX                                                                                  \
    {                                                                                              \
        INDEX, 'i', "index", "DIR", "the index (default: $PRESSMARK_INDEX)"                        \
    }

const struct pm_cli_option options_add[] = {
    OPT_INDEX,
    {FORMAT, 'f', "format", "FORMAT", "auto (default), text, json or ndjson"},
    {LANGUAGE, 'l', "language", "LANG", "of articles that do not say (default: en)"},
    {BOOST, 'b', "boost", "LIST", "title=3,lede=1,entity=1: how often a word counts there"},
    {STRICT, 0, "strict", NULL, "publish nothing if any record is bad"},
    {JSON, 0, "json", NULL, "print the summary as JSON on standard output"},
    {QUIET, 'q', "quiet", NULL, "no progress and no summary"},
    OPT_HELP,
};
const size_t options_add_len = sizeof options_add / sizeof *options_add;

const struct pm_cli_option options_stats[] = {
    OPT_INDEX,
    {JSON, 0, "json", NULL, "print JSON"},
    OPT_HELP,
};
const size_t options_stats_len = sizeof options_stats / sizeof *options_stats;

/* Takes one option; a complaint, made here, and false when its value is no good. */
static bool take(struct options *options, int id, const char *value)
{
    const struct pm_cli *cli = &options->command->cli;
    struct pm_error err = {0};
    int format;
    switch (id) {
    case INDEX:
        options->index = value;
        break;
    case FORMAT:
        format = feed_format_find(value);
        if (format < 0)
            pm_fail(&err, PM_ERR_USAGE, "unknown format '%s': there are %s", value,
                    feed_format_names());
        else
            options->format = (enum feed_format)format;
        break;
    case LANGUAGE:
        options->language = pm_language_find(value);
        if (!options->language)
            pm_fail(&err, PM_ERR_USAGE, "unknown language '%s'", value);
        break;
    case BOOST:
        options->boosts_given = true;
        pm_boosts_parse(value, &options->boosts, &err);
        break;
    case STRICT:
        options->strict = true;
        break;
    case JSON:
        options->json = true;
        break;
    case QUIET:
        options->quiet = true;
        break;
    }
    if (err.code)
        pm_cli_complain(cli, &err);
    return !err.code;
}

bool options_read(const struct options_command *command, int argc, char **argv,
                  struct options *options, int *status)
{
    const char *value;
    int id;
    *options = (struct options){
        .command = command,
        .index = getenv("PRESSMARK_INDEX"),
        .language = pm_language_find("en"),
        .boosts = pm_boosts_default,
    };
    *status = PM_EXIT_USAGE;
    while ((id = pm_cli_next(&command->cli, argc, argv, &value)) > 0) {
        if (id == HELP) {
            pm_cli_help(&command->cli);
            *status = PM_EXIT_OK;
            return false;
        }
        if (!take(options, id, value))
            return false;
    }
    if (id < 0)
        return false;
    options->paths = (const char *const *)(argv + optind);
    options->paths_len = (size_t)(argc - optind);
    if (!options->index || !*options->index) {
        struct pm_error err = {0};
        pm_fail(&err, PM_ERR_USAGE, "no index: give -i DIR or set PRESSMARK_INDEX");
        pm_cli_complain(&command->cli, &err);
        return false;
    }
    return true;
}
