#include "copies.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "schema.h"
#include "sketch.h"
#include "stories.h"

/* A report that comes back next week in the same words is another story: docs/STORIES.md. */
#define STORY_DAYS 3
#define DAY_LENGTH 10 /* bytes of a date that says its day */

/* ---- sketches ---- */

struct sketches {
    size_t *place;        /* by document, from 1: its place in the ranking; 0 if it has none */
    uint32_t documents;   /* the last that `place` knows */
    unsigned char *bytes; /* by place */
    const unsigned char **sketch;
    double *day; /* of the date, by place; HUGE_VAL where it says none */
};

static int take_sketch(uint32_t docid, const char *value, size_t len, void *arg)
{
    struct sketches *sketches = arg;
    if (docid > sketches->documents || !sketches->place[docid] || len != PM_SKETCH_BYTES)
        return 0;
    size_t i = sketches->place[docid] - 1;
    memcpy(sketches->bytes + i * PM_SKETCH_BYTES, value, PM_SKETCH_BYTES);
    sketches->sketch[i] = sketches->bytes + i * PM_SKETCH_BYTES;
    return 0;
}

static int take_date(uint32_t docid, const char *value, size_t len, void *arg)
{
    struct sketches *sketches = arg;
    if (docid <= sketches->documents && sketches->place[docid] && len >= DAY_LENGTH)
        sketches->day[sketches->place[docid] - 1] = pm_date_days(value, len);
    return 0;
}

/* One walk over the values of the index is far quicker than a look-up for each article. */
static int read_sketches(const struct pm_search *search, const struct pm_ranking *ranking,
                         struct sketches *sketches, struct pm_error *err)
{
    for (size_t i = 0; i < ranking->len; i++)
        if (ranking->item[i].docid > sketches->documents)
            sketches->documents = ranking->item[i].docid;
    sketches->place = calloc((size_t)sketches->documents + 1, sizeof *sketches->place);
    sketches->bytes = calloc(ranking->len + 1, PM_SKETCH_BYTES);
    sketches->sketch = calloc(ranking->len + 1, sizeof *sketches->sketch);
    sketches->day = calloc(ranking->len + 1, sizeof *sketches->day);
    if (!sketches->place || !sketches->bytes || !sketches->sketch || !sketches->day)
        return pm_fail_nomem(err);
    for (size_t i = 0; i < ranking->len; i++) {
        sketches->place[ranking->item[i].docid] = i + 1;
        sketches->day[i] = HUGE_VAL;
    }
    return pm_db_each_value(search->index.db, pm_schema[PM_FIELD_SKETCH].slot, take_sketch,
                            sketches, err) ||
                   pm_db_each_value(search->index.db, pm_schema[PM_FIELD_DATE].slot, take_date,
                                    sketches, err)
               ? -1
               : 0;
}

/* ---- stories ---- */

/* Puts the places of each story together: a counting sort. */
static int gather(const uint32_t *story, size_t n, struct pm_copies *copies, struct pm_error *err)
{
    free(copies->place);
    free(copies->start);
    copies->place = calloc(n + 1, sizeof *copies->place);
    copies->start = calloc((size_t)copies->stories + 2, sizeof *copies->start);
    if (!copies->place || !copies->start)
        return pm_fail_nomem(err);
    /* start[s + 1] moves from where story s begins to where it ends. */
    for (size_t i = 0; i < n; i++)
        if (story[i] + 2 <= copies->stories)
            copies->start[story[i] + 2]++;
    for (uint32_t s = 2; s <= copies->stories; s++)
        copies->start[s] += copies->start[s - 1];
    for (size_t i = 0; i < n; i++)
        copies->place[copies->start[story[i] + 1]++] = i;
    return 0;
}

static int compare_days(const void *left, const void *right, void *days)
{
    const size_t *a = left, *b = right;
    double first = ((const double *)days)[*a], second = ((const double *)days)[*b];
    int order = (first > second) - (first < second);
    return order ? order : (*a > *b) - (*a < *b);
}

/* Parts what is further from its first article than a story lasts; how many stories there are. What
 * says no day stays with the first. */
static uint32_t part_by_days(const struct pm_copies *copies, const double *day, uint32_t *story)
{
    uint32_t stories = copies->stories;
    for (uint32_t s = 0; s < copies->stories; s++) {
        size_t *place = copies->place + copies->start[s],
               n = copies->start[s + 1] - copies->start[s];
        if (n < 2)
            continue;
        qsort_r(place, n, sizeof *place, compare_days, (void *)(uintptr_t)day);
        double first = day[place[0]];
        uint32_t part = s;
        for (size_t i = 1; i < n && day[place[i]] < HUGE_VAL; i++) {
            if (day[place[i]] > first + STORY_DAYS) {
                first = day[place[i]];
                part = stories++;
            }
            story[place[i]] = part;
        }
    }
    return stories;
}

/* Numbers the stories anew, by their first in the ranking. */
static int number_stories(uint32_t *story, size_t n, uint32_t stories, struct pm_error *err)
{
    uint32_t *number = calloc((size_t)stories + 1, sizeof *number), next = 0;
    if (!number)
        return pm_fail_nomem(err);
    for (size_t i = 0; i < n; i++) {
        if (!number[story[i]])
            number[story[i]] = ++next;
        story[i] = number[story[i]] - 1;
    }
    free(number);
    return 0;
}

int pm_copies_find(const struct pm_search *search, const struct pm_ranking *ranking,
                   struct pm_copies *copies, struct pm_error *err)
{
    struct sketches sketches = {0};
    uint32_t *story = calloc(ranking->len + 1, sizeof *story);
    *copies = (struct pm_copies){0};
    int rc = story ? read_sketches(search, ranking, &sketches, err) : pm_fail_nomem(err);
    if (rc || pm_stories_find(sketches.sketch, ranking->len, story, &copies->stories, err) ||
        gather(story, ranking->len, copies, err)) {
        rc = -1;
        goto out;
    }
    copies->stories = part_by_days(copies, sketches.day, story);
    rc = number_stories(story, ranking->len, copies->stories, err) ||
                 gather(story, ranking->len, copies, err)
             ? -1
             : 0;
out:
    free(story);
    free(sketches.place);
    free(sketches.bytes);
    free(sketches.sketch);
    free(sketches.day);
    return rc;
}

void pm_copies_release(struct pm_copies *copies)
{
    free(copies->place);
    free(copies->start);
    *copies = (struct pm_copies){0};
}

/* ---- copies ---- */

/* By date, those without one last, then by id. */
static int compare(const void *left, const void *right)
{
    const struct pm_copy *a = left, *b = right;
    if (!*a->date.text != !*b->date.text)
        return !*a->date.text - !*b->date.text;
    int order = strcmp(a->date.text, b->date.text);
    return order ? order : strcmp(a->id, b->id);
}

static char *take(char **text)
{
    char *taken = *text;
    *text = NULL;
    return taken;
}

int pm_copies_fill(struct pm_search *search, const struct pm_ranking *ranking,
                   const struct pm_copies *copies, uint32_t story, struct pm_hit *hit,
                   struct pm_error *err)
{
    size_t first = copies->start[story], end = copies->start[story + 1];
    const struct pm_record_wish none = {0};
    if (end - first < 2)
        return 0;
    hit->copy = calloc(end - first - 1, sizeof *hit->copy);
    if (!hit->copy)
        return pm_fail_nomem(err);
    for (size_t i = first + 1; i < end; i++) {
        struct pm_article article;
        if (pm_opened_brief(search, ranking->item[copies->place[i]].docid, &none, &article, err))
            return -1;
        hit->copy[hit->copies++] = (struct pm_copy){.id = take(&article.id),
                                                    .title = take(&article.title),
                                                    .source = take(&article.source),
                                                    .date = article.date};
        pm_article_release(&article);
    }
    qsort(hit->copy, hit->copies, sizeof *hit->copy, compare);
    return 0;
}
