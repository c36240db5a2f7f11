#include "sealing.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

#include "disk.h"
#include "stop.h"

#define PIECE (256u << 10) /* bytes read at once, which the second-level cache holds */

/* Adds what is left of the file to the hash; *size becomes its bytes. */
static int hash_rest(int fd, const char *path, XXH3_state_t *hash, uint64_t *size,
                     struct pm_error *err)
{
    ssize_t got = 1;
    int rc = 0;
    char *piece = malloc(PIECE);
    if (!piece)
        return pm_fail_nomem(err);
    *size = 0;
    while (!rc && got) {
        got = read(fd, piece, PIECE);
        if (got > 0) {
            XXH3_128bits_update(hash, piece, (size_t)got);
            *size += (uint64_t)got;
            rc = stop_check(err);
        } else if (got < 0 && errno != EINTR) {
            rc = pm_fail_errno(err, PM_ERR_IO, "cannot read '%s'", path);
        }
    }
    free(piece);
    return rc;
}

/* Size and hash of the file `path`, in those of *file. */
static int hash_file(const char *path, struct pm_sealed *file, struct pm_error *err)
{
    XXH3_state_t *hash = NULL;
    int rc = -1;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        pm_fail_errno(err, PM_ERR_IO, "cannot open '%s'", path);
        goto out;
    }
    if (!(hash = XXH3_createState())) {
        pm_fail_nomem(err);
        goto out;
    }
    XXH3_128bits_reset(hash);
    if (hash_rest(fd, path, hash, &file->size, err))
        goto out;
    XXH128_hash_t digest = XXH3_128bits_digest(hash);
    snprintf(file->hash, sizeof file->hash, "%016" PRIx64 "%016" PRIx64, digest.high64,
             digest.low64);
    rc = 0;
out:
    XXH3_freeState(hash);
    if (fd >= 0)
        close(fd);
    return rc;
}

/* ---- writing ---- */

/* True for iamglass and the tables.  Xapian's flintlock is no part of what is stored. */
static bool is_of_database(const char *name)
{
    size_t len = strlen(name);
    return len >= 5 && len < sizeof((struct pm_sealed *)0)->name && name[0] != '.' &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz.") == len && !strcmp(name + len - 5, "glass");
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct pm_sealed *)a)->name, ((const struct pm_sealed *)b)->name);
}

/* The names of the files, in their order: one database has one manifest. */
static int find_files(const char *segment, struct pm_seal *seal, struct pm_error *err)
{
    int rc = 0;
    DIR *dir = opendir(segment);
    if (!dir)
        return pm_fail_errno(err, PM_ERR_IO, "cannot read the folder '%s'", segment);
    const struct dirent *entry;
    while (!rc && (entry = readdir(dir))) {
        if (!is_of_database(entry->d_name))
            continue;
        if (seal->len == PM_SEAL_MAX)
            rc = pm_fail(err, PM_ERR_INTERNAL, "too many files in '%s'", segment);
        else
            strcpy(seal->file[seal->len++].name, entry->d_name);
    }
    closedir(dir);
    qsort(seal->file, seal->len, sizeof *seal->file, by_name);
    return rc;
}

int sealing_write(const char *segment, struct pm_error *err)
{
    struct pm_seal seal = {0};
    struct pm_buf text = PM_BUF_INIT;
    char *manifest = disk_join(segment, PM_SEAL_FILE, err);
    int rc = manifest ? find_files(segment, &seal, err) : -1;
    for (size_t i = 0; !rc && i < seal.len; i++) {
        char *path = disk_join(segment, seal.file[i].name, err);
        rc = path ? hash_file(path, &seal.file[i], err) : -1;
        free(path);
    }
    if (!rc) {
        pm_seal_format(&seal, &text);
        rc = text.failed ? pm_fail_nomem(err) : disk_write(manifest, &text, err);
    }
    pm_buf_release(&text);
    free(manifest);
    return rc;
}

/* ---- comparing ---- */

int sealing_check(const char *segment, const struct pm_sealed *file, struct pm_error *err)
{
    struct pm_sealed is = {0};
    if (pm_seal_check_size(segment, file, err))
        return -1;
    char *path = disk_join(segment, file->name, err);
    int rc = path ? hash_file(path, &is, err) : -1;
    if (!rc && strcmp(is.hash, file->hash) != 0)
        rc = pm_fail(err, PM_ERR_CORRUPT, "'%s' is damaged: its hash is %s, but should be %s", path,
                     is.hash, file->hash);
    free(path);
    return rc;
}

int sealing_check_all(const char *segment, struct pm_error *err)
{
    struct pm_seal seal;
    int rc = pm_seal_read(segment, &seal, err) < 0 ? -1 : 0;
    for (size_t i = 0; !rc && i < seal.len; i++)
        rc = sealing_check(segment, &seal.file[i], err);
    return rc;
}
