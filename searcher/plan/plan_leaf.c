#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "planner.h"
#include "query_list.h"
#include "schema.h"

struct leaf {
    struct pm_planner *planner;
    const struct pm_node *node;
    enum pm_occur occur;
    bool top;
};

/* Its words are those of texts. */
static bool is_text(const struct leaf *leaf)
{
    enum pm_field field = leaf->node->field;
    return field == PM_FIELD_TEXT || field == PM_FIELD_TITLE ||
           pm_schema[field].flags & PM_FIELD_NAMES;
}

static bool is_marked(const struct leaf *leaf)
{
    return leaf->occur != PM_MUST_NOT && is_text(leaf);
}

static int fail(const struct leaf *leaf, const char *what)
{
    return pm_planner_fail(leaf->planner, leaf->node, what);
}

/* ---- phrases ---- */

/* The words of a leaf in a row, as one language has them: 1 with *query, 0 no words, -1. */
static int phrase_query(const struct leaf *leaf, struct pm_analyzer *analyzer,
                        struct pm_db_query **query)
{
    struct pm_planner *planner = leaf->planner;
    const struct pm_node *node = leaf->node;
    struct pm_wanted *wanted = &planner->plan->wanted;
    struct pm_tokens tokens;
    struct pm_token token;
    char **forms = NULL;
    size_t n = 0;
    bool loose = node->kind == PM_NODE_PHRASE && node->distance;
    uint32_t phrase = loose ? PM_NO_PHRASE : wanted->phrases;
    int rc;
    pm_tokens_start(&tokens, analyzer, node->text, node->len);
    pm_tokens_set_shouting(&tokens, pm_planner_is_shouted(planner, node));
    while ((rc = pm_tokens_next(&tokens, &token, planner->err)) == 1) {
        /* Single terms only, since Xapian's phrases take no alternatives: "US" as such. */
        const struct pm_form *term = &token.term[token.acronym && token.stop ? token.terms - 1 : 0];
        char **grown = pm_array_room(forms, n, sizeof *grown);
        forms = grown ? grown : forms;
        char *form = grown ? strndup(term->text, term->len) : NULL;
        rc = form ? 0 : pm_fail_nomem(planner->err);
        if (form)
            forms[n++] = form;
        if (!rc && is_marked(leaf))
            rc = pm_planner_want(planner, form, wanted->concepts, phrase, token.position);
        if (rc)
            break;
        if (is_marked(leaf) && loose)
            wanted->concepts++;
    }
    if (!rc && n) {
        const struct pm_row row = {forms, n, 1, (uint32_t)n + (loose ? node->distance : 0)};
        *query = pm_planner_row(planner, node->field, &row);
        rc = *query ? 1 : -1;
        wanted->phrases += is_marked(leaf) && !loose;
    }
    while (n)
        free(forms[--n]);
    free(forms);
    return rc;
}

/* The words of a leaf in a row, in any language of the index: 1 with *query, 0, -1. */
static int any_phrase(const struct leaf *leaf, struct pm_db_query **query)
{
    struct pm_planner *planner = leaf->planner;
    struct pm_query_list languages = {0};
    for (size_t i = 0; i < planner->base->analyzers; i++) {
        struct pm_db_query *phrase = NULL;
        int rc = phrase_query(leaf, planner->base->analyzer[i], &phrase);
        if (rc < 0 || (rc > 0 && pm_query_list_add(&languages, phrase, planner->err))) {
            pm_query_list_release(&languages);
            return -1;
        }
    }
    if (!languages.len)
        return 0;
    if (is_marked(leaf))
        planner->plan->wanted.concepts++;
    *query = pm_query_list_join(&languages, PM_DB_OR, 0, planner->err);
    return *query ? 1 : -1;
}

/* ---- words ---- */

static struct pm_db_query *word_query(const struct leaf *leaf, struct pm_query_word *word)
{
    struct pm_planner *planner = leaf->planner;
    const struct pm_node *node = leaf->node;
    bool meant = leaf->occur != PM_SHOULD || node->kind == PM_NODE_PHRASE;
    if (meant && node->field == PM_FIELD_TEXT && node->kind != PM_NODE_EXACT &&
        pm_planner_keep_acronym(planner, word))
        return NULL;
    if (is_marked(leaf) && pm_planner_want_word(planner, word))
        return NULL;
    if (is_text(leaf) && node->kind == PM_NODE_WORD && pm_planner_note(planner, word))
        return NULL;
    return pm_planner_word(planner, node->field, word);
}

/* One word or several in a row. */
static int words_query(const struct leaf *leaf, struct pm_query_words *words,
                       struct pm_db_query **query)
{
    if (pm_planner_read(leaf->planner, leaf->node, words))
        return -1;
    if (words->len != 1)
        return any_phrase(leaf, query);
    *query = word_query(leaf, &words->item[0]);
    return *query ? 1 : -1;
}

/* In a field of names, beside the words, who is called so elsewhere. */
static int named_query(const struct leaf *leaf, struct pm_query_words *words,
                       struct pm_db_query **query)
{
    int rc = words_query(leaf, words, query);
    return rc > 0 ? pm_planner_bearers(leaf->planner, leaf->node, is_marked(leaf), query) : rc;
}

/* Words as they are written: candidates by their stems, of which each is looked at. */
static int exact_query(const struct leaf *leaf, struct pm_query_words *words,
                       struct pm_db_query **query)
{
    struct pm_planner *planner = leaf->planner;
    struct pm_plan *plan = planner->plan;
    const struct pm_node *node = leaf->node;
    int rc = words_query(leaf, words, query);
    if (rc <= 0)
        return rc;
    planner->exact = true;
    struct pm_exact *exact =
        pm_exact_new(node->field, node->text, node->len, planner->base->all, planner->err);
    if (!exact) {
        planner->err->offset = node->at;
        return -1;
    }
    if (leaf->top && !planner->base->check) {
        struct pm_exact **grown = reallocarray(plan->exact, plan->exacts + 1, sizeof *grown);
        if (!grown) {
            pm_exact_free(exact);
            return pm_fail_nomem(planner->err);
        }
        plan->exact = grown;
        plan->exact[plan->exacts++] = exact;
        return 1;
    }
    *query = pm_query_join_two(PM_DB_FILTER, *query,
                               pm_plan_own_exact(planner, exact, node->field, words), planner->err);
    return *query ? 1 : -1;
}

/* The same as if the name were a person's, in articles that take it for one. */
static int mistaken_query(const struct leaf *leaf, const char *entity, size_t len,
                          struct pm_db_query **query)
{
    struct pm_planner *planner = leaf->planner;
    struct pm_query_words words = {0};
    struct pm_node node = *leaf->node;
    const struct leaf person = {planner, &node, PM_MUST_NOT, false}; /* the words are wanted */
    node.field = PM_FIELD_PERSON;
    int rc = exact_query(&person, &words, query);
    pm_query_words_release(&words);
    if (rc <= 0)
        return rc;
    *query = pm_query_join_two(PM_DB_FILTER, *query, pm_planner_entity(planner, entity, len),
                               planner->err);
    return *query ? 1 : -1;
}

/* A name as it is written; an organisation's also where it is taken for a person's. */
static int exact_name_query(const struct leaf *leaf, struct pm_query_words *words,
                            struct pm_db_query **query)
{
    struct pm_planner *planner = leaf->planner;
    struct pm_buf entity = PM_BUF_INIT;
    struct pm_db_query *mistaken = NULL;
    struct leaf part = *leaf;
    int rc = pm_planner_mistaken(planner, leaf->node, &entity);
    if (rc < 0)
        goto out;
    if (!rc) {
        rc = exact_query(leaf, words, query);
        goto out;
    }
    part.top = false; /* each article has to pass one of two checks, not both */
    rc = exact_query(&part, words, query);
    if (rc > 0)
        rc = mistaken_query(leaf, entity.data, entity.len, &mistaken);
    if (rc > 0) {
        *query = pm_query_join_two(PM_DB_OR, *query, mistaken, planner->err);
        rc = *query ? 1 : -1;
    }
out:
    pm_buf_release(&entity);
    return rc;
}

/* ---- the other kinds ---- */

static int expanded_query(const struct leaf *leaf, struct pm_db_query **query)
{
    const struct pm_query_word *word = pm_planner_expand(leaf->planner, leaf->node);
    if (!word)
        return -1;
    if (!word->forms) /* no stem has an asterisk: nothing matches */
        return (*query = pm_planner_form(leaf->planner, leaf->node->field, "*", 1)) ? 1 : -1;
    if (is_marked(leaf) && pm_planner_want_word(leaf->planner, word))
        return -1;
    *query = pm_planner_word(leaf->planner, leaf->node->field, word);
    return *query ? 1 : -1;
}

/* A whole value: an id as it is, a language by any of its names. */
static int whole_query(const struct leaf *leaf, struct pm_db_query **query)
{
    struct pm_planner *planner = leaf->planner;
    const char *value = leaf->node->text;
    size_t len = leaf->node->len;
    if (leaf->node->kind != PM_NODE_WORD && leaf->node->kind != PM_NODE_PHRASE &&
        leaf->node->kind != PM_NODE_EXACT)
        return fail(leaf, "this field is looked for as a whole");
    if (leaf->node->field == PM_FIELD_LANGUAGE) {
        char name[32];
        snprintf(name, sizeof name, "%.*s", (int)(len < 31 ? len : 31), value);
        const struct pm_language *language = pm_language_find(name);
        if (!language)
            return fail(leaf, "there is no such language");
        value = language->code;
        len = strlen(value);
    }
    if (pm_planner_term(planner, leaf->node->field, value, len))
        return -1;
    *query = pm_db_query_term(planner->term.data, planner->term.len, 1, planner->err);
    return *query ? 1 : -1;
}

static int date_query(const struct leaf *leaf, struct pm_db_query **query)
{
    *query = pm_planner_dates(leaf->planner, &leaf->node->since, &leaf->node->until);
    return *query ? 1 : -1;
}

/* A date cut to the year, the month or the day: false if it is no longer than that. */
static bool cut_date(const struct pm_date *date, size_t len, struct pm_date *cut)
{
    *cut = (struct pm_date){0};
    if (strlen(date->text) <= len)
        return false;
    memcpy(cut->text, date->text, len);
    return true;
}

static const size_t date_lengths[] = {10, 7, 4}; /* of days, months, years */
#define DATE_LENGTHS (sizeof date_lengths / sizeof *date_lengths)

/*
 * The least date that may lie within: that of 2024-05-01 on is 2024-05, if all of the month may.
 */
static struct pm_date least_date(const struct pm_date *since, const struct pm_date *until)
{
    static const char *const begins[] = {"T00:00:00Z", "-01", "-01"};
    struct pm_date least = *since, cut;
    for (size_t i = 0; i < DATE_LENGTHS; i++) {
        bool begins_with = cut_date(&least, date_lengths[i], &cut) &&
                           !strcmp(least.text + date_lengths[i], begins[i]);
        bool within =
            strncmp(until->text, cut.text, date_lengths[i]) != 0 || pm_date_ends_with(&cut, until);
        if (begins_with && within)
            least = cut;
    }
    return least;
}

/* Takes out of *query the day, month and year in which `until` lies, if they end after it. */
static int drop_later(struct pm_planner *planner, const struct pm_date *since,
                      const struct pm_date *until, struct pm_db_query **query)
{
    uint32_t slot = pm_schema[PM_FIELD_DATE].slot;
    for (size_t i = 0; i < DATE_LENGTHS; i++) {
        struct pm_date cut;
        if (!cut_date(until, date_lengths[i], &cut) || pm_date_ends_with(&cut, until) ||
            strcmp(cut.text, since->text) < 0)
            continue;
        struct pm_db_query *later = pm_db_query_range(slot, cut.text, cut.text, planner->err);
        *query = pm_query_join_two(PM_DB_AND_NOT, *query, later, planner->err);
        if (!*query)
            return -1;
    }
    return 0;
}

struct pm_db_query *pm_planner_dates(struct pm_planner *planner, const struct pm_date *since,
                                     const struct pm_date *until)
{
    char end[32];
    struct pm_date least = least_date(since, until);
    if (until->text[0])
        pm_date_end(until, end);
    /* Articles without a date have an empty value, which no lower bound of "0" lets in. */
    struct pm_db_query *query =
        pm_db_query_range(pm_schema[PM_FIELD_DATE].slot, least.text[0] ? least.text : "0",
                          until->text[0] ? end : NULL, planner->err);
    return query && !drop_later(planner, &least, until, &query) ? query : NULL;
}

int pm_planner_leaf(struct pm_planner *planner, const struct pm_node *node, enum pm_occur occur,
                    bool top, struct pm_part *part)
{
    const struct leaf leaf = {planner, node, occur, top};
    struct pm_query_words words = {0};
    unsigned flags = pm_schema[node->field].flags;
    int rc;
    if (node->kind == PM_NODE_DATE)
        rc = date_query(&leaf, &part->query);
    else if (node->kind == PM_NODE_NAME)
        rc = pm_planner_name(planner, node, &part->query);
    else if (flags & PM_FIELD_WHOLE)
        rc = whole_query(&leaf, &part->query);
    else if (node->kind == PM_NODE_PREFIX || node->kind == PM_NODE_FUZZY)
        rc = expanded_query(&leaf, &part->query);
    else if (node->kind == PM_NODE_EXACT)
        rc = exact_name_query(&leaf, &words, &part->query);
    else if (flags & PM_FIELD_NAMES)
        rc = named_query(&leaf, &words, &part->query);
    else
        rc = words_query(&leaf, &words, &part->query);
    pm_query_words_release(&words);
    if (rc == 0)
        rc = fail(&leaf, "there is no word in this");
    if (rc <= 0)
        return rc;
    part->scored = node->kind != PM_NODE_DATE && flags & PM_FIELD_SCORED;
    if (part->scored || node->kind == PM_NODE_DATE)
        return 0;
    /* Who wrote it and where it stood only filter. */
    struct pm_db_query *filter = pm_db_query_scale(part->query, 0, planner->err);
    pm_db_query_free(part->query);
    part->query = filter;
    return filter ? 0 : -1;
}
