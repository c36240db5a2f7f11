#include "html_byline.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "date_words.h"
#include "fill.h"
#include "html_fill.h"
#include "html_phrases.h"
#include "layout.h"

#define ABOVE 6   /* blocks above the headline where its date may stand */
#define LINE  160 /* bytes of a line that has a date or a name, at most */

#define BELOW     15 /* blocks below it where there are still lines that are no text */
#define NEAR      4  /* boxes between a line above the headline and the headline */
#define DATE_LINE 80 /* bytes of a line whose date is all that matters in it */
#define DAY_LEN   10 /* of "2024-05-19" */

#define FOREIGN (HTML_ROLE_HIDDEN | HTML_ROLE_ASIDE | HTML_ROLE_COMMENTS | HTML_ROLE_CAPTION)

static bool tells_of_change(const char *text, size_t len)
{
    static const char *const words[] = {"updated",     "modified",        "last changed",
                                        "last edited", "mis \u00E0 jour", "aktualisiert"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        for (size_t at = 0; at + strlen(words[i]) <= len; at++)
            if (!strncasecmp(text + at, words[i], strlen(words[i])))
                return true;
    return false;
}

static const char *text_of(const struct html_page *page, const struct html_block *block)
{
    return page->text.data + block->from;
}

static bool is_word_start(const char *text, size_t at)
{
    unsigned char before = at ? (unsigned char)text[at - 1] : ' ';
    return before < 0x80 && !((before | 0x20) >= 'a' && (before | 0x20) <= 'z') &&
           !(before >= '0' && before <= '9');
}

/* What begins like one may be a byline of a site's own making, though it is none by the rules. */
static bool is_byline(const char *text, size_t len)
{
    return layout_byline_label(text, len) || (len > 3 && !strncasecmp(text, "by ", 3));
}

static bool has_date(const char *text, size_t len)
{
    struct pm_date date;
    size_t used;
    for (size_t at = 0; at < len; at++)
        if (is_word_start(text, at) &&
            pm_date_take(text + at, len - at, &date, &used) == PM_DATE_KNOWN &&
            strlen(date.text) >= DAY_LEN)
            return true;
    return false;
}

/* ---- marking ---- */

static bool may_be_line(const struct html_page *page, const struct html_block *block)
{
    return !(block->roles & FOREIGN) && !(block->tag & HTML_TAG_HEADING) && block->len <= LINE &&
           !html_ends_sentence(text_of(page, block), block->len);
}

void html_byline_mark(struct html_page *page, const struct html_body *body)
{
    size_t from = body->headline < page->blocks ? body->headline + 1 : 0, to = from + BELOW;
    for (size_t i = from; i < page->blocks && i < to; i++) {
        struct html_block *block = &page->block[i];
        const char *text = text_of(page, block);
        if (!may_be_line(page, block))
            continue;
        if (is_byline(text, block->len))
            block->roles |= HTML_ROLE_BYLINE;
        else if (block->len <= DATE_LINE && !(block->tag & HTML_TAG_ITEM) &&
                 has_date(text, block->len))
            block->roles |= HTML_ROLE_DATE;
    }
    for (size_t i = 0; i < page->times; i++) {
        size_t at = page->time[i].block;
        if (at >= from && at < to && at < page->blocks && may_be_line(page, &page->block[at]) &&
            page->block[at].len <= DATE_LINE)
            page->block[at].roles |= HTML_ROLE_DATE;
    }
}

/* ---- where ---- */

/*
 * True if the block may say when, or by whom, the article was written: one below the headline
 * that is marked as such; with `above`, one that is not far above the headline,
 * where mastheads have the day on which the page was looked at.
 */
static bool is_near(const struct html_page *page, const struct html_body *body, size_t i,
                    bool above)
{
    const struct html_block *block = &page->block[i];
    bool has_headline = body->headline < page->blocks;
    if (i == body->headline || block->roles & FOREIGN || block->len > LINE)
        return false;
    if (has_headline && i < body->headline)
        return above && body->headline - i <= ABOVE && block->len <= DATE_LINE &&
               html_body_way(page, i, body->headline) <= NEAR;
    if (above)
        return false;
    size_t from = has_headline ? body->headline : 0;
    return block->roles & (HTML_ROLE_BYLINE | HTML_ROLE_DATE) &&
           (i < from + BELOW || (i > body->last && i <= body->last + ABOVE));
}

/* ---- dates ---- */

/* The date in a line such as "Published: 19 May 2024, 10:30 | World". */
static int fill_line_date(struct pm_article *article, const char *text, size_t len,
                          struct pm_error *err)
{
    struct pm_date date;
    size_t used, end = len;
    for (size_t at = 0; at < len && !article->date.text[0]; at++) {
        if (!is_word_start(text, at) ||
            pm_date_take(text + at, len - at, &date, &used) != PM_DATE_KNOWN)
            continue;
        if (strlen(date.text) < DAY_LEN)
            continue; /* a year alone may be anything */
        if (tells_of_change(text, at))
            return 0;
        const char *bar = memchr(text + at, '|', len - at);
        end = bar ? (size_t)(bar - text) : len;
        /* With its time of day, if that is all that follows. */
        if (fill_date(article, text + at, end - at, "text", err) ||
            fill_date(article, text + at, used, "text", err))
            return -1;
    }
    return 0;
}

/* The date of a block: of a <time> in it, or in its words. */
static int fill_block_date(const struct html_page *page, size_t i, struct pm_article *article,
                           struct pm_error *err)
{
    const struct html_block *block = &page->block[i];
    const char *text = text_of(page, block);
    bool has_time = false;
    for (size_t t = 0; t < page->times && !article->date.text[0]; t++) {
        const struct html_time *time = &page->time[t];
        if (time->block != i || page->box[time->box].roles & HTML_ROLE_CHANGED)
            continue;
        has_time = true;
        if (!tells_of_change(text, block->len) &&
            fill_date(article, page->values.data + time->from, time->len, "text", err))
            return -1;
    }
    if (has_time || block->roles & HTML_ROLE_CHANGED)
        return 0;
    return fill_line_date(article, text, block->len, err);
}

int html_byline_date(const struct html_page *page, const struct html_body *body,
                     struct pm_article *article, struct pm_error *err)
{
    for (int above = 0; above < 2; above++)
        for (size_t i = 0; i < page->blocks && !article->date.text[0]; i++)
            if (is_near(page, body, i, above) && fill_block_date(page, i, article, err))
                return -1;
    return 0;
}

/* ---- authors ---- */

/* The name in a byline, before a date or what else stands there. */
static int fill_byline(struct pm_article *article, const char *text, size_t len,
                       struct pm_error *err)
{
    struct pm_date date;
    size_t used, end = 0;
    int read = layout_byline(article, text, len, err);
    if (read)
        return read < 0 ? -1 : 0;
    while (end < len && !isdigit((unsigned char)text[end]) && text[end] != '|' &&
           text[end] != '\n' && text[end] != ';' && strncmp(text + end, "\u00B7", 2) &&
           strncmp(text + end, "\u2022", 3) && strncmp(text + end, " - ", 3) &&
           strncmp(text + end, " on ", 4) && strncasecmp(text + end, " published", 10) &&
           strncasecmp(text + end, " updated", 8) &&
           !(is_word_start(text, end) &&
             pm_date_take(text + end, len - end, &date, &used) != PM_DATE_NONE))
        end++;
    return html_author_fill(article, text, end, err);
}

int html_byline_author(const struct html_page *page, const struct html_body *body,
                       struct pm_article *article, struct pm_error *err)
{
    /* First what begins with "By", then what is marked as a byline; last what is above. */
    for (int pass = 0; pass < 4; pass++)
        for (size_t i = 0; i < page->blocks && !article->author; i++) {
            const struct html_block *block = &page->block[i];
            const char *text = text_of(page, block);
            bool byline = pass % 2 ? block->roles & HTML_ROLE_BYLINE : is_byline(text, block->len);
            if (byline && is_near(page, body, i, pass >= 2) &&
                fill_byline(article, text, block->len, err))
                return -1;
        }
    return 0;
}
