#include "feed.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "input.h"
#include "reader.h"
#include "title.h"
#include "utf8.h"

/*
 * By format.  The first reader that knows the content as its own takes it, so those come
 * first that look closest; a text is anything.
 */
static const struct row {
    enum feed_format format;
    const struct reader *reader;
} readers[] = {
    {FEED_NDJSON, &ndjson_reader},
    {FEED_JSON, &json_reader},
    {FEED_TEXT, &text_reader},
};
#define READERS (sizeof readers / sizeof *readers)

struct feed {
    char *given;                 /* the path as we were given it */
    char *path;                  /* absolute and real; NULL for standard input */
    const struct reader *reader; /* NULL until it is found by content */
    struct reading reading;
    bool over;
};

int feed_format_find(const char *name)
{
    if (!strcmp(name, "auto"))
        return FEED_AUTO;
    for (size_t i = 0; i < READERS; i++)
        if (!strcmp(readers[i].reader->name, name))
            return (int)readers[i].format;
    return -1;
}

const char *feed_format_names(void)
{
    return "auto, text, json, ndjson";
}

struct feed *feed_open(const char *path, enum feed_format format, struct pm_error *err)
{
    struct feed *feed = calloc(1, sizeof *feed);
    if (!feed || !(feed->given = strdup(path))) {
        pm_fail_nomem(err);
        goto fail;
    }
    for (size_t i = 0; i < READERS; i++)
        if (readers[i].format == format)
            feed->reader = readers[i].reader;
    if (input_open(&feed->reading.input, feed->given, err))
        goto fail;
    if (feed->reading.input.is_file && !(feed->path = realpath(path, NULL))) {
        pm_fail_errno(err, PM_ERR_NO_INPUT, "cannot open '%s'", path);
        goto fail;
    }
    return feed;
fail:
    feed_close(feed);
    return NULL;
}

void feed_close(struct feed *feed)
{
    if (!feed)
        return;
    input_close(&feed->reading.input);
    free(feed->given);
    free(feed->path);
    free(feed);
}

static int find_reader(struct feed *feed, struct pm_error *err)
{
    int rc = 0;
    for (size_t i = 0; !rc && i < READERS; i++)
        if ((rc = readers[i].reader->sniff(&feed->reading.input, err)) > 0)
            feed->reader = readers[i].reader;
    return rc < 0 ? -1 : 0;
}

/* ---- what an article does not say of itself ---- */

static char *content_id(const struct pm_article *article)
{
    const char *const fields[] = {article->title, article->body, article->source,
                                  article->date.text};
    struct pm_hash128 hash;
    char hex[33];
    pm_hash128_init(&hash);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const char *text = fields[i] ? fields[i] : "";
        pm_hash128_add(&hash, text, strlen(text) + 1); /* the NUL keeps the fields apart */
    }
    pm_hash128_hex(&hash, hex);
    return strdup(hex);
}

/* Before a title is made, so that ids outlive a change in how titles are made. */
static int add_id(struct feed *feed, struct pm_article *article, struct pm_error *err)
{
    if (article->id)
        return 0;
    if (article->url)
        article->id = strdup(article->url);
    /* Names in other encodings would become the same text, U+FFFD for U+FFFD. */
    else if (feed->path && feed->reading.alone && pm_utf8_valid(feed->path, strlen(feed->path)))
        article->id = strdup(feed->path);
    else
        article->id = content_id(article);
    return article->id ? 0 : pm_fail_nomem(err);
}

static int add_title(struct pm_article *article, struct pm_error *err)
{
    if (article->title)
        return 0;
    article->title = title_make(article->body ? article->body : "", err);
    article->title_from = "made";
    if (article->title && !*article->title)
        return pm_fail(err, PM_ERR_SYNTAX, "an article without title and body");
    return article->title ? 0 : -1;
}

static int add_path(struct feed *feed, struct pm_article *article, struct pm_error *err)
{
    struct pm_buf path = PM_BUF_INIT;
    if (article->path || !feed->path)
        return 0;
    pm_utf8_clean(&path, feed->path, strlen(feed->path));
    article->path = pm_buf_detach(&path);
    return article->path ? 0 : pm_fail_nomem(err);
}

int feed_next(struct feed *feed, struct pm_article *article, struct pm_error *err)
{
    struct pm_error why = {0};
    int rc = -1;
    if (feed->over)
        return 0;
    if (!feed->reader && find_reader(feed, &why))
        goto out;
    rc = feed->reader->next(&feed->reading, article, &why);
    if (rc > 0 &&
        (add_id(feed, article, &why) || add_title(article, &why) || add_path(feed, article, &why)))
        rc = -1;
out:
    feed->over = !rc || (rc < 0 && why.code != PM_ERR_SYNTAX);
    if (rc < 0) {
        pm_article_release(article);
        pm_fail(err, why.code, "%s", why.message);
    }
    return rc;
}

const char *feed_name(const struct feed *feed)
{
    return feed->reading.input.name;
}

uint64_t feed_line(const struct feed *feed)
{
    return feed->reading.line;
}

uint64_t feed_bytes(const struct feed *feed)
{
    return feed->reading.input.bytes;
}

bool feed_wait(const struct feed *feed, double seconds)
{
    return input_wait(&feed->reading.input, seconds);
}
