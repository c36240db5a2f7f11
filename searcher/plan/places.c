/*
 * A walk over the places of a node's children keeps, for each state (of a phrase
 * how many children were met, of a NEAR which), the ends of what was met so far with the fewest
 * words between.  Only what ends before a place begins can be continued by it; of that the
 * best is, since all that counts is the sum of the words between, the one with the least
 * `words between - end`.
 *
 * To know whether a node stands at all, one walk is enough.  Inside another node every pair of
 * beginning and end counts: a longer place may reach what a shorter one does not.  So there is a
 * walk from each beginning, over what it can reach, as long as the allowance lasts.
 */
#include "places.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define NEAR_MAX  8 /* children of a NEAR that are looked at in every order */
#define KEEP_COST 8 /* steps that a place counts, for its memory */

/* ---- lists ---- */

/* `array` with room for one more element of `size` bytes than `len`, or NULL. */
static void *make_room(void *array, size_t len, size_t *cap, size_t size, struct pm_error *err)
{
    if (len < *cap)
        return array;
    size_t more = *cap ? *cap * 2 : 16;
    void *grown = reallocarray(array, more, size);
    if (grown)
        *cap = more;
    else
        pm_fail_nomem(err);
    return grown;
}

int pm_places_add(struct pm_places *places, uint32_t start, uint32_t end, uint32_t child,
                  struct pm_error *err)
{
    struct pm_place *grown = make_room(places->item, places->len, &places->cap, sizeof *grown, err);
    if (!grown)
        return -1;
    places->item = grown;
    places->item[places->len++] = (struct pm_place){start, end, child};
    return 0;
}

void pm_places_release(struct pm_places *places)
{
    free(places->item);
    *places = (struct pm_places){0};
}

static int compare_places(const void *left, const void *right)
{
    const struct pm_place *a = left, *b = right;
    if (a->end != b->end)
        return a->end < b->end ? -1 : 1;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return (a->child > b->child) - (a->child < b->child);
}

void pm_places_sort(struct pm_places *list)
{
    size_t kept = 0;
    bool sorted = true;
    for (size_t i = 1; sorted && i < list->len; i++)
        sorted = compare_places(&list->item[i - 1], &list->item[i]) < 0;
    if (sorted)
        return;
    qsort(list->item, list->len, sizeof *list->item, compare_places);
    for (size_t i = 0; i < list->len; i++)
        if (!kept || compare_places(&list->item[kept - 1], &list->item[i]))
            list->item[kept++] = list->item[i];
    list->len = kept;
}

/* ---- the walk ---- */

/* The best way into a state that ends at `end`. */
struct best {
    uint32_t start, end;
    int64_t less_end; /* the words between, less `end` */
};

/* Of one state: later ends only where they are better. */
struct bests {
    struct best *item;
    size_t len, cap;
};

struct walk {
    const struct pm_spans *spans;
    const struct pm_places *list; /* of the children */
    struct pm_places *out;        /* NULL: only whether there is any */
    bool found;
    bool anchored; /* only what begins at `anchor` */
    uint32_t anchor, longest;
    size_t full, states; /* the state in which all were met, and how many there are before */
    struct bests *state;
    int64_t *allowance;
};

/* The best of what ends before `start`, or NULL. */
static const struct best *best_before(const struct bests *bests, uint32_t start)
{
    size_t low = 0, high = bests->len;
    if (high && bests->item[high - 1].end < start)
        low = high;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (bests->item[middle].end < start)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? &bests->item[low - 1] : NULL;
}

/* Forgets what no place that is still to come needs. */
static void forget_old(struct bests *bests, uint32_t end, uint32_t longest)
{
    const struct best *last = best_before(bests, end >= longest ? end - longest + 1 : 0);
    size_t old = last ? (size_t)(last - bests->item) : 0;
    if (old) {
        memmove(bests->item, bests->item + old, (bests->len - old) * sizeof *bests->item);
        bests->len -= old;
    }
}

static int add_best(struct walk *walk, size_t to, const struct best *best, struct pm_error *err)
{
    struct bests *bests = &walk->state[to];
    if (bests->len && bests->item[bests->len - 1].less_end <= best->less_end)
        return 0;
    if (bests->len == bests->cap)
        forget_old(bests, best->end, walk->longest);
    struct best *grown = make_room(bests->item, bests->len, &bests->cap, sizeof *grown, err);
    if (!grown)
        return -1;
    bests->item = grown;
    bests->item[bests->len++] = *best;
    return 0;
}

/* The place `x` continues what is in the state `from`, or begins. */
static int take(struct walk *walk, const struct pm_place *x, size_t from, struct pm_error *err)
{
    int64_t between = 0;
    uint32_t start = x->start;
    if (from) {
        const struct best *best = best_before(&walk->state[from], x->start);
        if (!best)
            return 0;
        between = best->less_end + (int64_t)x->start - 1;
        start = best->start;
    } else if (walk->anchored && start != walk->anchor) {
        return 0;
    }
    if (between > (int64_t)walk->spans->distance)
        return 0;
    bool phrase = walk->spans->kind == PM_SPANS_PHRASE;
    size_t to = phrase ? from + 1 : from | (size_t)1 << x->child;
    if (to != walk->full)
        return add_best(walk, to, &(struct best){start, x->end, between - (int64_t)x->end}, err);
    walk->found = true;
    if (!walk->out)
        return 0;
    *walk->allowance -= KEEP_COST;
    return pm_places_add(walk->out, start, x->end, 0, err);
}

/* Walks from item `i` on, up to the end `last`; stops when the allowance is used up. */
static int walk_from(struct walk *walk, size_t i, uint32_t last, struct pm_error *err)
{
    const struct pm_places *list = walk->list;
    for (; i < list->len && list->item[i].end <= last && *walk->allowance > 0; i++) {
        const struct pm_place *x = &list->item[i];
        --*walk->allowance;
        if (walk->spans->kind == PM_SPANS_PHRASE) {
            if (take(walk, x, x->child, err))
                return -1;
        } else {
            *walk->allowance -= (int64_t)walk->states;
            for (size_t from = 0; from < walk->states; from++)
                if (!(from >> x->child & 1) && take(walk, x, from, err))
                    return -1;
        }
        if (walk->found && !walk->out)
            return 0;
    }
    return 0;
}

/* One walk that begins anywhere: of the places that end together it keeps those it prefers. */
static int walk_once(struct walk *walk, struct pm_error *err)
{
    walk->anchored = false;
    return walk_from(walk, 0, UINT32_MAX, err);
}

static int compare_numbers(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* A walk from each beginning. */
static int walk_all(struct walk *walk, struct pm_error *err)
{
    const struct pm_places *list = walk->list;
    uint64_t reach = walk->spans->distance + (uint64_t)walk->longest * walk->spans->children;
    uint32_t *start = calloc(list->len + 1, sizeof *start);
    int rc = start ? 0 : pm_fail_nomem(err);
    walk->anchored = true;
    for (size_t i = 0; !rc && i < list->len; i++)
        start[i] = list->item[i].start;
    if (!rc)
        qsort(start, list->len, sizeof *start, compare_numbers);
    for (size_t i = 0, from = 0; !rc && i<list->len && * walk->allowance> 0; i++) {
        if (i && start[i] == start[i - 1])
            continue;
        walk->anchor = start[i];
        while (list->item[from].end < start[i])
            from++;
        for (size_t j = 0; j < walk->states; j++)
            walk->state[j].len = 0;
        *walk->allowance -= (int64_t)walk->states;
        uint64_t last = start[i] + reach;
        rc = walk_from(walk, from, last < UINT32_MAX ? (uint32_t)last : UINT32_MAX, err);
    }
    free(start);
    return rc;
}

/* ---- windows ---- */

static int compare_starts(const void *left, const void *right)
{
    const struct pm_place *a = left, *b = right;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return compare_places(left, right);
}

static int64_t length(const struct pm_place *place)
{
    return (int64_t)place->end - place->start + 1;
}

/* The smallest window for each last place in it, whether or not places in it overlap. */
static int find_windows(struct walk *walk, struct pm_places *list, struct pm_error *err)
{
    size_t children = walk->spans->children, met = 0, first = 0;
    size_t *latest = calloc(children, sizeof *latest); /* place of each child, from 1 */
    int64_t needed = 0;
    int rc = latest ? 0 : pm_fail_nomem(err);
    qsort(list->item, list->len, sizeof *list->item, compare_starts);
    for (size_t i = 0; !rc && i < list->len && (walk->out || !walk->found); i++) {
        const struct pm_place *x = &list->item[i];
        size_t *mine = &latest[x->child];
        needed += length(x) - (*mine ? length(&list->item[*mine - 1]) : 0);
        met += !*mine;
        *mine = i + 1;
        while (latest[list->item[first].child] != first + 1)
            first++;
        struct pm_place window = {list->item[first].start, x->end, 0};
        if (met < children || length(&window) - needed > (int64_t)walk->spans->distance)
            continue;
        walk->found = true;
        if (walk->out)
            rc = pm_places_add(walk->out, window.start, window.end, 0, err);
    }
    free(latest);
    return rc;
}

/* ---- all together ---- */

static int walk_init(struct walk *walk, struct pm_error *err)
{
    size_t children = walk->spans->children;
    bool phrase = walk->spans->kind == PM_SPANS_PHRASE;
    walk->states = phrase ? children : ((size_t)1 << children) - 1;
    walk->full = walk->states;
    walk->state = calloc(walk->states, sizeof *walk->state);
    for (size_t i = 0; i < walk->list->len; i++)
        if (length(&walk->list->item[i]) > walk->longest)
            walk->longest = (uint32_t)length(&walk->list->item[i]);
    return walk->state ? 0 : pm_fail_nomem(err);
}

static void walk_release(struct walk *walk)
{
    for (size_t i = 0; walk->state && i < walk->states; i++)
        free(walk->state[i].item);
    free(walk->state);
}

/* A walk that takes its time: over a phrase it does not need much. */
static int walk_patiently(struct walk *walk, struct pm_error *err)
{
    int64_t enough = INT64_MAX;
    walk->allowance = &enough; /* cppcheck-suppress autoVariables */
    for (size_t i = 0; i < walk->states; i++)
        walk->state[i].len = 0;
    int rc = walk_once(walk, err);
    walk->allowance = NULL;
    return rc;
}

static int join(struct walk *walk, struct pm_places *list, struct pm_error *err)
{
    bool phrase = walk->spans->kind == PM_SPANS_PHRASE;
    if (!phrase && walk->spans->children > NEAR_MAX)
        return find_windows(walk, list, err);
    if (walk_init(walk, err))
        return -1;
    if (phrase && !walk->out)
        return walk_patiently(walk, err);
    if (walk->out ? walk_all(walk, err) : walk_once(walk, err))
        return -1;
    if (*walk->allowance > 0 || (walk->found && !walk->out))
        return 0;
    walk->found = false;
    if (walk->out)
        walk->out->len = 0;
    return phrase ? walk_patiently(walk, err) : find_windows(walk, list, err);
}

int pm_places_join(const struct pm_spans *spans, struct pm_places *places, struct pm_places *out,
                   int64_t *allowance, struct pm_error *err)
{
    struct walk walk = {.spans = spans, .list = places, .out = out, .allowance = allowance};
    int rc = join(&walk, places, err);
    walk_release(&walk);
    if (!rc && out)
        pm_places_sort(out);
    return rc ? rc : walk.found;
}
