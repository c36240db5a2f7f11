#include "layout.h"

#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "date_words.h"
#include "fill.h"
#include "layout_dates.h"
#include "layout_kinds.h"
#include "layout_marks.h"
#include "layout_names.h"
#include "layout_people.h"
#include "title.h"
#include "utf8.h"

/* ---- what was taken out ---- */

/* Where the lines of a kind are kept as they are written, or NULL where all is kept elsewhere. */
static const char *const keys[LINE_KINDS] = {
    [LINE_BYLINE] = "bylines",           [LINE_SOURCE] = "furniture",
    [LINE_DATE] = "date_lines",          [LINE_PICTURE] = "pictures",
    [LINE_CAPTION] = "captions",         [LINE_QUOTE] = "pull_quotes",
    [LINE_AFFILIATION] = "affiliations", [LINE_FURNITURE] = "furniture",
    [LINE_SECTION] = "furniture",
};

/* Adds the line to a list among the extra keys, unless it stands last there already. */
static int keep(struct pm_article *article, const char *key, struct slice line,
                struct pm_error *err)
{
    char *text = strndup(line.text, line.len);
    cJSON *item = text ? cJSON_CreateString(text) : NULL, *list = NULL;
    if (item && !article->extra)
        article->extra = cJSON_CreateObject();
    if (item && article->extra) {
        list = cJSON_GetObjectItemCaseSensitive(article->extra, key);
        if (!list)
            list = cJSON_AddArrayToObject(article->extra, key);
    }
    const cJSON *last = list && list->child ? list->child->prev : NULL;
    bool again = last && cJSON_IsString(last) && !strcmp(last->valuestring, text);
    bool kept = list && !again && cJSON_AddItemToArray(list, item);
    free(text);
    if (!kept)
        cJSON_Delete(item);
    return kept || again ? 0 : pm_fail_nomem(err);
}

/* ---- lines by their kind ---- */

/* What is known before the lines are looked at, and what of them is to be weighed. */
struct filling {
    struct pm_article *article;
    bool has_author, has_source;
    struct dates dates;
};

static int fill_name(struct pm_article *article, struct slice name, struct pm_error *err)
{
    struct pm_buf natural = PM_BUF_INIT;
    name_add(&natural, name);
    int rc = natural.failed ? pm_fail_nomem(err)
                            : fill_author(article, pm_buf_str(&natural), natural.len, err);
    pm_buf_release(&natural);
    return rc;
}

static void note_dates(struct filling *filling, const struct dates *dates)
{
    for (int rank = 0; rank < DATE_RANKS; rank++)
        if (!filling->dates.of[rank].len)
            filling->dates.of[rank] = dates->of[rank];
}

static int fill_byline(struct filling *filling, struct slice line, struct pm_error *err)
{
    struct pm_article *article = filling->article;
    struct byline byline;
    if (!byline_read(line, &byline))
        byline = (struct byline){.name = {line}, .names = 1};
    for (size_t i = 0; i < byline.names && !filling->has_author; i++)
        if (fill_name(article, byline.name[i], err))
            return -1;
    if (byline.source.len && !filling->has_source &&
        fill_line(&article->source, byline.source.text, byline.source.len, err))
        return -1;
    bool dated = false;
    note_dates(filling, &byline.dates);
    for (int rank = 0; rank < DATE_RANKS; rank++)
        dated |= byline.dates.of[rank].len > 0;
    bool more =
        byline.more || dated || filling->has_author || (byline.source.len && filling->has_source);
    return more ? keep(article, "bylines", line, err) : 0;
}

static int fill_source(struct filling *filling, struct slice line, struct pm_error *err)
{
    struct slice name = people_source(line);
    struct pm_article *article = filling->article;
    bool paper = name_is_paper(name) || slice_begins(name, "the ");
    if (paper && !article->source)
        return fill_line(&article->source, name.text, name.len, err);
    return article->source && slice_is(name, article->source)
               ? 0
               : keep(article, "furniture", line, err);
}

static int fill_affiliation(struct filling *filling, struct slice line, struct pm_error *err)
{
    struct slice name = people_named(line);
    if (name.len && !filling->article->author && fill_name(filling->article, name, err))
        return -1;
    return keep(filling->article, "affiliations", line, err);
}

static int fill_tags(struct pm_article *article, struct slice line, struct pm_error *err)
{
    struct slice tag;
    while (mark_tag(&line, &tag))
        if (fill_tag(article, tag.text, tag.len, err))
            return -1;
    return 0;
}

/* One line that is not of the body. */
static int fill_one(struct filling *filling, struct slice line, enum line_kind kind,
                    struct pm_error *err)
{
    struct pm_article *article = filling->article;
    struct dates dates;
    switch (kind) {
    case LINE_BYLINE:
        return fill_byline(filling, line, err);
    case LINE_SOURCE:
        return fill_source(filling, line, err);
    case LINE_AFFILIATION:
        return fill_affiliation(filling, line, err);
    case LINE_TAGS:
        return fill_tags(article, line, err);
    case LINE_SECTION:
        return article->section ? keep(article, keys[kind], line, err)
                                : fill_line(&article->section, line.text, line.len, err);
    case LINE_DATE:
        if (dates_read(line, &dates))
            note_dates(filling, &dates);
        return dates.more ? keep(article, keys[kind], line, err) : 0;
    default:
        return keys[kind] ? keep(article, keys[kind], line, err) : 0;
    }
}

/* The most trusted date that has a year, or else what there is without one. */
static int fill_dates(struct filling *filling, struct pm_error *err)
{
    struct pm_article *article = filling->article;
    struct pm_date date;
    for (int rank = DATE_RANKS; rank-- > 0;) {
        struct slice s = filling->dates.of[rank];
        if (s.len && pm_date_read(s.text, s.len, &date) == PM_DATE_KNOWN)
            return fill_date(article, s.text, s.len, "text", err);
    }
    for (int rank = DATE_RANKS; rank-- > 0 && !article->date_text;)
        if (filling->dates.of[rank].len && !article->date.text[0] &&
            fill_line(&article->date_text, filling->dates.of[rank].text,
                      filling->dates.of[rank].len, err))
            return -1;
    return 0;
}

/* ---- the body ---- */

/* Where a line begins, with the white space that indents it. */
static size_t indented(const struct lines *lines, size_t i)
{
    size_t at = lines->line[i].start;
    while (at && strchr(" \t", lines->text.text[at - 1]))
        at--;
    return at;
}

/* The lines of the body, as they are written; an empty line where something was between two. */
static int make_body(const struct layout *layout, char **body, struct pm_error *err)
{
    const struct lines *lines = &layout->lines;
    const char *text = lines->text.text;
    struct pm_buf out = PM_BUF_INIT;
    bool blank = false;
    for (size_t i = 0, end; i < lines->n; i = end) {
        blank = blank || lines->line[i].after_blank;
        end = i + 1;
        if (lines->line[i].kind != LINE_TEXT)
            continue;
        size_t from = out.len ? indented(lines, i) : lines->line[i].start;
        if (i == layout->story)
            from = lines->line[i].start + layout->dateline;
        while (end < lines->n && end != layout->story && lines->line[end].kind == LINE_TEXT)
            end++;
        size_t to = end < lines->n ? lines->line[end - 1].start + lines->line[end - 1].len
                                   : lines->text.len;
        if (out.len)
            pm_buf_adds(&out, blank ? "\n\n" : "\n");
        pm_buf_add(&out, text + from, to - from);
        blank = false;
    }
    if (out.len && out.data[out.len - 1] != '\n' && text[lines->text.len - 1] == '\n')
        pm_buf_addc(&out, '\n');
    *body = pm_buf_detach(&out);
    return *body ? 0 : pm_fail_nomem(err);
}

/* ---- all of it ---- */

static int fill_all(struct layout *layout, struct pm_article *article, struct pm_error *err)
{
    struct lines *lines = &layout->lines;
    struct filling filling = {
        .article = article, .has_author = article->author, .has_source = article->source};
    if (!article->title && layout->has_title &&
        fill_title(article, layout->title.text, layout->title.len, "text", err))
        return -1;
    for (size_t i = 0; i < lines->n; i++)
        if (lines->line[i].kind != LINE_TEXT &&
            fill_one(&filling, lines_at(lines, i), lines->line[i].kind, err))
            return -1;
    if (layout->dateline) {
        struct dates dates = {.of = {[DATE_OF_PLACE] = dateline_date(layout->place)}};
        note_dates(&filling, &dates);
        if (fill_extra(article, "dateline", layout->place.text, layout->place.len, err))
            return -1;
    }
    return fill_dates(&filling, err);
}

static int all_body(struct pm_article *article, const char *text, size_t len, struct pm_error *err)
{
    article->body = strndup(text, len);
    return article->body ? 0 : pm_fail_nomem(err);
}

int layout_read(struct pm_article *article, const char *text, size_t len, struct pm_error *err)
{
    struct layout layout = {0};
    int rc = -1;
    size_t skip = pm_utf8_skip_space(text, len);
    text += skip;
    len -= skip;
    if (len > LAYOUT_MAX) {
        size_t line = article->title ? 0 : title_headline(text, len);
        if (line && fill_title(article, text, line, "text", err))
            return -1;
        line += pm_utf8_skip_space(text + line, len - line);
        return all_body(article, text + line, len - line, err);
    }
    if (lines_cut(&layout.lines, text, len, err))
        goto out;
    if (article->title)
        layout.title = (struct slice){article->title, strlen(article->title)};
    layout.has_title = article->title;
    if (!kinds_find(&layout, err) && !fill_all(&layout, article, err) &&
        !make_body(&layout, &article->body, err))
        rc = 0;
out:
    lines_release(&layout.lines);
    return rc;
}

static bool is_byline(struct slice line, struct byline *byline)
{
    return byline_label(line) && byline_read(line, byline) && byline->names;
}

size_t layout_byline_label(const char *line, size_t len)
{
    struct byline byline;
    struct slice slice = slice_trim((struct slice){line, len});
    return is_byline(slice, &byline) ? byline_label(slice) : 0;
}

int layout_byline(struct pm_article *article, const char *line, size_t len, struct pm_error *err)
{
    struct byline byline;
    if (!is_byline(slice_trim((struct slice){line, len}), &byline))
        return 0;
    for (size_t i = 0; i < byline.names; i++)
        if (fill_name(article, byline.name[i], err))
            return -1;
    return 1;
}

char *layout_title(const char *body, struct pm_error *err)
{
    return title_make(body, err);
}
