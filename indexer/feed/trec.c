/*
 * TREC's collections: SGML records <DOC> ... </DOC>, one after another, read as they come.
 *
 * Each collection has its own elements and closes them as it likes, so nothing is checked against
 * a document type: the names that mean something are a table, others are kept under their names.
 */
#include <string.h>
#include <strings.h>

#include "charset.h"
#include "date_words.h"
#include "fill.h"
#include "reader.h"
#include "reference.h"
#include "value.h"

enum {
    TAG_MAX = 1000, /* bytes: a longer one is no tag */
    NAME_MAX_LEN = 40,
    ELEMENTS_MAX = 1000, /* of a record: each is looked for among those before it */
};

enum role { OTHER, BODY, ID, TITLE, DATE, AUTHOR, SOURCE, SECTION, LANGUAGE };

static const struct {
    const char *name;
    enum role role;
} elements[] = {
    {"DOCNO", ID},      {"HEADLINE", TITLE},  {"HEAD", TITLE},        {"HL", TITLE},
    {"TI", TITLE},      {"TITLE", TITLE},     {"TEXT", BODY},         {"LEADPARA", BODY},
    {"LP", BODY},       {"DATE", DATE},       {"DATE1", DATE},        {"DATE_TIME", DATE},
    {"DATELINE", DATE}, {"BYLINE", AUTHOR},   {"AU", AUTHOR},         {"AUTHOR", AUTHOR},
    {"SOURCE", SOURCE}, {"SECTION", SECTION}, {"LANGUAGE", LANGUAGE},
};

/* These part paragraphs; all others within an element are taken away. */
static const char *const breaks[] = {"P", "BR", "LEADPARA", "LP", "TR", "LI", "H1", "H2", "H3"};

/* Characters that ISO's sets for SGML name and HTML does not. */
static const struct {
    const char *name, *text;
} characters[] = {
    {"hyph", "-"},   {"dash", "-"},  {"blank", " "},  {"lsqb", "["},   {"rsqb", "]"},
    {"lcub", "{"},   {"rcub", "}"},  {"dollar", "$"}, {"equals", "="}, {"plus", "+"},
    {"percnt", "%"}, {"ast", "*"},   {"lowbar", "_"}, {"num", "#"},    {"commat", "@"},
    {"verbar", "|"}, {"bsol", "\\"}, {"sol", "/"},    {"quest", "?"},  {"excl", "!"},
    {"colon", ":"},  {"semi", ";"},  {"comma", ","},  {"period", "."}, {"lpar", "("},
    {"rpar", ")"},
};
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- records ---- */

static bool is_mark(char c)
{
    return c == '<';
}

/* True if `text` begins with the tag of a record, <DOC> or </DOC>, and not with <DOCNO>. */
static bool is_doc(const char *text, size_t len, bool *closes)
{
    static const char name[] = "DOC";
    size_t at = 1, behind;
    *closes = len > 1 && text[1] == '/';
    at += *closes;
    behind = at + sizeof name - 1;
    return len >= behind && !strncasecmp(text + at, name, sizeof name - 1) &&
           (len == behind || text[behind] == '>' || value_is_space(text[behind]));
}

/* Moves *at to the next <DOC> or </DOC>: 1, 0 if there is none in what is looked at, or -1. */
static int find_doc(struct input *input, size_t *at, bool *closes, struct pm_error *err)
{
    int rc;
    for (; (rc = input_find(input, at, is_mark, err)) > 0; ++*at) {
        size_t len;
        char *text;
        if (input_peek(input, *at + sizeof "</DOC", &text, &len, err))
            return -1;
        if (is_doc(text + *at, len - *at, closes))
            return 1;
    }
    return rc;
}

static int trec_sniff(struct input *input, struct pm_error *err)
{
    size_t at = 0, len;
    bool closes;
    char *text;
    int rc = input_find(input, &at, value_is_ink, err);
    if (rc <= 0)
        return rc;
    if (input_peek(input, at + sizeof "<DOC", &text, &len, err))
        return -1;
    return text[at] == '<' && is_doc(text + at, len - at, &closes) && !closes;
}

static void take(struct reading *reading, size_t len)
{
    size_t ahead;
    const char *text = input_text(&reading->input, &ahead), *end = text + len;
    for (; len && (text = memchr(text, '\n', (size_t)(end - text))); text++)
        reading->at_line++;
    input_take(&reading->input, len);
}

/* Takes the next record: 1 and where its text stands; 0 at the end; or -1. */
static int next_record(struct reading *reading, char **text, size_t *len, struct pm_error *err)
{
    struct input *input = &reading->input;
    bool closes = true;
    size_t at = 0;
    int rc;
    reading->at_line += !reading->at_line;
    /* What stands between records is none of ours. */
    while (closes) {
        if ((rc = find_doc(input, &at, &closes, err)) < 0)
            return -1;
        at += closes && rc;
        take(reading, at);
        at = 0;
        if (!rc && input->ended)
            return 0;
        closes = closes || !rc;
    }
    reading->records++;
    reading->line = reading->at_line;
    reading->byte = input_offset(input);
    at = strlen("<DOC");
    if ((rc = find_doc(input, &at, &closes, err)) < 0)
        return -1;
    *text = input_text(input, len);
    size_t whole = rc && closes ? at + strlen("</DOC>") : rc ? at : *len;
    take(reading, whole < *len ? whole : *len);
    *len = rc ? at : *len;
    if (!rc && !input->ended)
        return pm_fail(err, PM_ERR_TOO_LARGE, "a <DOC> of more than %zu MB",
                       INPUT_RECORD_MAX >> 20);
    return rc && closes ? 1 : pm_fail(err, PM_ERR_SYNTAX, "a <DOC> without its </DOC>");
}

/* ---- text ---- */

/* The length of a reference to a character, which `text` begins with, after adding that; or 0. */
static size_t add_reference(struct pm_buf *out, const char *text, size_t len)
{
    struct reference reference;
    size_t name = reference_name(text, len);
    for (size_t i = 0; name && i < COUNT(characters); i++)
        if (strlen(characters[i].name) == name - 2 &&
            !memcmp(characters[i].name, text + 1, name - 2)) {
            pm_buf_adds(out, characters[i].text);
            return name;
        }
    if (!reference_read(text, len, &reference))
        return 0;
    pm_buf_adds(out, reference.utf8);
    return reference.len;
}

static void add_text(struct pm_buf *out, const char *text, size_t len)
{
    const char *end = text + len, *mark;
    while ((mark = memchr(text, '&', (size_t)(end - text)))) {
        pm_buf_add(out, text, (size_t)(mark - text));
        size_t used = add_reference(out, mark, (size_t)(end - mark));
        if (!used)
            pm_buf_addc(out, '&');
        text = mark + (used ? used : 1);
    }
    pm_buf_add(out, text, (size_t)(end - text));
}

/* ---- elements ---- */

struct tag {
    char name[NAME_MAX_LEN + 1];
    bool closes;
    const char *end; /* behind it */
};

/* Reads the tag (or comment: its name begins with `!`) at `text`; false if there is none. */
static bool read_tag(const char *text, const char *end, struct tag *tag)
{
    size_t left = (size_t)(end - text), len = 0;
    const char *close = memchr(text, '>', left < TAG_MAX ? left : TAG_MAX), *name = text + 1;
    if (!close)
        return false;
    tag->end = close + 1;
    tag->closes = *name == '/';
    name += tag->closes;
    while (len < NAME_MAX_LEN && !value_is_space(name[len]) && !strchr("/>", name[len]))
        len++;
    /* A name that is cut is cut between characters. */
    while (len && ((unsigned char)name[len] & 0xC0) == 0x80)
        len--;
    memcpy(tag->name, name, len);
    tag->name[len] = '\0';
    return *name == '!' || ((*name | 0x20) >= 'a' && (*name | 0x20) <= 'z');
}

static enum role role_of(const char *name)
{
    for (size_t i = 0; i < COUNT(elements); i++)
        if (!strcasecmp(elements[i].name, name))
            return elements[i].role;
    return OTHER;
}

static bool is_break(const char *name)
{
    for (size_t i = 0; i < COUNT(breaks); i++)
        if (!strcasecmp(breaks[i], name))
            return true;
    return false;
}

static void trim(struct pm_buf *text)
{
    while (text->len && value_is_space(text->data[text->len - 1]))
        text->len--;
}

/* True where white space would stand at the beginning of a line. */
static bool ends_line(const struct pm_buf *text)
{
    return !text->len || text->data[text->len - 1] == '\n';
}

static void add_break(struct pm_buf *text)
{
    trim(text);
    if (text->len)
        pm_buf_adds(text, "\n\n");
}

/* The element that is open; without a name all that stands in none, which is taken for body. */
struct open {
    char name[NAME_MAX_LEN + 1];
    enum role role;
    struct pm_buf text, body;
    int count; /* of elements with a text that is not the body's */
};

/* A date, or what a text in its place begins with; the text is kept if there is more to it. */
static int fill_dated(struct pm_article *article, const char *name, const char *text, size_t len,
                      struct pm_error *err)
{
    struct pm_date date;
    size_t used;
    while (len && value_is_space(*text))
        text++, len--;
    enum pm_date_kind kind = pm_date_read(text, len, &date);
    if (kind != PM_DATE_NONE && !article->date.text[0])
        return fill_date(article, text, len, "field", err);
    if (pm_date_take(text, len, &date, &used) == PM_DATE_KNOWN &&
        fill_date(article, text, used, "field", err))
        return -1;
    return fill_extra(article, name, text, len, err);
}

/* Hands the text of the open element over, and opens none. */
static int flush(struct pm_article *article, struct open *open, struct pm_error *err)
{
    trim(&open->text);
    const char *text = pm_buf_str(&open->text);
    size_t len = open->text.len;
    char **member = open->role == ID        ? &article->id
                    : open->role == TITLE   ? &article->title
                    : open->role == SOURCE  ? &article->source
                    : open->role == SECTION ? &article->section
                                            : NULL;
    int rc = 0;
    open->count += len && open->role != BODY;
    if (open->count > ELEMENTS_MAX)
        rc = pm_fail(err, PM_ERR_SYNTAX, "more than %d elements", ELEMENTS_MAX);
    else if (!len)
        rc = 0;
    else if (open->role == BODY)
        pm_buf_addf(&open->body, "%s%s", open->body.len ? "\n\n" : "", text);
    else if (open->role == DATE)
        rc = fill_dated(article, open->name, text, len, err);
    else if (open->role == AUTHOR)
        rc = fill_author(article, text, len, err);
    else if (open->role == LANGUAGE && !article->language)
        rc = fill_language(article, text, len, err);
    else if (open->role == TITLE && !article->title)
        rc = fill_title(article, text, len, "field", err);
    else if (member && !*member)
        rc = fill_line(member, text, len, err);
    else
        rc = fill_extra(article, open->name, text, len, err);
    if (open->text.failed || open->body.failed)
        rc = pm_fail_nomem(err);
    pm_buf_clear(&open->text);
    open->name[0] = '\0';
    open->role = BODY;
    return rc;
}

/* Elements that mean something hold no others; in all others, the innermost has the text. */
static int take_tag(struct pm_article *article, struct open *open, const struct tag *tag,
                    struct pm_error *err)
{
    if (tag->closes && !strcasecmp(tag->name, open->name))
        return flush(article, open, err);
    bool inside = open->name[0] && (open->role != OTHER || is_break(tag->name));
    if (!inside && !tag->closes && strcasecmp(tag->name, "P") != 0) {
        if (flush(article, open, err))
            return -1;
        strcpy(open->name, tag->name);
        open->role = role_of(tag->name);
    } else if (is_break(tag->name)) {
        add_break(&open->text);
    }
    return 0;
}

static int read_elements(struct pm_article *article, struct open *open, const char *text,
                         const char *end, struct pm_error *err)
{
    while (text < end) {
        const char *mark = memchr(text, '<', (size_t)(end - text));
        struct tag tag;
        while (text < end && value_is_space(*text) && ends_line(&open->text))
            text++;
        add_text(&open->text, text, (size_t)((mark ? mark : end) - text));
        text = mark ? mark : end;
        if (!mark)
            break;
        if (!read_tag(mark, end, &tag)) {
            pm_buf_addc(&open->text, *text++);
            continue;
        }
        if (tag.name[0] != '!' && take_tag(article, open, &tag, err))
            return -1;
        text = tag.end;
    }
    return flush(article, open, err);
}

/* The id in the tag of the record itself, which later collections have. */
static int add_id(struct pm_article *article, const char *text, const char *end,
                  struct pm_error *err)
{
    static const char key[] = " id=\"";
    const char *id = memmem(text, (size_t)(end - text), key, sizeof key - 1);
    const char *close =
        id ? memchr(id + sizeof key - 1, '"', (size_t)(end - id) - sizeof key + 1) : NULL;
    if (!close)
        return 0;
    id += sizeof key - 1;
    return fill_line(&article->id, id, (size_t)(close - id), err);
}

static int trec_next(struct reading *reading, struct pm_article *article, struct pm_error *err)
{
    struct open open = {.role = BODY, .text = PM_BUF_INIT, .body = PM_BUF_INIT};
    char *text;
    size_t len;
    int rc = next_record(reading, &text, &len, err);
    if (rc <= 0)
        return rc;
    rc = -1;
    if (charset_mend(&text, &len, &reading->utf8, err))
        goto out;
    const char *end = text + len, *tag = memchr(text, '>', len);
    tag = tag ? tag + 1 : end;
    if (read_elements(article, &open, tag, end, err) || add_id(article, text, tag, err) ||
        fill_text(&article->body, pm_buf_str(&open.body), open.body.len, err))
        goto out;
    reading->alone =
        reading->records == 1 && reading->input.is_file && input_is_blank(&reading->input, 0);
    rc = 1;
out:
    pm_buf_release(&open.text);
    pm_buf_release(&open.body);
    return rc;
}

const struct reader trec_reader = {"trec", trec_sniff, trec_next, NULL};
