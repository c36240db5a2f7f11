#include "html_fill.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "buf.h"
#include "fill.h"

#define NAME_WORDS    5   /* of a person, at most */
#define TAGS_MAX      100 /* more are a list of all that the site knows */
#define NAME_LEN_MAX  100 /* longer than any name */
#define TITLE_LEN_MAX 1000

/* ---- authors ---- */

static size_t skip_blanks(const char *text, size_t len)
{
    size_t at = 0;
    while (at < len && strchr(" \t\r\n:,;|", text[at]))
        at++;
    return at;
}

/* The length of what `text` begins with before the name. */
static size_t skip_by(const char *text, size_t len)
{
    static const char *const before[] = {"written by", "posted by", "reported by", "story by",
                                         "text by",    "authors",   "author",      "by"};
    size_t at = skip_blanks(text, len);
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        size_t word = strlen(before[i]);
        if (len - at > word && !strncasecmp(text + at, before[i], word) &&
            strchr(" :\n\t", text[at + word])) {
            at += word;
            return at + skip_blanks(text + at, len - at);
        }
    }
    return at;
}

static bool has(const char *text, size_t len, const char *what)
{
    return memmem(text, len, what, strlen(what)) != NULL;
}

/* "Staff Writer", "Senior Correspondent": what an author is and not a name. */
static bool is_profession(const char *text, size_t len)
{
    static const char *const ends[] = {"writer",     "reporter",  "correspondent", "editor",
                                       "journalist", "columnist", "contributor"};
    while (len && strchr(" \t\r\n", text[len - 1]))
        len--;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t word = strlen(ends[i]);
        if (len >= word && !strncasecmp(text + len - word, ends[i], word))
            return true;
    }
    return false;
}

static int add_author(struct pm_article *article, const char *text, size_t len,
                      struct pm_error *err)
{
    size_t skip = skip_blanks(text, len);
    text += skip;
    len -= skip;
    while (len && strchr(" \t\r\n:,;|", text[len - 1]))
        len--;
    bool host = !memchr(text, ' ', len) && memchr(text, '.', len > 1 ? len - 1 : 0);
    bool source =
        article->source && html_same_words(text, len, article->source, strlen(article->source));
    if (len > NAME_LEN_MAX || has(text, len, "://") || has(text, len, "@") || host || source)
        return 0;
    return fill_author(article, text, len, err);
}

/* Two to five words that could be a person's, so that " and " stands between two of them. */
static bool is_person(const char *text, size_t len)
{
    size_t words = 0;
    for (size_t i = 0; i < len; i++)
        if (text[i] != ' ' && (!i || text[i - 1] == ' ')) {
            words++;
            if (islower((unsigned char)text[i]) && has(text + i, len - i < 4 ? len - i : 4, "of "))
                return false;
        }
    return words >= 2 && words <= NAME_WORDS;
}

/* Where the first name of `text` ends, and the next begins in *next. */
static size_t name_end(const char *text, size_t len, size_t *next)
{
    static const struct {
        const char *text;
        bool sure; /* whatever stands around it */
    } between[] = {{" and ", false}, {" & ", false}, {";", true}, {"|", true}, {"\n", true}};
    for (size_t at = 0; at < len; at++)
        for (size_t i = 0; i < sizeof between / sizeof *between; i++) {
            size_t gap = strlen(between[i].text);
            if (len - at < gap || memcmp(text + at, between[i].text, gap))
                continue;
            if (!between[i].sure &&
                !(is_person(text, at) && is_person(text + at + gap, len - at - gap)))
                continue;
            *next = at + gap;
            return at;
        }
    *next = len;
    return len;
}

int html_author_fill(struct pm_article *article, const char *text, size_t len, struct pm_error *err)
{
    if (len > 10 * NAME_LEN_MAX)
        return 0;
    size_t at = skip_by(text, len), next;
    for (; at < len; at += next) {
        size_t end = name_end(text + at, len - at, &next), from = 0;
        /* Behind a comma may stand a profession: "Ann Doe, staff writer". */
        while (from < end) {
            const char *comma = memchr(text + at + from, ',', end - from);
            size_t part = comma ? (size_t)(comma - text) - at : end;
            if ((!from || !is_profession(text + at + from, part - from)) &&
                add_author(article, text + at + from, part - from, err))
                return -1;
            from = part + 1;
        }
    }
    return 0;
}

/* ---- tags ---- */

int html_tags_fill(struct pm_article *article, const char *text, size_t len, struct pm_error *err)
{
    for (size_t at = 0; at < len;) {
        size_t end = at;
        while (end < len && text[end] != ',' && text[end] != ';')
            end++;
        if (cJSON_GetArraySize(article->tags) < TAGS_MAX && end - at <= NAME_LEN_MAX &&
            fill_tag(article, text + at, end - at, err))
            return -1;
        at = end + 1;
    }
    return 0;
}

/* ---- addresses ---- */

bool html_is_page_url(const char *url)
{
    bool http = !strncasecmp(url, "http://", 7) || !strncasecmp(url, "https://", 8);
    const char *path = http ? strpbrk(strstr(url, "//") + 2, "/?") : NULL;
    return path && path[strspn(path, "/#")];
}

/* ---- titles ---- */

/* The next byte of a text that counts when words are compared, or 0 at the end. */
static int next_of_word(const char **at, const char *end)
{
    while (*at < end) {
        unsigned char c = (unsigned char)*(*at)++;
        /* General Punctuation: quotation marks, dashes and the ellipsis come in several forms. */
        if (c == 0xE2 && end - *at >= 2 && (unsigned char)**at == 0x80)
            *at += 2;
        else if (c == 0xC2 && end - *at >= 1)
            *at += 1; /* Latin-1's spaces and marks */
        else if (c >= 0x80 || isalnum(c))
            return tolower(c);
    }
    return 0;
}

bool html_same_words(const char *a, size_t a_len, const char *b, size_t b_len)
{
    const char *a_end = a + a_len, *b_end = b + b_len;
    bool any = false;
    int c;
    do {
        c = next_of_word(&a, a_end);
        if (c != next_of_word(&b, b_end))
            return false;
        any = any || c;
    } while (c);
    return any;
}

static bool is_site(const char *text, size_t len, const char *const *sites)
{
    for (; sites && *sites; sites++)
        if (html_same_words(text, len, *sites, strlen(*sites)))
            return true;
    return false;
}

/* The length of the separator at `at`, which has white space around it, or 0. */
static size_t separator(const char *text, size_t len, size_t at)
{
    static const char *const marks[] = {"|",      "-",      "\u2013", "\u2014", "\u00BB",
                                        "\u00AB", "\u00B7", "\u2022", "::",     ":",
                                        "/",      "\u2502", "\uFF5C"};
    if (!at || text[at - 1] != ' ')
        return !strncmp(text + at, ": ", len - at < 2 ? len - at : 2) && len - at > 2 ? 1 : 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t mark = strlen(marks[i]);
        if (len - at > mark && !memcmp(text + at, marks[i], mark) && text[at + mark] == ' ')
            return mark;
    }
    return 0;
}

const char *html_title_cut(const char *title, size_t *len, const char *const *sites,
                           const char *headline)
{
    size_t from = 0, end = *len, mark;
    if (end > TITLE_LEN_MAX)
        return title;
    for (size_t at = 1; headline && at < end; at++)
        if ((mark = separator(title, end, at))) {
            if (html_same_words(title, at, headline, strlen(headline)))
                return *len = at, title;
            if (html_same_words(title + at + mark, end - at - mark, headline, strlen(headline)))
                return *len -= at + mark, title + at + mark;
        }
    for (size_t at = end; --at > from && end;)
        if ((mark = separator(title, end, at)) &&
            is_site(title + at + mark, end - at - mark, sites))
            end = at;
    for (size_t at = 1; at < end; at++)
        if ((mark = separator(title, end, at)) && is_site(title + from, at - from, sites))
            from = at + mark;
    *len = end - from;
    return title + from;
}
