/*
 * Takes in what a name was cut off from: countries of several words, fields of ministries.
 */
#include <string.h>

#include "countries.h"
#include "kinds.h"
#include "mend_rules.h"
#include "text_words.h"

#define NEAR 4 /* words on either side that are looked at */

/* Gives a name its new bounds, if it may have what stands there; what is in them is dropped. */
static bool grow(struct mending *mending, struct entity *entity, size_t start, size_t end)
{
    struct entities *found = mending->found;
    size_t kept = mending->kept, next = mending->next;
    while (kept && found->entity[kept - 1].part == entity->part &&
           found->entity[kept - 1].end > start)
        if (found->entity[--kept].start < start)
            return false;
    for (; next < found->len && found->entity[next].part == entity->part &&
           found->entity[next].start < end;
         next++)
        if (found->entity[next].end > end)
            return false;
    mending->kept = kept;
    mending->next = next;
    entity->start = start;
    entity->end = end;
    return true;
}

/* The words on both sides of a name: as long as they are capital or little ones between such. */
struct around {
    struct span before[NEAR], behind[NEAR];
    size_t befores, behinds;
};

static bool may_join(const struct entity_part *part, struct span word)
{
    return span_is_capital(part, word) || span_is(part, word, "of") || span_is(part, word, "the") ||
           span_is(part, word, "and");
}

static struct around look_around(const struct entity_part *part, const struct entity *entity)
{
    struct around around = {.befores = 0};
    size_t at = entity->start;
    while (around.befores < NEAR && span_owner_before(part, at, &around.before[around.befores]) &&
           may_join(part, around.before[around.befores]))
        at = around.before[around.befores++].start;
    for (at = entity->end; around.behinds < NEAR &&
                           span_behind_owner(part, at, &around.behind[around.behinds]) &&
                           may_join(part, around.behind[around.behinds]);)
        at = around.behind[around.behinds++].end;
    return around;
}

int mending_grow_to_country(struct mending *mending, struct entity *entity)
{
    const struct entity_part *part = mending_part(mending, entity);
    struct around around = look_around(part, entity);
    if (!around.befores && !around.behinds)
        return 0;
    for (size_t more = around.befores + around.behinds; more > 0; more--)
        for (size_t before = 0; before <= more && before <= around.befores; before++) {
            size_t behind = more - before;
            if (behind > around.behinds ||
                (before && !span_is_capital(part, around.before[before - 1])) ||
                (behind && !span_is_capital(part, around.behind[behind - 1])))
                continue;
            size_t start = before ? around.before[before - 1].start : entity->start;
            size_t end = behind ? around.behind[behind - 1].end : entity->end;
            const char *key = mending_key(mending, part, start, end);
            if (!key)
                return -1;
            if (strncmp(key, "the ", 4) != 0 && country_of(key, strlen(key)) &&
                grow(mending, entity, start, end)) {
                entity->type = ENTITY_PLACE;
                return 0;
            }
        }
    return 0;
}

int mending_grow_by_fields(struct mending *mending, struct entity *entity, bool thing)
{
    const struct entity_part *part = mending_part(mending, entity);
    size_t at = entity->end, end = at;
    struct span word;
    if (thing && (!span_behind(part, at, &word) || !span_is(part, word, "on")))
        return 0;
    if (thing)
        at = end = word.end;
    size_t least = end;
    for (int words = 0; span_behind(part, at, &word); words++) {
        int kind = span_is_capital(part, word) ? mending_kind(mending, part, word) : KIND_NONE;
        if (kind < 0)
            return -1;
        if (kind == KIND_FIELD)
            end = word.end;
        else if (span_is_capital(part, word) || words > 2 * NEAR)
            return 0;
        else if (!span_is(part, word, "and") || at != end)
            break;
        at = word.end;
    }
    if (end > least)
        grow(mending, entity, entity->start, end);
    return 0;
}
