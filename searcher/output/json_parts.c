#include "json_parts.h"

#include <string.h>

#include "article_json.h"
#include "format.h"
#include "record_line.h"

bool json_add_text(cJSON *object, const char *key, const char *value)
{
    return value ? cJSON_AddStringToObject(object, key, value) : cJSON_AddNullToObject(object, key);
}

void json_print(struct pm_buf *out, cJSON *object, bool good)
{
    char *text = object && good ? cJSON_PrintUnformatted(object) : NULL;
    cJSON_Delete(object);
    if (text)
        pm_buf_adds(out, text);
    else
        out->failed = true;
    cJSON_free(text);
}

cJSON *json_append(cJSON *array)
{
    cJSON *object = cJSON_CreateObject();
    if (object && cJSON_AddItemToArray(array, object))
        return object;
    cJSON_Delete(object);
    return NULL;
}

/* {"text", "start", "end", "marks"}: offsets are bytes of the body. */
static bool add_snippet(cJSON *array, const char *body, const struct pm_snippet *snippet)
{
    cJSON *json = json_append(array);
    struct pm_buf shown = PM_BUF_INIT;
    pm_buf_add(&shown, body + snippet->start, snippet->end - snippet->start);
    bool good = json && !shown.failed &&
                cJSON_AddStringToObject(json, "text", pm_buf_str(&shown)) &&
                cJSON_AddNumberToObject(json, "start", (double)snippet->start) &&
                cJSON_AddNumberToObject(json, "end", (double)snippet->end);
    cJSON *marks = good ? cJSON_AddArrayToObject(json, "marks") : NULL;
    good = good && marks;
    for (size_t i = 0; good && i < snippet->marks; i++) {
        const double pair[2] = {(double)snippet->mark[i].start, (double)snippet->mark[i].end};
        cJSON *item = cJSON_CreateDoubleArray(pair, 2);
        good = item && cJSON_AddItemToArray(marks, item);
    }
    pm_buf_release(&shown);
    return good;
}

static bool add_snippets(cJSON *object, const struct pm_hit *hit)
{
    cJSON *array = cJSON_AddArrayToObject(object, "snippets");
    bool good = array;
    for (size_t i = 0; good && i < hit->snippets; i++)
        good = add_snippet(array, hit->article.body ? hit->article.body : "", &hit->snippet[i]);
    return good;
}

static bool add_copies(cJSON *object, const struct pm_hit *hit)
{
    cJSON *array = cJSON_AddArrayToObject(object, "copies");
    bool good = array;
    for (size_t i = 0; good && i < hit->copies; i++) {
        const struct pm_copy *copy = &hit->copy[i];
        cJSON *json = json_append(array);
        good = json && cJSON_AddStringToObject(json, "id", copy->id) &&
               json_add_text(json, "title", copy->title) &&
               json_add_text(json, "source", copy->source) &&
               json_add_text(json, "date", copy->date.text[0] ? copy->date.text : NULL);
    }
    return good;
}

/* The most salient; where they stand is a matter of the article. */
static bool add_entities(cJSON *object, const struct pm_hit *hit)
{
    static const char *const shown[] = {"type", "name", "salience"};
    cJSON *array = cJSON_AddArrayToObject(object, "entities");
    const cJSON *entity = hit->article.entities ? hit->article.entities->child : NULL;
    bool good = array;
    for (int n = 0; good && entity && n < PM_RECORD_ENTITIES; n++, entity = entity->next) {
        cJSON *json = json_append(array);
        good = json;
        for (size_t i = 0; good && i < sizeof shown / sizeof *shown; i++) {
            const cJSON *item = cJSON_GetObjectItemCaseSensitive(entity, shown[i]);
            cJSON *copy = item ? cJSON_Duplicate(item, false) : NULL;
            good = !item || (copy && cJSON_AddItemToObject(json, shown[i], copy));
        }
    }
    return good;
}

static bool add_rank(cJSON *object, const struct pm_hit *hit)
{
    return cJSON_AddNumberToObject(object, "rank", hit->rank);
}

static bool add_score(cJSON *object, const struct pm_hit *hit)
{
    return cJSON_AddNumberToObject(object, "score", hit->score);
}

/* The keys of a hit, in the order to be shown. */
static const struct key {
    const char *name;
    bool (*add)(cJSON *object, const struct pm_hit *hit); /* NULL: a key of the article */
    enum { EMPTY_NULL, EMPTY_LIST, EMPTY_NONE } empty;    /* what stands for nothing */
} keys[] = {
    {"rank", add_rank, EMPTY_NULL},   {"score", add_score, EMPTY_NULL},
    {"id", NULL, EMPTY_NULL},         {"title", NULL, EMPTY_NULL},
    {"title_from", NULL, EMPTY_NULL}, {"date", NULL, EMPTY_NULL},
    {"date_from", NULL, EMPTY_NULL},  {"date_text", NULL, EMPTY_NULL},
    {"source", NULL, EMPTY_NULL},     {"author", NULL, EMPTY_NULL},
    {"section", NULL, EMPTY_NULL},    {"language", NULL, EMPTY_NULL},
    {"url", NULL, EMPTY_NULL},        {"path", NULL, EMPTY_NULL},
    {"tags", NULL, EMPTY_LIST},       {"entities", add_entities, 0},
    {"extra", NULL, EMPTY_NONE},      {"snippets", add_snippets, 0},
    {"copies", add_copies, 0},
};
#define KEYS (sizeof keys / sizeof *keys)

static int unknown_field(const char *name, size_t len, struct pm_error *err)
{
    struct pm_buf names = PM_BUF_INIT;
    for (size_t i = 0; i < KEYS; i++)
        pm_buf_addf(&names, "%s%s", i ? ", " : "", keys[i].name);
    pm_fail(err, PM_ERR_USAGE, "unknown field '%.*s': there are %s", len < 40 ? (int)len : 40, name,
            pm_buf_str(&names));
    pm_buf_release(&names);
    return -1;
}

int output_fields_parse(const char *list, uint32_t *fields, struct pm_error *err)
{
    _Static_assert(KEYS <= 32, "a key is a bit");
    *fields = 0;
    for (const char *at = list;; at++) {
        size_t len = strcspn(at, ","), i = 0;
        while (i < KEYS && (strlen(keys[i].name) != len || memcmp(keys[i].name, at, len)))
            i++;
        if (i == KEYS)
            return unknown_field(at, len, err);
        *fields |= UINT32_C(1) << i;
        at += len;
        if (!*at)
            return 0;
    }
}

unsigned json_shows(uint32_t fields)
{
    unsigned shown = 0;
    for (size_t i = 0; i < KEYS; i++)
        if (!fields || fields >> i & 1)
            shown |= keys[i].add == add_snippets      ? OUTPUT_PASSAGES
                     : keys[i].add == add_entities    ? OUTPUT_NAMES
                     : !strcmp(keys[i].name, "extra") ? OUTPUT_EXTRA
                                                      : 0;
    return shown;
}

/* Moves a key of the article to the object. */
static bool add_own(cJSON *object, const struct key *key, cJSON *article)
{
    cJSON *item = cJSON_DetachItemFromObjectCaseSensitive(article, key->name);
    if (!item && key->empty == EMPTY_NONE)
        return true;
    if (!item)
        item = key->empty == EMPTY_LIST ? cJSON_CreateArray() : cJSON_CreateNull();
    if (item && cJSON_AddItemToObject(object, key->name, item))
        return true;
    cJSON_Delete(item);
    return false;
}

bool json_add_hit(cJSON *object, const struct pm_hit *hit, uint32_t fields)
{
    cJSON *article = cJSON_CreateObject();
    struct pm_article own = hit->article; /* what is taken over as it is: not all the entities */
    own.entities = NULL;
    bool good = article && !pm_article_to_json(&own, false, article, NULL) &&
                json_add_text(article, "title", hit->article.title);
    for (size_t i = 0; good && i < KEYS; i++) {
        if (fields && !(fields >> i & 1))
            continue;
        good = keys[i].add ? keys[i].add(object, hit) : add_own(object, &keys[i], article);
    }
    cJSON_Delete(article);
    return good;
}

bool json_add_notices(cJSON *object, const struct pm_results *results)
{
    cJSON *array = cJSON_AddArrayToObject(object, "warnings");
    bool good = array;
    for (size_t i = 0; good && i < results->warnings; i++) {
        const struct pm_warning *warning = &results->warning[i];
        cJSON *json = json_append(array);
        good = json && cJSON_AddStringToObject(json, "code", warning->code) &&
               json_add_text(json, "word", warning->word) &&
               json_add_text(json, "instead", warning->instead) &&
               json_add_text(json, "text", warning->text);
    }
    return good && json_add_text(object, "suggestion", results->suggestion);
}

bool json_add_totals(cJSON *object, const struct pm_results *results,
                     const struct pm_request *request)
{
    return cJSON_AddNumberToObject(object, "total", results->total) &&
           cJSON_AddBoolToObject(object, "total_exact", results->total_exact) &&
           (!request->group || cJSON_AddNumberToObject(object, "stories", results->stories));
}
