#include "tally.h"

#include <stdlib.h>

#include "name_kinds.h"
#include "schema.h"

struct pm_tally {
    struct pm_facet_counts *facet; /* those asked for, then the timeline's */
    uint32_t *slot;
    size_t facets; /* without the timeline's */
    size_t facet_limit;
    bool timeline;
    struct pm_name_kinds *kinds;
};

static size_t count_all(const struct pm_tally *tally)
{
    return tally->facets + tally->timeline;
}

struct pm_tally *pm_tally_new(const struct pm_search *search, const struct pm_request *request,
                              struct pm_error *err)
{
    bool timeline = request->timeline >= 0;
    if (!request->facets && !timeline)
        return NULL;
    struct pm_tally *tally = calloc(1, sizeof *tally);
    if (!tally)
        goto fail;
    tally->facets = request->facets;
    tally->facet_limit = request->facet_limit;
    tally->timeline = timeline;
    tally->facet = calloc(count_all(tally), sizeof *tally->facet);
    tally->slot = calloc(count_all(tally), sizeof *tally->slot);
    if (!tally->facet || !tally->slot)
        goto fail;
    if (!(tally->kinds = pm_name_kinds_new(search->index.db, search->fold, err)))
        goto fail;
    for (size_t i = 0; i < count_all(tally); i++) {
        enum pm_facet facet =
            i < tally->facets ? request->facet[i] : (enum pm_facet)request->timeline;
        tally->facet[i].facet = facet;
        tally->facet[i].kinds = tally->kinds;
        tally->slot[i] = pm_facet_table[facet].slot;
    }
    return tally;
fail:
    pm_tally_free(tally);
    pm_fail_nomem(err);
    return NULL;
}

void pm_tally_free(struct pm_tally *tally)
{
    if (!tally)
        return;
    for (size_t i = 0; tally->facet && i < count_all(tally); i++)
        pm_facet_counts_release(&tally->facet[i]);
    free(tally->facet);
    free(tally->slot);
    pm_name_kinds_free(tally->kinds);
    free(tally);
}

static int count(const struct pm_db_bytes *value, void *arg, struct pm_error *err)
{
    struct pm_tally *tally = arg;
    for (size_t i = 0; i < count_all(tally); i++)
        if (pm_facet_counts_add(&tally->facet[i], &value[i], err))
            return -1;
    return 0;
}

void pm_tally_attach(struct pm_tally *tally, struct pm_ranking_request *ranking)
{
    ranking->spy = count;
    ranking->spy_arg = tally;
    ranking->spy_slot = tally->slot;
    ranking->spy_slots = count_all(tally);
}

struct index_walk {
    const struct pm_index *index;
    struct pm_facet_counts *counts;
    struct pm_error *err;
};

static int count_date(uint32_t docid, const char *value, size_t len, void *arg)
{
    struct index_walk *walk = arg;
    if (!pm_index_is_live(walk->index, docid))
        return 0;
    const struct pm_db_bytes bytes = {value, len};
    return pm_facet_counts_add(walk->counts, &bytes, walk->err);
}

static int make_timeline(struct pm_facet_counts *matches, const struct pm_search *search,
                         struct pm_timeline *timeline, struct pm_error *err)
{
    struct pm_facet_counts all = {.facet = matches->facet};
    struct index_walk walk = {&search->index, &all, err};
    int rc =
        pm_db_each_value(search->index.db, pm_schema[PM_FIELD_DATE].slot, count_date, &walk, err);
    if (!rc) {
        pm_facet_counts_sort(matches);
        pm_facet_counts_sort(&all);
        rc = pm_timeline_make(matches, &all, timeline, err);
    }
    pm_facet_counts_release(&all);
    return rc;
}

int pm_tally_finish(struct pm_tally *tally, const struct pm_search *search,
                    struct pm_results *results, struct pm_error *err)
{
    if (tally->timeline &&
        make_timeline(&tally->facet[tally->facets], search, &results->timeline, err))
        return -1;
    for (size_t i = 0; i < tally->facets; i++) {
        pm_facet_counts_sort(&tally->facet[i]);
        pm_facet_counts_cut(&tally->facet[i], tally->facet_limit);
    }
    results->facet = calloc(tally->facets + 1, sizeof *results->facet);
    if (!results->facet)
        return pm_fail_nomem(err);
    for (; results->facets < tally->facets; results->facets++) {
        results->facet[results->facets] = tally->facet[results->facets];
        tally->facet[results->facets] = (struct pm_facet_counts){0};
    }
    return 0;
}
