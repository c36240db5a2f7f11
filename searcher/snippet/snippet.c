/*
 * Further passages are chosen as the first, but from what lies between those chosen, and with a
 * tenth of the weight for concepts that were shown.  So each costs a walk over the matches.
 */
#include "snippet.h"

#include <stdint.h>
#include <stdlib.h>

#include "passage.h"

/* ---- marks ---- */

static int mark_words(const struct pm_passage *passage, struct pm_snippet *snippet,
                      struct pm_error *err)
{
    const struct pm_text_word *word = passage->found.word;
    size_t marks = 0;
    for (size_t i = passage->start; i < passage->end; i++)
        marks += word[i].marked;
    if (!marks)
        return 0;
    snippet->mark = calloc(marks, sizeof *snippet->mark);
    if (!snippet->mark)
        return pm_fail_nomem(err);
    for (size_t i = passage->start; i < passage->end; i++) {
        size_t end = word[i].start + word[i].len;
        if (word[i].marked)
            snippet->mark[snippet->marks++] =
                (struct pm_span){word[i].start, end < snippet->end ? end : snippet->end};
    }
    return 0;
}

/* ---- passages ---- */

/* Makes the passage whose matches were chosen into a snippet, which is empty. */
static int show(struct pm_passage *passage, size_t words, struct pm_snippet *snippet,
                struct pm_error *err)
{
    pm_passage_bound(passage, words, snippet);
    return mark_words(passage, snippet, err);
}

/* The best passage, with a beginning if nothing is found. */
static int show_first(struct pm_passage *passage, size_t words, struct pm_snippet *snippet,
                      struct pm_error *err)
{
    *snippet = (struct pm_snippet){0};
    passage->high = passage->found.words;
    passage->high_byte = passage->len;
    passage->score = -1;
    if (!passage->found.words || !words) {
        pm_passage_beginning(passage, words, snippet);
        return 0;
    }
    pm_passage_choose(passage, 0, passage->high, words);
    return show(passage, words, snippet, err);
}

int pm_snippet_make(const struct pm_wanted *wanted, struct pm_analyzer *analyzer, const char *text,
                    size_t len, size_t words, struct pm_snippet *snippet, struct pm_error *err)
{
    struct pm_passage passage = {.text = text, .len = len};
    *snippet = (struct pm_snippet){0};
    words = words < PM_PASSAGE_WORDS ? words : PM_PASSAGE_WORDS;
    int rc = pm_matches_read(wanted, analyzer, text, len, &passage.found, err);
    if (!rc)
        rc = show_first(&passage, words, snippet, err);
    pm_matches_release(&passage.found);
    return rc;
}

struct range {
    size_t start, end; /* words */
};

/* The passages chosen so far, in the order of the text. */
struct choice {
    struct pm_snippet *snippet;
    struct range *range;
    size_t len, cap;
    bool *shown; /* by concept */
};

/* Makes room for one more. */
static int choice_grow(struct choice *choice, struct pm_error *err)
{
    if (choice->len < choice->cap)
        return 0;
    size_t cap = choice->cap ? choice->cap * 2 : 4;
    struct pm_snippet *snippet = reallocarray(choice->snippet, cap, sizeof *snippet);
    if (!snippet)
        return pm_fail_nomem(err);
    choice->snippet = snippet;
    struct range *range = reallocarray(choice->range, cap, sizeof *range);
    if (!range)
        return pm_fail_nomem(err);
    choice->range = range;
    choice->cap = cap;
    return 0;
}

static void choice_insert(struct choice *choice, size_t at, const struct pm_snippet *snippet,
                          const struct pm_passage *passage)
{
    for (size_t i = choice->len++; i > at; i--) {
        choice->snippet[i] = choice->snippet[i - 1];
        choice->range[i] = choice->range[i - 1];
    }
    choice->snippet[at] = *snippet;
    choice->range[at] = (struct range){passage->start, passage->end};
}

/* Lowers the weight of the concepts that the passage is the first to show. */
static void lower_shown(struct pm_passage *passage, bool *shown)
{
    struct pm_match *match = passage->found.match;
    size_t end = pm_passage_match(&passage->found, passage->end);
    for (size_t i = pm_passage_match(&passage->found, passage->start); i < end; i++) {
        if (shown[match[i].concept])
            continue;
        shown[match[i].concept] = true;
        for (size_t j = i; j != PM_NO_MATCH; j = match[j].previous)
            match[j].weight /= 10;
        for (size_t j = match[i].next; j != PM_NO_MATCH; j = match[j].next)
            match[j].weight /= 10;
    }
}

/* Looks for the best window between those chosen: where it goes among them; `len` + 1 if none. */
static size_t choose_gap(struct pm_passage *passage, const struct choice *choice, size_t words)
{
    size_t best = choice->len + 1;
    passage->score = -1;
    for (size_t i = 0; i <= choice->len; i++) {
        int64_t before = passage->score;
        size_t low = i ? choice->range[i - 1].end : 0;
        size_t high = i < choice->len ? choice->range[i].start : passage->found.words;
        if (low < high)
            pm_passage_choose(passage, low, high, words);
        if (passage->score > before) {
            best = i;
            passage->low_byte = i ? choice->snippet[i - 1].end : 0;
            passage->high_byte = i < choice->len ? choice->snippet[i].start : passage->len;
        }
    }
    return best;
}

static int choose_some(struct pm_passage *passage, size_t words, size_t n, struct choice *choice,
                       struct pm_error *err)
{
    struct pm_snippet snippet;
    size_t concepts = 0, at = 0;
    for (size_t i = 0; i < passage->found.matches; i++)
        if (passage->found.match[i].concept >= concepts)
    concepts = (size_t)passage->found.match[i].concept + 1;
    choice->shown = calloc(concepts + 1, sizeof *choice->shown);
    if (!choice->shown)
        return pm_fail_nomem(err);
    while (choice->len < n) {
        if (choice->len && (at = choose_gap(passage, choice, words)) > choice->len)
            break;
        if (choice_grow(choice, err))
            return -1;
        snippet = (struct pm_snippet){0};
        if (choice->len ? show(passage, words, &snippet, err)
                        : show_first(passage, words, &snippet, err))
            return -1;
        choice_insert(choice, at, &snippet, passage);
        if (!words)
            break;
        lower_shown(passage, choice->shown);
    }
    return 0;
}

int pm_snippet_make_some(const struct pm_wanted *wanted, struct pm_analyzer *analyzer,
                         const char *text, size_t len, size_t words, size_t n,
                         struct pm_snippet **snippets, size_t *count, struct pm_error *err)
{
    struct pm_passage passage = {.text = text, .len = len};
    struct choice choice = {0};
    words = words < PM_PASSAGE_WORDS ? words : PM_PASSAGE_WORDS;
    int rc = pm_matches_read(wanted, analyzer, text, len, &passage.found, err);
    if (!rc)
        rc = choose_some(&passage, words, n, &choice, err);
    if (rc) {
        for (size_t i = 0; i < choice.len; i++)
            pm_snippet_release(&choice.snippet[i]);
        free(choice.snippet);
        choice.snippet = NULL;
        choice.len = 0;
    }
    *snippets = choice.snippet;
    *count = choice.len;
    free(choice.range);
    free(choice.shown);
    pm_matches_release(&passage.found);
    return rc;
}

int pm_snippet_whole(const struct pm_wanted *wanted, struct pm_analyzer *analyzer, const char *text,
                     size_t len, struct pm_snippet *snippet, struct pm_error *err)
{
    struct pm_passage passage = {.text = text, .len = len};
    *snippet = (struct pm_snippet){.end = len};
    int rc = pm_matches_read(wanted, analyzer, text, len, &passage.found, err);
    if (rc)
        goto out;
    passage.end = passage.found.words;
    rc = mark_words(&passage, snippet, err);
out:
    pm_matches_release(&passage.found);
    return rc;
}

void pm_snippet_release(struct pm_snippet *snippet)
{
    free(snippet->mark);
    *snippet = (struct pm_snippet){0};
}
