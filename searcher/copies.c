#include "copies.h"

#include <stdlib.h>
#include <string.h>

#include "schema.h"
#include "sketch.h"
#include "stories.h"

/* ---- sketches ---- */

struct sketches {
    size_t *place;        /* by document, from 1: its place in the ranking; 0 if it has none */
    uint32_t documents;   /* the last that `place` knows */
    unsigned char *bytes; /* by place */
    const unsigned char **sketch;
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

/* One walk over the sketches of the index is far quicker than a look-up for each article. */
static int read_sketches(const struct pm_search *search, const struct pm_ranking *ranking,
                         struct sketches *sketches, struct pm_error *err)
{
    for (size_t i = 0; i < ranking->len; i++)
        if (ranking->item[i].docid > sketches->documents)
            sketches->documents = ranking->item[i].docid;
    sketches->place = calloc((size_t)sketches->documents + 1, sizeof *sketches->place);
    sketches->bytes = calloc(ranking->len + 1, PM_SKETCH_BYTES);
    sketches->sketch = calloc(ranking->len + 1, sizeof *sketches->sketch);
    if (!sketches->place || !sketches->bytes || !sketches->sketch)
        return pm_fail_nomem(err);
    for (size_t i = 0; i < ranking->len; i++)
        sketches->place[ranking->item[i].docid] = i + 1;
    return pm_db_each_value(search->index.db, pm_schema[PM_FIELD_SKETCH].slot, take_sketch,
                            sketches, err);
}

int pm_copies_find(const struct pm_search *search, const struct pm_ranking *ranking,
                   struct pm_copies *copies, struct pm_error *err)
{
    struct sketches sketches = {0};
    uint32_t *story = calloc(ranking->len + 1, sizeof *story);
    *copies = (struct pm_copies){0};
    int rc = story ? read_sketches(search, ranking, &sketches, err) : pm_fail_nomem(err);
    if (!rc)
        rc = pm_stories_find(sketches.sketch, ranking->len, story, &copies->stories, err);
    if (rc)
        goto out;
    copies->place = calloc(ranking->len + 1, sizeof *copies->place);
    copies->start = calloc((size_t)copies->stories + 2, sizeof *copies->start);
    if (!copies->place || !copies->start) {
        rc = pm_fail_nomem(err);
        goto out;
    }
    /* Counting sort: start[s + 1] moves from where story s begins to where it ends. */
    for (size_t i = 0; i < ranking->len; i++)
        if (story[i] + 2 <= copies->stories)
            copies->start[story[i] + 2]++;
    for (uint32_t s = 2; s <= copies->stories; s++)
        copies->start[s] += copies->start[s - 1];
    for (size_t i = 0; i < ranking->len; i++)
        copies->place[copies->start[story[i] + 1]++] = i;
out:
    free(story);
    free(sketches.place);
    free(sketches.bytes);
    free(sketches.sketch);
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
