/*
 * How tokens are looked at, byte by byte: shared by what makes them and what takes text apart.
 */
#ifndef ENTITIES_LOOK_H
#define ENTITIES_LOOK_H

#include "tokens.h"

#define LOOK_START UINT64_C(0xcbf29ce484222325) /* FNV-1a, of characters */
#define LOOK_PRIME UINT64_C(0x100000001b3)
#define LOOK_CASE  UINT64_C(0x9e3779b97f4a7c15)

/* What a byte is. */
enum { LOOK_SPACE, LOOK_LINE, LOOK_SMALL, LOOK_CAPITAL, LOOK_DIGIT, LOOK_HIGH, LOOK_OTHER };

extern const unsigned char look_class[256];

/* What is known of a token of which some bytes have been looked at.  Starts as {.hash =
 * LOOK_START}. */
struct look {
    uint64_t hash, cases;
    uint32_t letters, capitals;
    uint16_t kind;
};

/* Looks at one more character, which is ASCII. */
static inline void look_ascii(struct look *look, unsigned char c)
{
    uint64_t folded = c;
    switch (look_class[c]) {
    case LOOK_SMALL:
        look->kind |= TOKEN_LOWER | TOKEN_LETTER;
        look->letters++;
        break;
    case LOOK_CAPITAL:
        folded |= 0x20;
        look->kind |=
            look->letters ? TOKEN_UPPER | TOKEN_LETTER : TOKEN_UPPER | TOKEN_INITIAL | TOKEN_LETTER;
        look->capitals++;
        look->cases = (look->cases + look->letters + 1) * LOOK_CASE;
        look->letters++;
        break;
    case LOOK_DIGIT:
        look->kind |= TOKEN_DIGIT;
        folded = '0';
        break;
    default:
        break;
    }
    look->hash = (look->hash ^ folded) * LOOK_PRIME;
}

/* Looks at all of a token, from the start. */
void look_at(struct look *look, const char *text, size_t len);

/* Adds a token that has been looked at.  -1 when memory ran out. */
int look_put(struct tokens *tokens, const char *text, size_t len, const struct look *look,
             bool first, struct pm_error *err);

#endif
