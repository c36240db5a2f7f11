/*
 * Which forms of an article stand for which others.
 *
 * Acronyms: a name in brackets behind another one is short for it, or the other way round, if its
 * letters stand in the other in order and the first begins it (Schwartz and Hearst, A simple
 * algorithm for identifying abbreviation definitions, 2003); elsewhere in the article, if they are
 * just the first letters of one organisation's words.
 *
 * People: a part of a name is the person whose name ends in it, else begins with it, as long as
 * there is one only; if there is none, the only firm whose name begins or ends so ("Merrill Lynch"
 * of "Merrill Lynch and Co").
 *
 * Spellings that differ by spaces only ("Hongkong Bank"), and a name that two countries share, by
 * the one of them that the article names.
 */
#include "forms.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "countries.h"
#include "kinds.h"

const char *forms_text(const struct forms *forms, const struct form_mention *mention, size_t *len)
{
    *len = mention->at.end - mention->at.start;
    return forms->part[mention->at.part].text + mention->at.start;
}

size_t forms_root(const struct forms *forms, size_t form)
{
    while (forms->form[form].of != form)
        form = forms->form[form].of;
    return form;
}

void forms_link_to(struct forms *forms, size_t form, size_t of)
{
    form = forms_root(forms, form);
    of = forms_root(forms, of);
    if (form == of)
        return;
    forms->form[form].of = of;
    /* An acronym of several words is a body's far more often than a place's. */
    if (forms->form[of].type != ENTITY_PERSON && forms->form[form].type == ENTITY_ORGANISATION &&
        !forms->form[of].thing)
        forms->form[of].type = ENTITY_ORGANISATION;
}

/* ---- acronyms ---- */

bool forms_is_acronym(const char *text, size_t len)
{
    size_t capitals = 0, letters = 0;
    for (size_t i = 0; i < len; i++) {
        if (isspace((unsigned char)text[i]))
            return false;
        capitals += isupper((unsigned char)text[i]) != 0;
        letters += isalpha((unsigned char)text[i]) != 0;
    }
    return len <= 12 && capitals >= 2 && capitals * 2 > letters;
}

/* True if the letters of `shorter` stand in `longer` in order, the first at its beginning. */
static bool abbreviates(const char *shorter, size_t len, const char *longer, size_t longer_len)
{
    size_t at = longer_len;
    while (len-- > 0) {
        int c = tolower((unsigned char)shorter[len]);
        if (!isalnum(c))
            continue;
        bool first = true; /* of the letters of the acronym */
        for (size_t i = 0; i < len; i++)
            first &= !isalnum((unsigned char)shorter[i]);
        do {
            if (!at--)
                return false;
        } while (tolower((unsigned char)longer[at]) != c || (first && at > 0));
    }
    return true;
}

/* True if nothing but an opening bracket stands between two mentions, and one closes behind. */
static bool is_bracketed(const struct forms *forms, const struct form_mention *before,
                         const struct form_mention *behind)
{
    const struct entity_part *part = &forms->part[behind->at.part];
    if (before->at.part != behind->at.part || behind->at.start < before->at.end)
        return false;
    const char *between = part->text + before->at.end;
    size_t len = behind->at.start - before->at.end, at = 0;
    while (at < len && between[at] == ' ')
        at++;
    return at + 1 == len && between[at] == '(' && behind->at.end < part->len &&
           part->text[behind->at.end] == ')';
}

/* A mention in brackets behind another. */
static void link_bracketed(struct forms *forms, const struct form_mention *before,
                           const struct form_mention *behind)
{
    size_t len, behind_len;
    const char *text = forms_text(forms, before, &len);
    const char *bracketed = forms_text(forms, behind, &behind_len);
    if (forms_is_acronym(bracketed, behind_len) && abbreviates(bracketed, behind_len, text, len))
        forms_link_to(forms, behind->form, before->form);
    else if (forms_is_acronym(text, len) && abbreviates(text, len, bracketed, behind_len))
        forms_link_to(forms, before->form, behind->form);
}

/* True if the key of one word is the first letters of the other's words, small ones aside. */
static bool is_initials(const char *key, const struct form *longer)
{
    static const char *const small[] = {"of", "the", "and", "for", "in", "on", "de", "des", "du"};
    for (size_t i = 0; i < longer->words; i++) {
        const char *word = longer->key + longer->word[i];
        size_t len = strcspn(word, " ");
        /* "PLA" is the Chinese one, too. */
        bool skip = !i && *word != *key && country_of(word, len);
        for (size_t j = 0; j < sizeof small / sizeof *small; j++)
            skip |= strlen(small[j]) == len && !memcmp(small[j], word, len);
        if (skip)
            continue;
        if (*key++ != *word)
            return false;
    }
    return !*key;
}

/* An acronym that no bracket explains, by the only organisation that it can be short for. */
static void link_initials(struct forms *forms, size_t at)
{
    const struct form *form = &forms->form[at];
    size_t len, of = at, key_len = strlen(form->key);
    const char *text = forms_text(forms, &forms->mention[form->first], &len);
    if (form->of != at || form->words != 1 || key_len < 2 || !forms_is_acronym(text, len))
        return;
    for (size_t i = 0; i < forms->len; i++) {
        const struct form *other = &forms->form[i];
        if (other->type != ENTITY_ORGANISATION || other->words < 2 || i == at ||
            !is_initials(form->key, other))
            continue;
        if (of != at)
            return;
        of = i;
    }
    if (of != at)
        forms_link_to(forms, at, of);
}

/* ---- people ---- */

static const char *last_word(const struct form *form)
{
    return form->key + form->word[form->words - 1];
}

/* True if the words of `part` are the last (or first) of the longer name. */
static bool is_part(const struct form *part, const struct form *whole, bool last)
{
    size_t len = strlen(part->key), whole_len = strlen(whole->key);
    if (part->words >= whole->words || len >= whole_len)
        return false;
    return last ? whole->key[whole_len - len - 1] == ' ' &&
                      !strcmp(whole->key + whole_len - len, part->key)
                : whole->key[len] == ' ' && !strncmp(whole->key, part->key, len);
}

/* "george bush" of "george w bush", "j smith" of "john smith". */
static bool is_shortened(const struct form *part, const struct form *whole)
{
    if (part->words != 2 || whole->words < 2 || strcmp(last_word(part), last_word(whole)) != 0)
        return false;
    size_t len = part->word[1] - 1;
    if (len == 1)
        return part->key[0] == whole->key[0] && whole->word[1] > 2;
    return whole->words == 3 && whole->word[1] == part->word[1] &&
           !memcmp(part->key, whole->key, len) && whole->word[2] - whole->word[1] == 2;
}

enum { SHORTENED, LAST, FIRST, WAYS };

static bool stands_for(const struct form *part, const struct form *whole, int way)
{
    return way == SHORTENED ? is_shortened(part, whole) : is_part(part, whole, way == LAST);
}

/*
 * A part of a person's name by the only person that it can be.  Of forms that are one person
 * already ("w bush", "george w bush") none is another.
 */
static void link_person(struct forms *forms, size_t at)
{
    const struct form *form = &forms->form[at];
    for (int way = 0; form->of == at && form->words && way < WAYS; way++) {
        size_t of = at;
        bool several = false;
        for (size_t i = 0; i < forms->len; i++) {
            const struct form *other = &forms->form[i];
            if (i == at || other->type != ENTITY_PERSON || !stands_for(form, other, way))
                continue;
            size_t whole = forms_root(forms, i);
            several |= of != at && whole != of;
            of = whole;
        }
        if (several)
            return;
        if (of != at)
            forms_link_to(forms, at, of);
    }
}

/*
 * How much of a firm's name is before "inc", "capital markets" and the like; all of it, if it
 * begins like "banque"; 0 if it has none of these.
 */
static size_t before_company(const char *key)
{
    size_t kept = 0, len = strcspn(key, " ");
    bool company = false, headed = kind_of(key, len) == KIND_HEAD;
    for (size_t at = 0; key[at]; at += len + (key[at + len] == ' ')) {
        len = strcspn(key + at, " ");
        bool and = len == 3 && !memcmp(key + at, "and", 3);
        enum word_kind kind = kind_of(key + at, len);
        bool of = kind == KIND_COMPANY || ((kind == KIND_FIRM || kind == KIND_LEGAL) && at);
        company |= of;
        if (company && !of && !and)
            return 0;
        if (!of && !and)
            kept = at + len;
    }
    return company || headed ? kept : 0;
}

/* "merrill lynch" of "merrill lynch and co", "grace" of "wr grace and co". */
static bool is_firm(const struct form *form, const struct form *firm)
{
    size_t len = strlen(form->key);
    const char *at = firm->words ? strstr(firm->key, form->key) : NULL;
    if (!at)
        return false;
    size_t kept = before_company(firm->key);
    if (kept < len)
        return false;
    return (at == firm->key && (kept == len || at[len] == ' ')) ||
           (kept > len && firm->key[kept - len - 1] == ' ' &&
            !memcmp(firm->key + kept - len, form->key, len));
}

/* A firm that was taken for a person, by the only one whose name begins or ends so. */
static void link_firm(struct forms *forms, size_t at)
{
    const struct form *form = &forms->form[at];
    size_t of = at;
    for (size_t i = 0; form->of == at && form->words && i < forms->len; i++) {
        const struct form *other = &forms->form[i];
        if (other->type == ENTITY_PERSON && i != at &&
            (is_part(form, other, true) || is_part(form, other, false)))
            return;
        if (other->type != ENTITY_ORGANISATION || !is_firm(form, other))
            continue;
        size_t whole = forms_root(forms, i);
        if (of != at && whole != of)
            return;
        of = whole;
    }
    if (of != at)
        forms_link_to(forms, at, of);
}

/* ---- spellings and shared names ---- */

static bool is_same_but_spaces(const char *a, const char *b)
{
    for (;; a++, b++) {
        a += *a == ' ';
        b += *b == ' ';
        if (*a != *b)
            return false;
        if (!*a)
            return true;
    }
}

/* A name by one that differs by spaces only, the one that stands first. */
static void link_spelling(struct forms *forms, size_t at)
{
    const struct form *form = &forms->form[at];
    for (size_t i = 0; form->of == at && i < forms->len; i++) {
        const struct form *other = &forms->form[i];
        if (other->first < form->first && other->type == form->type &&
            is_same_but_spaces(form->key, other->key))
            forms_link_to(forms, at, i);
    }
}

static size_t find_form(const struct forms *forms, const char *key)
{
    size_t i = 0;
    while (i < forms->len && strcmp(forms->form[i].key, key) != 0)
        i++;
    return i;
}

/* "Korea" by the one of the two countries that the article names. */
static void link_shared(struct forms *forms, size_t at)
{
    const struct form *form = &forms->form[at];
    const char *country =
        form->type == ENTITY_PLACE ? country_of(form->key, strlen(form->key)) : NULL;
    const char *const *sharer = country ? country_sharers(country) : NULL;
    if (!sharer)
        return;
    size_t one = find_form(forms, sharer[0]), other = find_form(forms, sharer[1]);
    if ((one < forms->len) != (other < forms->len))
        forms_link_to(forms, at, one < forms->len ? one : other);
}

/* ---- the whole ---- */

static int by_words(const void *a, const void *b, void *arg)
{
    const struct forms *forms = arg;
    const struct form *x = &forms->form[*(const size_t *)a], *y = &forms->form[*(const size_t *)b];
    if (x->words != y->words)
        return x->words > y->words ? -1 : 1;
    return (x->first > y->first) - (x->first < y->first);
}

void forms_link(struct forms *forms)
{
    size_t order[LINKED_MAX], people = 0;
    for (size_t i = 1; i < forms->mentions; i++)
        if (is_bracketed(forms, &forms->mention[i - 1], &forms->mention[i]))
            link_bracketed(forms, &forms->mention[i - 1], &forms->mention[i]);
    if (forms->len > LINKED_MAX)
        return;
    for (size_t i = 0; i < forms->len; i++) {
        link_spelling(forms, i);
        if (forms->form[i].type == ENTITY_PERSON) {
            order[people++] = i;
        } else {
            link_initials(forms, i);
            link_shared(forms, i);
        }
    }
    /* Longer names first, so that what they are is known. */
    qsort_r(order, people, sizeof *order, by_words, forms);
    for (size_t i = 0; i < people; i++)
        link_person(forms, order[i]);
    for (size_t i = 0; i < people; i++)
        link_firm(forms, order[i]);
}
