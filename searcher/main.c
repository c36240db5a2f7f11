/*
 * pressmark-searcher: ranked answers from an index.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "eval.h"
#include "options.h"
#include "output.h"
#include "place.h"
#include "search.h"
#include "topics.h"
#include "utf8.h"

/* What one run works with, and what has come of it so far. */
struct run {
    const struct options *options;
    struct pm_request request; /* but for the query */
    struct pm_search *search;
    struct pm_synonyms *synonyms;
    struct pm_word_list *stop_words;
    struct eval *eval; /* or NULL */
    struct output output;
    size_t found, failed; /* queries */
};

/* Tells standard error something about a line of a file, or where that is 0 of no file. */
static void say_of(const char *path, size_t line, const char *text)
{
    struct pm_buf clean = PM_BUF_INIT, shown = PM_BUF_INIT;
    pm_utf8_clean(&clean, text, strlen(text));
    pm_utf8_printable(&shown, pm_buf_str(&clean), clean.len);
    if (line)
        fprintf(stderr, "%s:%zu: %s\n", path, line, pm_buf_str(&shown));
    else
        pm_cli_say(&options_cli, "%s", pm_buf_str(&shown));
    pm_buf_release(&shown);
    pm_buf_release(&clean);
}

/* Tells standard error something about a query: with the line of the batch it came from, if any. */
static void say(const struct run *run, size_t line, const char *text)
{
    say_of(run->options->batch, line, text);
}

/* Tells of a query that failed, with a mark under the place. */
static void tell(const struct run *run, size_t line, const char *query, const struct pm_error *why)
{
    struct pm_buf text = PM_BUF_INIT, place = PM_BUF_INIT;
    pm_buf_adds(&text, why->message);
    if (run->eval && why->code == PM_ERR_QUERY)
        pm_buf_addf(&text, "; '%s' scores 0", run->output.qid);
    else if (run->eval)
        pm_buf_adds(&text, "; left out");
    say(run, line, pm_buf_str(&text));
    pm_buf_release(&text);
    if (why->code == PM_ERR_QUERY && query) {
        pm_place_show(&place, query, strlen(query), why->offset);
        fputs(pm_buf_str(&place), stderr);
    }
    pm_buf_release(&place);
}

/* Tells what the format has no place for. */
static void warn(const struct run *run, size_t line, const struct pm_results *results)
{
    struct pm_buf meant = PM_BUF_INIT;
    if (run->eval || output_shows(&run->options->style) & OUTPUT_NOTICES)
        return;
    for (size_t i = 0; i < results->warnings; i++)
        /* The suggestion says it for all words at once. */
        if (strcmp(results->warning[i].code, "spelling"))
            say(run, line, results->warning[i].text);
    if (results->suggestion) {
        pm_buf_addf(&meant, "did you mean: %s?", results->suggestion);
        say(run, line, pm_buf_str(&meant));
    }
    pm_buf_release(&meant);
}

/* Only a ranking is looked at. */
static void ask_for_ranking(struct pm_request *request)
{
    request->limit = EVAL_DEPTH;
    request->offset = 0;
    request->after = NULL;
    request->facets = 0;
    request->timeline = -1;
    request->explain = NULL;
    request->parse_only = false;
}

/* Tells, and shows where the format has room for it, why a query failed. */
static int refuse(struct run *run, size_t line, const char *query, const struct pm_error *why,
                  struct pm_error *err)
{
    run->failed++;
    tell(run, line, query, why);
    return run->eval ? 0 : output_failure(&run->output, query ? query : "", why, err);
}

/*
 * Answers one query, or without one what is like an article.  -1 only for errors that the next
 * query would meet as well.
 */
static int answer(struct run *run, const char *qid, const char *query, size_t line,
                  struct pm_error *err)
{
    struct pm_results results = {0};
    struct pm_error why = {0};
    run->request.query = query;
    run->request.query_len = query ? strlen(query) : 0;
    run->output.qid = qid;
    int rc = pm_search_run(run->search, &run->request, &results, &why);
    if (!rc) {
        run->found += results.total > 0 || run->request.parse_only;
        warn(run, line, &results);
        rc = run->eval ? eval_add(run->eval, qid, &results, err)
                       : output_results(&run->output, &results, err);
    } else if (why.code == PM_ERR_QUERY) {
        rc = refuse(run, line, query, &why, err);
    } else {
        pm_fail(err, why.code, "%s", why.message);
    }
    run->output.qid = NULL;
    pm_results_release(&results);
    return rc;
}

/*
 * Whether a topic is to be asked: 1, or 0 if it does not count.  PM_ERR_SYNTAX tells why it cannot
 * be.
 */
static int wants(const struct run *run, const struct topic *topic, struct pm_error *why)
{
    if (!run->eval)
        return 1;
    if (topic->numbered || !*topic->id || strspn(topic->query, " \t") == topic->len)
        return pm_fail(why, PM_ERR_SYNTAX, "not 'ID TAB QUERY'");
    return eval_wants(run->eval, topic->id, topic->line, why);
}

/* Answers one query of the batch. */
static int answer_topic(struct run *run, const struct topic *topic, struct pm_error *err)
{
    struct pm_error why = {0};
    int wanted = wants(run, topic, &why);
    if (!wanted)
        return 0;
    why.offset = strlen(topic->query);
    if (wanted > 0 && why.offset == topic->len)
        return answer(run, topic->id, topic->query, topic->line, err);
    if (wanted > 0)
        pm_fail(&why, PM_ERR_QUERY, "not a text: it has NUL bytes (binary, or UTF-16)");
    run->output.qid = topic->id;
    int rc = refuse(run, topic->line, topic->query, &why, err);
    run->output.qid = NULL;
    return rc;
}

/* Tells of what in the batch is no query. */
static int refuse_topic(struct run *run, const struct topic *topic, const struct pm_error *why,
                        struct pm_error *err)
{
    run->output.qid = topic->id;
    int rc = refuse(run, topic->line, "", why, err);
    run->output.qid = NULL;
    return rc;
}

/* Answers every query of the batch. */
static int answer_batch(struct run *run, struct pm_error *err)
{
    /* Nobody is there to ask; a program reads the answers in JSON, and may. */
    run->request.suggest = output_shows(&run->options->style) & OUTPUT_NOTICES;
    struct topics *topics = topics_open(run->options->batch, err);
    struct topic topic;
    int rc = topics ? 0 : -1, more = 1;
    while (!rc && more && !ferror(stdout)) {
        struct pm_error why = {0};
        more = topics_next(topics, &topic, &why);
        if (more > 0)
            rc = answer_topic(run, &topic, err);
        else if (more && why.code == PM_ERR_SYNTAX)
            rc = refuse_topic(run, &topic, &why, err);
        else if (more)
            rc = pm_fail(err, why.code, "%s", why.message);
    }
    topics_close(topics);
    return rc;
}

/* Tells where topics and judgements do not fit each other, and prints the figures. */
static void show_figures(const struct run *run)
{
    const struct options *options = run->options;
    for (int gap = 0; gap < EVAL_GAPS; gap++) {
        struct pm_buf text = PM_BUF_INIT;
        size_t line;
        bool of_topics;
        if (eval_tell(run->eval, (enum eval_gap)gap, &line, &of_topics, &text))
            say_of(of_topics ? options->batch : options->qrels, line, pm_buf_str(&text));
        pm_buf_release(&text);
    }
    eval_print(run->eval, options->per_query);
}

/* Prints one article, all of it. */
static int show(struct run *run, struct pm_error *err)
{
    struct pm_article article = {0};
    int rc = pm_search_article(run->search, run->options->show, &article, err);
    if (rc > 0) {
        run->found++;
        rc = output_article(&run->output, &article, err);
    } else if (!rc) {
        pm_cli_say(&options_cli, "no article '%s'", run->options->show);
    }
    pm_article_release(&article);
    return rc;
}

/* Opens what the options name. */
static int open_run(struct run *run, struct pm_error *err)
{
    const struct options *options = run->options;
    if (options->synonyms && !(run->synonyms = pm_synonyms_open(options->synonyms, err)))
        return -1;
    if (options->stop_words && !(run->stop_words = pm_word_list_open(options->stop_words, err)))
        return -1;
    if (!(run->search = pm_search_open(options->index, options->index_len, options->language, err)))
        return -1;
    if (options->qrels && !(run->eval = eval_open(options->qrels, err)))
        return -1;
    run->request.synonyms = run->synonyms;
    run->request.stop_words = run->stop_words;
    if (run->eval)
        ask_for_ranking(&run->request);
    return 0;
}

static int do_run(struct run *run, struct pm_error *err)
{
    int rc = open_run(run, err);
    if (!rc && run->options->show)
        rc = show(run, err);
    else if (!rc && run->options->batch)
        rc = answer_batch(run, err);
    else if (!rc)
        rc = answer(run, NULL, run->options->query, 0, err);
    if (!rc && run->eval)
        show_figures(run);
    output_release(&run->output);
    eval_close(run->eval);
    pm_search_close(run->search);
    pm_word_list_close(run->stop_words);
    pm_synonyms_close(run->synonyms);
    return rc;
}

int main(int argc, char **argv)
{
    struct options options;
    struct pm_error err = {0};
    int status;
    pm_cli_start();
    if (options_read(argc, argv, &options, &status)) {
        struct run run = {.options = &options, .request = options.request};
        run.output = (struct output){&options.style, &run.request, stdout, NULL, PM_BUF_INIT};
        if (do_run(&run, &err)) {
            pm_cli_complain(&options_cli, &err);
            status = pm_cli_exit_code(err.code);
        } else if (run.failed) {
            status = options.batch ? PM_EXIT_PARTIAL : PM_EXIT_USAGE;
        } else {
            status = run.found ? PM_EXIT_OK : PM_EXIT_NOTHING;
        }
    }
    options_release(&options);
    return pm_cli_finish(&options_cli, status);
}
