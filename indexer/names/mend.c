#include "mend.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "countries.h"
#include "kinds.h"
#include "text_words.h"
#include "titles.h"

#define NEAR       4  /* words on either side that are looked at */
#define SCANS      64 /* of the whole text, in one article: each takes as long as it */
#define GROWN_FROM 4  /* more words are no part of a country's name */

struct mending {
    struct forms *forms;
    struct entities *found;
    size_t kept;  /* of those found, the first that are mended already */
    size_t next;  /* the first that are not looked at */
    size_t scans; /* left */
    struct pm_error *err;
};

static const struct entity_part *part_of(const struct mending *mending, const struct entity *entity)
{
    return &mending->forms->part[entity->part];
}

/* What stands there is known by; NULL when memory ran out.  Lives until the next call. */
static const char *key_of(struct mending *mending, const struct entity_part *part, size_t start,
                          size_t end)
{
    if (forms_key(mending->forms, part->text + start, end - start, mending->err))
        return NULL;
    return pm_buf_str(&mending->forms->key);
}

static const char *name_key(struct mending *mending, const struct entity *entity)
{
    return key_of(mending, part_of(mending, entity), entity->start, entity->end);
}

/* What a word there is, or KIND_NONE if there is no such word; -1 when memory ran out. */
static int word_kind(struct mending *mending, const struct entity_part *part, struct span word)
{
    const char *key = key_of(mending, part, word.start, word.end);
    return key ? (int)kind_of(key, strlen(key)) : -1;
}

static bool is_capital(const struct entity_part *part, struct span word)
{
    return isupper((unsigned char)part->text[word.start]) != 0;
}

static bool is_word(const struct entity_part *part, struct span word, const char *text)
{
    return word.end - word.start == strlen(text) &&
           !memcmp(part->text + word.start, text, word.end - word.start);
}

/* ---- numbers ---- */

/*
 * What a word that begins with a digit is: a number ("0.7058"), one with a unit ("145mb") or
 * another word ("12-nation", "1960s"), all of which are no part of a name; or 0: "1986", which may
 * be, "25th", "3M".
 */
enum number { NO_NUMBER, NUMBER, MEASURE };

static enum number number_at(struct mending *mending, const struct entity_part *part,
                             struct span word)
{
    const char *text = part->text + word.start;
    size_t len = word.end - word.start, digits = 0, marks = 0;
    if (!isdigit((unsigned char)*text))
        return NO_NUMBER;
    for (; digits < len && (isdigit((unsigned char)text[digits]) || strchr(".,/%", text[digits]));
         digits++)
        marks += !isdigit((unsigned char)text[digits]);
    if (digits == len)
        return marks ? NUMBER : NO_NUMBER;
    const char *rest = text + digits + (text[digits] == '-');
    size_t rest_len = len - (size_t)(rest - text);
    if (rest_len == 1 && *rest == 's')
        return MEASURE;
    if (rest > text + digits && (!rest_len || !isupper((unsigned char)*rest)))
        return MEASURE;
    size_t unit = 0;
    while (unit < rest_len && isalpha((unsigned char)rest[unit]))
        unit++;
    const char *key =
        key_of(mending, part, (size_t)(rest - part->text), (size_t)(rest - part->text) + unit);
    return key && unit > 1 && kind_of(key, strlen(key)) == KIND_UNIT ? MEASURE : NO_NUMBER;
}

/* Cuts numbers and units off the beginning; false if no name is left. */
static bool cut_numbers(struct mending *mending, struct entity *entity)
{
    const struct entity_part *part = part_of(mending, entity);
    size_t start = entity->start;
    bool number = false;
    struct span word;
    while (start < entity->end && span_piece(part, start, entity->end, &word)) {
        bool unit = number && word_kind(mending, part, word) == KIND_UNIT;
        if (!unit && !number_at(mending, part, word))
            break;
        number = true;
        start = word.end;
    }
    if (number) {
        /* A single letter is a unit too. */
        if (!span_piece(part, start, entity->end, &word) || word.start + 1 >= entity->end)
            return false;
        entity->start = word.start;
    } else if (isdigit((unsigned char)part->text[start]) && start < entity->end) {
        /* "1998 United States" */
        if (span_piece(part, start, entity->end, &word) && word.end < entity->end) {
            const char *key = key_of(mending, part, word.end, entity->end);
            if (key && country_of(key, strlen(key)) &&
                span_piece(part, word.end, entity->end, &word))
                entity->start = word.start;
        }
    }
    if (!isdigit((unsigned char)part->text[entity->start]))
        return true;
    for (size_t i = entity->start; i < entity->end; i++)
        if (isupper((unsigned char)part->text[i]))
            return true;
    return false;
}

/* ---- growing ---- */

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
    return is_capital(part, word) || is_word(part, word, "of") || is_word(part, word, "the") ||
           is_word(part, word, "and");
}

static struct around look_around(const struct entity_part *part, const struct entity *entity)
{
    struct around around = {.befores = 0};
    size_t at = entity->start;
    while (around.befores < NEAR && span_before(part, at, &around.before[around.befores]) &&
           may_join(part, around.before[around.befores]))
        at = around.before[around.befores++].start;
    for (at = entity->end; around.behinds < NEAR &&
                           span_behind(part, at, &around.behind[around.behinds]) &&
                           may_join(part, around.behind[around.behinds]);)
        at = around.behind[around.behinds++].end;
    return around;
}

/* "Korean" behind "South", "Sri" before "Lanka": the longest that is a country with the name. */
static int grow_to_country(struct mending *mending, struct entity *entity)
{
    const struct entity_part *part = part_of(mending, entity);
    struct around around = look_around(part, entity);
    if (!around.befores && !around.behinds)
        return 0;
    for (size_t more = around.befores + around.behinds; more > 0; more--)
        for (size_t before = 0; before <= more && before <= around.befores; before++) {
            size_t behind = more - before;
            if (behind > around.behinds ||
                (before && !is_capital(part, around.before[before - 1])) ||
                (behind && !is_capital(part, around.behind[behind - 1])))
                continue;
            size_t start = before ? around.before[before - 1].start : entity->start;
            size_t end = behind ? around.behind[behind - 1].end : entity->end;
            const char *key = key_of(mending, part, start, end);
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

/*
 * "Ministry of Trade" before "and Industry", "General Agreement" before "on Tariffs and Trade":
 * fields are taken in up to a word without capital.
 */
static int grow_by_fields(struct mending *mending, struct entity *entity, bool thing)
{
    const struct entity_part *part = part_of(mending, entity);
    size_t at = entity->end, end = at;
    struct span word;
    if (thing && (!span_behind(part, at, &word) || !is_word(part, word, "on")))
        return 0;
    if (thing)
        at = end = word.end;
    size_t least = end;
    for (int words = 0; span_behind(part, at, &word); words++) {
        int kind = is_capital(part, word) ? word_kind(mending, part, word) : KIND_NONE;
        if (kind < 0)
            return -1;
        if (kind == KIND_FIELD)
            end = word.end;
        else if (is_capital(part, word) || words > 2 * NEAR)
            return 0;
        else if (!is_word(part, word, "and") || at != end)
            break;
        at = word.end;
    }
    if (end > least)
        grow(mending, entity, entity->start, end);
    return 0;
}

/* True if the first word of a key is "of" another. */
static bool is_of(const char *key)
{
    return !strncmp(key + strcspn(key, " "), " of ", 4);
}

/* ---- joining what was torn apart ---- */

/* What stands between two names, if it is short: "" for a space, " and ". */
static bool is_between(const struct mending *mending, const struct entity *before,
                       const struct entity *behind, const char *text)
{
    const struct entity_part *part = part_of(mending, before);
    size_t len = strlen(text);
    return before->part == behind->part && behind->start == before->end + len &&
           !memcmp(part->text + before->end, text, len);
}

static bool is_one_word(const struct mending *mending, const struct entity *entity)
{
    struct span word;
    return span_piece(part_of(mending, entity), entity->start, entity->end, &word) &&
           word.end == entity->end;
}

/* True if the name and the one before it are "Goldman, Sachs", and no more of a list. */
static bool is_pair(const struct mending *mending, const struct entity *last)
{
    struct span before;
    return mending->kept > 1 && is_between(mending, last - 1, last, ", ") &&
           is_one_word(mending, last - 1) && is_one_word(mending, last) &&
           !(span_before(part_of(mending, last), last[-1].start, &before) &&
             is_word(part_of(mending, last), before, "and")) &&
           !(mending->kept > 2 && is_between(mending, last - 2, last - 1, ", "));
}

/* The first and the last word of a name of a person. */
static bool ends_of(const struct mending *mending, const struct entity *entity, struct span *first,
                    struct span *last)
{
    const struct entity_part *part = part_of(mending, entity);
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
    const char *text = part_of(mending, entity)->text;
    if (!ends_of(mending, entity, &first, &last) || !mending->scans)
        return false;
    mending->scans--;
    for (size_t i = 0; i < mending->found->len; i++) {
        const struct entity *other = &mending->found->entity[i];
        const char *name = part_of(mending, other)->text;
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

/* A firm with what stands behind the names of firms: "Merrill Lynch" and "and Co"; true if so. */
static bool join_company(struct mending *mending, const struct entity *entity)
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
    return true;
}

/* "South Korean" and "Army", "Bank" and "of Korea", which are one body; 1 if so. */
static int join_body(struct mending *mending, const struct entity *entity, bool own)
{
    struct entity *last = mending->kept ? &mending->found->entity[mending->kept - 1] : NULL;
    if (!last)
        return 0;
    bool of =
        is_between(mending, last, entity, " of ") || is_between(mending, last, entity, " of the ");
    if (!(of && last->type == ENTITY_ORGANISATION) &&
        !(own && entity->type == ENTITY_ORGANISATION && is_between(mending, last, entity, " ")))
        return 0;
    const char *key = name_key(mending, last);
    if (!key)
        return -1;
    if (of ? !kind_all(key, KIND_BODY) : !country_of(key, strlen(key)))
        return 0;
    last->end = entity->end;
    last->type = ENTITY_ORGANISATION;
    return 1;
}

/* ---- what an office is of ---- */

/* How many bytes of a name, from its start, are a country before what is nothing but fields. */
static int country_before_fields(struct mending *mending, const struct entity *entity, size_t *len,
                                 bool *fields)
{
    const struct entity_part *part = part_of(mending, entity);
    struct span word = {entity->start, entity->start};
    *len = 0;
    *fields = false;
    for (size_t words = 0; words < NEAR && word.end < entity->end; words++) {
        const char *key = key_of(mending, part, word.end, entity->end);
        if (!key)
            return -1;
        if ((*fields = kind_all(key, KIND_FIELD)))
            return 0;
        if (!span_piece(part, word.end, entity->end, &word))
            return 0;
        if (!(key = key_of(mending, part, entity->start, word.end)))
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
    const struct entity_part *part = part_of(mending, entity);
    struct span word = {entity->start, entity->end};
    for (int words = 0; words < NEAR && span_behind(part, word.end, &word); words++) {
        int kind = word_kind(mending, part, word);
        if (kind < 0 || kind == KIND_OFFICE)
            return kind < 0 ? -1 : 1;
        if (!is_word(part, word, "and") && (kind != KIND_FIELD || !is_capital(part, word)))
            return 0;
    }
    return 0;
}

static int is_behind_office(struct mending *mending, const struct entity *entity)
{
    const struct entity_part *part = part_of(mending, entity);
    struct span word = {entity->start, entity->end};
    bool of = false;
    for (int words = 0; words < 2 * NEAR && span_before(part, word.start, &word); words++) {
        int kind = word_kind(mending, part, word);
        if (kind < 0 || (of && kind == KIND_OFFICE))
            return kind < 0 ? -1 : 1;
        bool links = is_word(part, word, "of") || is_word(part, word, "for");
        if (!links && !is_word(part, word, "and") && !is_word(part, word, "the") &&
            (kind != KIND_FIELD || !is_capital(part, word)))
            return 0;
        of = links || (of && is_word(part, word, "the"));
    }
    return 0;
}

/* Cuts off what an office is of; 0 if nothing is left, 1 if something is. */
static int cut_office(struct mending *mending, struct entity *entity)
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

/* ---- the rest of a person's name ---- */

/* True if a word of the article always has one with a capital behind it, and `pair` twice. */
static bool is_always_paired(struct mending *mending, const char *word, size_t len,
                             const char *next, size_t next_len)
{
    size_t pairs = 0;
    if (!mending->scans)
        return false;
    mending->scans--;
    for (size_t i = 0; i < NAME_PARTS; i++) {
        const struct entity_part *part = &mending->forms->part[i];
        const char *end = part->text + part->len, *at = part->text;
        while ((at = memmem(at, (size_t)(end - at), word, len))) {
            struct span behind;
            size_t start = (size_t)(at - part->text);
            at += len;
            if (!span_is_word(part, start, start + len))
                continue;
            if (!span_behind(part, start + len, &behind) || !is_capital(part, behind))
                return false;
            pairs += behind.end - behind.start == next_len &&
                     !memcmp(part->text + behind.start, next, next_len);
        }
    }
    return pairs > 1;
}

/* "Samdech Techo Hun" before "Sen", if "Hun" never stands alone. */
static int grow_person(struct mending *mending, struct entity *entity)
{
    const struct entity_part *part = part_of(mending, entity);
    struct span word = {entity->start, entity->start}, next;
    if (!span_behind(part, entity->end, &next) || !is_capital(part, next) ||
        (mending->next < mending->found->len &&
         mending->found->entity[mending->next].part == entity->part &&
         mending->found->entity[mending->next].start < next.end))
        return 0;
    while (span_piece(part, word.end, entity->end, &word) && word.end < entity->end) {
        const char *key = key_of(mending, part, word.start, word.end);
        if (!key)
            return -1;
        if (title_of(key, strlen(key)) == TITLE_NONE)
            return 0;
    }
    const char *key = key_of(mending, part, next.start, next.end);
    if (!key)
        return -1;
    size_t len = strlen(key);
    if (title_of(key, len) == TITLE_NONE && kind_of(key, len) == KIND_NONE &&
        !country_of(key, len) &&
        is_always_paired(mending, part->text + word.start, word.end - word.start,
                         part->text + next.start, next.end - next.start))
        grow(mending, entity, entity->start, next.end);
    return 0;
}

/* ---- all of it ---- */

/* Mends the name; 1 if it is one, and stays on its own. */
static int mend(struct mending *mending, struct entity *entity)
{
    if (entity->end - entity->start > 4 &&
        !strncasecmp(part_of(mending, entity)->text + entity->start, "the ", 4))
        entity->start += 4;
    if (!cut_numbers(mending, entity))
        return 0;
    if (entity->type == ENTITY_OTHER)
        return 1;
    const char *key = name_key(mending, entity);
    if (!key)
        return -1;
    enum word_kind first = kind_of(key, strcspn(key, " ")), last = kind_last(key);
    if (first == KIND_COMPANY && kind_all(key, KIND_COMPANY)) {
        join_company(mending, entity);
        return 0;
    }
    bool body = first == KIND_BODY && is_of(key);
    size_t spaces = 0;
    for (; *key; key++)
        spaces += *key == ' ';
    int joined = join_body(mending, entity, first == KIND_OWN && !spaces);
    if (joined)
        return joined < 0 ? -1 : 0;
    if (spaces < GROWN_FROM && grow_to_country(mending, entity))
        return -1;
    if (entity->type == ENTITY_PERSON)
        return grow_person(mending, entity) ? -1 : 1;
    if (entity->type != ENTITY_ORGANISATION)
        return 1;
    if ((body || last == KIND_THING) && grow_by_fields(mending, entity, !body))
        return -1;
    return last == KIND_FIELD && !body ? cut_office(mending, entity) : 1;
}

int mend_names(struct forms *forms, struct entities *found, struct pm_error *err)
{
    struct mending mending = {.forms = forms, .found = found, .scans = SCANS, .err = err};
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
