/*
 * What the tagger knows of words: features, each a number that the model may have weights for.
 *
 * Most features of a token are those of the words around it, each taken alone at its offset.
 * So a word adds the same to the scores of its neighbours wherever it stands, and that sum is
 * kept with it (tag.c).  The rest, of several words together, are features of the context.
 */
#ifndef ENTITIES_WORDS_H
#define ENTITIES_WORDS_H

#include "tokens.h"

/* Classes of words, from the lists that the model was trained with (tests/model/lexicon.txt). */
enum word_class {
    WORD_GIVEN,    /* a given name */
    WORD_FAMILY,   /* a family name */
    WORD_COUNTRY,  /* of the name of a country */
    WORD_CITY,     /* of the name of a town or region */
    WORD_PEOPLE,   /* Khmer, French */
    WORD_TITLE,    /* before names of people: General */
    WORD_BODY,     /* in names of organisations: Ministry */
    WORD_FEATURE,  /* in names of places: River */
    WORD_TIME,     /* Monday, March */
    WORD_SYLLABLE, /* of names of East and South-East Asia */
    WORD_PARTICLE, /* small, at the beginning of names: al, van */
    WORD_ACRONYM,  /* of an organisation */
    WORD_WORK,     /* in names of events, laws and works: Cup, Act */
    WORD_SMALL,    /* from here two bits: how often it was small in what was trained on */
    WORD_SMALL_2,
    WORD_CLASSES,
};

#define WORD_MOSTLY_SMALL 3 /* of the two bits: eight times as often as not */

enum sentence_mode {
    MODE_PLAIN,
    MODE_TITLE,    /* Each Word of a Headline Has a Capital */
    MODE_CAPITALS, /* ALL OF IT IS CAPITALS */
};

#define WORD_OFFSETS      5 /* two words on either side */
#define WORD_FEATURES_MAX 48
#define CONTEXT_MAX       32

/* What is known of a word: all that its context looks at. */
struct word {
    uint64_t lower;
    uint32_t shape;
    uint32_t suffix; /* of up to three characters */
    uint16_t class;  /* bits of enum word_class */
};

/* And what only its own features are made of. */
struct spelling {
    struct word word;
    uint64_t exact;
    uint32_t affix[8]; /* prefixes, then suffixes, of one to four bytes; 0: none */
};

/* The spelling of a token, whose word is of that class. */
void word_look(struct spelling *spelling, const struct token *token, uint16_t class);

/*
 * The features that a word gives the token at `offset` from it (-2: the token stands two before
 * the word): how many; the first *lexical of them are of the word itself.
 */
size_t word_features(const struct spelling *spelling, int offset,
                     uint32_t features[WORD_FEATURES_MAX], size_t *lexical);

/* A word among others in its sentence, for context_features(). */
struct context {
    const struct word *word[WORD_OFFSETS]; /* [2] is the word itself */
    const struct word *before, *after;     /* the words around the run of capitals it is in */
    const struct word *first, *last;       /* of that run */
    uint8_t from_first, to_last;           /* its place in it, up to 3 */
    uint8_t seen;                          /* enum seen, of the token */
    bool begins;                           /* its sentence */
};

size_t context_features(const struct context *context, uint32_t features[CONTEXT_MAX],
                        size_t *lexical);

#endif
