/*
 * Agreement within a document: what is a name of one type several times is not another once, and
 * a part of a person's name that stands alone is that person.
 */
#ifndef ENTITIES_AGREE_H
#define ENTITIES_AGREE_H

#include "model.h"
#include "tokens.h"

struct agree_slot {
    uint64_t name; /* hash of its words; 0: empty */
    int32_t votes[TOKEN_TYPES];
};

/* Memory kept from document to document.  Starts as {0}. */
struct agree {
    struct agree_slot *slot;
    size_t cap;
};

void agree_release(struct agree *agree);

/* Mends the tags of a document.  -1 when memory ran out. */
int agree_run(struct agree *agree, const struct model *model, struct token *token, size_t len,
              struct pm_error *err);

#endif
