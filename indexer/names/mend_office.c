/*
 * Cuts off what an office is of: the defence of a minister is no body.
 */
#include <string.h>

#include "countries.h"
#include "kinds.h"
#include "mend_rules.h"
#include "text_words.h"

#define NEAR 4 /* words on either side that are looked at */

/* How many bytes of a name, from its start, are a country before what is nothing but fields. */
static int country_before_fields(struct mending *mending, const struct entity *entity, size_t *len,
                                 bool *fields)
{
    const struct entity_part *part = mending_part(mending, entity);
    struct span word = {entity->start, entity->start};
    *len = 0;
    *fields = false;
    for (size_t words = 0; words < NEAR && word.end < entity->end; words++) {
        const char *key = mending_key(mending, part, word.end, entity->end);
        if (!key)
            return -1;
        if ((*fields = kind_all(key, KIND_FIELD)))
            return 0;
        if (!span_piece(part, word.end, entity->end, &word))
            return 0;
        if (!(key = mending_key(mending, part, entity->start, word.end)))
            return -1;
        *len = country_of(key, strlen(key)) ? word.end - entity->start : 0;
        if (!*len && words + 2 >= NEAR)
            return 0;
    }
    return 0;
}

/* Walks over fields and little words, to see whether an office stands there; 1 if so. */
static int is_before_office(struct mending *mending, const struct entity *entity)
{
    const struct entity_part *part = mending_part(mending, entity);
    struct span word = {entity->start, entity->end};
    for (int words = 0; words < NEAR && span_behind(part, word.end, &word); words++) {
        int kind = mending_kind(mending, part, word);
        if (kind < 0 || kind == KIND_OFFICE)
            return kind < 0 ? -1 : 1;
        if (!span_is(part, word, "and") && (kind != KIND_FIELD || !span_is_capital(part, word)))
            return 0;
    }
    return 0;
}

static int is_behind_office(struct mending *mending, const struct entity *entity)
{
    const struct entity_part *part = mending_part(mending, entity);
    struct span word = {entity->start, entity->end};
    bool of = false;
    for (int words = 0; words < 2 * NEAR && span_before(part, word.start, &word); words++) {
        int kind = mending_kind(mending, part, word);
        if (kind < 0 || (of && kind == KIND_OFFICE))
            return kind < 0 ? -1 : 1;
        bool links = span_is(part, word, "of") || span_is(part, word, "for");
        if (!links && !span_is(part, word, "and") && !span_is(part, word, "the") &&
            (kind != KIND_FIELD || !span_is_capital(part, word)))
            return 0;
        of = links || (of && span_is(part, word, "the"));
    }
    return 0;
}

int mending_cut_office(struct mending *mending, struct entity *entity)
{
    size_t country;
    bool fields;
    if (country_before_fields(mending, entity, &country, &fields))
        return -1;
    if (!fields)
        return 1;
    int office = is_before_office(mending, entity);
    if (!office && !country)
        office = is_behind_office(mending, entity);
    if (office <= 0)
        return office < 0 ? -1 : 1;
    if (!country)
        return 0;
    entity->end = entity->start + country;
    entity->type = ENTITY_PLACE;
    return 1;
}
