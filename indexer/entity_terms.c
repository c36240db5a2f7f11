#include "entity_terms.h"

#include <string.h>

#include "name_term.h"
#include "schema.h"

#define ACRONYM_MAX 6 /* bytes */

struct entity_terms {
    struct pm_db_doc *doc;
    struct pm_fold *fold;
    struct pm_buf name, alias; /* what the entity, and what an alias of it, is known by */
    char type;
    struct pm_buf term;
    struct pm_error *err;
};

static int add_term(struct entity_terms *terms, const char *name, char sign, const char *of)
{
    struct pm_buf *term = &terms->term;
    bool fits = pm_name_term(term, name, sign, terms->type, of);
    if (term->failed)
        return pm_fail_nomem(terms->err);
    return fits ? pm_db_doc_add_term(terms->doc, term->data, term->len, 0, 0, terms->err) : 0;
}

static int read_key(struct entity_terms *terms, const char *text, struct pm_buf *key)
{
    return pm_name_key(terms->fold, text, strlen(text), key, terms->err);
}

/*
 * True for an alias, known by `acronym`, that others may know the name alone by: a short word in
 * capitals that begins like the name, which has several words, and is none of these.
 */
static bool is_acronym(const char *alias, const char *acronym, const char *name)
{
    size_t len = strlen(acronym);
    if (len < 2 || len > ACRONYM_MAX || acronym[0] != name[0] || !strchr(name, ' '))
        return false;
    for (; *alias; alias++)
        if (*alias >= 'a' && *alias <= 'z')
            return false;
    for (const char *word = name; word; word = (word = strchr(word, ' ')) ? word + 1 : NULL)
        if (!strncmp(word, acronym, len) && (!word[len] || word[len] == ' '))
            return false;
    return true;
}

static int add_alias(struct entity_terms *terms, const char *text)
{
    const char *name = terms->name.data;
    if (read_key(terms, text, &terms->alias))
        return -1;
    const char *alias = pm_buf_str(&terms->alias);
    if (!*alias || !strcmp(alias, name))
        return 0;
    bool acronym = terms->type != PM_VALUE_PERSON && is_acronym(text, alias, name);
    return add_term(terms, alias, 0, name) ||
                   (acronym && add_term(terms, name, PM_NAME_SHORT, alias))
               ? -1
               : 0;
}

static int add_entity(struct entity_terms *terms, const cJSON *entity)
{
    const cJSON *name = cJSON_GetObjectItemCaseSensitive(entity, "name");
    const cJSON *type = cJSON_GetObjectItemCaseSensitive(entity, "type");
    const cJSON *salience = cJSON_GetObjectItemCaseSensitive(entity, "salience");
    bool salient = cJSON_IsNumber(salience) && salience->valueint >= PM_NAME_SALIENT;
    const cJSON *alias;
    if (!cJSON_IsString(name))
        return 0;
    if (read_key(terms, name->valuestring, &terms->name))
        return -1;
    if (!terms->name.len)
        return 0;
    terms->type = pm_schema_letter(pm_schema_entity(cJSON_GetStringValue(type)));
    if (add_term(terms, terms->name.data, 0, "") ||
        (salient && add_term(terms, terms->name.data, PM_NAME_MAIN, "")))
        return -1;
    cJSON_ArrayForEach (alias, cJSON_GetObjectItemCaseSensitive(entity, "aliases"))
        if (cJSON_IsString(alias) && add_alias(terms, alias->valuestring))
            return -1;
    return 0;
}

int entity_terms_add(struct pm_db_doc *doc, struct pm_fold *fold, const cJSON *entities,
                     struct pm_error *err)
{
    struct entity_terms terms = {.doc = doc, .fold = fold, .err = err};
    const cJSON *entity;
    int rc = 0;
    cJSON_ArrayForEach (entity, entities)
        if ((rc = add_entity(&terms, entity)))
            break;
    pm_buf_release(&terms.name);
    pm_buf_release(&terms.alias);
    pm_buf_release(&terms.term);
    return rc;
}
