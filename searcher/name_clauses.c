#include "name_clauses.h"

#include <stdlib.h>
#include <string.h>

#include "known_names.h"
#include "name_term.h"
#include "schema.h"

/*
 * A word is taken for a name if it is that of somebody in so many of a hundred articles that have
 * it; several words in a row seldom are anything else.
 */
#define WORD_SHARE 25
#define RUN_SHARE  1

struct adding {
    const struct pm_db *db;
    struct pm_analyzer *analyzer;
    bool shouting; /* the query is set in capitals, which make no acronyms */
    double boost;
    struct pm_fold *fold;
    struct pm_buf key, run;
    struct pm_error *err;
};

/* A word in a list that nothing was said of. */
static bool is_bare(const struct pm_node *node)
{
    return node && node->kind == PM_NODE_WORD && node->occur == PM_SHOULD && !node->named &&
           node->field == PM_FIELD_TEXT && node->boost == 1 && !node->own;
}

/* ---- what is a name ---- */

/* The articles that have the rarest word of some, and whether all are function words. */
struct rarity {
    uint32_t articles;
    bool words;
};

/* Counts in the words of a node. */
static int count_words(struct adding *adding, const struct pm_node *node, struct rarity *rarity)
{
    struct pm_tokens tokens;
    struct pm_token token;
    struct pm_buf term = PM_BUF_INIT;
    int rc;
    pm_tokens_start(&tokens, adding->analyzer, node->text, node->len);
    pm_tokens_set_shouting(&tokens, adding->shouting);
    while ((rc = pm_tokens_next(&tokens, &token, adding->err)) == 1) {
        /* "US" is rarer than "us", and another word. */
        const struct pm_form *form = &token.term[token.acronym ? token.terms - 1 : 0];
        uint32_t freq;
        rarity->words |= !token.stop || token.acronym;
        pm_schema_stem(&term, PM_FIELD_TEXT, form->text, form->len);
        rc = term.failed ? pm_fail_nomem(adding->err)
                         : pm_db_term_freq(adding->db, term.data, term.len, &freq, adding->err);
        if (rc)
            break;
        if (freq < rarity->articles)
            rarity->articles = freq;
    }
    pm_buf_release(&term);
    return rc;
}

/* Whether the words from `first` to `last` are a name, and not just what somebody is called too. */
static int is_name(struct adding *adding, const struct pm_node *first, const struct pm_node *last,
                   const struct pm_bearers *bearers)
{
    struct rarity rarity = {.articles = UINT32_MAX};
    uint64_t share = first == last ? WORD_SHARE : RUN_SHARE;
    if (!bearers->len)
        return 0;
    for (const struct pm_node *node = first; node != last->next; node = node->next)
        if (count_words(adding, node, &rarity))
            return -1;
    return rarity.words && (uint64_t)bearers->articles * 100 >= share * rarity.articles;
}

/* Adds the word of a node to the run of words so far: 1, 0 if there is none in it, -1. */
static int add_to_run(struct adding *adding, const struct pm_node *node)
{
    struct pm_buf *run = &adding->run;
    if (pm_name_key(adding->fold, node->text, node->len, &adding->key, adding->err))
        return -1;
    if (!adding->key.len)
        return 0;
    pm_buf_addf(run, "%s%s", run->len ? " " : "", adding->key.data);
    return run->failed ? pm_fail_nomem(adding->err) : 1;
}

/*
 * Finds the longest run from `first` on that is a name: *last stays NULL if none is.  Between words
 * may stand what has none ("&").
 */
static int find_run(struct adding *adding, struct pm_node *first, struct pm_node **last,
                    struct pm_bearers *bearers)
{
    int rc = 1; /* the run may go on */
    pm_buf_clear(&adding->run);
    for (struct pm_node *node = first; rc > 0 && is_bare(node); node = node->next) {
        struct pm_bearers found;
        if ((rc = add_to_run(adding, node)) <= 0) {
            rc = rc || node == first ? rc : 1;
            continue;
        }
        rc = pm_known_names_find(adding->db, adding->run.data, 0, &found, adding->err);
        if (!rc)
            rc = is_name(adding, first, node, &found);
        if (rc > 0) {
            pm_bearers_release(bearers);
            *bearers = found;
            *last = node;
        } else {
            pm_bearers_release(&found);
        }
        if (rc >= 0)
            rc = is_bare(node->next)
                     ? pm_known_names_go_on(adding->db, adding->run.data, adding->err)
                     : 0;
    }
    return rc < 0 ? -1 : 0;
}

/* ---- the clauses ---- */

/* A clause for the bearers of the name that stands from `first` to `last`. */
static struct pm_node *make_clause(struct adding *adding, const struct pm_node *first,
                                   const struct pm_node *last, const struct pm_bearers *bearers)
{
    struct pm_buf entities = PM_BUF_INIT;
    struct pm_node *node = pm_node_new(PM_NODE_NAME, adding->err);
    for (size_t i = 0; i < bearers->len; i++)
        pm_buf_addf(&entities, "%s%s", i ? "\n" : "", bearers->item[i].entity);
    size_t len = entities.len;
    char *text = pm_buf_detach(&entities);
    if (!node || !text) {
        free(text);
        pm_query_free(node);
        pm_fail_nomem(adding->err);
        return NULL;
    }
    node->at = first->at;
    node->end = last->end;
    node->boost = adding->boost;
    node->text = node->own = text;
    node->len = len;
    return node;
}

static bool is_there(const struct pm_node *clauses, const struct pm_node *clause)
{
    for (; clauses; clauses = clauses->next)
        if (!strcmp(clauses->text, clause->text))
            return true;
    return false;
}

/* Puts the clauses at the end of the list, so that runs stay runs. */
static int add_to_list(struct adding *adding, struct pm_node *list)
{
    struct pm_node *clauses = NULL, **end = &clauses;
    int rc = 0;
    for (struct pm_node *node = list->child; !rc && node; node = node->next) {
        struct pm_bearers bearers = {.len = 0};
        struct pm_node *last = NULL;
        if (!is_bare(node))
            continue;
        rc = find_run(adding, node, &last, &bearers);
        if (!rc && last) {
            struct pm_node *clause = make_clause(adding, node, last, &bearers);
            rc = clause ? 0 : -1;
            node = last;
            if (clause && is_there(clauses, clause))
                pm_query_free(clause);
            else if (clause)
                *end = clause, end = &clause->next;
        }
        pm_bearers_release(&bearers);
    }
    struct pm_node **tail = &list->child;
    while (*tail)
        tail = &(*tail)->next;
    *tail = clauses;
    return rc;
}

/* Makes a list of a word in an AND or OR, if there is a clause to stand in it beside the word. */
static int add_to_word(struct adding *adding, struct pm_node **link)
{
    struct pm_node *word = *link, *next = word->next;
    struct pm_node *list = pm_node_new(PM_NODE_LIST, adding->err);
    if (!list)
        return -1;
    list->at = word->at;
    list->end = word->end;
    list->child = word;
    word->next = NULL;
    int rc = add_to_list(adding, list);
    bool added = word->next != NULL;
    *link = added ? list : word;
    (*link)->next = next;
    if (!added) {
        list->child = NULL;
        pm_query_free(list);
    }
    return rc;
}

static int add(struct adding *adding, struct pm_node *node)
{
    if (node->occur == PM_MUST_NOT ||
        (node->kind != PM_NODE_LIST && node->kind != PM_NODE_AND && node->kind != PM_NODE_OR))
        return 0;
    for (struct pm_node **link = &node->child; *link; link = &(*link)->next)
        if (node->kind != PM_NODE_LIST && is_bare(*link) ? add_to_word(adding, link)
                                                         : add(adding, *link))
            return -1;
    return node->kind == PM_NODE_LIST ? add_to_list(adding, node) : 0;
}

int pm_name_clauses_add(const struct pm_db *db, struct pm_analyzer *analyzer, struct pm_fold *fold,
                        bool shouting, double boost, struct pm_node *tree, struct pm_error *err)
{
    struct adding adding = {
        .db = db,
        .analyzer = analyzer,
        .fold = fold,
        .shouting = shouting,
        .boost = boost,
        .err = err,
    };
    int rc = add(&adding, tree);
    pm_buf_release(&adding.key);
    pm_buf_release(&adding.run);
    return rc;
}
