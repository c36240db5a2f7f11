/*
 * The state of an index: which segments are live, and what holds for all of them.
 *
 * It is the text of INDEX/XAPIANDB, a stub that Xapian reads too: its lines name the
 * segments, comment lines carry what is ours.  Replacing that file is the commit.
 */
#ifndef PM_STUB_H
#define PM_STUB_H

#include <stdint.h>

#include "buf.h"
#include "error.h"
#include "schema.h"

#define PM_STUB_FILE "XAPIANDB"

/* Raised whenever older programs would misread what newer ones write. */
#define PM_FORMAT_VERSION 5

struct pm_segment {
    uint32_t number;
    uint64_t dead; /* the publish that wrote its list of dead, or 0 when none is dead */
};

struct pm_stub {
    char uuid[37];         /* of the index, for as long as it lives */
    uint64_t publish;      /* counts the commits */
    uint64_t files;        /* the publish that wrote the list of files read, or 0 for none */
    uint32_t next_segment; /* no segment had this number yet: names are never used again */
    struct pm_boosts boosts;
    struct pm_segment *segment; /* the live ones, oldest articles first */
    size_t segments;
};

void pm_stub_release(struct pm_stub *stub);

/*
 * Reads the stub of the index in the folder `index` into *stub.  PM_ERR_NOT_FOUND when there
 * is no index, or one that is not ours; PM_ERR_VERSION when another version made it;
 * PM_ERR_CORRUPT when it makes no sense.
 */
int pm_stub_read(const char *index, struct pm_stub *stub, struct pm_error *err);

/* Adds the text of the file. */
void pm_stub_format(const struct pm_stub *stub, struct pm_buf *out);

/* Appends a segment without dead. */
int pm_stub_add_segment(struct pm_stub *stub, uint32_t number, struct pm_error *err);

/* Makes *copy, to be released on its own. */
int pm_stub_copy(const struct pm_stub *stub, struct pm_stub *copy, struct pm_error *err);

/* Adds the path of a segment's folder, of its list of dead, or of the list of files. */
void pm_stub_segment_path(const char *index, uint32_t segment, struct pm_buf *out);
void pm_stub_dead_path(const char *index, const struct pm_segment *segment, struct pm_buf *out);
void pm_stub_files_path(const char *index, const struct pm_stub *stub, struct pm_buf *out);

#endif
