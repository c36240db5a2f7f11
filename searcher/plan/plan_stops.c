/*
 * The words of a query that are not looked for.
 */
#include "asking_words.h"
#include "planner.h"

#define LEFT 2 /* words that a question is about, at least */

/* The user's list takes the place of ours. */
static bool is_stop(const struct pm_planner *planner, const struct pm_query_word *word)
{
    const struct pm_word_list *list = planner->base->stop_words;
    return list ? pm_word_list_has(list, word->typed, word->typed_len) : word->stop;
}

static bool is_asking(const struct pm_planner *planner, const struct pm_query_word *word)
{
    return !planner->base->plain && !planner->base->stop_words && !word->acronym &&
           pm_asking_word(pm_analyzer_language(planner->base->analyzer[0]), word->typed,
                          word->typed_len);
}

void pm_planner_leave_out(struct pm_planner *planner, struct pm_query_words *words, bool others)
{
    size_t stops = 0, asking = 0;
    for (size_t i = 0; i < words->len; i++) {
        bool stop = is_stop(planner, &words->item[i]);
        stops += stop;
        asking += !stop && is_asking(planner, &words->item[i]);
    }
    bool sentence = stops && words->len - stops - asking >= LEFT;
    if (stops == words->len && !others)
        return;
    for (size_t i = 0; i < words->len; i++) {
        struct pm_query_word *word = &words->item[i];
        word->left_out = is_stop(planner, word) || (sentence && is_asking(planner, word));
    }
}
