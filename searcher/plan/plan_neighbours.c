/*
 * The words of a query whose places are looked at once the best articles are known.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "planner.h"

#define NEIGHBOURS_MAX 64 /* words of a query; each has to be looked up in many articles */

/* Adds the form to the word; *articles becomes how many have it, if that is more. */
static int add_form(struct pm_planner *planner, const char *form, struct pm_neighbour *neighbour,
                    uint32_t *articles)
{
    uint32_t freq;
    if (pm_planner_freq(planner, PM_FIELD_TEXT, form, &freq))
        return -1;
    struct pm_db_bytes *term = &neighbour->term[neighbour->terms];
    *term = (struct pm_db_bytes){strdup(pm_buf_str(&planner->term)), planner->term.len};
    if (!term->data)
        return pm_fail_nomem(planner->err);
    neighbour->terms++;
    if (freq > *articles)
        *articles = freq;
    return 0;
}

int pm_planner_neighbour(struct pm_planner *planner, const struct pm_query_word *word)
{
    struct pm_neighbours *neighbours = &planner->plan->neighbours;
    uint32_t articles = 0;
    if (word->parts || neighbours->len == NEIGHBOURS_MAX)
        return 0;
    struct pm_neighbour *grown = reallocarray(neighbours->item, neighbours->len + 1, sizeof *grown);
    if (!grown)
        return pm_fail_nomem(planner->err);
    neighbours->item = grown;
    struct pm_neighbour *neighbour = &grown[neighbours->len++];
    *neighbour = (struct pm_neighbour){.text = word->typed,
                                       .len = word->typed_len,
                                       .term = calloc(word->forms, sizeof *neighbour->term)};
    if (!neighbour->term)
        return pm_fail_nomem(planner->err);
    for (size_t i = 0; i < word->forms; i++)
        if (add_form(planner, word->form[i].text, neighbour, &articles))
            return -1;
    double others = planner->base->documents > articles ? planner->base->documents - articles : 0;
    neighbour->weight = fmax(0, log((others + 0.5) / (articles + 0.5)));
    return 0;
}
