#include "layout_lines.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "title.h"
#include "utf8.h"

#define WRAP_MIN                                                                                   \
    40 /* bytes: shorter lines are verses or lists, longer than the other paragraphs               \
        */
#define WRAP_MAX 130

/* ---- pieces of text ---- */

struct slice slice_from(struct slice s, size_t n)
{
    return (struct slice){s.text + n, s.len - n};
}

struct slice slice_to(struct slice s, size_t n)
{
    return (struct slice){s.text, n};
}

struct slice slice_trim(struct slice s)
{
    s = slice_from(s, pm_utf8_skip_space(s.text, s.len));
    while (s.len) {
        UChar32 c;
        size_t at = s.len;
        do
            at--;
        while (at && U8_IS_TRAIL(s.text[at]));
        size_t i = at;
        U8_NEXT(s.text, i, s.len, c);
        if (!u_isUWhiteSpace(c) && c != 0xFEFF)
            break;
        s.len = at;
    }
    return s;
}

/* Most words differ in their first letter: this spares the calls.  Case is one bit of a letter. */
static bool may_begin(struct slice s, const char *word)
{
    return s.len && ((s.text[0] ^ *word) & ~0x20) == 0;
}

bool slice_same(struct slice a, struct slice b)
{
    return a.len == b.len && !strncasecmp(a.text, b.text, a.len);
}

bool slice_is(struct slice s, const char *word)
{
    return may_begin(s, word) && s.len == strlen(word) && !strncasecmp(s.text, word, s.len);
}

bool slice_begins(struct slice s, const char *word)
{
    if (!may_begin(s, word))
        return false;
    size_t len = strlen(word);
    return s.len >= len && !strncasecmp(s.text, word, len);
}

bool slice_ends(struct slice s, const char *word)
{
    size_t len = strlen(word);
    return s.len >= len && !strncasecmp(s.text + s.len - len, word, len);
}

size_t slice_find(struct slice s, const char *word)
{
    for (size_t i = 0; i < s.len; i++)
        if (slice_begins(slice_from(s, i), word))
            return i;
    return s.len;
}

size_t slice_find_last(struct slice s, const char *word)
{
    for (size_t i = s.len; i-- > 0;)
        if (slice_begins(slice_from(s, i), word))
            return i;
    return s.len;
}

bool slice_is_any(struct slice s, const char *const *list)
{
    while (*list && !slice_is(s, *list))
        list++;
    return *list;
}

bool slice_word(struct slice *s, struct slice *word)
{
    *s = slice_from(*s, pm_utf8_skip_space(s->text, s->len));
    size_t i = 0;
    while (i < s->len && ((s->text[i] > ' ') || !pm_utf8_skip_space(s->text + i, s->len - i)))
        i++;
    *word = slice_to(*s, i);
    *s = slice_from(*s, i);
    return i;
}

size_t slice_words(struct slice s, size_t max)
{
    size_t n = 0;
    struct slice word;
    while (n < max && slice_word(&s, &word))
        n++;
    return n;
}

bool slice_has(struct slice s, signed char (*property)(int32_t))
{
    for (size_t i = 0; i < s.len;) {
        UChar32 c;
        U8_NEXT(s.text, i, s.len, c);
        if (property(c))
            return true;
    }
    return false;
}

bool slice_starts(struct slice s, signed char (*property)(int32_t))
{
    size_t i = 0;
    UChar32 c;
    if (!s.len)
        return false;
    U8_NEXT(s.text, i, s.len, c);
    return property(c);
}

bool slice_ends_sentence(struct slice s)
{
    static const char *const closing[] = {
        "\"", "'", ")", "]", "\xE2\x80\x99", "\xE2\x80\x9D", "\xC2\xBB", "\xE2\x80\x9C", NULL};
    static const char *const stops[] = {
        ".", "!", "?", ":", "\xE2\x80\xA6", "\xE1\x9F\x94", "\xE3\x80\x82", NULL};
    for (bool again = true; again;) { /* several may stand there */
        again = false;
        for (const char *const *mark = closing; *mark; mark++)
            if (slice_ends(s, *mark)) {
                s.len -= strlen(*mark);
                again = true;
            }
    }
    for (const char *const *mark = stops; *mark; mark++)
        if (slice_ends(s, *mark))
            return true;
    return false;
}

/* ---- lines ---- */

static int add_line(struct lines *lines, struct slice s, bool after_blank, struct pm_error *err)
{
    if (lines->n == lines->cap) {
        size_t cap = lines->cap ? 2 * lines->cap : 64;
        struct line *grown = realloc(lines->line, cap * sizeof *grown);
        if (!grown)
            return pm_fail_nomem(err);
        lines->line = grown;
        lines->cap = cap;
    }
    lines->line[lines->n++] = (struct line){.start = (uint32_t)(s.text - lines->text.text),
                                            .len = (uint32_t)s.len,
                                            .after_blank = after_blank};
    return 0;
}

/* Most lines that are followed by one right below break off in the midst of a sentence. */
static bool are_wrapped(const struct lines *lines)
{
    size_t pairs = 0, broken = 0;
    for (size_t i = 0; i + 1 < lines->n; i++) {
        if (lines->line[i + 1].after_blank)
            continue;
        struct slice s = lines_at(lines, i);
        pairs++;
        broken += s.len >= WRAP_MIN && s.len <= WRAP_MAX && !slice_ends_sentence(s);
    }
    return broken >= 2 && 2 * broken >= pairs;
}

int lines_cut(struct lines *lines, const char *text, size_t len, struct pm_error *err)
{
    bool blank = true;
    lines->text = (struct slice){text, len};
    for (size_t at = 0; at < len;) {
        const char *feed = memchr(text + at, '\n', len - at);
        size_t end = feed ? (size_t)(feed - text) : len;
        struct slice s = slice_trim((struct slice){text + at, end - at});
        if (s.len && add_line(lines, s, blank, err))
            return -1;
        blank = !s.len;
        at = end + 1;
    }
    lines->wrapped = are_wrapped(lines);
    return 0;
}

void lines_release(struct lines *lines)
{
    free(lines->line);
    *lines = (struct lines){0};
}

struct slice lines_at(const struct lines *lines, size_t i)
{
    assert(i < lines->n);
    return (struct slice){lines->text.text + lines->line[i].start, lines->line[i].len};
}

bool lines_goes_on(const struct lines *lines, size_t i)
{
    return i + 1 < lines->n && slice_starts(lines_at(lines, i + 1), u_islower);
}

bool lines_alone(const struct lines *lines, size_t i)
{
    return lines->line[i].after_blank && (i + 1 == lines->n || lines->line[i + 1].after_blank);
}
