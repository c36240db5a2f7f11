#include "xml_mend.h"

#include <string.h>

#include "entity.h"

/* What is copied as it is up to its end. */
static const struct {
    const char *begin, *end;
} wholes[] = {{"<![CDATA[", "]]>"}, {"<!--", "-->"}, {"<?", "?>"}};

static bool begins(const char *text, const char *end, const char *word)
{
    size_t len = strlen(word);
    return (size_t)(end - text) >= len && !memcmp(text, word, len);
}

/* Bytes that XML has no place for, and U+FFFE and U+FFFF. */
static size_t illegal(const char *at, const char *end)
{
    if ((unsigned char)*at < ' ')
        return *at != '\t' && *at != '\n' && *at != '\r';
    return end - at > 2 && at[0] == '\xEF' && at[1] == '\xBF' && (unsigned char)at[2] >= 0xBE ? 3
                                                                                              : 0;
}

/* Adds text with `special` characters in it, from one to the next, without illegal ones. */
static const char *add_legal(const char *at, const char *end, bool markup, struct pm_buf *out)
{
    const char *from = at;
    while (at < end && !(markup && (*at == '&' || *at == '<'))) {
        size_t bad = (unsigned char)*at >= ' ' && *at != '\xEF' ? 0 : illegal(at, end);
        if (!bad) {
            at++;
            continue;
        }
        pm_buf_add(out, from, (size_t)(at - from));
        from = at += bad;
    }
    pm_buf_add(out, from, (size_t)(at - from));
    return at;
}

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
    struct entity entity;
    size_t len = (size_t)(end - at), name;
    if (entity_read(at, len, &entity)) {
        if (entity.legal || (entity.named && is_of_xml(at)))
            pm_buf_add(out, at, entity.len);
        else
            pm_buf_adds(out, entity.utf8);
        return at + entity.len;
    }
    if (entities && (name = entity_name(at, len))) {
        pm_fail(err, PM_ERR_SYNTAX, "it uses '%.*s' of its DOCTYPE, which is not expanded",
                (int)name, at);
        return NULL;
    }
    pm_buf_adds(out, "&amp;");
    return at + 1;
}

/* Adds what stands at the '<' as it is, or as text if it begins nothing. */
static const char *add_angle(const char *at, const char *end, struct pm_buf *out)
{
    for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++)
        if (begins(at, end, wholes[i].begin)) {
            size_t len = strlen(wholes[i].begin), end_len = strlen(wholes[i].end);
            const char *close = memmem(at + len, (size_t)(end - at) - len, wholes[i].end, end_len);
            return add_legal(at, close ? close + end_len : end, false, out);
        }
    char next = end - at > 1 ? at[1] : ' ';
    bool tag = ((next | 0x20) >= 'a' && (next | 0x20) <= 'z') || strchr("/!_:", next) ||
               (unsigned char)next >= 0x80;
    pm_buf_adds(out, tag && next ? "<" : "&lt;");
    return at + 1;
}

int xml_mend(const char *text, size_t len, bool entities, struct pm_buf *out, struct pm_error *err)
{
    const char *at = text, *end = text + len;
    while (at && at < end) {
        if (*at == '&')
            at = add_reference(at, end, entities, out, err);
        else if (*at == '<')
            at = add_angle(at, end, out);
        else
            at = add_legal(at, end, true, out);
    }
    if (!at)
        return -1;
    return out->failed ? pm_fail_nomem(err) : 0;
}
