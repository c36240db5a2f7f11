#include "layout_marks.h"

#include <string.h>
#include <unicode/uchar.h>

#define MARK_BYTES 160

/* ---- furniture ---- */

static const char *const furniture[] = {"scroll to top",
                                        "back to top",
                                        "to top",
                                        "advertisement",
                                        "advertisements",
                                        "- advertisement -",
                                        "advertising",
                                        "sponsored content",
                                        "share this",
                                        "share this article",
                                        "share this story",
                                        "share this post",
                                        "share this page",
                                        "share article",
                                        "share:",
                                        "print this",
                                        "print this article",
                                        "email this article",
                                        "leave a comment",
                                        "post a comment",
                                        "add a comment",
                                        "leave a reply",
                                        "no comments",
                                        "no comments yet",
                                        "0 comments",
                                        "read more",
                                        "read more...",
                                        "continue reading",
                                        "continue reading below",
                                        "story continues below",
                                        "story continues below advertisement",
                                        "article continues below",
                                        "article continues below advertisement",
                                        "article continues after advertisement",
                                        "click here",
                                        "skip to content",
                                        "skip to main content",
                                        "skip to navigation",
                                        "copy link",
                                        "link copied",
                                        "follow us",
                                        "follow us:",
                                        "load more",
                                        "show more",
                                        "view comments",
                                        "show comments",
                                        "sign up for our newsletter",
                                        "get our newsletter",
                                        "subscribe now",
                                        "next article",
                                        "previous article",
                                        "all rights reserved",
                                        "all rights reserved.",
                                        "click to enlarge",
                                        "listen to this article",
                                        "report a typo",
                                        "anzeige",
                                        "publicit\xC3\xA9",
                                        "nach oben",
                                        "haut de page",
                                        NULL};

static const char *const buttons[] = {
    "share",    "print",     "email",    "e-mail",   "comments",    "comment",   "comments:",
    "save",     "listen",    "menu",     "search",   "home",        "subscribe", "sign up",
    "sign in",  "log in",    "login",    "register", "like",        "tweet",     "follow",
    "bookmark", "download",  "pdf",      "related",  "more",        "next",      "previous",
    "close",    "sponsored", "promoted", "trending", "top stories", "latest",    "newsletter",
    "donate",   "ends",      "end",      "-ends-",   "-end-",       "- ends -",  "- end -",
    "-30-",     "- 30 -",    "###",      "***",      "* * *",       NULL};

/* What such a line begins with, and how many words it may have. */
static const struct opening {
    const char *text;
    size_t words;
} openings[] = {
    {"read more:", 40},
    {"read also:", 40},
    {"also read:", 40},
    {"see also:", 40},
    {"related:", 40},
    {"related story:", 40},
    {"related article:", 40},
    {"you may also like:", 40},
    {"lire aussi", 40},
    {"subscribe to our", 25},
    {"subscribe to the newsletter", 25},
    {"sign up for our", 25},
    {"sign up to our", 25},
    {"follow us on", 20},
    {"like us on", 20},
    {"join our", 20},
    {"join us on", 20},
    {"download our app", 20},
    {"click here to", 20},
    {"click here for", 20},
    {"tap here to", 20},
    {"copyright \xC2\xA9", 40},
    {"\xC2\xA9", 40},
    {"copyright (c)", 40},
    {"(c) copyright", 40},
    {"copyright 1", 40},
    {"copyright 2", 40},
    {"filed under:", 20},
    {"share on", 8},
    {"share via", 8},
    {"share to", 5},
    {"tweet this", 5},
    {"support our journalism", 30},
};

static const char *const networks[] = {"facebook", "twitter",   "x",         "whatsapp", "telegram",
                                       "linkedin", "messenger", "instagram", "youtube",  "tiktok",
                                       "reddit",   "pinterest", "line",      "wechat",   "viber",
                                       "threads",  "bluesky",   "mastodon",  NULL};

static const char *const share_words[] = {
    "share", "on",   "via",  "to",     "with", "and",  "this", "tweet",  "post", "pin", "email",
    "print", "copy", "link", "follow", "us",   "like", "it",   "e-mail", "|",    "/",   NULL};

/* "Share on Facebook", "Facebook Twitter Email": nothing but such words, and a network. */
static bool is_sharing(struct slice line)
{
    struct slice word, rest = line;
    size_t words = 0, known = 0;
    while (slice_word(&rest, &word)) {
        bool network = slice_is_any(word, networks);
        if (!network && !slice_is_any(word, share_words))
            return false;
        known += network;
        words++;
    }
    return known && words >= 2;
}

/* "https://...", "www....", "a@b.example" and nothing else. */
static bool is_address(struct slice line)
{
    if (slice_words(line, 2) > 1)
        return false;
    const char *at = memchr(line.text, '@', line.len);
    return slice_begins(line, "http://") || slice_begins(line, "https://") ||
           slice_begins(line, "www.") ||
           (at && at > line.text && memchr(at, '.', (size_t)(line.text + line.len - at)));
}

/* "5 min read", "Page 2 of 3", "12 comments" */
static bool is_counted(struct slice line)
{
    static const char *const numbered[] = {"page",   "min",   "mins",    "minute", "minutes",
                                           "read",   "of",    "reading", "time:",  "comments",
                                           "shares", "views", NULL};
    struct slice word;
    size_t words = 0, numbers = 0, read = 0;
    while (slice_word(&line, &word)) {
        bool digits = slice_has(word, u_isdigit) && !slice_has(word, u_isalpha);
        if (!digits && !slice_is_any(word, numbered))
            return false;
        numbers += digits;
        read += !digits;
        words++;
    }
    return numbers && read && words >= 2 && words <= 5;
}

bool mark_is_furniture(struct slice line)
{
    if (line.len > 2 * MARK_BYTES)
        return false;
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++)
        if (slice_begins(line, openings[i].text) &&
            slice_words(line, openings[i].words + 1) <= openings[i].words)
            return true;
    return slice_is_any(line, furniture) || is_address(line) || is_sharing(line) ||
           is_counted(line);
}

bool mark_is_button(struct slice line)
{
    return slice_is_any(line, buttons) || (line.text[0] == '@' && slice_words(line, 2) < 2) ||
           (slice_begins(line, "home ") && line.len <= MARK_BYTES &&
            (slice_find(line, " > ") < line.len || slice_find(line, " \xC2\xBB ") < line.len));
}

bool mark_is_network(struct slice line)
{
    return slice_is_any(line, networks);
}

bool mark_begins_others(struct slice line)
{
    static const char *const words[] = {"related articles",
                                        "related articles:",
                                        "related stories",
                                        "related stories:",
                                        "related news",
                                        "related posts",
                                        "related topics",
                                        "related content",
                                        "you may also like",
                                        "you might also like",
                                        "recommended",
                                        "recommended for you",
                                        "most read",
                                        "most popular",
                                        "more stories",
                                        "more from this section",
                                        "read next",
                                        "up next",
                                        "latest news",
                                        "trending now",
                                        NULL};
    return slice_is_any(line, words);
}

bool mark_is_section(struct slice line)
{
    static const char *const words[] = {"opinion",
                                        "opinions",
                                        "analysis",
                                        "commentary",
                                        "comment",
                                        "editorial",
                                        "op-ed",
                                        "news",
                                        "national",
                                        "national news",
                                        "local",
                                        "local news",
                                        "world",
                                        "world news",
                                        "international",
                                        "business",
                                        "politics",
                                        "sport",
                                        "sports",
                                        "culture",
                                        "lifestyle",
                                        "technology",
                                        "environment",
                                        "breaking",
                                        "breaking news",
                                        "exclusive",
                                        "feature",
                                        "features",
                                        "interview",
                                        "letters",
                                        "letters to the editor",
                                        "special report",
                                        "region",
                                        "regional",
                                        "economy",
                                        "health",
                                        NULL};
    return slice_is_any(line, words);
}

/* ---- tags ---- */

static const char *const tag_labels[] = {"tags:", "tag:", "topics:", "keywords:", "tagged:", NULL};

bool mark_is_tags(struct slice line)
{
    struct slice word, rest = line;
    if (line.len > 4 * MARK_BYTES)
        return false;
    for (const char *const *label = tag_labels; *label; label++)
        if (slice_begins(line, *label))
            return line.len > strlen(*label);
    if (line.text[0] != '#')
        return false;
    while (slice_word(&rest, &word))
        if (word.text[0] != '#' || !slice_has(word, u_isalpha))
            return false;
    return true;
}

bool mark_tag(struct slice *line, struct slice *tag)
{
    for (const char *const *label = tag_labels; *label; label++)
        if (slice_begins(*line, *label))
            *line = slice_from(*line, strlen(*label));
    *line = slice_trim(*line);
    if (!line->len)
        return false;
    if (line->text[0] == '#') {
        slice_word(line, tag);
        while (tag->len && tag->text[0] == '#')
            *tag = slice_from(*tag, 1);
        while (tag->len && strchr(",;", tag->text[tag->len - 1]))
            tag->len--;
        return true;
    }
    size_t end = 0;
    while (end < line->len && !strchr(",;|", line->text[end]))
        end++;
    *tag = slice_trim(slice_to(*line, end));
    *line = slice_from(*line, end < line->len ? end + 1 : end);
    return true;
}
