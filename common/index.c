#include "index.h"

#include <stdlib.h>
#include <string.h>

#include "seal.h"

#define TRIES 100 /* each needs a publish in the few milliseconds of an opening */

/* Reads all stubs; *latest becomes the sum of their publish numbers. */
static int read_stubs(const char *const *folders, size_t n, struct pm_index *index,
                      uint64_t *latest, struct pm_error *err)
{
    *latest = 0;
    index->stub = calloc(n, sizeof *index->stub);
    if (!index->stub)
        return pm_fail_nomem(err);
    for (; index->len < n; index->len++) {
        if (pm_stub_read(folders[index->len], &index->stub[index->len], err))
            return -1;
        *latest += index->stub[index->len].publish;
        /* Segments are known by their uuids, which a copy of an index shares. */
        for (size_t i = 0; i < index->len; i++)
            if (!strcmp(index->stub[i].uuid, index->stub[index->len].uuid)) {
                pm_stub_release(&index->stub[index->len]);
                return pm_fail(err, PM_ERR_USAGE,
                               strcmp(folders[index->len], folders[i]) != 0
                                   ? "'%s' is a copy of '%s': they cannot be searched together"
                                   : "'%s' is named twice",
                               folders[index->len], folders[i]);
            }
    }
    return 0;
}

static size_t count_segments(const struct pm_index *index)
{
    size_t segments = 0;
    for (size_t i = 0; i < index->len; i++)
        segments += index->stub[i].segments;
    return segments;
}

/* Opens the segments of all stubs as one database; `sealed`: only if all have their sizes. */
static struct pm_db *open_segments(const char *const *folders, const struct pm_index *index,
                                   bool sealed, struct pm_error *err)
{
    struct pm_db *db = NULL;
    struct pm_buf paths = PM_BUF_INIT;
    size_t n = count_segments(index);
    const char **path = calloc(n + 1, sizeof *path);
    for (size_t i = 0; i < index->len; i++)
        for (size_t j = 0; j < index->stub[i].segments; j++) {
            pm_stub_segment_path(folders[i], index->stub[i].segment[j].number, &paths);
            pm_buf_addc(&paths, '\0');
        }
    if (!path || paths.failed) {
        pm_fail_nomem(err);
        goto out;
    }
    const char *at = paths.data;
    for (size_t i = 0; i < n; i++, at += strlen(at) + 1) {
        path[i] = at;
        if (sealed && pm_seal_check_quickly(at, err))
            goto out;
    }
    db = pm_db_open(path, n, err);
out:
    pm_buf_release(&paths);
    free(path);
    return db;
}

/* Reads the lists of dead of all segments. */
static int read_dead(const char *const *folders, struct pm_index *index, struct pm_error *err)
{
    struct pm_buf path = PM_BUF_INIT;
    size_t at = 0, n = count_segments(index);
    int rc = 0;
    index->dead = calloc(n + 1, sizeof *index->dead);
    index->dead_numbers = calloc(n + 1, sizeof *index->dead_numbers);
    if (!index->dead || !index->dead_numbers)
        return pm_fail_nomem(err);
    for (size_t i = 0; i < index->len; i++)
        for (size_t j = 0; !rc && j < index->stub[i].segments; j++, at++) {
            if (!index->stub[i].segment[j].dead)
                continue;
            pm_buf_clear(&path);
            pm_stub_dead_path(folders[i], &index->stub[i].segment[j], &path);
            rc = path.failed ? pm_fail_nomem(err) : pm_dead_read(path.data, &index->dead[at], err);
            index->dead_numbers[at].number = index->dead[at].number;
            index->dead_numbers[at].len = index->dead[at].len;
            index->dead_count += (uint32_t)index->dead[at].len;
        }
    pm_buf_release(&path);
    return rc;
}

static int open_files(const char *const *folders, struct pm_index *index, bool sealed,
                      struct pm_error *err)
{
    struct pm_db_stats stats;
    index->db = open_segments(folders, index, sealed, err);
    if (!index->db || read_dead(folders, index, err) || pm_db_get_stats(index->db, &stats, err))
        return -1;
    if (index->dead_count > stats.documents)
        return pm_fail(err, PM_ERR_CORRUPT, "more articles are dead than there are");
    index->articles = stats.documents - index->dead_count;
    return 0;
}

static int open_index(const char *const *folders, size_t n, struct pm_index *index, bool sealed,
                      struct pm_error *err)
{
    uint64_t before = 0, latest;
    for (int tries = 0; tries < TRIES; tries++) {
        struct pm_error why = {0};
        *index = (struct pm_index){0};
        if (read_stubs(folders, n, index, &latest, err)) {
            pm_index_close(index);
            return -1;
        }
        if (!open_files(folders, index, sealed, &why))
            return 0;
        pm_index_close(index);
        if (tries > 0 && latest == before) { /* nobody published: it is not a race */
            bool broken = why.code == PM_ERR_NOT_FOUND || why.code == PM_ERR_CORRUPT;
            return pm_fail(err, broken ? PM_ERR_CORRUPT : why.code,
                           "cannot open a segment of '%s': %s", folders[0], why.message);
        }
        before = latest;
    }
    return pm_fail(err, PM_ERR_BUSY, "the index '%s' changes faster than it can be opened",
                   folders[0]);
}

int pm_index_open(const char *const *folders, size_t n, struct pm_index *index,
                  struct pm_error *err)
{
    return open_index(folders, n, index, true, err);
}

int pm_index_open_unsealed(const char *const *folders, size_t n, struct pm_index *index,
                           struct pm_error *err)
{
    return open_index(folders, n, index, false, err);
}

void pm_index_close(struct pm_index *index)
{
    for (size_t i = 0; index->dead && i < count_segments(index); i++)
        pm_dead_release(&index->dead[i]);
    free(index->dead);
    free(index->dead_numbers);
    pm_db_close(index->db);
    for (size_t i = 0; index->stub && i < index->len; i++)
        pm_stub_release(&index->stub[i]);
    free(index->stub);
    *index = (struct pm_index){0};
}

bool pm_index_is_live(const struct pm_index *index, uint32_t docid)
{
    uint32_t number;
    size_t shard = pm_db_shard(index->db, docid, &number);
    return !pm_dead_has(&index->dead[shard], number);
}

struct search {
    const struct pm_index *index;
    uint32_t docid;
};

static int take_live(uint32_t docid, void *arg)
{
    struct search *search = arg;
    search->docid = docid;
    return pm_index_is_live(search->index, docid);
}

int pm_index_find(const struct pm_index *index, const char *id, uint32_t *docid,
                  struct pm_error *err)
{
    struct pm_buf term = PM_BUF_INIT;
    struct search search = {index, 0};
    pm_schema_whole(&term, PM_FIELD_ID, id, strlen(id));
    int rc = term.failed
                 ? pm_fail_nomem(err)
                 : pm_db_each_document(index->db, term.data, term.len, take_live, &search, err);
    *docid = search.docid;
    pm_buf_release(&term);
    return rc;
}
