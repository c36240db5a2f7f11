#include <string.h>

#include "buf.h"
#include "names.h"

/*
 * The mentions in one part, as pairs; nothing if there are none.  Printed at once: as numbers in
 * lists each would be three pieces of memory.
 */
static bool add_mentions(cJSON *mentions, const char *key, const struct name *name,
                         enum name_part part)
{
    struct pm_buf list = PM_BUF_INIT;
    for (size_t i = 0; i < name->mentions; i++) {
        const struct name_mention *mention = &name->mention[i];
        if (mention->part != part)
            continue;
        pm_buf_adds(&list, list.len ? ",[" : "[[");
        pm_buf_addn(&list, mention->start);
        pm_buf_addc(&list, ',');
        pm_buf_addn(&list, mention->end);
        pm_buf_addc(&list, ']');
    }
    if (list.len)
        pm_buf_addc(&list, ']');
    bool good = !list.failed && (!list.len || cJSON_AddRawToObject(mentions, key, list.data));
    pm_buf_release(&list);
    return good;
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
