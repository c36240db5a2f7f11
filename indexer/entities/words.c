#include "words.h"

#include <string.h>

/* Each feature template has a number, so that equal words under two templates differ. */
enum template {
    T_LOWER = 1,
    T_EXACT,
    T_SHAPE,
    T_CLASS,
    T_CLASSES,
    T_SMALL,
    T_SHAPE_SUFFIX,
    T_AFFIX,
    T_SUFFIX = T_AFFIX + 8,
    T_CONTEXT = 64,
};

static uint32_t mix(uint32_t template, uint64_t a, uint64_t b)
{
    uint64_t h = (a ^ template * UINT64_C(0x9e3779b97f4a7c15)) * UINT64_C(0xff51afd7ed558ccd);
    h = ((h << 32 | h >> 32) ^ b) * UINT64_C(0xc4ceb9fe1a85ec53);
    return (uint32_t)(h >> 32) ^ (uint32_t)h;
}

/* "Xx", "X.X.", "0-x": each run of like characters once, but two capitals stay two. */
static uint32_t shape_of(const struct token *token)
{
    uint32_t shape = 1;
    char last = 0;
    int run = 0;
    for (size_t i = 0; i < token->len && i < 40; i++) {
        unsigned char c = (unsigned char)token->text[i];
        char now = c >= 0x80              ? 'u'
                   : c >= 'a' && c <= 'z' ? 'x'
                   : c >= 'A' && c <= 'Z' ? 'X'
                   : c >= '0' && c <= '9' ? '0'
                                          : (char)c;
        run = now == last ? run + 1 : 1;
        if (run == 1 || (now == 'X' && run == 2) || (now == 'X' && run == 5))
            shape = (shape ^ (unsigned char)now) * 0x01000193u;
        last = now;
    }
    return shape;
}

static void look_affixes(struct spelling *spelling, const struct token *token)
{
    unsigned char small[TOKEN_LOOK_MAX];
    size_t len = token->len < TOKEN_LOOK_MAX ? token->len : TOKEN_LOOK_MAX;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)token->text[i];
        small[i] = c >= 'A' && c <= 'Z' ? c | 0x20 : c >= '0' && c <= '9' ? '0' : c;
    }
    uint32_t front = 0x811c9dc5u, back = 0x811c9dc5u;
    for (size_t i = 0; i < 4; i++) {
        if (i < len) {
            front = (front ^ small[i]) * 0x01000193u;
            back = (back ^ small[len - 1 - i]) * 0x01000193u;
        }
        spelling->affix[i] = i < len ? front | 1 : 0;
        spelling->affix[4 + i] = i < len ? back | 1 : 0;
    }
    spelling->word.suffix = spelling->affix[6] ? spelling->affix[6] : back | 1;
}

void word_look(struct spelling *spelling, const struct token *token, uint16_t class)
{
    *spelling =
        (struct spelling){.word = {.lower = token->lower, .class = class}, .exact = token->exact};
    if (token->kind & TOKEN_ODD)
        return;
    spelling->word.shape = shape_of(token);
    if (token->mode == MODE_CAPITALS) {
        spelling->exact = token->lower;
        spelling->word.shape = 7;
    } else if (token->mode == MODE_TITLE) {
        spelling->word.shape ^= 0x55;
    }
    look_affixes(spelling, token);
}

size_t word_features(const struct spelling *spelling, int offset,
                     uint32_t features[WORD_FEATURES_MAX], size_t *lexical)
{
    const struct word *word = &spelling->word;
    uint64_t place = (uint64_t)(offset + 3) << 56;
    size_t n = 0;
    features[n++] = mix(T_LOWER, word->lower, place);
    if (!offset && spelling->exact != word->lower)
        features[n++] = mix(T_EXACT, spelling->exact, place);
    *lexical = n;
    features[n++] = mix(T_SHAPE, word->shape, place);
    for (uint16_t i = 0; i < WORD_SMALL; i++)
        if (word->class >> i & 1)
            features[n++] = mix(T_CLASS, i, place);
    uint16_t small = word->class >> WORD_SMALL;
    uint16_t listed = word->class & ((1 << WORD_SMALL) - 1);
    features[n++] = mix(T_CLASSES, listed, place ^ word->shape);
    features[n++] = mix(T_SMALL, small, place ^ word->shape);
    if (offset >= -1 && offset <= 1)
        features[n++] = mix(T_SUFFIX, word->suffix, place);
    if (offset)
        return n;
    features[n++] = mix(T_SHAPE_SUFFIX, word->shape, place ^ spelling->affix[5]);
    for (uint32_t i = 0; i < 8; i++)
        if (spelling->affix[i])
            features[n++] = mix(T_AFFIX + i, spelling->affix[i], place);
    return n;
}

size_t context_features(const struct context *context, uint32_t features[CONTEXT_MAX],
                        size_t *lexical)
{
    const struct word *const *w = context->word + 2;
    uint64_t place = (uint64_t)context->from_first << 2 | context->to_last;
    uint64_t listed[WORD_OFFSETS];
    uint32_t t = T_CONTEXT;
    size_t n = 0;
    for (int i = -2; i <= 2; i++)
        listed[i + 2] = w[i]->class;
    features[n++] = mix(t++, w[0]->lower, w[1]->lower);
    features[n++] = mix(t++, w[0]->lower, context->last->lower);
    *lexical = n;
    features[n++] = mix(t++, w[-2]->lower, w[-1]->lower);
    features[n++] = mix(t++, w[1]->lower, w[2]->lower);
    features[n++] = mix(t++, w[1]->lower, w[0]->shape);
    features[n++] = mix(t++, w[0]->shape, (uint64_t)w[-1]->shape << 32 | w[1]->shape);
    features[n++] = mix(t++, listed[1] << 16 | listed[2], w[1]->shape);
    features[n++] = mix(t++, listed[2] << 16 | listed[3], w[-1]->shape);
    features[n++] = mix(t++, context->last->lower, place);
    features[n++] = mix(t++, context->last->class, place);
    features[n++] = mix(t++, context->before->lower, context->from_first);
    features[n++] = mix(t++, context->after->lower, context->to_last);
    features[n++] = mix(t++, context->last->suffix, place);
    features[n++] = mix(t++, place, w[0]->shape);
    features[n++] = mix(t++, (uint64_t)context->begins << 8 | context->seen,
                        (uint64_t)w[0]->class >> WORD_SMALL << 32 | w[0]->shape);
    return n;
}
