#include <string.h>
#include <unicode/uchar.h>

#include "date_words.h"
#include "layout_names.h"

#define BYLINE_BYTES 200

static const char *const labels[] = {
    "by ",         "by: ",         "story by ",     "text by ",   "words by ",
    "written by ", "reported by ", "reporting by ", "report by ", "article by ",
    "author: ",    "writer: ",     "text: ",        "words: ",    "par ",
    "von ",        "por ",         "door ",         NULL};

/* Of another trade than writing. */
static const char *const others[] = {"photos by ",
                                     "photography by ",
                                     "pictures by ",
                                     "illustrations by ",
                                     "graphics by ",
                                     "video by ",
                                     "edited by ",
                                     "editing by ",
                                     "translated by ",
                                     "translation by ",
                                     "additional reporting by ",
                                     "with reporting by ",
                                     NULL};

size_t byline_label(struct slice line)
{
    for (const char *const *label = labels; *label; label++)
        if (slice_begins(line, *label))
            return strlen(*label);
    return 0;
}

/* ---- pieces ---- */

/* Takes what comes before the next separator off `s`, and tells which it was: 0 at the end. */
static char next_piece(struct slice *s, struct slice *piece)
{
    static const char *const marks[] = {" | ",
                                        " / ",
                                        " - ",
                                        " -- ",
                                        " \xE2\x80\x93 ",
                                        " \xE2\x80\x94 ",
                                        " \xE2\x80\xA2 ",
                                        " \xC2\xB7 ",
                                        "; ",
                                        ", ",
                                        " (",
                                        "\t",
                                        NULL};
    for (size_t i = 0; i < s->len; i++) {
        if (!strchr(" ,;\t", s->text[i]))
            continue;
        for (const char *const *mark = marks; *mark; mark++)
            if (slice_begins(slice_from(*s, i), *mark)) {
                char kind = (*mark)[0] == ',' ? ',' : '|';
                *piece = slice_trim(slice_to(*s, i));
                *s = slice_from(*s, i + strlen(*mark));
                return kind;
            }
    }
    *piece = slice_trim(*s);
    *s = slice_from(*s, s->len);
    return 0;
}

static bool is_address(struct slice s)
{
    return slice_words(s, 2) == 1 && memchr(s.text, '@', s.len);
}

static size_t find_and(struct slice s, size_t *len)
{
    static const char *const ands[] = {" and ", " & ", " et ", " und ", NULL};
    for (const char *const *word = ands; *word; word++) {
        size_t at = slice_find(s, *word);
        *len = strlen(*word);
        if (at < s.len)
            return at;
    }
    return s.len;
}

static bool add_name(struct byline *byline, struct slice name)
{
    size_t in = slice_find(name, " in ");
    if (in < name.len && slice_starts(slice_from(name, in + 4), u_isupper)) {
        name = slice_to(name, in); /* "A in Kep" */
        byline->more = true;
    }
    if (!name_is_person(name) || byline->names == BYLINE_NAMES)
        return false;
    byline->name[byline->names++] = name;
    return true;
}

/* "A", "A and B": false, and no name added, unless all of them are. */
static bool add_names(struct byline *byline, struct slice piece)
{
    struct byline before = *byline;
    size_t and_len, at;
    while ((at = find_and(piece, &and_len)) < piece.len) {
        if (!add_name(byline, slice_trim(slice_to(piece, at))))
            goto fail;
        piece = slice_trim(slice_from(piece, at + and_len));
    }
    if (add_name(byline, piece))
        return true;
fail:
    *byline = before;
    return false;
}

/* The names of a list "B, C and D" that `rest` begins with, behind the name of A. */
static void add_list(struct byline *byline, struct slice *rest)
{
    struct byline with = *byline;
    struct slice piece, left = *rest;
    size_t and_len;
    char mark = ',';
    while (mark == ',') {
        mark = next_piece(&left, &piece);
        bool last = find_and(piece, &and_len) < piece.len;
        if (!add_names(&with, piece))
            return;
        if (!last)
            continue;
        *byline = with;
        *rest = left;
        return;
    }
}

/* A date that `rest` begins with, and that a separator or its end ends. */
static bool take_date(struct byline *byline, struct slice *rest)
{
    struct pm_date date;
    size_t used;
    if (byline->dates.of[DATE_PLAIN].len || !slice_has(*rest, u_isdigit))
        return false;
    if (pm_date_take(rest->text, rest->len, &date, &used) == PM_DATE_NONE)
        return false;
    struct slice left = slice_trim(slice_from(*rest, used));
    if (left.len && !strchr("|/-,;", left.text[0]))
        return false;
    byline->dates.of[DATE_PLAIN] = slice_to(*rest, used);
    *rest = left.len ? slice_trim(slice_from(left, 1)) : left;
    return true;
}

/* True if the rest says when the article was published or updated, and nothing else. */
static bool take_labelled_dates(struct byline *byline, struct slice *rest)
{
    struct dates dates;
    if (!dates_read(*rest, &dates) || !(dates.of[DATE_PUBLISHED].len || dates.of[DATE_UPDATED].len))
        return false;
    byline->dates = dates;
    *rest = slice_from(*rest, rest->len);
    return true;
}

/* What follows the names.  False unless `sure`, or something of it is what only bylines have. */
static bool read_rest(struct slice rest, struct byline *byline, bool sure)
{
    struct slice piece;
    while (rest.len) {
        rest = slice_trim(rest);
        if (take_labelled_dates(byline, &rest))
            return true;
        if (take_date(byline, &rest))
            continue;
        next_piece(&rest, &piece);
        if (piece.len && piece.text[piece.len - 1] == ')')
            piece.len--;
        if (!piece.len)
            continue;
        if (!byline->source.len && name_is_paper(piece))
            byline->source = piece;
        else
            byline->more = true;
        sure = sure || is_address(piece) || name_is_role(piece);
    }
    return sure;
}

/* "our court reporter", "Staff Writer", "Lotus Hygiene Services": nobody by name. */
static bool is_nobody(struct slice s)
{
    return name_is_role(s) ||
           (slice_words(s, 6) <= 5 && slice_starts(s, u_isupper) && !slice_ends_sentence(s) &&
            (slice_ends(s, " ltd") || slice_ends(s, " inc") || slice_ends(s, " services") ||
             slice_ends(s, " office") || slice_ends(s, " staff") || slice_ends(s, " company") ||
             slice_ends(s, " group") || slice_ends(s, " holdings") || name_is_paper(s)));
}

/* "Xinhua | Updated: 3 March 2024": who wrote it, by no name of a person, and when. */
static bool read_dated(struct slice piece, struct slice rest, struct byline *byline)
{
    if (slice_words(piece, 5) > 4 || !slice_starts(piece, u_isupper) ||
        slice_has(piece, u_isdigit) || slice_ends_sentence(piece) ||
        !take_labelled_dates(byline, &rest))
        return false;
    if (name_is_paper(piece) || slice_words(piece, 2) < 2)
        byline->source = piece;
    else
        byline->more = true;
    return true;
}

/* "Posted on 3 March 2024 by A" */
static bool read_posted(struct slice line, size_t by, struct byline *byline)
{
    static const char *const nobody[] = {"admin",     "administrator", "editor",  "webmaster",
                                         "web admin", "webadmin",      "editors", NULL};
    struct slice when = slice_to(line, by), who = slice_from(line, by + strlen(" by "));
    if (!take_labelled_dates(byline, &when))
        return false;
    byline->more = true;
    return add_names(byline, who) || slice_is_any(who, nobody) || is_nobody(who);
}

/* "(Reporting by A)", "-- A, health correspondent" */
static struct slice unwrap(struct slice line)
{
    static const char *const dashes[] = {"--", "-", "\xE2\x80\x93", "\xE2\x80\x94", NULL};
    if (line.len > 2 && (line.text[0] == '(' || line.text[0] == '[') &&
        (slice_ends(line, ")") || slice_ends(line, "]")))
        return slice_trim((struct slice){line.text + 1, line.len - 2});
    for (const char *const *dash = dashes; *dash; dash++)
        if (slice_begins(line, *dash))
            return slice_trim(slice_from(line, strlen(*dash)));
    return line;
}

/* "Edited by A": a credit with a name, but not the author's. */
static bool read_other(struct slice rest, struct byline *byline)
{
    struct slice piece;
    struct byline named = {0};
    next_piece(&rest, &piece);
    byline->more = add_names(&named, piece);
    return byline->more;
}

bool byline_read(struct slice line, struct byline *byline)
{
    struct slice rest, piece;
    *byline = (struct byline){0};
    if (line.len > BYLINE_BYTES)
        return false;
    line = unwrap(line);
    size_t label = byline_label(line);
    rest = slice_trim(slice_from(line, label));
    if (!label)
        for (const char *const *other = others; *other; other++)
            if (slice_begins(line, *other))
                return read_other(slice_from(line, strlen(*other)), byline);
    size_t by = label ? line.len : slice_find(line, " by ");
    if (by < line.len && read_posted(line, by, byline))
        return true;
    *byline = (struct byline){0};
    char mark = next_piece(&rest, &piece);
    bool alone = !label && mark == '|';
    if (alone && name_is_paper(piece) && read_dated(piece, rest, byline))
        return true;
    if (add_names(byline, piece)) {
        if (mark == ',')
            add_list(byline, &rest);
        return read_rest(rest, byline, label > 0);
    }
    if (alone)
        return read_dated(piece, rest, byline);
    byline->more = true;
    return label && is_nobody(piece) && read_rest(rest, byline, true);
}
