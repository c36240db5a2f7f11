#include "html_tame.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_name(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || strchr("-_:.", c) || (c & 0x80);
}

/* Behind the value that begins at `at`, a quotation mark or what ends in white space. */
static char *skip_value(char *at, char *end)
{
    if (*at == '"' || *at == '\'') {
        char *quote = memchr(at + 1, *at, (size_t)(end - at - 1));
        return quote ? quote + 1 : end;
    }
    while (at < end && !is_space(*at) && *at != '>')
        at++;
    return at;
}

/*
 * Goes through the tag whose name begins at `at` and returns its '>' or the end.  A quotation
 * mark counts only behind '=': elsewhere it is a part of a name.
 */
static char *tame_tag(char *at, char *end)
{
    size_t names = 0; /* that of the element too */
    char *surplus = NULL;
    while (at < end && *at != '>') {
        if (*at == '=') {
            for (at++; at < end && is_space(*at);)
                at++;
            at = at < end ? skip_value(at, end) : end;
        } else if (is_name(*at)) {
            if (++names > HTML_ATTRIBUTES_MAX && !surplus)
                surplus = at;
            while (at < end && is_name(*at))
                at++;
        } else {
            at++;
        }
    }
    if (surplus)
        memset(surplus, ' ', (size_t)(at - surplus));
    return at;
}

/* Behind the next `word` (in small letters), or the end. */
static char *skip_past(char *at, char *end, const char *word)
{
    size_t len = strlen(word);
    for (; (at = memchr(at, word[0], (size_t)(end - at))); at++)
        if ((size_t)(end - at) >= len && !strncasecmp(at, word, len))
            return at + len;
    return end;
}

static bool begins(const char *at, const char *end, const char *word)
{
    size_t len = strlen(word);
    return (size_t)(end - at) > len && !strncasecmp(at, word, len) && !is_letter(at[len]);
}

void html_tame(char *text, size_t len)
{
    char *end = text + len, *at = text;
    while ((at = memchr(at, '\0', (size_t)(end - at))))
        *at++ = ' ';
    for (at = text; (at = memchr(at, '<', (size_t)(end - at)));) {
        const char *name = ++at;
        if (end - at >= 3 && !memcmp(at, "!--", 3)) {
            at = skip_past(at + 1, end, "-->");
        } else if (at < end && is_letter(*at)) {
            at = tame_tag(at, end);
            /* Nothing in these is a tag. */
            if (begins(name, end, "script"))
                at = skip_past(at, end, "</script");
            else if (begins(name, end, "style"))
                at = skip_past(at, end, "</style");
        }
    }
}
