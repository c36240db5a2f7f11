#include "matches.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define WEIGHT_UNIT 65536 /* of a whole-number weight */
#define WEIGHT_MAX  10000 /* far above any idf, and keeps sums far below 2^63 */
#define SKETCHES    1024  /* many more than a query has terms */

/* An occurrence of a phrase of whose words the first `done` were met. */
struct partial {
    size_t start, done;
    int64_t weight;
};

struct phrase {
    uint32_t concept;
    size_t words;
    size_t *offset;          /* of each word, from the first */
    struct partial *partial; /* those that may still become whole, by start modulo `span` */
    size_t span;
};

/* The place of a wanted term in its phrase. */
struct place {
    uint32_t phrase, offset;
    size_t term;
};

struct reading {
    const struct pm_wanted *wanted;
    bool sketched[SKETCHES]; /* those of wanted terms */
    struct pm_matches *found;
    size_t concepts, phrases;
    size_t *latest;    /* match, per concept, or PM_NO_MATCH */
    size_t span;       /* of the wanted: those before are passed */
    size_t span_first; /* the first word in it, or PM_NO_MATCH: none yet */
    bool span_told;    /* one of those so far is wanted itself */
    struct phrase *phrase;
    size_t *step;            /* per wanted term: which word of its phrase it is, from 0 */
    size_t *offset;          /* of all phrases */
    struct partial *partial; /* of all phrases */
};

/* ---- phrases ---- */

static int compare_places(const void *left, const void *right)
{
    const struct place *a = left, *b = right;
    if (a->phrase != b->phrase)
        return a->phrase < b->phrase ? -1 : 1;
    if (a->offset != b->offset)
        return a->offset < b->offset ? -1 : 1;
    return (a->term > b->term) - (a->term < b->term);
}

/* Sets steps, and words, offsets and spans of the phrases, from places in order. */
static void number_words(struct reading *reading, const struct place *place, size_t places)
{
    size_t first = 0;
    for (size_t i = 0; i < places; i++) {
        struct phrase *phrase = &reading->phrase[place[i].phrase];
        if (!phrase->words) {
            phrase->concept = reading->wanted->term[place[i].term].concept;
            phrase->offset = &reading->offset[i];
            first = place[i].offset;
        }
        size_t offset = place[i].offset - first;
        if (offset >= phrase->span)
            phrase->offset[phrase->words++] = offset;
        phrase->span = offset + 1;
        reading->step[place[i].term] = phrase->words - 1;
    }
}

static int give_partials(struct reading *reading, struct pm_error *err)
{
    size_t all = 0;
    for (size_t i = 0; i < reading->phrases; i++)
        all += reading->phrase[i].span;
    struct partial *partial = reading->partial = calloc(all, sizeof *partial);
    if (!partial)
        return pm_fail_nomem(err);
    for (size_t i = 0; i < reading->phrases; i++) {
        reading->phrase[i].partial = partial;
        partial += reading->phrase[i].span;
    }
    return 0;
}

static int prepare_phrases(struct reading *reading, struct pm_error *err)
{
    const struct pm_wanted *wanted = reading->wanted;
    struct place *place = calloc(wanted->len, sizeof *place);
    size_t places = 0;
    reading->phrase = calloc(reading->phrases, sizeof *reading->phrase);
    reading->step = calloc(wanted->len, sizeof *reading->step);
    reading->offset = calloc(wanted->len, sizeof *reading->offset);
    if (!place || !reading->phrase || !reading->step || !reading->offset) {
        free(place);
        return pm_fail_nomem(err);
    }
    for (size_t i = 0; i < wanted->len; i++)
        if (wanted->term[i].phrase != PM_NO_PHRASE)
            place[places++] = (struct place){wanted->term[i].phrase, wanted->term[i].offset, i};
    qsort(place, places, sizeof *place, compare_places);
    number_words(reading, place, places);
    free(place);
    return give_partials(reading, err);
}

/* ---- matches ---- */

/* The array with room for twice as many elements of `size` bytes, or NULL. */
static void *grow(void *array, size_t *cap, size_t size, struct pm_error *err)
{
    size_t more = *cap ? *cap * 2 : 256;
    void *grown = reallocarray(array, more, size);
    if (grown)
        *cap = more;
    else
        pm_fail_nomem(err);
    return grown;
}

/* The word that was added last. */
static size_t here(const struct reading *reading)
{
    return reading->found->words - 1;
}

static int add_word(struct reading *reading, size_t start, size_t end, struct pm_error *err)
{
    struct pm_matches *found = reading->found;
    if (found->words == found->word_cap) {
        struct pm_text_word *grown = grow(found->word, &found->word_cap, sizeof *grown, err);
        if (!grown)
            return -1;
        found->word = grown;
    }
    found->word[found->words++] =
        (struct pm_text_word){.start = start, .len = (uint32_t)(end - start)};
    return 0;
}

/* Adds a match that ends here, or raises the weight of the one of that concept that does. */
static int add_match(struct reading *reading, size_t first, uint32_t concept, int64_t weight,
                     struct pm_error *err)
{
    struct pm_matches *found = reading->found;
    size_t *latest = &reading->latest[concept];
    if (*latest != PM_NO_MATCH && found->match[*latest].last == here(reading)) {
        if (weight > found->match[*latest].weight)
            found->match[*latest].weight = weight;
        return 0;
    }
    if (found->matches == found->match_cap) {
        struct pm_match *grown = grow(found->match, &found->match_cap, sizeof *grown, err);
        if (!grown)
            return -1;
        found->match = grown;
    }
    *latest = found->matches++;
    found->match[*latest] = (struct pm_match){
        .first = first, .last = here(reading), .concept = concept, .weight = weight};
    return 0;
}

/* Here may be the word of the phrase that is its `step`th, from 0; the last makes a match. */
static int add_step(struct reading *reading, struct phrase *phrase, size_t step, int64_t weight,
                    struct pm_error *err)
{
    if (here(reading) < phrase->offset[step])
        return 0;
    size_t start = here(reading) - phrase->offset[step];
    struct partial *partial = &phrase->partial[start % phrase->span];
    if (!step)
        *partial = (struct partial){.start = start};
    else if (partial->start != start || partial->done != step)
        return 0;
    partial->done = step + 1;
    partial->weight += weight;
    if (partial->done < phrase->words)
        return 0;
    for (size_t i = 0; i < phrase->words; i++)
        reading->found->word[start + phrase->offset[i]].marked = true;
    return add_match(reading, start, phrase->concept, partial->weight, err);
}

/* A number that texts seldom share by chance: it spares most words the search. */
static size_t sketch(const char *text, size_t len)
{
    size_t first = len ? (unsigned char)text[0] : 0;
    size_t last = len ? (unsigned char)text[len - 1] : 0;
    return (first * 37 + last * 5 + len) % SKETCHES;
}

static int64_t whole_weight(double weight)
{
    if (!(weight > 0))
        return 1;
    int64_t whole = (int64_t)((weight < WEIGHT_MAX ? weight : WEIGHT_MAX) * WEIGHT_UNIT);
    return whole > 1 ? whole : 1;
}

/* Adds all that is wanted of the word here under one of its terms. */
static int add_form(struct reading *reading, const struct pm_form *form, struct pm_error *err)
{
    if (!reading->sketched[sketch(form->text, form->len)])
        return 0;
    const struct pm_wanted *wanted = reading->wanted;
    const struct pm_wanted_term *end = wanted->term + wanted->len;
    const struct pm_wanted_term *term = pm_wanted_find(wanted, form->text, form->len);
    for (; term && term < end; term++) {
        if (term->len != form->len || memcmp(term->text, form->text, form->len))
            return 0;
        int64_t weight = whole_weight(term->weight);
        size_t i = (size_t)(term - wanted->term);
        if (term->phrase != PM_NO_PHRASE) {
            if (add_step(reading, &reading->phrase[term->phrase], reading->step[i], weight, err))
                return -1;
            continue;
        }
        reading->found->word[here(reading)].marked = true;
        if (add_match(reading, here(reading), term->concept, weight, err))
            return -1;
    }
    return 0;
}

/*
 * Marks the word here if it is of a mention.  The last makes a match of the whole, unless words of
 * it are wanted themselves: these tell as much.
 */
static int add_mention(struct reading *reading, struct pm_error *err)
{
    const struct pm_wanted *wanted = reading->wanted;
    struct pm_text_word *word = &reading->found->word[here(reading)];
    while (reading->span < wanted->spans && wanted->span[reading->span].end <= word->start) {
        reading->span++;
        reading->span_first = PM_NO_MATCH;
    }
    const struct pm_wanted_span *span = &wanted->span[reading->span];
    if (reading->span == wanted->spans || word->start + word->len <= span->start)
        return 0;
    if (reading->span_first == PM_NO_MATCH) {
        reading->span_first = here(reading);
        reading->span_told = false;
    }
    reading->span_told |= word->marked;
    word->marked = true;
    if (word->start + word->len < span->end || reading->span_told)
        return 0;
    return add_match(reading, reading->span_first, span->concept, whole_weight(span->weight), err);
}

/* ---- order ---- */

/* By first word; the rest so that equal queries get equal passages. */
static int compare_matches(const void *left, const void *right)
{
    const struct pm_match *a = left, *b = right;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    if (a->last != b->last)
        return a->last < b->last ? -1 : 1;
    return (a->concept > b->concept) - (a->concept < b->concept);
}

static void forget_latest(struct reading *reading)
{
    for (size_t i = 0; i < reading->concepts; i++)
        reading->latest[i] = PM_NO_MATCH;
}

static void order_matches(struct reading *reading)
{
    struct pm_match *match = reading->found->match;
    if ((reading->phrases || reading->wanted->spans) && reading->found->matches)
        qsort(match, reading->found->matches, sizeof *match, compare_matches);
    forget_latest(reading);
    for (size_t i = 0; i < reading->found->matches; i++) {
        size_t *latest = &reading->latest[match[i].concept];
        match[i].previous = *latest;
        match[i].next = PM_NO_MATCH;
        if (*latest != PM_NO_MATCH)
            match[*latest].next = i;
        *latest = i;
    }
}

/* ---- the walk ---- */

static int reading_init(struct reading *reading, struct pm_error *err)
{
    const struct pm_wanted *wanted = reading->wanted;
    for (size_t i = 0; i < wanted->len; i++) {
        const struct pm_wanted_term *term = &wanted->term[i];
        size_t concepts = (size_t)term->concept + 1;
        if (concepts > reading->concepts)
            reading->concepts = concepts;
        if (term->phrase != PM_NO_PHRASE && term->phrase >= reading->phrases)
            reading->phrases = (size_t)term->phrase + 1;
        reading->sketched[sketch(term->text, term->len)] = true;
    }
    for (size_t i = 0; i < wanted->spans; i++)
        if (wanted->span[i].concept >= reading->concepts)
    reading->concepts = (size_t)wanted->span[i].concept + 1;
    reading->span_first = PM_NO_MATCH;
    reading->latest = calloc(reading->concepts + 1, sizeof *reading->latest);
    if (!reading->latest)
        return pm_fail_nomem(err);
    forget_latest(reading);
    return reading->phrases ? prepare_phrases(reading, err) : 0;
}

static void reading_release(struct reading *reading)
{
    free(reading->latest);
    free(reading->phrase);
    free(reading->step);
    free(reading->offset);
    free(reading->partial);
}

/* Adds the word that was found, with what is wanted of it, unless nothing of it remains. */
static int add_read(struct reading *reading, struct pm_tokens *tokens,
                    const struct pm_found_word *found, struct pm_error *err)
{
    struct pm_token token;
    int rc = pm_tokens_read(tokens, found, &token, err);
    if (rc <= 0)
        return rc;
    assert(token.position == reading->found->words);
    rc = add_word(reading, token.start, token.end, err);
    for (size_t i = 0; !rc && i < token.terms; i++)
        rc = add_form(reading, &token.term[i], err);
    return !rc && reading->wanted->spans ? add_mention(reading, err) : rc;
}

/* The same for one that begins as nothing that is wanted. */
static int add_passed(struct reading *reading, struct pm_tokens *tokens,
                      const struct pm_found_word *found, struct pm_error *err)
{
    pm_tokens_pass(tokens, found);
    int rc = add_word(reading, found->start, found->end, err);
    return !rc && reading->wanted->spans ? add_mention(reading, err) : rc;
}

int pm_matches_read(const struct pm_wanted *wanted, struct pm_analyzer *analyzer, const char *text,
                    size_t len, struct pm_matches *matches, struct pm_error *err)
{
    struct reading reading = {.wanted = wanted, .found = matches};
    struct pm_tokens tokens;
    struct pm_found_word found;
    bool tells = pm_language_keeps_starts(pm_analyzer_language(analyzer));
    *matches = (struct pm_matches){0};
    int rc = reading_init(&reading, err);
    if (rc)
        goto out;
    pm_tokens_start(&tokens, analyzer, text, len);
    while ((rc = pm_tokens_find(&tokens, &found, err)) == 1) {
        bool passed = tells && found.shape != PM_WORD_ANY &&
                      !pm_starts_have(&wanted->starts, text + found.start, found.end - found.start);
        rc = passed ? add_passed(&reading, &tokens, &found, err)
                    : add_read(&reading, &tokens, &found, err);
        if (rc)
            goto out;
    }
    if (!rc)
        order_matches(&reading);
out:
    reading_release(&reading);
    return rc;
}

void pm_matches_release(struct pm_matches *matches)
{
    free(matches->word);
    free(matches->match);
    *matches = (struct pm_matches){0};
}
