#include "sentence.h"

#include <string.h>

#define GAP_MAX      3 /* small words between two parts of a name */
#define GAP_WORD_MAX 5 /* bytes of such a word */
#define TAIL_MAX     3 /* words from a capital to an "election" that ends the name */

const struct spelling sentence_begin = {.word = {.lower = 1, .shape = 11, .suffix = 11},
                                        .exact = 1};
const struct spelling sentence_end = {.word = {.lower = 2, .shape = 12, .suffix = 12}, .exact = 2};

size_t sentence_length(const struct token *token, size_t len)
{
    size_t n = 1;
    while (n < len && n < SENTENCE_MAX && !(token[n].kind & TOKEN_FIRST))
        n++;
    return n;
}

/* How the sentence writes its words: see enum sentence_mode. */
static enum sentence_mode find_mode(const struct token *token, size_t len)
{
    size_t words = 0, capitals = 0, long_words = 0, initials = 0;
    for (size_t i = 0; i < len; i++) { /* no branches, since nobody could foresee them */
        bool word = token[i].kind & TOKEN_LETTER, is_long = word & (token[i].len > 3);
        words += word;
        capitals += word & ((token[i].kind & (TOKEN_UPPER | TOKEN_LOWER)) == TOKEN_UPPER);
        long_words += is_long;
        initials += is_long & ((token[i].kind & TOKEN_INITIAL) != 0);
    }
    bool ends = len && token[len - 1].len == 1 && *token[len - 1].text == '.';
    if (words >= 3 && capitals * 10 >= words * 8)
        return MODE_CAPITALS;
    if (!ends && long_words >= 4 && initials * 5 >= long_words * 4)
        return MODE_TITLE;
    return MODE_PLAIN;
}

static bool is_gap(const struct token *token)
{
    return token->len <= GAP_WORD_MAX || token->kind & TOKEN_DIGIT;
}

/* True if the token has its capital because it begins the sentence: a small word anywhere else. */
static bool is_common(const struct sentence *sentence, size_t i, const struct model *model)
{
    const struct token *token = &sentence->token[i];
    return token->kind & TOKEN_BEGINS && token->mode == MODE_PLAIN &&
           (i + 1 == sentence->len || !(token[1].kind & (TOKEN_UPPER | TOKEN_DIGIT))) &&
           model_class(model, token->lower) >> WORD_SMALL == WORD_MOSTLY_SMALL;
}

static void find_active(struct sentence *sentence, const struct model *model)
{
    const struct token *token = sentence->token;
    size_t last = SIZE_MAX; /* the last token with a capital, or next to it */
    for (size_t i = 0; i < sentence->len; i++) {
        sentence->active[i] |= token[i].kind & TOKEN_UPPER && !is_common(sentence, i, model);
        if (!sentence->active[i]) {
            if (last != SIZE_MAX && i - last > GAP_MAX)
                last = SIZE_MAX;
            if (last + 1 == i && token[i].kind & TOKEN_DIGIT)
                sentence->active[i] = true;
            if (!is_gap(&token[i]))
                last = SIZE_MAX;
            continue;
        }
        if (last != SIZE_MAX)
            for (size_t k = last + 1; k < i; k++)
                sentence->active[k] = true;
        else if (i && (token[i - 1].kind & TOKEN_DIGIT ||
                       model_class(model, token[i - 1].lower) & 1 << WORD_PARTICLE))
            sentence->active[i - 1] = true;
        last = i;
    }
}

/* "2013 Ruritanian general election": small words that end a name with a word of their own. */
static void find_tails(struct sentence *sentence, const struct model *model)
{
    size_t last = SIZE_MAX; /* the last token with a capital */
    for (size_t i = 0; i < sentence->len; i++) {
        if (sentence->token[i].kind & TOKEN_UPPER)
            last = i;
        else if (last != SIZE_MAX && i - last <= TAIL_MAX && !sentence->active[i] &&
                 sentence->token[i].kind & TOKEN_LOWER &&
                 model_class(model, sentence->token[i].lower) & 1 << WORD_WORK)
            memset(sentence->active + last + 1, true, i - last);
    }
}

void sentence_set_mode(struct token *token, size_t len)
{
    enum sentence_mode mode = find_mode(token, len);
    bool begun = false;
    for (size_t i = 0; i < len; i++) {
        token[i].mode = (uint8_t)mode;
        token[i].kind &= (uint16_t)~TOKEN_BEGINS;
        if (begun || !(token[i].kind & (TOKEN_LETTER | TOKEN_DIGIT)))
            continue;
        token[i].kind |= TOKEN_BEGINS;
        begun = true;
    }
}

void sentence_start(struct sentence *sentence, struct token *token, size_t len,
                    const struct model *model)
{
    sentence->token = token;
    sentence->len = len;
    sentence->active = sentence->around + 2;
    memset(sentence->around, false, len + 4);
    find_active(sentence, model);
    find_tails(sentence, model);
    sentence->word[0] = sentence->word[1] = &sentence_begin.word;
    sentence->word[len + 2] = sentence->word[len + 3] = &sentence_end.word;
}

bool sentence_needs(const struct sentence *sentence, size_t i)
{
    /* active[] has two more on either side that are false. */
    const bool *active = sentence->active + i;
    return active[-2] | active[-1] | active[0] | active[1] | active[2];
}

void sentence_context(const struct sentence *sentence, size_t i, struct context *context)
{
    const struct word *const *word = sentence->word + 2;
    const struct token *token = sentence->token;
    size_t first = i, last = i;
    if (token[i].kind & TOKEN_UPPER) {
        while (first && token[first - 1].kind & TOKEN_UPPER && i - first < 8)
            first--;
        while (last + 1 < sentence->len && token[last + 1].kind & TOKEN_UPPER && last - i < 8)
            last++;
    }
    for (int k = 0; k < WORD_OFFSETS; k++)
        context->word[k] = sentence->word[i + (size_t)k];
    context->before = word[(ptrdiff_t)first - 1];
    context->after = word[last + 1];
    context->first = word[first];
    context->last = word[last];
    context->from_first = (uint8_t)(i - first < 3 ? i - first : 3);
    context->to_last = (uint8_t)(last - i < 3 ? last - i : 3);
    context->seen = token[i].seen;
    context->begins = token[i].kind & TOKEN_BEGINS;
}
