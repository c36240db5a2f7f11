/*
 * Letters made comparable: case, compatibility forms and accents folded away, through ICU.
 */
#ifndef PM_FOLD_H
#define PM_FOLD_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "error.h"

struct pm_fold;

struct pm_fold *pm_fold_new(struct pm_error *err);
void pm_fold_free(struct pm_fold *fold);

/*
 * Sets `out` to the word `text` (valid UTF-8) case-folded and normalised (NFKC_Casefold:
 * soft hyphens and joiners go), with U+0027 for every apostrophe.
 */
int pm_fold_case(struct pm_fold *fold, const char *text, size_t len, struct pm_buf *out,
                 struct pm_error *err);

/*
 * Adds the folded word `text` to `out` without its accents: marks on Latin, Greek, Cyrillic,
 * Arabic and Hebrew letters (in other scripts marks are vowels and stay), and the strokes and
 * ligatures that Unicode does not take apart.
 */
int pm_fold_accents(struct pm_fold *fold, const char *text, size_t len, struct pm_buf *out,
                    struct pm_error *err);

/* Sets `out` to the word `text` with each letter and its accents as one character (NFC). */
int pm_fold_compose(struct pm_fold *fold, const char *text, size_t len, struct pm_buf *out,
                    struct pm_error *err);

bool pm_fold_is_ascii(const char *text, size_t len);

/* True for every character that is written where English has an apostrophe. */
bool pm_fold_is_apostrophe(int c);

#endif
