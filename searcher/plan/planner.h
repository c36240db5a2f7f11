/*
 * Inside the planner: what the files that make a plan share.
 */
#ifndef PM_PLANNER_H
#define PM_PLANNER_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "plan.h"
#include "query_words.h"
#include "spans.h"

#define PM_PLAN_EXPANSIONS 64   /* wildcards and fuzzy words of a query; each may be 100 words */
#define PM_PLAN_CLAUSES    2000 /* of all kinds: Xapian's time grows as their square */
#define PM_PLAN_PLACES     100  /* phrases, exact words and what is near: each reads positions */

struct pm_planner {
    const struct pm_plan_base *base;
    struct pm_plan *plan;
    const struct pm_node *tree;
    bool exact;     /* some of it is asked exactly */
    bool shouting;  /* the query is a line of capitals, which mean nothing in it */
    size_t clauses; /* so far, but for plain words in a list */
    size_t places;  /* clauses so far that count for PM_PLAN_PLACES */
    struct pm_buf term;
    struct pm_error *err;
};

/* PM_ERR_QUERY at the place of the node; returns -1. */
int pm_planner_fail(struct pm_planner *planner, const struct pm_node *node, const char *what);

/* ---- plan_parts.c ---- */

/* A part of its own that has to match, of what stands at byte `at`; to be freed with its children.
 */
struct pm_part *pm_part_new(struct pm_planner *planner, const char *text, size_t len, size_t at);
struct pm_part *pm_part_of(struct pm_planner *planner, const struct pm_node *node);
void pm_parts_free(struct pm_part *part);

/* Takes the child in, where it stands in the query; NULL is a failure. */
int pm_part_add(struct pm_part *parent, struct pm_part *child, enum pm_role role);

/* Makes the query of a part from those of its children. */
int pm_part_join(struct pm_planner *planner, struct pm_part *part);

/* ---- plan_words.c: words and their forms ---- */

/* Sets planner->term to the database's term of a form or value in the field. */
int pm_planner_term(struct pm_planner *planner, enum pm_field field, const char *text, size_t len);

/*
 * In how many articles a form is; of a field that is several (pm_schema_last()) the sum, which
 * counts an article twice that has it in two.
 */
int pm_planner_freq(struct pm_planner *planner, enum pm_field field, const char *form,
                    uint32_t *freq);

/*
 * Whether capitals mean nothing in a leaf: in a query that is set in them, and in several words
 * with no small letter, such as "UP TO".
 */
bool pm_planner_is_shouted(const struct pm_planner *planner, const struct pm_node *node);

/* How much a word tells that so many articles have, as in libxapian's BM25. */
double pm_planner_idf(const struct pm_planner *planner, double freq);

int pm_planner_read(struct pm_planner *planner, const struct pm_node *node,
                    struct pm_query_words *words);

/* A form; in several fields it scores as one word that is as rare as all of them together. */
struct pm_db_query *pm_planner_form(struct pm_planner *planner, enum pm_field field,
                                    const char *form, uint32_t wqf);

/* Forms in a row. */
struct pm_row {
    char *const *form;
    size_t len;
    uint32_t wqf, window; /* all within so many words */
};

/* The articles with a row in one of the field's fields, which scores as its forms do. */
struct pm_db_query *pm_planner_row(struct pm_planner *planner, enum pm_field field,
                                   const struct pm_row *row);

/* Any form of a word. */
struct pm_db_query *pm_planner_word(struct pm_planner *planner, enum pm_field field,
                                    const struct pm_query_word *word);

/* Wants a term, or all forms of a word as a concept of its own, marked in hits. */
int pm_planner_want(struct pm_planner *planner, const char *form, uint32_t concept, uint32_t phrase,
                    uint32_t offset);
int pm_planner_want_word(struct pm_planner *planner, const struct pm_query_word *word);

/* Remembers a word of the query that may be misspelt. */
int pm_planner_note(struct pm_planner *planner, const struct pm_query_word *word);

/*
 * Leaves of a word only its acronym, if it is one that the index has: who demands or excludes
 * "AIDS" does not mean every article with "aid".  All of it stays where its letters are a word that
 * means the same.
 */
int pm_planner_keep_acronym(struct pm_planner *planner, struct pm_query_word *word);

/* ---- plan_stops.c ---- */

/*
 * Tells which words of a list are left out, where `others` are asked for beside them: function
 * words, if anything else is asked for, and in a sentence the words that it asks with, if two words
 * are left at least.
 */
void pm_planner_leave_out(struct pm_planner *planner, struct pm_query_words *words, bool others);

/* ---- plan_neighbours.c ---- */

/* Adds a word to the plan's neighbours, but for what is several terms in a row already. */
int pm_planner_neighbour(struct pm_planner *planner, const struct pm_query_word *word);

/* ---- plan_expand.c ---- */

/*
 * What the wildcard or fuzzy word `node` stands for, as one word with many forms, which belongs to
 * the plan; a word that stands for nothing has no forms, and a warning tells.
 */
const struct pm_query_word *pm_planner_expand(struct pm_planner *planner,
                                              const struct pm_node *node);

/* ---- plan_near.c ---- */

/* The documents where the parts of the NEAR stand together. */
struct pm_db_query *pm_planner_near(struct pm_planner *planner, const struct pm_node *node);

/* ---- plan_names.c ---- */

/*
 * The articles that speak of any of a name's entities, in *query: 1, 0 if there are none, -1.
 * They score like a word that is in as many articles and stands once in each, those that are about
 * the entity by half more; its mentions are wanted.
 */
int pm_planner_name(struct pm_planner *planner, const struct pm_node *node,
                    struct pm_db_query **query);

/*
 * Adds to *query, what a leaf of a field of names asks for, the articles of all who are called so
 * anywhere, `marked` their mentions too: 1 or -1.
 */
int pm_planner_bearers(struct pm_planner *planner, const struct pm_node *node, bool marked,
                       struct pm_db_query **query);

/*
 * Sets `entity` to the person that articles take for who is called like the node, if its field is
 * that of organisations and over all articles it is one (name_kinds.h): 1, 0 if not, -1.
 */
int pm_planner_mistaken(struct pm_planner *planner, const struct pm_node *node,
                        struct pm_buf *entity);

/* Those that speak of an entity, KEY=TYPE. */
struct pm_db_query *pm_planner_entity(struct pm_planner *planner, const char *entity, size_t len);

/* ---- plan_leaf.c ---- */

/*
 * What a leaf asks for, in part->query, which stays NULL when there is no such word, and
 * part->scored.  `occur` tells whether it is demanded or excluded, by itself or from above; `top`
 * that every article must pass it, so that checking may wait.
 */
int pm_planner_leaf(struct pm_planner *planner, const struct pm_node *node, enum pm_occur occur,
                    bool top, struct pm_part *part);

/* Articles of that time; an empty date is no bound. */
struct pm_db_query *pm_planner_dates(struct pm_planner *planner, const struct pm_date *since,
                                     const struct pm_date *until);

/* ---- plan_own.c: memory that the queries of a plan speak of ---- */

struct pm_plan_own *pm_plan_own_new(struct pm_error *err);
void pm_plan_own_free(struct pm_plan_own *own);

/* The query of documents where `spans` stands; the plan owns them from here on, even on failure. */
struct pm_db_query *pm_plan_own_spans(struct pm_plan_own *own, struct pm_spans *spans,
                                      struct pm_error *err);

/*
 * The query of documents that have what `exact` asks for; it is the plan's from here on, even on
 * failure.  Each of `words` has to be in the field, in any form.
 */
struct pm_db_query *pm_plan_own_exact(struct pm_planner *planner, struct pm_exact *exact,
                                      enum pm_field field, const struct pm_query_words *words);

/*
 * Words of an expansion, made for `node` before or empty and to be filled (*fresh).  PM_ERR_QUERY,
 * without a place, when there are PM_PLAN_EXPANSIONS already.
 */
struct pm_query_word *pm_plan_own_expansion(struct pm_plan_own *own, const struct pm_node *node,
                                            bool *fresh, struct pm_error *err);

#endif
