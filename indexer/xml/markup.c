#include "markup.h"

#include <string.h>
#include <strings.h>

/* ---- elements ---- */

enum kind {
    INLINE, /* and all that is not in the table */
    BLOCK,
    LINE,
    BREAK,
    CELL,
    PRE,
    CAPTION,
    PICTURE, /* of which only captions are text */
    HIDDEN,
    RAW, /* hidden, and without tags in it */
};

/* What they have on both sides. */
static const enum markup_gap gaps[] = {
    [BLOCK] = GAP_PARAGRAPH,   [LINE] = GAP_LINE,    [CELL] = GAP_SPACE, [PRE] = GAP_PARAGRAPH,
    [PICTURE] = GAP_PARAGRAPH, [HIDDEN] = GAP_SPACE, [RAW] = GAP_SPACE,
};

/* Those of HTML and of NITF. */
static const struct element {
    const char *name;
    enum kind kind;
} elements[] = {
    {"p", BLOCK},
    {"div", BLOCK},
    {"br", BREAK},
    {"li", LINE},
    {"ul", BLOCK},
    {"ol", BLOCK},
    {"h1", BLOCK},
    {"h2", BLOCK},
    {"h3", BLOCK},
    {"h4", BLOCK},
    {"h5", BLOCK},
    {"h6", BLOCK},
    {"blockquote", BLOCK},
    {"section", BLOCK},
    {"article", BLOCK},
    {"header", BLOCK},
    {"footer", BLOCK},
    {"aside", BLOCK},
    {"main", BLOCK},
    {"address", BLOCK},
    {"center", BLOCK},
    {"figure", BLOCK},
    {"hr", BLOCK},
    {"dl", BLOCK},
    {"dt", LINE},
    {"dd", LINE},
    {"details", BLOCK},
    {"summary", BLOCK},
    {"table", BLOCK},
    {"tr", LINE},
    {"td", CELL},
    {"th", CELL},
    {"pre", PRE},
    {"body", BLOCK},
    {"span", INLINE},
    {"figcaption", CAPTION},
    {"caption", CAPTION},
    {"head", HIDDEN},
    {"script", RAW},
    {"style", RAW},
    {"iframe", RAW},
    {"noscript", RAW},
    {"textarea", RAW},
    {"title", RAW},
    {"object", HIDDEN},
    {"svg", HIDDEN},
    {"template", RAW},
    {"select", HIDDEN},
    {"audio", HIDDEN},
    {"video", HIDDEN},
    {"button", HIDDEN},
    {"block", BLOCK},
    {"bq", BLOCK},
    {"credit", BLOCK},
    {"note", BLOCK},
    {"hl1", BLOCK},
    {"hl2", BLOCK},
    {"fn", BLOCK},
    {"nitf-table", BLOCK},
    {"media", PICTURE},
    {"media-caption", CAPTION},
};
#define ELEMENTS (sizeof elements / sizeof *elements)

static const struct element *find_element(const char *name, size_t len)
{
    char first = len ? (char)(name[0] | 0x20) : '\0';
    for (size_t i = 0; i < ELEMENTS; i++)
        if (elements[i].name[0] == first && !strncasecmp(elements[i].name, name, len) &&
            !elements[i].name[len])
            return &elements[i];
    return NULL;
}

bool markup_knows(const char *name, size_t len)
{
    return find_element(name, len);
}

/* ---- text and what stands between ---- */

static struct markup_sink *sink_of(struct markup *markup)
{
    return markup->depth ? markup->inside[markup->depth - 1].sink : &markup->body;
}

static void part(struct markup *markup, enum markup_gap gap)
{
    struct markup_sink *sink = sink_of(markup);
    if (sink && sink->gap < gap)
        sink->gap = gap;
}

/* A second break is an empty line. */
static void break_line(struct markup *markup)
{
    struct markup_sink *sink = sink_of(markup);
    part(markup, sink && sink->gap == GAP_LINE ? GAP_PARAGRAPH : GAP_LINE);
}

static void add_ink(struct markup_sink *sink, const char *text, size_t len)
{
    static const char *const signs[] = {"", "\xC2\xA0", " ", "\n", "\n\n"};
    if (sink->text.len)
        pm_buf_adds(&sink->text, signs[sink->gap]);
    sink->gap = GAP_NONE;
    pm_buf_add(&sink->text, text, len);
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_nbsp(const char *text, size_t len)
{
    return len > 1 && text[0] == '\xC2' && text[1] == '\xA0';
}

static bool is_gap(const char *text, size_t len)
{
    return is_space(text[0]) || is_nbsp(text, len);
}

/* The end of a run of words with single spaces between. */
static size_t words_end(const char *text, size_t len, size_t at)
{
    for (;; at++) {
        while (at < len && (unsigned char)text[at] > ' ' && text[at] != '\xC2')
            at++;
        if (at >= len || is_nbsp(text + at, len - at))
            return at;
        if (is_space(text[at]) &&
            (text[at] != ' ' || at + 1 == len || is_gap(text + at + 1, len - at - 1)))
            return at;
    }
}

void markup_add(struct markup *markup, const char *text, size_t len)
{
    struct markup_sink *sink = sink_of(markup);
    for (size_t at = 0, end; sink && at < len; at = end) {
        end = is_space(text[at]) ? at : words_end(text, len, at);
        if (end > at)
            add_ink(sink, text + at, end - at);
        else if (text[end++] == '\xC2')
            part(markup, (end++, GAP_NBSP));
        else if (text[at] == '\n' && (markup->keep_lines || markup->pre))
            break_line(markup);
        else
            part(markup, GAP_SPACE);
    }
}

void markup_release(struct markup *markup)
{
    pm_buf_release(&markup->body.text);
    pm_buf_release(&markup->captions.text);
    *markup = (struct markup){0};
}

/* ---- elements that begin and end ---- */

static void go_inside(struct markup *markup, const struct element *element,
                      struct markup_sink *sink)
{
    if (markup->depth == MARKUP_DEPTH)
        return;
    markup->inside[markup->depth].name = element->name;
    markup->inside[markup->depth].open = 1;
    markup->inside[markup->depth++].sink = sink;
    part(markup, GAP_PARAGRAPH);
}

/* True if the text around it, which is hidden, hides this element too. */
static bool is_hidden(const struct markup *markup, enum kind kind)
{
    if (!markup->depth || markup->inside[markup->depth - 1].sink)
        return false;
    const char *name = markup->inside[markup->depth - 1].name;
    return kind != CAPTION || find_element(name, strlen(name))->kind != PICTURE;
}

bool markup_start(struct markup *markup, const char *name, size_t len, bool caption)
{
    const struct element *element = find_element(name, len);
    if (!element)
        return false;
    enum kind kind = caption ? CAPTION : element->kind;
    if (markup->depth && markup->inside[markup->depth - 1].name == element->name) {
        /* A paragraph ends where the next one begins, though nothing says so. */
        if (strcmp(element->name, "p")) {
            markup->inside[markup->depth - 1].open++;
            part(markup, GAP_PARAGRAPH);
            return element->kind == RAW;
        }
        markup->depth--;
    }
    if (is_hidden(markup, kind))
        return element->kind == RAW;
    if (kind == BREAK)
        break_line(markup);
    part(markup, gaps[kind]);
    markup->pre += kind == PRE;
    if (kind == CAPTION)
        go_inside(markup, element, &markup->captions);
    else if (kind == PICTURE || kind == HIDDEN || kind == RAW)
        go_inside(markup, element, NULL);
    return element->kind == RAW;
}

void markup_end(struct markup *markup, const char *name, size_t len)
{
    const struct element *element = find_element(name, len);
    if (!element)
        return;
    if (markup->depth && markup->inside[markup->depth - 1].name == element->name) {
        part(markup, GAP_PARAGRAPH);
        if (!--markup->inside[markup->depth - 1].open)
            markup->depth--;
        return;
    }
    if (element->kind == PRE && markup->pre)
        markup->pre--;
    part(markup, gaps[element->kind]);
}

bool markup_is_caption(const char *classes, size_t len)
{
    static const char word[] = "caption";
    for (size_t i = 0; i + sizeof word - 1 <= len; i++)
        if (!strncasecmp(classes + i, word, sizeof word - 1))
            return true;
    return false;
}
