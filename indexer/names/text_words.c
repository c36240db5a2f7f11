#include "text_words.h"

#include <ctype.h>
#include <string.h>

/* How many bytes at `at` are a mark of general punctuation (U+2000 to U+203F), or 0. */
static size_t mark_at(const struct entity_part *part, size_t at)
{
    return part->len - at >= 3 && !memcmp(part->text + at, "\xe2\x80", 2) ? 3 : 0;
}

static bool is_of_word(const struct entity_part *part, size_t at)
{
    unsigned char c = (unsigned char)part->text[at];
    return isalnum(c) || c == '-' || c >= 0x80;
}

static bool is_blank(const struct entity_part *part, size_t at)
{
    return isspace((unsigned char)part->text[at]) != 0;
}

bool span_before(const struct entity_part *part, size_t at, struct span *word)
{
    size_t end = at, lines = 0;
    for (; end > 0 && is_blank(part, end - 1); end--)
        lines += part->text[end - 1] == '\n';
    size_t start = end;
    while (start > 0 && is_of_word(part, start - 1) && !(start >= 3 && mark_at(part, start - 3)))
        start--;
    *word = (struct span){start, end};
    return end < at && lines < 2 && start < end;
}

struct span span_at(const struct entity_part *part, size_t at)
{
    size_t end = at;
    while (end < part->len && is_of_word(part, end) && !mark_at(part, end))
        end++;
    return (struct span){at, end};
}

bool span_behind(const struct entity_part *part, size_t at, struct span *word)
{
    size_t start = at, lines = 0;
    for (; start < part->len && is_blank(part, start); start++)
        lines += part->text[start] == '\n';
    *word = span_at(part, start);
    return start > at && lines < 2 && start < word->end;
}

/* How many bytes at `at` are an apostrophe, or 0. */
static size_t apostrophe_at(const struct entity_part *part, size_t at)
{
    if (at >= part->len)
        return 0;
    return part->text[at] == '\'' ? 1 : mark_at(part, at) && part->text[at + 2] == '\x99' ? 3 : 0;
}

static size_t apostrophe_before(const struct entity_part *part, size_t at)
{
    if (at >= 3 && apostrophe_at(part, at - 3) == 3)
        return 3;
    return at && part->text[at - 1] == '\'' ? 1 : 0;
}

bool span_owner_before(const struct entity_part *part, size_t at, struct span *word)
{
    size_t end = at, lines = 0;
    for (; end > 0 && is_blank(part, end - 1); end--)
        lines += part->text[end - 1] == '\n';
    size_t s = end > 1 && end < at && tolower((unsigned char)part->text[end - 1]) == 's';
    size_t mark = end < at ? apostrophe_before(part, end - s) : 0;
    if (!mark)
        return span_before(part, at, word);
    size_t start = end - s - mark;
    while (start > 0 && is_of_word(part, start - 1) && !(start >= 3 && mark_at(part, start - 3)))
        start--;
    *word = (struct span){start, end};
    return lines < 2 && start < end - s - mark;
}

bool span_behind_owner(const struct entity_part *part, size_t at, struct span *word)
{
    size_t mark = apostrophe_at(part, at);
    if (mark)
        at +=
            mark + (at + mark < part->len && tolower((unsigned char)part->text[at + mark]) == 's');
    return span_behind(part, at, word);
}

bool span_piece(const struct entity_part *part, size_t start, size_t end, struct span *piece)
{
    while (start < end && is_blank(part, start))
        start++;
    piece->start = start;
    while (start < end && !is_blank(part, start))
        start++;
    piece->end = start;
    return piece->start < piece->end;
}

bool span_is_word(const struct entity_part *part, size_t start, size_t end)
{
    bool before =
        start > 0 && is_of_word(part, start - 1) && !(start >= 3 && mark_at(part, start - 3));
    bool behind = end < part->len && is_of_word(part, end) && !mark_at(part, end);
    return !before && !behind;
}

bool span_is_capital(const struct entity_part *part, struct span word)
{
    return isupper((unsigned char)part->text[word.start]) != 0;
}

bool span_is(const struct entity_part *part, struct span word, const char *text)
{
    return word.end - word.start == strlen(text) &&
           !memcmp(part->text + word.start, text, word.end - word.start);
}
