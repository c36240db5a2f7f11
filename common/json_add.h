/*
 * JSON added to a buffer, as cJSON_PrintUnformatted() prints it, without a copy of each value.
 */
#ifndef PM_JSON_ADD_H
#define PM_JSON_ADD_H

#include <cjson/cJSON.h>

#include "buf.h"

/* Adds a string in its quotes. */
void pm_json_add_string(struct pm_buf *out, const char *text);

/* Adds any value, at most as deep as cJSON parses them. */
void pm_json_add(struct pm_buf *out, const cJSON *item);

#endif
