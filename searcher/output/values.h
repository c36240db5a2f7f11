/*
 * What is known of a hit, each by its name and as text on one line.
 */
#ifndef VALUES_H
#define VALUES_H

#include "output.h"

/* The number of the value called that, or -1; their names with ", " between them. */
int values_find(const char *name, size_t len);
void values_names(struct pm_buf *out);

/* True if the value is passages of the body. */
bool values_is_passage(int value);

/*
 * Adds a value of the hit, without control characters; nothing where there is none.  What needs
 * `output` (the query's id, the marks) is left out where that is NULL.
 */
void values_add(struct pm_buf *out, const struct output *output, const struct pm_hit *hit,
                int value);

/* The same by name, for an article without a hit. */
void values_add_named(struct pm_buf *out, const struct pm_article *article, const char *name);

/*
 * Adds its date for people to read: with where it is from in brackets if that is not the article
 * itself ("2024-05-19 (filename)"); without one what it says instead ("Jun. 19"); false if nothing.
 */
bool values_add_when(struct pm_buf *out, const struct pm_article *article);

/* Moves the text to `out` with its white space folded, and empties it. */
void values_add_folded(struct pm_buf *out, struct pm_buf *text);

#endif
