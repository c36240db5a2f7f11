/*
 * The words of an index as they are written, with the number of articles that have each.
 *
 * Stems cannot be completed or corrected; words can.  Each segment keeps the list of its own
 * under PM_VOCABULARY_KEY of its database's metadata: sorted, front-coded, with a checksum.  It
 * is made when the segment is, and merged with it: articles that died since, or were taken out
 * again, are still counted, so numbers of articles are upper bounds.
 */
#ifndef PM_VOCABULARY_H
#define PM_VOCABULARY_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "db.h"
#include "error.h"

#define PM_VOCABULARY_KEY "pressmark-words"

/* ---- counting the words of articles ---- */

struct pm_word_counts;

struct pm_word_counts *pm_word_counts_new(struct pm_error *err);
void pm_word_counts_free(struct pm_word_counts *counts);

/*
 * Counts the word (folded, as pm_token has it) once for the article numbered `article`, whose
 * words come together.  What is no word to complete or correct (one that begins with a digit, a
 * single letter, more than 40 letters, a script without spaces) is passed over.  *note, unless it
 * is NULL, is a number kept with the word, at first 0, by which it is found again.
 */
int pm_word_counts_add(struct pm_word_counts *counts, uint32_t article, const char *word,
                       size_t len, uint32_t *note, struct pm_error *err);

/* Adds the list of all words counted to `out`, and forgets them. */
int pm_word_counts_format(struct pm_word_counts *counts, struct pm_buf *out, struct pm_error *err);

/* ---- reading and merging lists ---- */

/*
 * Merges lists into one, as pm_db_compact() asks for it; numbers of articles add up.  Of what
 * has another key the first is taken.
 */
int pm_vocabulary_merge(const char *key, const struct pm_db_bytes *list, size_t n,
                        struct pm_buf *out, struct pm_error *err);

/* Merges `n` lists that are in memory. */
int pm_vocabulary_merge_bufs(const struct pm_buf *list, size_t n, struct pm_buf *out,
                             struct pm_error *err);

struct pm_vocabulary_word {
    const char *text; /* valid until the next call */
    size_t len;
    uint32_t articles;
};

/*
 * Calls `each` for every word of all segments of `db`, in byte order, until it returns non-zero;
 * returns what it returned last (0 when it was never called), or -1.  A list that is damaged is
 * PM_ERR_CORRUPT; a segment without one has no words.
 */
int pm_vocabulary_each(const struct pm_db *db,
                       int (*each)(const struct pm_vocabulary_word *word, void *arg), void *arg,
                       struct pm_error *err);

#endif
