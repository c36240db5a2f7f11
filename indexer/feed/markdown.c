/*
 * Markdown: one article a file, with the keys of its front matter, its marks taken away.
 *
 * libcmark, the reference implementation of CommonMark, says what is a mark.  When memory runs out
 * it ends the program.
 */
#include <cmark.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "article_json.h"
#include "charset.h"
#include "fill.h"
#include "front.h"
#include "reader.h"
#include "utf8.h"

/* More than any article has; libcmark takes squared time over some texts. */
#define MARKDOWN_MAX ((size_t)1 << 20)

static int markdown_sniff(struct input *input, struct pm_error *err)
{
    static const char *const suffixes[] = {".md", ".markdown", ".mkd"};
    size_t len, from, inside;
    char *text;
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (input_has_suffix(input, suffixes[i]))
            return 1;
    if (input_peek(input, 4, &text, &len, err))
        return -1;
    if (len < 4 || (memcmp(text, "---", 3) != 0 && memcmp(text, "+++", 3) != 0))
        return 0;
    if (input_peek(input, FRONT_MAX, &text, &len, err))
        return -1;
    char sign = *text == '+' ? '=' : ':';
    if (!front_find(text, len, &from, &inside))
        return 0;
    const char *line = memchr(text + from, '\n', inside);
    return line && memchr(text + from, sign, (size_t)(line - text) - from) != NULL;
}

/* ---- prose ---- */

struct prose {
    struct pm_article *article;
    struct pm_buf body, heading, caption;
    bool in_heading, in_caption;
    const char *between; /* before what comes next */
};

static void add_text(struct prose *prose, const char *text, size_t len)
{
    struct pm_buf *to = prose->in_caption   ? &prose->caption
                        : prose->in_heading ? &prose->heading
                                            : &prose->body;
    if (!len)
        return;
    if (to == &prose->body && to->len && prose->between)
        pm_buf_adds(to, prose->between);
    if (to == &prose->body)
        prose->between = NULL;
    pm_buf_add(to, text, len);
}

/* The words of a block of HTML: what stands in no tag, and not in a comment or program. */
static void add_html(struct prose *prose, const char *html)
{
    static const char *const mute[] = {"<script", "<style", "<!--"};
    for (size_t i = 0; i < sizeof mute / sizeof *mute; i++)
        if (!strncasecmp(html, mute[i], strlen(mute[i])))
            return;
    while (*html) {
        size_t len = strcspn(html, "<");
        size_t ink = strspn(html, " \t\n");
        if (ink < len)
            add_text(prose, html + ink, len - ink);
        html += len;
        html += strcspn(html, ">");
        html += *html == '>';
    }
}

static bool is_tight(cmark_node *paragraph)
{
    cmark_node *item = cmark_node_parent(paragraph);
    return item && cmark_node_get_type(item) == CMARK_NODE_ITEM &&
           cmark_node_get_list_tight(cmark_node_parent(item));
}

static void enter(struct prose *prose, cmark_node *node)
{
    const char *text = cmark_node_get_literal(node);
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
        add_text(prose, text, strlen(text));
        break;
    case CMARK_NODE_CODE_BLOCK:
        add_text(prose, text, strlen(text));
        prose->between = "\n";
        break;
    case CMARK_NODE_HTML_BLOCK:
        add_html(prose, text);
        prose->between = "\n\n";
        break;
    case CMARK_NODE_SOFTBREAK:
        add_text(prose, " ", 1);
        break;
    case CMARK_NODE_LINEBREAK:
        add_text(prose, "\n", 1);
        break;
    case CMARK_NODE_IMAGE:
        prose->in_caption = true;
        break;
    case CMARK_NODE_HEADING:
        prose->in_heading = true;
        break;
    default:
        break;
    }
}

/* A first heading of the first level is the title, or says the title again. */
static int end_heading(struct prose *prose, int level, struct pm_error *err)
{
    struct pm_article *article = prose->article;
    const char *text = pm_buf_str(&prose->heading);
    size_t len = prose->heading.len;
    int rc = 0;
    prose->in_heading = false;
    prose->between = "\n\n";
    if (prose->heading.failed)
        rc = pm_fail_nomem(err);
    else if (level == 1 && !prose->body.len && (!article->title || !strcmp(article->title, text)))
        rc = fill_title(article, text, len, "text", err);
    else
        add_text(prose, text, len);
    prose->between = "\n\n";
    pm_buf_clear(&prose->heading);
    return rc;
}

/* The words of a picture are not of the body. */
static int end_image(struct prose *prose, struct pm_error *err)
{
    const char *text = pm_buf_str(&prose->caption);
    int rc = prose->caption.failed
                 ? pm_fail_nomem(err)
                 : fill_extra(prose->article, "captions", text, prose->caption.len, err);
    pm_buf_clear(&prose->caption);
    prose->in_caption = false;
    return rc;
}

static int leave(struct prose *prose, cmark_node *node, struct pm_error *err)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_PARAGRAPH:
        prose->between = is_tight(node) ? "\n" : "\n\n";
        break;
    case CMARK_NODE_LIST:
        prose->between = "\n\n";
        break;
    case CMARK_NODE_HEADING:
        return end_heading(prose, cmark_node_get_heading_level(node), err);
    case CMARK_NODE_IMAGE:
        return end_image(prose, err);
    default:
        break;
    }
    return 0;
}

static int fill_prose(struct pm_article *article, const char *text, size_t len,
                      struct pm_error *err)
{
    struct prose prose = {.article = article, .body = PM_BUF_INIT};
    cmark_node *document = cmark_parse_document(text, len, CMARK_OPT_DEFAULT);
    cmark_iter *nodes = cmark_iter_new(document);
    cmark_event_type event;
    int rc = 0;
    while (!rc && (event = cmark_iter_next(nodes)) != CMARK_EVENT_DONE)
        if (event == CMARK_EVENT_ENTER)
            enter(&prose, cmark_iter_get_node(nodes));
        else
            rc = leave(&prose, cmark_iter_get_node(nodes), err);
    if (!rc && (prose.body.failed))
        rc = pm_fail_nomem(err);
    if (!rc && !article->body)
        rc = fill_text(&article->body, pm_buf_str(&prose.body), prose.body.len, err);
    cmark_iter_free(nodes);
    cmark_node_free(document);
    pm_buf_release(&prose.body);
    pm_buf_release(&prose.heading);
    pm_buf_release(&prose.caption);
    return rc;
}

/* ---- the article ---- */

static int fill_front(struct pm_article *article, const char *text, size_t len, bool toml,
                      struct pm_error *err)
{
    cJSON *object = toml ? front_toml(text, len, err) : front_yaml(text, len, err);
    int rc = object ? pm_article_from_json(object, article, err) : -1;
    cJSON_Delete(object);
    return rc;
}

static int markdown_next(struct reading *reading, struct pm_article *article, struct pm_error *err)
{
    struct pm_buf clean = PM_BUF_INIT;
    size_t len, from, inside;
    char *raw;
    int rc = -1;
    if (reading->records++)
        return 0;
    reading->line = 1;
    reading->alone = true;
    if (input_all(&reading->input, MARKDOWN_MAX, &raw, &len, err) ||
        charset_mend(&raw, &len, &reading->utf8, err))
        goto out;
    pm_utf8_clean(&clean, raw, len);
    if (clean.failed) {
        pm_fail_nomem(err);
        goto out;
    }
    const char *text = pm_buf_str(&clean);
    size_t front = front_find(text, clean.len, &from, &inside);
    if (front && fill_front(article, text + from, inside, *text == '+', err))
        goto out;
    if (fill_prose(article, text + front, clean.len - front, err))
        goto out;
    rc = 1;
out:
    pm_buf_release(&clean);
    return rc;
}

const struct reader markdown_reader = {"markdown", markdown_sniff, markdown_next, NULL};
