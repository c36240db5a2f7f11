#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "buf.h"
#include "db.h"
#include "language.h"
#include "option_values.h"
#include "version.h"

enum {
    HELP = 1,
    VERSION,
    INDEX,
    QUERY,
    SIMILAR,
    SHOW,
    LIMIT,
    OFFSET,
    AFTER,
    SORT,
    GROUP,
    SINCE,
    UNTIL,
    FORMAT,
    TEMPLATE,
    FIELDS,
    SNIPPETS,
    SNIPPET_LEN,
    MARKS,
    COLOR,
    COUNT,
    FACET,
    FACET_LIMIT,
    TIMELINE,
    BATCH,
    EVAL,
    TOPICS,
    QRELS,
    PER_QUERY,
    LITERAL,
    LANGUAGE,
    SYNONYMS,
    RANK,
    RECENCY,
    NAME_BOOST,
    STOP_WORDS,
    CORRECT,
    EXPLAIN_QUERY,
    EXPLAIN,
};

#define MAX_OFFSET   10000
#define MAX_LIMIT    1000000
#define FACET_VALUES 20

static const struct pm_cli_option rows[] = {
    {INDEX, 'i', "index", "DIR",
     "an index; several are searched as one (default: $PRESSMARK_INDEX)"},
    {QUERY, 'q', "query", "QUERY", "the query, whatever it begins with"},
    {SIMILAR, 0, "similar", "ID", "instead of a query: what is like this article"},
    {SHOW, 0, "show", "ID", "instead of a query: print this article, all of it"},
    {LIMIT, 'n', "limit", "N", "show N hits (default: 10)"},
    {OFFSET, 0, "offset", "N", "pass over the first N hits"},
    {AFTER, 0, "after", "CURSOR", "go on behind a page: its 'next' in JSON"},
    {SORT, 0, "sort", "ORDER", "relevance (default), date (oldest first), -date or source"},
    {GROUP, 0, "group", "WHAT", "story: near-copies of an article are one hit"},
    {SINCE, 0, "since", "DATE", "only articles of DATE or later: 2024, 2024-05, 30d, last-week"},
    {UNTIL, 0, "until", "DATE", "only articles of DATE or earlier"},
    {FORMAT, 'f', "format", "FORMAT", "how to show the hits (default: text); see below"},
    {TEMPLATE, 0, "template", "TEXT", "a line of your own: '{rank}\\t{date}\\t{title}\\n'"},
    {FIELDS, 0, "fields", "LIST", "keys of a hit in JSON, with commas between (default: all)"},
    {SNIPPETS, 0, "snippets", "N", "passages of each hit, 0 to 20 (default: 1)"},
    {SNIPPET_LEN, 0, "snippet-len", "WORDS", "of each passage, 5 to 500 (default: 40)"},
    {MARKS, 0, "marks", "MARKS", "around what was found: '[ ]', '<b> </b>' or none"},
    {COLOR, 0, "color", "WHEN", "auto (default), always or never"},
    {COUNT, 'c', "count", NULL, "print only how many articles match, exactly"},
    {FACET, 0, "facet", "LIST", "count what matches by source, author, section, tag, ..."},
    {FACET_LIMIT, 0, "facet-limit", "N", "values of each facet (default: 20, in JSON 0: all)"},
    {TIMELINE, 0, "timeline", "BY", "count what matches by day, week, month or year"},
    {BATCH, 0, "batch", "FILE", "a query a line, or 'ID TAB QUERY'; - is standard input"},
    {EVAL, 0, "eval", NULL, "score the ranking: ask the topics, hold answers to judgements"},
    {TOPICS, 0, "topics", "FILE", "of --eval: 'ID TAB QUERY' a line, or TREC's <top>; - as above"},
    {QRELS, 0, "qrels", "FILE", "of --eval: judgements in TREC's form, 'ID 0 ARTICLE GRADE'"},
    {PER_QUERY, 0, "per-query", NULL, "with --eval: the figures of each query as well"},
    {LITERAL, 0, "literal", NULL, "the query is plain words: no operators, no fields"},
    {LANGUAGE, 'l', "language", "LANG", "of the query (default: those of the index)"},
    {SYNONYMS, 0, "synonyms", "FILE", "words that mean the same, a group with commas a line"},
    {RANK, 0, "rank", "HOW", "news (default), or bm25: by the words alone"},
    {RECENCY, 0, "recency", "HALFLIFE", "newer articles count more: 30d, 2w, 6m or 1y halves it"},
    {NAME_BOOST, 0, "name-boost", "N", "how much names in the query count (default: 1; 0: not)"},
    {STOP_WORDS, 0, "stop-words", "FILE", "words to leave out, one a line, instead of ours"},
    {CORRECT, 0, "correct", NULL, "search for the suggestion, if there is one"},
    {EXPLAIN_QUERY, 0, "explain-query", NULL, "print the query as understood, do not search"},
    {EXPLAIN, 0, "explain", "ID", "print why this article scores as it does"},
    {HELP, 'h', "help", NULL, "show this help"},
    {VERSION, 0, "version", NULL, "show the version"},
};

const struct pm_cli options_cli = {
    .usage = "searcher [-i INDEX]... [options] [--] WORD...\n"
             "       searcher [-i INDEX]... [options] -q QUERY\n"
             "       searcher [-i INDEX]... [options] --batch FILE\n"
             "       searcher [-i INDEX]... [options] --eval --topics FILE --qrels FILE\n"
             "       searcher [-i INDEX]... [options] --similar ID\n"
             "       searcher [-i INDEX]... [options] --show ID",
    .about =
        "Finds articles, best first.  Any of the words may match: +word must, -word must not,\n"
        "\"some words\" stand in a row, title:word, author:word and source:word must match in\n"
        "that field; AND, OR, NOT and NEAR join.  Options end at the first word; in scripts,\n"
        "use -q.",
    .notes = "Exit: 0 found, 1 nothing found, 2 the question was wrong, 3 part of a batch failed,\n"
             "65 bad judgements or words, 66 no such index or file, 70 internal error, 74 output\n"
             "failed, 75 try again.",
    .words_end_options = true,
    .options = rows,
    .len = sizeof rows / sizeof *rows,
};

/* ---- values that need a look ---- */

static int take_index(struct options *options, const char *value, struct pm_error *err)
{
    const char **grown = realloc(options->index, (options->index_len + 1) * sizeof *grown);
    if (!grown)
        return pm_fail_nomem(err);
    options->index = grown;
    options->index[options->index_len++] = value;
    return 0;
}

static int take_query(struct options *options, const char *value, struct pm_error *err)
{
    if (options->query)
        return pm_fail(err, PM_ERR_USAGE, "a second query: '%s'", value);
    options->query = value;
    return 0;
}

static int take_format(struct options *options, const char *value, struct pm_error *err)
{
    options->style.format = output_format_find(value, err);
    return options->style.format ? 0 : -1;
}

static int take_template(struct options *options, const char *value, struct pm_error *err)
{
    options->style.template = value;
    options->style.format = output_format_find("template", NULL);
    return output_template_check(value, err);
}

static int take_fields(struct options *options, const char *value, struct pm_error *err)
{
    return output_fields_parse(value, &options->style.fields, err);
}

static int take_marks(struct options *options, const char *value, struct pm_error *err)
{
    return output_marks_parse(value, &options->style.marks, err);
}

static int take_rank(struct options *options, const char *value, struct pm_error *err)
{
    options->request.plain = !strcmp(value, "bm25");
    if (options->request.plain || !strcmp(value, "news"))
        return 0;
    return pm_fail(err, PM_ERR_USAGE, "unknown ranking '%s': there are news and bm25", value);
}

static int take_recency(struct options *options, const char *value, struct pm_error *err)
{
    return option_halflife(value, &options->request.halflife, err);
}

static int take_name_boost(struct options *options, const char *value, struct pm_error *err)
{
    return option_boost(value, &options->request.name_boost, err);
}

static int take_since(struct options *options, const char *value, struct pm_error *err)
{
    struct pm_date until;
    return option_time(value, options->request.now, &options->request.since, &until, err);
}

static int take_until(struct options *options, const char *value, struct pm_error *err)
{
    struct pm_date since;
    return option_time(value, options->request.now, &since, &options->request.until, err);
}

static int take_sort(struct options *options, const char *value, struct pm_error *err)
{
    return option_sort(value, &options->request.sort, err);
}

static int take_group(struct options *options, const char *value, struct pm_error *err)
{
    options->request.group = true;
    return strcmp(value, "story") ? pm_fail(err, PM_ERR_USAGE, "--group is story, not '%s'", value)
                                  : 0;
}

static int take_facet(struct options *options, const char *value, struct pm_error *err)
{
    return option_facets(value, options->facet, &options->request.facets, err);
}

static int take_timeline(struct options *options, const char *value, struct pm_error *err)
{
    return option_timeline(value, &options->request.timeline, err);
}

static int take_language(struct options *options, const char *value, struct pm_error *err)
{
    options->language = value;
    return pm_language_find(value) ? 0 : pm_fail(err, PM_ERR_USAGE, "unknown language '%s'", value);
}

static int take_color(struct options *options, const char *value, struct pm_error *err)
{
    int color = pm_cli_color(value, stdout);
    options->style.color = color > 0;
    return color >= 0
               ? 0
               : pm_fail(err, PM_ERR_USAGE, "--color is auto, always or never, not '%s'", value);
}

/* ---- where values go ---- */

#define AT(member) offsetof(struct options, member)

/* By the option's id: a function, or the kind of member and where it is. */
static const struct taker {
    int (*take)(struct options *options, const char *value, struct pm_error *err);
    enum { CALL, FLAG, TEXT, NUMBER } kind;
    size_t offset;
    const char *name; /* of a number, for messages */
    long low, high;
} takers[] = {
    [INDEX] = {.take = take_index},
    [QUERY] = {.take = take_query},
    [SIMILAR] = {.kind = TEXT, .offset = AT(request.similar)},
    [SHOW] = {.kind = TEXT, .offset = AT(show)},
    [LIMIT] = {NULL, NUMBER, AT(request.limit), "--limit", 0, MAX_LIMIT},
    [OFFSET] = {NULL, NUMBER, AT(request.offset), "--offset", 0, MAX_OFFSET},
    [AFTER] = {.kind = TEXT, .offset = AT(request.after)},
    [SORT] = {.take = take_sort},
    [GROUP] = {.take = take_group},
    [SINCE] = {.take = take_since},
    [UNTIL] = {.take = take_until},
    [FORMAT] = {.take = take_format},
    [TEMPLATE] = {.take = take_template},
    [FIELDS] = {.take = take_fields},
    [SNIPPETS] = {NULL, NUMBER, AT(request.snippets), "--snippets", 0, 20},
    [SNIPPET_LEN] = {NULL, NUMBER, AT(request.snippet_words), "--snippet-len", 5, 500},
    [MARKS] = {.take = take_marks},
    [COLOR] = {.take = take_color},
    [COUNT] = {.kind = FLAG, .offset = AT(style.count)},
    [FACET] = {.take = take_facet},
    [FACET_LIMIT] = {NULL, NUMBER, AT(request.facet_limit), "--facet-limit", 0, MAX_LIMIT},
    [TIMELINE] = {.take = take_timeline},
    [BATCH] = {.kind = TEXT, .offset = AT(batch)},
    [EVAL] = {.kind = FLAG, .offset = AT(eval)},
    [TOPICS] = {.kind = TEXT, .offset = AT(topics)},
    [QRELS] = {.kind = TEXT, .offset = AT(qrels)},
    [PER_QUERY] = {.kind = FLAG, .offset = AT(per_query)},
    [LITERAL] = {.kind = FLAG, .offset = AT(request.literal)},
    [LANGUAGE] = {.take = take_language},
    [SYNONYMS] = {.kind = TEXT, .offset = AT(synonyms)},
    [RANK] = {.take = take_rank},
    [RECENCY] = {.take = take_recency},
    [NAME_BOOST] = {.take = take_name_boost},
    [STOP_WORDS] = {.kind = TEXT, .offset = AT(stop_words)},
    [CORRECT] = {.kind = FLAG, .offset = AT(request.correct)},
    [EXPLAIN_QUERY] = {.kind = FLAG, .offset = AT(request.parse_only)},
    [EXPLAIN] = {.kind = TEXT, .offset = AT(request.explain)},
};

/* Takes one option; -1, and *err empty where the complaint has been made. */
static int take(struct options *options, int id, const char *value, struct pm_error *err)
{
    const struct taker *taker = &takers[id];
    void *member = (char *)options + taker->offset;
    long number;
    options->limit_given = options->limit_given || id == LIMIT;
    options->facet_limit_given = options->facet_limit_given || id == FACET_LIMIT;
    switch (taker->kind) {
    case CALL:
        return taker->take(options, value, err);
    case FLAG:
        *(bool *)member = true;
        return 0;
    case TEXT:
        *(const char **)member = value;
        return 0;
    case NUMBER:
        if (pm_cli_number(&options_cli, taker->name, value, taker->low, taker->high, &number))
            return -1;
        *(uint32_t *)member = (uint32_t)number;
    }
    return 0;
}

/* Behind `--format template` the next word is the template, unless that comes by its option. */
static int take_next_word(struct options *options, int argc, char **argv, struct pm_error *err)
{
    const char *option = "--template";
    if (options->style.format != output_format_find("template", NULL) || options->style.template ||
        optind >= argc || !strncmp(argv[optind], option, strlen(option)))
        return 0;
    return take_template(options, argv[optind++], err);
}

/* ---- what the options ask for together ---- */

/* Topics are a batch that has judgements. */
static int check_eval(struct options *options, struct pm_error *err)
{
    if (options->eval && !options->topics)
        return pm_fail(err, PM_ERR_USAGE, "--eval needs --topics");
    if (options->eval && !options->qrels)
        return pm_fail(err, PM_ERR_USAGE, "--eval needs --qrels");
    if (options->topics && !options->eval)
        return pm_fail(err, PM_ERR_USAGE, "--topics needs --eval");
    if (options->topics)
        options->batch = options->topics;
    if (options->qrels && !options->batch)
        return pm_fail(err, PM_ERR_USAGE, "--qrels needs --eval and --topics, or --batch");
    if (options->per_query && !options->qrels)
        return pm_fail(err, PM_ERR_USAGE, "--per-query needs --eval");
    return 0;
}

/* There must be one thing to look for. */
static int check_question(struct options *options, struct pm_error *err)
{
    const struct {
        const char *name, *value;
    } ways[] = {{"a query", options->query},
                {"--batch", options->batch},
                {"--topics", options->topics},
                {"--similar", options->request.similar},
                {"--show", options->show}};
    const struct pm_request *request = &options->request;
    const char *first = NULL;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        if (ways[i].value && first)
            return pm_fail(err, PM_ERR_USAGE, "%s beside %s: '%s'", first, ways[i].name,
                           ways[i].value);
        first = ways[i].value ? ways[i].name : first;
    }
    if (check_eval(options, err))
        return -1;
    if (!first && (request->since.text[0] || request->until.text[0]))
        first = options->query = ""; /* all articles of that time */
    if (!first)
        return pm_fail(err, PM_ERR_USAGE, "no query: see --help");
    if (request->parse_only && !options->query && !options->batch)
        return pm_fail(err, PM_ERR_USAGE, "--explain-query needs a query");
    return 0;
}

/* What the format has no place for is a mistake; what it does not show need not be made. */
static int check_format(struct options *options, struct pm_error *err)
{
    struct pm_request *request = &options->request;
    bool tables = request->facets || request->timeline >= 0 || request->explain;
    unsigned needs = (tables ? OUTPUT_TABLES : 0u) | (options->show ? OUTPUT_ARTICLE : 0u);
    if (output_check(&options->style, needs, err))
        return -1;
    if (tables && options->style.count)
        return pm_fail(err, PM_ERR_USAGE, "--count beside --facet, --timeline or --explain");
    unsigned shows = options->qrels ? 0 : output_shows(&options->style);
    if (!(shows & OUTPUT_PASSAGES))
        request->snippets = 0;
    if (!(shows & OUTPUT_NAMES))
        request->names = 0;
    request->title_marks = shows & OUTPUT_TITLES;
    request->extra = shows & OUTPUT_EXTRA;
    if (!options->facet_limit_given && !(shows & OUTPUT_FIELDS))
        request->facet_limit = FACET_VALUES; /* people read them */
    return 0;
}

static int check(struct options *options, int argc, char **argv, struct pm_error *err)
{
    struct pm_request *request = &options->request;
    const char *index = getenv("PRESSMARK_INDEX");
    if (optind < argc && options->query)
        return pm_fail(err, PM_ERR_USAGE, "words beside -q: '%s'", argv[optind]);
    if (optind < argc) {
        options->query = options->joined = option_join(&options_cli, argc, argv, err);
        if (!options->joined)
            return -1;
    }
    if (check_question(options, err) || check_format(options, err))
        return -1;
    if (!options->index_len && (!index || !*index))
        return pm_fail(err, PM_ERR_USAGE, "no index: give -i DIR or set PRESSMARK_INDEX");
    if (!options->index_len && take_index(options, index, err))
        return -1;
    if (request->after && request->offset)
        return pm_fail(err, PM_ERR_USAGE, "--offset beside --after");
    if (option_times_check(&request->since, &request->until, err))
        return -1;
    if (options->style.count || (request->explain && !options->limit_given))
        request->limit = 0;
    if (options->style.count) {
        request->offset = 0;
        request->exact = true;
    }
    return 0;
}

static void print_help(void)
{
    struct pm_buf formats = PM_BUF_INIT;
    pm_cli_help(&options_cli);
    output_format_help(&formats);
    printf("\nFormats:\n%s", pm_buf_str(&formats));
    pm_buf_release(&formats);
}

bool options_read(int argc, char **argv, struct options *options, int *status)
{
    struct pm_error err = {0};
    const char *value;
    int id;
    *options = (struct options){.request = pm_request_default};
    options->request.now = time(NULL);
    options->request.facet = options->facet;
    options->style.color = pm_cli_color("auto", stdout) > 0;
    while ((id = pm_cli_next(&options_cli, argc, argv, &value)) > 0) {
        if (id == HELP || id == VERSION) {
            if (id == HELP)
                print_help();
            else
                printf("pressmark %s (Xapian %s)\n", PM_VERSION, pm_db_version());
            *status = PM_EXIT_OK;
            return false;
        }
        if (take(options, id, value, &err) ||
            (id == FORMAT && take_next_word(options, argc, argv, &err)))
            break;
    }
    if (id == 0 && !check(options, argc, argv, &err))
        return true;
    if (err.code)
        pm_cli_complain(&options_cli, &err);
    *status = err.code ? pm_cli_exit_code(err.code) : PM_EXIT_USAGE;
    return false;
}

void options_release(struct options *options)
{
    free(options->index);
    free(options->joined);
    *options = (struct options){0};
}
