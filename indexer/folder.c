#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "disk.h"
#include "lock.h"
#include "sealing.h"

#define NEW_STUB PM_STUB_FILE ".new"

enum owner { STRANGER, LIVE, LEFTOVER };

/* Whose an entry of the folder is: the index's, nobody's any more, or not ours at all. */
static enum owner owner_of(const struct pm_stub *stub, const char *name)
{
    uint32_t number;
    uint64_t dead = 0, files;
    int end = -1;
    if (!strcmp(name, PM_STUB_FILE) || !strcmp(name, LOCK_FILE))
        return LIVE;
    if (!strcmp(name, NEW_STUB) || !strncmp(name, "building-", 9))
        return LEFTOVER;
    if (sscanf(name, "files-%" SCNu64 "%n", &files, &end) == 1 && !name[end])
        return files == stub->files ? LIVE : LEFTOVER;
    bool segment = sscanf(name, "segment-%" SCNu32 "%n", &number, &end) == 1 && !name[end];
    if (!segment &&
        (sscanf(name, "dead-%" SCNu32 "-%" SCNu64 "%n", &number, &dead, &end) != 2 || name[end]))
        return STRANGER;
    for (size_t i = 0; i < stub->segments; i++)
        if (stub->segment[i].number == number && (segment || stub->segment[i].dead == dead))
            return LIVE;
    return LEFTOVER;
}

bool folder_owns(const struct pm_stub *stub, const char *name)
{
    return owner_of(stub, name) == LIVE;
}

/* Removes what nobody owns; *strangers becomes the number of entries that are not ours. */
static int sweep(const struct folder *folder, int *strangers, struct pm_error *err)
{
    int rc = 0;
    DIR *dir = opendir(folder->path);
    if (!dir)
        return pm_fail_errno(err, PM_ERR_IO, "cannot read the folder '%s'", folder->path);
    const struct dirent *entry;
    *strangers = 0;
    while (!rc && (entry = readdir(dir))) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
            continue;
        enum owner owner = owner_of(&folder->stub, entry->d_name);
        *strangers += owner == STRANGER;
        if (owner == LEFTOVER) {
            char *path = disk_join(folder->path, entry->d_name, err);
            rc = path ? disk_remove(path, err) : -1;
            free(path);
        }
    }
    closedir(dir);
    return rc;
}

/* ---- opening ---- */

/* A random UUID: RFC 4122, version 4. */
static int make_uuid(char uuid[37], struct pm_error *err)
{
    unsigned char b[16];
    if (getrandom(b, sizeof b, 0) != sizeof b)
        return pm_fail_errno(err, PM_ERR_INTERNAL, "no random bytes to be had");
    b[6] = (b[6] & 0x0f) | 0x40;
    b[8] = (b[8] & 0x3f) | 0x80;
    snprintf(uuid, 37, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0],
             b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13],
             b[14], b[15]);
    return 0;
}

/*
 * Fails if the folder, which has no stub, was an index that has lost it: a first run that died
 * leaves no segment but number 1, and no list of dead.
 */
static int refuse_lost(const struct folder *folder, struct pm_error *err)
{
    bool lost = false;
    DIR *dir = opendir(folder->path);
    if (!dir)
        return pm_fail_errno(err, PM_ERR_IO, "cannot read the folder '%s'", folder->path);
    const struct dirent *entry;
    while ((entry = readdir(dir))) {
        uint32_t number;
        bool segment = sscanf(entry->d_name, "segment-%" SCNu32, &number) == 1;
        lost |= (segment && number > 1) || !strncmp(entry->d_name, "dead-", 5);
    }
    closedir(dir);
    return lost ? pm_fail(err, PM_ERR_CORRUPT,
                          "'%s' holds segments but has lost its " PM_STUB_FILE
                          ": put it back, or remove the folder",
                          folder->path)
                : 0;
}

/* The state that is published, or that of a fresh index. */
static int read_state(struct folder *folder, const struct pm_boosts *boosts, struct pm_error *err)
{
    struct pm_error why = {0};
    int strangers;
    if (!pm_stub_read(folder->path, &folder->stub, &why)) {
        folder->known = true;
        return sweep(folder, &strangers, err);
    }
    char *stub = disk_join(folder->path, PM_STUB_FILE, err);
    if (!stub)
        return -1;
    bool there = !access(stub, F_OK);
    free(stub);
    if (there || why.code != PM_ERR_NOT_FOUND)
        return pm_fail(err, why.code == PM_ERR_NOT_FOUND ? PM_ERR_USAGE : why.code, "%s",
                       why.message);
    if (!boosts)
        return pm_fail(err, why.code, "%s", why.message);
    if (refuse_lost(folder, err))
        return -1;
    folder->fresh = true;
    folder->stub.boosts = *boosts;
    folder->stub.next_segment = 1;
    folder->known = true;
    if (make_uuid(folder->stub.uuid, err) || sweep(folder, &strangers, err))
        return -1;
    return strangers ? pm_fail(err, PM_ERR_USAGE,
                               "'%s' holds other files and no index: give a folder of its own",
                               folder->path)
                     : 0;
}

/* The folder itself: made for a fresh index, else it must hold one. */
static int make_folder(struct folder *folder, bool fresh, struct pm_error *err)
{
    struct pm_stub stub;
    if (!fresh) { /* before anything is written where no index is */
        if (pm_stub_read(folder->path, &stub, err))
            return -1;
        pm_stub_release(&stub);
        return 0;
    }
    folder->made = !mkdir(folder->path, 0777);
    return folder->made || errno == EEXIST
               ? 0
               : pm_fail_errno(err, PM_ERR_IO, "cannot make the index '%s'", folder->path);
}

int folder_open(struct folder *folder, const char *path, const struct folder_options *options,
                struct pm_error *err)
{
    *folder = (struct folder){.path = path, .lock = -1};
    if (make_folder(folder, options->boosts, err) ||
        (folder->lock = lock_take(path, options->wait, err)) < 0 ||
        read_state(folder, options->boosts, err)) {
        folder_close(folder);
        return -1;
    }
    return 0;
}

void folder_close(struct folder *folder)
{
    int strangers;
    if (folder->lock >= 0) {
        if (folder->known)
            sweep(folder, &strangers, NULL);
        if (folder->known && folder->fresh) {
            char *lock = disk_join(folder->path, LOCK_FILE, NULL);
            if (lock)
                unlink(lock);
            free(lock);
            if (folder->made)
                rmdir(folder->path);
        }
        close(folder->lock);
    }
    pm_stub_release(&folder->stub);
    *folder = (struct folder){.lock = -1};
}

/* ---- publishing ---- */

static bool is_live(const struct pm_stub *stub, uint32_t segment)
{
    for (size_t i = 0; i < stub->segments; i++)
        if (stub->segment[i].number == segment)
            return true;
    return false;
}

int folder_write_dead(struct folder *folder, struct pm_segment *segment, const struct pm_dead *dead,
                      struct pm_error *err)
{
    struct pm_buf path = PM_BUF_INIT, bytes = PM_BUF_INIT;
    segment->dead = folder->stub.publish + 1;
    pm_stub_dead_path(folder->path, segment, &path);
    pm_dead_format(dead, &bytes);
    int rc = path.failed || bytes.failed ? pm_fail_nomem(err) : disk_write(path.data, &bytes, err);
    pm_buf_release(&path);
    pm_buf_release(&bytes);
    return rc;
}

int folder_write_files(struct folder *folder, struct pm_stub *stub, const struct pm_buf *bytes,
                       struct pm_error *err)
{
    struct pm_buf path = PM_BUF_INIT;
    stub->files = folder->stub.publish + 1;
    pm_stub_files_path(folder->path, stub, &path);
    int rc = path.failed ? pm_fail_nomem(err) : disk_write(path.data, bytes, err);
    pm_buf_release(&path);
    return rc;
}

/* A new segment, whoever wrote it: its manifest, and then all of it on the disk. */
static int complete_segment(const struct folder *folder, uint32_t number, struct pm_error *err)
{
    struct pm_buf path = PM_BUF_INIT;
    int rc = -1;
    pm_stub_segment_path(folder->path, number, &path);
    if (path.failed)
        pm_fail_nomem(err);
    else if (!sealing_write(path.data, err))
        rc = disk_sync_all(path.data, err);
    pm_buf_release(&path);
    return rc;
}

int folder_publish(struct folder *folder, const struct pm_stub *stub, struct pm_error *err)
{
    struct pm_buf text = PM_BUF_INIT;
    struct pm_stub next = {0};
    char *new_stub = disk_join(folder->path, NEW_STUB, err);
    char *old_stub = disk_join(folder->path, PM_STUB_FILE, err);
    int strangers, rc = new_stub && old_stub && !pm_stub_copy(stub, &next, err) ? 0 : -1;
    next.publish = folder->stub.publish + 1;
    for (size_t i = 0; !rc && i < stub->segments; i++)
        if (!is_live(&folder->stub, stub->segment[i].number))
            rc = complete_segment(folder, stub->segment[i].number, err);
    if (!rc) {
        pm_stub_format(&next, &text);
        rc = text.failed ? pm_fail_nomem(err) : disk_write(new_stub, &text, err);
    }
    /* The names of new segments must be on disk before the stub that speaks of them. */
    if (!rc)
        rc = disk_sync(folder->path, err);
    if (!rc && rename(new_stub, old_stub))
        rc = pm_fail_errno(err, PM_ERR_IO, "cannot rename '%s'", new_stub);
    if (!rc) {
        pm_stub_release(&folder->stub);
        folder->stub = next;
        next = (struct pm_stub){0};
        folder->fresh = false;
        folder->published = true;
        rc = disk_sync(folder->path, err);
        if (!rc)
            sweep(folder, &strangers, NULL); /* what stays is swept the next time */
    }
    pm_stub_release(&next);
    pm_buf_release(&text);
    free(new_stub);
    free(old_stub);
    return rc;
}
