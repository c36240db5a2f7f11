#include "inverter.h"

#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "array.h"
#include "pack.h"
#include "positions.h"
#include "spool.h"
#include "terms.h"

#define AHEAD 4 /* terms, between two steps of looking ahead */

struct inverter {
    struct spool file;
    size_t memory;
    struct arena arena;
    struct terms terms;
    uint64_t *run; /* where each run begins in the file */
    size_t runs;
    const struct term **sorted; /* in the end, unless there are runs */
};

struct inverter *inverter_new(const char *folder, size_t memory, struct pm_error *err)
{
    struct inverter *inverter = calloc(1, sizeof *inverter);
    if (!inverter) {
        pm_fail_nomem(err);
        return NULL;
    }
    inverter->memory = memory < ARENA_MAX ? memory : ARENA_MAX;
    if (spool_init(&inverter->file, folder, "postings", err)) {
        inverter_free(inverter);
        return NULL;
    }
    return inverter;
}

void inverter_free(struct inverter *inverter)
{
    if (!inverter)
        return;
    spool_release(&inverter->file);
    arena_release(&inverter->arena);
    terms_release(&inverter->terms);
    free(inverter->run);
    free(inverter->sorted);
    free(inverter);
}

size_t inverter_runs(const struct inverter *inverter)
{
    return inverter->runs;
}

struct writing {
    struct spool *file;
    struct pm_error *err;
};

static int write_piece(const void *bytes, size_t len, void *arg)
{
    const struct writing *writing = arg;
    return spool_add(writing->file, bytes, len, writing->err);
}

/* Writes a run of all that is in memory: of each term its length, bytes, and postings. */
static int write_run(struct inverter *inverter, struct pm_error *err)
{
    struct writing writing = {&inverter->file, err};
    uint64_t *grown = pm_array_room(inverter->run, inverter->runs, sizeof *grown);
    if (!grown)
        return pm_fail_nomem(err);
    inverter->run = grown;
    inverter->run[inverter->runs++] = inverter->file.len;
    const struct term **sorted = terms_sorted(&inverter->terms, err);
    int rc = sorted ? 0 : -1;
    for (size_t i = 0; !rc && i < inverter->terms.len; i++) {
        const struct term *term = sorted[i];
        rc = spool_add_varint(&inverter->file, term->len, err) ||
                     spool_add(&inverter->file, inverter->terms.text.data + term->text, term->len,
                               err) ||
                     spool_add_varint(&inverter->file, term->postings.len, err) ||
                     arena_each(&inverter->arena, &term->postings, write_piece, &writing)
                 ? -1
                 : 0;
    }
    free(sorted);
    arena_release(&inverter->arena);
    terms_release(&inverter->terms);
    return rc;
}

struct inverter_term inverter_pack(struct pm_buf *out, struct inverter_room *room,
                                   const struct pm_db_term *term)
{
    pm_buf_clear(&room->packed);
    pm_buf_add(out, term->text, term->len);
    if (term->positions)
        positions_pack(&room->packed, &room->gaps, term->position, term->positions);
    out->failed |= room->packed.failed;
    pm_pack_varint(out, term->wdf);
    pm_pack_string(out, room->packed.data, room->packed.len);
    return (struct inverter_term){term->hash, (uint32_t)term->len, (uint32_t)out->len};
}

void inverter_room_release(struct inverter_room *room)
{
    pm_buf_release(&room->packed);
    pm_buf_release(&room->gaps);
}

/* Adds what is packed from `packed` to `end`. */
static int add_posting(struct inverter *inverter, uint32_t docid, const struct inverter_term *of,
                       const char *packed, const char *end, struct pm_error *err)
{
    struct term *term = terms_find(&inverter->terms, packed, of->len, of->hash, err);
    const char *posting = packed + of->len;
    unsigned char gap[PM_PACK_VARINT_MAX];
    if (!term)
        return -1;
    size_t gap_len = pm_pack_varint_at(gap, docid - term->docid);
    term->docid = docid;
    return arena_add(&inverter->arena, &term->postings, gap, gap_len, err) ||
                   arena_add(&inverter->arena, &term->postings, posting, (size_t)(end - posting),
                             err)
               ? -1
               : 0;
}

/*
 * Asks for the memory that terms further on will need: nearly all of the time of adding a posting
 * is to wait for it.
 */
static void look_ahead(const struct inverter *inverter, const struct inverter_term *term,
                       size_t left)
{
    const struct term *found;
    if (left > 3 * AHEAD)
        terms_prefetch_slot(&inverter->terms, term[3 * AHEAD].hash);
    if (left > 2 * AHEAD && (found = terms_guess(&inverter->terms, term[2 * AHEAD].hash)))
        __builtin_prefetch(found, 1);
    if (left > AHEAD && (found = terms_guess(&inverter->terms, term[AHEAD].hash))) {
        __builtin_prefetch(inverter->terms.text.data + found->text);
        arena_prefetch(&inverter->arena, &found->postings);
    }
}

int inverter_add(struct inverter *inverter, uint32_t docid, const struct inverter_term *term,
                 size_t n, const char *packed, struct pm_error *err)
{
    for (size_t i = 0, at = 0; i < n; at = term[i++].end) {
        look_ahead(inverter, term + i, n - i);
        if (add_posting(inverter, docid, &term[i], packed + at, packed + term[i].end, err))
            return -1;
    }
    if (arena_bytes(&inverter->arena) + terms_bytes(&inverter->terms) > inverter->memory)
        return write_run(inverter, err);
    return 0;
}

/* ---- reading ---- */

/* Terms in their order, at the postings of one: those of a run, or those in memory. */
struct run {
    struct spool_reader reader;
    const struct inverter *inverter; /* of which `next` is the next term; NULL for a run */
    size_t next;
    struct pm_buf term;
    size_t len;             /* bytes of its postings, which `reader` begins with */
    struct pm_buf gathered; /* where they are if it is in memory */
    bool ended;
};

static int next_of_file(struct run *run, struct pm_error *err)
{
    uint64_t len;
    run->ended = !spool_more(&run->reader);
    if (run->ended)
        return 0;
    if (spool_varint(&run->reader, &len, err))
        return -1;
    const char *bytes = spool_bytes(&run->reader, (size_t)len, err);
    if (!bytes)
        return -1;
    pm_buf_add(&run->term, bytes, (size_t)len);
    if (spool_varint(&run->reader, &len, err))
        return -1;
    run->len = (size_t)len;
    return 0;
}

static int gather(const void *bytes, size_t len, void *arg)
{
    pm_buf_add(arg, bytes, len);
    return 0;
}

static void next_in_memory(struct run *run)
{
    const struct inverter *inverter = run->inverter;
    const struct terms *terms = &inverter->terms;
    run->ended = run->next == terms->len;
    if (run->ended)
        return;
    if (run->next + 2 * AHEAD < terms->len)
        __builtin_prefetch(inverter->sorted[run->next + 2 * AHEAD]);
    if (run->next + AHEAD < terms->len)
        arena_prefetch_first(&inverter->arena, &inverter->sorted[run->next + AHEAD]->postings);
    const struct term *term = inverter->sorted[run->next++];
    pm_buf_add(&run->term, terms->text.data + term->text, term->len);
    pm_buf_clear(&run->gathered);
    arena_each(&inverter->arena, &term->postings, gather, &run->gathered);
    run->len = run->gathered.len;
    spool_read_memory(&run->reader, &inverter->file, run->gathered.data, run->len);
}

/* Goes on to the next term. */
static int next_term(struct run *run, struct pm_error *err)
{
    pm_buf_clear(&run->term);
    if (run->inverter)
        next_in_memory(run);
    else if (next_of_file(run, err))
        return -1;
    return run->term.failed || run->gathered.failed ? pm_fail_nomem(err) : 0;
}

static uint64_t place(const struct spool_reader *reader)
{
    return reader->next - (reader->len - reader->at);
}

/* One by one, since those of all runs might be more than the memory. */
static int read_postings(struct run *run, const struct inverter_reader *to, struct pm_error *err)
{
    struct inverter_posting posting = {0};
    uint64_t gap, wdf, bytes, end = place(&run->reader) + run->len;
    while (place(&run->reader) < end) {
        if (spool_varint(&run->reader, &gap, err) || spool_varint(&run->reader, &wdf, err) ||
            spool_varint(&run->reader, &bytes, err))
            return -1;
        posting.docid += (uint32_t)gap;
        posting.wdf = (uint32_t)wdf;
        posting.len = (size_t)bytes;
        posting.positions = spool_bytes(&run->reader, posting.len, err);
        if (!posting.positions || to->posting(&posting, to->arg, err))
            return -1;
    }
    return 0;
}

static bool same_term(const struct run *a, const char *term, size_t len)
{
    return !a->ended && a->term.len == len && !memcmp(a->term.data, term, len);
}

/* The first of the runs that have the least term, or NULL at the end of all. */
static struct run *least_of(struct run *run, size_t n)
{
    struct run *least = NULL;
    for (size_t i = 0; i < n; i++) {
        if (run[i].ended)
            continue;
        int order = -1;
        if (least) {
            size_t len = run[i].term.len < least->term.len ? run[i].term.len : least->term.len;
            order = memcmp(run[i].term.data, least->term.data, len);
            if (!order)
                order = run[i].term.len < least->term.len ? -1 : 1;
        }
        if (order < 0)
            least = &run[i];
    }
    return least;
}

/* Documents rise from run to run, so the postings of a term are those of the runs in order. */
static int merge(struct run *run, size_t n, const struct inverter_reader *to, struct pm_error *err)
{
    struct pm_buf term = PM_BUF_INIT;
    struct run *least;
    int rc = 0;
    while (!rc && (least = least_of(run, n))) {
        pm_buf_clear(&term);
        pm_buf_add(&term, least->term.data, least->term.len);
        rc = term.failed ? pm_fail_nomem(err) : to->begin(term.data, term.len, to->arg, err);
        for (size_t i = 0; !rc && i < n; i++)
            if (same_term(&run[i], term.data, term.len))
                rc = read_postings(&run[i], to, err) || next_term(&run[i], err) ? -1 : 0;
        if (!rc)
            rc = to->end(to->arg, err);
    }
    pm_buf_release(&term);
    return rc;
}

int inverter_end(struct inverter *inverter, struct pm_error *err)
{
    if (inverter->runs)
        return (inverter->terms.len && write_run(inverter, err)) ||
                       spool_flush(&inverter->file, err)
                   ? -1
                   : 0;
    inverter->sorted = terms_sorted(&inverter->terms, err);
    return inverter->sorted ? 0 : -1;
}

/* Begins with all runs, or what is in memory, each at its first term. */
static int begin_runs(const struct inverter *inverter, struct run *run, struct pm_error *err)
{
    if (!inverter->runs)
        run->inverter = inverter;
    for (size_t i = 0; i < inverter->runs; i++) {
        uint64_t end = i + 1 < inverter->runs ? inverter->run[i + 1] : inverter->file.len;
        spool_read(&run[i].reader, &inverter->file, inverter->run[i], end);
        if (next_term(&run[i], err))
            return -1;
    }
    return inverter->runs ? 0 : next_term(run, err);
}

int inverter_read(const struct inverter *inverter, const struct inverter_reader *reader,
                  struct pm_error *err)
{
    size_t n = inverter->runs ? inverter->runs : 1;
    struct run *run = calloc(n, sizeof *run);
    if (!run)
        return pm_fail_nomem(err);
    int rc = begin_runs(inverter, run, err) || merge(run, n, reader, err) ? -1 : 0;
    for (size_t i = 0; i < n; i++) {
        if (!run[i].inverter)
            spool_reader_release(&run[i].reader);
        pm_buf_release(&run[i].term);
        pm_buf_release(&run[i].gathered);
    }
    free(run);
    return rc;
}
