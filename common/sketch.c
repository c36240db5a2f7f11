#include "sketch.h"

#include <string.h>

/* docs/STORIES.md has the measurements behind these. */
enum {
    NUMBER_WEIGHT = 4, /* how often one with a number in it counts */
    MIN_WORDS = 24,    /* fewer are a headline or a form and its few numbers */
    PLACES = PM_SKETCH_BYTES,
    PLACE_BITS = 6, /* PLACES is 2 to that */
};

_Static_assert(PLACES == 1 << PLACE_BITS, "the first bits of a hash choose the place");

#define EMPTY  UINT64_MAX
#define GOLDEN 0x9e3779b97f4a7c15u /* 2^64 by the golden ratio: steps that spread */

/* Every bit of the result depends on every bit of `x`: from SplitMix64 (Steele and others 2014). */
static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

/*
 * Adds one shingle.  What a desk reports every week is the same text with other numbers, and so
 * are the results of two companies, hence the weight of numbers: the shingle becomes as many.
 */
static void add_shingle(uint64_t least[PLACES], uint64_t shingle, unsigned weight)
{
    for (unsigned i = 0; i < weight; i++) {
        uint64_t hash = mix(shingle + i);
        size_t place = hash >> (64 - PLACE_BITS);
        if (hash < least[place])
            least[place] = hash;
    }
}

void pm_sketch_begin(struct pm_sketcher *sketcher)
{
    *sketcher = (struct pm_sketcher){0};
    for (size_t p = 0; p < PLACES; p++)
        sketcher->least[p] = EMPTY;
}

/* A shingle is two words, one behind the other. */
void pm_sketch_add(struct pm_sketcher *sketcher, const struct pm_token *token)
{
    if (sketcher->words++)
        add_shingle(sketcher->least, mix(sketcher->before + token->stem_hash + GOLDEN),
                    sketcher->number || token->number ? NUMBER_WEIGHT : 1);
    sketcher->before = mix(token->stem_hash + GOLDEN);
    sketcher->number = token->number;
}

/*
 * The place that an empty one borrows from: the first with something in it of a sequence that
 * is its own (Shrivastava 2017, "Optimal densification for fast and accurate minwise hashing").
 */
static size_t lender(const uint64_t least[PLACES], size_t place)
{
    uint64_t step = place + 1;
    size_t at = place;
    while (least[at] == EMPTY) {
        step += GOLDEN;
        at = mix(step) >> (64 - PLACE_BITS);
    }
    return at;
}

bool pm_sketch_end(const struct pm_sketcher *sketcher, unsigned char sketch[PM_SKETCH_BYTES])
{
    if (sketcher->words < MIN_WORDS)
        return false;
    for (size_t p = 0; p < PLACES; p++)
        sketch[p] = (unsigned char)sketcher->least[lender(sketcher->least, p)];
    return true;
}

int pm_sketch_make(struct pm_analyzer *analyzer, const char *text, size_t len,
                   unsigned char sketch[PM_SKETCH_BYTES], struct pm_error *err)
{
    struct pm_sketcher sketcher;
    struct pm_tokens tokens;
    struct pm_token token;
    int rc;
    pm_sketch_begin(&sketcher);
    pm_tokens_start(&tokens, analyzer, text, len);
    while ((rc = pm_tokens_next(&tokens, &token, err)) == 1)
        pm_sketch_add(&sketcher, &token);
    return rc < 0 ? -1 : pm_sketch_end(&sketcher, sketch);
}

/* How many of 8 places are the same: the zero bytes of `x` (Warren, Hacker's Delight, 6-1). */
static unsigned count_zeros(uint64_t x)
{
    const uint64_t low = 0x7f7f7f7f7f7f7f7fu;
    uint64_t zero = ~(((x & low) + low) | x | low);
    return (unsigned)((zero >> 7) * 0x0101010101010101u >> 56);
}

/*
 * Of the places of unlike texts one in 256 agrees by chance: b-bit minwise hashing (Li and
 * Koenig 2010) takes that share out.
 */
double pm_sketch_resemblance(const unsigned char *a, const unsigned char *b)
{
    const double chance = 1.0 / 256;
    unsigned same = 0;
    for (size_t p = 0; p < PLACES; p += 8) {
        uint64_t eight, other;
        memcpy(&eight, a + p, 8);
        memcpy(&other, b + p, 8);
        same += count_zeros(eight ^ other);
    }
    double share = ((double)same / PLACES - chance) / (1 - chance);
    return share > 0 ? share : 0;
}
