#include "fill.h"

#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "date_words.h"
#include "language.h"
#include "utf8.h"

/* `text` on one line, to free(): "" if there is nothing in it; NULL without memory. */
static char *one_line(const char *text, size_t len, struct pm_error *err)
{
    struct pm_buf clean = PM_BUF_INIT, line = PM_BUF_INIT;
    pm_utf8_clean(&clean, text, len);
    pm_utf8_one_line(&line, pm_buf_str(&clean), clean.len);
    line.failed |= clean.failed;
    pm_buf_release(&clean);
    char *result = pm_buf_detach(&line);
    if (!result)
        pm_fail_nomem(err);
    return result;
}

int fill_line(char **member, const char *text, size_t len, struct pm_error *err)
{
    if (*member)
        return 0;
    char *line = one_line(text, len, err);
    if (line && *line)
        *member = line;
    else
        free(line);
    return line ? 0 : -1;
}

int fill_text(char **member, const char *text, size_t len, struct pm_error *err)
{
    struct pm_buf clean = PM_BUF_INIT;
    if (*member)
        return 0;
    pm_utf8_clean(&clean, text, len);
    if (clean.failed) {
        pm_buf_release(&clean);
        return pm_fail_nomem(err);
    }
    const char *from = pm_buf_str(&clean);
    size_t skip = pm_utf8_skip_space(from, clean.len), left = clean.len - skip;
    while (left && strchr(" \t\n\v\f", from[skip + left - 1]))
        left--;
    if (left && !(*member = strndup(from + skip, left)))
        pm_fail_nomem(err);
    pm_buf_release(&clean);
    return left && !*member ? -1 : 0;
}

int fill_title(struct pm_article *article, const char *text, size_t len, const char *from,
               struct pm_error *err)
{
    if (article->title)
        return 0;
    if (fill_line(&article->title, text, len, err))
        return -1;
    if (article->title)
        article->title_from = from;
    return 0;
}

int fill_language(struct pm_article *article, const char *text, size_t len, struct pm_error *err)
{
    if (article->language)
        return 0;
    char *name = one_line(text, len, err);
    if (!name)
        return -1;
    const struct pm_language *language = pm_language_find(name);
    if (!language && strpbrk(name, "-_")) {
        *strpbrk(name, "-_") = '\0';
        language = pm_language_find(name);
    }
    free(name);
    if (language && !(article->language = strdup(language->code)))
        return pm_fail_nomem(err);
    return 0;
}

static int add_string(cJSON *list, const char *string, struct pm_error *err)
{
    cJSON *item = cJSON_CreateString(string);
    if (item && cJSON_AddItemToArray(list, item))
        return 0;
    cJSON_Delete(item);
    return pm_fail_nomem(err);
}

int fill_tag(struct pm_article *article, const char *text, size_t len, struct pm_error *err)
{
    char *tag = one_line(text, len, err);
    const cJSON *item;
    bool known = false;
    int rc = tag ? 0 : -1;
    cJSON_ArrayForEach (item, article->tags)
        known = known || (tag && cJSON_IsString(item) && !strcmp(item->valuestring, tag));
    if (!rc && *tag && !known) {
        if (!article->tags && !(article->tags = cJSON_CreateArray()))
            rc = pm_fail_nomem(err);
        else
            rc = add_string(article->tags, tag, err);
    }
    free(tag);
    return rc;
}

/* True if `name` is one of the names in `list`, which are parted by ", ". */
static bool has_name(const char *list, const char *name)
{
    size_t len = strlen(name);
    for (const char *at = list; (at = strstr(at, name)); at++) {
        bool begins = at == list || (at[-1] == ' ' && at - list >= 2 && at[-2] == ',');
        if (begins && (!at[len] || at[len] == ','))
            return true;
    }
    return false;
}

int fill_author(struct pm_article *article, const char *text, size_t len, struct pm_error *err)
{
    char *name = one_line(text, len, err);
    struct pm_buf both = PM_BUF_INIT;
    if (!name)
        return -1;
    if (!*name || (article->author && has_name(article->author, name))) {
        free(name);
        return 0;
    }
    if (article->author)
        pm_buf_addf(&both, "%s, ", article->author);
    pm_buf_adds(&both, name);
    free(name);
    char *author = pm_buf_detach(&both);
    if (!author)
        return pm_fail_nomem(err);
    free(article->author);
    article->author = author;
    return 0;
}

int fill_date(struct pm_article *article, const char *text, size_t len, const char *from,
              struct pm_error *err)
{
    struct pm_date date;
    if (article->date.text[0])
        return 0;
    switch (pm_date_read(text, len, &date)) {
    case PM_DATE_KNOWN:
        article->date = date;
        article->date_from = from;
        return 0;
    case PM_DATE_YEARLESS:
        return fill_line(&article->date_text, text, len, err);
    default:
        return 0;
    }
}

int fill_extra(struct pm_article *article, const char *key, const char *text, size_t len,
               struct pm_error *err)
{
    char *value = NULL;
    if (fill_text(&value, text, len, err))
        return -1;
    if (!value)
        return 0;
    int rc = -1;
    if (!article->extra && !(article->extra = cJSON_CreateObject()))
        goto out;
    cJSON *there = cJSON_GetObjectItemCaseSensitive(article->extra, key);
    if (!there) {
        if (cJSON_AddStringToObject(article->extra, key, value))
            rc = 0;
        goto out;
    }
    if (!cJSON_IsArray(there)) {
        cJSON *list = cJSON_CreateArray();
        cJSON *first = list ? cJSON_DetachItemViaPointer(article->extra, there) : NULL;
        if (!first || !cJSON_AddItemToArray(list, first) ||
            !cJSON_AddItemToObject(article->extra, key, list)) {
            cJSON_Delete(list);
            goto out;
        }
        there = list;
    }
    rc = add_string(there, value, err);
out:
    if (rc)
        pm_fail_nomem(err);
    free(value);
    return rc;
}

static bool has_entity(const cJSON *entities, const char *type, const char *name)
{
    const cJSON *entity;
    cJSON_ArrayForEach (entity, entities) {
        const char *its_type =
            cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(entity, "type"));
        const char *its_name =
            cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(entity, "name"));
        if (its_type && its_name && !strcmp(its_type, type) && !strcmp(its_name, name))
            return true;
    }
    return false;
}

int fill_entity(struct pm_article *article, const char *type, const char *text, size_t len,
                struct pm_error *err)
{
    char *name = one_line(text, len, err);
    cJSON *entity = NULL;
    int rc = -1;
    if (!name)
        return -1;
    if (!*name || has_entity(article->entities, type, name)) {
        free(name);
        return 0;
    }
    if (!article->entities)
        article->entities = cJSON_CreateArray();
    if (article->entities && (entity = cJSON_CreateObject()) &&
        cJSON_AddStringToObject(entity, "type", type) &&
        cJSON_AddStringToObject(entity, "name", name) &&
        cJSON_AddItemToArray(article->entities, entity))
        rc = 0;
    if (rc) {
        cJSON_Delete(entity);
        pm_fail_nomem(err);
    }
    free(name);
    return rc;
}

int fill_date_field(struct pm_article *article, const char *text, size_t len, const char *from,
                    struct pm_error *err)
{
    if (fill_date(article, text, len, from, err))
        return -1;
    if (article->date.text[0] || article->date_text || article->date_unread)
        return 0;
    if (fill_extra(article, "date", text, len, err))
        return -1;
    if (cJSON_GetObjectItemCaseSensitive(article->extra, "date"))
        article->date_unread = "date";
    return 0;
}
