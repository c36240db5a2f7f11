#include "feed.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "charset.h"
#include "date_words.h"
#include "hash.h"
#include "input.h"
#include "layout.h"
#include "reader.h"
#include "utf8.h"

/*
 * By format.  The first reader that knows the content as its own takes it, so those come
 * first that look closest; a text is anything.
 */
static const struct row {
    enum feed_format format;
    const struct reader *reader;
} readers[] = {
    {FEED_NDJSON, &ndjson_reader}, {FEED_JSON, &json_reader},         {FEED_HTML, &html_reader},
    {FEED_XML, &xml_reader},       {FEED_RSS, &rss_reader},           {FEED_ATOM, &atom_reader},
    {FEED_NITF, &nitf_reader},     {FEED_NEWSML, &newsml_reader},     {FEED_TREC, &trec_reader},
    {FEED_CSV, &csv_reader},       {FEED_MARKDOWN, &markdown_reader}, {FEED_TEXT, &text_reader},
};
#define READERS (sizeof readers / sizeof *readers)

struct feed {
    struct feed_options options;
    char *given;                 /* the path as we were given it */
    char *path;                  /* absolute and real; NULL for standard input */
    const struct reader *reader; /* NULL until it is found by content */
    struct reading reading;
    struct pm_buf warning;
    struct pm_date tomorrow; /* no date is later */
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
    return "auto, text, html, markdown, json, ndjson, csv, xml, rss, atom, nitf, newsml, trec";
}

bool feed_charset_exists(const char *name)
{
    return charset_exists(name);
}

#define DAY ((int64_t)24 * 60 * 60)

static struct pm_date day_of(int64_t seconds)
{
    struct pm_date date = {0};
    time_t time = (time_t)seconds;
    struct tm tm;
    if (gmtime_r(&time, &tm))
        strftime(date.text, sizeof date.text, "%Y-%m-%d", &tm);
    return date;
}

static struct feed *new_feed(const char *path, const struct feed_options *options,
                             struct pm_error *err)
{
    struct feed *feed = calloc(1, sizeof *feed);
    if (!feed || !(feed->given = strdup(path))) {
        free(feed);
        pm_fail_nomem(err);
        return NULL;
    }
    feed->options = *options;
    feed->tomorrow = day_of(options->now + DAY);
    for (size_t i = 0; i < READERS; i++)
        if (readers[i].format == options->format)
            feed->reader = readers[i].reader;
    return feed;
}

struct feed *feed_open(const char *path, const struct feed_options *options, struct pm_error *err)
{
    struct feed *feed = new_feed(path, options, err);
    if (!feed)
        return NULL;
    if (input_open(&feed->reading.input, feed->given, options->charset, err))
        goto fail;
    if (feed->reading.input.is_file &&
        !(feed->path = options->file_path ? strdup(path) : realpath(path, NULL))) {
        pm_fail_errno(err, PM_ERR_NO_INPUT, "cannot open '%s'", path);
        goto fail;
    }
    return feed;
fail:
    feed_close(feed);
    return NULL;
}

struct feed *feed_open_memory(const char *path, const char *bytes, size_t len,
                              const struct feed_options *options, struct pm_error *err)
{
    struct feed *feed = new_feed(path, options, err);
    if (!feed)
        return NULL;
    input_open_memory(&feed->reading.input, feed->given, bytes, len);
    if (!(feed->path = strdup(path))) {
        pm_fail_nomem(err);
        feed_close(feed);
        return NULL;
    }
    return feed;
}

void feed_close(struct feed *feed)
{
    if (!feed)
        return;
    if (feed->reader && feed->reader->close)
        feed->reader->close(&feed->reading);
    input_close(&feed->reading.input);
    pm_buf_release(&feed->reading.utf8);
    pm_buf_release(&feed->warning);
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
    article->title = layout_title(article->body ? article->body : "", err);
    article->title_from = "made";
    if (article->title && !*article->title)
        return pm_fail(err, PM_ERR_SYNTAX, "an article without title and body");
    return article->title ? 0 : -1;
}

static int add_path(struct feed *feed, struct pm_article *article, struct pm_error *err)
{
    struct pm_buf path = PM_BUF_INIT;
    if (!feed->path || (article->path && !feed->options.file_path))
        return 0;
    free(article->path);
    pm_utf8_clean(&path, feed->path, strlen(feed->path));
    article->path = pm_buf_detach(&path);
    return article->path ? 0 : pm_fail_nomem(err);
}

/* ---- dates ---- */

/* Takes away a date that cannot be: it stays as text. */
static int doubt_date(struct feed *feed, struct pm_article *article, const char *why,
                      struct pm_error *err)
{
    pm_buf_addf(&feed->warning, "the date '%s' %s and is not taken", article->date.text, why);
    if (!article->date_text && !(article->date_text = strdup(article->date.text)))
        return pm_fail_nomem(err);
    article->date = (struct pm_date){0};
    article->date_from = NULL;
    return 0;
}

static int check_date(struct feed *feed, struct pm_article *article, struct pm_error *err)
{
    const char *date = article->date.text, *tomorrow = feed->tomorrow.text;
    if (strncmp(date, tomorrow, strlen(tomorrow)) > 0)
        return doubt_date(feed, article, "is yet to come", err);
    if (!strncmp(date, "1970-01-01T00:00:00", 19))
        return doubt_date(feed, article, "is what programs write that know none", err);
    return 0;
}

/* From what stands around the article, where it says nothing itself. */
static void find_date(const struct feed *feed, struct pm_article *article)
{
    const struct stat *file = &feed->reading.input.opened;
    const char *name = feed->path ? strrchr(feed->path, '/') : NULL;
    const struct {
        const char *path, *from;
    } places[] = {
        {article->url, "url"},
        {feed->reading.alone ? name : NULL, "filename"},
    };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (places[i].path && pm_date_in_path(places[i].path, &article->date)) {
            if (strcmp(article->date.text, feed->tomorrow.text) <= 0) {
                article->date_from = places[i].from;
                return;
            }
            article->date = (struct pm_date){0};
        }
    if (feed->options.date_mtime && feed->path && file->st_mtim.tv_sec > DAY &&
        file->st_mtim.tv_sec <= feed->options.now + DAY) {
        article->date = day_of(file->st_mtim.tv_sec);
        article->date_from = "mtime";
    }
}

static int add_date(struct feed *feed, struct pm_article *article, struct pm_error *err)
{
    if (article->date.text[0] && check_date(feed, article, err))
        return -1;
    if (!article->date.text[0])
        find_date(feed, article);
    return 0;
}

/* ---- the next article ---- */

/* Notes the date that was given and could not be read; it stands among the extra keys. */
static void warn_of_date(struct feed *feed, const struct pm_article *article)
{
    if (!article->date_unread || article->date.text[0])
        return;
    const cJSON *date = cJSON_GetObjectItemCaseSensitive(article->extra, article->date_unread);
    pm_buf_addf(&feed->warning, "the date '%.40s' cannot be read, the article has none",
                cJSON_IsString(date) ? date->valuestring : article->date_unread);
}

/* "By Sok Dara" to "Sok Dara": the key of an author may hold a byline as it was printed. */
static void unlabel_authors(struct pm_article *article)
{
    char *to = article->author;
    bool begins = true; /* a name; they are parted by ", " */
    for (const char *at = to; at && *at; at++) {
        if (begins)
            at += layout_byline_label(at, strlen(at));
        *to++ = *at;
        begins = *at == ' ' && at > article->author && at[-1] == ',';
    }
    if (to)
        *to = '\0';
}

/* What an article does not say of itself. */
static int complete(struct feed *feed, struct pm_article *article, struct pm_error *err)
{
    if (add_id(feed, article, err) || add_title(article, err) || add_path(feed, article, err) ||
        add_date(feed, article, err))
        return -1;
    unlabel_authors(article); /* behind the id, which may be made of all that was given */
    warn_of_date(feed, article);
    return feed->warning.failed ? pm_fail_nomem(err) : 0;
}

/* After these the next article may be fine. */
static bool goes_on(enum pm_code code)
{
    return code == PM_ERR_SYNTAX || code == PM_ERR_TOO_LARGE;
}

int feed_next(struct feed *feed, struct pm_article *article, struct pm_error *err)
{
    struct pm_error why = {0};
    int rc = -1;
    if (feed->over)
        return 0;
    pm_buf_clear(&feed->warning);
    if (!feed->reader && find_reader(feed, &why))
        goto out;
    rc = feed->reader->next(&feed->reading, article, &why);
    if (!rc && feed->reading.input.changed)
        rc = pm_fail(&why, PM_ERR_CHANGED, "it changed while it was read: add it again");
    if (rc > 0 && complete(feed, article, &why))
        rc = -1;
out:
    feed->over = !rc || (rc < 0 && !goes_on(why.code));
    if (rc < 0) {
        pm_article_release(article);
        pm_fail(err, why.code, "%s", why.message);
    }
    return rc;
}

const char *feed_warning(const struct feed *feed)
{
    return feed->warning.len ? feed->warning.data : NULL;
}

const char *feed_name(const struct feed *feed)
{
    return feed->reading.input.name;
}

uint64_t feed_line(const struct feed *feed)
{
    return feed->reading.line;
}

uint64_t feed_byte(const struct feed *feed)
{
    return feed->reading.byte;
}

uint64_t feed_bytes(const struct feed *feed)
{
    return feed->reading.input.bytes;
}

bool feed_wait(const struct feed *feed, double seconds)
{
    return input_wait(&feed->reading.input, seconds);
}
