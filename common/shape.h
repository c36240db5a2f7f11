/*
 * Words that their letters tell enough of to pass over them, as nearly all words of a text do.
 */
#ifndef PM_SHAPE_H
#define PM_SHAPE_H

#include <stddef.h>

#define PM_ACRONYM_MAX   12 /* letters of an acronym, from two on */
#define PM_ACRONYM_BYTES 96 /* of it in all */

enum pm_word_shape {
    PM_WORD_ANY,
    /* Surely no acronym; of ASCII characters, and U+2019 behind the first three.  A full stop is
       only in what begins with a digit. */
    PM_WORD_SIMPLE,
    PM_WORD_CAPITALS, /* surely an acronym: of ASCII capitals and digits, and perhaps an "s" */
};

/*
 * The end of the word that begins at `start`, a letter or digit, with its shape; 0 if that takes
 * all the rules of the analyzer.
 */
size_t pm_shape_end(const char *text, size_t len, size_t start, enum pm_word_shape *shape);

/* The shape of such a word once its end is known: not PM_WORD_CAPITALS. */
enum pm_word_shape pm_shape_of(const char *word, size_t len);

#endif
