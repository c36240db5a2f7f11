#include "xml_mend.h"

#include <string.h>

#include "reference.h"

/* ---- characters ---- */

/* True for the bytes that are looked at: controls, markup, and the first of U+FFFE and U+FFFF. */
static bool is_special(char c)
{
    static const bool special[256] = {
        [0] = 1,  [1] = 1,   [2] = 1,   [3] = 1,   [4] = 1,    [5] = 1,  [6] = 1,
        [7] = 1,  [8] = 1,   [11] = 1,  [12] = 1,  [14] = 1,   [15] = 1, [16] = 1,
        [17] = 1, [18] = 1,  [19] = 1,  [20] = 1,  [21] = 1,   [22] = 1, [23] = 1,
        [24] = 1, [25] = 1,  [26] = 1,  [27] = 1,  [28] = 1,   [29] = 1, [30] = 1,
        [31] = 1, ['&'] = 1, ['<'] = 1, ['>'] = 1, [0xEF] = 1,
    };
    return special[(unsigned char)c];
}

/* Adds what needs no mending, and returns where that ends. */
static const char *add_plain(const char *at, const char *end, struct pm_buf *out)
{
    const char *from = at;
    while (at < end && !is_special(*at))
        at++;
    pm_buf_add(out, from, (size_t)(at - from));
    return at;
}

/* Passes over a special byte that is none of markup: adds it unless XML has no place for it. */
static const char *add_odd(const char *at, const char *end, struct pm_buf *out)
{
    bool noncharacter = end - at > 2 && at[1] == '\xBF' && (unsigned char)at[2] >= 0xBE;
    if (*at == '\xEF' && noncharacter)
        return at + 3;
    if (*at == '\xEF')
        pm_buf_addc(out, *at);
    return at + 1;
}

/* "]]>" is for the end of CDATA alone. */
static void add_greater(struct pm_buf *out)
{
    bool end = out->len > 1 && !memcmp(out->data + out->len - 2, "]]", 2);
    pm_buf_adds(out, end ? "&gt;" : ">");
}

/* ---- markup ---- */

static bool is_of_xml(const char *name)
{
    static const char *const known[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strncmp(name, known[i], strlen(known[i])))
            return true;
    return false;
}

/* Mends the '&' at `at` and returns what is behind it, or NULL. */
static const char *add_reference(const char *at, const char *end, bool entities, struct pm_buf *out,
                                 struct pm_error *err)
{
    struct reference reference;
    size_t len = (size_t)(end - at), name;
    if (reference_read(at, len, &reference)) {
        if (reference.legal || (reference.named && is_of_xml(at)))
            pm_buf_add(out, at, reference.len);
        else
            pm_buf_adds(out, reference.utf8);
        return at + reference.len;
    }
    if (entities && (name = reference_name(at, len))) {
        pm_fail(err, PM_ERR_SYNTAX, "it uses '%.*s' of its DOCTYPE, which is not expanded",
                (int)name, at);
        return NULL;
    }
    pm_buf_adds(out, "&amp;");
    return at + 1;
}

static bool begins(const char *text, const char *end, const char *word)
{
    size_t len = strlen(word);
    return (size_t)(end - text) >= len && !memcmp(text, word, len);
}

/*
 * The first `word`, or NULL.  It looks no further than that: memmem() under a sanitizer goes over
 * all of the text each time.
 */
static const char *find(const char *at, const char *end, const char *word)
{
    while ((at = memchr(at, word[0], (size_t)(end - at))) && !begins(at, end, word))
        at++;
    return at;
}

/* CDATA becomes the same as text, which libxml2 reads several times faster. */
static const char *add_cdata(const char *at, const char *end, struct pm_buf *out)
{
    const char *close = find(at, end, "]]>");
    const char *stop = close ? close : end;
    while ((at = add_plain(at, stop, out)) < stop) {
        if (*at == '>')
            add_greater(out), at++;
        else if (*at == '&' || *at == '<')
            pm_buf_adds(out, *at++ == '&' ? "&amp;" : "&lt;");
        else
            at = add_odd(at, stop, out);
    }
    return close ? close + 3 : end;
}

/* Comments and processing instructions have no text: only their lines stay. */
static const char *add_lines(const char *at, const char *end, const char *word, struct pm_buf *out)
{
    const char *close = find(at, end, word);
    const char *stop = close ? close + strlen(word) : end;
    while ((at = memchr(at, '\n', (size_t)(stop - at)))) {
        pm_buf_addc(out, '\n');
        at++;
    }
    return stop;
}

/* What stands at a '<', as text if it begins nothing. */
static const char *add_angle(const char *at, const char *end, struct pm_buf *out)
{
    if (begins(at, end, "<![CDATA["))
        return add_cdata(at + strlen("<![CDATA["), end, out);
    if (begins(at, end, "<!--"))
        return add_lines(at + strlen("<!--"), end, "-->", out);
    if (begins(at, end, "<?"))
        return add_lines(at + strlen("<?"), end, "?>", out);
    char next = end - at > 1 ? at[1] : ' ';
    bool tag = ((next | 0x20) >= 'a' && (next | 0x20) <= 'z') || strchr("/!_:", next) ||
               (unsigned char)next >= 0x80;
    pm_buf_adds(out, tag && next ? "<" : "&lt;");
    return at + 1;
}

int xml_mend(const char *text, size_t len, bool entities, struct pm_buf *out, struct pm_error *err)
{
    const char *at = text, *end = text + len;
    while (at && (at = add_plain(at, end, out)) < end) {
        if (*at == '&')
            at = add_reference(at, end, entities, out, err);
        else if (*at == '<')
            at = add_angle(at, end, out);
        else if (*at == '>')
            add_greater(out), at++;
        else
            at = add_odd(at, end, out);
    }
    if (!at)
        return -1;
    return out->failed ? pm_fail_nomem(err) : 0;
}
