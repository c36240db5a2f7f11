/*
 * Tells firms from people after whom they are called, by what stands beside them.
 */
#include <ctype.h>
#include <string.h>

#include "kinds.h"
#include "mend_rules.h"
#include "text_words.h"

static bool is_one_of(const struct entity_part *part, struct span word, const char *const *list)
{
    while (*list && !span_is(part, word, *list))
        list++;
    return *list;
}

/* Behind a firm: nobody has such, or none who is not named with his own name behind it. */
static const char *const staff[] = {
    "analyst",      "analysts", "economist", "economists", "trader",
    "traders",      "dealer",   "dealers",   "strategist", "strategists",
    "broker",       "brokers",  "executive", "executives", "subsidiary",
    "subsidiaries", "average",  "index",     "industrial", NULL,
};

/* Before "at", "with" or "from" and a firm. */
static const char *const posts[] = {
    "analyst",     "analysts",  "economist",   "economists", "trader",    "traders",  "dealer",
    "dealers",     "broker",    "brokers",     "strategist", "manager",   "managers", "partner",
    "strategists", "executive", "executives",  "director",   "directors", "engineer", "engineers",
    "president",   "chairman",  "underwriter", NULL,
};

/* Before a firm: "the broker NAME"; and before "of" and a firm. */
static const char *const firms[] = {"agency",    "airline",  "bank",       "broker", "brokerage",
                                    "company",   "firm",     "house",      "maker",  "newspaper",
                                    "publisher", "retailer", "subsidiary", "unit",   NULL};

/* "analyst with NAME", "unit of NAME", "brokerage firm NAME" */
static bool is_behind_firms(const struct entity_part *part, const struct entity *entity)
{
    struct span word, before;
    if (!span_before(part, entity->start, &word))
        return false;
    if (is_one_of(part, word, firms))
        return true;
    if (!span_before(part, word.start, &before))
        return false;
    if (span_is(part, word, "of"))
        return span_is(part, before, "unit") || span_is(part, before, "subsidiary");
    return (span_is(part, word, "at") || span_is(part, word, "with") ||
            span_is(part, word, "from")) &&
           is_one_of(part, before, posts);
}

/* "NAME's said": the mark is a part of the name. */
static bool is_owned_and_speaks(const struct entity_part *part, const struct entity *entity)
{
    static const char *const verbs[] = {"said", "says", "also", "has", "will", NULL};
    struct span word;
    size_t end = entity->end;
    if (part->len - end < 3 || part->text[end] != '\'' || part->text[end + 1] != 's')
        return false;
    return span_behind(part, end + 2, &word) && is_one_of(part, word, verbs);
}

/* "Banque Paribas", "Cie Financiere": begins like no person. */
static bool has_head(const char *key)
{
    size_t len = strcspn(key, " ");
    enum word_kind kind = kind_of(key, len);
    return key[len] && (kind == KIND_HEAD || !strncmp(key, "cie ", 4));
}

/* "Siemens AG", but neither "Francisco Sa" nor "FRANCISCO SA". */
static bool has_form(const struct entity_part *part, const struct entity *entity, const char *key)
{
    if (!strchr(key, ' ') || kind_last(key) != KIND_LEGAL)
        return false;
    const char *last = part->text + entity->end - 2;
    return isupper((unsigned char)last[0]) && isupper((unsigned char)last[1]) &&
           forms_has_small(part->text + entity->start, entity->end - entity->start);
}

/* "East Asia Summit", but "Canal Zone" is a place. */
static bool is_thing(const struct entity *entity, const char *key)
{
    const char *last = strrchr(key, ' ');
    return last && kind_last(key) == KIND_THING &&
           (entity->type == ENTITY_PERSON || strncmp(last, " zone", 5) != 0);
}

int mending_find_firm(struct mending *mending, struct entity *entity)
{
    const struct entity_part *part = mending_part(mending, entity);
    struct span word;
    const char *key = mending_name_key(mending, entity);
    if (!key)
        return -1;
    bool firm = (strchr(key, ' ') && kind_last(key) == KIND_COMPANY) || has_form(part, entity, key);
    if (!firm && entity->type == ENTITY_PERSON)
        firm = has_head(key) || is_behind_firms(part, entity) ||
               is_owned_and_speaks(part, entity) ||
               (span_behind(part, entity->end, &word) && is_one_of(part, word, staff));
    if (is_thing(entity, key))
        entity->type = ENTITY_OTHER;
    if (!firm)
        return 0;
    entity->type = ENTITY_ORGANISATION;
    entity->margin = MENDED_SURE;
    return 0;
}
