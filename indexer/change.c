#include "change.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "merge.h"
#include "sealing.h"
#include "stop.h"

#define MERGE_MIN    4  /* segments that are worth merging */
#define MERGE_FACTOR 4  /* times the batch: no merge in passing is larger */
#define DEAD_SHARE   10 /* a segment a tenth of which is dead is written anew */

/* ---- beginning and end ---- */

static int add_segment(struct change *change, const struct change_segment *segment,
                       struct pm_error *err)
{
    struct change_segment *grown = realloc(change->segment, (change->segments + 1) * sizeof *grown);
    if (!grown)
        return pm_fail_nomem(err);
    change->segment = grown;
    change->segment[change->segments++] = *segment;
    return 0;
}

static int copy_dead(const struct pm_dead *from, struct pm_dead *to, struct pm_error *err)
{
    to->number = malloc((from->len + 1) * sizeof *to->number);
    if (!to->number)
        return pm_fail_nomem(err);
    if (from->len)
        memcpy(to->number, from->number, from->len * sizeof *to->number);
    to->len = from->len;
    to->cap = from->len + 1;
    return 0;
}

/* The number of documents in the shard `i`, dead ones too. */
static int count_documents(const struct change *change, size_t i, uint32_t *documents,
                           struct pm_error *err)
{
    struct pm_db_stats stats;
    struct pm_buf path = PM_BUF_INIT;
    pm_stub_segment_path(change->folder->path, change->folder->stub.segment[i].number, &path);
    const char *paths[] = {pm_buf_str(&path)};
    struct pm_db *db = NULL;
    if (path.failed)
        pm_fail_nomem(err);
    else
        db = pm_db_open(paths, 1, err);
    int rc = db ? pm_db_get_stats(db, &stats, err) : -1;
    *documents = rc ? 0 : stats.documents;
    pm_db_close(db);
    pm_buf_release(&path);
    return rc;
}

int change_begin(struct change *change, struct folder *folder, struct pm_error *err)
{
    const struct pm_stub *stub = &folder->stub;
    *change = (struct change){.folder = folder, .next_segment = stub->next_segment};
    if (!folder->fresh && pm_index_open(&folder->path, 1, &change->before, err))
        return -1;
    for (size_t i = 0; i < stub->segments; i++) {
        struct change_segment segment = {.number = stub->segment[i].number,
                                         .file = stub->segment[i].dead,
                                         .on_disk = change->before.dead[i].len};
        if (count_documents(change, i, &segment.documents, err) ||
            copy_dead(&change->before.dead[i], &segment.dead, err) ||
            add_segment(change, &segment, err)) {
            pm_dead_release(&segment.dead);
            return -1;
        }
    }
    return 0;
}

void change_end(struct change *change)
{
    for (size_t i = 0; i < change->segments; i++)
        pm_dead_release(&change->segment[i].dead);
    free(change->segment);
    pm_index_close(&change->before);
    *change = (struct change){0};
}

/* ---- articles ---- */

bool change_is_live(const struct change *change, uint32_t docid)
{
    uint32_t number;
    size_t shard = pm_db_shard(change->before.db, docid, &number);
    return !pm_dead_has(&change->segment[shard].dead, number);
}

int change_find(const struct change *change, const char *id, uint32_t *docid, struct pm_error *err)
{
    if (!change->before.db)
        return 0;
    int rc = pm_index_find(&change->before, id, docid, err);
    return rc > 0 ? change_is_live(change, *docid) : rc;
}

int change_kill(struct change *change, uint32_t docid, struct pm_error *err)
{
    uint32_t number;
    size_t shard = pm_db_shard(change->before.db, docid, &number);
    if (pm_dead_add(&change->segment[shard].dead, number, err))
        return -1;
    change->killed++;
    return 0;
}

void change_revive(struct change *change, uint32_t docid)
{
    uint32_t number;
    size_t shard = pm_db_shard(change->before.db, docid, &number);
    pm_dead_remove(&change->segment[shard].dead, number);
    change->killed--;
}

static bool is_touched(const struct change_segment *segment)
{
    return segment->dead.len != segment->on_disk;
}

/* ---- segments ---- */

uint32_t change_new_segment(struct change *change, struct pm_buf *path, struct pm_error *err)
{
    pm_buf_clear(path);
    pm_stub_segment_path(change->folder->path, change->next_segment, path);
    if (path->failed) {
        pm_fail_nomem(err);
        return 0;
    }
    return change->next_segment++;
}

int change_add_segment(struct change *change, uint32_t number, uint32_t documents,
                       struct pm_error *err)
{
    struct change_segment segment = {.number = number, .documents = documents};
    return add_segment(change, &segment, err);
}

static uint32_t live(const struct change_segment *segment)
{
    return segment->documents - (uint32_t)segment->dead.len;
}

/* Takes `n` segments from the one at `first` on out of the next state. */
static void drop_segments(struct change *change, size_t first, size_t n)
{
    struct change_segment *segment = change->segment + first;
    for (size_t i = 0; i < n; i++)
        pm_dead_release(&segment[i].dead);
    memmove(segment, segment + n, (change->segments - first - n) * sizeof *segment);
    change->segments -= n;
}

static void drop_empty(struct change *change)
{
    for (size_t i = change->segments; i > 0; i--)
        if (live(&change->segment[i - 1]) == 0)
            drop_segments(change, i - 1, 1);
}

/* Writes the merged segment to `to`, which must not get damage: its own seal would hide that. */
static int write_merged(const struct change *change, size_t first, size_t n, const char *to,
                        struct pm_error *err)
{
    struct pm_buf paths = PM_BUF_INIT, work = PM_BUF_INIT;
    struct part_alive *part = calloc(n, sizeof *part);
    int rc = -1;
    for (size_t i = 0; i < n; i++) {
        pm_stub_segment_path(change->folder->path, change->segment[first + i].number, &paths);
        pm_buf_addc(&paths, '\0');
    }
    pm_buf_addf(&work, "%s/building-%ld-merge", change->folder->path, (long)getpid());
    if (!part || paths.failed || work.failed) {
        pm_fail_nomem(err);
        goto out;
    }
    const char *path = paths.data;
    for (size_t i = 0; i < n; i++, path += strlen(path) + 1) {
        if (sealing_check_all(path, err))
            goto out;
        part[i] = (struct part_alive){path, &change->segment[first + i].dead};
    }
    rc = merge_segments(part, n, work.data, to, err);
out:
    free(part);
    pm_buf_release(&paths);
    pm_buf_release(&work);
    return rc;
}

/* Replaces `n` segments from the one at `first` on by one without dead. */
static int merge(struct change *change, size_t first, size_t n, struct pm_error *err)
{
    struct pm_buf path = PM_BUF_INIT;
    struct change_segment merged = {.number = change_new_segment(change, &path, err)};
    for (size_t i = 0; i < n; i++)
        merged.documents += live(&change->segment[first + i]);
    int rc =
        merged.number && !stop_check(err) ? write_merged(change, first, n, path.data, err) : -1;
    pm_buf_release(&path);
    if (rc)
        return -1;
    drop_segments(change, first + 1, n - 1);
    pm_dead_release(&change->segment[first].dead);
    change->segment[first] = merged;
    return 0;
}

int change_merge_tiers(struct change *change, uint32_t batch, struct pm_error *err)
{
    uint64_t most = (uint64_t)batch * MERGE_FACTOR, sum = 0;
    size_t first = change->segments;
    drop_empty(change);
    for (size_t i = change->segments; i > 0; i--) {
        sum += change->segment[i - 1].documents; /* the dead have to be deleted, too */
        if (sum > most)
            break;
        first = i - 1;
    }
    if (first < change->segments && change->segments - first >= MERGE_MIN &&
        merge(change, first, change->segments - first, err))
        return -1;
    for (size_t i = 0; i < change->segments; i++) {
        const struct change_segment *segment = &change->segment[i];
        bool rotten = segment->dead.len * DEAD_SHARE >= segment->documents && segment->dead.len;
        if (rotten && segment->documents <= most && merge(change, i, 1, err))
            return -1;
    }
    return 0;
}

int change_merge_all(struct change *change, struct pm_error *err)
{
    drop_empty(change);
    if (change->segments == 0 || (change->segments == 1 && !change->segment[0].dead.len))
        return 0;
    return merge(change, 0, change->segments, err);
}

/* ---- publishing ---- */

/* True if the next state is the one that is published. */
static bool is_unchanged(const struct change *change)
{
    const struct pm_stub *stub = &change->folder->stub;
    if (change->segments != stub->segments || change->files)
        return false;
    for (size_t i = 0; i < change->segments; i++)
        if (change->segment[i].number != stub->segment[i].number || is_touched(&change->segment[i]))
            return false;
    return true;
}

int change_publish(struct change *change, bool *published, struct pm_error *err)
{
    struct pm_stub next = change->folder->stub;
    int rc = 0;
    *published = false;
    drop_empty(change);
    if (is_unchanged(change))
        return 0;
    next.segment = NULL;
    next.segments = 0;
    next.next_segment = change->next_segment;
    for (size_t i = 0; !rc && i < change->segments; i++) {
        struct change_segment *segment = &change->segment[i];
        rc = pm_stub_add_segment(&next, segment->number, err);
        if (!rc) {
            next.segment[i].dead = segment->file;
            if (is_touched(segment))
                rc = folder_write_dead(change->folder, &next.segment[i], &segment->dead, err);
        }
    }
    if (!rc && change->files)
        rc = folder_write_files(change->folder, &next, change->files, err);
    if (!rc)
        rc = stop_check(err);
    if (!rc)
        rc = folder_publish(change->folder, &next, err);
    *published = !rc;
    free(next.segment);
    return rc;
}
