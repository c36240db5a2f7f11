/*
 * Names behind titles that the tagger took apart or lost.
 *
 * A Khmer honorific stands before nothing but a person, whatever the tagger makes of the words
 * behind it, which it has hardly seen: its titles are a closed list (titles.h), and the name is
 * what has capitals behind them.  Headlines in which all words have capitals are left alone.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "countries.h"
#include "kinds.h"
#include "mend_rules.h"
#include "text_words.h"
#include "titles.h"

#define RUN_MAX  16  /* words, titles and name together */
#define NAME_MAX 4   /* words */
#define NEARBY   200 /* bytes */
#define SURE     100

/* The words from a title on, as long as they have capitals and may be a person's. */
struct run {
    struct span word[RUN_MAX];
    size_t len;
    size_t titles; /* of them, at the beginning */
    bool of_body;  /* a kind of body or a country stands behind: "Oknha Mong Reththy Group" */
};

static bool is_day(const char *key)
{
    static const char *const days[] = {"monday", "tuesday",  "wednesday", "thursday",
                                       "friday", "saturday", "sunday"};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        if (!strcmp(days[i], key))
            return true;
    return false;
}

/* Reads words into a run, and their keys, each with a zero behind it, into `keys`. */
static int read_words(struct mending *mending, const struct entity_part *part, size_t start,
                      struct run *run, struct pm_buf *keys)
{
    struct span word = span_at(part, start);
    *run = (struct run){.len = 0};
    do {
        const char *key = mending_key(mending, part, word.start, word.end);
        if (!key)
            return -1;
        size_t len = strlen(key);
        if (!len || !span_is_capital(part, word) || is_day(key))
            return 0;
        if (title_of(key, len) == TITLE_NONE &&
            (kind_of(key, len) != KIND_NONE || country_of(key, len))) {
            run->of_body = true;
            return 0;
        }
        pm_buf_add(keys, key, len);
        pm_buf_addc(keys, '\0');
        if (keys->failed)
            return pm_fail_nomem(mending->err);
        run->word[run->len++] = word;
    } while (run->len < RUN_MAX && span_behind(part, word.end, &word));
    return 0;
}

/* Sets *run to what begins at `start`, up to what is no part of the name. */
static int read_run(struct mending *mending, const struct entity_part *part, size_t start,
                    struct run *run)
{
    struct pm_buf keys = PM_BUF_INIT;
    const char *word[RUN_MAX];
    size_t len[RUN_MAX];
    int rc = read_words(mending, part, start, run, &keys);
    const char *key = keys.data;
    for (size_t i = 0; !rc && i < run->len; i++, key += len[i - 1] + 1) {
        word[i] = key;
        len[i] = strlen(key);
    }
    if (!rc)
        run->titles = titles_before(word, len, run->len);
    for (size_t i = run->titles + 1; !rc && i < run->len; i++) {
        enum title_kind kind = title_of(word[i], len[i]);
        run->of_body |= kind == TITLE_LINK;
        if (kind == TITLE_WORD || kind == TITLE_LINK)
            run->len = i;
    }
    pm_buf_release(&keys);
    return rc;
}

/* True if the line has a word in small letters nearby that has a capital in headlines. */
static bool is_of_sentence(const struct entity_part *part, size_t at)
{
    static const char *const little[] = {"and", "but",  "for", "from", "into",
                                         "nor", "over", "the", "with"};
    size_t end = at + NEARBY < part->len ? at + NEARBY : part->len, start = at;
    while (start > 0 && at - start < NEARBY && part->text[start - 1] != '\n')
        start--;
    while (start < end && (start < at || part->text[start] != '\n')) {
        struct span word = span_at(part, start);
        bool is_long = word.end >= start + 3 && islower((unsigned char)part->text[start]) &&
                       span_is_word(part, word.start, word.end);
        for (size_t i = 0; is_long && i < sizeof little / sizeof *little; i++)
            is_long = !span_is(part, word, little[i]);
        if (is_long)
            return true;
        start = word.end > start ? word.end : start + 1;
    }
    return false;
}

/* ---- behind an honorific ---- */

/* True if an honorific that only people have begins there. */
static bool is_honorific(const struct entity_part *part, size_t at)
{
    static const char *const honorifics[] = {"Samdech", "Samdach", "Oknha", "Okhna"};
    struct span word = {at, 0};
    for (size_t i = 0; i < sizeof honorifics / sizeof *honorifics; i++) {
        size_t len = strlen(honorifics[i]);
        word.end = at + len;
        if (word.end <= part->len && span_is(part, word, honorifics[i]))
            return span_is_word(part, word.start, word.end);
    }
    return false;
}

/* Sets *person to who is honoured there; 0 if nobody is, or it is not clear who. */
static int read_honoured(struct mending *mending, const struct entity_part *part, size_t at,
                         struct entity *person)
{
    struct run run;
    if (!is_of_sentence(part, at))
        return 0;
    if (read_run(mending, part, at, &run))
        return -1;
    if (!run.titles || run.of_body || run.len - run.titles > NAME_MAX)
        return 0;
    *person = (struct entity){
        .part = (size_t)(part - mending->forms->part),
        .start = at,
        .end = run.word[run.len - 1].end,
        .type = ENTITY_PERSON,
        .margin = SURE,
    };
    return 1;
}

static int put(struct entities *to, const struct entity *entity, struct pm_error *err)
{
    struct entity *grown = pm_array_room(to->entity, to->len, sizeof *grown);
    if (!grown)
        return pm_fail_nomem(err);
    to->entity = grown;
    to->entity[to->len++] = *entity;
    to->cap = to->len;
    return 0;
}

/* Puts the person in the place of what was found of them; *next is the first not yet put. */
static int put_person(struct mending *mending, struct entity *person, size_t *next,
                      struct entities *to)
{
    const struct entities *found = mending->found;
    const struct entity *entity;
    for (; *next < found->len; (*next)++) {
        entity = &found->entity[*next];
        if (entity->part > person->part ||
            (entity->part == person->part && entity->end > person->start))
            break;
        if (put(to, entity, mending->err))
            return -1;
    }
    for (; *next < found->len; (*next)++) {
        entity = &found->entity[*next];
        if (entity->part != person->part || entity->start >= person->end)
            break;
        if (entity->type == ENTITY_PERSON && entity->start < person->start)
            person->start = entity->start;
        if (entity->type == ENTITY_PERSON && entity->end > person->end)
            person->end = entity->end;
    }
    return put(to, person, mending->err);
}

int mending_find_honoured(struct mending *mending)
{
    struct entities *found = mending->found, to = {0};
    size_t next = 0;
    int rc = 0;
    for (size_t i = 0; i < NAME_PARTS; i++) {
        const struct entity_part *part = &mending->forms->part[i];
        for (size_t at = 0; at < part->len; at++) {
            struct entity person;
            if ((part->text[at] != 'S' && part->text[at] != 'O') || !is_honorific(part, at))
                continue;
            rc = read_honoured(mending, part, at, &person);
            if (!rc)
                continue;
            if (rc < 0 || (rc = put_person(mending, &person, &next, &to)))
                goto out;
            at = person.end - 1;
        }
    }
    for (; to.len && next < found->len && !rc; next++)
        rc = put(&to, &found->entity[next], mending->err);
out:
    if (rc || !to.len) {
        entities_release(&to);
    } else {
        entities_release(found);
        *found = to;
    }
    return rc < 0 ? -1 : 0;
}

/* ---- behind titles ---- */

int mending_grow_titles(struct mending *mending, struct entity *entity)
{
    const struct entity_part *part = mending_part(mending, entity);
    const struct entities *found = mending->found;
    struct run run;
    struct span behind;
    if (read_run(mending, part, entity->start, &run))
        return -1;
    size_t words = run.len - run.titles;
    if (!run.titles || run.of_body || words < 2 || words >= NAME_MAX ||
        run.word[run.titles].start < entity->end)
        return 0;
    size_t end = run.word[run.len - 1].end;
    bool taken = mending->next < found->len && found->entity[mending->next].part == entity->part &&
                 found->entity[mending->next].start < end;
    if (!taken && is_of_sentence(part, entity->start) &&
        !(span_behind(part, end, &behind) && span_is_capital(part, behind)))
        entity->end = end;
    return 0;
}
