/*
 * The classes of words: from a file of lists, and counted in the training data.
 */
#ifndef TRAIN_LISTS_H
#define TRAIN_LISTS_H

#include "buf.h"
#include "model.h"
#include "tokens.h"
#include "words.h"

#define LISTS_TOWN_WORDS 2

struct lists {
    struct pm_buf text;
    struct tokens word[WORD_CLASSES];                       /* of the file, by class */
    struct tokens town[LISTS_TOWN_WORDS][LISTS_TOWN_WORDS]; /* of one word, of two: see below */
    uint32_t *slot;     /* the table of classes, as in a model */
    struct model model; /* with this table alone */
};

/*
 * The list `town` has whole names, with _ for a space: town[n - 1][i] are the words i of those
 * that have n.  Their words are of the class `city`.
 */

/*
 * Reads the file: words behind the name of their class and a colon, # before remarks.  All of these
 * functions end the program if they cannot do their work.
 */
void lists_read(struct lists *lists, const char *path);

/* Makes the table, with how often words are small among the tokens. */
void lists_finish(struct lists *lists, const struct tokens *tokens);

#endif
