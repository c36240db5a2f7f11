#include "layout_people.h"

#include <string.h>
#include <unicode/uchar.h>

#include "layout_names.h"

#define BESIDE_WORDS 30 /* of an affiliation that is no sentence */
#define ABOUT_WORDS  120
#define TOP_NAMES    12 /* lines above an article in which its author may stand */
#define NAMED_BYTES  100
#define LAST_LINES   8 /* where authors are told about */

static const char *const occupations[] = {
    "lecturer",      "professor", "researcher",  "fellow",    "analyst",    "candidate",
    "director",      "student",   "economist",   "lawyer",    "journalist", "writer",
    "author",        "columnist", "editor",      "scholar",   "founder",    "co-founder",
    "adviser",       "advisor",   "consultant",  "expert",    "ambassador", "graduate",
    "correspondent", "reporter",  "contributor", "scientist", "historian",  "teacher",
    "dean",          "president", "chairman",    "head",      "member",     "executive",
    "specialist",    "activist",  NULL};

static struct slice bare_word(struct slice word)
{
    while (word.len && strchr(".,;:()", word.text[word.len - 1]))
        word.len--;
    return word;
}

static bool has_occupation(struct slice s, size_t max)
{
    struct slice word;
    for (size_t n = 0; n < max && slice_word(&s, &word); n++)
        if (slice_is_any(bare_word(word), occupations))
            return true;
    return false;
}

/* "PhD candidate at the Some University": what one is, and where, without saying who. */
static bool is_beside_name(struct slice s)
{
    if (slice_words(s, BESIDE_WORDS + 1) > BESIDE_WORDS || slice_ends_sentence(s) ||
        slice_find(s, " is ") < s.len || slice_find(s, " was ") < s.len)
        return slice_ends(s, ")") && has_occupation(s, 8) && slice_find(s, " is ") == s.len &&
               slice_words(s, BESIDE_WORDS + 1) <= BESIDE_WORDS;
    return name_is_role(s) ||
           (has_occupation(s, 8) && (slice_find(s, " at ") < s.len ||
                                     slice_find(s, " of ") < s.len || slice_find(s, ", ") < s.len));
}

/* ---- affiliations ---- */

/* "The views expressed are his own" */
static bool owns_views(struct slice s)
{
    size_t views = slice_find(s, "views"), opinions = slice_find(s, "opinions");
    size_t at = views < opinions ? views : opinions;
    if (at == s.len)
        return false;
    struct slice rest = slice_from(s, at);
    return slice_find(rest, "expressed") < rest.len &&
           (slice_find(rest, " own") < rest.len || slice_find(rest, "not necessarily") < rest.len ||
            slice_find(rest, "do not") < rest.len);
}

static bool is_about_author(struct slice s)
{
    static const char *const words[] = {"the author is ",
                                        "the authors are ",
                                        "the writer is ",
                                        "about the author",
                                        "the author was ",
                                        "the author, ",
                                        "the writer, ",
                                        "this article was written by ",
                                        "the views expressed ",
                                        "the opinions expressed ",
                                        "views expressed ",
                                        "opinions expressed ",
                                        "the views and opinions ",
                                        NULL};
    for (const char *const *word = words; *word; word++)
        if (slice_begins(s, *word))
            return true;
    return false;
}

struct slice people_named(struct slice s)
{
    static const char *const verbs[] = {" is ", ", ", " was ", " works ", " teaches ", NULL};
    struct slice name = {0};
    if (s.len > NAMED_BYTES)
        s.len = NAMED_BYTES; /* a name comes first */
    for (const char *const *verb = verbs; *verb; verb++) {
        size_t at = slice_find(s, *verb);
        if (at < s.len && (!name.len || at < name.len) && name_is_person(slice_to(s, at)))
            name = slice_to(s, at);
    }
    return name;
}

static bool says_what_one_is(struct slice s)
{
    struct slice name = people_named(s);
    return name.len && has_occupation(slice_from(s, name.len), 12);
}

/* True for the same name, with a title before either. */
static bool is_author(const struct layout *layout, struct slice name)
{
    size_t len = layout->author.len;
    if (!len || name.len < len || (name.len > len && name.text[name.len - len - 1] != ' '))
        return false;
    return slice_same(slice_from(name, name.len - len), layout->author);
}

bool people_is_affiliation(const struct layout *layout, size_t i)
{
    const struct lines *lines = &layout->lines;
    struct slice line = lines_at(lines, i);
    if (lines->wrapped && !lines_alone(lines, i))
        return false;
    if (i && lines->line[i - 1].kind == LINE_BYLINE && is_beside_name(line))
        return true;
    if (i < layout->top || lines->n - i > LAST_LINES)
        return i && i + 1 < lines->n && is_beside_name(line) && people_is_name(layout, i - 1);
    if (slice_words(line, ABOUT_WORDS + 1) > ABOUT_WORDS)
        return false;
    if (is_about_author(line) || (owns_views(line) && says_what_one_is(line)))
        return true;
    if (says_what_one_is(line))
        return is_author(layout, people_named(line)) ||
               (i + 1 < lines->n && lines->line[i + 1].kind == LINE_AFFILIATION &&
                owns_views(lines_at(lines, i + 1)));
    return i && is_beside_name(line) && name_is_person(lines_at(lines, i - 1));
}

/* ---- names ---- */

static bool is_told_about(const struct layout *layout, struct slice name)
{
    const struct lines *lines = &layout->lines;
    for (size_t i = lines->n; i-- > 0 && lines->n - i <= LAST_LINES;) {
        struct slice line = lines_at(lines, i), named = people_named(line);
        if (named.len && slice_same(named, name) && has_occupation(slice_from(line, named.len), 12))
            return true;
        if (i && slice_same(line, name) && i > layout->top &&
            (lines->n - i == 1 || is_beside_name(lines_at(lines, i + 1))))
            return true;
    }
    return false;
}

bool people_is_name(const struct layout *layout, size_t i)
{
    const struct lines *lines = &layout->lines;
    struct slice line = lines_at(lines, i);
    if (!name_is_person(line))
        return false;
    if (is_author(layout, line))
        return true;
    if (i + 1 < lines->n) {
        struct slice next = lines_at(lines, i + 1);
        struct dates dates;
        if (layout->has_title && i < TOP_NAMES && dates_read(next, &dates))
            return true;
        if (is_beside_name(next) || lines->line[i + 1].kind == LINE_AFFILIATION ||
            (slice_words(next, 2) < 2 && memchr(next.text, '@', next.len)))
            return true;
        if (slice_same(next, line))
            return layout->has_title;
    }
    return i < TOP_NAMES && is_told_about(layout, line);
}

/* ---- papers ---- */

struct slice people_source(struct slice line)
{
    static const char *const marks[] = {"-", "=", "/", "*", "\xE2\x80\x93", "\xE2\x80\x94", NULL};
    if (slice_begins(line, "source: "))
        return slice_trim(slice_from(line, strlen("source: ")));
    for (bool again = true; again;) {
        again = false;
        for (const char *const *mark = marks; *mark; mark++) {
            size_t len = strlen(*mark);
            if (slice_begins(line, *mark))
                line = slice_trim(slice_from(line, len));
            else if (slice_ends(line, *mark))
                line = slice_trim(slice_to(line, line.len - len));
            else
                continue;
            again = true;
        }
    }
    return line;
}

/* The name stands somewhere else too: in a credit, a byline, a line of its own. */
static bool is_elsewhere(const struct lines *lines, size_t i, struct slice name)
{
    for (size_t k = 0; k < lines->n; k++) {
        struct slice line = lines_at(lines, k);
        if (k == i || line.len > 600)
            continue;
        size_t at = line.len - (line.len < name.len ? line.len : name.len);
        if (line.len >= name.len && slice_same(slice_from(line, at), name) &&
            (!at || !u_isalnum((unsigned char)line.text[at - 1])))
            return true;
    }
    return false;
}

bool people_is_source(const struct layout *layout, size_t i)
{
    const struct lines *lines = &layout->lines;
    struct slice line = lines_at(lines, i), name = people_source(line);
    if (!layout->has_title && i < layout->bottom && i == 0)
        return name_is_paper(name) && is_elsewhere(lines, i, name);
    if (line.len > 100 || !name_is_paper(name))
        return false;
    return name.len < line.len || slice_begins(name, "the ") || is_elsewhere(lines, i, name);
}
