#include "look.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

const unsigned char look_class[256] = {
    [0 ... '\t'] = LOOK_SPACE,    ['\n'] = LOOK_LINE,         ['\v' ... ' '] = LOOK_SPACE,
    ['!' ... '/'] = LOOK_OTHER,   ['0' ... '9'] = LOOK_DIGIT, [':' ... '@'] = LOOK_OTHER,
    ['A' ... 'Z'] = LOOK_CAPITAL, ['[' ... '`'] = LOOK_OTHER, ['a' ... 'z'] = LOOK_SMALL,
    ['{' ... '~'] = LOOK_OTHER,   [0x7f] = LOOK_SPACE,        [0x80 ... 0xff] = LOOK_HIGH,
};

/* What stands for a character in hashes: quotes and dashes have many forms. */
static int32_t plain(int32_t c)
{
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x02bc:
        return '\'';
    case 0x201c:
    case 0x201d:
    case 0x201e:
    case 0xab:
    case 0xbb:
        return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
        return '-';
    default:
        return c;
    }
}

static void look_high(struct look *look, int32_t c)
{
    if (c >= 0 && u_isalpha(c)) {
        look->kind |= TOKEN_LETTER;
        if (u_isupper(c) || u_istitle(c)) {
            look->kind |= look->letters ? TOKEN_UPPER : TOKEN_UPPER | TOKEN_INITIAL;
            look->capitals++;
            look->cases = (look->cases + look->letters + 1) * LOOK_CASE;
        } else if (u_islower(c)) {
            look->kind |= TOKEN_LOWER;
        }
        look->letters++;
    } else if (c >= 0 && u_isdigit(c)) {
        look->kind |= TOKEN_DIGIT;
    }
    int32_t folded = c < 0 ? 0xfffd : plain(u_tolower(c));
    if (folded != c)
        look->kind |= TOKEN_FORMS;
    look->hash = (look->hash ^ (uint64_t)(uint32_t)folded) * LOOK_PRIME;
}

void look_at(struct look *look, const char *text, size_t len)
{
    size_t i = 0;
    *look = (struct look){.hash = LOOK_START};
    while (i < len) {
        int32_t c;
        if (!(text[i] & 0x80)) {
            look_ascii(look, (unsigned char)text[i++]);
            continue;
        }
        U8_NEXT(text, i, len, c);
        look_high(look, c);
    }
}

uint64_t token_hash(const char *word)
{
    struct look look;
    look_at(&look, word, strlen(word));
    return look.hash;
}

static struct token *add_token(struct tokens *tokens, struct pm_error *err)
{
    if (tokens->len == tokens->cap) {
        size_t cap = tokens->cap ? 2 * tokens->cap : 1024;
        struct token *grown = reallocarray(tokens->token, cap, sizeof *grown);
        if (!grown) {
            pm_fail_nomem(err);
            return NULL;
        }
        tokens->token = grown;
        tokens->cap = cap;
    }
    return &tokens->token[tokens->len++];
}

int look_put(struct tokens *tokens, const char *text, size_t len, const struct look *look,
             bool first, struct pm_error *err)
{
    struct token *token = add_token(tokens, err);
    if (!token)
        return -1;
    *token = (struct token){
        .text = text,
        .len = (uint32_t)len,
        .kind = look->kind,
        .lower = look->hash,
        .exact = look->hash ^ look->cases,
    };
    if (look->capitals > 1 && !(look->kind & TOKEN_LOWER))
        token->kind |= TOKEN_CAPITALS;
    if (first)
        token->kind |= TOKEN_FIRST;
    return 0;
}

int tokens_add(struct tokens *tokens, const char *text, size_t len, bool first,
               struct pm_error *err)
{
    struct look look = {.hash = LOOK_START, .kind = TOKEN_ODD};
    if (len <= TOKEN_LOOK_MAX)
        look_at(&look, text, len);
    return look_put(tokens, text, len < UINT32_MAX ? len : UINT32_MAX, &look, first, err);
}

void tokens_release(struct tokens *tokens)
{
    free(tokens->token);
    *tokens = (struct tokens){0};
}
