/*
 * A sentence on its way through the tagger: which of its tokens can be of names, and their
 * contexts.
 */
#ifndef ENTITIES_SENTENCE_H
#define ENTITIES_SENTENCE_H

#include "model.h"
#include "words.h"

/* A longer one is taken in pieces. */
#define SENTENCE_MAX 256

struct sentence {
    struct token *token;
    size_t len;
    bool *active; /* may be of a name */
    bool around[SENTENCE_MAX + 4];
    const struct word *word[SENTENCE_MAX + 4]; /* of token i at i + 2, where needed */
};

/* Two words that are none: what stands before the first token and behind the last. */
extern const struct spelling sentence_begin, sentence_end;

/* How many of the tokens make the first sentence. */
size_t sentence_length(const struct token *token, size_t len);

/* Sets the mode of the tokens of a sentence. */
void sentence_set_mode(struct token *token, size_t len);

/* Starts a sentence of these tokens, whose mode is set: finds which are active. */
void sentence_start(struct sentence *sentence, struct token *token, size_t len,
                    const struct model *model);

/* True if the context of an active token looks at the word of token i. */
bool sentence_needs(const struct sentence *sentence, size_t i);

/* The context of token i, whose own word and those needed near it are set. */
void sentence_context(const struct sentence *sentence, size_t i, struct context *context);

#endif
