/*
 * Any bytes as a file of the format that the environment names in FORMAT: every article that is
 * read is whole, and reading comes to an end.  `feed --formats` lists the formats.
 */
#include <string.h>

#include "article.h"
#include "article_json.h"
#include "feed.h"
#include "fuzz.h"
#include "utf8.h"

static struct feed_options options = {.format = FEED_AUTO, .now = 1716120000};

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    const char *name = getenv("FORMAT");
    if (*argc == 2 && !strcmp((*argv)[1], "--formats")) {
        puts(feed_format_names());
        exit(0);
    }
    int format = feed_format_find(name ? name : "auto");
    if (format < 0) {
        fprintf(stderr, "there is no format %s\n", name);
        exit(2);
    }
    options.format = (enum feed_format)format;
    return 0;
}

static void check_text(const char *text)
{
    FUZZ_CHECK(!text || pm_utf8_valid(text, strlen(text)));
}

static void check_article(const struct pm_article *article)
{
    const char *const texts[] = {
        article->id,      article->title,    article->body, article->author,    article->source,
        article->section, article->language, article->url,  article->date_text,
    };
    struct pm_error err = {0};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check_text(texts[i]);
    FUZZ_CHECK(article->id && article->title && article->title_from);
    FUZZ_CHECK(!article->date.text[0] == !article->date_from);
    cJSON *object = cJSON_CreateObject();
    FUZZ_CHECK(object && !pm_article_to_json(article, true, object, &err));
    char *line = cJSON_PrintUnformatted(object);
    FUZZ_CHECK(line);
    check_text(line);
    cJSON_free(line);
    cJSON_Delete(object);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct pm_error err = {0};
    struct feed *feed = feed_open_memory("/fuzz/input", (const char *)data, len, &options, &err);
    FUZZ_CHECK(feed);
    for (int rc = 1; rc;) {
        struct pm_article article = {0};
        err = (struct pm_error){0};
        rc = feed_next(feed, &article, &err);
        FUZZ_CHECK(rc >= 0 || (err.code != PM_OK && err.message[0]));
        FUZZ_CHECK(feed_bytes(feed) <= len);
        if (rc > 0)
            check_article(&article);
        pm_article_release(&article);
    }
    feed_close(feed);
    return 0;
}
