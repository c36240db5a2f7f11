#include "markup.h"

#include <string.h>
#include <strings.h>

#include "entity.h"

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
    static const char *const gaps[] = {"", "\xC2\xA0", " ", "\n", "\n\n"};
    if (sink->text.len)
        pm_buf_adds(&sink->text, gaps[sink->gap]);
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

/* The end of a run of words with single spaces between. */
static size_t words_end(const char *text, size_t len, size_t at)
{
    while (at < len && !is_nbsp(text + at, len - at)) {
        bool one = text[at] == ' ' && at + 1 < len && !is_space(text[at + 1]);
        if (is_space(text[at]) && !(one && !is_nbsp(text + at + 1, len - at - 1)))
            break;
        at++;
    }
    return at;
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

void markup_start(struct markup *markup, const char *name, size_t len, bool caption)
{
    const struct element *element = find_element(name, len);
    if (!element)
        return;
    enum kind kind = caption ? CAPTION : element->kind;
    if (markup->depth && markup->inside[markup->depth - 1].name == element->name) {
        /* A paragraph ends where the next one begins, though nothing says so. */
        if (strcmp(element->name, "p")) {
            markup->inside[markup->depth - 1].open++;
            part(markup, GAP_PARAGRAPH);
            return;
        }
        markup->depth--;
    }
    if (is_hidden(markup, kind))
        return;
    switch (kind) {
    case INLINE:
        break;
    case BREAK:
        break_line(markup);
        break;
    case LINE:
        part(markup, GAP_LINE);
        break;
    case CELL:
        part(markup, GAP_SPACE);
        break;
    case PRE:
        markup->pre++;
        part(markup, GAP_PARAGRAPH);
        break;
    case BLOCK:
        part(markup, GAP_PARAGRAPH);
        break;
    case CAPTION:
        go_inside(markup, element, &markup->captions);
        break;
    case PICTURE:
        part(markup, GAP_PARAGRAPH);
        go_inside(markup, element, NULL);
        break;
    case HIDDEN:
    case RAW:
        part(markup, GAP_SPACE);
        go_inside(markup, element, NULL);
        break;
    }
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
    if (element->kind == BLOCK || element->kind == PRE)
        part(markup, GAP_PARAGRAPH);
    else if (element->kind == LINE)
        part(markup, GAP_LINE);
}

bool markup_is_caption(const char *classes, size_t len)
{
    static const char word[] = "caption";
    for (size_t i = 0; i + sizeof word - 1 <= len; i++)
        if (!strncasecmp(classes + i, word, sizeof word - 1))
            return true;
    return false;
}

/* ---- HTML ---- */

struct html {
    struct markup *markup;
    const char *at, *end;
    bool unquoted; /* a quotation mark has no other: from here on tags end at the first '>' */
};

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* True if a tag, a comment or the like begins at the '<'. */
static bool begins_tag(const char *at, const char *end)
{
    return end - at > 1 && (is_letter(at[1]) || at[1] == '!' || at[1] == '?' ||
                            (at[1] == '/' && end - at > 2 && is_letter(at[2])));
}

/* The '>' of the tag that begins at html->at; the end if it has none. */
static const char *tag_end(struct html *html)
{
    const char *at = html->at + 1;
    for (; at < html->end && *at != '>'; at++)
        if (!html->unquoted && (*at == '"' || *at == '\'') && at[-1] == '=') {
            const char *quote = memchr(at + 1, *at, (size_t)(html->end - at - 1));
            html->unquoted = !quote;
            at = quote ? quote : at;
        }
    return at;
}

/* The value of the attribute `class` in a tag, or NULL. */
static const char *find_class(const char *tag, const char *end, size_t *len)
{
    static const char word[] = "class=";
    size_t word_len = sizeof word - 1;
    for (; (size_t)(end - tag) > word_len + 1; tag++)
        if (is_space(*tag) && !strncasecmp(tag + 1, word, word_len)) {
            tag += 1 + word_len;
            const char *close = tag;
            if (*tag == '"' || *tag == '\'')
                close = memchr(tag + 1, *tag, (size_t)(end - tag - 1));
            else
                while (close < end && !is_space(*close))
                    close++;
            *len = close ? (size_t)(close - tag) : 0;
            return tag;
        }
    return NULL;
}

/* Passes over what is no tags up to the end tag of a script, or the like. */
static void skip_raw(struct html *html, const char *name, size_t len)
{
    while ((html->at = memchr(html->at, '<', (size_t)(html->end - html->at)))) {
        if ((size_t)(html->end - html->at) > len + 2 && html->at[1] == '/' &&
            !strncasecmp(html->at + 2, name, len))
            return;
        html->at++;
    }
    html->at = html->end;
}

static void skip_comment(struct html *html)
{
    size_t len = (size_t)(html->end - html->at);
    const char *end = len > 6 ? memmem(html->at + 4, len - 4, "-->", 3) : NULL;
    html->at = end ? end + 3 : html->end;
}

static void read_tag(struct html *html)
{
    if (html->end - html->at > 3 && !memcmp(html->at, "<!--", 4)) {
        skip_comment(html);
        return;
    }
    const char *tag = html->at, *end = tag_end(html);
    const char *name = tag + 1 + (tag[1] == '/');
    size_t len = 0, class_len;
    while (name + len < end && !is_space(name[len]) && name[len] != '/')
        len++;
    html->at = end < html->end ? end + 1 : end;
    if (tag[1] == '/') {
        markup_end(html->markup, name, len);
        return;
    }
    const struct element *element = find_element(name, len);
    if (!element)
        return;
    const char *classes = find_class(name + len, end, &class_len);
    markup_start(html->markup, name, len, classes && markup_is_caption(classes, class_len));
    if (end[-1] == '/' && element->kind != BREAK)
        markup_end(html->markup, name, len);
    else if (element->kind == RAW)
        skip_raw(html, name, len);
}

static void read_reference(struct html *html)
{
    struct entity entity;
    if (entity_read(html->at, (size_t)(html->end - html->at), &entity)) {
        markup_add(html->markup, entity.utf8, strlen(entity.utf8));
        html->at += entity.len;
    } else {
        markup_add(html->markup, html->at++, 1);
    }
}

static bool has_tag(const char *html, size_t len)
{
    const char *end = html + len;
    for (const char *at = html; (at = memchr(at, '<', (size_t)(end - at))); at++)
        if (begins_tag(at, end))
            return true;
    return false;
}

void markup_html(struct markup *markup, const char *text, size_t len)
{
    struct html html = {.markup = markup, .at = text, .end = text + len};
    bool keep_lines = markup->keep_lines;
    markup->keep_lines = keep_lines || !has_tag(text, len);
    while (html.at < html.end) {
        const char *from = html.at;
        while (html.at < html.end && *html.at != '&' &&
               (*html.at != '<' || !begins_tag(html.at, html.end)))
            html.at++;
        markup_add(markup, from, (size_t)(html.at - from));
        if (html.at < html.end && *html.at == '&')
            read_reference(&html);
        else if (html.at < html.end)
            read_tag(&html);
    }
    markup->keep_lines = keep_lines;
    markup->pre = 0;
}
