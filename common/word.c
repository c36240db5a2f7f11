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
#include "shape.h"
#include "spelling.h"

#define REMEMBER_BYTES 64         /* longer words are seldom met twice */
#define REMEMBER_WORDS (1u << 18) /* about 30 MB; then all is forgotten and begins anew */
#define FIRST_SLOTS    (1u << 12)
#define ACRONYM_MIN    2

struct entry {
    uint32_t hash;
    uint32_t raw_len;
    const char *raw;
    struct pm_word word;
};

/* Bytes that stay where they are, in blocks. */
struct arena {
    struct arena_block {
        struct arena_block *next;
        size_t used, size;
        char bytes[];
    } * block;
};

struct pm_words {
    const struct pm_language *language;
    struct sb_stemmer *stemmer;   /* NULL for a language without one */
    struct pm_spelling *spelling; /* of English; else NULL */
    struct pm_fold *fold;
    struct entry **slot; /* open addressing; a power of two */
    uint32_t slots, used;
    struct arena arena;                                   /* entries and their bytes */
    struct pm_buf folded, spelled, plain, other, acronym; /* of the word being worked out */
    struct pm_buf bare;   /* where `folded` is not ASCII: it without its accents */
    struct entry scratch; /* a word too long to remember; its bytes are in bufs */
};

/* ---- memory ---- */

static void *arena_take(struct arena *arena, size_t size)
{
    size = (size + 7) & ~(size_t)7;
    if (!arena->block || arena->block->size - arena->block->used < size) {
        size_t room = size > 65536 ? size : 65536;
        struct arena_block *block = malloc(sizeof *block + room);
        if (!block)
            return NULL;
        *block = (struct arena_block){arena->block, 0, room};
        arena->block = block;
    }
    void *taken = arena->block->bytes + arena->block->used;
    arena->block->used += size;
    return taken;
}

static void arena_release(struct arena *arena)
{
    while (arena->block) {
        struct arena_block *next = arena->block->next;
        free(arena->block);
        arena->block = next;
    }
}

static void forget(struct pm_words *words)
{
    arena_release(&words->arena);
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

/* Sets `out` to the stem, without accents, of a folded word. */
static int stem(struct pm_words *words, struct pm_buf *out, const char *word, size_t len,
                struct pm_error *err)
{
    char spelled[PM_SPELLING_MAX + 8];
    pm_buf_clear(out);
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

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
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
static int find_acronym(struct pm_words *words, const char *raw, size_t len, struct pm_word *word,
                        struct pm_error *err)
{
    pm_buf_clear(&words->acronym);
    if (len > PM_ACRONYM_BYTES)
        return 0;
    if (pm_fold_compose(words->fold, raw, len, &words->spelled, err))
        return -1;
    read_capitals(words, pm_buf_str(&words->spelled), words->spelled.len, &word->dotted);
    if (words->acronym.failed)
        return pm_fail_nomem(err);
    word->acronym = (struct pm_form){pm_buf_str(&words->acronym), words->acronym.len};
    if (!word->acronym.len)
        return 0;
    if (pm_fold_case(words->fold, words->acronym.data, words->acronym.len, &words->spelled, err))
        return -1;
    word->stop = pm_language_stop(words->language, words->spelled.data, words->spelled.len);
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

/* Works out all forms of `raw` in the buffers; *word borrows their bytes. */
static int work_out(struct pm_words *words, const char *raw, size_t len, struct pm_word *word,
                    struct pm_error *err)
{
    *word = (struct pm_word){0};
    if (pm_fold_case(words->fold, raw, len, &words->folded, err))
        return -1;
    ungroup(words);
    const struct pm_buf *folded = &words->folded;
    if (stem(words, &words->plain, folded->data, folded->len, err))
        return -1;
    word->folded = without_possessive(folded);
    pm_buf_clear(&words->other);
    if (!pm_fold_is_ascii(folded->data, folded->len)) {
        pm_buf_clear(&words->bare);
        if (pm_fold_accents(words->fold, folded->data, folded->len, &words->bare, err) ||
            stem(words, &words->other, pm_buf_str(&words->bare), words->bare.len, err))
            return -1;
        word->folded = without_possessive(&words->bare);
        if (words->other.len == words->plain.len &&
            !memcmp(words->other.data, words->plain.data, words->plain.len))
            pm_buf_clear(&words->other);
    }
    word->stem = (struct pm_form){pm_buf_str(&words->plain), words->plain.len};
    word->alternate = (struct pm_form){pm_buf_str(&words->other), words->other.len};
    word->stop = pm_language_stop(words->language, pm_buf_str(folded), folded->len);
    return find_acronym(words, raw, len, word, err);
}

/* ---- the words met before ---- */

static int grow(struct pm_words *words, struct pm_error *err)
{
    uint32_t slots = words->slots ? words->slots * 2 : FIRST_SLOTS;
    struct entry **slot = calloc(slots, sizeof *slot);
    if (!slot)
        return pm_fail_nomem(err);
    for (uint32_t i = 0; i < words->slots; i++) {
        struct entry *entry = words->slot[i];
        if (!entry)
            continue;
        uint32_t at = entry->hash & (slots - 1);
        while (slot[at])
            at = (at + 1) & (slots - 1);
        slot[at] = entry;
    }
    free(words->slot);
    words->slot = slot;
    words->slots = slots;
    return 0;
}

static const char *keep(char **to, const char *bytes, size_t len)
{
    char *kept = *to;
    if (len)
        memcpy(kept, bytes, len);
    *to += len;
    return kept;
}

static struct entry *remember(struct pm_words *words, uint32_t h, const char *raw, size_t len,
                              const struct pm_word *word)
{
    struct entry *entry = arena_take(&words->arena, sizeof *entry);
    char *bytes = arena_take(&words->arena, len + word->stem.len + word->alternate.len +
                                                word->acronym.len + word->folded.len);
    if (!entry || !bytes)
        return NULL;
    *entry = (struct entry){h, (uint32_t)len, keep(&bytes, raw, len), *word};
    struct pm_form *forms[] = {&entry->word.stem, &entry->word.alternate, &entry->word.acronym,
                               &entry->word.folded};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        forms[i]->text = keep(&bytes, forms[i]->text, forms[i]->len);
    return entry;
}

const struct pm_word *pm_words_get(struct pm_words *words, const char *raw, size_t len,
                                   struct pm_error *err)
{
    if (len > REMEMBER_BYTES)
        return work_out(words, raw, len, &words->scratch.word, err) ? NULL : &words->scratch.word;
    if (words->used >= REMEMBER_WORDS)
        forget(words);
    if (words->used * 2 >= words->slots && grow(words, err))
        return NULL;
    uint32_t h = (uint32_t)pm_hash64(raw, len);
    uint32_t at = h & (words->slots - 1);
    for (struct entry *entry; (entry = words->slot[at]); at = (at + 1) & (words->slots - 1))
        if (entry->hash == h && entry->raw_len == len && !memcmp(entry->raw, raw, len))
            return &entry->word;
    struct pm_word word;
    if (work_out(words, raw, len, &word, err))
        return NULL;
    struct entry *entry = remember(words, h, raw, len, &word);
    if (!entry) {
        pm_fail_nomem(err);
        return NULL;
    }
    words->slot[at] = entry;
    words->used++;
    return &entry->word;
}
