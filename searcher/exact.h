/*
 * Words as they are written, looked for in the stored text of a candidate.
 */
#ifndef PM_EXACT_H
#define PM_EXACT_H

#include <stddef.h>

#include "analyzers.h"
#include "article.h"
#include "error.h"
#include "schema.h"

struct pm_exact;

/*
 * What `text` asks for: its words in a row, each as written, but for capitals and the kind of
 * apostrophe; accents count.  A possessive is another word.  In `field` (PM_FIELD_TEXT is title
 * and body; also title, author, source, section; of tags, any one).  NULL with PM_ERR_QUERY if
 * there is no word in it.  It owns its memory.
 */
struct pm_exact *pm_exact_new(enum pm_field field, const char *text, size_t len,
                              struct pm_analyzers *analyzers, struct pm_error *err);
void pm_exact_free(struct pm_exact *exact);

/* 1 if the article has it, 0 if not, -1. */
int pm_exact_matches(const struct pm_exact *exact, const struct pm_article *article,
                     struct pm_analyzers *analyzers, struct pm_error *err);

#endif
