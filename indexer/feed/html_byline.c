#include "html_byline.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "date_words.h"
#include "fill.h"
#include "html_fill.h"

#define ABOVE 6   /* blocks above the headline where its date may stand */
#define LINE  160 /* bytes of a line that has a date or a name, at most */

#define DAY_LEN 10 /* of "2024-05-19" */

#define FOREIGN (HTML_ROLE_HIDDEN | HTML_ROLE_ASIDE | HTML_ROLE_COMMENTS | HTML_ROLE_CAPTION)

/* The blocks about the headline and before the text: from *from on, before *to. */
static void head_range(const struct html_page *page, const struct html_body *body, size_t *from,
                       size_t *to)
{
    *to = body->last >= body->first ? body->first : page->blocks;
    *from = body->headline < *to ? body->headline : *to;
    *from = *from > ABOVE ? *from - ABOVE : 0;
}

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

/* ---- dates ---- */

static int fill_time(const struct html_page *page, const struct html_body *body,
                     struct pm_article *article, struct pm_error *err)
{
    size_t from, to;
    head_range(page, body, &from, &to);
    for (size_t i = 0; i < page->times; i++) {
        const struct html_time *time = &page->time[i];
        const struct html_block *block =
            time->block < page->blocks ? &page->block[time->block] : NULL;
        if (time->block < from || time->block >= to || !block ||
            page->box[time->box].roles & (FOREIGN | HTML_ROLE_CHANGED) ||
            tells_of_change(text_of(page, block), block->len < LINE ? block->len : 0))
            continue;
        if (fill_date(article, page->values.data + time->from, time->len, "text", err))
            return -1;
    }
    return 0;
}

static bool is_word_start(const char *text, size_t at)
{
    unsigned char before = at ? (unsigned char)text[at - 1] : ' ';
    return before < 0x80 && !((before | 0x20) >= 'a' && (before | 0x20) <= 'z') &&
           !(before >= '0' && before <= '9');
}

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

int html_byline_date(const struct html_page *page, const struct html_body *body,
                     struct pm_article *article, struct pm_error *err)
{
    size_t from, to;
    head_range(page, body, &from, &to);
    if (fill_time(page, body, article, err))
        return -1;
    for (size_t i = from; i < to && !article->date.text[0]; i++) {
        const struct html_block *block = &page->block[i];
        if (i != body->headline && block->len <= LINE && !(block->roles & FOREIGN) &&
            fill_line_date(article, text_of(page, block), block->len, err))
            return -1;
    }
    /* What is marked as a date may stand behind the text too. */
    for (size_t i = body->last + 1; i < page->blocks && i < body->last + 1 + ABOVE; i++) {
        const struct html_block *block = &page->block[i];
        if (block->roles & HTML_ROLE_DATE && block->len <= LINE &&
            !(block->roles & (FOREIGN | HTML_ROLE_CHANGED)) &&
            fill_line_date(article, text_of(page, block), block->len, err))
            return -1;
    }
    return 0;
}

/* ---- authors ---- */

static bool begins_with_by(const char *text, size_t len)
{
    return len > 3 && !strncasecmp(text, "by ", 3);
}

/* The name in a byline, before a date or what else stands there. */
static int fill_byline(struct pm_article *article, const char *text, size_t len,
                       struct pm_error *err)
{
    struct pm_date date;
    size_t used, end = 0;
    while (end < len && text[end] != '|' && text[end] != '\n' && text[end] != ';' &&
           strncmp(text + end, "\u00B7", 2) && strncmp(text + end, "\u2022", 3) &&
           strncmp(text + end, " - ", 3) && strncmp(text + end, " on ", 4) &&
           strncasecmp(text + end, " published", 10) && strncasecmp(text + end, " updated", 8) &&
           !(is_word_start(text, end) &&
             pm_date_take(text + end, len - end, &date, &used) != PM_DATE_NONE))
        end++;
    return html_author_fill(article, text, end, err);
}

int html_byline_author(const struct html_page *page, const struct html_body *body,
                       struct pm_article *article, struct pm_error *err)
{
    size_t from, to;
    head_range(page, body, &from, &to);
    /* First what begins with "By", then what is marked as a byline. */
    for (int marked = 0; marked < 2; marked++)
        for (size_t i = from; i < to && !article->author; i++) {
            const struct html_block *block = &page->block[i];
            const char *text = text_of(page, block);
            if (i == body->headline || block->len > LINE || block->roles & FOREIGN ||
                !(marked ? block->roles & HTML_ROLE_BYLINE : begins_with_by(text, block->len)))
                continue;
            if (fill_byline(article, text, block->len, err))
                return -1;
        }
    return 0;
}
