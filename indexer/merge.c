#include "merge.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "buf.h"
#include "db.h"
#include "disk.h"
#include "stop.h"
#include "vocabulary.h"

/* Deletes the dead from a copy of a segment in the folder `to`. */
static int delete_dead(const struct part_alive *part, const char *to, struct pm_error *err)
{
    if (disk_copy(part->path, to, err))
        return -1;
    struct pm_db_writer *writer = pm_db_writer_open(to, true, err);
    int rc = writer ? 0 : -1;
    for (size_t i = 0; !rc && i < part->dead->len; i++)
        if (!(rc = stop_check(err)))
            rc = pm_db_writer_delete(writer, part->dead->number[i], err);
    if (!rc)
        rc = pm_db_writer_commit(writer, err);
    pm_db_writer_close(writer);
    return rc;
}

struct copying {
    const struct part_alive *part;
    const struct pm_db *from;
    struct pm_db_writer *to;
    struct pm_error *err;
};

static int copy_document(uint32_t number, void *arg)
{
    struct copying *copying = arg;
    if (pm_dead_has(copying->part->dead, number))
        return 0;
    return stop_check(copying->err)
               ? -1
               : pm_db_writer_copy(copying->to, copying->from, number, copying->err);
}

/* Carries over the list of words; which of them only the dead have it does not tell. */
static int copy_words(const struct pm_db *from, struct pm_db_writer *to, struct pm_error *err)
{
    struct pm_buf list = PM_BUF_INIT;
    int rc = pm_db_metadata(from, 0, PM_VOCABULARY_KEY, &list, err);
    if (!rc && list.len)
        rc = pm_db_writer_set_metadata(to, PM_VOCABULARY_KEY, list.data, list.len, err);
    pm_buf_release(&list);
    return rc;
}

/* Copies the living of a segment, one by one, into a new database in the folder `to`. */
static int copy_living(const struct part_alive *part, const struct pm_db *db, const char *to,
                       struct pm_error *err)
{
    struct copying copying = {part, db, pm_db_writer_open(to, false, err), err};
    int rc = copying.to ? pm_db_each_document(db, "", 0, copy_document, &copying, err) : -1;
    if (!rc)
        rc = copy_words(db, copying.to, err);
    if (!rc)
        rc = pm_db_writer_commit(copying.to, err);
    pm_db_writer_close(copying.to);
    return rc;
}

/* What of a segment is alive, in the folder `to`, by whichever way is less work. */
static int copy_live(const struct part_alive *part, const char *to, struct pm_error *err)
{
    const char *const paths[] = {part->path};
    struct pm_db_stats stats;
    struct pm_db *db = pm_db_open(paths, 1, err);
    int rc = db ? pm_db_get_stats(db, &stats, err) : -1;
    if (!rc && part->dead->len > stats.documents / 2)
        rc = copy_living(part, db, to, err);
    else if (!rc)
        rc = delete_dead(part, to, err);
    pm_db_close(db);
    return rc;
}

int merge_segments(const struct part_alive *part, size_t n, const char *work, const char *to,
                   struct pm_error *err)
{
    char **path = calloc(n, sizeof *path);
    int rc = path ? 0 : pm_fail_nomem(err);
    if (!rc && mkdir(work, 0777))
        rc = pm_fail_errno(err, PM_ERR_IO, "cannot make '%s'", work);
    for (size_t i = 0; !rc && i < n; i++) {
        struct pm_buf copy = PM_BUF_INIT;
        bool any = part[i].dead && part[i].dead->len;
        if (any)
            pm_buf_addf(&copy, "%s/%zu", work, i);
        else
            pm_buf_adds(&copy, part[i].path);
        path[i] = pm_buf_detach(&copy);
        if (!path[i])
            rc = pm_fail_nomem(err);
        else if (any)
            rc = copy_live(&part[i], path[i], err);
    }
    if (!rc)
        rc = pm_db_compact((const char *const *)path, n, to, pm_vocabulary_merge, err) ||
                     carry_positions(part, n, to, err)
                 ? -1
                 : 0;
    for (size_t i = 0; path && i < n; i++)
        free(path[i]);
    free(path);
    disk_remove(work, NULL); /* what stays is swept by the next writer */
    return rc;
}
