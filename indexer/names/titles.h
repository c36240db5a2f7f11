/*
 * Which words before a person's name are honorifics, ranks, offices and trades.
 */
#ifndef NAMES_TITLES_H
#define NAMES_TITLES_H

#include <stddef.h>

enum title_kind {
    TITLE_NONE,   /* what a name may be made of */
    TITLE_WORD,   /* "general", "minister", "samdech" */
    TITLE_LINK,   /* stands inside titles, but is none by itself: "of", "foreign", "acting" */
    TITLE_SUFFIX, /* stands behind a name: "jr", "iii", "phd" */
};

/*
 * What a folded word is (countries.h says what that is).  "mp" stands on either side of a name and
 * is a TITLE_WORD.  "sen" is no title, as it is a name in Hun Sen.
 */
enum title_kind title_of(const char *word, size_t len);

/*
 * How many words at the beginning of a person's name, folded, are titles: 2 of "prime minister hun
 * sen".  They end in a title, or in what a title is "of" ("king of thailand"), and countries may
 * stand among them ("us president").  0 if there are none, if no word of a name would be left
 * ("major", "king of thailand"), or if it is not known where they end ("prince of wales").
 */
size_t titles_before(const char *const *word, const size_t *len, size_t words);

/* The word at i of those of a kind, which are in order; NULL behind the last. */
const char *title_word(enum title_kind kind, size_t i);

#endif
