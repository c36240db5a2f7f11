#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dead.h"
#include "disk.h"
#include "document.h"
#include "hash.h"
#include "merge.h"
#include "segment.h"
#include "vocabulary.h"
#include "vocabulary_list.h"

static char folder[64];

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/pressmark-vocabulary-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return disk_remove(folder, NULL);
}

static const char *path_of(const char *name)
{
    static char paths[16][100];
    static int next;
    char *path = paths[next++ % 16];
    snprintf(path, sizeof *paths, "%s/%s", folder, name);
    return path;
}

/* ---- lists ---- */

/* Counts words parted by spaces; "|" begins the next article. */
static void count(struct pm_word_counts *counts, const char *text)
{
    static uint32_t article;
    struct pm_error err = {0};
    article++;
    for (; *text; text += strspn(text, " ")) {
        size_t len = strcspn(text, " ");
        if (*text == '|')
            article++;
        else
            assert_int_equal(pm_word_counts_add(counts, article, text, len, NULL, &err), 0);
        text += len;
    }
}

/* The list of the words of `text`. */
static struct pm_buf list_of(const char *text)
{
    struct pm_error err = {0};
    struct pm_buf list = PM_BUF_INIT;
    struct pm_word_counts *counts = pm_word_counts_new(&err);
    assert_non_null(counts);
    count(counts, text);
    assert_int_equal(pm_word_counts_format(counts, &list, &err), 0);
    pm_word_counts_free(counts);
    return list;
}

/* Writes a database with the list, or without any. */
static void write_db(const char *path, const struct pm_buf *list)
{
    struct pm_error err = {0};
    struct pm_db_writer *writer = pm_db_writer_open(path, false, &err);
    assert_non_null(writer);
    if (list)
        assert_int_equal(
            pm_db_writer_set_metadata(writer, PM_VOCABULARY_KEY, list->data, list->len, &err), 0);
    assert_int_equal(pm_db_writer_commit(writer, &err), 0);
    pm_db_writer_close(writer);
}

static int show_word(const struct pm_vocabulary_word *word, void *arg)
{
    struct pm_buf *out = arg;
    pm_buf_addf(out, "%s%.*s=%u", out->len ? " " : "", (int)word->len, word->text, word->articles);
    return 0;
}

/* The words of the databases as "fish=1 rice=2". */
static int show(const char *const *paths, size_t n, struct pm_buf *out, struct pm_error *err)
{
    struct pm_db *db = pm_db_open(paths, n, err);
    assert_non_null(db);
    pm_buf_clear(out);
    int rc = pm_vocabulary_each(db, show_word, out, err);
    pm_db_close(db);
    return rc;
}

/* The list of all lists. */
static int merge(const struct pm_buf *list, size_t n, struct pm_buf *out, struct pm_error *err)
{
    struct pm_db_bytes bytes[8];
    for (size_t i = 0; i < n; i++)
        bytes[i] = (struct pm_db_bytes){list[i].data, list[i].len};
    return pm_vocabulary_merge(PM_VOCABULARY_KEY, bytes, n, out, err);
}

static void assert_words(const struct pm_buf *list, const char *words)
{
    static int number;
    char name[20];
    struct pm_error err = {0};
    struct pm_buf shown = PM_BUF_INIT;
    snprintf(name, sizeof name, "list-%d", number++);
    const char *paths[] = {path_of(name)};
    write_db(paths[0], list);
    if (show(paths, 1, &shown, &err))
        fail_msg("%s", err.message);
    assert_string_equal(pm_buf_str(&shown), words);
    pm_buf_release(&shown);
}

static void counts_a_word_once_for_each_article(void **state)
{
    (void)state;
    struct pm_buf list = list_of("rice fish rice | boat rice | rice rice fishes");
    assert_words(&list, "boat=1 fish=1 fishes=1 rice=3");
    pm_buf_release(&list);
}

static void passes_over_what_is_no_word_to_complete_or_correct(void **state)
{
    (void)state;
    static const struct {
        const char *text, *words;
    } rows[] = {
        {"1987", ""},
        {"3rd", ""},
        {"g20", "g20=1"},
        {"a", ""},
        {"é", ""},
        {"ab", "ab=1"},
        {"o'brien", "o'brien=1"},
        {"file_name", "file_name=1"},
        {"москва", "москва=1"},
        {"٣٤٥", ""},
        {"ត្រី", ""},
        {"米米", ""},
        {"abcdefghijabcdefghijabcdefghijabcdefghij", "abcdefghijabcdefghijabcdefghijabcdefghij=1"},
        {"abcdefghijabcdefghijabcdefghijabcdefghijk", ""},
        {"ааааааааааааааааааааааааааааааааааааааааа", ""},
        {"\xff\xfe", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pm_buf list = list_of(rows[i].text);
        assert_words(&list, rows[i].words);
        pm_buf_release(&list);
    }
}

static void begins_anew_after_each_list(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_buf first = PM_BUF_INIT, second = PM_BUF_INIT;
    struct pm_word_counts *counts = pm_word_counts_new(&err);
    count(counts, "rice fish");
    assert_int_equal(pm_word_counts_format(counts, &first, &err), 0);
    count(counts, "rice | rice");
    assert_int_equal(pm_word_counts_format(counts, &second, &err), 0);
    assert_words(&first, "fish=1 rice=1");
    assert_words(&second, "rice=2");
    pm_word_counts_free(counts);
    pm_buf_release(&first);
    pm_buf_release(&second);
}

static void finds_words_again_by_their_notes(void **state)
{
    (void)state;
    static const char *const wanted[] = {"fish=2 rice=1", "fish=1 rice=2", ""};
    struct pm_error err = {0};
    struct pm_word_counts *counts = pm_word_counts_new(&err);
    uint32_t fish = 0, rice = 0, ignored = 0;
    const struct {
        int list;
        uint32_t article;
        const char *word;
        uint32_t *note;
    } rows[] = {
        {0, 1, "fish", &fish}, {0, 1, "rice", &rice}, {0, 1, "fish", &fish}, {0, 2, "fish", NULL},
        {0, 2, "fish", &fish}, {1, 3, "rice", &rice}, {1, 3, "rice", NULL},  {1, 4, "fish", &fish},
        {1, 4, "rice", &rice}, {1, 4, "fish", &fish}, {2, 5, "7", &ignored},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(pm_word_counts_add(counts, rows[i].article, rows[i].word,
                                            strlen(rows[i].word), rows[i].note, &err),
                         0);
        if (i + 1 < sizeof rows / sizeof *rows && rows[i + 1].list == rows[i].list)
            continue;
        struct pm_buf list = PM_BUF_INIT;
        assert_int_equal(pm_word_counts_format(counts, &list, &err), 0);
        assert_words(&list, wanted[rows[i].list]);
        pm_buf_release(&list);
    }
    pm_word_counts_free(counts);
}

/* More words than are counted at once: of the first article alone, then with others behind it. */
static void counts_more_words_than_it_keeps_in_memory(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_word_counts *counts = pm_word_counts_new(&err);
    struct pm_buf list = PM_BUF_INIT, once = PM_BUF_INIT;
    struct pm_vocabulary_reader reader;
    char word[20];
    size_t words = 0, twice = 0;
    for (uint32_t article = 1; article <= 3; article++)
        for (uint32_t i = article == 3 ? 10 : 0; i < (article == 1 ? 1100000 : 30); i++) {
            int len = snprintf(word, sizeof word, "w%u", i);
            assert_int_equal(pm_word_counts_add(counts, article, word, (size_t)len, NULL, &err), 0);
            if (i < 30)
                assert_int_equal(pm_word_counts_add(counts, article, word, (size_t)len, NULL, &err),
                                 0);
        }
    assert_int_equal(pm_word_counts_format(counts, &list, &err), 0);
    const struct pm_db_bytes bytes = {list.data, list.len};
    assert_int_equal(pm_vocabulary_read_begin(&reader, &bytes, &err), 0);
    while (pm_vocabulary_read(&reader, &err) == 1) {
        words++;
        twice += reader.articles - 1;
    }
    assert_int_equal(words, 1100000);
    assert_int_equal(twice, 30 + 20);
    assert_int_equal(pm_word_counts_format(counts, &once, &err), 0);
    assert_words(&once, "");
    pm_word_counts_free(counts);
    pm_buf_release(&list);
    pm_buf_release(&once);
}

static void merges_lists_and_adds_up_their_numbers(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_buf out = PM_BUF_INIT;
    struct pm_buf list[] = {list_of("rice | rice fish"), list_of(""), list_of("fish ants"),
                            list_of("rice zoo")};
    assert_int_equal(merge(list, 4, &out, &err), 0);
    assert_words(&out, "ants=1 fish=2 rice=3 zoo=1");
    for (size_t i = 0; i < 4; i++)
        pm_buf_release(&list[i]);
    pm_buf_release(&out);
}

/* Adds `n` articles of ten words each to `out`, out of some thousands of words. */
static void invent(struct pm_buf *out, uint64_t *seed, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        pm_buf_adds(out, " |");
        for (int j = 0; j < 10; j++) {
            *seed = pm_hash64(seed, sizeof *seed);
            pm_buf_addf(out, " w%c%c%03u", 'a' + (int)(*seed % 3), 'a' + (int)(*seed / 3 % 3),
                        (unsigned)(*seed / 9 % 400));
        }
    }
}

static void makes_one_list_whichever_way_the_articles_were_parted(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_buf all = PM_BUF_INIT, pairwise = PM_BUF_INIT, at_once = PM_BUF_INIT;
    struct pm_buf list[8], two[2];
    uint64_t seed = 1;
    for (size_t i = 0; i < 8; i++) {
        struct pm_buf text = PM_BUF_INIT;
        invent(&text, &seed, 10 << i);
        list[i] = list_of(pm_buf_str(&text));
        pm_buf_add(&all, text.data, text.len);
        pm_buf_release(&text);
    }
    struct pm_buf whole = list_of(pm_buf_str(&all));
    assert_int_equal(merge(list, 8, &at_once, &err), 0);
    assert_int_equal(at_once.len, whole.len);
    assert_memory_equal(at_once.data, whole.data, whole.len);
    two[0] = list_of("");
    for (size_t i = 0; i < 8; i++) {
        two[1] = list[i];
        assert_int_equal(merge(two, 2, &pairwise, &err), 0);
        pm_buf_release(&two[0]);
        two[0] = pairwise;
        pairwise = (struct pm_buf)PM_BUF_INIT;
        pm_buf_release(&list[i]);
    }
    assert_int_equal(two[0].len, whole.len);
    assert_memory_equal(two[0].data, whole.data, whole.len);
    pm_buf_release(&two[0]);
    pm_buf_release(&whole);
    pm_buf_release(&at_once);
    pm_buf_release(&all);
}

static void takes_the_first_of_what_is_no_list(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_buf out = PM_BUF_INIT;
    const struct pm_db_bytes values[] = {{"one", 3}, {"two", 3}};
    assert_int_equal(pm_vocabulary_merge("other", values, 2, &out, &err), 0);
    assert_string_equal(pm_buf_str(&out), "one");
    pm_buf_release(&out);
}

/* ---- damage ---- */

static void tells_of_every_damage_to_a_list(void **state)
{
    (void)state;
    struct pm_buf out = PM_BUF_INIT;
    struct pm_buf list[] = {list_of("rice fish ricefield | москва rice"), list_of("rice")};
    size_t len = list[0].len;
    for (size_t cut = 0; cut < len; cut++) {
        struct pm_error err = {0};
        list[0].len = cut;
        assert_int_equal(merge(list, 2, &out, &err), -1);
        assert_int_equal(err.code, PM_ERR_CORRUPT);
    }
    list[0].len = len;
    for (size_t bit = 0; bit < 8 * len; bit++) {
        struct pm_error err = {0};
        list[0].data[bit / 8] ^= (char)(1 << bit % 8);
        assert_int_equal(merge(list, 2, &out, &err), -1);
        assert_int_equal(err.code, PM_ERR_CORRUPT);
        list[0].data[bit / 8] ^= (char)(1 << bit % 8);
    }
    pm_buf_release(&list[0]);
    pm_buf_release(&list[1]);
    pm_buf_release(&out);
}

/* Sets `list` to one of the bytes `body`, with a checksum that is right. */
static void seal(struct pm_buf *list, const char *body, size_t len)
{
    pm_buf_clear(list);
    pm_buf_addc(list, 1);
    pm_buf_add(list, body, len);
    uint64_t sum = pm_hash64(list->data, list->len);
    for (int i = 0; i < 8; i++)
        pm_buf_addc(list, (char)(sum >> (8 * i)));
}

static void believes_no_list_for_its_checksum(void **state)
{
    (void)state;
    static const struct {
        const char *body;
        size_t len;
        const char *words; /* NULL: it is damaged */
    } rows[] = {
        {"", 0, ""},
        {"\0\2ab\1", 5, "ab=1"},
        {"\0\2ab\1\2\1c\1", 9, "ab=1 abc=1"},
        {"\0\2ab\377\377\377\377\17", 9, "ab=4294967295"},
        {"\0\2ab\377\377\377\377\37", 9, NULL},         /* too many articles */
        {"\0\2ab\377\377\377\377\377\1", 10, NULL},     /* too long a number */
        {"\0\2ab\0", 5, NULL},                          /* in no article */
        {"\0\2ab", 4, NULL},                            /* no number */
        {"\0\3ab\1", 5, NULL},                          /* ends within the word */
        {"\0\0\1", 3, NULL},                            /* an empty word */
        {"\1\1b\1", 4, NULL},                           /* shares with nothing */
        {"\0\2ab\1\0\2ab\1", 10, NULL},                 /* a word twice */
        {"\0\2ab\1\0\2aa\1", 10, NULL},                 /* out of order */
        {"\0\2ab\1\3\1c\1", 9, NULL},                   /* shares more than there is */
        {"\0\2ab\1\2\377\377\377\377\17c\1", 13, NULL}, /* longer than any word */
        {"\0\2a\0\1", 5, NULL},                         /* a NUL */
        {"\0\2a\377\1", 5, NULL},                       /* no UTF-8 */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pm_error err = {0};
        struct pm_buf list = PM_BUF_INIT, out = PM_BUF_INIT;
        seal(&list, rows[i].body, rows[i].len);
        int rc = merge(&list, 1, &out, &err);
        if (rc != (rows[i].words ? 0 : -1))
            fail_msg("row %zu", i);
        assert_int_equal(err.code, rows[i].words ? PM_OK : PM_ERR_CORRUPT);
        if (rows[i].words)
            assert_words(&list, rows[i].words);
        pm_buf_release(&list);
        pm_buf_release(&out);
    }
}

static void reads_no_longer_words_than_there_are(void **state)
{
    (void)state;
    static const size_t lens[] = {159, 160, 161, 1000};
    for (size_t i = 0; i < sizeof lens / sizeof *lens; i++) {
        struct pm_error err = {0};
        struct pm_buf list = PM_BUF_INIT, out = PM_BUF_INIT;
        size_t len = lens[i];
        char body[1010] = {0, (char)(len | 0x80), (char)(len >> 7)};
        memset(body + 3, 'a', len);
        body[3 + len] = 1;
        seal(&list, body, len + 4);
        assert_int_equal(merge(&list, 1, &out, &err), len <= 160 ? 0 : -1);
        assert_int_equal(err.code, len <= 160 ? PM_OK : PM_ERR_CORRUPT);
        pm_buf_release(&list);
        pm_buf_release(&out);
    }
}

static void reads_no_list_of_another_version(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_buf list = list_of("rice"), out = PM_BUF_INIT;
    list.data[0] = 2;
    uint64_t sum = pm_hash64(list.data, list.len - 8);
    for (size_t i = 0; i < 8; i++)
        list.data[list.len - 8 + i] = (char)(sum >> (8 * i));
    assert_int_equal(merge(&list, 1, &out, &err), -1);
    assert_int_equal(err.code, PM_ERR_CORRUPT);
    pm_buf_release(&list);
    pm_buf_release(&out);
}

static void survives_lists_of_any_bytes(void **state)
{
    (void)state;
    struct pm_buf good = list_of("rice ricefield fish fishes москва | рис"), list = PM_BUF_INIT;
    uint64_t seed = 7;
    for (int i = 0; i < 20000; i++) {
        struct pm_error err = {0};
        struct pm_buf out = PM_BUF_INIT, again = PM_BUF_INIT;
        char body[200];
        size_t len = good.len - 9;
        memcpy(body, good.data + 1, len);
        for (int j = 0; j < 2; j++) {
            seed = pm_hash64(&seed, sizeof seed);
            body[seed % len] = (char)(seed >> 32);
        }
        seal(&list, body, len);
        /* What is taken for words is such that it can be read again. */
        if (!merge(&list, 1, &out, &err))
            assert_int_equal(merge(&out, 1, &again, &err), 0);
        else
            assert_int_equal(err.code, PM_ERR_CORRUPT);
        pm_buf_release(&out);
        pm_buf_release(&again);
    }
    pm_buf_release(&good);
    pm_buf_release(&list);
}

static void adds_numbers_up_to_the_largest(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_buf list[2] = {PM_BUF_INIT, PM_BUF_INIT}, out = PM_BUF_INIT;
    seal(&list[0], "\0\2ab\377\377\377\377\17", 9);
    seal(&list[1], "\0\2ab\1", 5);
    assert_int_equal(merge(list, 2, &out, &err), 0);
    assert_words(&out, "ab=4294967295");
    pm_buf_release(&list[0]);
    pm_buf_release(&list[1]);
    pm_buf_release(&out);
}

/* ---- databases ---- */

static void walks_the_words_of_all_segments_in_order(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_buf one = list_of("rice | rice zoo"), two = list_of("ants rice"), out = PM_BUF_INIT;
    const char *paths[] = {path_of("walk-1"), path_of("walk-2"), path_of("walk-3")};
    write_db(paths[0], &one);
    write_db(paths[1], NULL);
    write_db(paths[2], &two);
    assert_int_equal(show(paths, 3, &out, &err), 0);
    assert_string_equal(pm_buf_str(&out), "ants=1 rice=3 zoo=1");
    assert_int_equal(show(paths + 1, 1, &out, &err), 0);
    assert_string_equal(pm_buf_str(&out), "");
    one.data[3] ^= 1;
    write_db(path_of("walk-4"), &one);
    paths[1] = path_of("walk-4");
    assert_int_equal(show(paths, 3, &out, &err), -1);
    assert_int_equal(err.code, PM_ERR_CORRUPT);
    pm_buf_release(&one);
    pm_buf_release(&two);
    pm_buf_release(&out);
}

static int stop_at_rice(const struct pm_vocabulary_word *word, void *arg)
{
    ++*(int *)arg;
    return word->len == 4 && !memcmp(word->text, "rice", 4) ? -7 : 0;
}

static void stops_when_it_is_told(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_buf list = list_of("ants rice zoo");
    const char *paths[] = {path_of("stop")};
    int calls = 0;
    write_db(paths[0], &list);
    struct pm_db *db = pm_db_open(paths, 1, &err);
    assert_int_equal(pm_vocabulary_each(db, stop_at_rice, &calls, &err), -7);
    assert_int_equal(calls, 2);
    pm_db_close(db);
    pm_buf_release(&list);
}

static void keeps_a_list_of_megabytes_through_a_merge(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_buf list[2], shown = PM_BUF_INIT, merged = PM_BUF_INIT;
    const char *paths[] = {path_of("large-1"), path_of("large-2")}, *to[] = {path_of("large")};
    for (int i = 0; i < 2; i++) {
        struct pm_word_counts *counts = pm_word_counts_new(&err);
        list[i] = (struct pm_buf)PM_BUF_INIT;
        for (uint64_t word = 0; word < 300000; word++) {
            char text[40];
            uint64_t key = word * 2 + (uint64_t)i;
            int len = snprintf(text, sizeof text, "w%016llx",
                               (unsigned long long)pm_hash64(&key, sizeof key));
            assert_int_equal(pm_word_counts_add(counts, 1, text, (size_t)len, NULL, &err), 0);
        }
        assert_int_equal(pm_word_counts_format(counts, &list[i], &err), 0);
        assert_true(list[i].len > 4000000);
        pm_word_counts_free(counts);
        write_db(paths[i], &list[i]);
    }
    assert_int_equal(merge(list, 2, &merged, &err), 0);
    if (pm_db_compact(paths, 2, to[0], pm_vocabulary_merge, &err))
        fail_msg("%s", err.message);
    struct pm_db *db = pm_db_open(to, 1, &err);
    assert_non_null(db);
    assert_int_equal(pm_db_metadata(db, 0, PM_VOCABULARY_KEY, &shown, &err), 0);
    assert_int_equal(shown.len, merged.len);
    assert_memory_equal(shown.data, merged.data, merged.len);
    pm_db_close(db);
    pm_buf_release(&list[0]);
    pm_buf_release(&list[1]);
    pm_buf_release(&merged);
    pm_buf_release(&shown);
}

/* ---- segments ---- */

/* Writes the articles numbered from `first` to before `end` as a segment. */
static void write_segment(const char *path, unsigned first, unsigned end)
{
    struct pm_error err = {0};
    struct document_maker maker;
    struct document document;
    struct pm_buf words = PM_BUF_INIT;
    const struct segment_options options = {.memory = 1 << 20};
    struct segment *segment = segment_new(path_of("building"), &options, &err);
    assert_non_null(segment);
    assert_int_equal(document_maker_init(&maker, &pm_boosts_default, false, &err), 0);
    assert_int_equal(document_init(&document, true, &err), 0);
    for (unsigned i = first; i < end; i++) {
        char id[20], title[60], body[100], language[] = "en", section[] = "Nowhere";
        snprintf(id, sizeof id, "%u", i);
        snprintf(title, sizeof title, "Ministers' rice of Cambodia’s field x%u", i % 7);
        snprintf(body, sizeof body, "Rice élan in %u, y%u z%u.", i, i % 700, i / 100);
        struct pm_article article = {
            .id = id, .title = title, .body = body, .language = language, .section = section};
        assert_int_equal(document_make(&maker, &article, &document, &err), 0);
        struct pm_db_doc *doc = document_doc(&maker, &document);
        assert_int_equal(segment_invert(segment, 0, doc, i - first, &err), 0);
        assert_int_equal(segment_add(segment, &document, &err), 0);
    }
    assert_int_equal(pm_word_counts_format(maker.words, &words, &err), 0);
    if (segment_finish(segment, &words, path, &err))
        fail_msg("%s", err.message);
    segment_free(segment);
    document_release(&document);
    document_maker_release(&maker);
    pm_buf_release(&words);
}

static void has_one_list_whatever_parts_and_merges_it_went_through(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_buf whole = PM_BUF_INIT, merged = PM_BUF_INIT;
    const char *all[] = {path_of("all")}, *of_three[] = {path_of("of-three")};
    const char *three[] = {path_of("one"), path_of("two"), path_of("three")};
    write_segment(all[0], 0, 1300);
    write_segment(three[0], 0, 20);
    write_segment(three[1], 20, 800);
    write_segment(three[2], 800, 1300);
    const struct part_alive part[] = {{three[0], NULL}, {three[1], NULL}, {three[2], NULL}};
    if (merge_segments(part, 3, path_of("work"), of_three[0], &err))
        fail_msg("%s", err.message);
    assert_int_equal(show(all, 1, &whole, &err), 0);
    assert_non_null(strstr(pm_buf_str(&whole), "cambodia=1300 elan=1300 field=1300 in=1300 "
                                               "ministers=1300 of=1300 rice=1300 x0=186 "));
    assert_non_null(strstr(pm_buf_str(&whole), " y600=1 "));
    assert_non_null(strstr(pm_buf_str(&whole), " y599=2 "));
    assert_null(strstr(pm_buf_str(&whole), "nowhere"));
    assert_int_equal(show(of_three, 1, &merged, &err), 0);
    assert_string_equal(pm_buf_str(&merged), pm_buf_str(&whole));
    assert_int_equal(show(three, 3, &merged, &err), 0);
    assert_string_equal(pm_buf_str(&merged), pm_buf_str(&whole));
    pm_buf_release(&whole);
    pm_buf_release(&merged);
}

static void keeps_its_list_when_the_dead_leave(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_buf before = PM_BUF_INIT, after = PM_BUF_INIT;
    const char *from[] = {path_of("living")};
    write_segment(from[0], 0, 10);
    assert_int_equal(show(from, 1, &before, &err), 0);
    for (uint32_t dead_count = 1; dead_count < 10; dead_count += 7) { /* few, and many */
        struct pm_dead dead = {0};
        const char *to[] = {path_of(dead_count == 1 ? "few-dead" : "many-dead")};
        for (uint32_t i = 1; i <= dead_count; i++)
            assert_int_equal(pm_dead_add(&dead, i, &err), 0);
        const struct part_alive part = {from[0], &dead};
        if (merge_segments(&part, 1, path_of("work"), to[0], &err))
            fail_msg("%s", err.message);
        assert_int_equal(show(to, 1, &after, &err), 0);
        assert_string_equal(pm_buf_str(&after), pm_buf_str(&before));
        pm_dead_release(&dead);
    }
    pm_buf_release(&before);
    pm_buf_release(&after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_a_word_once_for_each_article),
        cmocka_unit_test(passes_over_what_is_no_word_to_complete_or_correct),
        cmocka_unit_test(begins_anew_after_each_list),
        cmocka_unit_test(finds_words_again_by_their_notes),
        cmocka_unit_test(counts_more_words_than_it_keeps_in_memory),
        cmocka_unit_test(merges_lists_and_adds_up_their_numbers),
        cmocka_unit_test(makes_one_list_whichever_way_the_articles_were_parted),
        cmocka_unit_test(takes_the_first_of_what_is_no_list),
        cmocka_unit_test(tells_of_every_damage_to_a_list),
        cmocka_unit_test(believes_no_list_for_its_checksum),
        cmocka_unit_test(reads_no_longer_words_than_there_are),
        cmocka_unit_test(reads_no_list_of_another_version),
        cmocka_unit_test(survives_lists_of_any_bytes),
        cmocka_unit_test(adds_numbers_up_to_the_largest),
        cmocka_unit_test(walks_the_words_of_all_segments_in_order),
        cmocka_unit_test(stops_when_it_is_told),
        cmocka_unit_test(keeps_a_list_of_megabytes_through_a_merge),
        cmocka_unit_test(has_one_list_whatever_parts_and_merges_it_went_through),
        cmocka_unit_test(keeps_its_list_when_the_dead_leave),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
