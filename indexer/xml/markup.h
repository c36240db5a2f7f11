/*
 * Text of markup, HTML or XML, whose elements are told one by one: as paragraphs.
 *
 * Paragraphs are parted by an empty line, lines (<br>, <li>) by a line feed, and other white space
 * is one space.  Scripts, styles and what else is no text goes; captions are kept apart.
 */
#ifndef MARKUP_H
#define MARKUP_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

#define MARKUP_DEPTH 4 /* captions in pictures, and so on */

/* What stands between the text so far and what comes next. */
enum markup_gap { GAP_NONE, GAP_NBSP, GAP_SPACE, GAP_LINE, GAP_PARAGRAPH };

struct markup_sink {
    struct pm_buf text;
    enum markup_gap gap;
};

/* Starts as {0}; text and captions become `failed` without memory. */
struct markup {
    struct markup_sink body, captions; /* the captions of pictures, a paragraph each */
    bool keep_lines;                   /* a line feed is a <br>, as in <pre> */
    struct {
        const char *name; /* of the element whose text goes to ... */
        size_t open;      /* of that name in each other */
        struct markup_sink *sink;
    } inside[MARKUP_DEPTH];
    size_t depth;
    size_t pre; /* of them that are open */
};

void markup_release(struct markup *markup);

/*
 * An element begins or ends.  `name` is its local name, in any case; `caption` is true if
 * something says that it is a caption though the name does not.  markup_start() tells whether
 * HTML has no markup in it, but raw text up to its end tag (<script>).
 */
bool markup_start(struct markup *markup, const char *name, size_t len, bool caption);
void markup_end(struct markup *markup, const char *name, size_t len);

/* Text as it is, without references. */
void markup_add(struct markup *markup, const char *text, size_t len);

/* False for elements that make no difference. */
bool markup_knows(const char *name, size_t len);

/* True if the value of an attribute `class` says that its element is a caption. */
bool markup_is_caption(const char *classes, size_t len);

#endif
