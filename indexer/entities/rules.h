/*
 * Names by rules, for languages without a model: runs of words with capitals.
 */
#ifndef ENTITIES_RULES_H
#define ENTITIES_RULES_H

#include "seen.h"
#include "tokens.h"

/* Memory kept from document to document.  Starts as {0}. */
struct rules {
    struct seen_table seen;
};

void rules_release(struct rules *rules);

/* Sets `tag` of all tokens of a document, with margins of 0.  -1 when memory ran out. */
int rules_run(struct rules *rules, struct token *token, size_t len, struct pm_error *err);

#endif
