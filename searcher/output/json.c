/*
 * For programs: an object for each query (json), or one for each hit, with one before and one
 * after them (ndjson).
 *
 * The hits of an object are printed one by one: what stands before them and after them are
 * two objects, of which the brackets between are left out.
 */
#include <string.h>

#include "article_json.h"
#include "format.h"
#include "json_parts.h"

/* An object with what all of them have in common, or NULL.  `type` may be NULL. */
static cJSON *begin(const struct output *output, const char *type, const char *query)
{
    cJSON *json = cJSON_CreateObject();
    bool good = json && (!type || cJSON_AddStringToObject(json, "type", type)) &&
                cJSON_AddNumberToObject(json, "version", JSON_VERSION) &&
                (!output->qid || cJSON_AddStringToObject(json, "qid", output->qid)) &&
                json_add_text(json, "query", query);
    if (good)
        return json;
    cJSON_Delete(json);
    return NULL;
}

void json_begin(struct output *output, const struct pm_results *results)
{
    cJSON *json = begin(output, NULL, results->query);
    bool good = json && json_add_totals(json, results, output->request) &&
                json_add_notices(json, results) && json_add_text(json, "next", results->next);
    json_print(&output->to, json, good);
    if (!output->to.failed)
        output->to.len--; /* the closing bracket */
    pm_buf_adds(&output->to, output->style->count ? "" : ",\"hits\":[");
}

void json_hit(struct output *output, const struct pm_hit *hit, bool first)
{
    cJSON *json = cJSON_CreateObject();
    pm_buf_adds(&output->to, first ? "" : ",");
    json_print(&output->to, json, json && json_add_hit(json, hit, output->style->fields));
}

void json_end(struct output *output, const struct pm_results *results)
{
    cJSON *json = cJSON_CreateObject();
    struct pm_buf tail = PM_BUF_INIT;
    json_print(&tail, json, json && json_add_tables(json, results, output->request));
    pm_buf_adds(&output->to, output->style->count ? "" : "]");
    if (tail.len > strlen("{}"))
        pm_buf_addf(&output->to, ",%s\n", pm_buf_str(&tail) + 1);
    else
        pm_buf_adds(&output->to, "}\n");
    output->to.failed = output->to.failed || tail.failed;
    pm_buf_release(&tail);
}

void json_tree(struct output *output, const struct pm_results *results)
{
    cJSON *json = begin(output, NULL, results->query);
    bool good =
        json && json_add_text(json, "tree", results->tree) && json_add_notices(json, results);
    json_print(&output->to, json, good);
    pm_buf_addc(&output->to, '\n');
}

static void add_failure(struct output *output, cJSON *json, const struct pm_error *why)
{
    cJSON *error = json ? cJSON_AddObjectToObject(json, "error") : NULL;
    bool good = error && cJSON_AddStringToObject(error, "message", why->message) &&
                (why->code != PM_ERR_QUERY ||
                 cJSON_AddNumberToObject(error, "offset", (double)why->offset));
    json_print(&output->to, json, good);
    pm_buf_addc(&output->to, '\n');
}

void json_failure(struct output *output, const char *query, const struct pm_error *why)
{
    add_failure(output, begin(output, NULL, query), why);
}

void ndjson_failure(struct output *output, const char *query, const struct pm_error *why)
{
    add_failure(output, begin(output, "error", query), why);
}

void json_article(struct output *output, const struct pm_article *article)
{
    cJSON *json = cJSON_CreateObject();
    json_print(&output->to, json, json && !pm_article_to_json(article, true, json, NULL));
    pm_buf_addc(&output->to, '\n');
}

void ndjson_begin(struct output *output, const struct pm_results *results)
{
    cJSON *json = begin(output, "begin", results->query);
    json_print(&output->to, json, json && json_add_notices(json, results));
    pm_buf_addc(&output->to, '\n');
}

/* {"type": TYPE} with the query's id in a batch, or NULL. */
static cJSON *begin_record(const struct output *output, const char *type)
{
    cJSON *json = cJSON_CreateObject();
    if (json && cJSON_AddStringToObject(json, "type", type) &&
        (!output->qid || cJSON_AddStringToObject(json, "qid", output->qid)))
        return json;
    cJSON_Delete(json);
    return NULL;
}

void ndjson_hit(struct output *output, const struct pm_hit *hit, bool first)
{
    cJSON *json = begin_record(output, "hit");
    (void)first;
    json_print(&output->to, json, json && json_add_hit(json, hit, output->style->fields));
    pm_buf_addc(&output->to, '\n');
}

void ndjson_end(struct output *output, const struct pm_results *results)
{
    cJSON *json = begin_record(output, "end");
    bool good = json && json_add_totals(json, results, output->request) &&
                json_add_text(json, "next", results->next) &&
                json_add_tables(json, results, output->request);
    json_print(&output->to, json, good);
    pm_buf_addc(&output->to, '\n');
}
