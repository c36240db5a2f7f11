#include <string.h>
#include <unicode/uchar.h>

#include "layout_marks.h"

#define PICTURE_BYTES   300
#define CAPTION_BYTES   500
#define CAPTION_WORDS   70
#define CREDIT_WORDS    12
#define CREDIT_BYTES    120 /* at the end of a caption, with the name in it */
#define CREDITED_WORDS  5   /* before a credit that is one word */
#define ACRONYM_LETTERS 6

bool mark_is_picture(struct slice line)
{
    static const char *const endings[] = {".jpg",  ".jpeg", ".png",  ".webp", ".gif", ".heic",
                                          ".avif", ".tif",  ".tiff", ".svg",  ".bmp", NULL};
    if (line.len > PICTURE_BYTES || slice_words(line, 4) > 3)
        return false;
    for (const char *const *ending = endings; *ending; ending++)
        if (slice_ends(line, *ending) && line.len > strlen(*ending))
            return true;
    return false;
}

/* True if `s` ends where a sentence, or a bracket's or slash's credit, may begin. */
static bool is_before_credit(struct slice s)
{
    s = slice_trim(s);
    return slice_ends_sentence(s) || slice_ends(s, "|") || slice_ends(s, "/") ||
           slice_ends(s, "(") || slice_ends(s, "[") || slice_ends(s, "\xE2\x80\x93") ||
           slice_ends(s, "\xE2\x80\x94") || slice_ends(s, ",") || slice_ends(s, ";");
}

/* "... Photo: A", "... (Photo by A)", "... File photo" */
static bool ends_with_credit(struct slice line)
{
    static const char *const credits[] = {"photo:",
                                          "photos:",
                                          "photo by ",
                                          "photos by ",
                                          "photograph:",
                                          "photograph by ",
                                          "picture:",
                                          "pictures:",
                                          "picture by ",
                                          "image:",
                                          "images:",
                                          "photo/",
                                          "photo courtesy",
                                          "photo credit",
                                          "file photo",
                                          "photo supplied",
                                          "courtesy of ",
                                          "foto:",
                                          "bild:",
                                          "cr\xC3\xA9"
                                          "dit photo",
                                          "illustration:",
                                          "graphic:",
                                          NULL};
    for (size_t i = line.len > CREDIT_BYTES ? line.len - CREDIT_BYTES : 1; i < line.len; i++) {
        if (u_isalpha((unsigned char)line.text[i - 1]) || !u_isalpha((unsigned char)line.text[i]))
            continue;
        for (const char *const *credit = credits; *credit; credit++)
            if (slice_begins(slice_from(line, i), *credit) && is_before_credit(slice_to(line, i)) &&
                slice_words(slice_from(line, i), CREDIT_WORDS + 1) <= CREDIT_WORDS)
                return true;
    }
    return false;
}

/* "ABC", or "A B/ABC" */
static bool is_agency(struct slice s)
{
    const char *slash = memchr(s.text, '/', s.len);
    struct slice last = slash ? slice_from(s, (size_t)(slash - s.text) + 1) : s;
    if (slash)
        return slash > s.text && slice_starts(s, u_isupper) && slice_words(s, 6) <= 5 &&
               slice_starts(slice_trim(last), u_isupper);
    for (size_t i = 0; i < s.len; i++)
        if (s.text[i] < 'A' || s.text[i] > 'Z')
            return false;
    return s.len >= 2 && s.len <= ACRONYM_LETTERS;
}

/* "... at the palace on Monday. Supplied" */
static bool ends_with_source(struct slice line)
{
    static const char *const words[] = {"supplied",    "handout",    "file",   "courtesy",
                                        "contributed", "(supplied)", "(file)", "(handout)",
                                        "[supplied]",  NULL};
    size_t at = line.len;
    if (slice_ends(line, "."))
        return false;
    for (size_t i = line.len; i-- > 1;)
        if (line.text[i] == ' ' && slice_ends_sentence(slice_to(line, i))) {
            at = i;
            break;
        }
    struct slice tail = slice_trim(slice_from(line, at));
    size_t before = slice_words(slice_to(line, at), CAPTION_WORDS), word = at;
    while (word && line.text[word - 1] != ' ')
        word--;
    /* "St. PAUL" ends no sentence, "August 3. PAUL" may */
    bool abbreviation = at - word <= strlen("St.") && !u_isdigit((unsigned char)line.text[word]);
    if (at >= line.len || before < CREDITED_WORDS || abbreviation)
        return false;
    return slice_is_any(tail, words) || is_agency(tail);
}

bool mark_is_caption(struct slice line)
{
    static const char *const openings_of[] = {
        "caption:",         "photo:",      "photos:",         "picture:",       "pictures:",
        "image:",           "photograph:", "photo credit:",   "photo courtesy", "file photo",
        "(photo",           "[photo",      "foto:",           "bild:",          "photo/",
        "l\xC3\xA9gende :", "photo :",     "photographs by ", "photo supplied", NULL};
    static const char *const alone[] = {"supplied", "handout", "file photo",
                                        "photo",    "image",   NULL};
    if (line.len > CAPTION_BYTES)
        return false;
    for (const char *const *opening = openings_of; *opening; opening++)
        if (slice_begins(line, *opening))
            return true;
    if ((slice_begins(line, "photo by ") || slice_begins(line, "photos by ")) &&
        slice_starts(slice_trim(slice_from(line, strlen("photo by "))), u_isupper))
        return true;
    if (slice_is_any(line, alone))
        return true;
    /* Prose ends in a stop, perhaps before a quote; credits do not. */
    bool prose = line.text[line.len - 1] != ')' && line.text[line.len - 1] != ']' &&
                 slice_ends_sentence(line);
    return !prose && slice_words(line, CAPTION_WORDS + 1) <= CAPTION_WORDS &&
           (ends_with_credit(line) || ends_with_source(line));
}

bool mark_points(struct slice line)
{
    static const char *const words[] = {"(left)",        "(right)",
                                        "(centre)",      "(center)",
                                        "(l)",           "(r)",
                                        "(c)",           "(l-r)",
                                        "(second left)", "(second from left)",
                                        "(from left)",   "(far left)",
                                        "(far right)",   NULL};
    if (line.len > CAPTION_BYTES || !memchr(line.text, '(', line.len) || slice_words(line, 41) > 40)
        return false;
    for (const char *const *word = words; *word; word++)
        if (slice_find(line, *word) < line.len)
            return true;
    return false;
}
