#include "expand.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>

#include "buf.h"
#include "edit.h"
#include "fold.h"
#include "vocabulary.h"

#define SUGGEST_LETTERS 4   /* in shorter words one letter makes another word */
#define SUGGEST_TWO     7   /* from so many letters on two may be wrong */
#define SUGGEST_LEAST   2   /* articles have the word that was meant, or it may be a slip itself */
#define KNOWN_LETTERS   6   /* a word that the index has is seldom a slip: see weigh_known() */
#define KNOWN_TIMES     100 /* so many times as many articles have the other, then */
#define SECOND_TIMES    3   /* a second slip takes so many times more of both */
#define SECOND_ODDS     100 /* and is so much less likely than one alone */

/* Sets `out` to `text` as words of the vocabulary are: without case and accents. */
static int fold(const char *text, size_t len, struct pm_buf *out, struct pm_error *err)
{
    struct pm_buf cased = PM_BUF_INIT;
    struct pm_fold *folder = pm_fold_new(err);
    int rc = folder ? pm_fold_case(folder, text, len, &cased, err) : -1;
    pm_buf_clear(out);
    if (!rc)
        rc = pm_fold_accents(folder, pm_buf_str(&cased), cased.len, out, err);
    pm_fold_free(folder);
    pm_buf_release(&cased);
    return rc;
}

static size_t count_letters(const char *text, size_t len)
{
    size_t letters = 0;
    for (size_t i = 0; i < len; letters++)
        U8_FWD_1(text, i, len);
    return letters;
}

static char *copy(const struct pm_vocabulary_word *word, struct pm_error *err)
{
    char *text = strndup(word->text, word->len);
    if (!text)
        pm_fail_nomem(err);
    return text;
}

/* ---- all words that fit ---- */

struct gathering {
    struct pm_expansions *found;
    const struct pm_buf *text;
    struct pm_edit *edit; /* NULL for a prefix */
    size_t rarest;        /* of the words found, once there are PM_EXPAND_MAX */
    struct pm_error *err;
};

void pm_expansions_release(struct pm_expansions *expansions)
{
    for (size_t i = 0; i < expansions->len; i++)
        free(expansions->item[i].text);
    free(expansions->item);
    *expansions = (struct pm_expansions){0};
}

/* The rarest; of those as rare the last in byte order. */
static size_t find_rarest(const struct pm_expansions *found)
{
    size_t rarest = 0;
    for (size_t i = 1; i < found->len; i++) {
        const struct pm_expansion *item = &found->item[i], *least = &found->item[rarest];
        if (item->articles < least->articles ||
            (item->articles == least->articles && strcmp(item->text, least->text) > 0))
            rarest = i;
    }
    return rarest;
}

/* Takes a word in, for the rarest of them if there are enough. */
static int gather(struct gathering *gathering, const struct pm_vocabulary_word *word,
                  uint32_t distance)
{
    struct pm_expansions *found = gathering->found;
    struct pm_expansion *item = &found->item[found->len];
    if (found->len == PM_EXPAND_MAX) {
        found->cut = true;
        item = &found->item[gathering->rarest];
        if (word->articles <= item->articles)
            return 0;
    }
    char *text = copy(word, gathering->err);
    if (!text)
        return -1;
    if (found->len == PM_EXPAND_MAX)
        free(item->text);
    else
        found->len++;
    *item = (struct pm_expansion){text, word->articles, distance};
    if (found->len == PM_EXPAND_MAX)
        gathering->rarest = find_rarest(found);
    return 0;
}

static int try_prefix(const struct pm_vocabulary_word *word, void *arg)
{
    struct gathering *gathering = arg;
    const struct pm_buf *prefix = gathering->text;
    size_t len = word->len < prefix->len ? word->len : prefix->len;
    int order = len ? memcmp(word->text, prefix->data, len) : 0;
    if (order > 0)
        return 1; /* so are all that come after */
    if (order < 0 || word->len < prefix->len)
        return 0;
    return gather(gathering, word, 0);
}

static int try_near(const struct pm_vocabulary_word *word, void *arg)
{
    struct gathering *gathering = arg;
    uint32_t distance = pm_edit_distance(gathering->edit, word->text, word->len);
    return distance == PM_EDIT_FAR ? 0 : gather(gathering, word, distance);
}

static int compare(const void *a, const void *b)
{
    const struct pm_expansion *left = a, *right = b;
    if (left->distance != right->distance)
        return left->distance < right->distance ? -1 : 1;
    if (left->articles != right->articles)
        return left->articles > right->articles ? -1 : 1;
    return strcmp(left->text, right->text);
}

/* Gathers what `try` lets in, and sorts it. */
static int walk(const struct pm_db *db, int (*try)(const struct pm_vocabulary_word *, void *),
                struct gathering *gathering)
{
    struct pm_expansions *found = gathering->found;
    *found = (struct pm_expansions){.item = malloc(PM_EXPAND_MAX * sizeof *found->item)};
    if (!found->item)
        return pm_fail_nomem(gathering->err);
    if (pm_vocabulary_each(db, try, gathering, gathering->err) < 0) {
        pm_expansions_release(found);
        return -1;
    }
    qsort(found->item, found->len, sizeof *found->item, compare);
    return 0;
}

int pm_expand_prefix(const struct pm_db *db, const char *text, size_t len,
                     struct pm_expansions *expansions, struct pm_error *err)
{
    struct pm_buf folded = PM_BUF_INIT;
    struct gathering gathering = {.found = expansions, .text = &folded, .err = err};
    *expansions = (struct pm_expansions){0};
    int rc = fold(text, len, &folded, err);
    if (!rc)
        rc = walk(db, try_prefix, &gathering);
    pm_buf_release(&folded);
    return rc;
}

int pm_expand_fuzzy(const struct pm_db *db, const char *text, size_t len, uint32_t distance,
                    struct pm_expansions *expansions, struct pm_error *err)
{
    struct pm_buf folded = PM_BUF_INIT;
    struct pm_edit edit;
    struct gathering gathering = {.found = expansions, .edit = &edit, .err = err};
    *expansions = (struct pm_expansions){0};
    int rc = fold(text, len, &folded, err);
    if (!rc) {
        pm_edit_start(&edit, pm_buf_str(&folded), folded.len, distance);
        rc = walk(db, try_near, &gathering);
    }
    pm_buf_release(&folded);
    return rc;
}

/* ---- what was probably meant ---- */

/* A word that may be misspelt, and the best guess so far. */
struct doubt {
    struct pm_edit edit;
    uint32_t first; /* its first letter */
    char last;      /* its last byte */
    bool known;     /* the index has it */
    uint64_t least; /* articles that a guess must be in */
    uint64_t odds;  /* of the guess: higher is better, 0 for none */
    char *guess;
};

struct doubts {
    struct doubt *item;
    size_t len;
    struct pm_error *err;
};

static uint32_t first_letter(const char *text, size_t len)
{
    UChar32 c = 0;
    size_t i = 0;
    if (len)
        U8_NEXT(text, i, len, c);
    return (uint32_t)c;
}

/* Rare words are mostly names: only what a slip inside a long word would explain is doubted. */
static uint64_t weigh_known(struct doubt *doubt, const struct pm_vocabulary_word *word)
{
    bool inside = word->len && word->text[word->len - 1] == doubt->last &&
                  first_letter(word->text, word->len) == doubt->first;
    return inside && pm_edit_distance(&doubt->edit, word->text, word->len) == 1 ? word->articles
                                                                                : 0;
}

/*
 * As in correcting by the noisy channel (Kernighan, Church and Gale 1990) a guess is as good
 * as the word is frequent times the chance of the slip, of which there are two kinds here: one
 * letter, and two.  A first letter is seldom wrong, so it counts as one more.  0 if the word is
 * no guess.
 */
static uint64_t weigh(struct doubt *doubt, const struct pm_vocabulary_word *word)
{
    uint32_t slips = pm_edit_distance(&doubt->edit, word->text, word->len);
    if (slips == 0 || slips == PM_EDIT_FAR ||
        count_letters(word->text, word->len) < SUGGEST_LETTERS)
        return 0;
    slips += first_letter(word->text, word->len) != doubt->first;
    if (slips > 2 || (slips == 2 && word->articles < doubt->least * SECOND_TIMES))
        return 0;
    return (uint64_t)word->articles * (slips == 1 ? SECOND_ODDS : 1);
}

static int try_guess(const struct pm_vocabulary_word *word, void *arg)
{
    struct doubts *doubts = arg;
    for (size_t i = 0; i < doubts->len; i++) {
        struct doubt *doubt = &doubts->item[i];
        if (!doubt->least || word->articles < doubt->least)
            continue;
        uint64_t odds = doubt->known ? weigh_known(doubt, word) : weigh(doubt, word);
        if (odds <= doubt->odds)
            continue;
        char *guess = copy(word, doubts->err);
        if (!guess)
            return -1;
        free(doubt->guess);
        doubt->guess = guess;
        doubt->odds = odds;
    }
    return 0;
}

/* Begins a doubt about a word; about a short one there is none. */
static int begin_doubt(struct doubt *doubt, const char *word, size_t len, uint32_t articles,
                       struct pm_error *err)
{
    struct pm_buf folded = PM_BUF_INIT;
    int rc = fold(word, len, &folded, err);
    size_t letters = rc ? 0 : count_letters(pm_buf_str(&folded), folded.len);
    doubt->known = articles > 0;
    if (letters >= (doubt->known ? KNOWN_LETTERS : SUGGEST_LETTERS)) {
        bool two = !doubt->known && letters >= SUGGEST_TWO;
        pm_edit_start(&doubt->edit, folded.data, folded.len, two ? 2 : 1);
        doubt->first = first_letter(folded.data, folded.len);
        doubt->last = folded.data[folded.len - 1];
        doubt->least = doubt->known ? (uint64_t)articles * KNOWN_TIMES : SUGGEST_LEAST;
    }
    pm_buf_release(&folded);
    return rc;
}

int pm_expand_suggest(const struct pm_db *db, const char *const *word, const size_t *len,
                      const uint32_t *articles, size_t n, char **suggestion, struct pm_error *err)
{
    struct doubts doubts = {.item = calloc(n + 1, sizeof *doubts.item), .len = n, .err = err};
    int rc = doubts.item ? 0 : pm_fail_nomem(err);
    bool any = false;
    for (size_t i = 0; !rc && i < n; i++) {
        rc = begin_doubt(&doubts.item[i], word[i], len[i], articles[i], err);
        any = any || doubts.item[i].least;
    }
    if (!rc && any)
        rc = pm_vocabulary_each(db, try_guess, &doubts, err);
    for (size_t i = 0; i < n; i++) {
        char *guess = doubts.item ? doubts.item[i].guess : NULL;
        suggestion[i] = rc ? NULL : guess;
        if (rc)
            free(guess);
    }
    free(doubts.item);
    return rc;
}
