/*
 * Files and folders of an index: removed, copied, and written down to the disk.
 */
#ifndef DISK_H
#define DISK_H

#include "buf.h"
#include "error.h"

/* "folder/name", to free(). */
char *disk_join(const char *folder, const char *name, struct pm_error *err);

/* Removes a file, or a folder and all in it; what is not there is no error. */
int disk_remove(const char *path, struct pm_error *err);

/* Writes the bytes to the file `path`, and waits until they are on the disk. */
int disk_write(const char *path, const struct pm_buf *bytes, struct pm_error *err);

/* Waits until a file, or the names in a folder, are on the disk. */
int disk_sync(const char *path, struct pm_error *err);

/* The same for a folder and every file in it. */
int disk_sync_all(const char *folder, struct pm_error *err);

/* Copies the files of the folder `from` into the new folder `to`, unless a signal stops it. */
int disk_copy(const char *from, const char *to, struct pm_error *err);

#endif
