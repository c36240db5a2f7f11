#include "title.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include "buf.h"
#include "layout_dates.h"
#include "utf8.h"

#define HEADLINE_WORDS 25
#define HEADLINE_BYTES 200
#define SENTENCE_LOOK  1000 /* bytes of a paragraph in which its first sentence should end */
#define ELLIPSIS       "\xE2\x80\xA6"

static size_t count_words(const char *text, size_t len)
{
    size_t words = 0;
    for (size_t i = pm_utf8_skip_space(text, len); i < len;
         i += pm_utf8_skip_space(text + i, len - i)) {
        words++;
        while (i < len && !memchr(" \t\n", text[i], 3))
            i++;
    }
    return words;
}

static bool has_suffix(const char *text, size_t len, const char *suffix)
{
    size_t n = strlen(suffix);
    return len >= n && !memcmp(text + len - n, suffix, n);
}

static bool has_prefix(const char *text, size_t len, const char *prefix)
{
    size_t n = strlen(prefix);
    return len >= n && !memcmp(text, prefix, n);
}

/* True if the first character of `text`, and there is one, has the property. */
static bool starts_with(const char *text, size_t len, UBool (*property)(UChar32))
{
    size_t i = 0;
    UChar32 c;
    if (!len)
        return false;
    U8_NEXT(text, i, len, c);
    return property(c);
}

static bool contains(const char *text, size_t len, UBool (*property)(UChar32), int at_least)
{
    size_t i = 0;
    while (i < len && at_least > 0) {
        UChar32 c;
        U8_NEXT(text, i, len, c);
        at_least -= property(c) ? 1 : 0;
    }
    return at_least <= 0;
}

/* ---- headlines ---- */

size_t title_headline(const char *text, size_t len)
{
    /* After these a line has said its sentence, or goes on in the next. */
    static const char *const ends[] = {".", ",", ";", ":", "\xE1\x9F\x94", "\xE3\x80\x82"};
    const char *end = memchr(text, '\n', len);
    struct slice place;
    bool bare;
    if (!end)
        return 0;
    size_t line = (size_t)(end - text), trimmed = line;
    while (trimmed && (text[trimmed - 1] == ' ' || text[trimmed - 1] == '\t'))
        trimmed--;
    if (trimmed > HEADLINE_BYTES || count_words(text, trimmed) > HEADLINE_WORDS ||
        !contains(text, trimmed, u_isalnum, 1) ||
        dateline_length((struct slice){text, trimmed}, &place, &bare))
        return 0;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (has_suffix(text, trimmed, ends[i]))
            return 0;
    size_t blank = pm_utf8_skip_space(end, len - line), next = line + blank;
    bool adjacent = blank && !memchr(end + 1, '\n', blank - 1);
    if (next == len || (adjacent && starts_with(text + next, len - next, u_islower)))
        return 0;
    return line;
}

/* ---- first sentences ---- */

/* Words that a full stop follows without ending the sentence. */
static bool is_abbreviation(const char *word, size_t len)
{
    static const char *const table[] = {
        "Mr",  "Mrs",  "Ms",  "Dr",  "Prof", "Rev",  "Hon", "Gen", "Maj",  "Brig", "Col", "Lt",
        "Cpt", "Capt", "Sgt", "Cpl", "Adm",  "Cmdr", "Gov", "Sen", "Rep",  "Pres", "St",  "Mt",
        "Jan", "Feb",  "Mar", "Apr", "Jun",  "Jul",  "Aug", "Sep", "Sept", "Oct",  "Nov", "Dec",
        "Jr",  "Sr",   "No",  "Nos", "vs",   "etc",  "Co",  "Ltd", "Inc",  "Corp", "Ph",  "al"};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strlen(table[i]) == len && !memcmp(table[i], word, len))
            return true;
    return false;
}

/* True if the full stop at `at` belongs to the word before it: "U.S.", "Lt.", "am 3. Mai". */
static bool belongs_to_word(const char *text, size_t at)
{
    int32_t i = (int32_t)at; /* ICU steps back with this type only; the line is short */
    size_t word = at, letters = 0;
    UChar32 c;
    for (; i > 0; word = (size_t)i, letters++) {
        U8_PREV(text, 0, i, c);
        if (!u_isalnum(c))
            break;
    }
    if (letters == 1)
        return true;
    if (letters == 2 && strspn(text + word, "0123456789") >= 2)
        return true;
    return is_abbreviation(text + word, at - word);
}

/* The end of the first sentence of one line, closing quotes and brackets in; 0 if it has none. */
static size_t sentence_end(const char *text, size_t len)
{
    static const struct mark {
        const char *text;
        bool alone; /* ends a sentence whatever follows it */
    } marks[] = {{".", false},      {"!", false},           {"?", false},
                 {ELLIPSIS, false}, {"\xE1\x9F\x94", true}, {"\xE3\x80\x82", true}};
    static const char *const closing[] = {
        "\"", "'", ")", "]", "\xE2\x80\x99", "\xE2\x80\x9D", "\xC2\xBB", "\xE2\x80\x9C"};
    const size_t n_closing = sizeof closing / sizeof *closing;
    for (size_t i = 0; i < len; i++) {
        const struct mark *mark = marks, *stop = marks + sizeof marks / sizeof *marks;
        while (mark < stop && !has_prefix(text + i, len - i, mark->text))
            mark++;
        if (mark == stop || (text[i] == '.' && belongs_to_word(text, i)))
            continue;
        size_t end = i + strlen(mark->text);
        for (size_t k = 0; k < n_closing; k++)
            if (has_prefix(text + end, len - end, closing[k])) {
                end += strlen(closing[k]);
                k = (size_t)-1; /* another may follow */
            }
        if (mark->alone || end == len ||
            (text[end] == ' ' && !starts_with(text + end + 1, len - end - 1, u_islower)))
            return end;
    }
    return 0;
}

/* Where to break a line after at most `max` bytes: between words, of scripts without spaces too. */
static int break_line(const char *text, size_t len, size_t max, size_t *at, struct pm_error *err)
{
    UErrorCode status = U_ZERO_ERROR;
    UText utext = UTEXT_INITIALIZER;
    UBreakIterator *breaker = ubrk_open(UBRK_LINE, "", NULL, 0, &status);
    utext_openUTF8(&utext, text, (int64_t)len, &status);
    ubrk_setUText(breaker, &utext, &status);
    int32_t found = U_SUCCESS(status) ? ubrk_preceding(breaker, (int32_t)max + 1) : 0;
    *at = found > 0 ? (size_t)found : pm_utf8_cut(text, len, max);
    while (*at && strchr(" ,;:-", text[*at - 1]))
        --*at;
    if (breaker)
        ubrk_close(breaker);
    utext_close(&utext);
    return U_SUCCESS(status)
               ? 0
               : pm_fail(err, PM_ERR_INTERNAL, "cannot break a line: %s", u_errorName(status));
}

/* The length of the paragraph that starts `text`: to a blank line, or the end. */
static size_t paragraph(const char *text, size_t len)
{
    const char *end = text + len, *line = text;
    while ((line = memchr(line, '\n', (size_t)(end - line)))) {
        const char *next = ++line;
        while (next < end && (*next == ' ' || *next == '\t'))
            next++;
        if (next == end || *next == '\n')
            return (size_t)(line - 1 - text);
    }
    return len;
}

char *title_make(const char *body, struct pm_error *err)
{
    char *title = NULL;
    struct pm_buf line = PM_BUF_INIT;
    size_t len = strlen(body), skip = pm_utf8_skip_space(body, len);
    size_t whole = paragraph(body + skip, len - skip);
    pm_utf8_one_line(&line, body + skip, pm_utf8_cut(body + skip, whole, SENTENCE_LOOK));
    if (line.failed)
        goto out;
    size_t end = sentence_end(pm_buf_str(&line), line.len);
    if (!end)
        end = line.len;
    if (end > TITLE_MAX) {
        if (break_line(line.data, line.len, TITLE_MAX, &end, err))
            goto out;
        line.len = end;
        pm_buf_adds(&line, ELLIPSIS);
    } else if (line.data) {
        line.len = end;
        pm_buf_add(&line, "", 0);
    }
    title = pm_buf_detach(&line);
out:
    if (!title)
        pm_fail_nomem(err);
    pm_buf_release(&line);
    return title;
}
