/*
 * The lines of a saved text, and looking at pieces of text without copying them.
 */
#ifndef LAYOUT_LINES_H
#define LAYOUT_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"

/* ---- pieces of text ---- */

struct slice {
    const char *text;
    size_t len;
};

#define SLICE(literal) ((struct slice){literal, sizeof literal - 1})

/* Without the white space, Unicode's too, at both ends. */
struct slice slice_trim(struct slice s);

/* What follows the first `n` bytes, and what comes before them. */
struct slice slice_from(struct slice s, size_t n);
struct slice slice_to(struct slice s, size_t n);

/* All of these overlook the case of ASCII letters; `word` is in small ones. */
bool slice_is(struct slice s, const char *word);
bool slice_begins(struct slice s, const char *word);
bool slice_ends(struct slice s, const char *word);
bool slice_same(struct slice a, struct slice b);

/* Where `word` stands in it, or s.len. */
size_t slice_find(struct slice s, const char *word);

/* The same for the last place. */
size_t slice_find_last(struct slice s, const char *word);

/* True if `word` is one of the words of `list`, which ends with NULL. */
bool slice_is_any(struct slice s, const char *const *list);

/* Takes the next word, which white space ends, off `s`: false at the end. */
bool slice_word(struct slice *s, struct slice *word);

/* The number of words, counted up to `max`. */
size_t slice_words(struct slice s, size_t max);

/* True if any character, or the first one, has ICU's property. */
bool slice_has(struct slice s, signed char (*property)(int32_t));
bool slice_starts(struct slice s, signed char (*property)(int32_t));

/* True if it ends as a sentence does: with a stop, perhaps in quotes or brackets. */
bool slice_ends_sentence(struct slice s);

/* ---- lines ---- */

enum line_kind {
    LINE_TEXT, /* of the body, like all that nothing else is known of */
    LINE_TITLE,
    LINE_REPEAT, /* what stands elsewhere: the title a second time, a name under its byline */
    LINE_SECTION,
    LINE_BYLINE,
    LINE_SOURCE,
    LINE_DATE,
    LINE_PICTURE, /* the name of its file */
    LINE_CAPTION,
    LINE_QUOTE, /* pulled out of the text, where it stands too */
    LINE_AFFILIATION,
    LINE_TAGS,
    LINE_FURNITURE,
    LINE_KINDS
};

struct line {
    uint32_t start, len; /* without white space at its ends; never empty */
    bool after_blank;    /* an empty line stands before it, or nothing */
    unsigned char kind;
};

/* The lines of `text` that are not empty. */
struct lines {
    struct slice text;
    struct line *line;
    size_t n, cap;
    bool wrapped; /* its paragraphs go over several lines */
};

/* The text must live as long, and have at most UINT32_MAX bytes.  Starts as {0}; 0, or -1. */
int lines_cut(struct lines *lines, const char *text, size_t len, struct pm_error *err);
void lines_release(struct lines *lines);

struct slice lines_at(const struct lines *lines, size_t i);

/* True if the line right below, or the one that comes next at all, begins with a small letter. */
bool lines_goes_on(const struct lines *lines, size_t i);

/* True if no other line of a paragraph stands right above or below. */
bool lines_alone(const struct lines *lines, size_t i);

#endif
