#include "facets.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "date.h"
#include "hash.h"
#include "name_kinds.h"
#include "schema.h"

#define FIRST_SLOTS  64
#define TIMELINE_MAX 100000 /* bins; more are no use to anybody */

/* The slots are those of pm_schema. */
const struct pm_facet_info pm_facet_table[PM_FACETS] = {
    [PM_FACET_SOURCE] = {"source", 2, 0, NULL},
    [PM_FACET_AUTHOR] = {"author", 4, 0, NULL},
    [PM_FACET_SECTION] = {"section", 5, 0, NULL},
    [PM_FACET_TAG] = {"tag", 6, 0, NULL},
    [PM_FACET_LANGUAGE] = {"language", 7, 0, NULL},
    [PM_FACET_ENTITY] = {"entity", 9, 0,
                         (const char[]){PM_VALUE_PERSON, PM_VALUE_ORGANISATION, PM_VALUE_PLACE,
                                        PM_VALUE_OTHER, 0}},
    [PM_FACET_PERSON] = {"person", 9, 0, (const char[]){PM_VALUE_PERSON, 0}},
    [PM_FACET_ORGANISATION] = {"org", 9, 0, (const char[]){PM_VALUE_ORGANISATION, 0}},
    [PM_FACET_PLACE] = {"place", 9, 0, (const char[]){PM_VALUE_PLACE, 0}},
    [PM_FACET_YEAR] = {"year", 0, 4, NULL},
    [PM_FACET_MONTH] = {"month", 0, 7, NULL},
    [PM_FACET_WEEK] = {"week", 0, 10, NULL},
    [PM_FACET_DAY] = {"day", 0, 10, NULL},
};

int pm_facet_find(const char *name, size_t len)
{
    if (len == 4 && !memcmp(name, "tags", 4))
        return PM_FACET_TAG;
    for (int i = 0; i < PM_FACETS; i++)
        if (strlen(pm_facet_table[i].name) == len && !memcmp(pm_facet_table[i].name, name, len))
            return i;
    return -1;
}

/* ---- counting ---- */

/* Where each item is, by its value; items have their places until they are sorted. */
struct table {
    uint32_t *slot; /* open addressing: the number of an item plus 1, or 0 */
    size_t slots;   /* a power of two, at least twice the items */
    struct seen {
        uint64_t hash;
        uint64_t article; /* the last one counted for it, so that none counts twice */
        char person;      /* what it is where it is said to be a person, once asked; else 0 */
    } * seen;             /* of each item */
    uint64_t article;     /* the one being counted, from 1 */
};

static void free_table(struct table *table)
{
    if (!table)
        return;
    free(table->slot);
    free(table->seen);
    free(table);
}

/* The slot of the value: of its item, or the free one that it would take. */
static uint32_t *slot_of(const struct pm_facet_counts *counts, uint64_t hash, const char *value,
                         size_t len)
{
    const struct table *table = counts->table;
    for (size_t i = hash;; i++) {
        uint32_t *slot = &table->slot[i & (table->slots - 1)];
        if (!*slot)
            return slot;
        const char *known = counts->item[*slot - 1].value;
        if (table->seen[*slot - 1].hash == hash && !strncmp(known, value, len) && !known[len])
            return slot;
    }
}

/* Makes room for one more item. */
static int grow(struct pm_facet_counts *counts, struct pm_error *err)
{
    struct table *table = counts->table;
    size_t cap = counts->cap ? counts->cap * 2 : FIRST_SLOTS / 2;
    struct pm_facet_count *item = realloc(counts->item, cap * sizeof *item);
    if (!item)
        return pm_fail_nomem(err);
    counts->item = item;
    struct seen *seen = realloc(table->seen, cap * sizeof *seen);
    if (!seen)
        return pm_fail_nomem(err);
    table->seen = seen;
    uint32_t *slot = calloc(cap * 2, sizeof *slot);
    if (!slot)
        return pm_fail_nomem(err);
    free(table->slot);
    table->slot = slot;
    table->slots = cap * 2;
    counts->cap = cap;
    for (size_t i = 0; i < counts->len; i++)
        *slot_of(counts, seen[i].hash, item[i].value, strlen(item[i].value)) = (uint32_t)i + 1;
    return 0;
}

/* What is known of the item of a value, which has no NUL; it is made if there is none yet. */
static struct seen *find_item(struct pm_facet_counts *counts, const char *value, size_t len,
                              struct pm_error *err)
{
    struct table *table = counts->table;
    if (counts->len * 2 >= table->slots && grow(counts, err))
        return NULL;
    assert(table->slot);
    uint64_t hash = pm_hash64(value, len);
    uint32_t *slot = slot_of(counts, hash, value, len);
    if (!*slot) {
        char *copy = strndup(value, len);
        if (!copy) {
            pm_fail_nomem(err);
            return NULL;
        }
        counts->item[counts->len] = (struct pm_facet_count){copy, 0};
        table->seen[counts->len] = (struct seen){.hash = hash};
        *slot = (uint32_t)++counts->len;
    }
    return &table->seen[*slot - 1];
}

/* Counts one value of the article at hand. */
static int count_value(struct pm_facet_counts *counts, const char *value, size_t len,
                       struct pm_error *err)
{
    const struct table *table = counts->table;
    struct seen *seen = find_item(counts, value, len, err);
    if (!seen)
        return -1;
    counts->item[seen - table->seen].count += seen->article != table->article;
    seen->article = table->article;
    return 0;
}

/* Sets *kind, which the article says a name has, to what it has over the whole index. */
static int find_kind(struct pm_facet_counts *counts, const char *name, size_t len, char *kind,
                     struct pm_error *err)
{
    bool asks = counts->facet == PM_FACET_PERSON || counts->facet == PM_FACET_ORGANISATION;
    if (*kind != PM_VALUE_PERSON || !counts->kinds || !asks)
        return 0;
    struct seen *seen = find_item(counts, name, len, err);
    if (!seen)
        return -1;
    if (!seen->person) {
        int rc = pm_name_kinds_person(counts->kinds, name, len, err);
        if (rc < 0)
            return -1;
        seen->person = (char)rc;
    }
    *kind = seen->person;
    return 0;
}

static int count_values(struct pm_facet_counts *counts, const struct pm_db_bytes *value,
                        struct pm_error *err)
{
    const char *kinds = pm_facet_table[counts->facet].kinds;
    bool any = false;
    for (size_t at = 0; at < value->len;) {
        const char *from = value->data + at;
        const char *end = memchr(from, PM_VALUE_SEPARATOR, value->len - at);
        size_t len = end ? (size_t)(end - from) : value->len - at;
        at += len + 1;
        if (kinds && len) {
            char kind = *from++;
            len--;
            if (len && find_kind(counts, from, len, &kind, err))
                return -1;
            if (!strchr(kinds, kind))
                continue;
        }
        if (len && count_value(counts, from, len, err))
            return -1;
        any |= len > 0;
    }
    counts->missing += !any;
    return 0;
}

/* ---- times ---- */

/* The number that begins `text`; its `digits` digits are known to be there. */
static int number(const char *text, int digits)
{
    int n = 0;
    for (int i = 0; i < digits; i++)
        n = n * 10 + (text[i] - '0');
    return n;
}

/* A day as seconds since 1970; what lies outside its month or year is carried. */
static time_t seconds_of(int year, int month, int mday)
{
    struct tm day = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = mday};
    return timegm(&day);
}

enum { DAY_SECONDS = 24 * 60 * 60, FIRST_MONDAY = 4 /* days after the first of 1970 */ };

/* The days since 1970 of the Monday that begins the week of an ISO year. */
static long monday_of(int year, int week)
{
    /* The first week is that of 4 January. */
    long day = seconds_of(year, 1, 4) / DAY_SECONDS;
    long weekday = ((day - FIRST_MONDAY) % 7 + 7) % 7;
    return day - weekday + 7L * (week - 1);
}

/* Writes the year, month, week or day of that moment. */
static void write_time(enum pm_facet facet, time_t seconds, char *text, size_t size)
{
    struct tm tm = {0};
    gmtime_r(&seconds, &tm);
    switch (facet) {
    case PM_FACET_YEAR:
        strftime(text, size, "%Y", &tm);
        break;
    case PM_FACET_MONTH:
        strftime(text, size, "%Y-%m", &tm);
        break;
    case PM_FACET_WEEK:
        strftime(text, size, "%G-W%V", &tm);
        break;
    default:
        strftime(text, size, "%Y-%m-%d", &tm);
    }
}

/* Cuts a date to what the facet counts; false if it is less precise. */
static bool cut_date(enum pm_facet facet, const struct pm_db_bytes *value, struct pm_date *date)
{
    size_t precision = (size_t)pm_facet_table[facet].precision;
    if (value->len < precision || !pm_date_parse(value->data, precision, date) ||
        strlen(date->text) != precision)
        return false;
    if (facet == PM_FACET_WEEK) {
        const char *day = date->text;
        write_time(facet, seconds_of(number(day, 4), number(day + 5, 2), number(day + 8, 2)),
                   date->text, sizeof date->text);
    }
    return true;
}

int pm_facet_counts_add(struct pm_facet_counts *counts, const struct pm_db_bytes *value,
                        struct pm_error *err)
{
    struct pm_date date;
    struct table *table = counts->table;
    assert(table || !counts->len); /* not after sorting */
    if (!table && !(table = counts->table = calloc(1, sizeof *table)))
        return pm_fail_nomem(err);
    table->article++;
    if (!pm_facet_table[counts->facet].precision)
        return count_values(counts, value, err);
    if (cut_date(counts->facet, value, &date))
        return count_value(counts, date.text, strlen(date.text), err);
    counts->missing++;
    return 0;
}

static int by_value(const void *a, const void *b)
{
    const struct pm_facet_count *one = a, *other = b;
    return strcmp(one->value, other->value);
}

static int by_count(const void *a, const void *b)
{
    const struct pm_facet_count *one = a, *other = b;
    if (one->count != other->count)
        return one->count > other->count ? -1 : 1;
    return by_value(a, b);
}

/* Names that were asked for and belong elsewhere are no values. */
static void drop_uncounted(struct pm_facet_counts *counts)
{
    size_t kept = 0;
    for (size_t i = 0; i < counts->len; i++)
        if (counts->item[i].count)
            counts->item[kept++] = counts->item[i];
        else
            free(counts->item[i].value);
    counts->len = kept;
}

void pm_facet_counts_sort(struct pm_facet_counts *counts)
{
    free_table(counts->table);
    counts->table = NULL;
    counts->kinds = NULL;
    drop_uncounted(counts);
    if (counts->len)
        qsort(counts->item, counts->len, sizeof *counts->item,
              pm_facet_table[counts->facet].precision ? by_value : by_count);
}

void pm_facet_counts_cut(struct pm_facet_counts *counts, size_t limit)
{
    if (!limit || pm_facet_table[counts->facet].precision)
        return;
    for (; counts->len > limit; counts->more++)
        free(counts->item[--counts->len].value);
}

void pm_facet_counts_release(struct pm_facet_counts *counts)
{
    for (size_t i = 0; i < counts->len; i++)
        free(counts->item[i].value);
    free(counts->item);
    free_table(counts->table);
    *counts = (struct pm_facet_counts){.facet = counts->facet};
}

/* ---- timelines ---- */

/* The place of a bin among all years, months, weeks or days. */
static long place_of(enum pm_facet facet, const char *time)
{
    int year = number(time, 4);
    switch (facet) {
    case PM_FACET_YEAR:
        return year;
    case PM_FACET_MONTH:
        return year * 12L + number(time + 5, 2) - 1;
    case PM_FACET_WEEK:
        return (monday_of(year, number(time + 6, 2)) - FIRST_MONDAY) / 7;
    default:
        return seconds_of(year, number(time + 5, 2), number(time + 8, 2)) / DAY_SECONDS;
    }
}

/* The moment that the bin at that place begins, as seconds since 1970. */
static time_t start_of(enum pm_facet facet, long place)
{
    switch (facet) {
    case PM_FACET_YEAR:
        return seconds_of((int)place, 1, 1);
    case PM_FACET_MONTH:
        return seconds_of(0, (int)place + 1, 1);
    case PM_FACET_WEEK:
        return (time_t)(place * 7 + FIRST_MONDAY) * DAY_SECONDS;
    default:
        return (time_t)place * DAY_SECONDS;
    }
}

int pm_timeline_make(const struct pm_facet_counts *matches, const struct pm_facet_counts *index,
                     struct pm_timeline *timeline, struct pm_error *err)
{
    enum pm_facet facet = matches->facet;
    assert(pm_facet_table[facet].precision && index->facet == facet);
    *timeline = (struct pm_timeline){.undated = matches->missing};
    if (!matches->len)
        return 0;
    long first = place_of(facet, matches->item[0].value);
    size_t len = (size_t)(place_of(facet, matches->item[matches->len - 1].value) - first) + 1;
    if (len > TIMELINE_MAX)
        return pm_fail(err, PM_ERR_QUERY,
                       "a timeline by %s from %s to %s would be longer than %d: take a longer unit",
                       pm_facet_table[facet].name, matches->item[0].value,
                       matches->item[matches->len - 1].value, TIMELINE_MAX);
    timeline->bin = calloc(len, sizeof *timeline->bin);
    if (!timeline->bin)
        return pm_fail_nomem(err);
    timeline->len = len;
    for (size_t i = 0; i < len; i++)
        write_time(facet, start_of(facet, first + (long)i), timeline->bin[i].time,
                   sizeof timeline->bin[i].time);
    for (size_t i = 0; i < matches->len; i++)
        timeline->bin[place_of(facet, matches->item[i].value) - first].articles =
            matches->item[i].count;
    for (size_t i = 0; i < index->len; i++) {
        long place = place_of(facet, index->item[i].value);
        if (place >= first && (size_t)(place - first) < len)
            timeline->bin[place - first].indexed = index->item[i].count;
    }
    return 0;
}

void pm_timeline_release(struct pm_timeline *timeline)
{
    free(timeline->bin);
    *timeline = (struct pm_timeline){0};
}
