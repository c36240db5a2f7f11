#include "suggest.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "expand.h"

/* A word in more articles than one in so many is known, and not looked up. */
#define RARE_SHARE 10000

/* Of more words that are unknown these are looked up: it is a text of another kind, not slips. */
#define DOUBTS_MAX 32

/* The words that may be misspelt, as pm_expand_suggest() takes them. */
struct doubts {
    const char **word;
    size_t *len;
    uint32_t *articles;
    char **suggestion;
    size_t n;
};

static void release(struct doubts *doubts)
{
    for (size_t i = 0; doubts->suggestion && i < doubts->n; i++)
        free(doubts->suggestion[i]);
    free(doubts->suggestion);
    free(doubts->word);
    free(doubts->len);
    free(doubts->articles);
}

static int compare_places(const void *left, const void *right)
{
    const struct pm_plain_word *a = left, *b = right;
    return (a->text > b->text) - (a->text < b->text);
}

/* The words of the plan that are unknown or rare, in the order of the query. */
static int collect(const struct pm_plan_base *base, const struct pm_plan *plan,
                   struct doubts *doubts, struct pm_error *err)
{
    doubts->word = calloc(plan->words + 1, sizeof *doubts->word);
    doubts->len = calloc(plan->words + 1, sizeof *doubts->len);
    doubts->articles = calloc(plan->words + 1, sizeof *doubts->articles);
    doubts->suggestion = calloc(plan->words + 1, sizeof *doubts->suggestion);
    if (!doubts->word || !doubts->len || !doubts->articles || !doubts->suggestion)
        return pm_fail_nomem(err);
    if (plan->words)
        qsort(plan->word, plan->words, sizeof *plan->word, compare_places);
    for (size_t i = 0; i < plan->words && doubts->n < DOUBTS_MAX; i++) {
        const struct pm_plain_word *plain = &plan->word[i];
        if (plain->articles > base->documents / RARE_SHARE + 1)
            continue;
        doubts->word[doubts->n] = plain->text;
        doubts->len[doubts->n] = plain->len;
        doubts->articles[doubts->n++] = plain->articles;
    }
    return 0;
}

/* Words of the index are in small letters; a name keeps the capital that it was typed with. */
static void keep_capitals(struct doubts *doubts)
{
    for (size_t i = 0; i < doubts->n; i++)
        if (doubts->suggestion[i] && isupper((unsigned char)*doubts->word[i]))
            *doubts->suggestion[i] = (char)toupper((unsigned char)*doubts->suggestion[i]);
}

/* The query with the suggested words put in. */
static char *replace(const struct pm_plan_base *base, const struct doubts *doubts)
{
    struct pm_buf text = PM_BUF_INIT;
    const char *from = base->text;
    for (size_t i = 0; i < doubts->n; i++) {
        if (!doubts->suggestion[i] || doubts->word[i] < from)
            continue;
        pm_buf_add(&text, from, (size_t)(doubts->word[i] - from));
        pm_buf_adds(&text, doubts->suggestion[i]);
        from = doubts->word[i] + doubts->len[i];
    }
    pm_buf_add(&text, from, (size_t)(base->text + base->len - from));
    return pm_buf_detach(&text);
}

static int warn(const struct doubts *doubts, bool taken, struct pm_warnings *warnings,
                struct pm_error *err)
{
    for (size_t i = 0; i < doubts->n; i++) {
        if (!doubts->suggestion[i])
            continue;
        char *word = strndup(doubts->word[i], doubts->len[i]);
        int rc = word ? pm_warnings_add(warnings, taken ? "corrected" : "spelling", word,
                                        doubts->suggestion[i],
                                        taken                 ? "'%s' was corrected to '%s'"
                                        : doubts->articles[i] ? "'%s' is rare; did you mean '%s'?"
                                                              : "'%s' is not in the index; did you "
                                                                "mean '%s'?",
                                        err)
                      : pm_fail_nomem(err);
        free(word);
        if (rc)
            return -1;
    }
    return 0;
}

int pm_suggest(const struct pm_plan_base *base, const struct pm_plan *plan, bool taken,
               struct pm_warnings *warnings, char **suggestion, struct pm_error *err)
{
    struct doubts doubts = {0};
    bool any = false;
    *suggestion = NULL;
    int rc = collect(base, plan, &doubts, err);
    if (!rc && doubts.n)
        rc = pm_expand_suggest(base->db, doubts.word, doubts.len, doubts.articles, doubts.n,
                               doubts.suggestion, err);
    for (size_t i = 0; i < doubts.n; i++)
        any |= doubts.suggestion[i] != NULL;
    if (!rc && any)
        keep_capitals(&doubts);
    if (!rc && any) {
        *suggestion = replace(base, &doubts);
        rc = *suggestion ? warn(&doubts, taken, warnings, err) : pm_fail_nomem(err);
    }
    release(&doubts);
    return rc;
}
