#include "seen.h"

#include <stdlib.h>
#include <string.h>

#include "words.h"

#define FILTER 2048

/* The slot of a word, or the empty one where it would be. */
static struct seen_slot *find(const struct seen_table *table, size_t slots, uint64_t lower)
{
    size_t i = (size_t)((lower * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & (slots - 1);
    while (table->slot[i].lower && table->slot[i].lower != lower)
        i = (i + 1) & (slots - 1);
    return &table->slot[i];
}

static int make_room(struct seen_table *table, size_t slots, struct pm_error *err)
{
    if (slots > table->cap) {
        struct seen_slot *grown = reallocarray(table->slot, slots, sizeof *grown);
        if (!grown)
            return pm_fail_nomem(err);
        table->slot = grown;
        table->cap = slots;
    }
    memset(table->slot, 0, slots * sizeof *table->slot);
    return 0;
}

static bool is_inside(const struct token *token)
{
    return token->mode == MODE_PLAIN && !(token->kind & TOKEN_BEGINS);
}

static void count(const struct seen_table *table, size_t slots, const struct token *token,
                  size_t len)
{
    bool filter[FILTER] = {false}; /* most small words are none of those with capitals */
    for (size_t i = 0; i < len; i++)
        if (token[i].kind & TOKEN_UPPER) {
            struct seen_slot *slot = find(table, slots, token[i].lower);
            slot->lower = token[i].lower;
            filter[token[i].lower >> 40 & (FILTER - 1)] = true;
            slot->capitals += is_inside(&token[i]);
        }
    for (size_t i = 0; i < len; i++)
        if ((token[i].kind & (TOKEN_UPPER | TOKEN_LOWER)) == TOKEN_LOWER &&
            filter[token[i].lower >> 40 & (FILTER - 1)])
            find(table, slots, token[i].lower)->small = 1;
}

int seen_look(struct seen_table *table, struct token *token, size_t len, struct pm_error *err)
{
    size_t capitals = 0, slots = 64;
    for (size_t i = 0; i < len; i++)
        capitals += (token[i].kind & TOKEN_UPPER) != 0;
    while (slots < 3 * capitals)
        slots *= 2;
    if (make_room(table, slots, err))
        return -1;
    count(table, slots, token, len);
    for (size_t i = 0; i < len; i++) {
        token[i].seen = 0;
        if (!(token[i].kind & TOKEN_UPPER))
            continue;
        const struct seen_slot *slot = find(table, slots, token[i].lower);
        uint32_t others = slot->capitals - is_inside(&token[i]);
        if (slot->small)
            token[i].seen |= SEEN_SMALL;
        if (others)
            token[i].seen |= SEEN_CAPITAL;
        if (others > 2)
            token[i].seen |= SEEN_OFTEN;
    }
    return 0;
}

void seen_release(struct seen_table *table)
{
    free(table->slot);
    *table = (struct seen_table){0};
}
