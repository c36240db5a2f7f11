/*
 * Sentences with other people and towns in them: the sets have few names of Asia, the lists many.
 */
#ifndef TRAIN_RENAME_H
#define TRAIN_RENAME_H

#include "lists.h"

/* A number below `below`, of a fixed series that `state` keeps. */
uint32_t rename_number(uint32_t *state, uint32_t below);

/*
 * Gives some of the people in a sentence other names, and some of those other titles.  True if any
 * were renamed.
 */
bool rename_people(struct token *token, size_t len, const struct lists *lists, uint32_t *state);

/* Moves some of what happens in a sentence to other towns.  True if anything was moved. */
bool rename_places(struct token *token, size_t len, const struct lists *lists, uint32_t *state);

#endif
