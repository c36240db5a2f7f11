/*
 * Whether terms stand in order within a window: a PHRASE in a document.
 */
#ifndef PM_PHRASE_H
#define PM_PHRASE_H

#include "query_tree.h"

/* Memory to work in, kept from document to document; one of zeros to begin with. */
struct pm_phrase_room {
    struct pm_buf positions;
    size_t *end; /* of each term's positions, then the place at hand among them */
};

void pm_phrase_room_release(struct pm_phrase_room *room);

/* 1 if they do in the document, 0 if not, or -1. */
int pm_phrase_stands(const struct pm_db_query *phrase, const struct pm_db_candidate *candidate,
                     struct pm_phrase_room *room, struct pm_error *err);

#endif
