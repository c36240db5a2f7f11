#include "sync.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "ingest.h"
#include "stop.h"
#include "summary.h"
#include "sync_plan.h"
#include "utf8.h"
#include "walk.h"

struct sync {
    const struct options *options; /* with feed.file_path set */
    struct ingest ingest;
    char **root; /* the folders, as real paths */
    size_t roots;
    char **closed; /* what in them could not be looked at */
    size_t closed_len;
    struct walk walk;
    struct manifest manifest;
    struct pm_index index; /* as it is, for a plan that is only shown */
    struct sync_plan plan;
    struct pm_buf files; /* the list to publish */
};

static const char *const names[SYNC_WHATS] = {
    [SYNC_NEW] = "new",   [SYNC_CHANGED] = "changed", [SYNC_AGAIN] = "again",
    [SYNC_GONE] = "gone", [SYNC_SAME] = "same",
};

/* ---- the folders ---- */

static int add_path(char ***paths, size_t *len, char *path, struct pm_error *err)
{
    char **grown = path ? reallocarray(*paths, *len + 1, sizeof *grown) : NULL;
    if (!grown) {
        free(path);
        return pm_fail_nomem(err);
    }
    *paths = grown;
    grown[(*len)++] = path;
    return 0;
}

static void free_paths(char **paths, size_t len)
{
    for (size_t i = 0; i < len; i++)
        free(paths[i]);
    free(paths);
}

static int find_roots(struct sync *sync, struct pm_error *err)
{
    for (size_t i = 0; i < sync->options->words_len; i++) {
        const char *word = sync->options->words[i];
        struct stat status;
        char *root = realpath(word, NULL);
        if (!root || stat(root, &status)) {
            free(root);
            return pm_fail_errno(err, PM_ERR_NO_INPUT, "cannot open '%s'", word);
        }
        if (add_path(&sync->root, &sync->roots, root, err))
            return -1;
        if (!S_ISDIR(status.st_mode))
            return pm_fail(err, PM_ERR_USAGE, "'%s' is no folder: 'add' takes files", word);
        if (!pm_utf8_valid(root, strlen(root)))
            return pm_fail(err, PM_ERR_USAGE, "the name of '%s' is not UTF-8", word);
    }
    return 0;
}

struct complaints {
    struct sync *sync;
    struct pm_error *err;
};

/* What cannot be looked at may well be there still. */
static void complain(const char *path, const struct pm_error *what, void *arg)
{
    struct complaints *complaints = arg;
    struct sync *sync = complaints->sync;
    if (what->code == PM_ERR_USAGE) {
        report_passed_over(&sync->ingest.report, what);
        return;
    }
    report_file(&sync->ingest.report, path, what);
    add_path(&sync->closed, &sync->closed_len, strdup(path), complaints->err);
}

/* Leaves out files whose names cannot be kept; what `add` made of them is not gone. */
static int refuse_names(struct sync *sync, struct pm_error *err)
{
    struct walk *walk = &sync->walk;
    size_t len = 0;
    for (size_t i = 0; i < walk->len; i++) {
        struct walk_file *file = &walk->file[i];
        if (pm_utf8_valid(file->path, strlen(file->path))) {
            walk->file[len++] = *file;
            continue;
        }
        struct pm_error what = {0};
        pm_fail(&what, PM_ERR_NO_INPUT, "the name of '%s' is not UTF-8: rename it, or 'add' it",
                file->path);
        report_file(&sync->ingest.report, file->path, &what);
        struct pm_buf clean = PM_BUF_INIT;
        pm_utf8_clean(&clean, file->path, strlen(file->path));
        add_path(&sync->closed, &sync->closed_len, pm_buf_detach(&clean), err);
        free(file->path);
    }
    walk->len = len;
    return err->code ? -1 : 0;
}

static int find_files(struct sync *sync, struct pm_error *err)
{
    struct complaints complaints = {sync, err};
    if (find_roots(sync, err) ||
        walk_find((const char *const *)sync->root, sync->roots, complain, &complaints, &sync->walk,
                  err) ||
        err->code)
        return -1;
    walk_leave_out(&sync->walk, sync->options->errors);
    if (refuse_names(sync, err))
        return -1;
    sync->ingest.passed_over = sync->walk.passed_over;
    return 0;
}

/* ---- the plan ---- */

/* The index as it is published now, if there is one, and its list of files. */
static int open_index(struct sync *sync, struct pm_error *err)
{
    const char *path = sync->options->index;
    for (int tries = 0;; tries++) {
        struct pm_error why = {0};
        if (!pm_index_open(&path, 1, &sync->index, &why) &&
            !manifest_read(path, &sync->index.stub[0], &sync->manifest, &why))
            return 0;
        bool none = !sync->index.db && why.code == PM_ERR_NOT_FOUND;
        pm_index_close(&sync->index);
        if (none)
            return 0;
        /* Another writer published between the two. */
        if (why.code != PM_ERR_NOT_FOUND || tries == 10)
            return pm_fail(err, why.code, "%s", why.message);
    }
}

static bool lies_in(const char *path, const char *root)
{
    size_t len = strcmp(root, "/") ? strlen(root) : 0;
    return !strncmp(path, root, len) && path[len] == '/';
}

/* A folder that has none of its files any more, whatever else, is rather a disk that is not there.
 */
static int refuse_empty(const struct sync *sync, struct pm_error *err)
{
    for (size_t i = 0; i < sync->roots; i++) {
        size_t gone = 0, left = 0;
        for (size_t j = 0; j < sync->plan.len; j++) {
            const struct sync_item *item = &sync->plan.item[j];
            bool inside = lies_in(item->file.path, sync->root[i]);
            gone += inside && item->what == SYNC_GONE;
            left += inside && item->found && (item->known || item->named);
        }
        if (gone && !left)
            return pm_fail(err, PM_ERR_NO_INPUT,
                           "all %zu files of '%s' have gone: is it mounted? Nothing was done; "
                           "--allow-empty lets them go",
                           gone, sync->root[i]);
    }
    return 0;
}

static int make_plan(struct sync *sync, const struct pm_index *index, struct pm_error *err)
{
    const struct sync_folders folders = {sync->root, sync->roots, sync->closed, sync->closed_len};
    if (sync_plan_make(&folders, &sync->walk, &sync->manifest, index, &sync->plan, err))
        return -1;
    return sync->options->allow_empty ? 0 : refuse_empty(sync, err);
}

static int print_item(const struct sync_item *item, bool json, struct pm_error *err)
{
    if (!json) {
        printf("%s\t", names[item->what]);
        for (const char *c = item->file.path; *c; c++)
            putchar((unsigned char)*c < ' ' || *c == '\x7f' ? '?' : *c);
        putchar('\n');
        return 0;
    }
    cJSON *object = cJSON_CreateObject();
    bool good = cJSON_AddStringToObject(object, "what", names[item->what]) &&
                cJSON_AddStringToObject(object, "path", item->file.path);
    char *text = good ? cJSON_PrintUnformatted(object) : NULL;
    if (text)
        puts(text);
    cJSON_free(text);
    cJSON_Delete(object);
    return text ? 0 : pm_fail_nomem(err);
}

static int print_plan(const struct sync *sync, struct pm_error *err)
{
    const struct options *options = sync->options;
    const size_t *count = sync->plan.count;
    bool silent = options->apply && options->quiet;
    for (size_t i = 0; !silent && i < sync->plan.len; i++)
        if (sync->plan.item[i].what != SYNC_SAME &&
            print_item(&sync->plan.item[i], options->json, err))
            return -1;
    fflush(stdout); /* the plan comes first where both go to one place */
    if (options->apply || options->quiet)
        return 0;
    bool any = false;
    for (size_t i = 0; i < SYNC_SAME; i++)
        if (count[i]) {
            fprintf(stderr, "%zu %s, ", count[i], names[i]);
            any = true;
        }
    fprintf(stderr, "%zu as they were: %s\n", count[SYNC_SAME],
            any ? "--apply does it" : "nothing to do");
    return 0;
}

/* ---- doing it ---- */

static void note_overtaken(const char *path, void *arg)
{
    struct sync *sync = arg;
    struct sync_item *under = sync_plan_find(&sync->plan, path);
    struct sync_item *over = sync_plan_find(&sync->plan, sync->ingest.file);
    if (under)
        under->file.overtaken = true;
    if (over)
        over->file.overtaker = true;
}

/* Reads a file; what it has no longer goes only if nothing in it was bad. */
static int read_item(struct sync *sync, struct sync_item *item, struct pm_error *err)
{
    struct ingest *ingest = &sync->ingest;
    struct pm_error why = {0};
    uint64_t failed = ingest->report.failed;
    item->file.overtaken = false;
    /* Before its articles: a change in between shows the next time. */
    bool hashed = !sync_hash(&item->file, &why);
    if (!hashed && why.code != PM_ERR_NO_INPUT)
        return pm_fail(err, why.code, "%s", why.message);
    if (ingest_file(ingest, item->file.path, err))
        return -1;
    item->known = hashed && ingest->report.failed == failed;
    return item->known ? ingest_remove(ingest, item->file.path, err) : 0;
}

/* What is gone comes last: of a file that was moved the articles stay, under their ids. */
static int apply_items(struct sync *sync, struct pm_error *err)
{
    for (size_t i = 0; i < sync->plan.len; i++) {
        struct sync_item *item = &sync->plan.item[i];
        bool read = item->what != SYNC_SAME && item->what != SYNC_GONE;
        if ((read && read_item(sync, item, err)) || stop_check(err))
            return -1;
    }
    for (size_t i = 0; i < sync->plan.len; i++) {
        struct sync_item *item = &sync->plan.item[i];
        if (item->what != SYNC_GONE)
            continue;
        item->known = false;
        if (ingest_remove(&sync->ingest, item->file.path, err))
            return -1;
    }
    return 0;
}

/* The list of files as they are now; not to be written if it says nothing new. */
static int list_files(struct sync *sync, struct pm_error *err)
{
    char hash[sizeof sync->manifest.hash];
    for (size_t i = 0; i < sync->plan.len; i++) {
        const struct sync_item *item = &sync->plan.item[i];
        if (item->known && manifest_add_line(&sync->files, &item->file, err))
            return -1;
    }
    manifest_hash(&sync->files, hash);
    sync->ingest.change.files = strcmp(hash, sync->manifest.hash) ? &sync->files : NULL;
    return 0;
}

static int apply(struct sync *sync, struct pm_error *err)
{
    struct ingest *ingest = &sync->ingest;
    const struct folder *folder = &ingest->folder;
    ingest->overtaken = note_overtaken;
    ingest->overtaken_arg = sync;
    if (ingest_start(ingest, err) ||
        manifest_read(folder->path, &folder->stub, &sync->manifest, err) ||
        make_plan(sync, folder->fresh ? NULL : &ingest->change.before, err) ||
        print_plan(sync, err))
        return -1;
    progress_start(&ingest->progress, sync->plan.bytes, sync->options->quiet);
    return apply_items(sync, err) || list_files(sync, err) || ingest_publish(ingest, err) ? -1 : 0;
}

static int run(struct sync *sync, struct pm_error *err)
{
    if (find_files(sync, err))
        return -1;
    if (sync->options->apply)
        return apply(sync, err);
    return open_index(sync, err) || make_plan(sync, sync->index.db ? &sync->index : NULL, err) ||
                   print_plan(sync, err)
               ? -1
               : 0;
}

static void release(struct sync *sync)
{
    ingest_finish(&sync->ingest);
    sync_plan_release(&sync->plan);
    manifest_release(&sync->manifest);
    walk_release(&sync->walk);
    pm_index_close(&sync->index);
    pm_buf_release(&sync->files);
    free_paths(sync->root, sync->roots);
    free_paths(sync->closed, sync->closed_len);
}

int sync_run(const struct options *given)
{
    struct options options = *given;
    struct sync sync = {.options = &options, .ingest = {.options = &options, .folder.lock = -1}};
    struct ingest *ingest = &sync.ingest;
    struct pm_error err = {0};
    options.feed.file_path = true;
    if (!options.words_len)
        return options_refuse(given, "no folder to bring in: name one or more");
    stop_watch();
    progress_start(&ingest->progress, 0, options.quiet);
    if (!report_open(&ingest->report, &options.command->cli, &ingest->progress, options.errors,
                     &err))
        run(&sync, &err);
    int status = report_end(&ingest->report, true, &err);
    if (options.apply && options.json && summary_print_json(ingest))
        status = PM_EXIT_INTERNAL;
    else if (options.apply && !options.json && !options.quiet && !err.code)
        summary_print(ingest);
    release(&sync);
    return status;
}
