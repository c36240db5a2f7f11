#include "phrase.h"

#include <stdlib.h>

void pm_phrase_room_release(struct pm_phrase_room *room)
{
    pm_buf_release(&room->positions);
    free(room->end);
    *room = (struct pm_phrase_room){0};
}

static int read_positions(const struct pm_db_query *phrase, const struct pm_db_candidate *candidate,
                          struct pm_phrase_room *room, struct pm_error *err)
{
    if (!room->end && !(room->end = calloc(2 * phrase->children, sizeof *room->end)))
        return pm_fail_nomem(err);
    pm_buf_clear(&room->positions);
    for (size_t i = 0; i < phrase->children; i++) {
        const struct pm_db_query *of = phrase->child[i];
        const struct pm_db_bytes term = {of->term, of->term_len};
        if (pm_db_candidate_positions(candidate, &term, &room->positions, err))
            return -1;
        room->end[i] = room->positions.len / sizeof(uint32_t);
    }
    return 0;
}

/* From each place of the first, each takes the next place that it can, which never goes back. */
int pm_phrase_stands(const struct pm_db_query *phrase, const struct pm_db_candidate *candidate,
                     struct pm_phrase_room *room, struct pm_error *err)
{
    if (read_positions(phrase, candidate, room, err))
        return -1;
    size_t n = phrase->children, *end = room->end, *at = room->end + n;
    const uint32_t *position = (const uint32_t *)(const void *)pm_buf_str(&room->positions);
    for (size_t i = 1; i < n; i++)
        at[i] = end[i - 1];
    for (size_t first = 0; first < end[0]; first++) {
        uint32_t before = position[first];
        size_t i = 1;
        for (; i < n; i++) {
            while (at[i] < end[i] && position[at[i]] <= before)
                at[i]++;
            if (at[i] == end[i])
                return 0;
            before = position[at[i]];
        }
        if (before - position[first] < phrase->window)
            return 1;
    }
    return 0;
}
