/*
 * What words of a query are known by, case and what stands around them aside.
 */
#ifndef PM_WORD_KEY_H
#define PM_WORD_KEY_H

#include <stddef.h>

#include "buf.h"
#include "error.h"
#include "fold.h"

/*
 * Sets `key` to the words of `text` (valid UTF-8), folded, with a space between them and nothing
 * else; "" when there are none.  C++ and C# keep what sets them apart from C.
 */
int pm_word_key(struct pm_fold *fold, const char *text, size_t len, struct pm_buf *key,
                struct pm_error *err);

#endif
