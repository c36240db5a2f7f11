/*
 * Text as the tagger sees it: tokens as treebanks have them, each with what its letters look like.
 */
#ifndef ENTITIES_TOKENS_H
#define ENTITIES_TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"

/* Types of names, as in entities.h. */
#define TOKEN_TYPES 4

/* What a token is made of; several may hold. */
enum token_kind {
    TOKEN_UPPER = 1,    /* has a capital letter */
    TOKEN_INITIAL = 2,  /* begins with one */
    TOKEN_CAPITALS = 4, /* has two and no small letter */
    TOKEN_LOWER = 8,    /* has a small letter */
    TOKEN_DIGIT = 16,   /* has a digit */
    TOKEN_LETTER = 32,  /* has a letter of any kind */
    TOKEN_FIRST = 64,   /* of its sentence */
    TOKEN_ODD = 128,    /* too long to be looked into */
    TOKEN_BEGINS = 256, /* the first word of its sentence: only marks stand before it */
    TOKEN_FORMS = 512,  /* has what its hashes do not tell from other forms: dashes, dotted I */
};

struct token {
    const char *text; /* borrowed */
    uint32_t len;
    uint16_t kind;
    uint8_t mode;   /* of its sentence: enum sentence_mode */
    uint8_t seen;   /* elsewhere in the document: enum seen */
    uint64_t lower; /* hash of the token in small letters, digits all alike */
    uint64_t exact; /* hash that tells case too */
    int32_t margin; /* by how much its tag won */
    uint8_t tag;    /* 0: outside, 1 + type: a name begins, 1 + TOKEN_TYPES + type: it goes on */
};

/* The type of the name that a token is of (meaningless without one), and whether it goes on. */
static inline int token_type(const struct token *token)
{
    return (token->tag + TOKEN_TYPES - 1) % TOKEN_TYPES;
}

static inline bool token_goes_on(const struct token *token)
{
    return token->tag > TOKEN_TYPES;
}

struct tokens {
    struct token *token;
    size_t len, cap;
};

/* Beyond so many bytes a token is odd: none that long is a word. */
#define TOKEN_LOOK_MAX 100

/*
 * Adds the tokens of `text`, which may be anything, ill-formed UTF-8 too; it must live as long as
 * they do.  The first begins a sentence.  -1 when memory ran out.
 */
int tokens_split(struct tokens *tokens, const char *text, size_t len, struct pm_error *err);

/* Adds a token as it is given; `first` if it begins a sentence. */
int tokens_add(struct tokens *tokens, const char *text, size_t len, bool first,
               struct pm_error *err);

void tokens_release(struct tokens *tokens);

/* The hash of a word in small letters, as in token.lower. */
uint64_t token_hash(const char *word);

#endif
