#include "layout_names.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#define PERSON_WORDS 5
#define PERSON_BYTES 80
#define PAPER_WORDS  6
#define ROLE_WORDS   6

/* ---- words ---- */

static const char *const particles[] = {"de",  "da",  "dos", "das", "del", "della", "di", "du",
                                        "van", "von", "der", "den", "ter", "bin",   "bt", "binti",
                                        "ibn", "al",  "el",  "la",  "le",  "y",     NULL};

/* What no person is called, so that a company or a headline is no name. */
static const char *const no_person[] = {"the",
                                        "a",
                                        "an",
                                        "our",
                                        "my",
                                        "your",
                                        "all",
                                        "any",
                                        "every",
                                        "this",
                                        "that",
                                        "these",
                                        "next",
                                        "last",
                                        "popular",
                                        "staff",
                                        "special",
                                        "and",
                                        "or",
                                        "of",
                                        "in",
                                        "for",
                                        "to",
                                        "on",
                                        "at",
                                        "with",
                                        "from",
                                        "ltd",
                                        "ltd.",
                                        "limited",
                                        "inc",
                                        "inc.",
                                        "co.",
                                        "corp",
                                        "corp.",
                                        "company",
                                        "companies",
                                        "corporation",
                                        "holdings",
                                        "services",
                                        "group",
                                        "ministry",
                                        "agency",
                                        "agencies",
                                        "department",
                                        "office",
                                        "university",
                                        "institute",
                                        "council",
                                        "committee",
                                        "commission",
                                        "association",
                                        "foundation",
                                        "college",
                                        "academy",
                                        "school",
                                        "centre",
                                        "center",
                                        "bank",
                                        "government",
                                        "authority",
                                        "board",
                                        "bureau",
                                        "union",
                                        "society",
                                        "party",
                                        "team",
                                        "desk",
                                        "newsroom",
                                        "editorial",
                                        "editor",
                                        "editors",
                                        "reporter",
                                        "reporters",
                                        "writer",
                                        "writers",
                                        "correspondent",
                                        "correspondents",
                                        "journalist",
                                        "photographer",
                                        "columnist",
                                        "contributor",
                                        "river",
                                        "city",
                                        "province",
                                        "street",
                                        "bay",
                                        "island",
                                        "january",
                                        "february",
                                        "march",
                                        "april",
                                        "june",
                                        "july",
                                        "august",
                                        "september",
                                        "october",
                                        "november",
                                        "december",
                                        "monday",
                                        "tuesday",
                                        "wednesday",
                                        "thursday",
                                        "friday",
                                        "saturday",
                                        "sunday",
                                        "news",
                                        "photo",
                                        "photos",
                                        "video",
                                        NULL};

static const char *const paper_words[] = {
    "post",      "times",    "news",        "daily",    "herald",     "tribune",   "gazette",
    "courier",   "wire",     "journal",     "press",    "standard",   "chronicle", "observer",
    "dispatch",  "ledger",   "mail",        "star",     "weekly",     "review",    "telegraph",
    "bulletin",  "express",  "examiner",    "globe",    "mirror",     "monitor",   "register",
    "sentinel",  "today",    "inquirer",    "reporter", "advertiser", "argus",     "echo",
    "record",    "mercury",  "independent", "magazine", "cahier",     "zeitung",   "kurier",
    "tageblatt", "anzeiger", NULL};

static const char *const role_words[] = {
    "correspondent", "correspondents", "reporter",       "reporters", "writer",
    "writers",       "columnist",      "editor",         "editors",   "contributor",
    "journalist",    "newsroom",       "freelance",      "desk",      "agencies",
    "intern",        "korrespondent",  "correspondante", NULL};

static bool has_word(struct slice s, const char *const *list)
{
    struct slice word;
    while (slice_word(&s, &word)) {
        while (word.len && strchr(",;:()", word.text[word.len - 1]))
            word.len--;
        if (slice_is_any(word, list))
            return true;
    }
    return false;
}

/* A capital, or a letter of a script without them. */
static UBool begins_name(UChar32 c)
{
    return u_isalpha(c) && !u_islower(c);
}

static UBool is_no_name(UChar32 c)
{
    return !u_isalpha(c) && !(U_GET_GC_MASK(c) & U_GC_M_MASK) && c != '.' && c != '-' &&
           c != '\'' && c != 0x2019 && c != 0x2010 && c != 0x200B && c != 0x200C && c != 0x200D;
}

bool name_is_person(struct slice s)
{
    size_t words = 0, names = 0;
    struct slice word, rest = s;
    if (!s.len || s.len > PERSON_BYTES)
        return false;
    while (slice_word(&rest, &word)) {
        bool capital = slice_starts(word, begins_name);
        bool particle = slice_is_any(word, particles) || slice_begins(word, "al-") ||
                        slice_begins(word, "d'") || slice_begins(word, "d\xE2\x80\x99");
        if (++words > PERSON_WORDS || slice_has(word, is_no_name) || slice_is_any(word, no_person))
            return false;
        if (!capital && !particle)
            return false;
        names += capital || word.len > 4; /* "d'Aubrac" */
        /* "Dr." and "J." end so, a sentence too */
        if (!rest.len && word.text[word.len - 1] == '.' && !slice_is(word, "jr.") &&
            !slice_is(word, "sr."))
            return false;
    }
    return names >= 2;
}

bool name_is_paper(struct slice s)
{
    static const char *const small[] = {"of", "the", "and", "for", "in", "de", "d'asie", NULL};
    struct slice word, rest = s;
    size_t words = 0;
    while (slice_word(&rest, &word))
        if (++words > PAPER_WORDS ||
            (!slice_starts(word, begins_name) && !(words > 1 && slice_is_any(word, small))))
            return false;
    return words >= 2 && !slice_ends_sentence(s) &&
           (has_word(s, paper_words) || slice_ends(s, "blatt") || slice_ends(s, "zeitung"));
}

bool name_is_role(struct slice s)
{
    return slice_words(s, ROLE_WORDS + 1) <= ROLE_WORDS && !slice_ends_sentence(s) &&
           has_word(s, role_words);
}

/* ---- natural capitals ---- */

static void add_char(struct pm_buf *out, UChar32 c)
{
    char bytes[U8_MAX_LENGTH];
    size_t len = 0;
    U8_APPEND_UNSAFE(bytes, len, c);
    pm_buf_add(out, bytes, len);
}

static void add_natural_word(struct pm_buf *out, struct slice word, bool first)
{
    bool small = !first && slice_is_any(word, particles);
    bool capital = !small, mc = slice_begins(word, "mc") && word.len > 3;
    size_t letters = 0; /* since the word, or its last hyphen, began */
    for (size_t i = 0; i < word.len;) {
        UChar32 c;
        U8_NEXT(word.text, i, word.len, c);
        bool upper = capital || (mc && i == 3);
        add_char(out, upper ? u_toupper(c) : u_tolower(c));
        letters++;
        bool apostrophe = (c == '\'' || c == 0x2019) && letters == 2; /* "O'Neil", "D'Souza" */
        capital = !small && (c == '-' || c == '.' || apostrophe);
        if (c == '-' || c == '.')
            letters = 0;
    }
}

/* "ANN McKAY" too: the c is small in capitals as well. */
static bool is_in_capitals(struct slice name)
{
    UChar32 c, before = 0;
    for (size_t i = 0; i < name.len; before = c) {
        U8_NEXT(name.text, i, name.len, c);
        if (u_islower(c) && !(c == 'c' && before == 'M'))
            return false;
    }
    return true;
}

void name_add(struct pm_buf *out, struct slice name)
{
    bool capitals = is_in_capitals(name), first = true;
    struct slice word;
    while (slice_word(&name, &word)) {
        if (!first)
            pm_buf_addc(out, ' ');
        if (capitals)
            add_natural_word(out, word, first);
        else
            pm_buf_add(out, word.text, word.len);
        first = false;
    }
}
