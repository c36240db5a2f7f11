/*
 * Where names begin and end: mends what the tagger cut short, tore apart or took along.
 */
#ifndef NAMES_MEND_H
#define NAMES_MEND_H

#include "forms.h"

/*
 * Changes the names found in forms->part, of one article.  Numbers and units before a name are cut
 * off; "South" before "Korean", "and Co" behind a firm, "and Industry" behind a ministry of trade
 * are taken in; what an office is of ("Minister of National Defence") and what is nothing but
 * "Inc" or a number is dropped.
 */
int mend_names(struct forms *forms, struct entities *found, struct pm_error *err);

#endif
