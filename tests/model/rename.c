#include "rename.h"

#define RENAMED  30 /* of a hundred people */
#define EASTERN  70 /* of a hundred of them */
#define RETITLED 60 /* of a hundred of them with one title */
#define MOVED    10 /* of a hundred places */
#define NAME_MAX 3  /* words of a name that is replaced */

enum {
    PERSON_BEGINS = 1,
    PERSON_GOES_ON = 1 + TOKEN_TYPES,
    PLACE_BEGINS = 3,
    PLACE_GOES_ON = 3 + TOKEN_TYPES,
};

uint32_t rename_number(uint32_t *state, uint32_t below)
{
    *state = *state * 1103515245u + 12345u;
    return (*state >> 8) % below;
}

static void put(struct token *token, const struct token *from)
{
    token->text = from->text;
    token->len = from->len;
    token->kind = (uint16_t)(from->kind | (token->kind & (TOKEN_FIRST | TOKEN_BEGINS)));
    token->lower = from->lower;
    token->exact = from->exact;
}

static void put_word(struct token *token, const struct tokens *words, uint32_t *state)
{
    put(token, &words->token[rename_number(state, (uint32_t)words->len)]);
}

static bool is_plain_name(const struct token *token, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (!(token[i].kind & TOKEN_INITIAL) || token[i].kind & TOKEN_CAPITALS || token[i].len < 3)
            return false;
    return from < to && to - from <= NAME_MAX;
}

static void rename_one(struct token *token, size_t from, size_t to, const struct lists *lists,
                       uint32_t *state)
{
    bool eastern = rename_number(state, 100) < EASTERN;
    for (size_t i = from; i < to; i++)
        put_word(&token[i],
                 &lists->word[eastern       ? WORD_SYLLABLE
                              : i + 1 == to ? WORD_FAMILY
                                            : WORD_GIVEN],
                 state);
}

bool rename_places(struct token *token, size_t len, const struct lists *lists, uint32_t *state)
{
    bool any = false;
    for (size_t i = 0, end; i < len; i = end) {
        end = i + 1;
        if (token[i].tag != PLACE_BEGINS)
            continue;
        while (end < len && token[end].tag == PLACE_GOES_ON)
            end++;
        /* Peoples are tagged as places, and stay. */
        if (!is_plain_name(token, i, end) || end - i > LISTS_TOWN_WORDS ||
            model_class(&lists->model, token[i].lower) & 1 << WORD_PEOPLE ||
            rename_number(state, 100) >= MOVED)
            continue;
        const struct tokens *towns = lists->town[end - i - 1];
        uint32_t town = rename_number(state, (uint32_t)towns->len);
        for (size_t k = i; k < end; k++)
            put(&token[k], &towns[k - i].token[town]);
        any = true;
    }
    return any;
}

bool rename_people(struct token *token, size_t len, const struct lists *lists, uint32_t *state)
{
    bool any = false;
    for (size_t i = 0, end; i < len; i = end) {
        size_t name = i;
        end = i + 1;
        if (token[i].tag != PERSON_BEGINS)
            continue;
        while (end < len && token[end].tag == PERSON_GOES_ON)
            end++;
        while (name < end && model_class(&lists->model, token[name].lower) & 1 << WORD_TITLE)
            name++;
        if (!is_plain_name(token, name, end) || rename_number(state, 100) >= RENAMED)
            continue;
        if (name == i + 1 && rename_number(state, 100) < RETITLED)
            put_word(&token[i], &lists->word[WORD_TITLE], state);
        rename_one(token, name, end, lists, state);
        any = true;
    }
    return any;
}
