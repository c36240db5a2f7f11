#include <string.h>

#include "names.h"

/* The mentions in one part, as pairs; nothing if there are none. */
static bool add_mentions(cJSON *mentions, const char *key, const struct name *name,
                         enum name_part part)
{
    cJSON *list = NULL;
    for (size_t i = 0; i < name->mentions; i++) {
        const struct name_mention *mention = &name->mention[i];
        if (mention->part != part)
            continue;
        if (!list && !(list = cJSON_AddArrayToObject(mentions, key)))
            return false;
        const double bytes[] = {(double)mention->start, (double)mention->end};
        cJSON *pair = cJSON_CreateDoubleArray(bytes, 2);
        if (!pair || !cJSON_AddItemToArray(list, pair)) {
            cJSON_Delete(pair);
            return false;
        }
    }
    return true;
}

static bool add_aliases(cJSON *json, const struct name *name)
{
    if (!name->aliases)
        return true;
    cJSON *list = cJSON_CreateStringArray((const char *const *)name->alias, (int)name->aliases);
    if (list && cJSON_AddItemToObject(json, "aliases", list))
        return true;
    cJSON_Delete(list);
    return false;
}

static bool add_name(cJSON *list, const struct name *name)
{
    cJSON *json = cJSON_CreateObject(), *mentions = NULL;
    bool good = json && cJSON_AddStringToObject(json, "type", entity_type_name(name->type)) &&
                cJSON_AddStringToObject(json, "name", name->text) && add_aliases(json, name) &&
                cJSON_AddNumberToObject(json, "salience", name->salience) &&
                (mentions = cJSON_AddObjectToObject(json, "mentions")) &&
                add_mentions(mentions, "title", name, NAME_TITLE) &&
                add_mentions(mentions, "body", name, NAME_BODY);
    if (good && cJSON_AddItemToArray(list, json))
        return true;
    cJSON_Delete(json);
    return false;
}

cJSON *names_to_json(const struct names *names, struct pm_error *err)
{
    cJSON *list = cJSON_CreateArray();
    bool good = list;
    for (size_t i = 0; good && i < names->len; i++)
        good = add_name(list, &names->name[i]);
    if (good)
        return list;
    cJSON_Delete(list);
    pm_fail_nomem(err);
    return NULL;
}
