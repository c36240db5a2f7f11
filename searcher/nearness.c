#include "nearness.h"

#include <math.h>
#include <stdlib.h>

#include "buf.h"

#define WINDOW     8   /* words further apart are not near */
#define HEAD       30  /* words at the start of an article: its headline, or what it begins with */
#define HEAD_SHARE 0.1 /* of a word's weight, for one that stands there */

void pm_neighbours_release(struct pm_neighbours *neighbours)
{
    for (size_t i = 0; i < neighbours->len; i++) {
        for (size_t j = 0; j < neighbours->item[i].terms; j++)
            free((char *)(uintptr_t)neighbours->item[i].term[j].data);
        free(neighbours->item[i].term);
    }
    free(neighbours->item);
    *neighbours = (struct pm_neighbours){0};
}

/* The places of all words in all articles. */
struct places {
    struct pm_buf position; /* uint32_t, rising in each article */
    size_t *end; /* of the word w in the article i: end[w * n + i], where the next begin */
    size_t n;
};

struct place_list {
    const uint32_t *at;
    size_t len;
};

static int compare(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static int read_word(const struct pm_db *db, const struct pm_neighbour *word, uint32_t docid,
                     struct pm_buf *out, struct pm_error *err)
{
    size_t start = out->len;
    for (size_t i = 0; i < word->terms; i++)
        if (pm_db_positions(db, docid, &word->term[i], out, err))
            return -1;
    if (word->terms > 1 && out->len > start)
        qsort(out->data + start, (out->len - start) / sizeof(uint32_t), sizeof(uint32_t), compare);
    return 0;
}

static struct place_list list(const struct places *places, size_t word, size_t i)
{
    size_t cell = word * places->n + i;
    size_t start = cell ? places->end[cell - 1] : 0;
    return (struct place_list){
        .at = (const uint32_t *)(const void *)pm_buf_str(&places->position) + start,
        .len = places->end[cell] - start,
    };
}

/* Adds up 1/d^2 of all that stand d words apart, in any order. */
static double closeness(struct place_list a, struct place_list b)
{
    double sum = 0;
    size_t first = 0;
    for (size_t i = 0; i < a.len; i++) {
        while (first < b.len && b.at[first] + WINDOW < a.at[i])
            first++;
        for (size_t j = first; j < b.len && b.at[j] <= a.at[i] + WINDOW; j++) {
            double apart = (double)b.at[j] - a.at[i];
            if (b.at[j] != a.at[i])
                sum += 1 / (apart * apart);
        }
    }
    return sum;
}

static double score(const struct pm_neighbours *words, const struct places *places, size_t i)
{
    double bonus = 0;
    for (size_t w = 0; w < words->len; w++) {
        double weight = words->item[w].weight;
        struct place_list here = list(places, w, i);
        if (here.len && here.at[0] <= HEAD)
            bonus += HEAD_SHARE * weight;
        if (w + 1 == words->len || !here.len)
            continue;
        double near = closeness(here, list(places, w + 1, i));
        bonus += sqrt(weight * words->item[w + 1].weight) * near / (near + 1);
    }
    return bonus;
}

int pm_nearness(const struct pm_db *db, const struct pm_neighbours *words, const uint32_t *docid,
                size_t n, double *bonus, struct pm_error *err)
{
    struct places places = {
        .position = PM_BUF_INIT,
        .end = calloc(words->len * n + 1, sizeof *places.end),
        .n = n,
    };
    int rc = places.end ? 0 : pm_fail_nomem(err);
    for (size_t w = 0; !rc && w < words->len; w++)
        for (size_t i = 0; !rc && i < n; i++) {
            rc = read_word(db, &words->item[w], docid[i], &places.position, err);
            places.end[w * n + i] = places.position.len / sizeof(uint32_t);
        }
    for (size_t i = 0; !rc && i < n; i++)
        bonus[i] = score(words, &places, i);
    free(places.end);
    pm_buf_release(&places.position);
    return rc;
}
