#include "inverter.h"

#include <stdlib.h>

#include "array.h"
#include "pack.h"
#include "positions.h"

#define AHEAD 4 /* terms, between two steps of looking ahead */

struct inverter {
    size_t limit; /* bytes of memory */
    struct run_memory memory;
    struct spool file;
    uint64_t *run; /* where each run begins in the file */
    size_t runs;
    uint32_t documents;            /* added */
    struct pm_buf positions, gaps; /* to pack positions in */
};

struct inverter *inverter_new(const char *folder, const char *name, size_t memory,
                              struct pm_error *err)
{
    struct inverter *inverter = calloc(1, sizeof *inverter);
    if (!inverter) {
        pm_fail_nomem(err);
        return NULL;
    }
    inverter->limit = memory < ARENA_MAX ? memory : ARENA_MAX;
    if (spool_init(&inverter->file, folder, name, err)) {
        inverter_free(inverter);
        return NULL;
    }
    return inverter;
}

void inverter_free(struct inverter *inverter)
{
    if (!inverter)
        return;
    run_memory_release(&inverter->memory);
    spool_release(&inverter->file);
    pm_buf_release(&inverter->positions);
    pm_buf_release(&inverter->gaps);
    free(inverter->run);
    free(inverter);
}

uint32_t inverter_documents(const struct inverter *inverter)
{
    return inverter->documents;
}

size_t inverter_written(const struct inverter *inverter)
{
    return inverter->runs;
}

static int write_run(struct inverter *inverter, struct pm_error *err)
{
    uint64_t *grown = pm_array_room(inverter->run, inverter->runs, sizeof *grown);
    if (!grown)
        return pm_fail_nomem(err);
    inverter->run = grown;
    inverter->run[inverter->runs++] = inverter->file.len;
    int rc = run_write(&inverter->memory, &inverter->file, err);
    run_memory_release(&inverter->memory);
    return rc;
}

static int add_posting(struct inverter *inverter, uint32_t docid, const struct pm_db_term *of,
                       struct pm_error *err)
{
    unsigned char head[3 * PM_PACK_VARINT_MAX];
    struct pm_buf *positions = &inverter->positions;
    struct arena *arena = &inverter->memory.arena;
    struct term *term = terms_find(&inverter->memory.terms, of->text, of->len, of->hash, err);
    if (!term)
        return -1;
    pm_buf_clear(positions);
    if (of->positions)
        positions_pack(positions, &inverter->gaps, of->position, of->positions);
    if (positions->failed)
        return pm_fail_nomem(err);
    size_t len = pm_pack_varint_at(head, docid - term->docid);
    len += pm_pack_varint_at(head + len, of->wdf);
    len += pm_pack_varint_at(head + len, positions->len);
    term->docid = docid;
    return arena_add(arena, &term->postings, head, len, err) ||
                   arena_add(arena, &term->postings, positions->data, positions->len, err)
               ? -1
               : 0;
}

/*
 * Asks for the memory that terms further on will need: nearly all of the time of adding a posting
 * is to wait for it.
 */
static void look_ahead(const struct run_memory *memory, const struct pm_db_term *term, size_t left)
{
    const struct term *found;
    if (left > 3 * AHEAD)
        terms_prefetch_slot(&memory->terms, term[3 * AHEAD].hash);
    if (left > 2 * AHEAD && (found = terms_guess(&memory->terms, term[2 * AHEAD].hash)))
        __builtin_prefetch(found, 1);
    if (left > AHEAD && (found = terms_guess(&memory->terms, term[AHEAD].hash))) {
        __builtin_prefetch(memory->terms.text.data + found->text);
        arena_prefetch(&memory->arena, &found->postings);
    }
}

int inverter_add(struct inverter *inverter, uint32_t docid, const struct pm_db_term *term, size_t n,
                 struct pm_error *err)
{
    const struct run_memory *memory = &inverter->memory;
    inverter->documents++;
    for (size_t i = 0; i < n; i++) {
        look_ahead(memory, term + i, n - i);
        if (add_posting(inverter, docid, &term[i], err))
            return -1;
    }
    if (arena_bytes(&memory->arena) + terms_bytes(&memory->terms) > inverter->limit)
        return write_run(inverter, err);
    return 0;
}

int inverter_end(struct inverter *inverter, struct pm_error *err)
{
    if (inverter->runs && spool_flush(&inverter->file, err))
        return -1;
    inverter->memory.sorted = terms_sorted(&inverter->memory.terms, err);
    return inverter->memory.sorted ? 0 : -1;
}

size_t inverter_runs(const struct inverter *inverter)
{
    return inverter->runs + 1;
}

void inverter_open(const struct inverter *inverter, struct run *run)
{
    for (size_t i = 0; i < inverter->runs; i++) {
        uint64_t end = i + 1 < inverter->runs ? inverter->run[i + 1] : inverter->file.len;
        run_open(&run[i], &inverter->file, inverter->run[i], end);
    }
    run_open_memory(&run[inverter->runs], &inverter->memory);
}
