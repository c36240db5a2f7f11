/*
 * Inside: the forms of an article, one for all mentions that are spelt alike.
 */
#ifndef NAMES_FORMS_H
#define NAMES_FORMS_H

#include "fold.h"
#include "names.h"

#define FORM_WORDS 12 /* a longer name is no name that anything else would be short for */

/* A mention, its titles cut off. */
struct form_mention {
    struct name_mention at;
    enum entity_type type;
    int margin;
    char *key;   /* its words, folded; of a country, those of its name */
    size_t form; /* that it is of */
};

struct form {
    const char *key; /* of its mentions, which are sorted by it */
    enum entity_type type;
    size_t first, mentions; /* among the mentions by their place */
    size_t written;         /* the first that has small letters, if any has; else the first */
    size_t words;
    size_t word[FORM_WORDS]; /* where each begins in the key; 0 words if there are more */
    size_t of;               /* the form that it stands for, or itself */
    bool thing;              /* ends in what is no body: "agreement" */
    bool dropped;            /* it is no name */
};

struct forms {
    struct entity_part part[NAME_PARTS];
    size_t lede;                  /* of the body */
    struct form_mention *mention; /* in the order of the text */
    size_t mentions;
    struct form *form; /* by their keys */
    size_t len;
    struct pm_fold *fold;
    struct pm_buf key;
};

/* Sets forms->key to what a name is known by (name_term.h). */
int forms_key(struct forms *forms, const char *text, size_t len, struct pm_error *err);

/* Makes forms of what the tagger found in forms->part, in place of those it had. */
int forms_make(struct forms *forms, const struct entities *found, struct pm_error *err);

/* True if a text has other letters than ASCII's capitals. */
bool forms_has_small(const char *text, size_t len);

/* Forgets mentions and forms, but keeps the memory of what makes them. */
void forms_clear(struct forms *forms);

/* How much an article is about a name: by its mentions, one in the title and one in the lede. */
int forms_salience(size_t mentions, bool in_title, bool in_lede);

/* The text of a mention. */
const char *forms_text(const struct forms *forms, const struct form_mention *mention, size_t *len);

/* True if a name may be an acronym: a short word, most of it capitals. */
bool forms_is_acronym(const char *text, size_t len);

/* The form that a form stands for in the end. */
size_t forms_root(const struct forms *forms, size_t form);

#define LINKED_MAX 2000 /* forms: comparing all of them must not take the square of more */

/* ---- links.c ---- */

/* Finds which forms stand for another: sets `of`. */
void forms_link(struct forms *forms);

/* Makes a form stand for another. */
void forms_link_to(struct forms *forms, size_t form, size_t of);

/* ---- judge.c ---- */

/*
 * Makes of type "other" what the tagger took for a body and is none: what ends in "agreement" or
 * the like, and acronyms that the text explains by such, or by words in small letters, in brackets
 * behind them.  To be done before forms_link().
 */
int forms_judge(struct forms *forms, struct pm_error *err);

/*
 * Drops what is no name, once forms are linked: abbreviations ("Shr") and words that the article
 * has in small letters, too ("Barley"), both taken for people, and kinds of bodies alone
 * ("Commission"), but for those that stand for the only longer name with that word.
 */
void forms_drop(struct forms *forms);

#endif
