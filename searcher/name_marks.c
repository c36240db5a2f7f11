#include "name_marks.h"

#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "name_term.h"
#include "schema.h"

/* Sets *name to the wanted name that an entity of an article is, NULL if to none: 0 or -1. */
static int find_name(const struct pm_name_look *look, const char *type, const char *text,
                     const struct pm_wanted_name **name, struct pm_error *err)
{
    struct pm_buf *key = look->room;
    *name = NULL;
    if (pm_name_key(look->fold, text, strlen(text), key, err))
        return -1;
    pm_buf_addc(key, '=');
    pm_buf_addc(key, pm_schema_letter(pm_schema_entity(type)));
    if (key->failed)
        return pm_fail_nomem(err);
    for (size_t i = 0; i < look->wanted->names; i++)
        if (!strcmp(look->wanted->name[i].entity, key->data))
            *name = &look->wanted->name[i];
    return 0;
}

int pm_name_marks_want(const char *type, const char *name, void *look, struct pm_error *err)
{
    const struct pm_wanted_name *wanted;
    return find_name(look, type, name, &wanted, err) ? -1 : wanted != NULL;
}

/* A place in a text of `len` bytes, or SIZE_MAX: what is stored may come from anywhere. */
static size_t place(const cJSON *item, size_t len)
{
    double number = cJSON_IsNumber(item) ? item->valuedouble : -1;
    return number >= 0 && number <= (double)len ? (size_t)number : SIZE_MAX;
}

static int add_spans(const cJSON *mentions, const char *text, const struct pm_wanted_name *name,
                     struct pm_wanted_span **span, size_t *spans, struct pm_error *err)
{
    size_t len = text ? strlen(text) : 0;
    const cJSON *pair;
    cJSON_ArrayForEach (pair, mentions) {
        size_t start = place(cJSON_GetArrayItem(pair, 0), len);
        size_t end = place(cJSON_GetArrayItem(pair, 1), len);
        if (start >= end || end == SIZE_MAX)
            continue;
        struct pm_wanted_span *grown = pm_array_room(*span, *spans, sizeof *grown);
        if (!grown)
            return pm_fail_nomem(err);
        *span = grown;
        grown[(*spans)++] = (struct pm_wanted_span){start, end, name->weight, name->concept};
    }
    return 0;
}

static int by_place(const void *left, const void *right)
{
    const struct pm_wanted_span *a = left, *b = right;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return (a->end > b->end) - (a->end < b->end);
}

/* Puts spans in order, and drops what overlaps one before. */
static void order_spans(struct pm_wanted_span *span, size_t *spans)
{
    size_t kept = 0;
    if (*spans)
        qsort(span, *spans, sizeof *span, by_place);
    for (size_t i = 0; i < *spans; i++)
        if (!kept || span[i].start >= span[kept - 1].end)
            span[kept++] = span[i];
    *spans = kept;
}

/* Adds the mentions of an entity, if it is wanted. */
static int add_entity(const struct pm_name_look *look, const struct pm_article *article,
                      const cJSON *entity, struct pm_name_marks *marks, struct pm_error *err)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(entity, "name"));
    const char *type = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(entity, "type"));
    const cJSON *mentions = cJSON_GetObjectItemCaseSensitive(entity, "mentions");
    const struct pm_wanted_name *name;
    if (!text || !mentions)
        return 0;
    if (find_name(look, type, text, &name, err))
        return -1;
    if (name && (add_spans(cJSON_GetObjectItemCaseSensitive(mentions, "title"), article->title,
                           name, &marks->title, &marks->titles, err) ||
                 add_spans(cJSON_GetObjectItemCaseSensitive(mentions, "body"), article->body, name,
                           &marks->body, &marks->bodies, err)))
        return -1;
    return 0;
}

int pm_name_marks_find(const struct pm_name_look *look, const struct pm_article *article,
                       struct pm_name_marks *marks, struct pm_error *err)
{
    const cJSON *entity;
    *marks = (struct pm_name_marks){0};
    if (!look->wanted->names)
        return 0;
    cJSON_ArrayForEach (entity, article->entities)
        if (add_entity(look, article, entity, marks, err))
            return -1;
    order_spans(marks->title, &marks->titles);
    order_spans(marks->body, &marks->bodies);
    return 0;
}

void pm_name_marks_release(struct pm_name_marks *marks)
{
    free(marks->title);
    free(marks->body);
    *marks = (struct pm_name_marks){0};
}
