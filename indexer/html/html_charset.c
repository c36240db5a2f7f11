#include "html_charset.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define LOOK (16 * 1024) /* bytes; browsers look at 1024, but some pages begin with scripts */

/* Behind the next `word` (in small letters) of `text`, or NULL. */
static const char *past(const char *text, const char *end, const char *word)
{
    size_t len = strlen(word);
    for (; (size_t)(end - text) >= len; text++)
        if (!strncasecmp(text, word, len))
            return text + len;
    return NULL;
}

/* The value behind `key` and '=' between `at` and `end`, to free(): "" if there is none. */
static char *value(const char *at, const char *end, const char *key)
{
    static const char ends[] = " \t\r\n\"';/>?";
    at = past(at, end, key);
    while (at && at < end && strchr(" \t\r\n=\"'", *at))
        at++;
    size_t len = 0;
    while (at && at + len < end && !strchr(ends, at[len]))
        len++;
    /* What can be read as bytes is not in sets of two bytes, whatever it says. */
    if (!at || (len >= 6 && (!strncasecmp(at, "utf-16", 6) || !strncasecmp(at, "utf-32", 6))))
        len = 0;
    return strndup(len ? at : "", len);
}

char *html_charset(const char *text, size_t len, struct pm_error *err)
{
    const char *end = text + (len < LOOK ? len : LOOK), *at = text;
    char *name;
    const char *close = memchr(text, '>', (size_t)(end - text));
    bool xml = len > 5 && !strncmp(text, "<?xml", 5);
    name = xml ? value(text, close ? close : end, "encoding") : strdup("");
    while (name && !*name && (at = past(at, end, "<meta"))) {
        close = memchr(at, '>', (size_t)(end - at));
        free(name);
        name = value(at, close ? close : end, "charset");
    }
    if (!name)
        pm_fail_nomem(err);
    return name;
}
