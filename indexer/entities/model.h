/*
 * The trained model: the classes of words, and weights of features, as `make model` wrote them.
 *
 * It is one run of bytes (little-endian), linked into the program, and is looked up where it lies:
 * a header, a table of features, a table of word classes.  Both tables are of hashes; some bits of
 * a hash say where to look, 16 more are kept, so that a feature the model does not know has no
 * weight (but for one in some ten thousand).
 */
#ifndef ENTITIES_MODEL_H
#define ENTITIES_MODEL_H

#include <endian.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "error.h"
#include "tokens.h"

/* Tags are those of tokens.  Tag 0 has no weights: only differences matter. */
#define MODEL_TYPES  TOKEN_TYPES
#define MODEL_TAGS   (1 + 2 * MODEL_TYPES)
#define MODEL_SCORES (MODEL_TAGS - 1)
#define MODEL_WAYS   6 /* features in a bucket, which is a line of the processor's cache */
#define MODEL_MAGIC  "PMNAMES1"

struct model_bucket {
    uint16_t mark[MODEL_WAYS]; /* 0: nothing here */
    int8_t weight[MODEL_WAYS][MODEL_SCORES];
    uint32_t unused;
};

/* What a step from one tag to the next is worth. */
struct model_steps {
    int32_t begin[MODEL_TAGS][MODEL_TYPES]; /* from any tag to where a name begins */
    int32_t go_on[2][MODEL_TYPES];          /* from there, and from inside, to further inside */
};

struct model_header {
    char magic[8];
    uint32_t classes; /* slots of the table of classes */
    uint32_t buckets;
    struct model_steps steps;
    char unused[64 - (16 + sizeof(struct model_steps)) % 64]; /* so that buckets are aligned */
};

struct model {
    const uint32_t *class; /* upper half: mark, lower: bits of enum word_class */
    const struct model_bucket *bucket;
    uint32_t classes, buckets;
    struct model_steps steps;
};

/* A model of the bytes, which must live as long and be aligned to 64 bytes.  PM_ERR_CORRUPT. */
int model_read(struct model *model, const void *bytes, size_t len, struct pm_error *err);

/* The classes of a word, by its hash in small letters: bits of enum word_class. */
uint16_t model_class(const struct model *model, uint64_t lower);

/* Where a word's class stands, and the mark it has there: for who writes a model too. */
uint32_t model_class_slot(uint64_t lower, uint32_t classes, uint16_t *mark);

/* The same for a feature. */
static inline uint32_t model_bucket_of(uint32_t feature, uint32_t buckets, uint16_t *mark)
{
    *mark = (uint16_t)(feature | 1);
    return (uint32_t)(((uint64_t)feature * buckets) >> 32);
}

/* Begins to fetch what model_weights() will look at: most of its time is waiting for memory. */
static inline void model_prefetch(const struct model *model, uint32_t feature)
{
    uint16_t mark;
    __builtin_prefetch(&model->bucket[model_bucket_of(feature, model->buckets, &mark)]);
}

/* Which of four marks is the one sought, or 4: all at once, since a branch for each costs more. */
static inline unsigned model_find_mark(const uint16_t marks[4], uint16_t mark)
{
    const uint64_t ones = UINT64_C(0x0001000100010001), tops = ones << 15;
    uint64_t x;
    memcpy(&x, marks, sizeof x);
    x = le64toh(x) ^ mark * ones;
    x = (x - ones) & ~x & tops; /* the lowest bit left marks the first that is equal */
    return x ? (unsigned)__builtin_ctzll(x) / 16 : 4;
}

/* The weights of a feature, or NULL. */
static inline const int8_t *model_weights(const struct model *model, uint32_t feature)
{
    uint16_t mark;
    const struct model_bucket *bucket =
        &model->bucket[model_bucket_of(feature, model->buckets, &mark)];
    unsigned i = model_find_mark(bucket->mark, mark);
    if (i < 4)
        return bucket->weight[i];
    i = model_find_mark(bucket->mark + MODEL_WAYS - 4, mark);
    return i < 4 ? bucket->weight[MODEL_WAYS - 4 + i] : NULL;
}

#endif
