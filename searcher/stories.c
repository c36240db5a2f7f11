#include "stories.h"

#include <stdlib.h>
#include <string.h>

#include "sketch.h"

/*
 * Candidates come of locality-sensitive hashing (Indyk and Motwani 1998): a sketch is cut into
 * bands, and two are compared if some band of theirs is the same.  How many are compared is
 * bounded, so a million sketches with one band in common cost a million steps and not their
 * square.  docs/STORIES.md has the measurements that chose these numbers.
 */
#define SAME 0.6 /* resemblance from which two are one story */
enum {
    BAND = 3, /* bytes of a band */
    BANDS = PM_SKETCH_BYTES / BAND,
    NEIGHBOURS = 32, /* that one sketch is compared with among those with its band */
};

/*
 * The sketches in the order of their bytes, each once: what is done with them in this order
 * does not depend on the order of the articles.
 */
struct stories {
    const unsigned char *const *sketch; /* of the articles */
    uint32_t *article;                  /* those that have one, by sketch */
    size_t articles;
    const unsigned char **kind; /* the different ones */
    uint32_t *parent;           /* of a kind: union-find, the least of a set is its root */
    uint32_t *number;           /* of the story of a root, or UINT32_MAX */
    size_t kinds;
    uint64_t *row, *spare; /* one a kind: its band, and below it its number */
};

static void release(struct stories *s)
{
    free(s->article);
    free(s->kind);
    free(s->parent);
    free(s->number);
    free(s->row);
    free(s->spare);
}

static int allocate(struct stories *s, size_t n, struct pm_error *err)
{
    size_t some = n ? n : 1;
    s->article = calloc(some, sizeof *s->article);
    s->kind = calloc(some, sizeof *s->kind);
    s->parent = calloc(some, sizeof *s->parent);
    s->number = calloc(some, sizeof *s->number);
    s->row = calloc(some, sizeof *s->row);
    s->spare = calloc(some, sizeof *s->spare);
    if (!s->article || !s->kind || !s->parent || !s->number || !s->row || !s->spare)
        return pm_fail_nomem(err);
    return 0;
}

static int compare_sketches(const void *a, const void *b, void *sketches)
{
    const unsigned char *const *sketch = sketches;
    return memcmp(sketch[*(const uint32_t *)a], sketch[*(const uint32_t *)b], PM_SKETCH_BYTES);
}

/* Finds the different sketches; story[i] becomes the kind of article i. */
static void find_kinds(struct stories *s, size_t n, uint32_t *story)
{
    for (size_t i = 0; i < n; i++)
        if (s->sketch[i])
            s->article[s->articles++] = (uint32_t)i;
    qsort_r(s->article, s->articles, sizeof *s->article, compare_sketches, (void *)s->sketch);
    for (size_t i = 0; i < s->articles; i++) {
        const unsigned char *sketch = s->sketch[s->article[i]];
        if (!s->kinds || memcmp(s->kind[s->kinds - 1], sketch, PM_SKETCH_BYTES)) {
            s->parent[s->kinds] = (uint32_t)s->kinds;
            s->kind[s->kinds++] = sketch;
        }
        story[s->article[i]] = (uint32_t)s->kinds - 1;
    }
}

static uint32_t find(uint32_t *parent, uint32_t kind)
{
    while (parent[kind] != kind)
        kind = parent[kind] = parent[parent[kind]];
    return kind;
}

/* Makes one story of two kinds if they resemble each other and are not of one yet. */
static void link_kinds(struct stories *s, uint32_t a, uint32_t b)
{
    uint32_t root_a = find(s->parent, a), root_b = find(s->parent, b);
    if (root_a == root_b || pm_sketch_resemblance(s->kind[a], s->kind[b]) < SAME)
        return;
    s->parent[root_a < root_b ? root_b : root_a] = root_a < root_b ? root_a : root_b;
}

/* Sorts the rows by their bands, keeping the order of kinds: a radix sort, byte by byte. */
static void sort_rows(struct stories *s)
{
    for (int shift = 32; shift < 32 + 8 * BAND; shift += 8) {
        size_t start[257] = {0};
        for (size_t i = 0; i < s->kinds; i++)
            start[(s->row[i] >> shift & 0xff) + 1]++;
        for (size_t c = 1; c < 257; c++)
            start[c] += start[c - 1];
        for (size_t i = 0; i < s->kinds; i++)
            s->spare[start[s->row[i] >> shift & 0xff]++] = s->row[i];
        uint64_t *sorted = s->spare;
        s->spare = s->row;
        s->row = sorted;
    }
}

/* Links each kind with those before it that have this band in common and resemble it. */
static void link_band(struct stories *s, size_t band)
{
    for (size_t i = 0; i < s->kinds; i++) {
        uint64_t key = 0;
        for (size_t b = 0; b < BAND; b++)
            key = key << 8 | s->kind[i][band * BAND + b];
        s->row[i] = key << 32 | i;
    }
    sort_rows(s);
    for (size_t i = 1; i < s->kinds; i++)
        for (size_t back = 1; back <= NEIGHBOURS && back <= i; back++) {
            if (s->row[i - back] >> 32 != s->row[i] >> 32)
                break;
            link_kinds(s, (uint32_t)s->row[i - back], (uint32_t)s->row[i]);
        }
}

int pm_stories_find(const unsigned char *const *sketch, size_t n, uint32_t *story,
                    uint32_t *stories, struct pm_error *err)
{
    struct stories s = {.sketch = sketch};
    uint32_t next = 0;
    int rc = -1;
    if (n >= UINT32_MAX) {
        pm_fail(err, PM_ERR_USAGE, "too many articles to find stories in: %zu", n);
        goto out;
    }
    if (allocate(&s, n, err))
        goto out;
    find_kinds(&s, n, story);
    for (size_t band = 0; band < BANDS; band++)
        link_band(&s, band);
    for (size_t i = 0; i < s.kinds; i++)
        s.number[i] = UINT32_MAX;
    for (size_t i = 0; i < n; i++) {
        uint32_t *number = sketch[i] ? &s.number[find(s.parent, story[i])] : NULL;
        if (number && *number == UINT32_MAX)
            *number = next++;
        story[i] = number ? *number : next++;
    }
    *stories = next;
    rc = 0;
out:
    release(&s);
    return rc;
}
