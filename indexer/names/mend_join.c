/*
 * Joins names that are one: a firm and "and Co", a country and its "Army".
 */
#include <ctype.h>
#include <string.h>

#include "countries.h"
#include "kinds.h"
#include "mend_rules.h"
#include "text_words.h"

/* What stands between two names, if it is short: "" for a space, " and ". */
static bool is_between(const struct mending *mending, const struct entity *before,
                       const struct entity *behind, const char *text)
{
    const struct entity_part *part = mending_part(mending, before);
    size_t len = strlen(text);
    return before->part == behind->part && behind->start == before->end + len &&
           !memcmp(part->text + before->end, text, len);
}

static bool is_one_word(const struct mending *mending, const struct entity *entity)
{
    struct span word;
    return span_piece(mending_part(mending, entity), entity->start, entity->end, &word) &&
           word.end == entity->end;
}

/* True if the name and the one before it are "Goldman, Sachs", and no more of a list. */
static bool is_pair(const struct mending *mending, const struct entity *last)
{
    struct span before;
    return mending->kept > 1 && is_between(mending, last - 1, last, ", ") &&
           is_one_word(mending, last - 1) && is_one_word(mending, last) &&
           !(span_before(mending_part(mending, last), last[-1].start, &before) &&
             span_is(mending_part(mending, last), before, "and")) &&
           !(mending->kept > 2 && is_between(mending, last - 2, last - 1, ", "));
}

/* The first and the last word of a name of a person. */
static bool ends_of(const struct mending *mending, const struct entity *entity, struct span *first,
                    struct span *last)
{
    const struct entity_part *part = mending_part(mending, entity);
    if (entity->type != ENTITY_PERSON || !span_piece(part, entity->start, entity->end, first))
        return false;
    last->start = entity->end;
    last->end = entity->end;
    while (last->start > first->end && !isspace((unsigned char)part->text[last->start - 1]))
        last->start--;
    return last->start > first->end;
}

/* True if somebody is named with and without an initial: people are, and firms are not. */
static bool is_person_too(struct mending *mending, const struct entity *entity)
{
    struct span first, last, other_first, other_last;
    const char *text = mending_part(mending, entity)->text;
    if (!ends_of(mending, entity, &first, &last) || !mending->scans)
        return false;
    mending->scans--;
    for (size_t i = 0; i < mending->found->len; i++) {
        const struct entity *other = &mending->found->entity[i];
        const char *name = mending_part(mending, other)->text;
        if (ends_of(mending, other, &other_first, &other_last) &&
            other->end - other->start != entity->end - entity->start &&
            other_first.end - other_first.start == first.end - first.start &&
            other_last.end - other_last.start == last.end - last.start &&
            !memcmp(name + other_first.start, text + first.start, first.end - first.start) &&
            !memcmp(name + other_last.start, text + last.start, last.end - last.start))
            return true;
    }
    return false;
}

bool mending_join_given(struct mending *mending, const struct entity *entity)
{
    static const char *const shortened[] = {"Alex", "Benj", "Chas", "Edw", "Geo", "Jas",
                                            "Jos",  "Robt", "Thos", "Wm",  NULL};
    struct entity *last = mending->kept ? &mending->found->entity[mending->kept - 1] : NULL;
    if (!last || !is_between(mending, last, entity, ". "))
        return false;
    const struct entity_part *part = mending_part(mending, last);
    for (const char *const *name = shortened; *name; name++)
        if (span_is(part, (struct span){last->start, last->end}, *name)) {
            last->end = entity->end;
            last->type = ENTITY_ORGANISATION;
            last->margin = MENDED_SURE;
            return true;
        }
    return false;
}

bool mending_join_company(struct mending *mending, const struct entity *entity)
{
    struct entity *last = mending->kept ? &mending->found->entity[mending->kept - 1] : NULL;
    if (!last)
        return false;
    bool and =
        is_between(mending, last, entity, " and ") || is_between(mending, last, entity, " & ");
    if (!(and&&!is_person_too(mending, last)) && !is_between(mending, last, entity, " ") &&
        !is_between(mending, last, entity, ", "))
        return false;
    if (and&&is_pair(mending, last)) {
        last--;
        mending->kept--;
    }
    last->end = entity->end;
    last->type = ENTITY_ORGANISATION;
    const struct entity firm = *last;
    mending->kept--;
    mending->kept += !mending_join_given(mending, &firm);
    return true;
}

int mending_join_body(struct mending *mending, const struct entity *entity, bool own)
{
    struct entity *last = mending->kept ? &mending->found->entity[mending->kept - 1] : NULL;
    if (!last)
        return 0;
    bool of =
        is_between(mending, last, entity, " of ") || is_between(mending, last, entity, " of the ");
    if (!(of && last->type == ENTITY_ORGANISATION) &&
        !(own && entity->type == ENTITY_ORGANISATION && is_between(mending, last, entity, " ")))
        return 0;
    const char *key = mending_name_key(mending, last);
    if (!key)
        return -1;
    if (of ? !kind_all(key, KIND_BODY) : !country_of(key, strlen(key)))
        return 0;
    last->end = entity->end;
    last->type = ENTITY_ORGANISATION;
    return 1;
}
