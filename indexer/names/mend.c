#include "mend.h"

#include <string.h>
#include <strings.h>

#include "kinds.h"
#include "mend_rules.h"

#define SCANS      64 /* of the whole text, in one article: each takes as long as it */
#define GROWN_FROM 4  /* more words are no part of a country's name */

const struct entity_part *mending_part(const struct mending *mending, const struct entity *entity)
{
    return &mending->forms->part[entity->part];
}

const char *mending_key(struct mending *mending, const struct entity_part *part, size_t start,
                        size_t end)
{
    if (forms_key(mending->forms, part->text + start, end - start, mending->err))
        return NULL;
    return pm_buf_str(&mending->forms->key);
}

const char *mending_name_key(struct mending *mending, const struct entity *entity)
{
    return mending_key(mending, mending_part(mending, entity), entity->start, entity->end);
}

int mending_kind(struct mending *mending, const struct entity_part *part, struct span word)
{
    const char *key = mending_key(mending, part, word.start, word.end);
    return key ? (int)kind_of(key, strlen(key)) : -1;
}

/* True if the first word of a key is "of" another. */
static bool is_of(const char *key)
{
    return !strncmp(key + strcspn(key, " "), " of ", 4);
}

/* Leaves what stands before or within angle brackets, such as those of "Gulf Oil Corp <GO>"; false
 * if that is nothing. */
static bool cut_brackets(const struct mending *mending, struct entity *entity)
{
    const char *text = mending_part(mending, entity)->text;
    while (entity->start < entity->end && strchr("<> ", text[entity->start]))
        entity->start++;
    size_t end = entity->start;
    while (end < entity->end && text[end] != '<' && text[end] != '>')
        end++;
    while (end > entity->start && text[end - 1] == ' ')
        end--;
    entity->end = end;
    return end > entity->start;
}

/* Mends the name; 1 if it is one, and stays on its own. */
static int mend(struct mending *mending, struct entity *entity)
{
    if (!cut_brackets(mending, entity))
        return 0;
    if (entity->end - entity->start > 4 &&
        !strncasecmp(mending_part(mending, entity)->text + entity->start, "the ", 4))
        entity->start += 4;
    if (!mending_cut_numbers(mending, entity) || mending_is_currency(mending, entity))
        return 0;
    if (entity->type == ENTITY_OTHER)
        return 1;
    if (entity->type != ENTITY_ORGANISATION && mending_find_firm(mending, entity))
        return -1;
    const char *key = mending_name_key(mending, entity);
    if (!key)
        return -1;
    enum word_kind first = kind_of(key, strcspn(key, " ")), last = kind_last(key);
    if (first == KIND_COMPANY && kind_all(key, KIND_COMPANY)) {
        mending_join_company(mending, entity);
        return 0;
    }
    if (last == KIND_COMPANY && mending_join_given(mending, entity))
        return 0;
    bool body = first == KIND_BODY && is_of(key);
    size_t spaces = 0;
    for (; *key; key++)
        spaces += *key == ' ';
    int joined = mending_join_body(mending, entity, first == KIND_OWN && !spaces);
    if (joined)
        return joined < 0 ? -1 : 0;
    if (spaces < GROWN_FROM && mending_grow_to_country(mending, entity))
        return -1;
    if (entity->type == ENTITY_PERSON)
        return mending_grow_titles(mending, entity) ? -1 : 1;
    if (entity->type != ENTITY_ORGANISATION)
        return 1;
    if ((body || last == KIND_THING) && mending_grow_by_fields(mending, entity, !body))
        return -1;
    return last == KIND_FIELD && !body ? mending_cut_office(mending, entity) : 1;
}

int mend_names(struct forms *forms, struct entities *found, struct pm_error *err)
{
    struct mending mending = {.forms = forms, .found = found, .scans = SCANS, .err = err};
    if (mending_find_honoured(&mending))
        return -1;
    while (mending.next < found->len) {
        struct entity entity = found->entity[mending.next++];
        int name = mend(&mending, &entity);
        if (name < 0)
            return -1;
        if (name)
            found->entity[mending.kept++] = entity;
    }
    found->len = mending.kept;
    return 0;
}
