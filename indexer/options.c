#include "options.h"

#include <getopt.h>
#include <math.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MEMORY_DEFAULT (512u << 20)
#define MEMORY_MAX     (1ull << 40)
#define JOBS_MAX       256

/* Every option of every command, known by the letter in `takes`. */
static const struct pm_cli_option table[] = {
    {'i', 'i', "index", "DIR", "the index (default: $PRESSMARK_INDEX)"},
    {'f', 'f', "format", "FORMAT", "of all files, such as csv (default: auto, by content)"},
    {'F', 'f', "format", "FORMAT", "text (default), ndjson or conll: how names are printed"},
    {'C', 0, "conll", NULL, "read tokens, one a line, and print their tags behind them"},
    {'R', 0, "rules", NULL, "find names by rules, as where there is no model"},
    {'l', 'l', "language", "LANG", "of articles that do not say (default: en)"},
    {'b', 'b', "boost", "LIST", "title=3,lede=1,entity=1: how often a word counts there"},
    {'n', 0, "entities", "SWITCH", "on (default) or off: find names in articles without"},
    {'c', 0, "charset", "NAME", "of all text, such as windows-1252 (default: found out)"},
    {'d', 0, "date-from", "ORIGIN", "mtime: articles without a date get that of their file"},
    {'E', 0, "errors", "FILE", "write a JSON object a line there for all that fails"},
    {'r', 0, "retry", "FILE", "read again what such a list of an earlier run names"},
    {'Q', 0, "query", "QUERY", "delete every article that matches"},
    {'a', 0, "apply", NULL, "do it, do not only show the plan"},
    {'z', 0, "allow-empty", NULL, "let go even all the files of a folder"},
    {'s', 0, "strict", NULL, "publish nothing if any record is bad"},
    {'p', 0, "publish-every", "WHEN",
     "publish in between: after so many articles (1000) or a time (60s)"},
    {'m', 0, "memory", "SIZE", "512M (default): above it, words wait in files to be written"},
    {'J', 0, "jobs", "N", "articles worked on at once (default: the number of cores)"},
    {'W', 0, "writer", "NAME", "bulk (default) or api: what writes the index"},
    {'w', 0, "wait", "[=SECONDS]", "wait for another writer (for ever without a number)"},
    {'j', 0, "json", NULL, "print JSON on standard output"},
    {'q', 'q', "quiet", NULL, "no progress and no summary"},
    {'h', 'h', "help", NULL, "show this help"},
};
#define ROWS (sizeof table / sizeof *table)

int options_refuse(const struct options *options, const char *what)
{
    pm_cli_say(&options->command->cli, "%s", what);
    return PM_EXIT_USAGE;
}

/* "1000": after so many articles; "60s": after so many seconds. */
static bool take_publish(struct options *options, const char *value)
{
    char *end;
    double number = strtod(value, &end);
    if (end != value && number > 0 && number < 1e9 && *value != '+') {
        if (!strcmp(end, "s")) {
            options->publish_seconds = number;
            return true;
        }
        if (!*end && number == floor(number)) {
            options->publish_articles = (uint64_t)number;
            return true;
        }
    }
    pm_cli_say(&options->command->cli,
               "'%s' is no time to publish: give articles, like 1000, or seconds, like 60s", value);
    return false;
}

/* "512M": a number of bytes, with K, M or G for 1024 of what comes before. */
static bool take_memory(struct options *options, const char *value)
{
    static const char unit[] = "KMG";
    char *end;
    unsigned long long bytes = strtoull(value, &end, 10);
    const char *scale = *end ? strchr(unit, *end) : NULL;
    unsigned shift = scale ? 10 * (unsigned)(scale - unit + 1) : 0;
    if (end != value && *value >= '0' && *value <= '9' && !end[scale ? 1 : 0] && bytes &&
        bytes <= MEMORY_MAX >> shift) {
        options->memory = bytes << shift;
        return true;
    }
    pm_cli_say(&options->command->cli, "'%s' is no size of memory: give bytes, like 512M", value);
    return false;
}

static bool take_jobs(struct options *options, const char *value)
{
    char *end;
    unsigned long jobs = strtoul(value, &end, 10);
    if (*value >= '0' && *value <= '9' && !*end && jobs && jobs <= JOBS_MAX) {
        options->jobs = jobs;
        return true;
    }
    pm_cli_say(&options->command->cli, "'%s' is no number of jobs: give 1 to %d", value, JOBS_MAX);
    return false;
}

/* The cores that this process may use. */
static size_t count_cores(void)
{
    cpu_set_t set;
    int cores = sched_getaffinity(0, sizeof set, &set) ? 1 : CPU_COUNT(&set);
    return cores < JOBS_MAX ? (size_t)cores : JOBS_MAX;
}

static bool take_wait(struct options *options, const char *value)
{
    char *end;
    options->wait = value ? strtod(value, &end) : HUGE_VAL;
    if (!value || (end != value && !*end && options->wait >= 0))
        return true;
    pm_cli_say(&options->command->cli, "'%s' is no number of seconds to wait", value);
    return false;
}

static bool take_format(struct options *options, const char *value)
{
    int format = feed_format_find(value);
    if (format < 0) {
        pm_cli_say(&options->command->cli, "unknown format '%s': there are %s", value,
                   feed_format_names());
        return false;
    }
    options->feed.format = (enum feed_format)format;
    return true;
}

static bool take_names_format(struct options *options, const char *value)
{
    static const char *const names[] = {
        [NAMES_TEXT] = "text", [NAMES_NDJSON] = "ndjson", [NAMES_CONLL] = "conll"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(names[i], value)) {
            options->names_format = (enum names_format)i;
            return true;
        }
    pm_cli_say(&options->command->cli, "unknown format '%s': there are text, ndjson, conll", value);
    return false;
}

/* Takes one option; false after telling that its value is no good. */
static bool take(struct options *options, int id, const char *value)
{
    struct pm_error err = {0};
    switch (id) {
    case 'i':
        options->index = value;
        break;
    case 'f':
        return take_format(options, value);
    case 'F':
        return take_names_format(options, value);
    case 'C':
        options->conll = true;
        break;
    case 'R':
        options->rules = true;
        break;
    case 'l':
        options->language = pm_language_find(value);
        if (!options->language)
            pm_fail(&err, PM_ERR_USAGE, "unknown language '%s'", value);
        break;
    case 'b':
        options->boosts_given = true;
        pm_boosts_parse(value, &options->boosts, &err);
        break;
    case 'c':
        options->feed.charset = value;
        if (!feed_charset_exists(value))
            pm_fail(&err, PM_ERR_USAGE, "unknown character set '%s'", value);
        break;
    case 'n':
        options->entities = strcmp(value, "off") != 0;
        if (options->entities && strcmp(value, "on") != 0)
            pm_fail(&err, PM_ERR_USAGE, "--entities takes 'on' or 'off' and not '%s'", value);
        break;
    case 'd':
        options->feed.date_mtime = true;
        if (strcmp(value, "mtime"))
            pm_fail(&err, PM_ERR_USAGE, "--date-from takes 'mtime' and not '%s'", value);
        break;
    case 'm':
        return take_memory(options, value);
    case 'J':
        return take_jobs(options, value);
    case 'W':
        options->writer_api = !strcmp(value, "api");
        if (!options->writer_api && strcmp(value, "bulk") != 0)
            pm_fail(&err, PM_ERR_USAGE, "--writer takes 'bulk' or 'api' and not '%s'", value);
        break;
    case 'E':
        options->errors = value;
        break;
    case 'r':
        options->retry = value;
        break;
    case 'Q':
        options->query = value;
        break;
    case 'a':
        options->apply = true;
        break;
    case 'z':
        options->allow_empty = true;
        break;
    case 's':
        options->strict = true;
        break;
    case 'p':
        return take_publish(options, value);
    case 'w':
        return take_wait(options, value);
    case 'j':
        options->json = true;
        break;
    case 'q':
        options->quiet = true;
        break;
    }
    if (err.code)
        pm_cli_complain(&options->command->cli, &err);
    return !err.code;
}

bool options_read(const struct options_command *command, int argc, char **argv,
                  struct options *options, int *status)
{
    struct pm_cli_option row[ROWS];
    struct pm_cli cli = command->cli;
    const char *value;
    int id;
    cli.options = row;
    for (size_t i = 0; i < ROWS; i++)
        if (strchr(command->takes, table[i].id))
            row[cli.len++] = table[i];
    *options = (struct options){
        .command = command,
        .index = getenv("PRESSMARK_INDEX"),
        .language = pm_language_find("en"),
        .boosts = pm_boosts_default,
        .entities = true,
        .memory = MEMORY_DEFAULT,
        .jobs = count_cores(),
        .feed.now = time(NULL),
    };
    *status = PM_EXIT_USAGE;
    while ((id = pm_cli_next(&cli, argc, argv, &value)) > 0) {
        if (id == 'h') {
            pm_cli_help(&cli);
            *status = PM_EXIT_OK;
            return false;
        }
        if (!take(options, id, value))
            return false;
    }
    if (id < 0)
        return false;
    options->words = (const char *const *)(argv + optind);
    options->words_len = (size_t)(argc - optind);
    if (!strchr(command->takes, 'i') || (options->index && *options->index))
        return true;
    options_refuse(options, "no index: give -i DIR or set PRESSMARK_INDEX");
    return false;
}
