#include "word.h"

#include <libstemmer.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "buf.h"
#include "fold.h"
#include "hash.h"
#include "hash_quick.h"
#include "shape.h"
#include "spelling.h"

#define REMEMBER_BYTES 64         /* longer words are seldom met twice */
#define REMEMBER_WORDS (1u << 18) /* about 15 MB; then all is forgotten and begins anew */
#define FIRST_SLOTS    (1u << 12)
#define ACRONYM_MIN    2

struct slot {
    uint32_t hash;
    uint32_t at; /* of the word, in UNITs + 1; 0: free */
};
#define UNIT (sizeof(uint64_t))

struct pm_words {
    const struct pm_language *language;
    struct sb_stemmer *stemmer;   /* NULL for a language without one */
    struct pm_spelling *spelling; /* of English; else NULL */
    struct pm_fold *fold;
    struct slot *slot; /* open addressing; a power of two */
    uint32_t slots, used;
    struct pm_buf known; /* the words met before */
    struct pm_buf loose; /* the last one that is too long for that */
    struct pm_buf folded, spelled, plain, other, acronym; /* of the word being worked out */
    struct pm_buf bare; /* where `folded` is not ASCII: it without its accents */
};

static void forget(struct pm_words *words)
{
    pm_buf_release(&words->known);
    free(words->slot);
    words->slot = NULL;
    words->slots = words->used = 0;
}

struct pm_words *pm_words_new(const struct pm_language *language, struct pm_error *err)
{
    struct pm_words *words = calloc(1, sizeof *words);
    if (!words) {
        pm_fail_nomem(err);
        return NULL;
    }
    words->language = language;
    words->fold = pm_fold_new(err);
    if (!words->fold)
        goto fail;
    if (!strcmp(language->code, "en") && !(words->spelling = pm_spelling_new(err)))
        goto fail;
    if (language->stemmed && !(words->stemmer = sb_stemmer_new(language->name, "UTF_8"))) {
        pm_fail(err, PM_ERR_INTERNAL, "libstemmer has no stemmer '%s'", language->name);
        goto fail;
    }
    return words;
fail:
    pm_words_free(words);
    return NULL;
}

void pm_words_free(struct pm_words *words)
{
    if (!words)
        return;
    forget(words);
    if (words->stemmer)
        sb_stemmer_delete(words->stemmer);
    pm_buf_release(&words->loose);
    pm_buf_release(&words->folded);
    pm_buf_release(&words->spelled);
    pm_buf_release(&words->plain);
    pm_buf_release(&words->other);
    pm_buf_release(&words->acronym);
    pm_buf_release(&words->bare);
    pm_spelling_free(words->spelling);
    pm_fold_free(words->fold);
    free(words);
}

/* ---- forms ---- */

/* What is worked out of a word; its bytes are those of the buffers. */
struct forms {
    struct pm_form form[PM_WORD_FORMS];
    bool dotted, stop;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* True for "1300" and "3.14", which no language stems: of the words of news a quarter are such. */
static bool is_number(const char *word, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!is_digit(word[i]) && word[i] != '.')
            return false;
    return true;
}

/* Sets `out` to the stem, without accents, of a folded word. */
static int stem(struct pm_words *words, struct pm_buf *out, const char *word, size_t len,
                struct pm_error *err)
{
    char spelled[PM_SPELLING_MAX + 8];
    pm_buf_clear(out);
    if (is_number(word, len)) {
        pm_buf_add(out, word, len);
        return out->failed ? pm_fail_nomem(err) : 0;
    }
    if (words->spelling && len <= PM_SPELLING_MAX) {
        size_t unified = pm_spelling_unify(words->spelling, word, len, spelled);
        if (unified) {
            word = spelled;
            len = unified;
        }
    }
    if (words->stemmer && len <= INT32_MAX / 2) {
        const sb_symbol *stemmed =
            sb_stemmer_stem(words->stemmer, (const sb_symbol *)word, (int)len);
        if (!stemmed)
            return pm_fail_nomem(err);
        /* A stem of nothing would be no term: keep the word. */
        int stemmed_len = sb_stemmer_length(words->stemmer);
        if (stemmed_len > 0)
            return pm_fold_accents(words->fold, (const char *)stemmed, (size_t)stemmed_len, out,
                                   err);
    }
    return pm_fold_accents(words->fold, word, len, out, err);
}

/* Takes out of words->folded what only groups: dots of "u.s." (not of "3.14"), commas. */
static void ungroup(struct pm_words *words)
{
    struct pm_buf *folded = &words->folded;
    size_t kept = 0;
    for (size_t i = 0; i < folded->len; i++) {
        char c = folded->data[i];
        bool point = c == '.' && i > 0 && i + 1 < folded->len && is_digit(folded->data[i - 1]) &&
                     is_digit(folded->data[i + 1]);
        if (point || (c != '.' && c != ','))
            folded->data[kept++] = c;
    }
    folded->len = kept;
    if (folded->data)
        folded->data[kept] = '\0';
}

/*
 * Sets words->acronym to the capitals of a word that is written as one: two letters or more,
 * all of them capital, digits and dots aside; a possessive or plural "s" does not count.
 * `text` is composed, so that it does not matter how accents are encoded.
 */
static void read_capitals(struct pm_words *words, const char *text, size_t len, bool *dotted)
{
    size_t letters = 0, i = 0;
    while (i < len) {
        UChar32 c;
        size_t start = i;
        U8_NEXT(text, i, len, c);
        if (c == '.') {
            *dotted = true;
        } else if (u_isupper(c)) {
            letters++;
            pm_buf_add(&words->acronym, text + start, i - start);
        } else if (u_isdigit(c) && letters) {
            pm_buf_add(&words->acronym, text + start, i - start);
        } else if (pm_fold_is_apostrophe(c) && i + 1 == len && (text[i] | 0x20) == 's') {
            break;
        } else if (c == 's' && i == len) {
            break;
        } else if (u_charType(c) == U_NON_SPACING_MARK) {
            pm_buf_add(&words->acronym, text + start, i - start);
        } else if (u_charType(c) != U_FORMAT_CHAR) {
            letters = 0;
            break;
        }
    }
    if (letters < ACRONYM_MIN || letters > PM_ACRONYM_MAX)
        pm_buf_clear(&words->acronym);
}

/* The acronym that the word is, if it is one, and whether that spells a function word. */
static int find_acronym(struct pm_words *words, const char *raw, size_t len, struct forms *forms,
                        struct pm_error *err)
{
    pm_buf_clear(&words->acronym);
    if (len > PM_ACRONYM_BYTES)
        return 0;
    if (pm_fold_compose(words->fold, raw, len, &words->spelled, err))
        return -1;
    read_capitals(words, pm_buf_str(&words->spelled), words->spelled.len, &forms->dotted);
    if (words->acronym.failed)
        return pm_fail_nomem(err);
    if (!words->acronym.len)
        return 0;
    forms->form[PM_WORD_ACRONYM] = (struct pm_form){words->acronym.data, words->acronym.len};
    if (pm_fold_case(words->fold, words->acronym.data, words->acronym.len, &words->spelled, err))
        return -1;
    forms->stop = pm_language_stop(words->language, words->spelled.data, words->spelled.len);
    return 0;
}

/* What is left of a folded word without a possessive "'s". */
static struct pm_form without_possessive(const struct pm_buf *folded)
{
    struct pm_form form = {pm_buf_str(folded), folded->len};
    if (form.len > 2 && form.text[form.len - 2] == '\'' && form.text[form.len - 1] == 's')
        form.len -= 2;
    return form;
}

/* Works out all forms of `raw` in the buffers. */
static int work_out(struct pm_words *words, const char *raw, size_t len, struct forms *forms,
                    struct pm_error *err)
{
    *forms = (struct forms){.form[PM_WORD_RAW] = {raw, len}};
    if (pm_fold_case(words->fold, raw, len, &words->folded, err))
        return -1;
    ungroup(words);
    const struct pm_buf *folded = &words->folded;
    if (stem(words, &words->plain, folded->data, folded->len, err))
        return -1;
    forms->form[PM_WORD_FOLDED] = without_possessive(folded);
    pm_buf_clear(&words->other);
    if (!pm_fold_is_ascii(folded->data, folded->len)) {
        pm_buf_clear(&words->bare);
        if (pm_fold_accents(words->fold, folded->data, folded->len, &words->bare, err) ||
            stem(words, &words->other, pm_buf_str(&words->bare), words->bare.len, err))
            return -1;
        forms->form[PM_WORD_FOLDED] = without_possessive(&words->bare);
        if (words->other.len == words->plain.len &&
            !memcmp(words->other.data, words->plain.data, words->plain.len))
            pm_buf_clear(&words->other);
    }
    forms->form[PM_WORD_STEM] = (struct pm_form){pm_buf_str(&words->plain), words->plain.len};
    forms->form[PM_WORD_ALTERNATE] = (struct pm_form){pm_buf_str(&words->other), words->other.len};
    forms->stop = pm_language_stop(words->language, pm_buf_str(folded), folded->len);
    return find_acronym(words, raw, len, forms, err);
}

/* ---- the words met before ---- */

static int grow(struct pm_words *words, struct pm_error *err)
{
    uint32_t slots = words->slots ? words->slots * 2 : FIRST_SLOTS;
    struct slot *slot = calloc(slots, sizeof *slot);
    if (!slot)
        return pm_fail_nomem(err);
    for (uint32_t i = 0; i < words->slots; i++) {
        if (!words->slot[i].at)
            continue;
        uint32_t at = words->slot[i].hash & (slots - 1);
        while (slot[at].at)
            at = (at + 1) & (slots - 1);
        slot[at] = words->slot[i];
    }
    free(words->slot);
    words->slot = slot;
    words->slots = slots;
    return 0;
}

static struct pm_word *word_of(const struct pm_words *words, const struct slot *slot)
{
    return (struct pm_word *)(words->known.data + (slot->at - 1) * UNIT);
}

static bool has_digit(const struct pm_form *form)
{
    for (size_t i = 0; i < form->len; i++)
        if (is_digit(form->text[i]))
            return true;
    return false;
}

/* Adds a word to `to`: its number of bytes there is a whole one of UNITs. */
static int add_word(struct pm_buf *to, const struct forms *forms, struct pm_error *err)
{
    const struct pm_form *stem = &forms->form[PM_WORD_STEM];
    struct pm_word word = {
        .stem_hash = pm_hash64(stem->text, stem->len),
        .dotted = forms->dotted,
        .stop = forms->stop,
        .number = has_digit(stem),
    };
    for (int i = 0; i < PM_WORD_FORMS; i++) {
        if (forms->form[i].len > UINT32_MAX)
            return pm_fail(err, PM_ERR_TOO_LARGE, "a word of %zu bytes", forms->form[i].len);
        word.len[i] = (uint32_t)forms->form[i].len;
    }
    pm_buf_add(to, &word, offsetof(struct pm_word, bytes));
    for (int i = 0; i < PM_WORD_FORMS; i++)
        pm_buf_add(to, forms->form[i].text, forms->form[i].len);
    while (!to->failed && to->len % UNIT)
        pm_buf_addc(to, 0);
    return to->failed ? pm_fail_nomem(err) : 0;
}

static bool is_word(const struct pm_word *word, const char *raw, size_t len)
{
    return word->len[PM_WORD_RAW] == len &&
           !memcmp(word->bytes + word->len[PM_WORD_STEM], raw, len);
}

uint32_t pm_words_ask(const struct pm_words *words, const char *raw, size_t len)
{
    uint32_t hash = len <= REMEMBER_BYTES ? pm_hash_quick(raw, len) : 0;
    if (words->slots)
        __builtin_prefetch(&words->slot[hash & (words->slots - 1)]);
    return hash;
}

void pm_words_ask_more(const struct pm_words *words, uint32_t asked)
{
    const struct slot *slot = words->slots ? &words->slot[asked & (words->slots - 1)] : NULL;
    if (slot && slot->at)
        __builtin_prefetch(word_of(words, slot));
}

/* Works out a word that is not in the table, and enters it into the free slot, if there is one. */
static struct pm_word *new_word(struct pm_words *words, const char *raw, size_t len,
                                struct slot *slot, uint32_t hash, struct pm_error *err)
{
    struct forms forms;
    struct pm_buf *to = slot ? &words->known : &words->loose;
    if (!slot)
        pm_buf_clear(to);
    size_t at = to->len;
    if (work_out(words, raw, len, &forms, err) || add_word(to, &forms, err))
        return NULL;
    if (slot) {
        *slot = (struct slot){hash, (uint32_t)(at / UNIT) + 1};
        words->used++;
    }
    return (struct pm_word *)(to->data + at);
}

struct pm_word *pm_words_get(struct pm_words *words, const char *raw, size_t len, uint32_t asked,
                             struct pm_error *err)
{
    if (len > REMEMBER_BYTES)
        return new_word(words, raw, len, NULL, 0, err);
    if (words->used >= REMEMBER_WORDS)
        forget(words);
    if (words->used * 2 >= words->slots && grow(words, err))
        return NULL;
    uint32_t at = asked & (words->slots - 1);
    for (const struct slot *slot; (slot = &words->slot[at])->at; at = (at + 1) & (words->slots - 1))
        if (slot->hash == asked && is_word(word_of(words, slot), raw, len))
            return word_of(words, slot);
    return new_word(words, raw, len, &words->slot[at], asked, err);
}
