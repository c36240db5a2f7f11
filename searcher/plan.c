#include "plan.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "query_list.h"
#include "query_words.h"
#include "schema.h"

/* ---- clauses on their way ---- */

struct planner {
    const struct pm_plan_base *base;
    struct pm_plan *plan;
    bool shouting;                              /* the query is set in capitals */
    struct pm_query_words words;                /* the bare words */
    struct pm_query_list must, should, without; /* the other clauses without a field */
    struct pm_query_list narrow;                /* those with one */
    struct pm_buf term;
    struct pm_error *err;
};

/* ---- terms ---- */

static int make_term(struct planner *planner, enum pm_field field, const char *text, size_t len)
{
    if (pm_schema[field].flags & PM_FIELD_WHOLE)
        pm_schema_whole(&planner->term, field, text, len);
    else
        pm_schema_stem(&planner->term, field, text, len);
    return planner->term.failed ? pm_fail_nomem(planner->err) : 0;
}

/* Wants a term marked in hits: what is rarer tells more. */
static int want(struct planner *planner, const char *form, uint32_t concept, uint32_t phrase,
                uint32_t offset)
{
    uint32_t freq;
    size_t len = strlen(form);
    if (make_term(planner, PM_FIELD_TEXT, form, len) ||
        pm_db_term_freq(planner->base->db, planner->term.data, planner->term.len, &freq,
                        planner->err))
        return -1;
    struct pm_wanted_term term = {
        .text = (char *)(uintptr_t)form,
        .len = len,
        .weight = log(1 + planner->base->documents / (freq + 1.0)) + 0.01,
        .concept = concept,
        .phrase = phrase,
        .offset = offset,
    };
    return pm_wanted_add(&planner->plan->wanted, &term, planner->err);
}

static struct pm_db_query *term_query(struct planner *planner, enum pm_field field,
                                      const char *form, uint32_t wqf)
{
    if (make_term(planner, field, form, strlen(form)))
        return NULL;
    return pm_db_query_term(planner->term.data, planner->term.len, wqf, planner->err);
}

static bool is_marked(const struct pm_node *node)
{
    return node->occur != PM_MUST_NOT &&
           (node->field == PM_FIELD_TEXT || node->field == PM_FIELD_TITLE ||
            node->field == PM_FIELD_ENTITY);
}

/* Articles of any of the languages, given as bits. */
static struct pm_db_query *languages_query(struct planner *planner, uint32_t languages)
{
    struct pm_query_list any = {0};
    for (size_t i = 0; i < planner->base->analyzers; i++) {
        const char *code = pm_analyzer_language(planner->base->analyzer[i])->code;
        if (languages & (uint32_t)1 << i &&
            pm_query_list_add(&any, term_query(planner, PM_FIELD_LANGUAGE, code, 1),
                              planner->err)) {
            pm_query_list_release(&any);
            return NULL;
        }
    }
    return pm_query_list_join(&any, PM_DB_OR, 0, planner->err);
}

/* One form of a word, with its share of the word's weight. */
static struct pm_db_query *form_query(struct planner *planner, enum pm_field field,
                                      const struct pm_query_form *form, uint32_t wqf)
{
    struct pm_db_query *term = term_query(planner, field, form->text, wqf);
    /* The first language's forms are let stand everywhere: most articles are of it. */
    if (term && !(form->languages & 1))
        term = pm_query_join_two(PM_DB_FILTER, term, languages_query(planner, form->languages),
                                 planner->err);
    if (!term || form->share >= 1)
        return term;
    struct pm_db_query *scaled = pm_db_query_scale(term, form->share, planner->err);
    pm_db_query_free(term);
    return scaled;
}

/* The terms of a word in a row: Xapian scores a phrase as the sum of its terms. */
static struct pm_db_query *parts_query(struct planner *planner, enum pm_field field,
                                       const struct pm_query_word *word)
{
    struct pm_query_list parts = {0};
    for (size_t i = 0; i < word->parts; i++)
        if (pm_query_list_add(&parts, term_query(planner, field, word->part[i], word->wqf),
                              planner->err)) {
            pm_query_list_release(&parts);
            return NULL;
        }
    return pm_query_list_join(&parts, PM_DB_PHRASE, (uint32_t)word->parts, planner->err);
}

/*
 * Any form of a word.  Languages add up, but an article is of one language.  (OP_MAX would say
 * it better; libxapian 1.4.22 crashes in it where it leaves out what cannot reach the top.)
 */
static struct pm_db_query *word_query(struct planner *planner, enum pm_field field,
                                      const struct pm_query_word *word)
{
    struct pm_query_list forms = {0};
    if (word->parts)
        return parts_query(planner, field, word);
    for (size_t i = 0; i < word->forms; i++)
        if (pm_query_list_add(&forms, form_query(planner, field, &word->form[i], word->wqf),
                              planner->err)) {
            pm_query_list_release(&forms);
            return NULL;
        }
    return pm_query_list_join(&forms, PM_DB_OR, 0, planner->err);
}

/* Wants a word marked, as a concept of its own. */
static int want_word(struct planner *planner, const struct pm_query_word *word)
{
    struct pm_wanted *wanted = &planner->plan->wanted;
    uint32_t concept = wanted->concepts++;
    for (size_t i = 0; i < word->parts; i++)
        if (want(planner, word->part[i], concept, wanted->phrases, (uint32_t)i))
            return -1;
    wanted->phrases += word->parts > 0;
    for (size_t i = 0; !word->parts && i < word->forms; i++)
        if (want(planner, word->form[i].text, concept, PM_NO_PHRASE, 0))
            return -1;
    return 0;
}

/*
 * Leaves of a word only its acronym, if it is one that the index has: who demands or excludes
 * "AIDS" does not mean every article with "aid".
 */
static int keep_acronym(struct planner *planner, struct pm_query_word *word)
{
    for (size_t i = 0; i < word->forms; i++) {
        const struct pm_query_form *form = &word->form[i];
        uint32_t freq;
        if (!form->acronym)
            continue;
        if (make_term(planner, PM_FIELD_TEXT, form->text, strlen(form->text)) ||
            pm_db_term_freq(planner->base->db, planner->term.data, planner->term.len, &freq,
                            planner->err))
            return -1;
        if (!freq)
            continue;
        struct pm_query_form swapped = word->form[0];
        word->form[0] = *form;
        word->form[0].share = 1;
        word->form[i] = swapped;
        while (word->forms > 1)
            free(word->form[--word->forms].text);
        return 0;
    }
    return 0;
}

/* ---- phrases ---- */

/* The words of `node` in a row, as one language has them: 1 with *query, 0 no words, -1. */
static int phrase_query(struct planner *planner, const struct pm_node *node,
                        struct pm_analyzer *analyzer, struct pm_db_query **query)
{
    struct pm_plan *plan = planner->plan;
    struct pm_query_list parts = {0};
    struct pm_tokens tokens;
    struct pm_token token;
    bool marked = is_marked(node);
    int rc;
    pm_tokens_start(&tokens, analyzer, node->text, node->len);
    pm_tokens_set_shouting(&tokens, planner->shouting);
    while ((rc = pm_tokens_next(&tokens, &token, planner->err)) == 1) {
        /* Single terms only, since Xapian's phrases take no alternatives: "US" as such. */
        const struct pm_form *term = &token.term[token.acronym && token.stop ? token.terms - 1 : 0];
        char *form = strndup(term->text, term->len);
        rc = form ? pm_query_list_add(&parts, term_query(planner, node->field, form, 1),
                                      planner->err)
                  : pm_fail_nomem(planner->err);
        if (!rc && marked)
            rc = want(planner, form, plan->wanted.concepts, plan->wanted.phrases, token.position);
        free(form);
        if (rc)
            break;
    }
    if (rc < 0 || !parts.len) {
        pm_query_list_release(&parts);
        return rc;
    }
    if (marked)
        plan->wanted.phrases++;
    uint32_t window = (uint32_t)parts.len;
    *query = pm_query_list_join(&parts, PM_DB_PHRASE, window, planner->err);
    return *query ? 1 : -1;
}

/* The words of `node` in a row, in any language of the index: 1 with *query, 0, -1. */
static int any_phrase(struct planner *planner, const struct pm_node *node,
                      struct pm_db_query **query)
{
    struct pm_query_list languages = {0};
    for (size_t i = 0; i < planner->base->analyzers; i++) {
        struct pm_db_query *phrase = NULL;
        int rc = phrase_query(planner, node, planner->base->analyzer[i], &phrase);
        if (rc < 0 || (rc > 0 && pm_query_list_add(&languages, phrase, planner->err))) {
            pm_query_list_release(&languages);
            return -1;
        }
    }
    if (!languages.len)
        return 0;
    if (is_marked(node))
        planner->plan->wanted.concepts++;
    *query = pm_query_list_join(&languages, PM_DB_OR, 0, planner->err);
    return *query ? 1 : -1;
}

/* ---- clauses ---- */

/* A single word under + or -, in a field or in quotation marks. */
static struct pm_db_query *required_word(struct planner *planner, const struct pm_node *node,
                                         struct pm_query_word *word)
{
    bool exact = node->occur != PM_SHOULD || node->kind == PM_NODE_PHRASE;
    if (exact && node->field == PM_FIELD_TEXT && keep_acronym(planner, word))
        return NULL;
    if (is_marked(node) && want_word(planner, word))
        return NULL;
    return word_query(planner, node->field, word);
}

static int read_words(struct planner *planner, const struct pm_node *node,
                      struct pm_query_words *words)
{
    return pm_query_words_read(words, planner->base->analyzer, planner->base->analyzers,
                               planner->shouting, node->text, node->len, planner->err);
}

static int fail_at(struct planner *planner, const struct pm_node *node, const char *what)
{
    if (!planner->err->code)
        planner->err->offset = node->at;
    return pm_fail(planner->err, PM_ERR_QUERY, "%s", what);
}

/* A whole value: an id as it is, a language by any of its names. */
static int whole_query(struct planner *planner, const struct pm_node *node,
                       struct pm_db_query **query)
{
    const char *value = node->text;
    size_t len = node->len;
    if (node->field == PM_FIELD_LANGUAGE) {
        char name[32];
        snprintf(name, sizeof name, "%.*s", (int)(len < 31 ? len : 31), value);
        const struct pm_language *language = pm_language_find(name);
        if (!language)
            return fail_at(planner, node, "there is no such language");
        value = language->code;
        len = strlen(value);
    }
    if (make_term(planner, node->field, value, len))
        return -1;
    *query = pm_db_query_term(planner->term.data, planner->term.len, 1, planner->err);
    return *query ? 1 : -1;
}

/* A clause that is no bare word: 1 with *query, 0 when there is no word in it, -1. */
static int clause_query(struct planner *planner, const struct pm_node *node,
                        struct pm_db_query **query)
{
    if (pm_schema[node->field].flags & PM_FIELD_WHOLE)
        return whole_query(planner, node, query);
    struct pm_query_words words = {0};
    int rc = read_words(planner, node, &words);
    bool one = words.len == 1;
    if (!rc && one)
        *query = required_word(planner, node, &words.item[0]);
    pm_query_words_release(&words);
    if (rc || one)
        return *query ? 1 : -1;
    return any_phrase(planner, node, query);
}

static int add_clause(struct planner *planner, const struct pm_node *node)
{
    struct pm_query_list *lists[] = {[PM_SHOULD] = &planner->should,
                                     [PM_MUST] = &planner->must,
                                     [PM_MUST_NOT] = &planner->without};
    bool narrows = node->field != PM_FIELD_TEXT && node->occur == PM_SHOULD;
    struct pm_db_query *query = NULL;
    if (node->kind == PM_NODE_WORD && node->occur == PM_SHOULD && !narrows)
        return read_words(planner, node, &planner->words);
    int rc = clause_query(planner, node, &query);
    if (rc < 0)
        return -1;
    if (rc == 0)
        return fail_at(planner, node, "there is no word in this");
    if (node->occur != PM_MUST_NOT && (pm_schema[node->field].flags & PM_FIELD_SCORED))
        planner->plan->scored = true;
    return pm_query_list_add(narrows ? &planner->narrow : lists[node->occur], query, planner->err);
}

/* The bare words become clauses, function words only where nothing else is asked for. */
static int add_words(struct planner *planner)
{
    struct pm_plan *plan = planner->plan;
    bool others = planner->must.len || planner->should.len || planner->narrow.len;
    pm_query_words_count(&planner->words);
    for (size_t i = 0; i < planner->words.len; i++)
        others |= !planner->words.item[i].stop;
    for (size_t i = 0; i < planner->words.len; i++) {
        const struct pm_query_word *word = &planner->words.item[i];
        if (word->stop && others) {
            pm_buf_adds(&plan->dropped, plan->dropped.len ? ", " : "");
            pm_buf_add(&plan->dropped, word->typed, word->typed_len);
            continue;
        }
        if (want_word(planner, word))
            return -1;
        plan->scored = true;
        if (pm_query_list_add(&planner->should, word_query(planner, PM_FIELD_TEXT, word),
                              planner->err))
            return -1;
    }
    return plan->dropped.failed ? pm_fail_nomem(planner->err) : 0;
}

/* ---- the whole ---- */

/* What must match and what may, without what must not and the dates. */
static struct pm_db_query *join_clauses(struct planner *planner)
{
    struct pm_error *err = planner->err;
    struct pm_db_query *core = NULL;
    bool any = planner->must.len || planner->should.len;
    if (!any && !planner->narrow.len)
        return pm_db_query_all(err);
    if (planner->must.len)
        core = pm_query_list_join(&planner->must, PM_DB_AND, 0, err);
    if (planner->should.len) {
        struct pm_db_query *should = pm_query_list_join(&planner->should, PM_DB_OR, 0, err);
        core = core ? pm_query_join_two(PM_DB_AND_MAYBE, core, should, err) : should;
    }
    if (!planner->narrow.len)
        return core;
    struct pm_db_query *narrow = pm_query_list_join(&planner->narrow, PM_DB_AND, 0, err);
    return any ? pm_query_join_two(PM_DB_AND, core, narrow, err) : narrow;
}

static struct pm_db_query *date_query(const struct pm_date *since, const struct pm_date *until,
                                      struct pm_error *err)
{
    char end[32];
    if (until)
        pm_date_end(until, end);
    /* Articles without a date have an empty value, which no lower bound of "0" lets in. */
    return pm_db_query_range(pm_schema[PM_FIELD_DATE].slot, since ? since->text : "0",
                             until ? end : NULL, err);
}

static int join_all(struct planner *planner, const struct pm_date *since,
                    const struct pm_date *until)
{
    struct pm_error *err = planner->err;
    bool dated = since || until;
    if (!planner->must.len && !planner->should.len && !planner->narrow.len &&
        !planner->without.len && !dated)
        return 0;
    struct pm_db_query *query = join_clauses(planner);
    if (query && planner->without.len)
        query = pm_query_join_two(PM_DB_AND_NOT, query,
                                  pm_query_list_join(&planner->without, PM_DB_OR, 0, err), err);
    if (query && dated)
        query = pm_query_join_two(PM_DB_FILTER, query, date_query(since, until, err), err);
    if (query && planner->base->any_dead)
        query = pm_query_join_two(PM_DB_AND_NOT, query,
                                  pm_db_query_numbers(planner->base->db, planner->base->dead, err),
                                  err);
    planner->plan->query = query;
    return query ? 0 : -1;
}

int pm_plan_make(const struct pm_plan_base *base, const struct pm_node *tree,
                 const struct pm_date *since, const struct pm_date *until, struct pm_plan *plan,
                 struct pm_error *err)
{
    *plan = (struct pm_plan){0};
    struct planner planner = {
        .base = base,
        .plan = plan,
        .shouting = pm_tokens_shouting(tree->text, tree->len),
        .err = err,
    };
    int rc = 0;
    for (const struct pm_node *node = tree->child; !rc && node; node = node->next)
        rc = add_clause(&planner, node);
    if (!rc)
        rc = add_words(&planner);
    if (!rc)
        rc = join_all(&planner, since, until);
    pm_wanted_sort(&plan->wanted);
    pm_query_words_release(&planner.words);
    pm_query_list_release(&planner.must);
    pm_query_list_release(&planner.should);
    pm_query_list_release(&planner.without);
    pm_query_list_release(&planner.narrow);
    pm_buf_release(&planner.term);
    if (rc)
        pm_plan_release(plan);
    return rc;
}

void pm_plan_release(struct pm_plan *plan)
{
    pm_db_query_free(plan->query);
    pm_wanted_release(&plan->wanted);
    pm_buf_release(&plan->dropped);
    *plan = (struct pm_plan){0};
}
