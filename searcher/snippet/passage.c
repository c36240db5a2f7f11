/*
 * How a passage is chosen: a window of as many words as asked slides over the matches.  It
 * scores the weight of the first match of each concept, a tenth of the second's, and for each
 * two neighbours of different concepts a bonus that falls with their distance, up to a quarter
 * of the rest.  Weights are whole numbers, so that sliding leaves no rounding errors and
 * equals are equal.  The matches of the best window then get the words around them, out to
 * bounds of sentences or lines.
 */
#include "passage.h"

#include <assert.h>
#include <stdbool.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "bounds.h"
#include "utf8.h"

#define WORD_BYTES 40 /* a passage has at most as many bytes per word asked for */

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

size_t pm_passage_match(const struct pm_matches *found, size_t word)
{
    size_t low = 0, high = found->matches;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (found->match[middle].first < word)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void pm_passage_choose(struct pm_passage *passage, size_t low, size_t high, size_t words)
{
    const struct pm_match *match = passage->found.match;
    size_t from = pm_passage_match(&passage->found, low),
           to = pm_passage_match(&passage->found, high);
    size_t best = from, best_end = from;
    int64_t told = 0, near = 0;
    for (size_t i = from, end = from; i < to; i++) {
        for (; end < to && match[end].first - match[i].first < words; end++) {
            told += gain(match, i, end);
            near += end > i ? nearness(&match[end - 1]) : 0;
        }
        int64_t score = told + (near < told / 4 ? near : told / 4);
        if (score > passage->score) {
            best = i;
            best_end = end;
            passage->score = score;
        }
        told -= loss(match, i, end);
        near -= end > i + 1 ? nearness(&match[i]) : 0;
    }
    assert(!told && !near); /* what was added was taken away */
    if (best == best_end)
        return;
    passage->low = low;
    passage->high = high;
    passage->first = passage->last = match[best].first;
    for (size_t i = best; i < best_end; i++)
        passage->last = larger(passage->last, smaller(match[i].last, high - 1));
}

/* ---- its surroundings ---- */

static size_t word_end(const struct pm_passage *passage, size_t i)
{
    return passage->found.word[i].start + passage->found.word[i].len;
}

/* True if a sentence or a line begins with word `i`, or the text ends before it. */
static bool is_bound(const struct pm_passage *passage, size_t i)
{
    const struct pm_text_word *word = passage->found.word;
    return !i || i == passage->found.words ||
           pm_bound_before(passage->text, passage->len, word[i - 1].start, word_end(passage, i - 1),
                           word[i].start);
}

/* The bound nearest to `goal` from `low` to `high`, or `goal` where there is none. */
static size_t nearest_bound(const struct pm_passage *passage, size_t goal, size_t low, size_t high)
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
static void choose_words(struct pm_passage *passage, size_t words)
{
    size_t low = passage->low, high = passage->high, near = words / 3, start = passage->first;
    while (start > larger(less(passage->first, near), low) && !is_bound(passage, start))
        start--;
    if (!is_bound(passage, start))
        start = larger(less(passage->first, words / 6), low);
    size_t most = smaller(start + 2 * words, high);
    size_t least = smaller(passage->last + 1, most);
    size_t goal = larger(smaller(start + words, most), least);
    passage->end =
        nearest_bound(passage, goal, larger(less(goal, near), least), smaller(goal + near, most));
    if (passage->end == high && high - start < words) {
        goal = larger(less(high, words), low);
        start = nearest_bound(passage, goal, larger(less(goal, near), low), start);
    }
    passage->start = start;
}

/*
 * Sets the bytes of the passage.  One too long for `max` bytes loses the words after its
 * matches, then those before them, then matches, then the end of the only word.
 */
static void choose_bytes(struct pm_passage *passage, size_t max, struct pm_snippet *snippet)
{
    const char *text = passage->text;
    for (;;) {
        size_t first = passage->found.word[passage->start].start;
        size_t last = word_end(passage, passage->end - 1);
        snippet->start = pm_bound_open(text, first);
        snippet->end = pm_bound_close(text, passage->len, last);
        if (snippet->start < passage->low_byte) /* a quote between two passages */
            snippet->start = first;
        if (snippet->end > passage->high_byte)
            snippet->end = last;
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

/* Sets the bytes of the beginning of a text, up to `max`, but for white space at its ends. */
static void take_beginning(const struct pm_passage *passage, size_t max, struct pm_snippet *snippet)
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

void pm_passage_beginning(const struct pm_passage *passage, size_t words,
                          struct pm_snippet *snippet)
{
    take_beginning(passage, WORD_BYTES * words, snippet);
}

void pm_passage_bound(struct pm_passage *passage, size_t words, struct pm_snippet *snippet)
{
    choose_words(passage, words);
    choose_bytes(passage, WORD_BYTES * words, snippet);
    bool all = passage->start == 0 && passage->end == passage->found.words;
    if (all && passage->len <= WORD_BYTES * words) /* with what stands around its words, too */
        take_beginning(passage, passage->len, snippet);
}
