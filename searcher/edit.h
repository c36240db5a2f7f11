/*
 * How many letters differ between one word and each of many that come in byte order.
 */
#ifndef PM_EDIT_H
#define PM_EDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PM_EDIT_LETTERS 44 /* of the longest word compared; longer ones are far from all */
#define PM_EDIT_BYTES   (4 * PM_EDIT_LETTERS)
#define PM_EDIT_MOST    2
#define PM_EDIT_FAR     (PM_EDIT_MOST + 1)

/*
 * The distance is that of optimal string alignment: letters put in, left out, replaced, or
 * swapped with the next, none of them twice.  The words are walked like the trie they are in
 * when sorted: rows of the usual table stay for the letters that a word shares with the one
 * before, and once a row is too far in every column, so is every word that goes on from it.
 */
struct pm_edit {
    int32_t letter[PM_EDIT_LETTERS]; /* of the word that the others are compared to */
    size_t letters;
    uint32_t most;
    char last[PM_EDIT_BYTES]; /* the word compared last */
    size_t last_len;
    size_t rows; /* that are worked out for it, without the one for no letters */
    bool dead;   /* the last of them is far in every column */
    int32_t other[PM_EDIT_LETTERS + 1]; /* its letter of each row, from 1 */
    size_t end[PM_EDIT_LETTERS + 1];    /* its bytes up to there */
    uint8_t row[PM_EDIT_LETTERS + 1][PM_EDIT_LETTERS + 1];
};

/* Makes ready to compare others to `word` (UTF-8); more than `most` (1 or 2) letters is far. */
void pm_edit_start(struct pm_edit *edit, const char *word, size_t len, uint32_t most);

/* The distance of `word` (UTF-8), or PM_EDIT_FAR.  It is quickest if words come in byte order. */
uint32_t pm_edit_distance(struct pm_edit *edit, const char *word, size_t len);

#endif
