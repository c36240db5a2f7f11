/*
 * How a passage is chosen: a window of as many words as asked slides over the matches.  It
 * scores the weight of the first match of each concept, a tenth of the second's, and for each
 * two neighbours of different concepts a bonus that falls with their distance, up to a quarter
 * of the rest.  Weights are whole numbers, so that sliding leaves no rounding errors and
 * equals are equal.  The matches of the best window then get the words around them, out to
 * bounds of sentences or lines.
 */
#include "snippet.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "bounds.h"
#include "matches.h"
#include "utf8.h"

#define WORD_BYTES 40 /* a passage has at most as many bytes per word asked for */

struct passage {
    const char *text;
    size_t len;
    struct pm_matches found;
    size_t first, last; /* words: the matches to show */
    size_t start, end;  /* words: the passage; end is exclusive */
};

static size_t less(size_t a, size_t b)
{
    return a > b ? a - b : 0;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* ---- the best window ---- */

static bool is_within(size_t i, size_t start, size_t end)
{
    return i >= start && i < end;
}

/* What match `i` adds to the score of those from `start` to before it. */
static int64_t gain(const struct pm_match *match, size_t start, size_t i)
{
    size_t previous = match[i].previous;
    if (!is_within(previous, start, i))
        return match[i].weight;
    return is_within(match[previous].previous, start, i) ? 0 : match[i].weight / 10;
}

/* What the score of the matches from `i` to before `end` loses without `i`. */
static int64_t loss(const struct pm_match *match, size_t i, size_t end)
{
    size_t second = match[i].next;
    if (second >= end)
        return match[i].weight;
    size_t third = match[second].next;
    int64_t without = match[second].weight + (third < end ? match[third].weight / 10 : 0);
    return match[i].weight + match[second].weight / 10 - without;
}

/* The bonus for a match and the one after it. */
static int64_t nearness(const struct pm_match *match)
{
    const struct pm_match *after = match + 1;
    if (match->concept == after->concept || after->first <= match->last)
        return 0;
    int64_t weight = match->weight < after->weight ? match->weight : after->weight;
    return weight / 4 / (int64_t)(after->first - match->last);
}

/* Sets the matches to show: those of the best window, or the beginning if there are none. */
static void choose_matches(struct passage *passage, size_t words)
{
    const struct pm_match *match = passage->found.match;
    size_t matches = passage->found.matches, best = 0, best_end = 0;
    int64_t best_score = -1, told = 0, near = 0;
    for (size_t i = 0, end = 0; i < matches; i++) {
        for (; end < matches && match[end].first - match[i].first < words; end++) {
            told += gain(match, i, end);
            near += end > i ? nearness(&match[end - 1]) : 0;
        }
        int64_t score = told + (near < told / 4 ? near : told / 4);
        if (score > best_score) {
            best = i;
            best_end = end;
            best_score = score;
        }
        told -= loss(match, i, end);
        near -= end > i + 1 ? nearness(&match[i]) : 0;
    }
    assert(!told && !near); /* what was added was taken away */
    passage->first = passage->last = matches ? match[best].first : 0;
    for (size_t i = best; i < best_end; i++)
        passage->last = larger(passage->last, match[i].last);
}

/* ---- its surroundings ---- */

static size_t word_end(const struct passage *passage, size_t i)
{
    return passage->found.word[i].start + passage->found.word[i].len;
}

/* True if a sentence or a line begins with word `i`, or the text ends before it. */
static bool is_bound(const struct passage *passage, size_t i)
{
    const struct pm_text_word *word = passage->found.word;
    return !i || i == passage->found.words ||
           pm_bound_before(passage->text, passage->len, word[i - 1].start, word_end(passage, i - 1),
                           word[i].start);
}

/* The bound nearest to `goal` from `low` to `high`, or `goal` where there is none. */
static size_t nearest_bound(const struct passage *passage, size_t goal, size_t low, size_t high)
{
    for (size_t far = 0; far <= goal - low || far <= high - goal; far++) {
        if (far <= goal - low && is_bound(passage, goal - far))
            return goal - far;
        if (far <= high - goal && is_bound(passage, goal + far))
            return goal + far;
    }
    return goal;
}

/* Sets the words of the passage around its matches. */
static void choose_words(struct passage *passage, size_t words)
{
    size_t count = passage->found.words, near = words / 3, start = passage->first;
    while (start > less(passage->first, near) && !is_bound(passage, start))
        start--;
    if (!is_bound(passage, start))
        start = less(passage->first, words / 6);
    size_t most = smaller(start + 2 * words, count);
    size_t least = smaller(passage->last + 1, most);
    size_t goal = larger(smaller(start + words, most), least);
    passage->end =
        nearest_bound(passage, goal, larger(less(goal, near), least), smaller(goal + near, most));
    if (passage->end == count && count - start < words) {
        goal = less(count, words);
        start = nearest_bound(passage, goal, less(goal, near), start);
    }
    passage->start = start;
}

/*
 * Sets the bytes of the passage.  One too long for `max` bytes loses the words after its
 * matches, then those before them, then matches, then the end of the only word.
 */
static void choose_bytes(struct passage *passage, size_t max, struct pm_snippet *snippet)
{
    const char *text = passage->text;
    for (;;) {
        snippet->start = pm_bound_open(text, passage->found.word[passage->start].start);
        snippet->end = pm_bound_close(text, passage->len, word_end(passage, passage->end - 1));
        if (snippet->end - snippet->start <= max)
            return;
        if (passage->end > passage->last + 1)
            passage->end--;
        else if (passage->start < passage->first)
            passage->start++;
        else if (passage->end > passage->start + 1)
            passage->end--;
        else
            break;
    }
    snippet->end =
        snippet->start + pm_utf8_cut(text + snippet->start, passage->len - snippet->start, max);
}

/* Sets the bytes of a text without words, but for white space at its ends. */
static void choose_beginning(const struct passage *passage, size_t max, struct pm_snippet *snippet)
{
    const char *text = passage->text;
    bool begun = false;
    for (size_t at = 0, next = 0; next < passage->len; at = next) {
        UChar32 c;
        U8_NEXT(text, next, passage->len, c);
        if (u_isUWhiteSpace(c) || c == 0xFEFF)
            continue;
        if (!begun)
            snippet->start = snippet->end = at;
        begun = true;
        if (next - snippet->start > max)
            break;
        snippet->end = next;
    }
}

/* ---- marks ---- */

static int mark_words(const struct passage *passage, struct pm_snippet *snippet,
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
    for (size_t i = passage->start; i < passage->end; i++)
        if (word[i].marked)
            snippet->mark[snippet->marks++] =
                (struct pm_span){word[i].start, smaller(word_end(passage, i), snippet->end)};
    return 0;
}

int pm_snippet_make(const struct pm_wanted *wanted, struct pm_analyzer *analyzer, const char *text,
                    size_t len, size_t words, struct pm_snippet *snippet, struct pm_error *err)
{
    struct passage passage = {.text = text, .len = len};
    *snippet = (struct pm_snippet){0};
    words = smaller(words, SIZE_MAX / WORD_BYTES / 4);
    int rc = pm_matches_read(wanted, analyzer, text, len, &passage.found, err);
    if (rc)
        goto out;
    if (passage.found.words && words) {
        choose_matches(&passage, words);
        choose_words(&passage, words);
        choose_bytes(&passage, WORD_BYTES * words, snippet);
        bool all = passage.start == 0 && passage.end == passage.found.words;
        if (all && len <= WORD_BYTES * words) /* with what stands around its words, too */
            choose_beginning(&passage, len, snippet);
    } else {
        choose_beginning(&passage, WORD_BYTES * words, snippet);
    }
    rc = mark_words(&passage, snippet, err);
out:
    pm_matches_release(&passage.found);
    return rc;
}

int pm_snippet_whole(const struct pm_wanted *wanted, struct pm_analyzer *analyzer, const char *text,
                     size_t len, struct pm_snippet *snippet, struct pm_error *err)
{
    struct passage passage = {.text = text, .len = len};
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
