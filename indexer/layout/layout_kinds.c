#include "layout_kinds.h"

#include <string.h>
#include <unicode/uchar.h>

#include "layout_dates.h"
#include "layout_marks.h"
#include "layout_names.h"
#include "layout_people.h"
#include "layout_quotes.h"
#include "title.h"

#define TOP_LINES     24 /* what stands above an article */
#define TOP_TEXT      3 /* lines of text among them, a standfirst say, and so many in a row less 1 */
#define DATELINE_LOOK 200 /* bytes of a paragraph that show whether it begins with one */
#define BOTTOM_LINES  60
#define DATE_LINES    2000 /* among which a diary shows that it is one */
#define MIDDLE_BYTES  4    /* nothing that is certain is shorter */
#define CAPTION_WORDS 40   /* of a caption that nothing but its place tells */
#define OTHERS_WORDS  25   /* a line of more is no headline of another article */

enum place { TOP = 1, MIDDLE = 2, BOTTOM = 4, ANYWHERE = 7 };

/* ---- recognisers ---- */

static bool is_repeat(const struct layout *layout, size_t i)
{
    return layout->title.len && slice_same(lines_at(&layout->lines, i), layout->title);
}

static bool is_site(const struct layout *layout, size_t i)
{
    return layout->site.len && slice_same(people_source(lines_at(&layout->lines, i)), layout->site);
}

static bool is_picture(const struct layout *layout, size_t i)
{
    return mark_is_picture(lines_at(&layout->lines, i));
}

static bool is_tags(const struct layout *layout, size_t i)
{
    return mark_is_tags(lines_at(&layout->lines, i));
}

static bool is_furniture(const struct layout *layout, size_t i)
{
    return mark_is_furniture(lines_at(&layout->lines, i));
}

static bool is_button(const struct layout *layout, size_t i)
{
    return mark_is_button(lines_at(&layout->lines, i));
}

/* A network is a button beside another button. */
static bool is_network(const struct layout *layout, size_t i)
{
    const struct lines *lines = &layout->lines;
    if (!mark_is_network(lines_at(lines, i)))
        return false;
    for (size_t near = i ? i - 1 : i; near <= i + 1 && near < lines->n; near++) {
        struct slice s = lines_at(lines, near);
        if (near != i && (mark_is_network(s) || mark_is_button(s) || mark_is_furniture(s)))
            return true;
    }
    return false;
}

/* The part of a paper, above the headline. */
static bool is_section(const struct layout *layout, size_t i)
{
    struct lines lines = layout->lines;
    if (layout->has_title || i + 1 >= lines.n || !mark_is_section(lines_at(&lines, i)))
        return false;
    struct slice rest = slice_from(lines.text, lines.line[i + 1].start);
    return title_headline(rest.text, rest.len) > 0;
}

/* Where other dates stand alone too, they are those of a diary or of a list. */
static bool is_date(const struct layout *layout, size_t i)
{
    const struct lines *lines = &layout->lines;
    struct dates dates, others;
    if (lines_goes_on(lines, i) || !dates_read(lines_at(lines, i), &dates))
        return false;
    if (dates.of[DATE_PUBLISHED].len || dates.of[DATE_UPDATED].len)
        return true;
    for (size_t other = 0; other < lines->n && other < DATE_LINES; other++)
        if (dates_read(lines_at(lines, other), &others) && others.of[DATE_PLAIN].len &&
            !slice_same(lines_at(lines, other), lines_at(lines, i)))
            return false;
    return true;
}

static bool is_byline(const struct layout *layout, size_t i)
{
    const struct lines *lines = &layout->lines;
    struct slice line = lines_at(lines, i);
    struct byline byline;
    bool adjacent = i + 1 < lines->n && !lines->line[i + 1].after_blank;
    if (!byline_read(line, &byline) || (adjacent && lines_goes_on(lines, i)))
        return false;
    /* "By Popular Demand" above "By A B" is a headline. */
    bool first = !layout->has_title && byline_label(line);
    for (size_t next = i + 1; first && next < lines->n && next <= i + 3; next++)
        if (byline_label(lines_at(lines, next)) && !slice_same(line, lines_at(lines, next)) &&
            byline_read(lines_at(lines, next), &byline))
            return false;
    return true;
}

static bool is_name(const struct layout *layout, size_t i)
{
    return people_is_name(layout, i);
}

static bool is_affiliation(const struct layout *layout, size_t i)
{
    return people_is_affiliation(layout, i);
}

static bool is_source(const struct layout *layout, size_t i)
{
    return people_is_source(layout, i);
}

/* In double-spaced text the next line may be the rest of the sentence. */
static bool is_headline(const struct layout *layout, size_t i)
{
    const struct lines *lines = &layout->lines;
    struct slice rest = slice_from(lines->text, lines->line[i].start);
    struct byline byline;
    if (layout->has_title || !title_headline(rest.text, rest.len))
        return false;
    return !lines_goes_on(lines, i) || byline_read(lines_at(lines, i + 1), &byline) ||
           slice_words(lines_at(lines, i), 8) < 8;
}

/*
 * In wrapped text a line may be the end of a paragraph, so it must stand alone; and a headline may
 * begin with "Photos:".
 */
static bool is_caption(const struct layout *layout, size_t i)
{
    const struct lines *lines = &layout->lines;
    return mark_is_caption(lines_at(lines, i)) && !lines_goes_on(lines, i) &&
           (!lines->wrapped || lines_alone(lines, i)) && (i || !is_headline(layout, i));
}

/* Right below the name of a picture's file, and not a sentence. */
static bool is_below_picture(const struct layout *layout, size_t i)
{
    const struct lines *lines = &layout->lines;
    return i && lines->line[i - 1].kind == LINE_PICTURE && !lines->line[i].after_blank &&
           (i + 1 == lines->n || lines->line[i + 1].after_blank) &&
           !slice_ends_sentence(lines_at(lines, i)) &&
           slice_words(lines_at(lines, i), CAPTION_WORDS + 1) <= CAPTION_WORDS;
}

/* "A (left) and B", above the article. */
static bool is_pointing(const struct layout *layout, size_t i)
{
    const struct lines *lines = &layout->lines;
    return layout->has_title && mark_points(lines_at(lines, i)) && !lines_goes_on(lines, i) &&
           (!lines->wrapped || lines_alone(lines, i));
}

/* In the order in which they are asked. */
static const struct recogniser {
    enum line_kind kind;
    unsigned places;
    bool (*is)(const struct layout *layout, size_t i);
} recognisers[] = {
    {LINE_REPEAT, TOP, is_repeat},
    {LINE_SOURCE, ANYWHERE, is_site},
    {LINE_PICTURE, ANYWHERE, is_picture},
    {LINE_TAGS, ANYWHERE, is_tags},
    {LINE_SECTION, TOP, is_section},
    {LINE_FURNITURE, ANYWHERE, is_furniture},
    {LINE_FURNITURE, TOP | BOTTOM, is_button},
    {LINE_FURNITURE, TOP | BOTTOM, is_network},
    {LINE_DATE, TOP | BOTTOM, is_date},
    {LINE_BYLINE, TOP | BOTTOM, is_byline},
    {LINE_CAPTION, ANYWHERE, is_caption},
    {LINE_BYLINE, TOP | BOTTOM, is_name},
    {LINE_AFFILIATION, TOP | BOTTOM, is_affiliation},
    {LINE_SOURCE, TOP | BOTTOM, is_source},
    {LINE_CAPTION, ANYWHERE, is_below_picture},
    {LINE_CAPTION, TOP, is_pointing},
};

static enum line_kind kind_at(const struct layout *layout, size_t i, enum place place)
{
    for (size_t k = 0; k < sizeof recognisers / sizeof *recognisers; k++)
        if ((recognisers[k].places & place) && recognisers[k].is(layout, i))
            return recognisers[k].kind;
    return LINE_TEXT;
}

/* ---- passes ---- */

static void set_kind(struct layout *layout, size_t i, enum line_kind kind)
{
    struct byline byline;
    layout->lines.line[i].kind = (unsigned char)kind;
    if (kind == LINE_BYLINE && !layout->author.len) {
        if (byline_read(lines_at(&layout->lines, i), &byline))
            layout->author = byline.name[0];
        else
            layout->author = lines_at(&layout->lines, i);
    }
}

/* A word in capitals that is so again further down is an acronym, no place. */
static bool is_acronym(const struct layout *layout, size_t i, struct slice word)
{
    struct slice rest = slice_from(layout->lines.text, layout->lines.line[i].start + word.len);
    const char *at = rest.text, *end = rest.text + rest.len;
    while ((at = memmem(at, (size_t)(end - at), word.text, word.len))) {
        const char *after = at + word.len;
        if (!u_isalnum((unsigned char)at[-1]) &&
            (after == end || !u_isalnum((unsigned char)*after)))
            return true;
        at = after;
    }
    return false;
}

static bool find_dateline(struct layout *layout, size_t i)
{
    const struct lines *lines = &layout->lines;
    struct slice first = lines_at(lines, i);
    bool bare;
    for (size_t next = i + 1; next < lines->n && !lines->line[next].after_blank; next++)
        if (first.len < DATELINE_LOOK)
            first.len = lines->line[next].start + lines->line[next].len - lines->line[i].start;
    layout->dateline = dateline_length(first, &layout->place, &bare);
    if (!layout->dateline || (bare && is_acronym(layout, i, layout->place))) {
        layout->dateline = 0;
        return false;
    }
    layout->story = i;
    return true;
}

/* "Headline | The Some Post" without the paper, if that is a line of its own somewhere. */
static void take_title(struct layout *layout, size_t i)
{
    static const char *const bars[] = {" | ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", NULL};
    const struct lines *lines = &layout->lines;
    layout->title = lines_at(lines, i);
    layout->has_title = true;
    for (const char *const *bar = bars; *bar; bar++) {
        size_t at = slice_find_last(layout->title, *bar);
        if (at == layout->title.len)
            continue;
        struct slice name = slice_trim(slice_from(layout->title, at + strlen(*bar)));
        for (size_t k = 0; k < lines->n && !layout->site.len; k++)
            if (slice_same(people_source(lines_at(lines, k)), name)) {
                layout->site = name;
                layout->title = slice_trim(slice_to(layout->title, at));
            }
    }
}

/* What stands above the article: to its dateline, or where text follows on text. */
static void find_top(struct layout *layout)
{
    struct lines *lines = &layout->lines;
    size_t in_a_row = 0, texts = 0;
    for (size_t i = 0; i < lines->n && i < TOP_LINES; i++) {
        enum line_kind kind = kind_at(layout, i, TOP);
        if (kind == LINE_TEXT && !layout->has_title && !texts && is_headline(layout, i)) {
            kind = LINE_TITLE;
            take_title(layout, i);
        }
        set_kind(layout, i, kind);
        if (kind != LINE_TEXT) {
            in_a_row = 0;
            layout->top = i + 1;
            continue;
        }
        if (find_dateline(layout, i) || ++texts == TOP_TEXT || ++in_a_row == TOP_TEXT - 1)
            break;
    }
}

/* Where headlines of other articles begin that go on to the end; lines.n if they do not. */
static size_t find_others(const struct layout *layout)
{
    const struct lines *lines = &layout->lines;
    size_t found = lines->n;
    for (size_t i = lines->n; i-- > layout->top && lines->n - i <= BOTTOM_LINES;) {
        struct slice line = lines_at(lines, i);
        if (mark_begins_others(line))
            found = i;
        if (slice_words(line, OTHERS_WORDS + 1) > OTHERS_WORDS)
            break;
    }
    return found;
}

static void find_bottom(struct layout *layout)
{
    struct lines *lines = &layout->lines;
    size_t others = find_others(layout), i;
    for (i = others; i < lines->n; i++)
        set_kind(layout, i, LINE_FURNITURE);
    for (i = others; i > layout->top && lines->n - i < BOTTOM_LINES; i--) {
        enum line_kind kind = kind_at(layout, i - 1, BOTTOM);
        if (kind == LINE_TEXT)
            break;
        set_kind(layout, i - 1, kind);
    }
    layout->bottom = i;
}

static bool has_text(const struct lines *lines)
{
    for (size_t i = 0; i < lines->n; i++)
        if (lines->line[i].kind == LINE_TEXT)
            return true;
    return false;
}

int kinds_find(struct layout *layout, struct pm_error *err)
{
    struct lines *lines = &layout->lines;
    layout->story = lines->n;
    find_top(layout);
    find_bottom(layout);
    for (size_t i = layout->top; i < layout->bottom; i++)
        if (lines->line[i].len >= MIDDLE_BYTES)
            set_kind(layout, i, kind_at(layout, i, MIDDLE));
    if (quotes_find(lines, err))
        return -1;
    if (!has_text(lines))
        for (size_t i = 0; i < lines->n; i++)
            if (lines->line[i].kind != LINE_TITLE || lines->n == 1)
                lines->line[i].kind = LINE_TEXT;
    return 0;
}
