/*
 * The front matter of Markdown: keys and values between two lines of --- (YAML) or +++ (TOML).
 */
#ifndef FRONT_H
#define FRONT_H

#include <cjson/cJSON.h>
#include <stddef.h>

#include "error.h"

#define FRONT_MAX ((size_t)64 << 10) /* bytes: what is longer is no front matter */

/*
 * The length of the front matter that `text` begins with, both of its lines included, or 0; *from
 * and *inside are where its keys begin and their length.
 */
size_t front_find(const char *text, size_t len, size_t *from, size_t *inside);

/*
 * Its keys as an object, values as strings, lists and objects; the caller deletes it.  Of YAML an
 * alias stays as it is written, so that nothing unfolds.  Of TOML strings, lists of them, and
 * numbers, dates and the like on one line are read.  What cannot be read is PM_ERR_SYNTAX.
 */
cJSON *front_yaml(const char *text, size_t len, struct pm_error *err);
cJSON *front_toml(const char *text, size_t len, struct pm_error *err);

#endif
