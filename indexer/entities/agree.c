#include "agree.h"

#include <stdlib.h>
#include <string.h>

#include "words.h"

enum { TYPE_PERSON, TYPE_ORGANISATION }; /* as in entities.h */

#define MARGIN_MAX 200 /* the most that one occurrence says */
#define MARGIN_ADD 20  /* and the least */
#define OUTVOTED   3   /* a type gives way to one with so many times its votes */

void agree_release(struct agree *agree)
{
    free(agree->slot);
    *agree = (struct agree){0};
}

static struct agree_slot *find(const struct agree *agree, size_t slots, uint64_t name)
{
    size_t i = (size_t)((name * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & (slots - 1);
    while (agree->slot[i].name && agree->slot[i].name != name)
        i = (i + 1) & (slots - 1);
    return &agree->slot[i];
}

static int make_room(struct agree *agree, size_t slots, struct pm_error *err)
{
    if (slots > agree->cap) {
        struct agree_slot *grown = reallocarray(agree->slot, slots, sizeof *grown);
        if (!grown)
            return pm_fail_nomem(err);
        agree->slot = grown;
        agree->cap = slots;
    }
    memset(agree->slot, 0, slots * sizeof *agree->slot);
    return 0;
}

/* Behind the name that begins at token `i`. */
static size_t name_end(const struct token *token, size_t i, size_t len)
{
    do
        i++;
    while (i < len && token_goes_on(&token[i]));
    return i;
}

static void retag(struct token *token, size_t from, size_t to, int type)
{
    for (size_t i = from; i < to; i++)
        token[i].tag = (uint8_t)(1 + type + (i > from ? TOKEN_TYPES : 0));
}

static uint64_t name_hash(const struct token *token, size_t from, size_t to)
{
    uint64_t hash = 1;
    for (; from < to; from++)
        hash = (hash + token[from].lower) * UINT64_C(0xff51afd7ed558ccd);
    return hash | 1;
}

/* How sure the name is, in votes. */
static int32_t weigh(const struct token *token, size_t from, size_t to)
{
    int32_t least = MARGIN_MAX;
    for (; from < to; from++)
        if (token[from].margin < least)
            least = token[from].margin;
    return (least < 0 ? 0 : least) + MARGIN_ADD;
}

static void vote(const struct agree *agree, size_t slots, const struct token *token, size_t len)
{
    for (size_t i = 0, end; i < len; i = end) {
        end = i + 1;
        if (!token[i].tag)
            continue;
        end = name_end(token, i, len);
        int type = token_type(&token[i]);
        struct agree_slot *slot = find(agree, slots, name_hash(token, i, end));
        slot->name = name_hash(token, i, end);
        slot->votes[type] += weigh(token, i, end);
        if (type != TYPE_PERSON || end - i < 2)
            continue;
        /* The last word of a person's name, or the first, will stand for it. */
        for (int k = 0; k < 2; k++) {
            size_t one = k ? i : end - 1;
            slot = find(agree, slots, name_hash(token, one, one + 1));
            slot->name = name_hash(token, one, one + 1);
            slot->votes[type] += weigh(token, i, end) / 2;
        }
    }
}

static void follow(const struct agree *agree, size_t slots, struct token *token, size_t len)
{
    for (size_t i = 0, end; i < len; i = end) {
        end = i + 1;
        if (!token[i].tag)
            continue;
        end = name_end(token, i, len);
        int type = token_type(&token[i]), best = type;
        const struct agree_slot *slot = find(agree, slots, name_hash(token, i, end));
        for (int k = 0; k < TOKEN_TYPES; k++)
            if (slot->votes[k] > slot->votes[best])
                best = k;
        if (slot->votes[best] > OUTVOTED * slot->votes[type])
            retag(token, i, end, best);
    }
}

/* "'s Ministry" is "Ministry": an ending of the word before begins no name. */
static void cut_endings(struct token *token, size_t len)
{
    for (size_t i = 0; i + 1 < len; i++)
        if (token[i].tag && !token_goes_on(&token[i]) && token[i].len > 1 && token[i].len <= 4 &&
            !(token[i].kind & (TOKEN_UPPER | TOKEN_DIGIT)) &&
            (*token[i].text == '\'' || *token[i].text == '\xe2')) {
            if (token_goes_on(&token[i + 1]))
                token[i + 1].tag = (uint8_t)(token[i + 1].tag - TOKEN_TYPES);
            token[i].tag = 0;
        }
}

static bool is_of(const struct model *model, const struct token *token, unsigned classes)
{
    return model_class(model, token->lower) & classes;
}

/*
 * "General Sok Vannak" is a person, also where the model takes "General" for a name of its own, or
 * all of it for an organisation: what stands behind the title decides.
 */
static void join_titles(struct token *token, size_t len, const struct model *model)
{
    const unsigned of_people = 1 << WORD_GIVEN | 1 << WORD_FAMILY | 1 << WORD_SYLLABLE;
    for (size_t i = 0, end; i + 1 < len; i = end) {
        end = i + 1;
        if (!token[i].tag)
            continue;
        end = name_end(token, i, len);
        if (end == len || !is_of(model, &token[i], 1 << WORD_TITLE))
            continue;
        if (end == i + 1 && token[end].tag == 1 + TYPE_PERSON) {
            end = name_end(token, end, len);
            retag(token, i, end, TYPE_PERSON);
        } else if (end > i + 2 && token_type(&token[i]) == TYPE_ORGANISATION) {
            size_t k = i + 1;
            while (k < end && is_of(model, &token[k], of_people))
                k++;
            if (k == end)
                retag(token, i, end, TYPE_PERSON);
        }
    }
}

int agree_run(struct agree *agree, const struct model *model, struct token *token, size_t len,
              struct pm_error *err)
{
    size_t names = 0, slots = 64;
    cut_endings(token, len);
    join_titles(token, len, model);
    for (size_t i = 0; i < len; i++)
        names += token[i].tag != 0;
    while (slots < 6 * names)
        slots *= 2;
    if (make_room(agree, slots, err))
        return -1;
    vote(agree, slots, token, len);
    follow(agree, slots, token, len);
    return 0;
}
