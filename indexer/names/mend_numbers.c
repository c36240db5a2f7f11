/*
 * Cuts off the numbers and units before a name, and tells a country from its money.
 */
#include <ctype.h>
#include <string.h>

#include "countries.h"
#include "kinds.h"
#include "mend_rules.h"
#include "text_words.h"

/*
 * What a word that begins with a digit is: a number ("0.7058"), one with a unit ("145mb") or
 * another word ("12-nation", "1960s"), all of which are no part of a name; or 0: "1986", which may
 * be, "25th", "3M".
 */
enum number { NO_NUMBER, NUMBER, MEASURE };

static enum number number_at(struct mending *mending, const struct entity_part *part,
                             struct span word)
{
    const char *text = part->text + word.start;
    size_t len = word.end - word.start, digits = 0, marks = 0;
    if (!isdigit((unsigned char)*text))
        return NO_NUMBER;
    for (; digits < len && (isdigit((unsigned char)text[digits]) || strchr(".,/%", text[digits]));
         digits++)
        marks += !isdigit((unsigned char)text[digits]);
    if (digits == len)
        return marks ? NUMBER : NO_NUMBER;
    const char *rest = text + digits + (text[digits] == '-');
    size_t rest_len = len - (size_t)(rest - text);
    if (rest_len == 1 && *rest == 's')
        return MEASURE;
    if (rest > text + digits && (!rest_len || !isupper((unsigned char)*rest)))
        return MEASURE;
    size_t unit = 0;
    while (unit < rest_len && isalpha((unsigned char)rest[unit]))
        unit++;
    const char *key =
        mending_key(mending, part, (size_t)(rest - part->text), (size_t)(rest - part->text) + unit);
    return key && unit > 1 && kind_of(key, strlen(key)) == KIND_UNIT ? MEASURE : NO_NUMBER;
}

bool mending_cut_numbers(struct mending *mending, struct entity *entity)
{
    const struct entity_part *part = mending_part(mending, entity);
    size_t start = entity->start;
    bool number = false;
    struct span word;
    while (start < entity->end && span_piece(part, start, entity->end, &word)) {
        bool unit = number && mending_kind(mending, part, word) == KIND_UNIT;
        if (!unit && !number_at(mending, part, word))
            break;
        number = true;
        start = word.end;
    }
    if (number) {
        /* A single letter is a unit too. */
        if (!span_piece(part, start, entity->end, &word) || word.start + 1 >= entity->end)
            return false;
        entity->start = word.start;
    } else if (start < entity->end && isdigit((unsigned char)part->text[start])) {
        /* "1998 United States" */
        if (span_piece(part, start, entity->end, &word) && word.end < entity->end) {
            const char *key = mending_key(mending, part, word.end, entity->end);
            if (key && country_of(key, strlen(key)) &&
                span_piece(part, word.end, entity->end, &word))
                entity->start = word.start;
        }
    }
    if (!isdigit((unsigned char)part->text[entity->start]))
        return true;
    for (size_t i = entity->start; i < entity->end; i++)
        if (isupper((unsigned char)part->text[i]))
            return true;
    return false;
}

bool mending_is_currency(const struct mending *mending, const struct entity *entity)
{
    const struct entity_part *part = mending_part(mending, entity);
    size_t capitals = 0, at = entity->end;
    for (size_t i = entity->start; i < entity->end; i++) {
        capitals += isupper((unsigned char)part->text[i]) != 0;
        if (!isupper((unsigned char)part->text[i]) && part->text[i] != '.')
            return false;
    }
    at += at + 1 < part->len && part->text[at] == ' ';
    return capitals > 0 && capitals < 4 && at + 1 < part->len && part->text[at] == '$' &&
           (at == entity->end || isdigit((unsigned char)part->text[at + 1]));
}
