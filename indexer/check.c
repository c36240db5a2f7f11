#include "check.h"

#include <dirent.h>
#include <inttypes.h>
#include <search.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apart.h"
#include "folder.h"
#include "index.h"
#include "live.h"
#include "manifest.h"
#include "record.h"
#include "sealing.h"
#include "stop.h"

struct check {
    const struct options *options;
    const struct pm_stub *stub; /* what is published */
    struct pm_index index;
    struct pm_error *err;
    uint64_t articles, problems;
    bool damaged; /* a file of a segment is: libxapian, which believes what it reads, may crash */
    void *ids;    /* tsearch(3) tree of the ids met */
};

static void __attribute__((format(printf, 2, 3))) tell(struct check *check, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vprintf(format, args);
    putchar('\n');
    va_end(args);
    check->problems++;
}

/* An index that cannot be opened, or walked through, has a problem too. */
static bool is_damage(const struct pm_error *err)
{
    return err->code == PM_ERR_CORRUPT || err->code == PM_ERR_IO || err->code == PM_ERR_INTERNAL;
}

/* Tells of damage; anything else is an error that ends the check. */
static int tell_of(struct check *check, const struct pm_error *why)
{
    if (!is_damage(why))
        return pm_fail(check->err, why->code, "%s", why->message);
    tell(check, "%s", why->message);
    return 0;
}

/* ---- the segments ---- */

static int structure_in_child(int out, void *path)
{
    struct pm_buf report = PM_BUF_INIT;
    struct pm_error why = {0};
    int errors = pm_db_check(path, &report, &why);
    if (errors)
        dprintf(out, "%s", errors < 0 ? why.message : pm_buf_str(&report));
    pm_buf_release(&report);
    return errors != 0;
}

/*
 * Xapian's own check of the structure.  It trusts what it reads and may crash over a damaged
 * table.
 */
static int check_structure(struct check *check, char *path)
{
    struct pm_buf report = PM_BUF_INIT;
    int rc = apart_run(structure_in_child, path, &report, check->err);
    if (rc == APART_CRASHED)
        tell(check, "%s: Xapian's check crashed, so it is damaged", path);
    else if (rc > 0)
        tell(check, "%s: damaged: %s", path, pm_buf_str(&report));
    check->damaged |= rc > 0;
    pm_buf_release(&report);
    return rc < 0 ? -1 : 0;
}

/* The files that a segment must have. */
static const struct {
    const char *name;
    bool needed;
} segment_files[] = {
    {"iamglass", true},       {"postlist.glass", true},  {"docdata.glass", true},
    {"termlist.glass", true}, {"positions.glass", true}, {"flintlock", false},
    {PM_SEAL_FILE, false},
};
#define SEGMENT_FILES (sizeof segment_files / sizeof *segment_files)

static int check_files(struct check *check, const char *path)
{
    bool there[SEGMENT_FILES] = {false};
    DIR *dir = opendir(path);
    if (!dir)
        return pm_fail_errno(check->err, PM_ERR_CORRUPT, "cannot read the segment '%s'", path);
    const struct dirent *entry;
    while ((entry = readdir(dir))) {
        size_t i = 0;
        while (i < SEGMENT_FILES && strcmp(entry->d_name, segment_files[i].name) != 0)
            i++;
        if (i < SEGMENT_FILES)
            there[i] = true;
        else if (entry->d_name[0] != '.')
            tell(check, "%s/%s: nobody owns it", path, entry->d_name);
    }
    closedir(dir);
    for (size_t i = 0; i < SEGMENT_FILES; i++)
        if (segment_files[i].needed && !there[i])
            tell(check, "%s: its file %s is gone", path, segment_files[i].name);
    return 0;
}

/* Each file must have the size and the hash that the manifest says. */
static int check_seal(struct check *check, const char *path)
{
    struct pm_seal seal;
    struct pm_error why = {0};
    int rc = pm_seal_read(path, &seal, &why);
    if (rc < 0)
        return tell_of(check, &why);
    if (!rc)
        tell(check, "%s: its file " PM_SEAL_FILE " is gone, so damage to others may go unseen",
             path);
    rc = 0;
    for (size_t i = 0; !rc && i < seal.len; i++) {
        why = (struct pm_error){0};
        if (sealing_check(path, &seal.file[i], &why)) {
            check->damaged = true;
            rc = tell_of(check, &why);
        }
    }
    return rc;
}

/* The dead of a segment must be documents of it. */
static int check_dead(struct check *check, size_t shard, char *path)
{
    const char *const paths[] = {path};
    struct pm_db_stats stats;
    const struct pm_dead *dead = &check->index.dead[shard];
    struct pm_error broken = {0};
    struct pm_db *db = pm_db_open(paths, 1, &broken);
    int rc = db ? pm_db_get_stats(db, &stats, &broken) : -1;
    if (rc)
        tell(check, "%s: cannot be opened: %s", path, broken.message);
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
    return 0;
}

/* Looks at each segment, until that returns -1. */
static int each_segment(struct check *check,
                        int (*look)(struct check *check, size_t shard, char *path))
{
    int rc = 0;
    for (size_t i = 0; !rc && i < check->stub->segments; i++) {
        struct pm_buf path = PM_BUF_INIT;
        pm_stub_segment_path(check->options->index, check->stub->segment[i].number, &path);
        rc = path.failed ? pm_fail_nomem(check->err) : look(check, i, path.data);
        pm_buf_release(&path);
    }
    return rc;
}

static int check_segment(struct check *check, size_t shard, char *path)
{
    if (check_files(check, path) || check_seal(check, path) || check_structure(check, path))
        return -1;
    if (check->stub->segment[shard].number >= check->stub->next_segment)
        tell(check, "%s: its number is not below the next one", path);
    return 0;
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
    struct pm_error why = {0};
    int rc = pm_index_find(&check->index, article->id, &found, &why);
    if (rc < 0)
        tell(check, "the article '%s': %s", article->id, why.message);
    else if (rc == 0 || found != docid)
        tell(check, "the article '%s' is not found by its id", article->id);
    return 0;
}

/* What is in a value must be what is in the data. */
static void check_value(struct check *check, const char *name, uint32_t docid, enum pm_field field,
                        const void *wanted, size_t len)
{
    struct pm_buf value = PM_BUF_INIT;
    struct pm_error why = {0};
    if (pm_db_value(check->index.db, docid, pm_schema[field].slot, &value, &why))
        tell(check, "the article '%s': %s", name, why.message);
    else if (value.len != len || (len && memcmp(value.data, wanted, len) != 0))
        tell(check, "the article '%s' has another %s in its values than in its text", name,
             pm_schema[field].name);
    pm_buf_release(&value);
}

static void check_string(struct check *check, const char *name, uint32_t docid, enum pm_field field,
                         const char *wanted)
{
    check_value(check, name, docid, field, wanted, wanted ? strlen(wanted) : 0);
}

static int check_article(uint32_t docid, void *arg)
{
    struct check *check = arg;
    struct pm_buf data = PM_BUF_INIT, came = PM_BUF_INIT;
    struct pm_article article = {0};
    struct pm_error why = {0};
    struct pm_content content;
    int rc = 0;
    if (stop_check(check->err))
        return -1;
    check->articles++;
    if (pm_db_data(check->index.db, docid, &data, &why) ||
        pm_record_unpack(pm_buf_str(&data), data.len, &article, &why) ||
        pm_record_content(&article, &came, &content, &why)) {
        tell(check, "document %" PRIu32 ": %s", docid, why.message);
        goto out;
    }
    pm_record_seal(&article, &data, &content);
    rc = check_id(check, &article, docid);
    if (!rc && article.id) {
        check_string(check, article.id, docid, PM_FIELD_ID, article.id);
        check_string(check, article.id, docid, PM_FIELD_DATE, article.date.text);
        check_string(check, article.id, docid, PM_FIELD_SOURCE, article.source);
        check_value(check, article.id, docid, PM_FIELD_CONTENT, content.bytes, content.len);
    }
out:
    pm_article_release(&article);
    pm_buf_release(&data);
    pm_buf_release(&came);
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
            !folder_owns(check->stub, entry->d_name))
            tell(check, "%s/%s: nobody owns it", check->options->index, entry->d_name);
    closedir(dir);
    return 0;
}

/* The list of the files that were read. */
static int check_manifest(struct check *check)
{
    struct manifest manifest;
    struct pm_error why = {0};
    if (manifest_read(check->options->index, check->stub, &manifest, &why)) {
        if (why.code == PM_ERR_NOMEM)
            return pm_fail_nomem(check->err);
        tell(check, "%s", why.message);
    }
    manifest_release(&manifest);
    return 0;
}

/* The articles, each as libxapian has it. */
static int walk_articles(struct check *check)
{
    const char *const *folder = &check->options->index;
    if (pm_index_open_unsealed(folder, 1, &check->index, check->err) ||
        each_segment(check, check_dead) ||
        live_each(&check->index, check_article, check, check->err))
        return -1;
    if (check->articles != check->index.articles)
        tell(check, "%" PRIu64 " articles were met, but %" PRIu32 " are alive", check->articles,
             check->index.articles);
    return 0;
}

static int walk_in_child(int out, void *arg)
{
    struct check *check = arg;
    if (walk_articles(check))
        tell(check, "%s", check->err->message);
    dprintf(out, "%" PRIu64 " %" PRIu64, check->articles, check->problems);
    return 0;
}

/* The same where something is damaged, so that libxapian may crash. */
static int walk_apart(struct check *check)
{
    struct pm_buf counts = PM_BUF_INIT;
    int rc = apart_run(walk_in_child, check, &counts, check->err);
    if (rc > 0 || (!rc && sscanf(pm_buf_str(&counts), "%" SCNu64 " %" SCNu64, &check->articles,
                                 &check->problems) != 2))
        tell(check, "the articles cannot be read: the attempt crashed");
    pm_buf_release(&counts);
    return rc < 0 ? -1 : 0;
}

static void check_index(struct check *check)
{
    if (each_segment(check, check_segment) ||
        (check->damaged ? walk_apart(check) : walk_articles(check)))
        return;
    if (!check_folder(check))
        check_manifest(check);
}

int check_run(const struct options *options)
{
    struct pm_error err = {0};
    struct folder folder = {.lock = -1};
    struct check check = {.options = options, .stub = &folder.stub, .err = &err};
    const struct folder_options how = {.wait = options->wait};
    if (options->words_len)
        return options_refuse(options, "it takes no words");
    stop_watch();
    /* Under the lock, so that no writer's files in the making are taken for nobody's. */
    bool opened = !folder_open(&folder, options->index, &how, &err);
    if (opened)
        check_index(&check);
    if (err.code)
        pm_cli_complain(&options->command->cli, &err);
    if (!options->quiet && (!err.code || check.problems))
        printf("%" PRIu64 " article%s, %" PRIu64 " problem%s\n", check.articles,
               check.articles == 1 ? "" : "s", check.problems, check.problems == 1 ? "" : "s");
    tdestroy(check.ids, free);
    pm_index_close(&check.index);
    folder_close(&folder);
    if (stop_signal())
        return 128 + stop_signal();
    if (err.code)
        return check.problems || (opened && is_damage(&err)) ? PM_EXIT_INTERNAL
                                                             : pm_cli_exit_code(err.code);
    return check.problems ? PM_EXIT_INTERNAL : PM_EXIT_OK;
}
