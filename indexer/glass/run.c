#include "run.h"

#include <stdlib.h>

#define AHEAD 4 /* terms, between two steps of looking ahead */

void run_memory_release(struct run_memory *memory)
{
    arena_release(&memory->arena);
    terms_release(&memory->terms);
    free(memory->sorted);
    *memory = (struct run_memory){0};
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

/* Of each term its length, bytes, and postings. */
int run_write(const struct run_memory *memory, struct spool *file, struct pm_error *err)
{
    struct writing writing = {file, err};
    const struct term **sorted = terms_sorted(&memory->terms, err);
    int rc = sorted ? 0 : -1;
    for (size_t i = 0; !rc && i < memory->terms.len; i++) {
        const struct term *term = sorted[i];
        rc = spool_add_varint(file, term->len, err) ||
                     spool_add(file, memory->terms.text.data + term->text, term->len, err) ||
                     spool_add_varint(file, term->postings.len, err) ||
                     arena_each(&memory->arena, &term->postings, write_piece, &writing)
                 ? -1
                 : 0;
    }
    free(sorted);
    return rc;
}

/* ---- reading ---- */

void run_open(struct run *run, const struct spool *file, uint64_t from, uint64_t end)
{
    *run = (struct run){0};
    spool_read(&run->reader, file, from, end);
}

void run_open_memory(struct run *run, const struct run_memory *memory)
{
    *run = (struct run){.memory = memory};
}

void run_close(struct run *run)
{
    if (!run->memory)
        spool_reader_release(&run->reader);
    pm_buf_release(&run->term);
    pm_buf_release(&run->gathered);
}

static uint64_t place(const struct run *run)
{
    return run->reader.next - (run->reader.len - run->reader.at);
}

static int next_of_file(struct run *run, struct pm_error *err)
{
    uint64_t len;
    if (!spool_more(&run->reader))
        return 0;
    if (spool_varint(&run->reader, &len, err))
        return -1;
    const char *bytes = spool_bytes(&run->reader, (size_t)len, err);
    if (!bytes)
        return -1;
    pm_buf_add(&run->term, bytes, (size_t)len);
    if (spool_varint(&run->reader, &len, err))
        return -1;
    run->end = place(run) + len;
    return 1;
}

static int gather(const void *bytes, size_t len, void *arg)
{
    pm_buf_add(arg, bytes, len);
    return 0;
}

static int next_in_memory(struct run *run)
{
    const struct terms *terms = &run->memory->terms;
    const struct arena *arena = &run->memory->arena;
    const struct term *const *sorted = run->memory->sorted;
    if (run->next == terms->len)
        return 0;
    if (run->next + 2 * AHEAD < terms->len)
        __builtin_prefetch(sorted[run->next + 2 * AHEAD]);
    if (run->next + AHEAD < terms->len)
        arena_prefetch_first(arena, &sorted[run->next + AHEAD]->postings);
    const struct term *term = sorted[run->next++];
    pm_buf_add(&run->term, terms->text.data + term->text, term->len);
    pm_buf_clear(&run->gathered);
    arena_each(arena, &term->postings, gather, &run->gathered);
    run->end = run->gathered.len;
    spool_read_memory(&run->reader, run->gathered.data, run->gathered.len);
    return 1;
}

int run_next_term(struct run *run, struct pm_error *err)
{
    pm_buf_clear(&run->term);
    run->posting = (struct posting){0};
    int rc = run->memory ? next_in_memory(run) : next_of_file(run, err);
    return run->term.failed || run->gathered.failed ? pm_fail_nomem(err) : rc;
}

int run_next_posting(struct run *run, struct pm_error *err)
{
    uint64_t gap, wdf, len;
    struct posting *posting = &run->posting;
    if (place(run) >= run->end)
        return 0;
    if (spool_varint(&run->reader, &gap, err) || spool_varint(&run->reader, &wdf, err) ||
        spool_varint(&run->reader, &len, err))
        return -1;
    posting->docid += (uint32_t)gap;
    posting->wdf = (uint32_t)wdf;
    posting->len = (size_t)len;
    posting->positions = spool_bytes(&run->reader, posting->len, err);
    return posting->positions ? 1 : -1;
}
