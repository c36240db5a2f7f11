/*
 * The words that a query asks for, as something to look for in the text of a hit.
 *
 * The plan fills it while it builds the Xapian query; snippets and highlighting read it.
 * Words of a phrase are wanted only where the phrase stands.
 */
#ifndef PM_WANTED_H
#define PM_WANTED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "starts.h"

#define PM_NO_PHRASE UINT32_MAX

struct pm_wanted_term {
    char *text; /* as the analyzer gives it, without a field's prefix */
    size_t len;
    double weight;    /* how much an occurrence tells: its idf, at least a small positive number */
    uint32_t concept; /* forms of one word of the query share a number, counted from 0 */
    uint32_t phrase;  /* the phrase it belongs to, counted from 0, or PM_NO_PHRASE */
    uint32_t offset;  /* its place in the phrase, in positions from the first word */
};

/* Somebody who is wanted wherever an article is known to speak of them, however it calls them. */
struct pm_wanted_name {
    char *entity; /* KEY=TYPE, as name_term.h has it */
    double weight;
    uint32_t concept;
    size_t at, end; /* the bytes of the query that name them; 0, 0: not as words of their own */
};

/* A mention of somebody who is wanted. */
struct pm_wanted_span {
    size_t start, end; /* bytes of the text */
    double weight;
    uint32_t concept;
};

struct pm_wanted {
    struct pm_wanted_term *term; /* sorted by text once pm_wanted_sort() has run */
    size_t len, cap;
    struct pm_wanted_name *name;
    size_t names;
    uint32_t concepts, phrases;
    struct pm_starts starts; /* of the words that the terms may stand for, once sorted */
    /* In the one text that is read with it, in order, not overlapping; they belong to the reader.
     */
    const struct pm_wanted_span *span;
    size_t spans;
};

/* Adds a term; `text` is copied.  The caller numbers concepts and phrases. */
int pm_wanted_add(struct pm_wanted *wanted, const struct pm_wanted_term *term,
                  struct pm_error *err);

/* The same for somebody; name->entity, of `len` bytes, is copied. */
int pm_wanted_add_name(struct pm_wanted *wanted, const struct pm_wanted_name *name, size_t len,
                       struct pm_error *err);

void pm_wanted_sort(struct pm_wanted *wanted);

/* The first of the terms `text` (they stand together), or NULL; only after pm_wanted_sort(). */
const struct pm_wanted_term *pm_wanted_find(const struct pm_wanted *wanted, const char *text,
                                            size_t len);

void pm_wanted_release(struct pm_wanted *wanted);

#endif
