#include "markup_html.h"

#include <string.h>
#include <strings.h>

#include "reference.h"

struct html {
    struct markup *markup;
    const char *at, *end;
    bool unquoted; /* a quotation mark has no other: from here on tags end at the first '>' */
};

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

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
    if (!markup_knows(name, len))
        return;
    const char *classes = find_class(name + len, end, &class_len);
    bool caption = classes && markup_is_caption(classes, class_len);
    bool raw = markup_start(html->markup, name, len, caption);
    if (end[-1] == '/')
        markup_end(html->markup, name, len);
    else if (raw)
        skip_raw(html, name, len);
}

static void read_reference(struct html *html)
{
    struct reference reference;
    if (reference_read(html->at, (size_t)(html->end - html->at), &reference)) {
        markup_add(html->markup, reference.utf8, strlen(reference.utf8));
        html->at += reference.len;
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
