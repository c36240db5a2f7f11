#include "sync_plan.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "array.h"
#include "hash.h"
#include "record.h"

void sync_plan_release(struct sync_plan *plan)
{
    for (size_t i = 0; i < plan->len; i++)
        free(plan->item[i].file.path);
    free(plan->item);
    *plan = (struct sync_plan){0};
}

int sync_hash(struct manifest_file *file, struct pm_error *err)
{
    struct pm_hash128 hash;
    char bytes[1 << 16];
    ssize_t got = -1;
    int fd = open(file->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    pm_hash128_init(&hash);
    while (fd >= 0 && (got = read(fd, bytes, sizeof bytes)) > 0)
        pm_hash128_add(&hash, bytes, (size_t)got);
    if (got < 0)
        pm_fail_errno(err, PM_ERR_NO_INPUT, "cannot read '%s'", file->path);
    if (fd >= 0)
        close(fd);
    pm_hash128_hex(&hash, file->hash);
    return got < 0 ? -1 : 0;
}

/* ---- the three lists ---- */

/* Takes over file->path, also when it fails. */
static int add_item(struct sync_plan *plan, const struct sync_item *item, struct pm_error *err)
{
    if (!item->file.path)
        return pm_fail_nomem(err);
    struct sync_item *grown = pm_array_room(plan->item, plan->len, sizeof *grown);
    if (!grown) {
        free(item->file.path);
        return pm_fail_nomem(err);
    }
    plan->item = grown;
    plan->item[plan->len++] = *item;
    return 0;
}

static int add_known(struct sync_plan *plan, struct manifest *manifest, struct pm_error *err)
{
    for (size_t i = 0; i < manifest->len; i++) {
        struct sync_item item = {.known = true, .file = manifest->file[i]};
        manifest->file[i].path = NULL;
        if (add_item(plan, &item, err))
            return -1;
    }
    return 0;
}

static int add_found(struct sync_plan *plan, const struct walk *walk, struct pm_error *err)
{
    for (size_t i = 0; i < walk->len; i++) {
        const struct walk_file *file = &walk->file[i];
        struct sync_item item = {.found = true, .file.path = strdup(file->path)};
        item.file.size = file->size;
        item.file.mtime = file->mtime;
        if (add_item(plan, &item, err))
            return -1;
    }
    return 0;
}

struct naming {
    struct sync_plan *plan;
    const struct pm_index *index;
    struct pm_error *err;
    char *path;
};

/* The path of an article, whose term is too short to hold it. */
static int read_path(uint32_t docid, void *arg)
{
    struct naming *naming = arg;
    struct pm_buf data = PM_BUF_INIT;
    struct pm_article article = {0};
    int rc = pm_db_data(naming->index->db, docid, &data, naming->err);
    if (!rc)
        rc = pm_record_unpack(pm_buf_str(&data), data.len, &article, naming->err);
    if (!rc && !naming->path) {
        naming->path = article.path;
        article.path = NULL;
    }
    pm_article_release(&article);
    pm_buf_release(&data);
    return rc ? -1 : 1; /* the first will do */
}

static int add_named_path(const char *term, size_t len, uint32_t freq, void *arg)
{
    struct naming *naming = arg;
    size_t prefix = strlen(pm_schema[PM_FIELD_PATH].prefix);
    (void)freq;
    naming->path = NULL;
    if (len < PM_DB_TERM_MAX)
        naming->path = strndup(term + prefix, len - prefix);
    else if (pm_db_each_document(naming->index->db, term, len, read_path, naming, naming->err) < 0)
        return -1;
    const struct sync_item item = {.named = true, .file.path = naming->path};
    return add_item(naming->plan, &item, naming->err);
}

static int add_named(struct sync_plan *plan, const struct sync_folders *folders,
                     const struct pm_index *index, struct pm_error *err)
{
    struct naming naming = {plan, index, err, NULL};
    struct pm_buf prefix = PM_BUF_INIT;
    int rc = 0;
    for (size_t i = 0; !rc && index && i < folders->roots; i++) {
        pm_buf_clear(&prefix);
        pm_buf_adds(&prefix, pm_schema[PM_FIELD_PATH].prefix);
        pm_buf_adds(&prefix, folders->root[i]);
        /* Longer paths are cut there at the latest (schema.h). */
        size_t len = prefix.len < PM_DB_TERM_MAX - 17 ? prefix.len : PM_DB_TERM_MAX - 17;
        rc = prefix.failed
                 ? pm_fail_nomem(err)
                 : pm_db_each_term(index->db, prefix.data, len, add_named_path, &naming, err);
    }
    pm_buf_release(&prefix);
    return rc;
}

/* ---- side by side ---- */

static int by_path(const void *a, const void *b)
{
    const struct sync_item *left = a, *right = b;
    return strcmp(left->file.path, right->file.path);
}

/* True if `path` is that of the folder or file `above`, or lies in it. */
static bool is_in(const char *path, const char *above)
{
    size_t len = strlen(above);
    while (len > 0 && above[len - 1] == '/')
        len--;
    return !strncmp(path, above, len) && (path[len] == '/' || !path[len]);
}

static bool is_in_any(const char *path, char *const *above, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (is_in(path, above[i]))
            return true;
    return false;
}

/* What has become of a file that was there before, and is. */
static int compare_file(struct sync_item *item, const struct manifest_file *is,
                        struct pm_error *err)
{
    struct manifest_file now = {.path = item->file.path};
    struct pm_error why = {0};
    bool resized = item->file.size != is->size;
    bool touched = item->file.mtime.tv_sec != is->mtime.tv_sec ||
                   item->file.mtime.tv_nsec != is->mtime.tv_nsec;
    item->what = resized ? SYNC_CHANGED : SYNC_SAME;
    item->file.size = is->size;
    item->file.mtime = is->mtime;
    if (resized || !touched)
        return 0;
    if (sync_hash(&now, &why) && why.code != PM_ERR_NO_INPUT)
        return pm_fail(err, why.code, "%s", why.message);
    /* What cannot be read is left to who reads its articles, and tells. */
    item->touched = !why.code && !strcmp(now.hash, item->file.hash);
    item->what = item->touched ? SYNC_SAME : SYNC_CHANGED;
    return 0;
}

static int check_live(uint32_t docid, void *index)
{
    return pm_index_is_live(index, docid);
}

/* True if a live article says that it is from the file: 1, 0, or -1. */
static int has_articles(const struct pm_index *index, const char *path, struct pm_error *err)
{
    struct pm_buf term = PM_BUF_INIT;
    pm_schema_whole(&term, PM_FIELD_PATH, path, strlen(path));
    int rc = term.failed ? pm_fail_nomem(err)
                         : pm_db_each_document(index->db, term.data, term.len, check_live,
                                               (void *)(uintptr_t)index, err);
    pm_buf_release(&term);
    return rc;
}

/* Decides about one path, of which the lists said all that there is in `entry`. */
static int decide(struct sync_item *entry, size_t n, const struct sync_folders *folders,
                  const struct pm_index *index, struct sync_item *item, struct pm_error *err)
{
    struct sync_item *known = NULL, *found = NULL;
    bool named = false;
    for (size_t i = 0; i < n; i++) {
        named |= entry[i].named;
        known = entry[i].known ? &entry[i] : known;
        found = entry[i].found ? &entry[i] : found;
    }
    *item = known ? *known : found ? *found : entry[0];
    item->known = known;
    item->found = found;
    item->named = named;
    if (known && found)
        return compare_file(item, &found->file, err);
    item->what = found ? SYNC_NEW : SYNC_SAME;
    if (found || !is_in_any(item->file.path, folders->root, folders->roots) ||
        is_in_any(item->file.path, folders->closed, folders->closed_len))
        return 0;
    int live = known ? 1 : has_articles(index, item->file.path, err);
    item->what = live > 0 ? SYNC_GONE : SYNC_SAME;
    return live < 0 ? -1 : 0;
}

/* Makes one item of all that the lists say of each path. */
static int lay_together(struct sync_plan *plan, const struct sync_folders *folders,
                        const struct pm_index *index, struct pm_error *err)
{
    size_t from = 0, to = 0;
    int rc = 0;
    if (plan->len)
        qsort(plan->item, plan->len, sizeof *plan->item, by_path);
    while (from < plan->len) {
        struct sync_item *entry = &plan->item[from], item = {0};
        size_t n = 1;
        while (from + n < plan->len && !by_path(entry, entry + n))
            n++;
        if (!rc)
            rc = decide(entry, n, folders, index, &item, err);
        for (size_t i = 0; i < n; i++)
            if (rc || entry[i].file.path != item.file.path)
                free(entry[i].file.path);
        from += n;
        if (!rc)
            plan->item[to++] = item;
    }
    plan->len = to;
    return rc;
}

/* Files whose articles may come back when a file that took them over changes or goes. */
static void read_overtaken_again(struct sync_plan *plan)
{
    bool any = false;
    for (size_t i = 0; i < plan->len; i++) {
        const struct sync_item *item = &plan->item[i];
        any |= item->file.overtaker && (item->what == SYNC_GONE || item->what == SYNC_CHANGED);
    }
    for (size_t i = 0; any && i < plan->len; i++) {
        struct sync_item *item = &plan->item[i];
        if (item->file.overtaken && item->found && item->what == SYNC_SAME)
            item->what = SYNC_AGAIN;
    }
}

static void count(struct sync_plan *plan)
{
    for (size_t i = 0; i < plan->len; i++) {
        const struct sync_item *item = &plan->item[i];
        if (item->found || item->what == SYNC_GONE)
            plan->count[item->what]++;
        if (item->what != SYNC_SAME && item->what != SYNC_GONE)
            plan->bytes += item->file.size;
    }
}

int sync_plan_make(const struct sync_folders *folders, const struct walk *walk,
                   struct manifest *manifest, const struct pm_index *index, struct sync_plan *plan,
                   struct pm_error *err)
{
    *plan = (struct sync_plan){0};
    if (add_known(plan, manifest, err) || add_found(plan, walk, err) ||
        add_named(plan, folders, index, err) || lay_together(plan, folders, index, err)) {
        sync_plan_release(plan);
        return -1;
    }
    read_overtaken_again(plan);
    count(plan);
    return 0;
}

struct sync_item *sync_plan_find(const struct sync_plan *plan, const char *path)
{
    const struct sync_item key = {.file.path = (char *)(uintptr_t)path};
    return plan->len ? bsearch(&key, plan->item, plan->len, sizeof key, by_path) : NULL;
}
