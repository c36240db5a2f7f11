#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "db.h"
#include "language.h"
#include "version.h"

enum {
    HELP = 1,
    VERSION,
    INDEX,
    QUERY,
    LIMIT,
    OFFSET,
    FORMAT,
    COUNT,
    COLOR,
    BATCH,
    QRELS,
    SINCE,
    UNTIL,
    LITERAL,
    LANGUAGE,
};

#define MAX_OFFSET 10000
#define MAX_LIMIT  1000000

static const struct pm_cli_option rows[] = {
    {INDEX, 'i', "index", "DIR",
     "an index; several are searched as one (default: $PRESSMARK_INDEX)"},
    {QUERY, 'q', "query", "QUERY", "the query, whatever it begins with"},
    {LIMIT, 'n', "limit", "N", "show N hits (default: 10)"},
    {OFFSET, 0, "offset", "N", "pass over the first N hits"},
    {SINCE, 0, "since", "DATE", "only articles of DATE or later: 2024, 2024-05, 2024-05-19"},
    {UNTIL, 0, "until", "DATE", "only articles of DATE or earlier"},
    {FORMAT, 'f', "format", "FORMAT", "text (default), json, tsv or trec"},
    {COUNT, 'c', "count", NULL, "print only how many articles match, exactly"},
    {BATCH, 0, "batch", "FILE", "a query a line, or 'ID TAB QUERY'; - is standard input"},
    {QRELS, 0, "qrels", "FILE", "score the batch against judgements in TREC's form"},
    {LITERAL, 0, "literal", NULL, "the query is plain words: no operators, no fields"},
    {LANGUAGE, 'l', "language", "LANG", "of the query (default: those of the index)"},
    {COLOR, 0, "color", "WHEN", "auto (default), always or never"},
    {HELP, 'h', "help", NULL, "show this help"},
    {VERSION, 0, "version", NULL, "show the version"},
};

const struct pm_cli options_cli = {
    .usage = "searcher [-i INDEX]... [options] [--] WORD...\n"
             "       searcher [-i INDEX]... [options] -q QUERY\n"
             "       searcher [-i INDEX]... [options] --batch FILE",
    .about =
        "Finds articles, best first.  Any of the words may match: +word must, -word must not,\n"
        "\"some words\" stand in a row, title:word, author:word and source:word must match in\n"
        "that field.  Options end at the first word; in scripts, use -q.",
    .notes =
        "Exit: 0 found, 1 nothing found, 2 the question was wrong, 3 part of a batch failed,\n"
        "65 bad judgements, 66 no such index, 70 internal error, 74 output failed, 75 try again.",
    .words_end_options = true,
    .options = rows,
    .len = sizeof rows / sizeof *rows,
};

static const char *const format_names[] = {
    [FORMAT_TEXT] = "text", [FORMAT_JSON] = "json", [FORMAT_TSV] = "tsv", [FORMAT_TREC] = "trec"};

static bool complain(const char *format, const char *value)
{
    struct pm_error err = {0};
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    pm_fail(&err, PM_ERR_USAGE, format, value);
#pragma GCC diagnostic pop
    pm_cli_complain(&options_cli, &err);
    return false;
}

static bool take_index(struct options *options, const char *value)
{
    const char **grown = realloc(options->index, (options->index_len + 1) * sizeof *grown);
    if (!grown) {
        options->no_memory = true;
        return complain("out of memory%s", "");
    }
    options->index = grown;
    options->index[options->index_len++] = value;
    return true;
}

static bool take_format(struct options *options, const char *value)
{
    for (size_t i = 0; i < sizeof format_names / sizeof *format_names; i++)
        if (!strcmp(value, format_names[i])) {
            options->format = (enum format)i;
            return true;
        }
    return complain("unknown format '%s': there are text, json, tsv and trec", value);
}

static bool take_date(struct pm_date *date, const char *value)
{
    return pm_date_parse(value, strlen(value), date) ||
           complain("'%s' is no date like 2024, 2024-05 or 2024-05-19", value);
}

static bool take_number(uint32_t *to, const char *option, const char *value, long high)
{
    long number;
    if (pm_cli_number(&options_cli, option, value, 0, high, &number))
        return false;
    *to = (uint32_t)number;
    return true;
}

static bool take_color(struct options *options, const char *value)
{
    int color = pm_cli_color(value, stdout);
    options->color = color > 0;
    return color >= 0 || complain("--color is auto, always or never, not '%s'", value);
}

/* Takes one option; false after a complaint. */
static bool take(struct options *options, int id, const char *value)
{
    struct pm_request *request = &options->request;
    switch (id) {
    case INDEX:
        return take_index(options, value);
    case QUERY:
        if (options->query)
            return complain("a second query: '%s'", value);
        options->query = value;
        return true;
    case LIMIT:
        return take_number(&request->limit, "--limit", value, MAX_LIMIT);
    case OFFSET:
        return take_number(&request->offset, "--offset", value, MAX_OFFSET);
    case SINCE:
        return take_date(&request->since, value);
    case UNTIL:
        return take_date(&request->until, value);
    case FORMAT:
        return take_format(options, value);
    case COUNT:
        options->count = true;
        return true;
    case BATCH:
        options->batch = value;
        return true;
    case QRELS:
        options->qrels = value;
        return true;
    case LITERAL:
        request->literal = true;
        return true;
    case LANGUAGE:
        options->language = value;
        return pm_language_find(value) || complain("unknown language '%s'", value);
    case COLOR:
        return take_color(options, value);
    }
    return false;
}

/* True if the word would be an option if it stood before the others. */
static bool is_option(const char *word)
{
    for (size_t i = 0; i < options_cli.len; i++)
        if ((rows[i].letter && word[0] == '-' && word[1] == rows[i].letter && !word[2]) ||
            (!strncmp(word, "--", 2) && !strncmp(word + 2, rows[i].name, strlen(rows[i].name))))
            return true;
    return false;
}

/* The words as one query. */
static bool join_words(struct options *options, int argc, char **argv)
{
    struct pm_buf words = PM_BUF_INIT;
    for (int i = optind; i < argc; i++) {
        if (i > optind && is_option(argv[i]))
            pm_cli_say(&options_cli,
                       "warning: '%s' is part of the query, since options end at "
                       "the first word",
                       argv[i]);
        pm_buf_adds(&words, i > optind ? " " : "");
        pm_buf_adds(&words, argv[i]);
    }
    options->query = options->joined = pm_buf_detach(&words);
    options->no_memory = !options->query;
    return options->query || complain("out of memory%s", "");
}

/* What the options ask for together. */
static bool check(struct options *options, int argc, char **argv)
{
    bool words = optind < argc;
    const char *index = getenv("PRESSMARK_INDEX");
    if (words && options->query)
        return complain("words beside -q: '%s'", argv[optind]);
    if (words && !join_words(options, argc, argv))
        return false;
    if (options->query && options->batch)
        return complain("a query beside --batch: '%s'", options->query);
    bool dated = options->request.since.text[0] || options->request.until.text[0];
    if (!options->query && !options->batch && dated)
        options->query = ""; /* all articles of that time */
    if (!options->query && !options->batch)
        return complain("no query%s", "");
    if (options->qrels && !options->batch)
        return complain("--qrels needs --batch%s", "");
    if (!options->index_len && (!index || !*index))
        return complain("no index: give -i DIR or set PRESSMARK_INDEX%s", "");
    if (!options->index_len && !take_index(options, index))
        return false;
    if (options->request.since.text[0] && options->request.until.text[0]) {
        char end[32];
        pm_date_end(&options->request.until, end);
        if (strcmp(options->request.since.text, end) > 0)
            return complain("--since is later than --until: '%s'", options->request.since.text);
    }
    if (options->count) {
        options->request.limit = options->request.offset = 0;
        options->request.exact = true;
    }
    if (options->format == FORMAT_TSV || options->format == FORMAT_TREC || options->qrels)
        options->request.snippet_words = 0;
    return true;
}

bool options_read(int argc, char **argv, struct options *options, int *status)
{
    const char *value;
    int id;
    *options = (struct options){.request = pm_request_default};
    options->color = pm_cli_color("auto", stdout) > 0;
    *status = PM_EXIT_USAGE;
    while ((id = pm_cli_next(&options_cli, argc, argv, &value)) > 0) {
        if (id == HELP || id == VERSION) {
            if (id == HELP)
                pm_cli_help(&options_cli);
            else
                printf("pressmark %s (Xapian %s)\n", PM_VERSION, pm_db_version());
            *status = PM_EXIT_OK;
            return false;
        }
        if (!take(options, id, value))
            goto refused;
    }
    if (id == 0 && check(options, argc, argv))
        return true;
refused:
    if (options->no_memory)
        *status = PM_EXIT_INTERNAL;
    return false;
}

void options_release(struct options *options)
{
    free(options->index);
    free(options->joined);
    *options = (struct options){0};
}
