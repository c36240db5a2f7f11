/*
 * Terms that say of whom an article speaks, whatever it calls them; all are in PM_FIELD_NAME.
 *
 *   KEY=TYPE            it speaks of that entity
 *   KEY=*TYPE           and is about it: its salience is at least PM_NAME_SALIENT
 *   ALIAS=TYPEKEY       and calls it so, too
 *   KEY=+TYPEACRONYM    that alias is an acronym, by which alone others may know it
 *
 * So the terms that begin with a name and "=" tell, over all articles, whose name it is.
 */
#ifndef PM_NAME_TERM_H
#define PM_NAME_TERM_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "error.h"
#include "fold.h"

#define PM_NAME_MAIN  '*'
#define PM_NAME_SHORT '+'

/* In the title, or named three times from the lede on, or four times. */
#define PM_NAME_SALIENT 50

/* What a name is known by: its words (word_key.h) without accents, single letters as one word. */
int pm_name_key(struct pm_fold *fold, const char *text, size_t len, struct pm_buf *key,
                struct pm_error *err);

/*
 * Sets `out` to a term: NAME=[SIGN]TYPE[OF], `sign` one of the two above or 0, `type` a letter as
 * pm_schema_letter() has it.  False if there is none, since it would be too long.
 */
bool pm_name_term(struct pm_buf *out, const char *name, char sign, char type, const char *of);

#endif
