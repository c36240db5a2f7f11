/*
 * Counts over all that matches: how many articles each source, author, tag or time has.
 */
#ifndef PM_FACETS_H
#define PM_FACETS_H

#include <stddef.h>
#include <stdint.h>

#include "db.h"
#include "error.h"

enum pm_facet {
    PM_FACET_SOURCE,
    PM_FACET_AUTHOR,
    PM_FACET_SECTION,
    PM_FACET_TAG,
    PM_FACET_LANGUAGE,
    PM_FACET_ENTITY, /* names, of all types or of one */
    PM_FACET_PERSON,
    PM_FACET_ORGANISATION,
    PM_FACET_PLACE,
    PM_FACET_YEAR,
    PM_FACET_MONTH,
    PM_FACET_WEEK, /* ISO 8601: 2024-W07 */
    PM_FACET_DAY,
    PM_FACETS,
};

struct pm_facet_info {
    const char *name; /* on the command line and in JSON: "source" */
    uint32_t slot;
    int precision;     /* of a time: characters that an article's date needs at least; else 0 */
    const char *kinds; /* what values may begin with, which is not a part of them; NULL: anything */
};
extern const struct pm_facet_info pm_facet_table[PM_FACETS];

struct pm_name_kinds;

/* The facet called that ("tags" is "tag" too), or -1. */
int pm_facet_find(const char *name, size_t len);

struct pm_facet_count {
    char *value;
    uint32_t count;
};

/* The counts of one facet, once pm_facet_counts_sort() has run. */
struct pm_facet_counts {
    enum pm_facet facet;
    struct pm_facet_count *item; /* most articles first, then by value; times: by time */
    size_t len, cap;
    size_t more;      /* values that pm_facet_counts_cut() took off the end */
    uint32_t missing; /* articles without a value, or with a date less precise than asked for */
    struct pm_name_kinds *kinds; /* borrowed; NULL: people are whom the articles take for one */
    void *table;                 /* private */
};

/*
 * Counts one article's value of the facet's slot; "" is none.  Tags count each.  Where `kinds`
 * knows better than the article, a name counts for organisations and not for people.
 */
int pm_facet_counts_add(struct pm_facet_counts *counts, const struct pm_db_bytes *value,
                        struct pm_error *err);
void pm_facet_counts_sort(struct pm_facet_counts *counts);

/* Leaves the first `limit` values of what is sorted; all of times, and where it is 0. */
void pm_facet_counts_cut(struct pm_facet_counts *counts, size_t limit);
void pm_facet_counts_release(struct pm_facet_counts *counts);

/* A stretch of time, with what matches and what the index holds. */
struct pm_bin {
    char time[16]; /* "2024-05", "2024-W07", "2024-05-19" */
    uint32_t articles, indexed;
};

struct pm_timeline {
    struct pm_bin *bin; /* every one from the first to the last that the matches have, in order */
    size_t len;
    uint32_t undated; /* matches that fall into no bin */
};

/*
 * Makes a timeline of the counts of a time facet over the matches and over the whole index (both
 * sorted), every bin between them filled in.  PM_ERR_QUERY when there would be more than 100,000.
 */
int pm_timeline_make(const struct pm_facet_counts *matches, const struct pm_facet_counts *index,
                     struct pm_timeline *timeline, struct pm_error *err);
void pm_timeline_release(struct pm_timeline *timeline);

#endif
