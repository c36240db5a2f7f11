/*
 * What the ten hits of a page cost after they were found: reading their articles and making their
 * snippets.  tests/bench/snippets builds and runs it.
 *
 *   snippets NAME INDEX
 *
 * takes the index's articles of about 7 KB, ten to a page, and looks in each page for words of the
 * title of its first.  It prints a row of microseconds a page: to inflate ten such texts (zlib, to
 * compare with), to read the records, to unpack them, and to make the snippets, the first time (a
 * search from a command line) and again (a word met before is remembered).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "analyzers.h"
#include "index.h"
#include "record.h"
#include "record_line.h"
#include "schema.h"
#include "snippet.h"
#include "timing.h"
#include "wanted.h"

enum { PAGE = 10, PAGES = 200, SHORTEST = 6500, LONGEST = 7500, WORDS = 40, WANTED = 4 };

struct page {
    struct pm_buf data[PAGE];
    struct pm_article article[PAGE];
    struct pm_wanted wanted;
};

struct times {
    double inflate, read, unpack, first, again;
};

static struct pm_error err;

static void need(bool good)
{
    if (!good)
        quit(err.code ? err.message : "out of memory");
}

/* ---- pages ---- */

static double read_page(struct page *page, const struct pm_db *db, const uint32_t docid[PAGE])
{
    double start = now();
    for (int i = 0; i < PAGE; i++) {
        page->data[i] = (struct pm_buf)PM_BUF_INIT;
        need(!pm_db_data(db, docid[i], &page->data[i], &err));
    }
    return now() - start;
}

static double unpack_page(struct page *page)
{
    const struct pm_record_wish wish = {.entities = PM_RECORD_ENTITIES};
    double start = now();
    for (int i = 0; i < PAGE; i++) {
        page->article[i] = (struct pm_article){0};
        need(!pm_record_unpack_brief(page->data[i].data, page->data[i].len, &wish,
                                     &page->article[i], &err));
    }
    return now() - start;
}

static double inflate_page(const struct page *page)
{
    static Bytef packed[2 * LONGEST], text[2 * LONGEST];
    double took = 0;
    for (int i = 0; i < PAGE; i++) {
        const char *body = page->article[i].body;
        uLongf packed_len = sizeof packed, text_len = sizeof text;
        need(compress(packed, &packed_len, (const Bytef *)body, strlen(body)) == Z_OK);
        double start = now();
        need(uncompress(text, &text_len, packed, packed_len) == Z_OK);
        took += now() - start;
    }
    return took;
}

static void want_title(struct page *page)
{
    struct pm_analyzers analyzers = {0};
    const struct pm_article *article = &page->article[0];
    struct pm_analyzer *analyzer = pm_analyzers_get(&analyzers, article->language, &err);
    struct pm_tokens tokens;
    struct pm_token token;
    page->wanted = (struct pm_wanted){0};
    need(analyzer);
    pm_tokens_start(&tokens, analyzer, article->title, strlen(article->title));
    while (page->wanted.concepts < WANTED && pm_tokens_next(&tokens, &token, &err) == 1) {
        if (token.stop)
            continue;
        for (size_t i = 0; i < token.terms; i++) {
            struct pm_wanted_term term = {.text = (char *)(uintptr_t)token.term[i].text,
                                          .len = token.term[i].len,
                                          .weight = 1,
                                          .concept = page->wanted.concepts,
                                          .phrase = PM_NO_PHRASE};
            need(!pm_wanted_add(&page->wanted, &term, &err));
        }
        page->wanted.concepts++;
    }
    pm_wanted_sort(&page->wanted);
    pm_analyzers_release(&analyzers);
}

static double make_snippets(const struct page *page, struct pm_analyzers *analyzers)
{
    double start = now();
    for (int i = 0; i < PAGE; i++) {
        const struct pm_article *article = &page->article[i];
        struct pm_analyzer *analyzer = pm_analyzers_get(analyzers, article->language, &err);
        struct pm_snippet title, body;
        need(analyzer &&
             !pm_snippet_whole(&page->wanted, analyzer, article->title, strlen(article->title),
                               &title, &err) &&
             !pm_snippet_make(&page->wanted, analyzer, article->body, strlen(article->body), WORDS,
                              &body, &err));
        pm_snippet_release(&title);
        pm_snippet_release(&body);
    }
    return now() - start;
}

/* ---- the whole ---- */

/* The articles that are neither short nor long, from all over the index. */
static size_t choose(const struct pm_db *db, uint32_t last, uint32_t docid[PAGES * PAGE])
{
    size_t chosen = 0;
    for (uint32_t i = 1; i <= last && chosen < PAGES * PAGE; i++) {
        struct pm_buf data = PM_BUF_INIT;
        struct pm_article article = {0};
        struct pm_error none = {0};
        if (!pm_db_data(db, i, &data, &none) &&
            !pm_record_unpack(data.data, data.len, &article, &none)) {
            size_t len = strlen(article.body);
            if (article.title && len >= SHORTEST && len <= LONGEST)
                docid[chosen++] = i;
        }
        pm_article_release(&article);
        pm_buf_release(&data);
    }
    return chosen;
}

static void time_page(const struct pm_db *db, const uint32_t docid[PAGE], struct times *times)
{
    struct page page;
    struct pm_analyzers analyzers = {0};
    times->read += read_page(&page, db, docid);
    times->unpack += unpack_page(&page);
    times->inflate += inflate_page(&page);
    want_title(&page);
    times->first += make_snippets(&page, &analyzers);
    times->again += make_snippets(&page, &analyzers);
    for (int i = 0; i < PAGE; i++) {
        pm_article_release(&page.article[i]);
        pm_buf_release(&page.data[i]);
    }
    pm_wanted_release(&page.wanted);
    pm_analyzers_release(&analyzers);
}

int main(int argc, char **argv)
{
    static uint32_t docid[PAGES * PAGE];
    struct pm_index index;
    struct pm_db_stats stats;
    struct times times = {0};
    if (argc != 3)
        quit("usage: snippets NAME INDEX");
    need(!pm_index_open((const char *const[]){argv[2]}, 1, &index, &err) &&
         !pm_db_get_stats(index.db, &stats, &err));
    size_t pages = choose(index.db, stats.last_docid, docid) / PAGE;
    for (size_t i = 0; i < pages; i++)
        time_page(index.db, docid + i * PAGE, &times);
    if (!pages)
        quit("no ten articles of about 7 KB");
    double unit = 1e6 / (double)pages;
    printf("%-14s %6zu %9.0f %9.0f %9.0f %9.0f %9.0f\n", argv[1], pages, times.inflate * unit,
           times.read * unit, times.unpack * unit, times.first * unit, times.again * unit);
    pm_index_close(&index);
    return 0;
}
