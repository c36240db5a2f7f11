/*
 * A change of an index in the making: what dies, what is added, what is merged; then all of
 * it is published at once, or nothing.
 */
#ifndef CHANGE_H
#define CHANGE_H

#include <stdint.h>

#include "error.h"
#include "folder.h"
#include "index.h"

/* A segment that the next state has. */
struct change_segment {
    uint32_t number;
    uint64_t file;      /* the publish that wrote its list of dead, 0 for none */
    uint32_t documents; /* dead ones too */
    struct pm_dead dead;
    size_t on_disk; /* how many of them its list there has */
};

struct change {
    struct folder *folder;
    struct pm_index before; /* what is published; nothing is open where that is nothing */
    struct change_segment *segment;
    size_t segments;
    uint32_t next_segment;
    const struct pm_buf *files; /* the list of files read to publish, or NULL: as it is; borrowed */
    uint64_t killed;            /* articles that died in this change */
};

/* Begins with what the folder has published. */
int change_begin(struct change *change, struct folder *folder, struct pm_error *err);
void change_end(struct change *change);

/* The live article with that id among those published, in *docid: 1, 0 if none, -1. */
int change_find(const struct change *change, const char *id, uint32_t *docid, struct pm_error *err);

/* True if a published article has not died, in this change or before. */
bool change_is_live(const struct change *change, uint32_t docid);

/* Lets a published article die; and one that did in this change live on. */
int change_kill(struct change *change, uint32_t docid, struct pm_error *err);
void change_revive(struct change *change, uint32_t docid);

/* The path of a new segment, to be filled by the caller and then added: its number, or 0. */
uint32_t change_new_segment(struct change *change, struct pm_buf *path, struct pm_error *err);
int change_add_segment(struct change *change, uint32_t number, uint32_t documents,
                       struct pm_error *err);

/*
 * Merges segments after a batch of `batch` articles.  At least four of the last segments
 * become one if they hold at most four times the batch, and a segment a tenth of which is
 * dead is written anew if it is no larger than that: so the cost follows the batch and not the
 * archive.  What is larger waits for change_merge_all().
 */
int change_merge_tiers(struct change *change, uint32_t batch, struct pm_error *err);

/*
 * Merges all segments into one without dead, unless they are that already.  Neither merges a
 * segment that is not as its manifest says: PM_ERR_CORRUPT.
 */
int change_merge_all(struct change *change, struct pm_error *err);

/* Publishes, if anything has changed; *published tells. */
int change_publish(struct change *change, bool *published, struct pm_error *err);

#endif
