#include "results.h"

#include <stdlib.h>

#include "record_line.h"

#define RANK_DEFAULT                                                                               \
    {                                                                                              \
        .k1 = 1.2, .k3 = 8, .b = 0.75                                                              \
    }

const struct pm_rank pm_rank_default = RANK_DEFAULT;

const struct pm_request pm_request_default = {
    .limit = 10,
    .suggest = true,
    .snippets = 1,
    .snippet_words = 40,
    .title_marks = true,
    .names = PM_RECORD_ENTITIES,
    .extra = true,
    .rank = RANK_DEFAULT,
    .name_boost = 1,
    .timeline = -1,
};

static void release_hit(struct pm_hit *hit)
{
    pm_article_release(&hit->article);
    pm_snippet_release(&hit->title);
    for (size_t i = 0; i < hit->snippets; i++)
        pm_snippet_release(&hit->snippet[i]);
    free(hit->snippet);
    for (size_t i = 0; i < hit->copies; i++) {
        free(hit->copy[i].id);
        free(hit->copy[i].title);
        free(hit->copy[i].source);
    }
    free(hit->copy);
}

static void release_explanation(struct pm_explanation *explanation)
{
    if (!explanation)
        return;
    for (size_t i = 0; i < explanation->clauses; i++)
        free(explanation->clause[i].text);
    free(explanation->clause);
    free(explanation->id);
    free(explanation->failed);
    free(explanation);
}

void pm_results_release(struct pm_results *results)
{
    for (size_t i = 0; i < results->len; i++)
        release_hit(&results->hit[i]);
    free(results->hit);
    free(results->query);
    free(results->tree);
    for (size_t i = 0; i < results->warnings; i++) {
        free(results->warning[i].word);
        free(results->warning[i].instead);
        free(results->warning[i].text);
    }
    free(results->warning);
    free(results->suggestion);
    free(results->next);
    for (size_t i = 0; i < results->facets; i++)
        pm_facet_counts_release(&results->facet[i]);
    free(results->facet);
    pm_timeline_release(&results->timeline);
    release_explanation(results->explanation);
    *results = (struct pm_results){0};
}
