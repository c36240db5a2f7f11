/*
 * The tagger: finds the tags of the tokens of a document with the model.
 */
#ifndef ENTITIES_TAG_H
#define ENTITIES_TAG_H

#include "model.h"
#include "tokens.h"

struct tagger;

/* NULL when memory ran out.  The model must live as long. */
struct tagger *tagger_new(const struct model *model, struct pm_error *err);
void tagger_free(struct tagger *tagger);

/*
 * Sets `tag` and `margin` of all tokens of a document.  Costs time in proportion to their number.
 * -1 when memory ran out.
 */
int tagger_run(struct tagger *tagger, struct token *token, size_t len, struct pm_error *err);

#endif
