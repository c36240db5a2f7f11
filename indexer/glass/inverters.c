#include "inverters.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int inverters_init(struct inverters *inverters, const char *folder, size_t n, size_t memory,
                   struct pm_error *err)
{
    *inverters = (struct inverters){.inverter = calloc(n, sizeof *inverters->inverter)};
    if (!inverters->inverter)
        return pm_fail_nomem(err);
    for (; inverters->len < n; inverters->len++) {
        char name[40];
        snprintf(name, sizeof name, "postings-%zu", inverters->len);
        struct inverter *inverter = inverter_new(folder, name, memory / n, err);
        if (!inverter)
            return -1;
        inverters->inverter[inverters->len] = inverter;
    }
    return 0;
}

void inverters_release(struct inverters *inverters)
{
    for (size_t i = 0; i < inverters->len; i++)
        inverter_free(inverters->inverter[i]);
    free(inverters->inverter);
    *inverters = (struct inverters){0};
}

uint32_t inverters_documents(const struct inverters *inverters)
{
    uint32_t documents = 0;
    for (size_t i = 0; i < inverters->len; i++)
        documents += inverter_documents(inverters->inverter[i]);
    return documents;
}

size_t inverters_written(const struct inverters *inverters)
{
    size_t written = 0;
    for (size_t i = 0; i < inverters->len; i++)
        written += inverter_written(inverters->inverter[i]);
    return written;
}

int inverters_end(struct inverters *inverters, struct pm_error *err)
{
    for (size_t i = 0; i < inverters->len; i++)
        if (inverter_end(inverters->inverter[i], err))
            return -1;
    return 0;
}

/* ---- runs in a heap: the first is the least ---- */

struct heap {
    struct run **run;
    size_t len;
    bool (*less)(const struct run *a, const struct run *b);
};

static void sift_down(struct heap *heap)
{
    struct run **run = heap->run, *moved = run[0];
    size_t at = 0, child;
    while ((child = 2 * at + 1) < heap->len) {
        if (child + 1 < heap->len && heap->less(run[child + 1], run[child]))
            child++;
        if (!heap->less(run[child], moved))
            break;
        run[at] = run[child];
        at = child;
    }
    run[at] = moved;
}

static void heap_add(struct heap *heap, struct run *added)
{
    size_t at = heap->len++;
    for (; at && heap->less(added, heap->run[(at - 1) / 2]); at = (at - 1) / 2)
        heap->run[at] = heap->run[(at - 1) / 2];
    heap->run[at] = added;
}

static struct run *heap_take(struct heap *heap)
{
    struct run *first = heap->run[0];
    heap->run[0] = heap->run[--heap->len];
    if (heap->len)
        sift_down(heap);
    return first;
}

/* ---- merging ---- */

static int compare_terms(const struct run *a, const struct run *b)
{
    size_t len = a->term.len < b->term.len ? a->term.len : b->term.len;
    int order = memcmp(a->term.data, b->term.data, len);
    return order ? order : (a->term.len > b->term.len) - (a->term.len < b->term.len);
}

static bool less_by_term(const struct run *a, const struct run *b)
{
    return compare_terms(a, b) < 0;
}

static bool less_by_docid(const struct run *a, const struct run *b)
{
    return a->posting.docid < b->posting.docid;
}

/* Runs before a term, and those of them that are at the next. */
struct merge {
    struct heap terms;    /* of all that have not ended, by their term */
    struct heap postings; /* of all that have postings of the term left, by their document */
    struct run **same;    /* all that have the term */
    size_t same_len;
    const struct inverters_reader *to;
};

static int add_if(struct heap *heap, int more, struct run *run)
{
    if (more > 0)
        heap_add(heap, run);
    return more < 0 ? -1 : 0;
}

/* Takes all runs with the least term. */
static int take_term(struct merge *merge, struct pm_error *err)
{
    merge->same_len = 0;
    do {
        struct run *run = heap_take(&merge->terms);
        merge->same[merge->same_len++] = run;
        if (add_if(&merge->postings, run_next_posting(run, err), run))
            return -1;
    } while (merge->terms.len && !compare_terms(merge->same[0], merge->terms.run[0]));
    return 0;
}

/* No document is in two runs. */
static int read_postings(struct merge *merge, struct pm_error *err)
{
    struct heap *heap = &merge->postings;
    while (heap->len) {
        struct run *run = heap->run[0];
        if (merge->to->posting(&run->posting, merge->to->arg, err))
            return -1;
        int more = run_next_posting(run, err);
        if (more < 0)
            return -1;
        if (!more)
            heap_take(heap);
        else if (heap->len > 1)
            sift_down(heap);
    }
    return 0;
}

static int read_term(struct merge *merge, struct pm_error *err)
{
    const struct inverters_reader *to = merge->to;
    if (take_term(merge, err))
        return -1;
    const struct pm_buf *term = &merge->same[0]->term;
    if (to->begin(term->data, term->len, to->arg, err) || read_postings(merge, err) ||
        to->end(to->arg, err))
        return -1;
    for (size_t i = 0; i < merge->same_len; i++)
        if (add_if(&merge->terms, run_next_term(merge->same[i], err), merge->same[i]))
            return -1;
    return 0;
}

static int merge_runs(struct merge *merge, struct run *run, size_t n, struct pm_error *err)
{
    for (size_t i = 0; i < n; i++)
        if (add_if(&merge->terms, run_next_term(&run[i], err), &run[i]))
            return -1;
    while (merge->terms.len)
        if (read_term(merge, err))
            return -1;
    return 0;
}

int inverters_read(const struct inverters *inverters, const struct inverters_reader *reader,
                   struct pm_error *err)
{
    size_t n = 0, opened = 0;
    for (size_t i = 0; i < inverters->len; i++)
        n += inverter_runs(inverters->inverter[i]);
    struct run *run = calloc(n, sizeof *run);
    struct run **room = calloc(3 * n, sizeof(struct run *));
    int rc = run && room ? 0 : pm_fail_nomem(err);
    for (size_t i = 0; !rc && i < inverters->len; i++) {
        inverter_open(inverters->inverter[i], run + opened);
        opened += inverter_runs(inverters->inverter[i]);
    }
    if (!rc) {
        struct merge merge = {.terms = {room, 0, less_by_term},
                              .postings = {room + n, 0, less_by_docid},
                              .same = room + 2 * n,
                              .to = reader};
        rc = merge_runs(&merge, run, n, err);
    }
    for (size_t i = 0; i < opened; i++)
        run_close(&run[i]);
    free(run);
    free(room);
    return rc;
}
