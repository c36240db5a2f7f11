#include "vocabulary.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>

#include "array.h"
#include "chars.h"
#include "fold.h"
#include "hash.h"
#include "sort.h"
#include "vocabulary_list.h"

#define FIRST_SLOTS (1u << 12)
#define WORDS_MAX   (1u << 20) /* counted at once, in about 50 MB; then they become a list */

/* ---- counting ---- */

#define NOTES_END (UINT32_MAX - 2 * WORDS_MAX)

struct counted {
    uint32_t hash, len;
    size_t start; /* of its bytes */
};

/* Apart from the word, which is not looked at again once it has a note: so more of them are in the
 * processor's cache. */
struct tally {
    uint32_t articles;
    uint32_t last; /* the article that was counted last */
};

struct pm_word_counts {
    struct counted *word;
    struct tally *tally;
    uint32_t before; /* words that were counted before them: notes go on, up to NOTES_END */
    size_t words, cap;
    struct pm_buf bytes;
    uint32_t *slot;      /* open addressing: number of a word + 1, 0 for none */
    size_t slots;        /* a power of two, or 0 */
    uint32_t article;    /* being counted */
    struct pm_buf *list; /* what became of the words before */
    size_t lists;
};

struct pm_word_counts *pm_word_counts_new(struct pm_error *err)
{
    struct pm_word_counts *counts = calloc(1, sizeof *counts);
    if (!counts)
        pm_fail_nomem(err);
    return counts;
}

void pm_word_counts_free(struct pm_word_counts *counts)
{
    if (!counts)
        return;
    for (size_t i = 0; i < counts->lists; i++)
        pm_buf_release(&counts->list[i]);
    free(counts->list);
    pm_buf_release(&counts->bytes);
    free(counts->word);
    free(counts->tally);
    free(counts->slot);
    free(counts);
}

static bool is_word(const char *word, size_t len)
{
    size_t letters = 0;
    if (len < 2 || len > PM_VOCABULARY_BYTES)
        return false;
    if (pm_fold_is_ascii(word, len))
        return len <= PM_VOCABULARY_LETTERS &&
               pm_char_ascii[(unsigned char)word[0]] == PM_CHAR_LETTER;
    for (size_t i = 0; i < len;) {
        UChar32 c;
        U8_NEXT(word, i, len, c);
        if (c <= 0 || (!letters++ && pm_char_kind(c) != PM_CHAR_LETTER))
            return false;
    }
    return letters >= 2 && letters <= PM_VOCABULARY_LETTERS;
}

/* Makes room for one more word. */
static int grow(struct pm_word_counts *counts, struct pm_error *err)
{
    if (counts->words == counts->cap) {
        size_t cap = counts->cap ? counts->cap * 2 : FIRST_SLOTS / 2;
        struct counted *word = cap < UINT32_MAX ? realloc(counts->word, cap * sizeof *word) : NULL;
        if (!word)
            return pm_fail_nomem(err);
        counts->word = word;
        struct tally *tally = realloc(counts->tally, cap * sizeof *tally);
        if (!tally)
            return pm_fail_nomem(err);
        counts->tally = tally;
        counts->cap = cap;
    }
    if (counts->words * 2 < counts->slots)
        return 0;
    size_t slots = counts->slots ? counts->slots * 2 : FIRST_SLOTS;
    uint32_t *slot = calloc(slots, sizeof *slot);
    if (!slot)
        return pm_fail_nomem(err);
    for (size_t i = 0; i < counts->words; i++) {
        size_t at = counts->word[i].hash & (slots - 1);
        while (slot[at])
            at = (at + 1) & (slots - 1);
        slot[at] = (uint32_t)i + 1;
    }
    free(counts->slot);
    counts->slot = slot;
    counts->slots = slots;
    return 0;
}

static int compare(const char *a, size_t a_len, const char *b, size_t b_len)
{
    int order = memcmp(a, b, a_len < b_len ? a_len : b_len);
    return order ? order : (a_len > b_len) - (a_len < b_len);
}

/* Adds the list of the words in memory to `out`, and forgets them. */
static int format(struct pm_word_counts *counts, struct pm_buf *out, struct pm_error *err)
{
    struct pm_vocabulary_writer writer;
    size_t n = counts->words;
    struct pm_sort_key *key = reallocarray(NULL, 2 * n + 1, sizeof *key);
    if (!key)
        return pm_fail_nomem(err);
    for (size_t i = 0; i < n; i++)
        key[i] = pm_sort_key(counts->bytes.data + counts->word[i].start, counts->word[i].len,
                             (uint32_t)i);
    const struct pm_sort_key *sorted = pm_sort(key, n);
    pm_vocabulary_write_begin(&writer, out);
    for (size_t i = 0; i < n; i++)
        pm_vocabulary_write(&writer, sorted[i].text, sorted[i].len,
                            counts->tally[sorted[i].number].articles);
    free(key);
    counts->before += counts->before < NOTES_END ? (uint32_t)counts->words : 0;
    counts->words = 0;
    pm_buf_clear(&counts->bytes);
    if (counts->slots)
        memset(counts->slot, 0, counts->slots * sizeof *counts->slot);
    return pm_vocabulary_write_end(&writer, err);
}

/* Makes a list of the words in memory, which takes far less of it. */
static int list_words(struct pm_word_counts *counts, struct pm_error *err)
{
    struct pm_buf *grown = pm_array_room(counts->list, counts->lists, sizeof *grown);
    if (!grown)
        return pm_fail_nomem(err);
    counts->list = grown;
    counts->list[counts->lists] = (struct pm_buf)PM_BUF_INIT;
    return format(counts, &counts->list[counts->lists++], err);
}

/* The number of a word, which is added if need be: 0 or -1. */
static int find_word(struct pm_word_counts *counts, const char *word, size_t len, uint32_t *number,
                     struct pm_error *err)
{
    if (grow(counts, err))
        return -1;
    uint32_t hash = (uint32_t)pm_hash64(word, len);
    size_t at = hash & (counts->slots - 1);
    for (; counts->slot[at]; at = (at + 1) & (counts->slots - 1)) {
        *number = counts->slot[at] - 1;
        const struct counted *counted = &counts->word[*number];
        if (counted->hash == hash && counted->len == len &&
            !memcmp(counts->bytes.data + counted->start, word, len))
            return 0;
    }
    size_t start = counts->bytes.len;
    pm_buf_add(&counts->bytes, word, len);
    if (counts->bytes.failed)
        return pm_fail_nomem(err);
    *number = (uint32_t)counts->words++;
    counts->word[*number] = (struct counted){hash, (uint32_t)len, start};
    counts->tally[*number] = (struct tally){0, 0};
    counts->slot[at] = *number + 1;
    return 0;
}

static void count(struct pm_word_counts *counts, uint32_t article, uint32_t number)
{
    struct tally *tally = &counts->tally[number];
    tally->articles += !tally->articles || tally->last != article;
    tally->last = article;
}

/* Counts a word that has no note, or that of a list before. */
static int count_new(struct pm_word_counts *counts, uint32_t article, const char *word, size_t len,
                     uint32_t *note, struct pm_error *err)
{
    uint32_t number = 0;
    if (!is_word(word, len))
        return 0;
    if (find_word(counts, word, len, &number, err))
        return -1;
    if (note && counts->before < NOTES_END)
        *note = counts->before + number + 1;
    count(counts, article, number);
    return 0;
}

int pm_word_counts_add(struct pm_word_counts *counts, uint32_t article, const char *word,
                       size_t len, uint32_t *note, struct pm_error *err)
{
    /* Between two articles, so that none counts twice. */
    if (article != counts->article && counts->words >= WORDS_MAX && list_words(counts, err))
        return -1;
    counts->article = article;
    if (!note || *note <= counts->before || counts->before >= NOTES_END)
        return count_new(counts, article, word, len, note, err);
    count(counts, article, *note - counts->before - 1);
    return 0;
}

/* ---- several lists as one ---- */

struct lists {
    struct pm_vocabulary_reader *reader;
    struct pm_vocabulary_reader **heap; /* those that have a word; the least word is the first's */
    size_t len;
    char word[PM_VOCABULARY_BYTES];
};

static void lists_release(struct lists *lists)
{
    free(lists->reader);
    free(lists->heap);
}

/* Moves the reader at `at` of the heap down to its place. */
static void sink(struct lists *lists, size_t at)
{
    struct pm_vocabulary_reader *moved = lists->heap[at];
    for (size_t child; (child = 2 * at + 1) < lists->len; at = child) {
        struct pm_vocabulary_reader **least = &lists->heap[child];
        if (child + 1 < lists->len &&
            compare(least[1]->word, least[1]->len, least[0]->word, least[0]->len) < 0) {
            least++;
            child++;
        }
        if (compare(moved->word, moved->len, (*least)->word, (*least)->len) <= 0)
            break;
        lists->heap[at] = *least;
    }
    lists->heap[at] = moved;
}

static int lists_init(struct lists *lists, const struct pm_db_bytes *list, size_t n,
                      struct pm_error *err)
{
    *lists = (struct lists){.reader = calloc(n ? n : 1, sizeof *lists->reader),
                            .heap = calloc(n ? n : 1, sizeof(struct pm_vocabulary_reader *))};
    if (!lists->reader || !lists->heap)
        return pm_fail_nomem(err);
    for (size_t i = 0; i < n; i++) {
        if (pm_vocabulary_read_begin(&lists->reader[i], &list[i], err))
            return -1;
        int rc = pm_vocabulary_read(&lists->reader[i], err);
        if (rc < 0)
            return -1;
        if (rc)
            lists->heap[lists->len++] = &lists->reader[i];
    }
    for (size_t i = lists->len / 2; i > 0; i--)
        sink(lists, i - 1);
    return 0;
}

/* The next word of all lists, with its articles in all of them: 1, 0 at the end, -1. */
static int lists_next(struct lists *lists, struct pm_vocabulary_word *word, struct pm_error *err)
{
    if (!lists->len)
        return 0;
    uint64_t articles = 0;
    size_t len = lists->heap[0]->len;
    memcpy(lists->word, lists->heap[0]->word, len);
    do {
        struct pm_vocabulary_reader *reader = lists->heap[0];
        articles += reader->articles;
        int rc = pm_vocabulary_read(reader, err);
        if (rc < 0)
            return -1;
        if (!rc)
            lists->heap[0] = lists->heap[--lists->len];
        if (lists->len)
            sink(lists, 0);
    } while (lists->len && lists->heap[0]->len == len &&
             !memcmp(lists->heap[0]->word, lists->word, len));
    *word = (struct pm_vocabulary_word){lists->word, len,
                                        articles < UINT32_MAX ? (uint32_t)articles : UINT32_MAX};
    return 1;
}

int pm_vocabulary_merge(const char *key, const struct pm_db_bytes *list, size_t n,
                        struct pm_buf *out, struct pm_error *err)
{
    struct lists lists;
    struct pm_vocabulary_writer writer;
    struct pm_vocabulary_word word;
    int rc;
    if (strcmp(key, PM_VOCABULARY_KEY) != 0) {
        pm_buf_add(out, list[0].data, list[0].len);
        return out->failed ? pm_fail_nomem(err) : 0;
    }
    rc = lists_init(&lists, list, n, err);
    if (!rc) {
        pm_vocabulary_write_begin(&writer, out);
        while ((rc = lists_next(&lists, &word, err)) == 1)
            pm_vocabulary_write(&writer, word.text, word.len, word.articles);
    }
    if (!rc)
        rc = pm_vocabulary_write_end(&writer, err);
    lists_release(&lists);
    return rc;
}

int pm_vocabulary_merge_bufs(const struct pm_buf *bufs, size_t n, struct pm_buf *out,
                             struct pm_error *err)
{
    struct pm_db_bytes *list = calloc(n + 1, sizeof *list);
    if (!list)
        return pm_fail_nomem(err);
    for (size_t i = 0; i < n; i++)
        list[i] = (struct pm_db_bytes){bufs[i].data, bufs[i].len};
    int rc = pm_vocabulary_merge(PM_VOCABULARY_KEY, list, n, out, err);
    free(list);
    return !rc && out->failed ? pm_fail_nomem(err) : rc;
}

int pm_word_counts_format(struct pm_word_counts *counts, struct pm_buf *out, struct pm_error *err)
{
    if (!counts->lists)
        return format(counts, out, err);
    int rc =
        list_words(counts, err) || pm_vocabulary_merge_bufs(counts->list, counts->lists, out, err)
            ? -1
            : 0;
    for (size_t i = 0; i < counts->lists; i++)
        pm_buf_release(&counts->list[i]);
    free(counts->list);
    counts->list = NULL;
    counts->lists = 0;
    return rc;
}

int pm_vocabulary_each(const struct pm_db *db,
                       int (*each)(const struct pm_vocabulary_word *word, void *arg), void *arg,
                       struct pm_error *err)
{
    size_t shards = pm_db_shards(db), n = 0;
    struct lists lists = {0};
    struct pm_vocabulary_word word;
    struct pm_buf *bytes = calloc(shards + 1, sizeof *bytes);
    struct pm_db_bytes *list = calloc(shards + 1, sizeof *list);
    int rc = bytes && list ? 0 : pm_fail_nomem(err);
    for (size_t i = 0; !rc && i < shards; i++) {
        rc = pm_db_metadata(db, i, PM_VOCABULARY_KEY, &bytes[i], err);
        if (!rc && bytes[i].len)
            list[n++] = (struct pm_db_bytes){bytes[i].data, bytes[i].len};
    }
    if (!rc)
        rc = lists_init(&lists, list, n, err);
    int got = 1;
    while (!rc && (got = lists_next(&lists, &word, err)) == 1)
        rc = each(&word, arg);
    if (got < 0)
        rc = -1;
    lists_release(&lists);
    for (size_t i = 0; bytes && i < shards; i++)
        pm_buf_release(&bytes[i]);
    free(bytes);
    free(list);
    return rc;
}
