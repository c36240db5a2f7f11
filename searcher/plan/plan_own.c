#include <stdlib.h>
#include <string.h>

#include "planner.h"
#include "record.h"
#include "schema.h"

/* Articles whose stored text is asked. */
struct check {
    struct pm_exact *exact;
    struct pm_analyzers *analyzers;
    struct pm_db_terms *group; /* for each word its terms, of which one must be there */
    struct pm_db_bytes *term;  /* all of them; each `data` is owned */
    size_t groups, terms;
};

struct expansion {
    const struct pm_node *node;
    struct pm_query_words words; /* one */
};

struct pm_plan_own {
    struct pm_spans **spans;
    size_t spans_len;
    struct check **check;
    size_t checks;
    struct expansion expansion[PM_PLAN_EXPANSIONS];
    size_t expansions;
};

struct pm_plan_own *pm_plan_own_new(struct pm_error *err)
{
    struct pm_plan_own *own = calloc(1, sizeof *own);
    if (!own)
        pm_fail_nomem(err);
    return own;
}

static void free_check(struct check *check)
{
    if (!check)
        return;
    for (size_t i = 0; i < check->terms; i++)
        free((char *)(uintptr_t)check->term[i].data);
    free(check->term);
    free(check->group);
    pm_exact_free(check->exact);
    free(check);
}

void pm_plan_own_free(struct pm_plan_own *own)
{
    if (!own)
        return;
    for (size_t i = 0; i < own->spans_len; i++)
        pm_spans_free(own->spans[i]);
    free(own->spans);
    for (size_t i = 0; i < own->checks; i++)
        free_check(own->check[i]);
    free(own->check);
    for (size_t i = 0; i < own->expansions; i++)
        pm_query_words_release(&own->expansion[i].words);
    free(own);
}

struct pm_db_query *pm_plan_own_spans(struct pm_plan_own *own, struct pm_spans *spans,
                                      struct pm_error *err)
{
    struct pm_spans **grown = reallocarray(own->spans, own->spans_len + 1, sizeof *own->spans);
    if (!grown) {
        pm_spans_free(spans);
        pm_fail_nomem(err);
        return NULL;
    }
    own->spans = grown;
    own->spans[own->spans_len++] = spans;
    return pm_spans_query(spans, err);
}

/* ---- checks ---- */

static int accept(const struct pm_db_candidate *candidate, void *arg, struct pm_error *err)
{
    const struct check *check = arg;
    struct pm_article article = {0};
    struct pm_buf data = PM_BUF_INIT;
    int rc = -1;
    if (!pm_db_candidate_data(candidate, &data, err) &&
        !pm_record_unpack(pm_buf_str(&data), data.len, &article, err))
        rc = pm_exact_matches(check->exact, &article, check->analyzers, err);
    pm_article_release(&article);
    pm_buf_release(&data);
    return rc;
}

static int add_term(struct pm_planner *planner, struct check *check, enum pm_field field,
                    const char *form)
{
    if (pm_planner_term(planner, field, form, strlen(form)))
        return -1;
    char *term = malloc(planner->term.len);
    if (!term)
        return pm_fail_nomem(planner->err);
    memcpy(term, planner->term.data, planner->term.len);
    check->term[check->terms++] = (struct pm_db_bytes){term, planner->term.len};
    return 0; /* cppcheck-suppress memleak */
}

/* Adds a form's terms to the last group. */
static int add_form(struct pm_planner *planner, struct check *check, enum pm_field field,
                    const char *form)
{
    for (enum pm_field in = field; in <= pm_schema_last(field); in++) {
        if (add_term(planner, check, in, form))
            return -1;
        check->group[check->groups - 1].len++;
    }
    return 0;
}

/* Begins a group of terms. */
static void begin_group(struct check *check)
{
    check->group[check->groups++] = (struct pm_db_terms){check->term + check->terms, 0};
}

/* Groups the terms of the words, of which each is several in a row or one of several. */
static int add_groups(struct pm_planner *planner, struct check *check, enum pm_field field,
                      const struct pm_query_words *words)
{
    size_t terms = 0, groups = 0;
    for (size_t i = 0; i < words->len; i++) {
        terms += words->item[i].parts + words->item[i].forms;
        groups += words->item[i].parts + 1;
    }
    terms *= pm_schema_last(field) - field + 1;
    check->term = calloc(terms + 1, sizeof *check->term);
    check->group = calloc(groups + 1, sizeof *check->group);
    if (!check->term || !check->group)
        return pm_fail_nomem(planner->err);
    for (size_t i = 0; i < words->len; i++) {
        const struct pm_query_word *word = &words->item[i];
        for (size_t j = 0; j < word->parts; j++) {
            begin_group(check);
            if (add_form(planner, check, field, word->part[j]))
                return -1;
        }
        if (word->parts)
            continue;
        begin_group(check);
        for (size_t j = 0; j < word->forms; j++)
            if (add_form(planner, check, field, word->form[j].text))
                return -1;
    }
    return 0;
}

struct pm_db_query *pm_plan_own_exact(struct pm_planner *planner, struct pm_exact *exact,
                                      enum pm_field field, const struct pm_query_words *words)
{
    struct pm_plan_own *own = planner->plan->own;
    struct check **grown = reallocarray(own->check, own->checks + 1, sizeof *grown);
    if (grown)
        own->check = grown;
    struct check *check = grown ? calloc(1, sizeof *check) : NULL;
    if (!check) {
        pm_exact_free(exact);
        pm_fail_nomem(planner->err);
        return NULL;
    }
    own->check[own->checks++] = check;
    check->exact = exact;
    check->analyzers = planner->base->all;
    if (add_groups(planner, check, field, words))
        return NULL;
    return pm_db_query_checked(check->group, check->groups, accept, check, planner->err);
}

/* ---- expansions ---- */

struct pm_query_word *pm_plan_own_expansion(struct pm_plan_own *own, const struct pm_node *node,
                                            bool *fresh, struct pm_error *err)
{
    *fresh = false;
    for (size_t i = 0; i < own->expansions; i++)
        if (own->expansion[i].node == node)
            return own->expansion[i].words.item;
    if (own->expansions == PM_PLAN_EXPANSIONS) {
        pm_fail(err, PM_ERR_QUERY, "more than %d wildcards and fuzzy words", PM_PLAN_EXPANSIONS);
        return NULL;
    }
    struct expansion *made = &own->expansion[own->expansions];
    made->words.item = calloc(1, sizeof *made->words.item);
    if (!made->words.item) {
        pm_fail_nomem(err);
        return NULL;
    }
    made->words.len = made->words.cap = 1;
    made->node = node;
    own->expansions++;
    *fresh = true;
    return made->words.item;
}
