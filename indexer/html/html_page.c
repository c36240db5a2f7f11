#include "html_page.h"

#include <errno.h>
#include <libxml/HTMLparser.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "html_attributes.h"
#include "html_parser.h"
#include "html_tame.h"

#define TIMES_MAX     500 /* of a page */
#define TITLE_MAX_LEN 500

/* In frame.inside, beside HTML_TAG_...: the element tells who publishes the page. */
#define INSIDE_PUBLISHER (1U << 31)

/* An element that is open. */
struct frame {
    unsigned tag, inside; /* HTML_TAG_... bits: its own; of those around it too */
    uint32_t box;
    unsigned noted; /* HTML_TAG_TIME, _TITLE or _SCRIPT (of JSON-LD) if its text is noted */
};

struct parse {
    struct html_page *page;
    htmlParserCtxtPtr parser;
    struct frame frame[HTML_DEPTH_MAX + 1];
    size_t depth;
    struct html_block open; /* the block that text goes to; open.len: there is one */
    bool has_open;
    size_t breaks; /* <br> behind the last ink of the open block */
    bool space;    /* white space behind it */
    bool deep, nomem;
};

static void stop(struct parse *parse, bool *why)
{
    *why = true;
    xmlStopParser(parse->parser);
}

/* Room for one more behind `len` items of `size` bytes, or NULL, and the parse ends. */
static void *grow(struct parse *parse, void *items, size_t len, size_t size)
{
    if (len & (len - 1))
        return items; /* it is full whenever its length is a power of two */
    void *more = len < UINT32_MAX / 2 ? reallocarray(items, len ? len * 2 : 1, size) : NULL;
    if (!more)
        stop(parse, &parse->nomem);
    return more;
}

/* ---- blocks ---- */

static void end_block(struct parse *parse)
{
    struct html_page *page = parse->page;
    parse->breaks = 0;
    parse->space = false;
    if (!parse->has_open)
        return;
    parse->has_open = false;
    parse->open.len = page->text.len - parse->open.from;
    struct html_block *blocks = grow(parse, page->block, page->blocks, sizeof *blocks);
    if (!blocks)
        return;
    page->block = blocks;
    page->block[page->blocks++] = parse->open;
}

static void begin_block(struct parse *parse, const struct frame *frame)
{
    parse->has_open = true;
    parse->open = (struct html_block){
        .from = parse->page->text.len,
        .box = frame->box,
        .tag = frame->inside &
               (HTML_TAG_P | HTML_TAG_HEADING | HTML_TAG_H1 | HTML_TAG_ITEM | HTML_TAG_QUOTE),
    };
}

/* White space as HTML has it, and the space that does not break. */
static size_t space_at(const char *text, size_t len)
{
    if (*text == ' ' || (*text >= '\t' && *text <= '\r'))
        return 1;
    return len > 1 && !memcmp(text, "\xC2\xA0", 2) ? 2 : 0;
}

/* What stands between the last ink of the open block and the next. */
static void add_gap(struct parse *parse)
{
    if (parse->breaks)
        pm_buf_addc(&parse->page->text, '\n');
    else if (parse->space)
        pm_buf_addc(&parse->page->text, ' ');
    parse->breaks = 0;
    parse->space = false;
}

static void add_text(struct parse *parse, const struct frame *frame, const char *text, size_t len)
{
    size_t at = 0, skip;
    while (at < len) {
        if ((skip = space_at(text + at, len - at))) {
            parse->space = true;
            at += skip;
            continue;
        }
        size_t from = at, chars = 0;
        for (; at < len && !space_at(text + at, len - at); at++)
            chars += (text[at] & 0xC0) != 0x80;
        if (!parse->has_open)
            begin_block(parse, frame);
        else
            add_gap(parse);
        parse->space = false;
        pm_buf_add(&parse->page->text, text + from, at - from);
        parse->open.chars += chars;
        parse->open.linked += frame->inside & HTML_TAG_LINK ? chars : 0;
    }
}

/* ---- boxes ---- */

static uint32_t add_box(struct parse *parse, uint32_t parent, unsigned tag, unsigned roles)
{
    struct html_page *page = parse->page;
    struct html_box *boxes = grow(parse, page->box, page->boxes, sizeof *boxes);
    if (!boxes)
        return 0;
    page->box = boxes;
    page->box[page->boxes] = (struct html_box){
        .parent = parent,
        .depth = page->boxes ? boxes[parent].depth + 1 : 0,
        .tag = tag,
        .roles = roles,
    };
    return (uint32_t)page->boxes++;
}

/* ---- what is said, and not shown ---- */

static void note(struct parse *parse, bool good)
{
    if (!good)
        stop(parse, &parse->nomem);
}

static void note_meta(struct parse *parse, const struct frame *frame,
                      const struct html_attributes *has)
{
    if (frame->inside & INSIDE_PUBLISHER && has->content && has->itemprop &&
        !strcasecmp(has->itemprop, "name"))
        note(parse, html_said_add(&parse->page->said, &parse->page->values, HTML_SITE,
                                  HTML_RANK_FIRST, has->content));
    const char *const names[] = {has->property, has->name, has->itemprop, has->http_equiv};
    for (size_t i = 0; has->content && i < sizeof names / sizeof *names; i++)
        if (names[i])
            note(parse,
                 html_said_meta(&parse->page->said, &parse->page->values, names[i], has->content));
}

static void note_link(struct parse *parse, const struct html_attributes *has)
{
    if (has->rel && has->href && !strcasecmp(has->rel, "canonical"))
        note(parse, html_said_add(&parse->page->said, &parse->page->values, HTML_URL,
                                  HTML_RANK_FIRST, has->href));
}

/* A date of microdata, as in <span itemprop="datePublished" content="2024-05-19">. */
static void note_microdata(struct parse *parse, const struct html_attributes *has)
{
    const char *date = has->content ? has->content : has->datetime;
    if (date && !strcasecmp(has->itemprop, "datePublished"))
        note(parse, html_said_meta(&parse->page->said, &parse->page->values, has->itemprop, date));
}

static void begin_time(struct parse *parse, struct frame *frame, const struct html_attributes *has)
{
    struct html_page *page = parse->page;
    if (page->times == TIMES_MAX)
        return;
    struct html_time *times = grow(parse, page->time, page->times, sizeof *times);
    if (!times)
        return;
    page->time = times;
    page->time[page->times++] = (struct html_time){page->values.len, 0, page->blocks, frame->box};
    if (has->datetime && *has->datetime) {
        page->time[page->times - 1].len = strlen(has->datetime);
        pm_buf_adds(&page->values, has->datetime);
        pm_buf_addc(&page->values, '\0');
    } else {
        frame->noted = HTML_TAG_TIME;
    }
}

static void end_time(struct html_page *page)
{
    struct html_time *time = &page->time[page->times - 1];
    time->len = page->values.len - time->from;
    pm_buf_addc(&page->values, '\0');
}

/* ---- as the parser reports it ---- */

/* True if the open block is the title of the page, or most of it: what follows is none of it. */
static bool is_title_line(const struct parse *parse)
{
    const struct pm_buf *title = &parse->page->title, *text = &parse->page->text;
    size_t len = text->len - parse->open.from;
    return parse->breaks == 1 && title->len < TITLE_MAX_LEN && len > 10 && len * 2 >= title->len &&
           memmem(pm_buf_str(title), title->len, text->data + parse->open.from, len);
}

static void begin_special(struct parse *parse, struct frame *frame,
                          const struct html_attributes *has)
{
    if (frame->tag & HTML_TAG_META)
        note_meta(parse, frame, has);
    else if (frame->tag & HTML_TAG_REL)
        note_link(parse, has);
    else if (has->itemprop)
        note_microdata(parse, has);
    if (has->itemprop && !strcasecmp(has->itemprop, "publisher"))
        frame->inside |= INSIDE_PUBLISHER;
    if (frame->tag & HTML_TAG_ROOT && has->lang)
        note(parse, html_said_add(&parse->page->said, &parse->page->values, HTML_LANGUAGE,
                                  HTML_RANK_FIRST, has->lang));
    if (frame->tag & HTML_TAG_TIME)
        begin_time(parse, frame, has);
    if (frame->tag & HTML_TAG_SCRIPT && has->type && strcasestr(has->type, "ld+json"))
        frame->noted = HTML_TAG_SCRIPT;
    if (frame->tag & HTML_TAG_TITLE && !parse->page->title.len &&
        !(parse->frame[parse->depth - 1].inside & HTML_TAG_SKIP))
        frame->noted = HTML_TAG_TITLE; /* the first, and none of a drawing */
    if (frame->tag & HTML_TAG_BREAK && parse->has_open &&
        (++parse->breaks == 2 || is_title_line(parse)))
        end_block(parse);
}

static void on_start(void *arg, const xmlChar *name, const xmlChar **attrs)
{
    struct parse *parse = arg;
    struct html_attributes has;
    if (parse->depth == HTML_DEPTH_MAX) {
        stop(parse, &parse->deep);
        return;
    }
    const struct frame *outer = &parse->frame[parse->depth];
    struct frame *frame = &parse->frame[++parse->depth];
    unsigned roles;
    unsigned tag = html_tag((const char *)name, &roles);
    html_attributes_read((const char *const *)attrs, &has);
    if (!has.href)
        tag &= ~(unsigned)HTML_TAG_LINK; /* the place of an anchor, which few pages close */
    *frame = (struct frame){.tag = tag, .inside = outer->inside | tag, .box = outer->box};
    roles |= html_attributes_roles(&has, tag);
    if (tag & HTML_TAG_BLOCK)
        end_block(parse);
    if ((tag & HTML_TAG_BLOCK || roles) && !(frame->inside & HTML_TAG_SKIP))
        frame->box = add_box(parse, outer->box, tag, roles);
    begin_special(parse, frame, &has);
}

static void on_end(void *arg, const xmlChar *name)
{
    (void)name; /* libxml2 reports as many ends as starts, in order */
    struct parse *parse = arg;
    if (!parse->depth || parse->deep || parse->nomem)
        return;
    const struct frame *frame = &parse->frame[parse->depth--];
    if (frame->tag & HTML_TAG_BLOCK)
        end_block(parse);
    if (frame->noted == HTML_TAG_TIME)
        end_time(parse->page);
    else if (frame->noted == HTML_TAG_SCRIPT)
        pm_buf_addc(&parse->page->data, '\0');
}

static void on_text(void *arg, const xmlChar *text, int len)
{
    struct parse *parse = arg;
    const struct frame *frame = &parse->frame[parse->depth];
    if (frame->noted == HTML_TAG_TIME)
        pm_buf_add(&parse->page->values, text, (size_t)len);
    if (frame->noted == HTML_TAG_SCRIPT)
        pm_buf_add(&parse->page->data, text, (size_t)len);
    else if (frame->noted == HTML_TAG_TITLE)
        pm_buf_add(&parse->page->title, text, (size_t)len);
    else if (!(frame->inside & HTML_TAG_SKIP))
        add_text(parse, frame, (const char *)text, (size_t)len);
}

/* Browsers and SingleFile note in a comment where a page was saved from. */
static void on_comment(void *arg, const xmlChar *value)
{
    struct parse *parse = arg;
    static const char *const marks[] = {"saved from url=(", "\n url: "};
    const char *at = NULL, *comment = (const char *)value;
    if (parse->page->blocks)
        return;
    for (size_t i = 0; !at && i < sizeof marks / sizeof *marks; i++)
        if ((at = strstr(comment, marks[i])) && (at = strstr(at, "http"))) {
            char *url = strndup(at, strcspn(at, " \t\r\n"));
            note(parse, url && html_said_add(&parse->page->said, &parse->page->values, HTML_URL,
                                             HTML_RANK_LAST, url));
            free(url);
        }
}

/*
 * Without memory for a value, libxml2 reads on at a place that it no longer moves from, for ever.
 * Stopping takes the text away from under it.
 */
static void on_error(void *arg, xmlErrorPtr error)
{
    struct parse *parse = arg;
    if (error->code == XML_ERR_NO_MEMORY)
        stop(parse, &parse->nomem);
}

int html_page_read(struct html_page *page, char *text, size_t len, struct pm_error *err)
{
    int rc = -1;
    struct parse *parse = calloc(1, sizeof *parse);
    xmlSAXHandler sax = {
        .startElement = on_start,
        .endElement = on_end,
        .characters = on_text,
        .ignorableWhitespace = on_text,
        .cdataBlock = on_text,
        .comment = on_comment,
        .initialized = XML_SAX2_MAGIC, /* else it has no `serror` */
        .serror = on_error,
    };
    if (!parse || len > INT_MAX || !(parse->parser = htmlNewParserCtxt())) {
        pm_fail_nomem(err);
        goto out;
    }
    parse->page = page;
    add_box(parse, 0, HTML_TAG_ROOT, 0);
    *parse->parser->sax = sax;
    parse->parser->userData = parse;
    html_tame(text, len);
    errno = 0;
    if (html_parser_run(parse->parser, text, HTML_DEPTH_MAX)) {
        pm_fail_nomem(err);
        goto out;
    }
    end_block(parse);
    /* libxml2 takes a name that it has no memory for as a bad name: errno tells. */
    if (parse->nomem || errno == ENOMEM || page->text.failed || page->values.failed ||
        page->title.failed || page->data.failed)
        pm_fail_nomem(err);
    else if (parse->deep)
        pm_fail(err, PM_ERR_SYNTAX, "elements are nested more than %d deep", HTML_DEPTH_MAX);
    else
        rc = 0;
out:
    if (parse)
        htmlFreeParserCtxt(parse->parser);
    free(parse);
    return rc;
}

void html_page_release(struct html_page *page)
{
    free(page->box);
    free(page->block);
    free(page->time);
    pm_buf_release(&page->text);
    pm_buf_release(&page->values);
    pm_buf_release(&page->title);
    pm_buf_release(&page->data);
    html_said_release(&page->said);
    *page = (struct html_page){0};
}
