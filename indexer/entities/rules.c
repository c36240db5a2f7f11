#include "rules.h"

#include <string.h>

#include "sentence.h"

#define TYPE_OTHER 3
#define JOINED_MAX 2 /* small words between two with capitals: "de la" */

/* Small words that join two parts of a name. */
static const char *const joiners[] = {
    "of",  "de",  "del", "della", "di",  "da", "do", "dos", "das", "du", "des", "la", "le",
    "les", "van", "von", "der",   "den", "al", "el", "bin", "ibn", "y",  "af",  "zu", "&",
};

void rules_release(struct rules *rules)
{
    seen_release(&rules->seen);
}

static bool joins(const struct token *token)
{
    for (size_t i = 0; i < sizeof joiners / sizeof *joiners; i++)
        if (strlen(joiners[i]) == token->len && !memcmp(joiners[i], token->text, token->len))
            return true;
    return false;
}

/* True if the token has a capital that it would not have anyway. */
static bool is_capital(const struct token *token)
{
    if (!(token->kind & TOKEN_INITIAL) || (token->len == 1 && *token->text == 'I'))
        return false;
    if (token->mode == MODE_PLAIN && !(token->kind & TOKEN_BEGINS))
        return true;
    return token->seen & SEEN_CAPITAL && !(token->seen & SEEN_SMALL);
}

/* A word that begins a sentence, unknown elsewhere, is of the name that the next word is of. */
static bool starts_name(const struct token *token, size_t i, size_t len)
{
    if (is_capital(&token[i]))
        return true;
    return token[i].kind & TOKEN_BEGINS && token[i].kind & TOKEN_INITIAL && !token[i].seen &&
           token[i].len > 3 && i + 1 < len && is_capital(&token[i + 1]);
}

/* Behind the name that begins at token `i`. */
static size_t name_end(const struct token *token, size_t i, size_t len)
{
    size_t end = i + 1;
    for (size_t k = end; k < len && k - end <= JOINED_MAX; k++) {
        if (is_capital(&token[k]))
            end = k + 1;
        else if (!joins(&token[k]))
            break;
    }
    return end;
}

static void find_names(struct token *token, size_t len)
{
    for (size_t i = 0; i < len;) {
        if (token[i].mode == MODE_CAPITALS || !starts_name(token, i, len)) {
            i++;
            continue;
        }
        size_t end = name_end(token, i, len);
        token[i++].tag = 1 + TYPE_OTHER;
        while (i < end)
            token[i++].tag = 1 + TOKEN_TYPES + TYPE_OTHER;
    }
}

int rules_run(struct rules *rules, struct token *token, size_t len, struct pm_error *err)
{
    size_t n;
    for (size_t i = 0; i < len; i += n) {
        n = sentence_length(token + i, len - i);
        sentence_set_mode(token + i, n);
    }
    if (seen_look(&rules->seen, token, len, err))
        return -1;
    for (size_t i = 0; i < len; i += n) {
        n = sentence_length(token + i, len - i);
        for (size_t k = i; k < i + n; k++) {
            token[k].tag = 0;
            token[k].margin = 0;
        }
        find_names(token + i, n);
    }
    return 0;
}
