#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analyzer.h"
#include "buf.h"
#include "snippet.h"
#include "utf8.h"

/* ---- queries and answers as text ---- */

static struct pm_analyzer *open_analyzer(const char *language)
{
    struct pm_error err = {0};
    struct pm_analyzer *analyzer = pm_analyzer_new(pm_language_find(language), &err);
    assert_non_null(analyzer);
    return analyzer;
}

/* Wants the word that `raw` is, as `like` tells; of an acronym only its sense as one. */
static void want_word(struct pm_wanted *wanted, struct pm_analyzer *analyzer, const char *raw,
                      size_t len, const struct pm_wanted_term *like)
{
    struct pm_error err = {0};
    struct pm_tokens tokens;
    struct pm_token token;
    pm_tokens_start(&tokens, analyzer, raw, len);
    assert_int_equal(pm_tokens_next(&tokens, &token, &err), 1);
    for (size_t i = token.acronym; i < token.terms; i++) {
        struct pm_wanted_term term = *like;
        char text[64];
        assert_true(token.term[i].len <= sizeof text);
        memcpy(text, token.term[i].text, token.term[i].len);
        term.text = text;
        term.len = token.term[i].len;
        assert_int_equal(pm_wanted_add(wanted, &term, &err), 0);
    }
}

/*
 * A query: words with "/" between forms of one concept, "^9" a weight after a word, quotes
 * around a phrase, "*" in it for any word.
 */
static void want(struct pm_wanted *wanted, struct pm_analyzer *analyzer, const char *query)
{
    struct pm_wanted_term like = {.weight = 1, .phrase = PM_NO_PHRASE};
    for (const char *c = query; *c;) {
        size_t len = strcspn(c, " \"/^*");
        const char *after = c + len;
        if (*after == '^')
            like.weight = strtod(after + 1, (char **)(uintptr_t)&after);
        if (len) {
            like.concept = wanted->concepts;
            want_word(wanted, analyzer, c, len, &like);
        }
        like.weight = 1;
        if (*after == '"') {
            bool open = like.phrase == PM_NO_PHRASE;
            like.phrase = open ? wanted->phrases++ : PM_NO_PHRASE;
            like.offset = 0;
            wanted->concepts += !open;
        } else if (*after == ' ' && like.phrase != PM_NO_PHRASE) {
            like.offset++;
        } else if (*after != '/' && *after != '*') {
            wanted->concepts++;
        }
        c = *after ? after + 1 : after;
    }
    pm_wanted_sort(wanted);
}

/* The text with the passage in {braces} and the marks in [brackets]. */
static void show(struct pm_buf *out, const char *text, size_t len, const struct pm_snippet *snippet)
{
    size_t at = snippet->start;
    pm_buf_add(out, text, at);
    pm_buf_addc(out, '{');
    for (size_t i = 0; i < snippet->marks; i++) {
        const struct pm_span *mark = &snippet->mark[i];
        pm_buf_add(out, text + at, mark->start - at);
        pm_buf_addc(out, '[');
        pm_buf_add(out, text + mark->start, mark->end - mark->start);
        pm_buf_addc(out, ']');
        at = mark->end;
    }
    pm_buf_add(out, text + at, snippet->end - at);
    pm_buf_addc(out, '}');
    pm_buf_add(out, text + snippet->end, len - snippet->end);
}

static void hide(struct pm_buf *out, const char *shown)
{
    for (; *shown; shown++)
        if (!strchr("{}[]", *shown))
            pm_buf_addc(out, *shown);
}

struct row {
    const char *language, *query;
    size_t words; /* 0: the whole */
    const char *shown;
};

static void check_row(const struct row *row)
{
    struct pm_error err = {0};
    struct pm_wanted wanted = {0};
    struct pm_snippet snippet;
    struct pm_buf text = PM_BUF_INIT, shown = PM_BUF_INIT;
    struct pm_analyzer *analyzer = open_analyzer(row->language);
    want(&wanted, analyzer, row->query);
    hide(&text, row->shown);
    const char *bytes = pm_buf_str(&text);
    int rc = row->words
                 ? pm_snippet_make(&wanted, analyzer, bytes, text.len, row->words, &snippet, &err)
                 : pm_snippet_whole(&wanted, analyzer, bytes, text.len, &snippet, &err);
    assert_int_equal(rc, 0);
    show(&shown, bytes, text.len, &snippet);
    assert_string_equal(pm_buf_str(&shown), row->shown);
    pm_snippet_release(&snippet);
    pm_wanted_release(&wanted);
    pm_analyzer_free(analyzer);
    pm_buf_release(&text);
    pm_buf_release(&shown);
}

static void check_rows(const struct row *row, size_t rows)
{
    for (size_t i = 0; i < rows; i++)
        check_row(&row[i]);
}

#define CHECK(...)                                                                                 \
    do {                                                                                           \
        (void)state;                                                                               \
        static const struct row rows[] = {__VA_ARGS__};                                            \
        check_rows(rows, sizeof rows / sizeof *rows);                                              \
    } while (0)

/* ---- marks ---- */

static void marks_what_the_analyzer_matches(void **state)
{
    CHECK({"en", "harbour", 0, "{[Harbours] and [HARBOR] works, an arbour}"},
          {"en", "cafe", 0, "{The [café], the [CAFE\u0301], a [cafe], a cage}"},
          {"en", "café", 0, "{A [cafe] is a [café]}"},
          {"fr", "armée", 0, "{L'[armée] et l’[Armee]; désarmer}"},
          {"en", "cambodia", 0, "{[Cambodia's] and [Cambodia]’}"},
          {"de", "straße", 0, "{Die [Strasse] heißt »[Straße]«}"},
          {"en", "ferry ship", 0, "{[Ships], [ferries], worship, a [shipping]-[ferry]}"});
}

static void marks_an_acronym_in_its_own_sense(void **state)
{
    CHECK({"en", "US", 0, "{The [US] told us that the [U.S.] knew}"},
          {"en", "us", 0, "{The [US] told [us] that}"}, {"en", "WHO", 0, "{The [WHO], who knew}"});
}

static void marks_a_phrase_only_where_it_stands(void **state)
{
    CHECK(
        {"en", "\"coast guard\"", 0, "{[Coast] [guards] guard the coast. Coast\n[Coast] [guard]}"},
        {"en", "\"coast guard\" guard", 0, "{[Coast] [guards] [guard] the coast}"},
        {"en", "\"a a b\"", 0, "{a [a] [a] [b] a b}"},
        {"en", "\"new york new\"", 0, "{[new] [york] [new] [york] [new] york}"},
        {"en", "\"coast\"", 0, "{the [coast]}"}, {"en", "\"coast guard\"", 0, "{guard coast}"},
        {"en", "\"coast guard\"", 0, "{coast}"}, {"en", "\"coast guard\"", 0, "{guard}"});
}

static void lets_any_form_fill_its_place_in_a_phrase(void **state)
{
    CHECK({"en", "\"coast guard/patrol\"", 0, "{[Coast] [patrol], [coast] [guard], patrol guard}"},
          {"en", "\"river/stream bank/shore\"", 0,
           "{[stream] [shore], shore stream [river] [bank]}"});
}

static void passes_over_any_word_of_a_phrase_with_a_gap(void **state)
{
    CHECK({"en", "\"bank * england\"", 0,
           "{The [Bank] of [England], bank England bank of of England}"},
          {"en", "\"bank * * x\"", 0, "{[bank] bank bank [x], [bank] [bank] bank [x] [x]}"},
          {"en", "\"* guard\"", 0, "{[guard] the [guard]}"});
}

static void keeps_phrases_apart_that_share_words(void **state)
{
    CHECK({"en", "\"coast guard\" \"guard dog\"", 0, "{The [coast] [guard] [dog], dog guard}"},
          {"en", "\"coast guard\" \"coast line\"", 0, "{coast, a [coast] [line]}"});
}

static void marks_words_of_a_script_without_spaces(void **state)
{
    CHECK({"km", "ត្រី", 0, "{ការនេសាទ[ត្រី]។ ឥឡូវនេះ [ត្រី]មានតិចជាងមុន}"});
}

/* ---- passages ---- */

static void gives_the_beginning_when_nothing_is_found(void **state)
{
    CHECK({"en", "ship", 5, "{}"}, {"en", "", 5, "{The boat sank at once.} Nobody saw it sink."},
          {"en", "ship", 6, "\n {The boat sank at once.} Nobody saw it sink. It was dark."},
          {"en", "ship", 3, "{a b c} d e f g h i"}, {"en", "ship", 6, " {(Boats) sink} "},
          {"en", "ship", 6, " {... -} \n"}, {"en", "ship", 6, "{} \n "});
}

static void begins_and_ends_with_sentences_where_it_can(void **state)
{
    CHECK(
        {"en", "ferry", 6, "It rained. {The old [ferry] sank at once.} Nobody saw it. Then rain."},
        {"en", "ferry", 6, "It rained. {“The old [ferry] sank at once.”} Nobody saw it sink."},
        {"en", "ferry", 6, "A title\n{The old [ferry] sank at once}\nNobody saw it sink."},
        {"en", "ferry", 6, "It rained. {A [ferry] sank. It was dark.} Nobody saw the boat sink."},
        {"en", "ferry", 9, "Rain. {Gen. Mao sold [ferries] to the island.} He was so late for it."},
        {"km", "ត្រី", 12, "ខ្ញុំទៅផ្ទះ។ {គាត់ទិញ[ត្រី]បានច្រើន។} ឥឡូវនេះយើងទៅផ្ទះវិញហើយ។"});
}

static void begins_some_words_before_where_the_sentence_is_long(void **state)
{
    CHECK({"en", "ferry", 12,
           "a b c d e f g h i {j k [ferry] l m n o p q r s t} u v w x y z a b c d e f"});
}

static void may_run_across_lines(void **state)
{
    CHECK(
        {"en", "ferry port", 7, "Rain.\n\n{The [ferry] sank.\n\nThe [port] is shut.}\n\nThe sea."});
}

static void finds_a_match_at_the_very_start_and_end(void **state)
{
    CHECK({"en", "ferry", 6, "{[Ferry] a b c d e} f g h i j k l"},
          {"en", "ferry", 6, "a b c d e f g h i {j k l m n [ferry]}"},
          {"en", "ferry", 6, "{[ferry]}"}, {"en", "ferry", 1, "a {[ferry]} b"},
          {"en", "ferry", 6, "a b c d e. {He saw it. Then the [ferry]!}\n"});
}

static void prefers_more_of_the_words(void **state)
{
    CHECK(
        {"en", "ferry port", 6,
         "ferry ferry ferry a b c d e f g h i j k {l [port] m [ferry] n o} p q r s t"},
        {"en", "ferry port sea", 8,
         "ferry port ferry port ferry port ferry port a b c d e f g h "
         "{i [ferry] [port] [sea] j k l m} n o p q"},
        {"en", "ferry^5 port sea", 6, "port sea a b c d e f g h i j k {l [ferry] m n o p} q r s t"},
        {"en", "ferry port", 6, "ferry a b c d e f g h i j k {l [ferry] m [ferry] n o} p q r s t"});
}

static void prefers_words_that_are_close_together(void **state)
{
    CHECK({"en", "ferry port", 6,
           "ferry a b c port d e f g h i j k {l [ferry] [port] m n o} p q r s t"});
}

static void takes_a_phrase_for_a_word_of_summed_weight(void **state)
{
    CHECK(
        {"en", "\"old ferry\" port", 6, "port a b c d e f g h i j {k [old] [ferry] l m n} o p q r"},
        {"en", "\"x y z\" y port^3.5", 6, "port a b c d e f g h i {j [x] [y] [z] k l} m n o p q"},
        {"en", "\"old ferry\" port^3", 6, "{[port] a b c d e} f g h i j k l old ferry m n o p q"});
}

static void prefers_the_earlier_of_equals(void **state)
{
    CHECK(
        {"en", "ferry", 6, "a b c d e f {g [ferry] h i j k} l m n o p q r s t ferry u v w x"},
        {"en", "port ferry/ferries", 6, "a b c {d [port] e f g h} i j k l m n o ferry p q r s t"},
        {"en", "ferry/boat", 6, "a b c d e f {g [boat] h i j k} l m n o p q r s t ferry u v w x"});
}

static void shows_as_much_of_a_long_phrase_as_it_may(void **state)
{
    CHECK({"en", "\"a b c d\"", 2, "x x {[a] [b] [c] [d]} x x"},
          {"en", "\"a b c d e f\"", 2, "x x {[a] [b] [c] [d]} e f x x"});
}

/* ---- several passages ---- */

struct some_row {
    const char *query;
    size_t words, n;
    const char *shown; /* as of a row, with all passages */
};

static void check_some(const struct some_row *row)
{
    struct pm_error err = {0};
    struct pm_wanted wanted = {0};
    struct pm_snippet *snippet;
    struct pm_buf text = PM_BUF_INIT, shown = PM_BUF_INIT, part = PM_BUF_INIT;
    struct pm_analyzer *analyzer = open_analyzer("en");
    size_t count, at = 0;
    want(&wanted, analyzer, row->query);
    hide(&text, row->shown);
    assert_int_equal(pm_snippet_make_some(&wanted, analyzer, pm_buf_str(&text), text.len,
                                          row->words, row->n, &snippet, &count, &err),
                     0);
    assert_true(count <= row->n);
    for (size_t i = 0; i < count; i++) {
        assert_true(snippet[i].start >= at);
        pm_buf_clear(&part);
        show(&part, text.data, snippet[i].end, &snippet[i]);
        pm_buf_add(&shown, pm_buf_str(&part) + at, part.len - at);
        at = snippet[i].end;
        pm_snippet_release(&snippet[i]);
    }
    pm_buf_add(&shown, pm_buf_str(&text) + at, text.len - at);
    assert_string_equal(pm_buf_str(&shown), row->shown);
    free(snippet);
    pm_wanted_release(&wanted);
    pm_analyzer_free(analyzer);
    pm_buf_release(&text);
    pm_buf_release(&shown);
    pm_buf_release(&part);
}

#define CHECK_SOME(...)                                                                            \
    do {                                                                                           \
        (void)state;                                                                               \
        static const struct some_row rows[] = {__VA_ARGS__};                                       \
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)                                    \
            check_some(&rows[i]);                                                                  \
    } while (0)

static void gives_several_passages_in_the_order_of_the_text(void **state)
{
    CHECK_SOME({"ferry port^2", 3, 2, "a b c d {[ferry] e f} g h i j k l m {[port] n o} p q"},
               {"ferry^2 port", 3, 2, "a b c d {[ferry] e f} g h i j k l m {[port] n o} p q"},
               {"ferry port^3 sea^2", 3, 2, "a ferry b c d e {[port] f g} h i j {[sea] k l} m n"},
               {"ferry port^3 sea^2", 3, 3, "{a [ferry] b} c d {[port] e f} g h {[sea] i j k}"},
               {"ferry port", 3, 1, "a b c d {[ferry] e f} g h i j k l m port n o p q"},
               {"ferry port", 3, 0, "a b c d ferry e f g h i j k l m port n o p q"});
}

static void prefers_words_that_were_not_shown_yet(void **state)
{
    CHECK_SOME({"ferry^9 port", 3, 2,
                "a b {[ferry] c d} e f g h ferry i j k l m n {[port] o p} q r ferry s t"},
               {"ferry^9 port", 3, 3,
                "a b {[ferry] c d} e f g h {[ferry] i j} k l m n {[port] o p} q r ferry s t"},
               {"ferry^9 port^4", 3, 3,
                "a b {[ferry] c d} e f port g h {[ferry] i [port]} j k l {[ferry] m n} o p q"});
}

static void gives_no_further_passage_without_a_wanted_word(void **state)
{
    CHECK_SOME({"ferry", 3, 5, "a b c {[ferry] d e} f g h i j k l m n o p q r s"},
               {"x", 3, 5, "{a b c} d e f g h i j k l m n o p q r s"}, {"x", 3, 5, "{}"},
               {"x", 3, 5, "{...}"}, {"ferry port", 20, 5, "{a [ferry] b c d [port]}"},
               {"ferry", 0, 5, "{}ferry"});
}

static void keeps_passages_apart_that_stand_side_by_side(void **state)
{
    CHECK_SOME({"b/d/f", 3, 9, "{a [b] c [d]} {e [f]}"}, {"b/d", 1, 9, "a {[b]} {[d]} e"},
               {"b/d", 1, 9, "a {[b]\"\"}\"{[d]} e"}, {"\"b c d\" c^9", 1, 2, "a {[b]} {[c]} d e"});
}

/* ---- limits ---- */

static void make(const char *query, const char *text, size_t len, size_t words,
                 struct pm_snippet *snippet)
{
    struct pm_error err = {0};
    struct pm_wanted wanted = {0};
    struct pm_analyzer *analyzer = open_analyzer("en");
    want(&wanted, analyzer, query);
    assert_int_equal(pm_snippet_make(&wanted, analyzer, text, len, words, snippet, &err), 0);
    pm_wanted_release(&wanted);
    pm_analyzer_free(analyzer);
}

static void cuts_a_word_of_a_megabyte(void **state)
{
    (void)state;
    struct pm_snippet snippet;
    struct pm_buf text = PM_BUF_INIT;
    pm_buf_adds(&text, "ferry ");
    for (int i = 0; i < 500000; i++)
        pm_buf_adds(&text, "é");
    make("ferry", text.data, text.len, 10, &snippet);
    assert_int_equal(snippet.start, 0);
    assert_int_equal(snippet.end, 5);
    assert_int_equal(snippet.marks, 1);
    pm_snippet_release(&snippet);
    make("x", text.data + 6, text.len - 6, 10, &snippet);
    assert_int_equal(snippet.end, 400);
    pm_snippet_release(&snippet);
    make("x", text.data + 5, text.len - 5, 1, &snippet);
    assert_int_equal(snippet.start, 1);
    assert_int_equal(snippet.end, 41);
    pm_snippet_release(&snippet);
    pm_buf_release(&text);
}

static void cuts_a_mark_with_its_word(void **state)
{
    (void)state;
    struct pm_snippet snippet;
    struct pm_buf text = PM_BUF_INIT;
    pm_buf_adds(&text, "(");
    for (int i = 0; i < 30; i++)
        pm_buf_adds(&text, "é");
    make(text.data + 1, text.data, text.len, 1, &snippet);
    assert_int_equal(snippet.start, 0);
    assert_int_equal(snippet.end, 39);
    assert_int_equal(snippet.marks, 1);
    assert_int_equal(snippet.mark[0].start, 1);
    assert_int_equal(snippet.mark[0].end, 39);
    pm_snippet_release(&snippet);
    pm_buf_release(&text);
}

static void shows_only_one_of_words_a_megabyte_apart(void **state)
{
    (void)state;
    static const char between[] = "-.\n\"";
    for (size_t i = 0; i + 1 < sizeof between; i++) {
        struct pm_snippet snippet;
        struct pm_buf text = PM_BUF_INIT;
        pm_buf_adds(&text, "old");
        for (int n = 0; n < 2000000; n++) {
            if (n == 1000000)
                pm_buf_adds(&text, "ferry");
            pm_buf_addc(&text, between[i]);
        }
        pm_buf_adds(&text, "port");
        make("ferry port", text.data, text.len, 10, &snippet);
        assert_int_equal(snippet.marks, 1);
        assert_true(snippet.end - snippet.start <= 400);
        pm_snippet_release(&snippet);
        pm_buf_release(&text);
    }
}

static void takes_any_number_of_words(void **state)
{
    (void)state;
    struct pm_snippet snippet;
    make("b", " a b c ", 7, SIZE_MAX, &snippet);
    assert_int_equal(snippet.start, 1);
    assert_int_equal(snippet.end, 6);
    pm_snippet_release(&snippet);
    make("b", " a b c ", 7, SIZE_MAX / 2 + 1, &snippet);
    assert_int_equal(snippet.start, 1);
    assert_int_equal(snippet.end, 6);
    pm_snippet_release(&snippet);
    make("a", " a b c ", 7, 0, &snippet);
    assert_int_equal(snippet.start, snippet.end);
    assert_int_equal(snippet.marks, 0);
    pm_snippet_release(&snippet);
}

static void gives_the_one_passage_as_the_first_of_several(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_wanted wanted = {0};
    struct pm_snippet *snippet, one;
    struct pm_buf text = PM_BUF_INIT;
    struct pm_analyzer *analyzer = open_analyzer("en");
    size_t count;
    want(&wanted, analyzer, "a b c");
    for (int i = 0; i < 100000; i++)
        pm_buf_adds(&text, i % 17 ? i % 5 ? "x " : "a " : "b ");
    pm_buf_adds(&text, "c");
    assert_int_equal(pm_snippet_make(&wanted, analyzer, text.data, text.len, 30, &one, &err), 0);
    assert_int_equal(pm_snippet_make_some(&wanted, analyzer, text.data, text.len, 30, 100, &snippet,
                                          &count, &err),
                     0);
    assert_int_equal(count, 100);
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        found += snippet[i].start == one.start && snippet[i].end == one.end;
    assert_int_equal(found, 1);
    for (size_t i = 0; i < count; i++)
        pm_snippet_release(&snippet[i]);
    free(snippet);
    pm_snippet_release(&one);
    pm_wanted_release(&wanted);
    pm_analyzer_free(analyzer);
    pm_buf_release(&text);
}

/* ---- what always holds ---- */

static uint32_t random_below(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)*seed * below) >> 32);
}

static const char *const bits[] = {
    "a",
    "b",
    "ferry",
    "Ferries",
    "PORT",
    "US",
    "us",
    "U.S.",
    "Gen",
    "café",
    "cafe\u0301",
    "ត្រី",
    "ផ្ទះ",
    "ពួកគេ",
    "東京",
    "1,000",
    "3.14",
    "IBM's",
    "PORTs",
    "O'Brien",
    "don’t",
    "G7",
    "e.g.",
    "feriae",
    "l’armée",
    "straße",
    "\u200b",
    "\u00ad",
    "\U0001f600",
    "'s",
    "averylongwordwithoutanyspacesinitthatgoesonandonforeverandever",
};

static const char *const gaps[] = {
    " ",       " ",
    " ",       " ",
    " ",       ". ",
    ".",       "? ",
    "… ",      "\n",
    "\n\n",    "។",
    " “",      "” ",
    "\u00a0»", " («",
    ", ",      "",
    "-",       "  \t ",
    "\u3000",  "........................................ ",
};

static void add_random_text(struct pm_buf *out, uint32_t *seed, uint32_t words)
{
    for (; words; words--) {
        pm_buf_adds(out, bits[random_below(seed, sizeof bits / sizeof *bits)]);
        pm_buf_adds(out, gaps[random_below(seed, sizeof gaps / sizeof *gaps)]);
    }
}

static void want_at_random(struct pm_wanted *wanted, struct pm_analyzer *analyzer, uint32_t *seed)
{
    static const char *const words[] = {"a",    "b",       "ferry", "port", "US",
                                        "us",   "café",    "ត្រី",    "東京", "3.14",
                                        "1000", "O’Brien", "G7",    "IBM",  "dont"};
    wanted->concepts = 1 + random_below(seed, 3);
    wanted->phrases = random_below(seed, 3);
    for (uint32_t n = random_below(seed, 9); n; n--) {
        const char *word = words[random_below(seed, sizeof words / sizeof *words)];
        struct pm_wanted_term like = {
            .weight = random_below(seed, 5) / 2.0,
            .concept = random_below(seed, wanted->concepts),
            .phrase = PM_NO_PHRASE,
        };
        if (wanted->phrases && random_below(seed, 3)) {
            like.phrase = random_below(seed, wanted->phrases);
            like.offset = random_below(seed, 4);
        }
        want_word(wanted, analyzer, word, strlen(word), &like);
    }
    pm_wanted_sort(wanted);
}

/* The words of a text with copies of their terms, for an answer found the plain way. */
struct plain_word {
    size_t start, end, terms, len[2];
    char term[2][600];
    bool marked;
};

static size_t read_plainly(struct pm_analyzer *analyzer, const struct pm_buf *text,
                           struct plain_word *word, size_t room)
{
    struct pm_error err = {0};
    struct pm_tokens tokens;
    struct pm_token token;
    size_t words = 0;
    pm_tokens_start(&tokens, analyzer, pm_buf_str(text), text->len);
    for (; pm_tokens_next(&tokens, &token, &err) == 1; words++) {
        assert_true(words < room);
        word[words] = (struct plain_word){token.start, token.end, token.terms, {0}, {{0}}, false};
        for (size_t i = 0; i < token.terms; i++) {
            word[words].len[i] = token.term[i].len;
            assert_true(token.term[i].len <= sizeof word->term[i]);
            memcpy(word[words].term[i], token.term[i].text, token.term[i].len);
        }
    }
    return words;
}

static bool is_word(const struct plain_word *word, const struct pm_wanted_term *term)
{
    for (size_t i = 0; i < word->terms; i++)
        if (word->len[i] == term->len && !memcmp(word->term[i], term->text, term->len))
            return true;
    return false;
}

/* True if at `start` + an offset stands, for each offset of the phrase, one of its forms. */
static bool stands(const struct pm_wanted *wanted, uint32_t phrase, const struct plain_word *word,
                   size_t words, size_t start)
{
    uint32_t needed = 0, met = 0, first = UINT32_MAX;
    for (size_t i = 0; i < wanted->len; i++)
        if (wanted->term[i].phrase == phrase && wanted->term[i].offset < first)
            first = wanted->term[i].offset;
    for (size_t i = 0; i < wanted->len; i++) {
        if (wanted->term[i].phrase != phrase)
            continue;
        uint32_t offset = wanted->term[i].offset - first;
        needed |= 1u << offset;
        if (start + offset < words && is_word(&word[start + offset], &wanted->term[i]))
            met |= 1u << offset;
    }
    return needed && needed == met;
}

static void mark_plainly(const struct pm_wanted *wanted, struct plain_word *word, size_t words)
{
    for (size_t at = 0; at < words; at++) {
        for (size_t i = 0; i < wanted->len; i++)
            if (wanted->term[i].phrase == PM_NO_PHRASE)
                word[at].marked |= is_word(&word[at], &wanted->term[i]);
        for (uint32_t phrase = 0; phrase < wanted->phrases; phrase++) {
            uint32_t first = UINT32_MAX;
            for (size_t i = 0; i < wanted->len; i++)
                if (wanted->term[i].phrase == phrase && wanted->term[i].offset < first)
                    first = wanted->term[i].offset;
            if (!stands(wanted, phrase, word, words, at))
                continue;
            for (size_t i = 0; i < wanted->len; i++)
                if (wanted->term[i].phrase == phrase)
                    word[at + wanted->term[i].offset - first].marked = true;
        }
    }
}

static bool is_character_start(const struct pm_buf *text, size_t at)
{
    return at == text->len || (text->data[at] & 0xC0) != 0x80;
}

static void check_passage(const struct pm_buf *text, const struct plain_word *word, size_t words,
                          size_t asked, const struct pm_snippet *snippet)
{
    size_t shown = 0, mark = 0;
    assert_true(snippet->start <= snippet->end && snippet->end <= text->len);
    assert_true(is_character_start(text, snippet->start));
    assert_true(is_character_start(text, snippet->end));
    assert_true(snippet->end - snippet->start <= 40 * asked);
    for (size_t i = 0; i < words; i++) {
        if (word[i].start < snippet->start || word[i].start >= snippet->end)
            continue;
        shown++;
        if (!word[i].marked)
            continue;
        assert_true(mark < snippet->marks);
        assert_int_equal(snippet->mark[mark].start, word[i].start);
        assert_int_equal(snippet->mark[mark].end,
                         word[i].end < snippet->end ? word[i].end : snippet->end);
        mark++;
    }
    assert_int_equal(mark, snippet->marks);
    assert_true(shown <= 2 * asked);
    assert_true(shown || !words);
    struct pm_buf line = PM_BUF_INIT;
    pm_utf8_one_line(&line, text->data + snippet->start, 1);
    pm_utf8_one_line(&line, text->data + snippet->end - 1, 1);
    assert_int_equal(line.len, snippet->end > snippet->start ? 2 : line.len);
    pm_buf_release(&line);
}

/* Each passage keeps its promises, and together they do not overlap. */
static void check_several(const struct pm_wanted *wanted, struct pm_analyzer *analyzer,
                          const struct pm_buf *text, const struct plain_word *word, size_t words,
                          size_t asked, size_t n)
{
    struct pm_error err = {0};
    struct pm_snippet *snippet;
    size_t count;
    assert_int_equal(pm_snippet_make_some(wanted, analyzer, text->data, text->len, asked, n,
                                          &snippet, &count, &err),
                     0);
    assert_true(count <= n && (count || !n));
    for (size_t i = 0; i < count; i++) {
        check_passage(text, word, words, asked, &snippet[i]);
        assert_true(!i || snippet[i].start >= snippet[i - 1].end);
        assert_true(count == 1 || snippet[i].marks);
    }
    for (size_t i = 0; i < count; i++)
        pm_snippet_release(&snippet[i]);
    free(snippet);
}

static void keeps_its_promises_for_any_text(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_analyzer *analyzer = open_analyzer("en");
    static struct plain_word word[400];
    uint32_t seed = 42;
    for (int round = 0; round < 3000; round++) {
        struct pm_wanted wanted = {0};
        struct pm_snippet snippet;
        struct pm_buf text = PM_BUF_INIT;
        add_random_text(&text, &seed, 1 + random_below(&seed, 60));
        want_at_random(&wanted, analyzer, &seed);
        size_t words = read_plainly(analyzer, &text, word, sizeof word / sizeof *word);
        mark_plainly(&wanted, word, words);
        size_t asked = 1 + random_below(&seed, 20);
        assert_int_equal(
            pm_snippet_make(&wanted, analyzer, text.data, text.len, asked, &snippet, &err), 0);
        check_passage(&text, word, words, asked, &snippet);
        bool any = false;
        for (size_t i = 0; i < words; i++)
            any |= word[i].marked;
        assert_int_equal(any, snippet.marks > 0);
        pm_snippet_release(&snippet);
        size_t several = random_below(&seed, 6);
        check_several(&wanted, analyzer, &text, word, words, asked, several);
        assert_int_equal(pm_snippet_whole(&wanted, analyzer, text.data, text.len, &snippet, &err),
                         0);
        assert_int_equal(snippet.end - snippet.start, text.len);
        for (size_t i = 0, mark = 0; i < words; i++)
            if (word[i].marked)
                assert_int_equal(snippet.mark[mark++].start, word[i].start);
        pm_snippet_release(&snippet);
        pm_wanted_release(&wanted);
        pm_buf_release(&text);
    }
    pm_analyzer_free(analyzer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_what_the_analyzer_matches),
        cmocka_unit_test(marks_an_acronym_in_its_own_sense),
        cmocka_unit_test(marks_a_phrase_only_where_it_stands),
        cmocka_unit_test(lets_any_form_fill_its_place_in_a_phrase),
        cmocka_unit_test(passes_over_any_word_of_a_phrase_with_a_gap),
        cmocka_unit_test(keeps_phrases_apart_that_share_words),
        cmocka_unit_test(marks_words_of_a_script_without_spaces),
        cmocka_unit_test(gives_the_beginning_when_nothing_is_found),
        cmocka_unit_test(begins_and_ends_with_sentences_where_it_can),
        cmocka_unit_test(begins_some_words_before_where_the_sentence_is_long),
        cmocka_unit_test(may_run_across_lines),
        cmocka_unit_test(finds_a_match_at_the_very_start_and_end),
        cmocka_unit_test(prefers_more_of_the_words),
        cmocka_unit_test(prefers_words_that_are_close_together),
        cmocka_unit_test(takes_a_phrase_for_a_word_of_summed_weight),
        cmocka_unit_test(prefers_the_earlier_of_equals),
        cmocka_unit_test(shows_as_much_of_a_long_phrase_as_it_may),
        cmocka_unit_test(gives_several_passages_in_the_order_of_the_text),
        cmocka_unit_test(prefers_words_that_were_not_shown_yet),
        cmocka_unit_test(gives_no_further_passage_without_a_wanted_word),
        cmocka_unit_test(keeps_passages_apart_that_stand_side_by_side),
        cmocka_unit_test(cuts_a_word_of_a_megabyte),
        cmocka_unit_test(cuts_a_mark_with_its_word),
        cmocka_unit_test(shows_only_one_of_words_a_megabyte_apart),
        cmocka_unit_test(takes_any_number_of_words),
        cmocka_unit_test(gives_the_one_passage_as_the_first_of_several),
        cmocka_unit_test(keeps_its_promises_for_any_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
