#include "write.h"

#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUCKETS 28800 /* lines of 64 bytes: the model must stay below two million bytes */

struct candidate {
    uint32_t feature;
    int8_t weight[MODEL_SCORES];
    int32_t worth; /* its largest weight */
};

/* The average, rounded, half away from 0, and within the limit. */
static int32_t average(int64_t sum, int64_t time, int32_t limit)
{
    int64_t size = sum < 0 ? -sum : sum;
    size = (2 * size + time) / (2 * time);
    if (size > limit)
        size = limit;
    return (int32_t)(sum < 0 ? -size : size);
}

static int compare(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->worth != y->worth)
        return x->worth > y->worth ? -1 : 1;
    return x->feature < y->feature ? -1 : x->feature > y->feature;
}

static struct candidate *rank(const struct features *features, int64_t time)
{
    size_t len = features_len(features);
    struct candidate *all = calloc(len + 1, sizeof *all);
    for (uint32_t i = 0; all && i < len; i++) {
        int64_t sums[MODEL_SCORES];
        all[i].feature = features_sums(features, i, time, sums);
        for (int k = 0; k < MODEL_SCORES; k++) {
            all[i].weight[k] = (int8_t)average(sums[k], time, INT8_MAX);
            if (abs(all[i].weight[k]) > all[i].worth)
                all[i].worth = abs(all[i].weight[k]);
        }
    }
    if (all)
        qsort(all, len, sizeof *all, compare);
    return all;
}

/* Puts features into their buckets, those that weigh most first; returns how many found room. */
static size_t fill_buckets(struct model_bucket *buckets, const struct candidate *all, size_t len)
{
    size_t kept = 0;
    for (size_t i = 0; i < len && all[i].worth; i++) {
        uint16_t mark;
        struct model_bucket *bucket = &buckets[model_bucket_of(all[i].feature, BUCKETS, &mark)];
        int k = 0;
        while (k < MODEL_WAYS && bucket->mark[k] && bucket->mark[k] != htole16(mark))
            k++;
        if (k == MODEL_WAYS || bucket->mark[k])
            continue; /* full, or another has its mark */
        bucket->mark[k] = htole16(mark);
        memcpy(bucket->weight[k], all[i].weight, MODEL_SCORES);
        kept++;
    }
    return kept;
}

static int32_t step(const struct write_weight *weight, int64_t time)
{
    return (int32_t)htole32((uint32_t)average(weight->now * time - weight->sum, time, INT16_MAX));
}

static void make_header(struct model_header *header, const struct lists *lists,
                        const struct write_steps *steps, int64_t time)
{
    *header = (struct model_header){.magic = MODEL_MAGIC,
                                    .classes = htole32(lists->model.classes),
                                    .buckets = htole32(BUCKETS)};
    for (int k = 0; k < MODEL_TYPES; k++) {
        for (int i = 0; i < MODEL_TAGS; i++)
            header->steps.begin[i][k] = step(&steps->begin[i][k], time);
        for (int i = 0; i < 2; i++)
            header->steps.go_on[i][k] = step(&steps->go_on[i][k], time);
    }
}

void write_model(const char *path, const struct lists *lists, const struct features *features,
                 const struct write_steps *steps, int64_t time)
{
    struct candidate *all = rank(features, time);
    struct model_bucket *buckets = calloc(BUCKETS, sizeof *buckets);
    struct model_header header;
    FILE *file = fopen(path, "wb");
    if (!all || !buckets || !file) {
        perror(path);
        exit(1);
    }
    size_t kept = fill_buckets(buckets, all, features_len(features));
    make_header(&header, lists, steps, time);
    fwrite(&header, sizeof header, 1, file);
    fwrite(buckets, sizeof *buckets, BUCKETS, file);
    for (uint32_t i = 0; i < lists->model.classes; i++) {
        uint32_t slot = htole32(lists->slot[i]);
        fwrite(&slot, sizeof slot, 1, file);
    }
    bool failed = ferror(file);
    if (fclose(file) || failed) {
        fprintf(stderr, "cannot write %s\n", path);
        exit(1);
    }
    printf("%zu of %zu features kept\n", kept, features_len(features));
    free(all);
    free(buckets);
}
