/*
 * Articles become documents and are inverted, several at once, and come back in the order in which
 * they went in: so what is made of them does not depend on how many are made at once.
 *
 * All calls are one thread's.  It makes documents too while it would have to wait.
 */
#ifndef MAKERS_H
#define MAKERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "article.h"
#include "buf.h"
#include "document.h"
#include "error.h"
#include "segment.h"

struct makers;

/* An article and what becomes of it. */
struct work {
    struct pm_article article;
    struct document document;
};

/* With `jobs` documents in the making at once, at least one, for a segment that was opened for as
 * many threads; the others as document.h says. */
struct makers *makers_new(size_t jobs, const struct pm_boosts *boosts, bool entities,
                          struct segment *segment, struct pm_error *err);

/* Drops what has not come back; accepts NULL. */
void makers_free(struct makers *makers);

/* Goes on for another segment; no document may be in the making. */
void makers_begin(struct makers *makers, struct segment *segment);

/* What the next article can be put into, empty; NULL when something has to come back first. */
struct work *makers_room(struct makers *makers);

/* Begins to make that document; its number in the segment. */
uint32_t makers_give(struct makers *makers);

/* The oldest document that did not come back, made: valid until the next makers_room().  1, 0 if
 * there is none, or -1 if it could not be made. */
int makers_take(struct makers *makers, struct work **work, struct pm_error *err);

/* Adds the list of the words (vocabulary.h) of all articles since the last call; none may be in
 * the making. */
int makers_words(struct makers *makers, struct pm_buf *out, struct pm_error *err);

#endif
