#include "xml_scan.h"

#include <string.h>

static const char spaces[] = " \t\r\n";

/* ---- pieces of markup ---- */

const char *xml_scan_text(const struct xml_scan *scan)
{
    size_t len;
    return input_text(scan->input, &len);
}

void xml_scan_pass(struct xml_scan *scan, size_t n)
{
    size_t len;
    const char *at = input_text(scan->input, &len), *end = at + n;
    while (n && (at = memchr(at, '\n', (size_t)(end - at)))) {
        scan->line++;
        at++;
    }
    input_take(scan->input, n);
    scan->at -= n;
}

/* What has been looked at is too much to be kept. */
static void give_up(struct xml_scan *scan)
{
    scan->lost = true;
    xml_scan_pass(scan, scan->at);
}

/* Moves behind the next `word`: 1, 0 at the end of the input, or -1. */
static int skip_past(struct xml_scan *scan, const char *word, struct pm_error *err)
{
    int rc;
    while (!(rc = input_find_word(scan->input, &scan->at, word, err)) && !scan->input->ended) {
        if (scan->looks_only)
            return 0;
        give_up(scan);
    }
    if (rc > 0)
        scan->at += strlen(word);
    return rc;
}

/* Makes sure that there are `n` bytes at scan->at: 1, 0 if the input ends before them, or -1. */
static int have(struct xml_scan *scan, size_t n, struct pm_error *err)
{
    size_t len;
    char *text;
    if (input_peek(scan->input, scan->at + n, &text, &len, err))
        return -1;
    return len >= scan->at + n;
}

static bool at_word(const struct xml_scan *scan, const char *word)
{
    size_t len, word_len = strlen(word);
    const char *text = input_text(scan->input, &len);
    return len >= scan->at + word_len && !memcmp(text + scan->at, word, word_len);
}

static bool at_declaration(const struct xml_scan *scan)
{
    size_t len;
    const char *text = input_text(scan->input, &len);
    return at_word(scan, "<?xml") && len > scan->at + 5 && memchr(spaces, text[scan->at + 5], 4);
}

/* What the DOCTYPE has in brackets: quoted texts and comments may have brackets too. */
static int skip_subset(struct xml_scan *scan, struct pm_error *err)
{
    int rc;
    while ((rc = have(scan, 1, err)) > 0) {
        char c = xml_scan_text(scan)[scan->at];
        const char quote[] = {c, '\0'};
        if (c == '<' && have(scan, 8, err) < 0)
            return -1;
        scan->entities |= at_word(scan, "<!ENTITY");
        if (at_word(scan, "<!--"))
            rc = skip_past(scan, "-->", err);
        else if (at_word(scan, "<?"))
            rc = skip_past(scan, "?>", err);
        else if (c == '"' || c == '\'')
            rc = (scan->at++, skip_past(scan, quote, err));
        else
            scan->at++;
        if (rc <= 0 || c == ']')
            return rc;
        if (!scan->looks_only && scan->at >= INPUT_RECORD_MAX)
            give_up(scan);
    }
    return rc;
}

static int skip_doctype(struct xml_scan *scan, struct pm_error *err)
{
    int rc;
    while ((rc = have(scan, 1, err)) > 0) {
        char c = xml_scan_text(scan)[scan->at++];
        const char quote[] = {c, '\0'};
        if (c == '>')
            return 1;
        if (c == '"' || c == '\'')
            rc = skip_past(scan, quote, err);
        else if (c == '[')
            rc = skip_subset(scan, err);
        if (rc <= 0)
            return rc;
    }
    return rc;
}

/* Notes what the XML declaration, which begins at scan->at, says of the character set. */
static int read_declaration(struct xml_scan *scan, struct pm_error *err)
{
    size_t from = scan->at;
    int rc = skip_past(scan, "?>", err);
    if (rc <= 0 || scan->at < from)
        return rc;
    const char *text = xml_scan_text(scan) + from, *end = text + (scan->at - from);
    const char *word = memmem(text, (size_t)(end - text), "encoding", 8);
    scan->encoding[0] = '\0';
    while (word && word < end && *word != '"' && *word != '\'')
        word++;
    const char *close =
        word && word < end ? memchr(word + 1, *word, (size_t)(end - word - 1)) : NULL;
    if (close && (size_t)(close - word - 1) < sizeof scan->encoding) {
        memcpy(scan->encoding, word + 1, (size_t)(close - word - 1));
        scan->encoding[close - word - 1] = '\0';
    }
    return rc;
}

static bool is_name_start(char c)
{
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_' || (unsigned char)c >= 0x80;
}

static void note_attribute(const char *text, size_t at, struct xml_tag *tag)
{
    size_t from = at;
    tag->attributes++;
    while (from > tag->name && !memchr(" \t\r\n\"'", text[from - 1], 6))
        from--;
    tag->spaces += at - from >= 5 && !memcmp(text + from, "xmlns", 5);
}

/*
 * Reads the tag at scan->at and moves behind it.  A '<' cannot stand in one, so that a
 * forgotten quotation mark goes no further.
 */
static int read_tag(struct xml_scan *scan, struct xml_tag *tag, struct pm_error *err)
{
    size_t len, at = scan->at + 1;
    const char *text = input_text(scan->input, &len);
    char quote = '\0';
    *tag = (struct xml_tag){.from = scan->at, .name = at + (text[at] == '/')};
    for (;; at++) {
        if (at == len) {
            scan->at = at;
            if (at >= INPUT_RECORD_MAX && !scan->looks_only) {
                give_up(scan);
                return XML_OTHER;
            }
            int rc = at < INPUT_RECORD_MAX ? input_more(scan->input, err) : 0;
            if (rc <= 0)
                return rc;
            text = input_text(scan->input, &len);
        }
        char c = text[at];
        if (c == '<' || (c == '>' && !quote))
            break;
        if (quote)
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '=')
            note_attribute(text, at, tag);
    }
    while (tag->name + tag->name_len < at && !strchr(" \t\r\n/", text[tag->name + tag->name_len]))
        tag->name_len++;
    tag->broken = text[at] == '<';
    tag->to = scan->at = at + !tag->broken;
    if (text[tag->from + 1] == '/')
        return XML_CLOSE;
    return text[at - 1] == '/' && !tag->broken ? XML_EMPTY : XML_OPEN;
}

int xml_scan_next(struct xml_scan *scan, struct xml_tag *tag, struct pm_error *err)
{
    static const struct {
        const char *begin, *end;
    } others[] = {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}};
    int rc;
    while ((rc = skip_past(scan, "<", err)) > 0) {
        scan->at--;
        /* No more than it takes: a pipe may end its piece right behind a tag. */
        size_t len, enough = sizeof "</a" - 1;
        if ((rc = have(scan, 2, err)) > 0)
            enough =
                strchr("!?", xml_scan_text(scan)[scan->at + 1]) ? sizeof "<![CDATA[" - 1 : enough;
        if (rc < 0 || have(scan, enough, err) < 0)
            return -1;
        const char *text = input_text(scan->input, &len);
        *tag = (struct xml_tag){.from = scan->at};
        if (at_declaration(scan))
            return read_declaration(scan, err);
        for (size_t i = 0; i < sizeof others / sizeof *others; i++)
            if (at_word(scan, others[i].begin)) {
                scan->at += strlen(others[i].begin);
                return skip_past(scan, others[i].end, err);
            }
        if (at_word(scan, "<!DOCTYPE"))
            return skip_doctype(scan, err);
        if (len > scan->at + 1 && is_name_start(text[scan->at + 1]))
            return read_tag(scan, tag, err);
        if (len > scan->at + 2 && text[scan->at + 1] == '/' && is_name_start(text[scan->at + 2]))
            return read_tag(scan, tag, err);
        scan->at++;
    }
    return rc;
}

/* ---- names ---- */

const char *xml_local(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

void xml_name_copy(char name[XML_NAME], const char *text, size_t len)
{
    len = len < XML_NAME ? len : XML_NAME - 1;
    memcpy(name, text, len);
    name[len] = '\0';
}

/* ---- the beginning ---- */

static bool is_blank(const char *text, size_t len)
{
    size_t at = 0;
    while (at < len && memchr(spaces, text[at], 4))
        at++;
    return at == len;
}

int xml_look(struct input *input, struct xml_look *look, struct pm_error *err)
{
    struct xml_scan scan = {.input = input, .looks_only = true};
    struct xml_tag tag;
    size_t from;
    int kind;
    *look = (struct xml_look){0};
    do {
        while ((kind = have(&scan, 1, err)) > 0 && memchr(spaces, xml_scan_text(&scan)[scan.at], 4))
            scan.at++;
        if (kind <= 0 || xml_scan_text(&scan)[scan.at] != '<')
            return kind < 0 ? -1 : look->declared;
        from = scan.at;
        if ((kind = have(&scan, 6, err)) < 0)
            return -1;
        look->declared |= at_declaration(&scan);
        kind = xml_scan_next(&scan, &tag, err);
        if (kind > 0 && !is_blank(xml_scan_text(&scan) + from, tag.from - from))
            return 0;
    } while (kind == XML_OTHER);
    if (kind <= 0 || kind == XML_CLOSE)
        return kind < 0 ? -1 : look->declared;
    char name[XML_NAME];
    xml_name_copy(name, xml_scan_text(&scan) + tag.name, tag.name_len);
    memcpy(look->root, xml_local(name), strlen(xml_local(name)) + 1);
    look->has_space = tag.spaces > 0;
    return 1;
}
