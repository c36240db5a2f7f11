/*
 * Any bytes as a query to a real index, which the environment names in INDEX: results that hold
 * together come out of it, or a message.  The first byte chooses among the options.
 */
#include <math.h>
#include <string.h>

#include "fuzz.h"
#include "results.h"
#include "search.h"
#include "utf8.h"

static struct pm_search *search;
static char id[256]; /* of an article to explain */

static struct pm_results ask(const struct pm_request *request, int *rc, struct pm_error *err)
{
    struct pm_results results;
    *rc = pm_search_run(search, request, &results, err);
    return results;
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    struct pm_error err = {0};
    struct pm_request request = pm_request_default;
    const char *folder = getenv("INDEX");
    int rc = -1;
    request.query = "ferry";
    request.query_len = strlen(request.query);
    search = folder ? pm_search_open(&folder, 1, NULL, &err) : NULL;
    if (search) {
        struct pm_results results = ask(&request, &rc, &err);
        if (!rc && results.len)
            snprintf(id, sizeof id, "%s", results.hit[0].article.id);
        pm_results_release(&results);
    }
    if (rc || !id[0]) {
        fprintf(stderr, "INDEX must name an index of fixtures/: %s\n", err.message);
        exit(2);
    }
    return 0;
}

/* What matches gets what the clauses right below it give. */
static void check_explanation(const struct pm_explanation *explanation)
{
    const struct pm_clause_score *clause = explanation->clause;
    for (size_t i = 0; i < explanation->clauses; i++) {
        double sum = 0;
        bool any = false;
        for (size_t j = i + 1; j < explanation->clauses && clause[j].depth > clause[i].depth; j++)
            if (clause[j].depth == clause[i].depth + 1) {
                sum += clause[j].score;
                any = true;
            }
        FUZZ_CHECK(!any || !clause[i].matches || fabs(sum - clause[i].score) <= 1e-6 * (1 + sum));
    }
}

static void check_results(const struct pm_request *request, const struct pm_results *results)
{
    FUZZ_CHECK(results->len <= request->limit && results->len <= results->total);
    FUZZ_CHECK(results->tree && pm_utf8_valid(results->tree, strlen(results->tree)));
    FUZZ_CHECK(!results->suggestion ||
               pm_utf8_valid(results->suggestion, strlen(results->suggestion)));
    for (size_t i = 0; i < results->warnings; i++)
        FUZZ_CHECK(pm_utf8_valid(results->warning[i].text, strlen(results->warning[i].text)));
    for (size_t i = 1; i < results->len; i++)
        FUZZ_CHECK(results->hit[i].score <= results->hit[i - 1].score);
    if (results->explanation)
        check_explanation(results->explanation);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct pm_error err = {0};
    struct pm_request request = pm_request_default;
    unsigned flags = len ? data[0] : 0;
    int rc;
    request.query = len ? (const char *)data + 1 : "";
    request.query_len = len ? len - 1 : 0;
    request.now = 1716120000;
    request.literal = (flags & 0x0f) == 1;
    request.suggest = flags & 0x10;
    request.correct = flags & 0x20;
    request.exact = flags & 0x40;
    request.explain = flags & 0x80 ? id : NULL;
    struct pm_results results = ask(&request, &rc, &err);
    if (!rc)
        check_results(&request, &results);
    else
        FUZZ_CHECK(err.code == PM_ERR_QUERY && err.message[0] && results.query &&
                   err.offset <= strlen(results.query));
    pm_results_release(&results);
    return 0;
}
