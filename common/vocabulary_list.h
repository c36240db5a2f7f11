/*
 * One list of words as the metadata of a segment has it: writing and reading.
 */
#ifndef PM_VOCABULARY_LIST_H
#define PM_VOCABULARY_LIST_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "db.h"
#include "error.h"

#define PM_VOCABULARY_LETTERS 40 /* of the longest word */
#define PM_VOCABULARY_BYTES   (4 * PM_VOCABULARY_LETTERS)

struct pm_vocabulary_writer {
    struct pm_buf *out;
    size_t start; /* of the list in `out` */
    char last[PM_VOCABULARY_BYTES];
    size_t last_len;
};

/*
 * Adds a list to `out`: words, each greater than the one before and of 1 to PM_VOCABULARY_BYTES
 * bytes, between a beginning and an end, which tells whether memory ran out.
 */
void pm_vocabulary_write_begin(struct pm_vocabulary_writer *writer, struct pm_buf *out);
void pm_vocabulary_write(struct pm_vocabulary_writer *writer, const char *word, size_t len,
                         uint32_t articles);
int pm_vocabulary_write_end(struct pm_vocabulary_writer *writer, struct pm_error *err);

struct pm_vocabulary_reader {
    const unsigned char *at, *end;
    char word[PM_VOCABULARY_BYTES];
    size_t len;
    uint32_t articles;
};

/* Starts to read a list, which must outlive the reader; one that is damaged is PM_ERR_CORRUPT. */
int pm_vocabulary_read_begin(struct pm_vocabulary_reader *reader, const struct pm_db_bytes *list,
                             struct pm_error *err);

/*
 * The next word into the reader: 1, 0 at the end, -1.  Whoever made the list, words are valid
 * UTF-8 without NUL, each greater than the one before.
 */
int pm_vocabulary_read(struct pm_vocabulary_reader *reader, struct pm_error *err);

#endif
