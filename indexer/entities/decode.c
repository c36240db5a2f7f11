#include "decode.h"

#include <string.h>

/* A number for each type, all reckoned with at once. */
typedef int32_t types __attribute__((vector_size(4 * MODEL_TYPES)));

#define FIRST_INSIDE (1 + MODEL_TYPES)
#define NEVER        (INT32_MIN / 4)

/* The best scores to the tags of a token, and the tags before it that they come from. */
struct row {
    int32_t best[MODEL_TAGS];
    int32_t from[MODEL_TAGS];
};

static types load(const int32_t *from)
{
    types to;
    memcpy(&to, from, sizeof to);
    return to;
}

static void store(int32_t *to, types from)
{
    memcpy(to, &from, sizeof from);
}

static int best_of(const struct row *row)
{
    int best = 0;
    int32_t most = row->best[0];
    for (int k = 1; k < MODEL_TAGS; k++) {
        best = row->best[k] > most ? k : best;
        most = row->best[k] > most ? row->best[k] : most;
    }
    return best;
}

static void advance(const struct row *before, const int32_t *scores,
                    const struct model_steps *steps, struct row *now)
{
    types most = before->best[0] + load(steps->begin[0]), from = {0};
    now->from[0] = best_of(before);
    now->best[0] = before->best[now->from[0]];
    for (int k = 1; k < MODEL_TAGS; k++) {
        types sum = before->best[k] + load(steps->begin[k]), more = sum > most;
        most = (sum & more) | (most & ~more);
        from = (k & more) | (from & ~more);
    }
    store(now->best + 1, most + load(scores));
    store(now->from + 1, from);
    /* A name goes on from its beginning, or from further inside. */
    const types begins = {1, 2, 3, 4}, inside = begins + MODEL_TYPES;
    types one = load(before->best + 1) + load(steps->go_on[0]);
    types two = load(before->best + FIRST_INSIDE) + load(steps->go_on[1]), more = two > one;
    store(now->best + FIRST_INSIDE, ((two & more) | (one & ~more)) + load(scores + MODEL_TYPES));
    store(now->from + FIRST_INSIDE, (inside & more) | (begins & ~more));
}

void decode(const decode_scores *scores, size_t len, const struct model_steps *steps, uint8_t *tags)
{
    struct row row[SENTENCE_MAX + 1];
    for (int k = 1; k < MODEL_TAGS; k++)
        row[0].best[k] = NEVER;
    row[0].best[0] = 0;
    for (size_t i = 0; i < len; i++)
        advance(&row[i], scores[i], steps, &row[i + 1]);
    int best = best_of(&row[len]);
    for (size_t i = len; i-- > 0;) {
        tags[i] = (uint8_t)best;
        best = row[i + 1].from[best];
    }
}
