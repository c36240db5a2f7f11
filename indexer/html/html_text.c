#include "html_text.h"

#include <string.h>
#include <strings.h>

#include "reference.h"

/* The length of the tag that begins `text` ('<'), or 0: "a < b" has none. */
static size_t tag_len(const char *text, size_t len)
{
    size_t at = 1 + (len > 1 && text[1] == '/');
    if (at >= len || !(((text[at] | 0x20) >= 'a' && (text[at] | 0x20) <= 'z') || text[at] == '!'))
        return 0;
    const char *end = memchr(text, '>', len);
    return end ? (size_t)(end - text) + 1 : 0;
}

static void add_tag(struct pm_buf *out, const char *tag)
{
    static const struct {
        const char *name, *text;
    } breaks[] = {
        {"br", "\n"},   {"p", "\n\n"},  {"/p", "\n\n"},  {"div", "\n\n"}, {"/div", "\n\n"},
        {"li", "\n\n"}, {"h2", "\n\n"}, {"/h2", "\n\n"}, {"h3", "\n\n"},  {"/h3", "\n\n"},
    };
    for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++) {
        size_t len = strlen(breaks[i].name);
        if (!strncasecmp(tag + 1, breaks[i].name, len) && strchr(" />\t\n", tag[1 + len]))
            pm_buf_adds(out, breaks[i].text);
    }
}

void html_text_add(struct pm_buf *out, const char *text, size_t len, bool tags)
{
    size_t at = 0;
    bool open_ended = false; /* a '<' found no '>': none behind it does */
    while (at < len) {
        size_t used = 0;
        struct reference reference;
        if (text[at] == '&' && reference_read(text + at, len - at, &reference)) {
            pm_buf_adds(out, reference.utf8);
            used = reference.len;
        } else if (tags && text[at] == '<' && !open_ended) {
            used = tag_len(text + at, len - at);
            open_ended = !used && !memchr(text + at, '>', len - at);
            if (used)
                add_tag(out, text + at);
        }
        if (!used)
            pm_buf_addc(out, text[at]);
        at += used ? used : 1;
    }
}
