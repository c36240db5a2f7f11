/*
 * A hit, and what else results are made of, as JSON.
 */
#ifndef JSON_PARTS_H
#define JSON_PARTS_H

#include <cjson/cJSON.h>

#include "output.h"

#define JSON_VERSION 2 /* of the shape; raised when a key changes its meaning or goes */

/* A new object at the end of the array, or NULL when memory ran out. */
cJSON *json_append(cJSON *array);

/* Each adds to an object; false when memory ran out. */
bool json_add_text(cJSON *object, const char *key, const char *value); /* null for NULL */
bool json_add_hit(cJSON *object, const struct pm_hit *hit, uint32_t fields);
bool json_add_notices(cJSON *object, const struct pm_results *results);
bool json_add_totals(cJSON *object, const struct pm_results *results,
                     const struct pm_request *request);
bool json_add_tables(cJSON *object, const struct pm_results *results,
                     const struct pm_request *request);

/* Adds the object as text to `out`, which fails if `good` is false, and frees it. */
void json_print(struct pm_buf *out, cJSON *object, bool good);

#endif
