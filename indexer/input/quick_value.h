/*
 * JSON as nearly all of it is, parsed in a fraction of the time that cJSON takes.
 */
#ifndef QUICK_VALUE_H
#define QUICK_VALUE_H

#include <cjson/cJSON.h>
#include <stddef.h>

/*
 * The object or array that begins at *at in `text`, as cJSON would parse it, with *at moved to its
 * end; or NULL, for whatever reason: then cJSON has to tell, and *at is as before.
 */
cJSON *quick_value(const char *text, size_t len, size_t *at);

#endif
