#include <stdlib.h>
#include <string.h>

#include "planner.h"
#include "schema.h"

/* Adds the terms of a form to `spans`, which are terms. */
static int add_form(struct pm_planner *planner, enum pm_field field, const char *form,
                    struct pm_spans *spans)
{
    for (enum pm_field in = field; in <= pm_schema_last(field); in++)
        if (pm_planner_term(planner, in, form, strlen(form)) ||
            pm_spans_add_term(spans, planner->term.data, planner->term.len, planner->err))
            return -1;
    return 0;
}

/* The word as a place: any of its forms, or of a script without spaces, its terms in a row. */
static struct pm_spans *word_spans(struct pm_planner *planner, enum pm_field field,
                                   const struct pm_query_word *word)
{
    struct pm_spans *spans =
        pm_spans_new(word->parts ? PM_SPANS_PHRASE : PM_SPANS_TERMS, 0, planner->err);
    for (size_t i = 0; spans && !word->parts && i < word->forms; i++)
        if (add_form(planner, field, word->form[i].text, spans))
            goto fail;
    for (size_t i = 0; spans && i < word->parts; i++) {
        struct pm_spans *part = pm_spans_new(PM_SPANS_TERMS, 0, planner->err);
        if (!part || add_form(planner, field, word->part[i], part)) {
            pm_spans_free(part);
            goto fail;
        }
        if (pm_spans_add_child(spans, part, planner->err))
            goto fail;
    }
    return spans;
fail:
    pm_spans_free(spans);
    return NULL;
}

/* Words in a row. */
static struct pm_spans *words_spans(struct pm_planner *planner, const struct pm_node *node)
{
    struct pm_query_words words = {0};
    struct pm_spans *spans = NULL;
    if (pm_planner_read(planner, node, &words))
        goto out;
    if (words.len == 1) {
        spans = word_spans(planner, node->field, &words.item[0]);
        goto out;
    }
    spans = pm_spans_new(PM_SPANS_PHRASE, node->kind == PM_NODE_PHRASE ? node->distance : 0,
                         planner->err);
    for (size_t i = 0; spans && i < words.len; i++) {
        struct pm_spans *word = word_spans(planner, node->field, &words.item[i]);
        if (!word || pm_spans_add_child(spans, word, planner->err)) {
            pm_spans_free(spans);
            spans = NULL;
        }
    }
out:
    pm_query_words_release(&words);
    return spans;
}

/* Recurs as deep as the brackets of the query, which are bounded. */
static struct pm_spans *node_spans(struct pm_planner *planner, const struct pm_node *node)
{
    struct pm_spans *spans;
    const struct pm_query_word *word;
    switch (node->kind) {
    case PM_NODE_PREFIX:
    case PM_NODE_FUZZY:
        word = pm_planner_expand(planner, node);
        return word ? word_spans(planner, node->field, word) : NULL;
    case PM_NODE_OR:
        spans = pm_spans_new(PM_SPANS_ANY, 0, planner->err);
        break;
    case PM_NODE_NEAR:
        /* Neighbours are one word apart, and have none between. */
        spans = pm_spans_new(PM_SPANS_NEAR, node->distance - 1, planner->err);
        break;
    case PM_NODE_WORD:
    case PM_NODE_PHRASE:
        return words_spans(planner, node);
    default:
        pm_planner_fail(planner, node, "this cannot be near something");
        return NULL;
    }
    for (const struct pm_node *child = node->child; spans && child; child = child->next) {
        struct pm_spans *part = node_spans(planner, child);
        if (!part || pm_spans_add_child(spans, part, planner->err)) {
            pm_spans_free(spans);
            spans = NULL;
        }
    }
    return spans;
}

struct pm_db_query *pm_planner_near(struct pm_planner *planner, const struct pm_node *node)
{
    struct pm_spans *spans = node_spans(planner, node);
    return spans ? pm_plan_own_spans(planner->plan->own, spans, planner->err) : NULL;
}
