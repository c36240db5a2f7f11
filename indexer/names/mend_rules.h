/*
 * Inside: the names of an article while they are mended, and the rules for that.
 *
 * A name that is looked at is no more of those found, or not yet again: those before `kept` are
 * mended, those from `next` on are not.  What returns an int is -1 when memory ran out.
 */
#ifndef NAMES_MEND_RULES_H
#define NAMES_MEND_RULES_H

#include "forms.h"
#include "text_words.h"

#define MENDED_SURE 1000 /* a margin that outvotes what the tagger made of all other mentions */

struct mending {
    struct forms *forms;
    struct entities *found;
    size_t kept;  /* of those found, the first that are mended already */
    size_t next;  /* the first that are not looked at */
    size_t scans; /* left */
    struct pm_error *err;
};

const struct entity_part *mending_part(const struct mending *mending, const struct entity *entity);

/* What stands there is known by; NULL when memory ran out.  Lives until the next call. */
const char *mending_key(struct mending *mending, const struct entity_part *part, size_t start,
                        size_t end);
const char *mending_name_key(struct mending *mending, const struct entity *entity);

/* What a word there is (kinds.h), or KIND_NONE if there is no such word; -1. */
int mending_kind(struct mending *mending, const struct entity_part *part, struct span word);

/* ---- mend_numbers.c ---- */

/* Cuts numbers and units off the beginning; false if no name is left. */
bool mending_cut_numbers(struct mending *mending, struct entity *entity);

/* True of "US" in "US$635 million", "HK" in "HK$5": no country, but its money. */
bool mending_is_currency(const struct mending *mending, const struct entity *entity);

/* ---- mend_firms.c ---- */

/* Makes a body of what is called like a person: "Ford Motor Co", "an analyst with Smith Barney". */
int mending_find_firm(struct mending *mending, struct entity *entity);

/* ---- mend_grow.c ---- */

/* "Korean" behind "South", "Sri" before "Lanka": the longest that is a country with the name. */
int mending_grow_to_country(struct mending *mending, struct entity *entity);

/*
 * "Ministry of Trade" before "and Industry", "General Agreement" before "on Tariffs and Trade",
 * which is a thing: fields are taken in up to a word without capital.
 */
int mending_grow_by_fields(struct mending *mending, struct entity *entity, bool thing);

/* ---- mend_honour.c ---- */

/* Puts those whom an honorific stands before among what was found, in place of their parts. */
int mending_find_honoured(struct mending *mending);

/* "Prime" before "Minister Hun Sen": a name that is none but titles, by what stands behind. */
int mending_grow_titles(struct mending *mending, struct entity *entity);

/* ---- mend_join.c: the name goes into the last one that is mended ---- */

/* A firm with what stands behind the names of firms: "Merrill Lynch" and "and Co"; true if so. */
bool mending_join_company(struct mending *mending, const struct entity *entity);

/* "Brown and Sons Inc" and what its founder's given name is short for, "Alex. "; true if so. */
bool mending_join_given(struct mending *mending, const struct entity *entity);

/* "South Korean" and "Army", which is its `own`, "Bank" and "of Korea": one body; 1 if so. */
int mending_join_body(struct mending *mending, const struct entity *entity, bool own);

/* ---- mend_office.c ---- */

/* Cuts off what an office is of; 0 if nothing is left, 1 if something is. */
int mending_cut_office(struct mending *mending, struct entity *entity);

#endif
