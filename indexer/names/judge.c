/*
 * Which forms of an article are no names, and which no bodies.
 */
#include <ctype.h>
#include <string.h>

#include "countries.h"
#include "forms.h"
#include "kinds.h"
#include "text_words.h"

/* ---- things ---- */

/* Where the long form of a bracketed acronym begins, as abbreviates() of links.c; or SIZE_MAX. */
static size_t long_form(const char *acronym, size_t len, const char *text, size_t at)
{
    while (len-- > 0) {
        int c = tolower((unsigned char)acronym[len]);
        if (!isalnum(c))
            continue;
        bool first = !len;
        do {
            if (!at--)
                return SIZE_MAX;
        } while (tolower((unsigned char)text[at]) != c ||
                 (first && at > 0 && isalnum((unsigned char)text[at - 1])));
    }
    return at;
}

/* Where the words begin that an acronym of that many letters can be short for. */
static size_t window(const char *text, size_t at, size_t letters)
{
    size_t words = letters + 5 < 2 * letters ? letters + 5 : 2 * letters;
    for (; at > 0 && text[at - 1] != '\n'; at--)
        if (text[at - 1] == ' ' && at > 1 && text[at - 2] != ' ' && !words--)
            break;
    return at;
}

/* "Ministry of War", "Institute for Public Policy", "International Sugar Agreement" */
static bool has_body(const char *key)
{
    if (strstr(key, " for ") || !strncmp(key, "international ", 14))
        return true;
    for (size_t len; *key; key += len + (key[len] == ' ')) {
        len = strcspn(key, " ");
        if (kind_of(key, len) == KIND_BODY || kind_of(key, len) == KIND_OWN)
            return true;
    }
    return false;
}

/* True if what stands before the bracket around an acronym, to before `end`, is no body's name. */
static int is_no_body(struct forms *forms, const struct entity_part *part, const char *acronym,
                      size_t len, size_t end, struct pm_error *err)
{
    size_t start = window(part->text, end, len);
    size_t from = long_form(acronym, len, part->text + start, end - start);
    if (from == SIZE_MAX)
        return 0;
    const char *text = part->text + start + from;
    size_t text_len = end - start - from;
    if (forms_key(forms, text, text_len, err))
        return -1;
    if (!strchr(pm_buf_str(&forms->key), ' '))
        return 0;
    enum word_kind last = kind_last(forms->key.data);
    if (last == KIND_THING)
        return !has_body(forms->key.data);
    for (size_t i = 0; i < text_len; i++)
        if (isupper((unsigned char)text[i]))
            return 0;
    return last != KIND_BODY && last != KIND_OWN && last != KIND_COMPANY;
}

/* An acronym in brackets, by what stands before them. */
static int judge_acronym(struct forms *forms, struct form *form, struct pm_error *err)
{
    size_t len;
    const char *text = forms_text(forms, &forms->mention[form->first], &len);
    if (form->words != 1 || !forms_is_acronym(text, len))
        return 0;
    for (size_t i = 0; i < NAME_PARTS; i++) {
        const struct entity_part *part = &forms->part[i];
        const char *at = part->text, *end = at + part->len;
        while ((at = memmem(at, (size_t)(end - at), text, len))) {
            size_t place = (size_t)(at - part->text);
            at += len;
            if (place < 2 || part->text[place - 1] != '(' || at == end || *at != ')')
                continue;
            int no_body = is_no_body(forms, part, text, len, place - 1, err);
            if (no_body > 0)
                form->type = ENTITY_OTHER;
            return no_body < 0 ? -1 : 0;
        }
    }
    return 0;
}

#define ACRONYMS_MAX 64 /* each takes as long as the text */

int forms_judge(struct forms *forms, struct pm_error *err)
{
    size_t acronyms = 0;
    for (size_t i = 0; i < forms->len; i++) {
        struct form *form = &forms->form[i];
        if (form->type != ENTITY_ORGANISATION)
            continue;
        form->thing = kind_last(form->key) == KIND_THING && !has_body(form->key);
        if (form->thing)
            form->type = ENTITY_OTHER;
        else if (form->words == 1 && acronyms++ < ACRONYMS_MAX && judge_acronym(forms, form, err))
            return -1;
    }
    return 0;
}

/* ---- what is no name ---- */

/* "shr", "mths shr": words of three letters and more that cannot be spoken. */
static bool is_abbreviation(const char *key)
{
    for (size_t len; *key; key += len + (key[len] == ' ')) {
        len = strcspn(key, " ");
        if (len < 3)
            return false;
        for (size_t i = 0; i < len; i++)
            if (!isalpha((unsigned char)key[i]) || strchr("aeiouy", key[i]))
                return false;
    }
    return true;
}

#define LOOKS_MAX 64 /* each takes as long as the text */

/* True if the article has that word in small letters, too: "Barley fell", and "barley". */
static bool is_word_too(const struct forms *forms, const char *word)
{
    size_t len = strlen(word);
    for (size_t i = 0; i < NAME_PARTS; i++) {
        const struct entity_part *part = &forms->part[i];
        const char *at = part->text, *end = at + part->len;
        for (; (at = memmem(at, (size_t)(end - at), word, len)); at += len) {
            size_t start = (size_t)(at - part->text);
            if (span_is_word(part, start, start + len))
                return true;
        }
    }
    return false;
}

/* True if a longer key begins or ends in a word. */
static bool has_at_end(const char *key, const char *word, size_t len)
{
    size_t key_len = strlen(key);
    return key_len > len + 1 &&
           ((!memcmp(key, word, len) && key[len] == ' ') ||
            (!strcmp(key + key_len - len, word) && key[key_len - len - 1] == ' '));
}

/* The only longer name that a kind of body can stand for; of an army, a country's; else itself. */
static size_t longer(const struct forms *forms, size_t at, bool own)
{
    const struct form *form = &forms->form[at];
    size_t of = at, len = strlen(form->key);
    for (size_t i = 0; i < forms->len; i++) {
        const struct form *other = &forms->form[i];
        if ((other->type != ENTITY_ORGANISATION && other->type != ENTITY_PLACE) ||
            !has_at_end(other->key, form->key, len) ||
            (other->type == ENTITY_PLACE && country_of(other->key, strlen(other->key))) ||
            (own && !country_of(other->key, strlen(other->key) - len - 1)))
            continue;
        size_t root = forms_root(forms, i);
        if (of != at && of != root)
            return at;
        of = root;
    }
    return of;
}

/* True if the form is all that its article calls somebody. */
static bool is_alone(const struct forms *forms, size_t at)
{
    for (size_t i = 0; i < forms->len; i++)
        if (i != at && forms->form[i].of == at)
            return false;
    return true;
}

void forms_drop(struct forms *forms)
{
    size_t looks = 0;
    for (size_t i = 0; i < forms->len; i++) {
        struct form *form = &forms->form[i];
        if (form->of != i || form->type == ENTITY_OTHER)
            continue;
        enum word_kind kind = form->words == 1 ? kind_last(form->key) : KIND_NONE;
        size_t of = i;
        if ((kind == KIND_BODY || kind == KIND_OWN) && forms->len <= LINKED_MAX)
            of = longer(forms, i, kind == KIND_OWN);
        if (of != i)
            forms_link_to(forms, i, of);
        else
            form->dropped = kind == KIND_BODY || kind == KIND_COMMON || kind == KIND_LEGAL ||
                            (form->type == ENTITY_PERSON &&
                             (is_abbreviation(form->key) ||
                              (form->words == 1 && looks++ < LOOKS_MAX &&
                               is_word_too(forms, form->key) && is_alone(forms, i))));
    }
}
