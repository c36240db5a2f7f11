#include "check.h"

#include <dirent.h>
#include <inttypes.h>
#include <search.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "folder.h"
#include "index.h"
#include "live.h"
#include "record.h"

struct check {
    const struct options *options;
    struct pm_index index;
    struct pm_error *err;
    uint64_t articles, problems;
    void *ids; /* tsearch(3) tree of the ids met */
};

static void tell(struct check *check, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void tell(struct check *check, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vprintf(format, args);
    putchar('\n');
    va_end(args);
    check->problems++;
}

/* ---- the segments ---- */

/* Xapian's own check of the structure. */
static int check_segment(struct check *check, const char *path)
{
    struct pm_buf report = PM_BUF_INIT;
    int errors = pm_db_check(path, &report, check->err);
    if (errors > 0) {
        tell(check, "%s: Xapian finds %d errors:", path, errors);
        fputs(pm_buf_str(&report), stdout);
    }
    pm_buf_release(&report);
    return errors < 0 ? -1 : 0;
}

/* The dead of a segment must be documents of it. */
static int check_dead(struct check *check, size_t shard, const char *path)
{
    const char *const paths[] = {path};
    struct pm_db_stats stats;
    const struct pm_dead *dead = &check->index.dead[shard];
    struct pm_db *db = pm_db_open(paths, 1, check->err);
    int rc = db ? pm_db_get_stats(db, &stats, check->err) : -1;
    if (!rc && dead->len > stats.documents)
        tell(check, "%s: %zu dead among %" PRIu32 " documents", path, dead->len, stats.documents);
    for (size_t i = 0; !rc && i < dead->len; i++) {
        struct pm_buf data = PM_BUF_INIT;
        struct pm_error why = {0};
        if (pm_db_data(db, dead->number[i], &data, &why))
            tell(check, "%s: document %" PRIu32 " is dead, but there is none", path,
                 dead->number[i]);
        pm_buf_release(&data);
    }
    pm_db_close(db);
    return rc;
}

static int check_segments(struct check *check)
{
    const struct pm_stub *stub = &check->index.stub[0];
    int rc = 0;
    for (size_t i = 0; !rc && i < stub->segments; i++) {
        struct pm_buf path = PM_BUF_INIT;
        pm_stub_segment_path(check->options->index, stub->segment[i].number, &path);
        if (path.failed)
            rc = pm_fail_nomem(check->err);
        else if (!(rc = check_segment(check, path.data)))
            rc = check_dead(check, i, path.data);
        if (stub->segment[i].number >= stub->next_segment)
            tell(check, "%s: its number is not below the next one", pm_buf_str(&path));
        pm_buf_release(&path);
    }
    return rc;
}

/* ---- the articles ---- */

static int compare_ids(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* Every id once, and found under it. */
static int check_id(struct check *check, const struct pm_article *article, uint32_t docid)
{
    uint32_t found;
    if (!article->id || !*article->id) {
        tell(check, "document %" PRIu32 " has no id", docid);
        return 0;
    }
    char *id = strdup(article->id);
    char **entry = id ? tsearch(id, &check->ids, compare_ids) : NULL;
    if (!entry) {
        free(id);
        return pm_fail_nomem(check->err);
    }
    if (*entry != id) {
        tell(check, "the id '%s' is there twice", id);
        free(id);
        return 0;
    }
    int rc = pm_index_find(&check->index, article->id, &found, check->err);
    if (rc >= 0 && (rc == 0 || found != docid))
        tell(check, "the article '%s' is not found by its id", article->id);
    return rc < 0 ? -1 : 0;
}

/* What is in the values must be what is in the data. */
static int check_value(struct check *check, const struct pm_article *article, uint32_t docid,
                       enum pm_field field, const char *wanted)
{
    struct pm_buf value = PM_BUF_INIT;
    int rc = pm_db_value(check->index.db, docid, pm_schema[field].slot, &value, check->err);
    if (!rc && strcmp(pm_buf_str(&value), wanted ? wanted : ""))
        tell(check, "the article '%s' has another %s in its values than in its text", article->id,
             pm_schema[field].name);
    pm_buf_release(&value);
    return rc;
}

static int check_article(uint32_t docid, void *arg)
{
    struct check *check = arg;
    struct pm_buf data = PM_BUF_INIT;
    struct pm_article article = {0};
    struct pm_error why = {0};
    check->articles++;
    int rc = pm_db_data(check->index.db, docid, &data, check->err);
    if (!rc && pm_record_unpack(pm_buf_str(&data), data.len, &article, &why))
        tell(check, "document %" PRIu32 ": %s", docid, why.message);
    else if (!rc)
        rc = check_id(check, &article, docid) ||
                     check_value(check, &article, docid, PM_FIELD_ID, article.id) ||
                     check_value(check, &article, docid, PM_FIELD_DATE, article.date.text) ||
                     check_value(check, &article, docid, PM_FIELD_SOURCE, article.source)
                 ? -1
                 : 0;
    pm_article_release(&article);
    pm_buf_release(&data);
    return rc;
}

/* ---- the folder ---- */

static int check_folder(struct check *check)
{
    DIR *dir = opendir(check->options->index);
    if (!dir)
        return pm_fail_errno(check->err, PM_ERR_IO, "cannot read the folder '%s'",
                             check->options->index);
    const struct dirent *entry;
    while ((entry = readdir(dir)))
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..") &&
            !folder_owns(&check->index.stub[0], entry->d_name))
            tell(check, "%s/%s: nobody owns it", check->options->index, entry->d_name);
    closedir(dir);
    return 0;
}

int check_run(const struct options *options)
{
    struct pm_error err = {0};
    struct check check = {.options = options, .err = &err};
    struct folder folder = {.lock = -1};
    const struct folder_options how = {.wait = options->wait};
    if (options->words_len)
        return options_refuse(options, "it takes no words");
    /* Under the lock, so that no writer's files in the making are taken for nobody's. */
    if (!folder_open(&folder, options->index, &how, &err) &&
        !pm_index_open(&options->index, 1, &check.index, &err) && !check_segments(&check) &&
        !live_each(&check.index, check_article, &check, &err) && !check_folder(&check) &&
        check.articles != check.index.articles)
        tell(&check, "%" PRIu64 " articles were met, but %" PRIu32 " are alive", check.articles,
             check.index.articles);
    if (err.code)
        pm_cli_complain(&options->command->cli, &err);
    else if (!options->quiet)
        printf("%" PRIu64 " articles, %" PRIu64 " problems\n", check.articles, check.problems);
    tdestroy(check.ids, free);
    pm_index_close(&check.index);
    folder_close(&folder);
    return err.code ? pm_cli_exit_code(err.code) : check.problems ? PM_EXIT_INTERNAL : PM_EXIT_OK;
}
