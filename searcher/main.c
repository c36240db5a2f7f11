/*
 * pressmark-searcher: ranked answers from an index.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "eval.h"
#include "options.h"
#include "output.h"
#include "search.h"
#include "utf8.h"

/* What has come of the queries so far. */
struct tally {
    size_t answered, found, failed;
};

/* Shows a broken query with a mark under the place. */
static void show_place(const char *query, size_t offset)
{
    size_t len = strlen(query), column = 0;
    fprintf(stderr, "  %s\n  ", query);
    for (size_t i = 0; i < offset && i < len; i++)
        column += ((unsigned char)query[i] & 0xc0) != 0x80;
    fprintf(stderr, "%*s^\n", (int)column, "");
}

/* Tells of a query that failed: with the line of the batch, if it came from one. */
static void tell(const struct options *options, size_t line, const char *query,
                 const struct pm_error *why)
{
    struct pm_buf shown = PM_BUF_INIT, clean = PM_BUF_INIT;
    if (line)
        fprintf(stderr, "%s:%zu: %s\n", options->batch, line, why->message);
    else
        pm_cli_complain(&options_cli, why);
    if (why->code == PM_ERR_QUERY && why->offset <= strlen(query)) {
        pm_utf8_clean(&clean, query, strlen(query));
        pm_utf8_printable(&shown, pm_buf_str(&clean), clean.len);
        show_place(pm_buf_str(&shown), why->offset);
    }
    pm_buf_release(&shown);
    pm_buf_release(&clean);
}

/* Answers one query.  -1 only for errors that the next query would meet as well. */
static int answer(const struct options *options, struct pm_search *search, struct eval *eval,
                  const char *qid, const char *query, size_t line, struct tally *tally,
                  struct pm_error *err)
{
    struct pm_request request = options->request;
    struct pm_results results = {0};
    struct pm_error why = {0};
    request.query = query;
    request.query_len = strlen(query);
    if (eval) {
        request.limit = EVAL_DEPTH;
        request.offset = 0;
    }
    int rc = pm_search_run(search, &request, &results, &why);
    if (!rc) {
        tally->answered++;
        tally->found += results.total > 0;
        rc =
            eval ? eval_add(eval, qid, &results, err) : output_results(options, qid, &results, err);
    } else if (why.code == PM_ERR_QUERY) {
        tally->failed++;
        tell(options, line, query, &why);
        rc = eval ? 0 : output_failure(options, qid, query, &why, err);
    } else {
        pm_fail(err, why.code, "%s", why.message);
    }
    pm_results_release(&results);
    return rc;
}

/* Answers every line of the batch: a query, or its id, a tab and the query. */
static int answer_batch(const struct options *options, struct pm_search *search, struct eval *eval,
                        struct tally *tally, struct pm_error *err)
{
    bool stdin_too = !strcmp(options->batch, "-");
    FILE *file = stdin_too ? stdin : fopen(options->batch, "r");
    char *line = NULL, id[32];
    size_t cap = 0, number = 0;
    ssize_t len;
    int rc = 0;
    if (!file)
        return pm_fail_errno(err, PM_ERR_NO_INPUT, "cannot open '%s'", options->batch);
    while (!rc && !ferror(stdout) && (len = getline(&line, &cap, file)) >= 0) {
        number++;
        while (len && (line[len - 1] == '\n' || line[len - 1] == '\r'))
            line[--len] = '\0';
        if (!line[strspn(line, " \t")])
            continue;
        char *tab = strchr(line, '\t');
        const char *qid = id;
        snprintf(id, sizeof id, "%zu", number);
        if (tab) {
            *tab = '\0';
            qid = line;
        }
        rc = answer(options, search, eval, qid, tab ? tab + 1 : line, number, tally, err);
    }
    if (!rc && !ferror(stdout) && !feof(file)) /* no memory for a line sets no error flag */
        rc = pm_fail_errno(err, PM_ERR_IO, "cannot read '%s'", options->batch);
    if (!stdin_too)
        fclose(file);
    free(line);
    return rc;
}

static int run(const struct options *options, struct tally *tally, struct pm_error *err)
{
    struct eval *eval = NULL;
    int rc = -1;
    struct pm_search *search =
        pm_search_open(options->index, options->index_len, options->language, err);
    if (!search || (options->qrels && !(eval = eval_open(options->qrels, err))))
        goto out;
    rc = options->batch ? answer_batch(options, search, eval, tally, err)
                        : answer(options, search, NULL, NULL, options->query, 0, tally, err);
    if (!rc && eval)
        eval_print(eval);
out:
    eval_close(eval);
    pm_search_close(search);
    return rc;
}

int main(int argc, char **argv)
{
    struct options options;
    struct tally tally = {0};
    struct pm_error err = {0};
    int status;
    pm_cli_start();
    if (options_read(argc, argv, &options, &status)) {
        if (run(&options, &tally, &err)) {
            pm_cli_complain(&options_cli, &err);
            status = pm_cli_exit_code(err.code);
        } else if (tally.failed) {
            status = options.batch ? PM_EXIT_PARTIAL : PM_EXIT_USAGE;
        } else {
            status = tally.found ? PM_EXIT_OK : PM_EXIT_NOTHING;
        }
    }
    options_release(&options);
    return pm_cli_finish(&options_cli, status);
}
