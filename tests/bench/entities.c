/*
 * How fast names are found: tokens a second in one thread, of articles that lie in memory.
 * tests/bench/entities builds and runs it.
 *
 *   entities NAME FILE...
 *
 * prints rows, for the model and for the rules: the name, the tokens of a pass in thousands, names
 * found, millions of tokens a second, megabytes a second (the best of several passes).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "entities.h"
#include "feed.h"
#include "timing.h"

#define SECONDS 2.0

struct articles {
    struct pm_article *article;
    size_t len;
    size_t bytes, tokens;
};

/* Runs of other characters than spaces, and the marks at their ends: much like treebanks count. */
static size_t count_tokens(const char *text)
{
    size_t count = 0;
    while (*(text += strspn(text, " \t\r\n"))) {
        size_t len = strcspn(text, " \t\r\n");
        count += 1 + (len > 1 && strchr(".,;:!?\")", text[len - 1]));
        text += len;
    }
    return count;
}

static void read_articles(struct articles *articles, const char *path)
{
    struct feed_options options = {.now = time(NULL)};
    struct pm_error err = {0};
    struct feed *feed = feed_open(path, &options, &err);
    int got;
    if (!feed)
        quit(err.message);
    do {
        struct pm_article article = {0};
        err = (struct pm_error){0};
        got = feed_next(feed, &article, &err);
        if (got <= 0)
            continue;
        articles->article =
            reallocarray(articles->article, articles->len + 1, sizeof *articles->article);
        if (!articles->article)
            quit("out of memory");
        articles->article[articles->len++] = article;
        for (int i = 0; i < 2; i++) {
            const char *text = i ? article.body : article.title;
            articles->bytes += text ? strlen(text) : 0;
            articles->tokens += text ? count_tokens(text) : 0;
        }
    } while (got);
    feed_close(feed);
}

static size_t find_all(struct entity_finder *finder, enum entity_method method,
                       const struct articles *articles, struct entities *found)
{
    struct pm_error err = {0};
    size_t names = 0;
    for (size_t i = 0; i < articles->len; i++) {
        const char *title = articles->article[i].title, *body = articles->article[i].body;
        struct entity_part part[] = {{title, title ? strlen(title) : 0},
                                     {body, body ? strlen(body) : 0}};
        if (entities_find(finder, method, part, 2, found, &err))
            quit(err.message);
        names += found->len;
    }
    return names;
}

int main(int argc, char **argv)
{
    static const char *const methods[] = {"model", "rules"};
    struct articles articles = {0};
    struct entities found = {0};
    struct pm_error err = {0};
    struct entity_finder *finder = entity_finder_new(&err);
    if (argc < 3 || !finder)
        quit(finder ? "usage: entities NAME FILE..." : err.message);
    for (int i = 2; i < argc; i++)
        read_articles(&articles, argv[i]);
    for (int method = 0; method < 2; method++) {
        double best = 1e9, start = now();
        size_t names = 0;
        for (int pass = 0; pass < 3 || now() - start < SECONDS; pass++) {
            double from = now();
            names = find_all(finder, (enum entity_method)method, &articles, &found);
            double took = now() - from;
            best = took < best ? took : best;
        }
        printf("%-14s %-7s %9.1f %9zu %9.2f %9.1f\n", argv[1], methods[method],
               (double)articles.tokens / 1e3, names, (double)articles.tokens / 1e6 / best,
               (double)articles.bytes / 1e6 / best);
    }
    for (size_t i = 0; i < articles.len; i++)
        pm_article_release(&articles.article[i]);
    free(articles.article);
    entities_release(&found);
    entity_finder_free(finder);
    return 0;
}
