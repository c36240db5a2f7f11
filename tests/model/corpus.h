/*
 * The training data: five sets of sentences with their tags, in the types that we have.
 */
#ifndef TRAIN_CORPUS_H
#define TRAIN_CORPUS_H

#include "buf.h"
#include "tokens.h"

#define CORPUS_SETS 5

struct corpus {
    struct tokens tokens; /* `tag` is right, and `margin` is how much a mistake counts */
    struct pm_buf file[CORPUS_SETS];
};

/*
 * Reads the training parts of all sets below the folder, and mends what is wrong in them
 * throughout. Ends the program if it cannot.
 */
void corpus_read(struct corpus *corpus, const char *folder);

#endif
