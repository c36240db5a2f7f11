#include "layout_dates.h"

#include <string.h>
#include <unicode/uchar.h>

#include "date_words.h"

#define DATE_LINE_BYTES 160
#define DATELINE_BYTES  80 /* from the place to its dash */
#define DATELINE_WORDS  6  /* fewer than this after the dash are no running text */
#define PLACE_WORDS     4

/* ---- lines that say a date ---- */

/* Longer ones before those that they begin with. */
static const struct label {
    const char *text;
    enum date_rank rank;
} labels[] = {
    {"first published", DATE_PUBLISHED},
    {"published online", DATE_PUBLISHED},
    {"published on", DATE_PUBLISHED},
    {"published at", DATE_PUBLISHED},
    {"published", DATE_PUBLISHED},
    {"publication date", DATE_PUBLISHED},
    {"publish date", DATE_PUBLISHED},
    {"posted on", DATE_PUBLISHED},
    {"posted at", DATE_PUBLISHED},
    {"posted", DATE_PUBLISHED},
    {"issued on", DATE_PUBLISHED},
    {"date", DATE_PUBLISHED},
    {"last updated on", DATE_UPDATED},
    {"last updated at", DATE_UPDATED},
    {"last updated", DATE_UPDATED},
    {"last update", DATE_UPDATED},
    {"last modified", DATE_UPDATED},
    {"updated on", DATE_UPDATED},
    {"updated at", DATE_UPDATED},
    {"updated", DATE_UPDATED},
    {"modified", DATE_UPDATED},
    {"publi\xC3\xA9 le", DATE_PUBLISHED},
    {"mis \xC3\xA0 jour le", DATE_UPDATED},
    {"ver\xC3\xB6"
     "ffentlicht am",
     DATE_PUBLISHED},
    {"aktualisiert am", DATE_UPDATED},
};

static const struct label *find_label(struct slice s)
{
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        struct slice rest = slice_from(s, 0);
        if (!slice_begins(s, labels[i].text))
            continue;
        rest = slice_from(s, strlen(labels[i].text));
        if (!rest.len || strchr(" \t:", rest.text[0]))
            return &labels[i];
    }
    return NULL;
}

static bool is_date(struct slice s)
{
    struct pm_date date;
    return s.len && slice_has(s, u_isdigit) && pm_date_read(s.text, s.len, &date) != PM_DATE_NONE;
}

/* A number and a word for minutes: "5 min read", "Reading time: 4 minutes". */
static bool is_reading_time(struct slice s)
{
    return slice_words(s, 6) <= 5 && slice_has(s, u_isdigit) && slice_find(s, "min") < s.len &&
           slice_find(s, "read") < s.len;
}

/* "GMT", "(UTC+07:00)", "ICT", "UTC +7" */
static bool is_zone(struct slice word)
{
    static const char *const zones[] = {"gmt", "utc", "ict", "bst", "cet",  "cest", "est", "edt",
                                        "pst", "pdt", "jst", "sgt", "aest", "wib",  "ist", NULL};
    if (word.len > 2 && word.text[0] == '(' && word.text[word.len - 1] == ')')
        word = (struct slice){word.text + 1, word.len - 2};
    while (word.len && strchr("0123456789:+- ", word.text[word.len - 1]))
        word.len--;
    return slice_is_any(word, zones);
}

/* "10:30", "6 p.m.", "9.25 pm GMT", "(UTC +7)" */
static bool is_time(struct slice s)
{
    struct slice word;
    bool any = false;
    static const char *const words[] = {"am",  "pm",  "a.m.", "p.m.", "am.",
                                        "pm.", "hrs", "at",   NULL};
    while (slice_word(&s, &word)) {
        size_t n = 0;
        while (n < word.len && strchr("0123456789:.+", word.text[n]))
            n++;
        struct slice rest = slice_from(word, n);
        any = any || (n && u_isdigit((unsigned char)word.text[0])) || is_zone(rest);
        if (rest.len && !is_zone(rest) && !slice_is_any(rest, words))
            return false;
    }
    return any;
}

/* "Phnom Penh, 25 March 2024": the date, if only a place stands before it. */
static struct slice date_behind_place(struct slice s)
{
    const char *comma = memchr(s.text, ',', s.len);
    size_t at = comma ? (size_t)(comma - s.text) : 0;
    struct slice rest = at ? slice_trim(slice_from(s, at + 1)) : (struct slice){0};
    struct slice place = slice_to(s, at), word;
    if (!at || slice_words(place, PLACE_WORDS) >= PLACE_WORDS || !is_date(rest))
        return (struct slice){0};
    while (slice_word(&place, &word))
        if (!slice_starts(word, u_isupper) || slice_has(word, u_isdigit))
            return (struct slice){0};
    return rest;
}

/* The date that the piece is, behind its label; what follows the date may be a time only. */
static bool read_piece(struct slice s, struct dates *dates)
{
    const struct label *label = find_label(s);
    enum date_rank rank = label ? label->rank : DATE_PLAIN;
    struct pm_date date;
    size_t used;
    if (label) {
        s = slice_from(s, strlen(label->text));
        while (s.len && strchr(" \t:", s.text[0]))
            s = slice_from(s, 1);
    }
    if (!is_date(s) && slice_has(s, u_isdigit) &&
        pm_date_take(s.text, s.len, &date, &used) != PM_DATE_NONE) {
        struct slice rest = slice_from(s, used);
        while (rest.len && strchr(" ,", rest.text[0]))
            rest = slice_from(rest, 1);
        if (!is_time(rest))
            return false;
        s = slice_to(s, used);
        dates->more = true;
    }
    if (!is_date(s)) {
        if (label)
            return false;
        s = date_behind_place(s);
        dates->more = true;
    }
    if (!s.len || dates->of[rank].len)
        return false;
    dates->of[rank] = s;
    dates->more = dates->more || rank != DATE_PLAIN;
    return true;
}

/* The length of the separator that `s` begins with, or 0: behind a date an update may follow
 * without one. */
static size_t separator(struct slice s, bool dated)
{
    static const char *const marks[] = {" | ",
                                        " - ",
                                        " \xE2\x80\x93 ",
                                        " \xE2\x80\x94 ",
                                        " \xE2\x80\xA2 ",
                                        " \xC2\xB7 ",
                                        "; ",
                                        " / ",
                                        " (",
                                        NULL};
    static const char *const words[] = {" updated", " last updated", ", updated", NULL};
    const char *close = slice_begins(s, " (") ? memchr(s.text, ')', s.len) : NULL;
    if (close && is_zone(slice_trim(slice_to(s, (size_t)(close + 1 - s.text)))))
        return 0; /* of the time before */
    for (const char *const *mark = marks; *mark; mark++)
        if (slice_begins(s, *mark))
            return strlen(*mark);
    for (const char *const *word = words; dated && *word; word++)
        if (slice_begins(s, *word))
            return strcspn(*word, "ul");
    return 0;
}

bool dates_read(struct slice line, struct dates *dates)
{
    bool any = false;
    *dates = (struct dates){0};
    if (line.len > DATE_LINE_BYTES || !slice_has(line, u_isdigit))
        return false;
    while (line.len) {
        size_t end = 1, mark = 0;
        bool dated = u_isdigit((unsigned char)line.text[0]);
        for (; end < line.len && !(mark = separator(slice_from(line, end), dated)); end++)
            dated = dated || u_isdigit((unsigned char)line.text[end]);
        struct slice piece = slice_trim(slice_to(line, end < line.len ? end : line.len));
        line = slice_from(line, end < line.len ? end + mark : line.len);
        if (piece.len && piece.text[piece.len - 1] == ')' && !memchr(piece.text, '(', piece.len))
            piece.len--;
        if (is_time(piece) || is_reading_time(piece)) {
            dates->more = true;
            continue;
        }
        if (!read_piece(piece, dates))
            return false;
        any = true;
    }
    return any;
}

/* ---- datelines ---- */

/* "KRATIE, 26 July 2018", "VIENTIANE, Laos (Halden Wire)", "Phnom Penh (XX), Jun. 19" */
static bool is_place(struct slice s, bool *bare)
{
    const char *paren = memchr(s.text, '(', s.len), *comma = memchr(s.text, ',', s.len);
    size_t at = paren ? (size_t)(paren - s.text) : s.len, capitals = 0;
    const char *close = paren ? memchr(paren, ')', s.len - at) : NULL;
    struct pm_date date;
    size_t used;
    *bare = !paren && !comma && slice_words(s, 2) < 2;
    if (!slice_starts(s, u_isupper) || pm_date_take(s.text, s.len, &date, &used) != PM_DATE_NONE)
        return false;
    if (close && at && (slice_starts(slice_from(s, at + 1), u_isupper) || dateline_date(s).len))
        return true;
    struct slice place = slice_to(s, comma ? (size_t)(comma - s.text) : at);
    for (size_t i = 0; i < place.len; i++)
        capitals += place.text[i] >= 'A' && place.text[i] <= 'Z';
    if (capitals >= 2 && !slice_has(place, u_islower))
        return true;
    return comma && slice_words(place, PLACE_WORDS) < PLACE_WORDS && dateline_date(s).len;
}

static UBool begins_sentence(UChar32 c)
{
    return u_isupper(c) || u_isdigit(c) || c == '"' || c == '\'' || c == '$' || c == '(' ||
           c == 0x201C || c == 0x2018 || c == 0xAB || c == 0xBB || c == 0x201E;
}

size_t dateline_length(struct slice line, struct slice *place, bool *bare)
{
    static const char *const dashes[] = {
        " - ", " -- ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", "\xE2\x80\x94", ": ", NULL};
    for (size_t i = 1; i < line.len && i < DATELINE_BYTES; i++) {
        if (!strchr(" :\xE2", line.text[i]))
            continue;
        for (const char *const *dash = dashes; *dash; dash++) {
            if (!slice_begins(slice_from(line, i), *dash))
                continue;
            struct slice rest = slice_trim(slice_from(line, i + strlen(*dash)));
            *place = slice_to(line, i);
            if ((**dash == ':' && !dateline_date(*place).len) || !is_place(*place, bare) ||
                !slice_starts(rest, begins_sentence) ||
                slice_words(rest, DATELINE_WORDS) < DATELINE_WORDS)
                return 0;
            return (size_t)(rest.text - line.text);
        }
    }
    return 0;
}

struct slice dateline_date(struct slice place)
{
    struct pm_date date;
    size_t used;
    for (size_t i = 1; i < place.len; i++) {
        struct slice rest = slice_from(place, i);
        /* Behind a space only if it follows the capitals: "6. November 2021" is no November 2021.
         */
        char before = place.text[i - 1], last = place.text[i < 2 ? 0 : i - 2];
        if (!slice_starts(rest, u_isalnum) ||
            (before != '(' &&
             (before != ' ' || !(strchr(",()", last) || (last >= 'A' && last <= 'Z')))))
            continue;
        if (pm_date_take(rest.text, rest.len, &date, &used) != PM_DATE_NONE)
            return slice_to(rest, used);
    }
    return (struct slice){0};
}
