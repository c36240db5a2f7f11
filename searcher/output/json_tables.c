/*
 * Facets, timeline and explanation as JSON.
 */
#include <math.h>

#include "format.h"
#include "json_parts.h"

static bool add_facet(cJSON *facets, cJSON *missing, cJSON *more,
                      const struct pm_facet_counts *counts)
{
    const char *name = pm_facet_table[counts->facet].name;
    cJSON *array = cJSON_AddArrayToObject(facets, name);
    bool good = array && cJSON_AddNumberToObject(missing, name, counts->missing) &&
                cJSON_AddNumberToObject(more, name, (double)counts->more);
    for (size_t i = 0; good && i < counts->len; i++) {
        cJSON *json = json_append(array);
        good = json && cJSON_AddStringToObject(json, "value", counts->item[i].value) &&
               cJSON_AddNumberToObject(json, "count", counts->item[i].count);
    }
    return good;
}

/* The counts of the values, and apart from them how many articles have none, and what was cut. */
static bool add_facets(cJSON *object, const struct pm_results *results)
{
    cJSON *facets = cJSON_AddObjectToObject(object, "facets");
    cJSON *missing = cJSON_AddObjectToObject(object, "missing");
    cJSON *more = cJSON_AddObjectToObject(object, "more");
    bool good = facets && missing && more;
    for (size_t i = 0; good && i < results->facets; i++)
        good = add_facet(facets, missing, more, &results->facet[i]);
    return good;
}

static bool add_timeline(cJSON *object, const struct pm_timeline *timeline)
{
    cJSON *array = cJSON_AddArrayToObject(object, "timeline");
    bool good = array;
    for (size_t i = 0; good && i < timeline->len; i++) {
        const struct pm_bin *bin = &timeline->bin[i];
        cJSON *json = json_append(array);
        good = json && cJSON_AddStringToObject(json, "time", bin->time) &&
               cJSON_AddNumberToObject(json, "articles", bin->articles) &&
               cJSON_AddNumberToObject(json, "indexed", bin->indexed) &&
               (bin->indexed
                    ? cJSON_AddNumberToObject(json, "share", round(tables_share(bin) * 1e4) / 1e6)
                    : cJSON_AddNullToObject(json, "share"));
    }
    return good && cJSON_AddNumberToObject(object, "undated", timeline->undated);
}

static bool add_clause(cJSON *array, const struct pm_clause_score *clause)
{
    cJSON *json = json_append(array);
    return json && cJSON_AddNumberToObject(json, "depth", clause->depth) &&
           cJSON_AddStringToObject(json, "role", clause->role) &&
           json_add_text(json, "text", clause->text) &&
           cJSON_AddBoolToObject(json, "matches", clause->matches) &&
           cJSON_AddNumberToObject(json, "score", clause->score);
}

static bool add_explanation(cJSON *object, const struct pm_explanation *why)
{
    cJSON *json = cJSON_AddObjectToObject(object, "explanation");
    bool good = json && json_add_text(json, "id", why->id) &&
                cJSON_AddBoolToObject(json, "matches", why->matches) &&
                cJSON_AddNumberToObject(json, "score", why->score) &&
                json_add_text(json, "failed", why->failed);
    cJSON *array = good ? cJSON_AddArrayToObject(json, "clauses") : NULL;
    good = good && array;
    for (size_t i = 0; good && i < why->clauses; i++)
        good = add_clause(array, &why->clause[i]);
    return good;
}

bool json_add_tables(cJSON *object, const struct pm_results *results,
                     const struct pm_request *request)
{
    return (!request->facets || add_facets(object, results)) &&
           (request->timeline < 0 || add_timeline(object, &results->timeline)) &&
           (!request->explain ||
            (results->explanation ? add_explanation(object, results->explanation)
                                  : cJSON_AddNullToObject(object, "explanation") != NULL));
}
