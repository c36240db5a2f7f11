#include "walk.h"

#include <errno.h>
#include <fts.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "array.h"
#include "stub.h"

/* Where what cannot be read is told to. */
struct complaints {
    void (*complain)(const char *path, const struct pm_error *what, void *arg);
    void *arg;
};

void walk_release(struct walk *walk)
{
    for (size_t i = 0; i < walk->len; i++)
        free(walk->file[i].path);
    free(walk->file);
    *walk = (struct walk){0};
}

static int add_file(struct walk *walk, const char *path, const struct stat *status,
                    struct pm_error *err)
{
    struct walk_file *files = pm_array_room(walk->file, walk->len, sizeof *files);
    if (!files)
        return pm_fail_nomem(err);
    walk->file = files;
    struct walk_file *file = &walk->file[walk->len];
    if (!(file->path = strdup(path)))
        return pm_fail_nomem(err);
    file->size = (uint64_t)status->st_size;
    file->mtime = status->st_mtim;
    walk->len++;
    walk->bytes += file->size;
    return 0;
}

/* `cause` is an errno; 0 where the path is there and is nothing that can be read. */
static void complain_about(struct walk *walk, const struct complaints *to, const char *path,
                           int cause)
{
    struct pm_error what = {0};
    errno = cause;
    if (cause)
        pm_fail_errno(&what, PM_ERR_NO_INPUT, "cannot open '%s'", path);
    else
        pm_fail(&what, PM_ERR_NO_INPUT, "'%s' is not a regular file", path);
    walk->missing++;
    if (to->complain)
        to->complain(path, &what, to->arg);
}

/* An index that the command line names is passed over like others, but that is told. */
static void pass_over_index(struct walk *walk, const struct complaints *to, const char *path)
{
    struct pm_error what = {0};
    pm_fail(&what, PM_ERR_USAGE, "'%s' is an index, not articles: passed over", path);
    walk->passed_over++;
    if (to->complain)
        to->complain(path, &what, to->arg);
}

/* ---- what a folder of articles holds besides ---- */

/* Names of files that are no text: pictures, styles and scripts of web pages, sound, film. */
static const char *const no_text[] = {
    ".jpg",  ".jpeg", ".png", ".gif", ".webp", ".svg",  ".ico",   ".bmp", ".tif", ".tiff", ".avif",
    ".heic", ".css",  ".js",  ".mjs", ".map",  ".woff", ".woff2", ".ttf", ".otf", ".eot",  ".mp3",
    ".mp4",  ".m4a",  ".m4v", ".wav", ".ogg",  ".webm", ".mov",   ".avi", ".mkv", ".flac",
};

static bool is_no_text(const FTSENT *entry)
{
    const char *suffix = strrchr(entry->fts_name, '.');
    for (size_t i = 0; suffix && i < sizeof no_text / sizeof *no_text; i++)
        if (!strcasecmp(suffix, no_text[i]))
            return true;
    return false;
}

/* The ends of the folders in which browsers save what belongs to a page, as they speak. */
static const char *const page_folder[] = {
    "_files",    "_fichiers", "-Dateien", "_archivos", "_bestanden", "_file",
    "_arquivos", "_pliki",    "-filer",   "_soubory",  "_ficheiros", ".files",
};
static const char *const page[] = {".html", ".htm", ".xhtml"};

/* True for a folder that lies beside the web page it belongs to. */
static bool is_page_folder(const FTSENT *entry)
{
    bool found = false;
    for (size_t i = 0; i < sizeof page_folder / sizeof *page_folder; i++) {
        size_t end = strlen(page_folder[i]);
        if (entry->fts_namelen <= end ||
            strcmp(entry->fts_name + entry->fts_namelen - end, page_folder[i]) != 0)
            continue;
        for (size_t j = 0; !found && j < sizeof page / sizeof *page; j++) {
            char path[PATH_MAX];
            int len = snprintf(path, sizeof path, "%.*s%s", (int)(entry->fts_pathlen - end),
                               entry->fts_path, page[j]);
            found = len > 0 && len < PATH_MAX && !access(path, F_OK);
        }
    }
    return found;
}

/* True for the folder of an index. */
static bool is_index(const FTSENT *entry)
{
    char path[PATH_MAX];
    int len = snprintf(path, sizeof path, "%s/" PM_STUB_FILE, entry->fts_path);
    return len > 0 && len < PATH_MAX && !access(path, F_OK);
}

/* True for what is passed over unless the command line names it. */
static bool is_no_article(const FTSENT *entry)
{
    return entry->fts_info == FTS_D ? is_page_folder(entry) || is_index(entry) : is_no_text(entry);
}

/* ---- walking ---- */

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* A symbolic link inside a folder: files are followed, folders are not. */
static int visit_link(struct walk *walk, const FTSENT *entry, const struct complaints *to,
                      struct pm_error *err)
{
    struct stat status;
    if (stat(entry->fts_accpath, &status))
        complain_about(walk, to, entry->fts_path, errno);
    else if (S_ISREG(status.st_mode))
        return add_file(walk, entry->fts_path, &status, err);
    else if (!S_ISDIR(status.st_mode))
        complain_about(walk, to, entry->fts_path, 0);
    return 0;
}

static int visit(struct walk *walk, const FTSENT *entry, const struct complaints *to,
                 struct pm_error *err)
{
    switch (entry->fts_info) {
    case FTS_D:
    case FTS_DP:
        return 0;
    case FTS_F:
        return add_file(walk, entry->fts_path, entry->fts_statp, err);
    case FTS_SL:
    case FTS_SLNONE:
        return visit_link(walk, entry, to, err);
    case FTS_DNR:
    case FTS_ERR:
    case FTS_NS:
        if (entry->fts_errno == ENOMEM)
            return pm_fail_nomem(err);
        complain_about(walk, to, entry->fts_path, entry->fts_errno);
        return 0;
    case FTS_DC:
        complain_about(walk, to, entry->fts_path, ELOOP);
        return 0;
    default:
        complain_about(walk, to, entry->fts_path, 0);
        return 0;
    }
}

/* One path at a time, because fts would sort the paths too. */
static int walk_path(struct walk *walk, char *path, const struct complaints *to,
                     struct pm_error *err)
{
    int rc = 0;
    char *roots[] = {path, NULL};
    FTSENT *entry = NULL;
    /* Without FTS_NOCHDIR it would change the program's working folder. */
    FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, by_name);
    while (fts && !rc && (entry = fts_read(fts))) {
        if (entry->fts_level > FTS_ROOTLEVEL && entry->fts_name[0] == '.') {
            fts_set(fts, entry, FTS_SKIP);
        } else if (entry->fts_level > FTS_ROOTLEVEL && is_no_article(entry)) {
            fts_set(fts, entry, FTS_SKIP);
            walk->passed_over++;
        } else if (entry->fts_info == FTS_D && entry->fts_level == FTS_ROOTLEVEL &&
                   is_index(entry)) {
            fts_set(fts, entry, FTS_SKIP);
            pass_over_index(walk, to, path);
        } else {
            rc = visit(walk, entry, to, err);
        }
    }
    if (!rc && !entry && errno == ENOMEM)
        rc = pm_fail_nomem(err);
    else if (!rc && !entry && errno)
        complain_about(walk, to, path, errno);
    if (fts)
        fts_close(fts);
    return rc;
}

int walk_find(const char *const *paths, size_t n,
              void (*complain)(const char *path, const struct pm_error *what, void *arg), void *arg,
              struct walk *walk, struct pm_error *err)
{
    const struct complaints to = {complain, arg};
    const struct stat unknown = {0};
    int rc = 0;
    *walk = (struct walk){0};
    for (size_t i = 0; !rc && i < n; i++) {
        char *path = strdup(paths[i]); /* fts takes no constant */
        if (!path)
            rc = pm_fail_nomem(err);
        else if (!strcmp(path, "-"))
            rc = add_file(walk, path, &unknown, err);
        else
            rc = walk_path(walk, path, &to, err);
        free(path);
    }
    if (rc)
        walk_release(walk);
    return rc;
}

void walk_leave_out(struct walk *walk, const char *path)
{
    struct stat given, found;
    size_t len = 0;
    if (!path || stat(path, &given))
        return;
    for (size_t i = 0; i < walk->len; i++) {
        struct walk_file *file = &walk->file[i];
        bool same = file->size == (uint64_t)given.st_size && !stat(file->path, &found) &&
                    found.st_dev == given.st_dev && found.st_ino == given.st_ino;
        if (same)
            free(file->path);
        else
            walk->file[len++] = *file;
    }
    walk->len = len;
}
