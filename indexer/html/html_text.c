#include "html_text.h"

#include <libxml/HTMLparser.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unicode/utf8.h>

#define NAME_MAX_LEN 10 /* of a reference: "&thetasym;" */

static void add_character(struct pm_buf *out, uint32_t c)
{
    char bytes[U8_MAX_LENGTH];
    size_t len = 0;
    U8_APPEND_UNSAFE(bytes, len, c);
    pm_buf_add(out, bytes, len);
}

/* The length of the reference that begins `text` ('&'), and its character in *c; or 0. */
static size_t reference(const char *text, size_t len, uint32_t *c)
{
    char name[NAME_MAX_LEN + 1];
    size_t used = 1;
    while (used < len && used <= NAME_MAX_LEN && text[used] != ';')
        used++;
    if (used == len || text[used] != ';' || used == 1 || used > NAME_MAX_LEN)
        return 0;
    memcpy(name, text + 1, used - 1);
    name[used - 1] = '\0';
    if (name[0] == '#') {
        bool hex = (name[1] | 0x20) == 'x';
        char *end;
        unsigned long number = strtoul(name + 1 + hex, &end, hex ? 16 : 10);
        if (*end || !number || number > 0x10FFFF || U_IS_SURROGATE(number))
            return 0;
        *c = (uint32_t)number;
        return used + 1;
    }
    const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
    if (!entity && strcmp(name, "apos")) /* HTML 4 has none */
        return 0;
    *c = entity ? entity->value : '\'';
    return used + 1;
}

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
        uint32_t c;
        if (text[at] == '&' && (used = reference(text + at, len - at, &c))) {
            add_character(out, c);
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
