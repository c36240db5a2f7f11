/*
 * From files to an index: articles are read, become documents of a new segment, and all of
 * it is published at once.
 *
 * A run is start, files, publish, finish.  What is bad in a file is told to the report and
 * passed over; what is returned as an error ends the run, and nothing since the last publish is in.
 */
#ifndef INGEST_H
#define INGEST_H

#include <stdbool.h>
#include <stdint.h>

#include "change.h"
#include "error.h"
#include "folder.h"
#include "makers.h"
#include "options.h"
#include "progress.h"
#include "report.h"
#include "segment.h"

/* What a run did, for its summary. */
struct ingest_counts {
    uint64_t added;     /* articles that are new to the index */
    uint64_t updated;   /* articles that take the place of an older one with their id */
    uint64_t unchanged; /* articles that the index has just so */
    uint64_t repeated;  /* articles of this run that a later one with their id took over */
    uint64_t removed;   /* articles whose file has gone, or has them no longer */
    uint64_t bytes;
};

/* Starts with its options set, a folder whose lock is -1, and all else zero. */
struct ingest {
    const struct options *options;
    struct ingest_counts counts; /* of what is published, and of `batch` once that is */
    struct ingest_counts batch;  /* since the last publish */
    struct folder folder;
    struct change change;
    struct makers *makers; /* of the documents for `segment` */
    struct segment *segment;
    void *seen; /* the set of ids met since the last publish (seen.h) */
    struct progress progress;
    struct report report; /* of records that were bad, and files that could not be read */
    uint64_t passed_over; /* files that hold no text */
    const char *file;     /* that is being read; borrowed */
    /* If not NULL: told of a file an article of which the file being read takes over. */
    void (*overtaken)(const char *path, void *arg);
    void *overtaken_arg;
    double published; /* seconds from the start to the last publish */
    bool any_published;
    bool fallback_told; /* that libxapian writes the segments */
};

/* Takes the lock of the index that the options name, which is made if need be. */
int ingest_start(struct ingest *ingest, struct pm_error *err);

/*
 * Adds the articles of one file; publishes in between where the options say so.  `path` must live
 * until the next publish.
 */
int ingest_file(struct ingest *ingest, const char *path, struct pm_error *err);

/*
 * Takes out the published articles of the file `path` that have not been read again since the last
 * publish: those it has no longer, after ingest_file(), or all of them.
 */
int ingest_remove(struct ingest *ingest, const char *path, struct pm_error *err);

/* Publishes what came since the last publish. */
int ingest_publish(struct ingest *ingest, struct pm_error *err);

/* Gives up the lock, and what was not published; also after a start that failed. */
void ingest_finish(struct ingest *ingest);

#endif
