#include "html_phrases.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define ABOVE_MAX  60 /* bytes of a title of links */
#define NOTICE_MAX 200
#define ERROR_MAX  80

bool html_ends_sentence(const char *text, size_t len)
{
    static const char *const closing[] = {
        "\"", "'", ")", "]", "\u201D", "\u2019", "\u00BB", "\u203A", "\u201C", "\u300D", " ", "\n"};
    static const char *const ends[] = {".",      "!",      "?",      ":",      "\u2026",
                                       "\u17D4", "\u17D5", "\u3002", "\uFF01", "\uFF1F",
                                       "\u061F", "\u06D4", "\u0964", "\u104B", "\u1362"};
    bool closed = true;
    while (closed) {
        closed = false;
        for (size_t i = 0; !closed && i < sizeof closing / sizeof *closing; i++) {
            size_t mark = strlen(closing[i]);
            if ((closed = len >= mark && !memcmp(text + len - mark, closing[i], mark)))
                len -= mark;
        }
    }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t mark = strlen(ends[i]);
        if (len >= mark && !memcmp(text + len - mark, ends[i], mark))
            return true;
    }
    return false;
}

/* True if `text` begins with one of `n` phrases, and no word goes on there. */
static bool begins(const char *text, size_t len, const char *const *phrases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t phrase = strlen(phrases[i]);
        if (len >= phrase && !strncasecmp(text, phrases[i], phrase) &&
            (len == phrase || !isalnum((unsigned char)text[phrase])))
            return true;
    }
    return false;
}

#define BEGINS(text, len, phrases) begins(text, len, phrases, sizeof phrases / sizeof *phrases)

static const char *const heads_links[] = {
    "related",
    "read more",
    "read also",
    "read next",
    "also read",
    "also on",
    "see also",
    "more from",
    "more on",
    "more stories",
    "more news",
    "most read",
    "most popular",
    "most viewed",
    "trending",
    "popular",
    "recommended",
    "you may also",
    "you might also",
    "don't miss",
    "up next",
    "latest",
    "top stories",
    "editor's picks",
    "editors' picks",
    "in other news",
    "share this",
    "follow us",
    "comments",
    "leave a comment",
    "leave a reply",
    "tags",
    "filed under",
    "about the author",
    "sign up",
    "subscribe",
    "newsletter",
    "\u00E0 lire aussi",
    "lire aussi",
    "sur le m\u00EAme sujet",
    "les plus lus",
    "mehr zum thema",
    "lesen sie auch",
    "das k\u00F6nnte sie auch",
    "meistgelesen",
    "le\u00E9 tambi\u00E9n",
    "lea tambi\u00E9n",
    "m\u00E1s noticias",
    "leia tamb\u00E9m",
    "leggi anche",
    "lees ook",
    "\u0627\u0642\u0631\u0623 \u0623\u064A\u0636\u0627",
    "\u17A2\u17B6\u1793\u1794\u1793\u17D2\u1790\u17C2\u1798",
};

bool html_heads_links(const char *text, size_t len)
{
    return len <= ABOVE_MAX && BEGINS(text, len, heads_links);
}

bool html_heads_advert(const char *text, size_t len)
{
    static const char *const phrases[] = {"advertisement",  "advertising", "advertorial",
                                          "sponsored",      "anzeige",     "werbung",
                                          "publicit\u00E9", "publicidad"};
    return len <= ABOVE_MAX && BEGINS(text, len, phrases);
}

bool html_is_notice(const char *text, size_t len)
{
    static const char *const starts[] = {
        "\u00A9",      "copyright",        "(c)",        "all rights reserved",
        "sign up for", "subscribe to",     "click here", "follow us",
        "support our", "download our app", "join our",
    };
    static const char *const wholes[] = {
        "advertisement",
        "advertisement - scroll to continue",
        "advertising",
        "sponsored",
        "story continues below",
        "story continues below advertisement",
        "article continues below",
        "continue reading",
        "read more",
        "share",
        "share this",
        "share this article",
        "print",
        "loading",
        "werbung",
        "anzeige",
        "publicit\u00E9",
        "publicidad",
    };
    if (len <= NOTICE_MAX && BEGINS(text, len, starts))
        return true;
    while (len && strchr(".:!", text[len - 1]))
        len--;
    for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++)
        if (len == strlen(wholes[i]) && !strncasecmp(text, wholes[i], len))
            return true;
    return false;
}

bool html_is_error_title(const char *text, size_t len)
{
    static const char *const starts[] = {
        "404 not found",
        "404 error",
        "403 forbidden",
        "401 unauthorized",
        "410 gone",
        "429 too many requests",
        "500 internal server error",
        "502 bad gateway",
        "503 service unavailable",
        "503 service temporarily unavailable",
        "504 gateway timeout",
        "504 gateway time-out",
        "error 4",
        "error 5",
    };
    static const char *const wholes[] = {
        "400",
        "401",
        "403",
        "404",
        "410",
        "429",
        "500",
        "502",
        "503",
        "504",
        "error",
        "page not found",
        "not found",
        "access denied",
        "forbidden",
        "just a moment",
        "attention required",
        "are you a robot",
        "security check",
        "service unavailable",
        "bad gateway",
        "request blocked",
        "one moment, please",
        "object moved",
        "redirecting",
    };
    if (len > ERROR_MAX)
        return false;
    if (BEGINS(text, len, starts))
        return true;
    /* The rest may be the name of the site: "Not found | The Courier". */
    for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++) {
        size_t whole = strlen(wholes[i]);
        if (len < whole || strncasecmp(text, wholes[i], whole))
            continue;
        size_t rest = whole + strspn(text + whole, " ");
        if (rest >= len || strchr("|-:.,!?", text[rest]) || text[rest] & 0x80)
            return true;
    }
    return false;
}
