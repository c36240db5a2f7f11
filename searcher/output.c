#include "output.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "article_json.h"
#include "buf.h"
#include "utf8.h"

#define JSON_VERSION 1 /* of the shape; raised when a key changes its meaning or goes */

struct marks {
    const char *open, *close;
};

static const struct marks plain_marks = {"*", "*"}, color_marks = {"\033[1;31m", "\033[0m"},
                          no_marks = {"", ""};

/* ---- text ---- */

/* Adds bytes of an article, safe to show and on one line. */
static void add_shown(struct pm_buf *out, const char *text, size_t len)
{
    pm_utf8_printable(out, text, len);
}

/* True if only a space or a hyphen stands between two marks: they are shown as one. */
static bool adjoin(const char *text, const struct pm_span *a, const struct pm_span *b)
{
    return b->start == a->end ||
           (b->start == a->end + 1 && (text[a->end] == ' ' || text[a->end] == '-'));
}

/* Adds a passage of `text` with its marks. */
static void add_passage(struct pm_buf *out, const char *text, const struct pm_snippet *passage,
                        const struct marks *marks)
{
    size_t at = passage->start;
    for (size_t i = 0; i < passage->marks; i++) {
        const struct pm_span *span = &passage->mark[i];
        size_t start = span->start;
        while (i + 1 < passage->marks && adjoin(text, &passage->mark[i], &passage->mark[i + 1]))
            i++;
        add_shown(out, text + at, start - at);
        pm_buf_adds(out, marks->open);
        at = passage->mark[i].end;
        add_shown(out, text + start, at - start);
        pm_buf_adds(out, marks->close);
    }
    add_shown(out, text + at, passage->end - at);
}

/* Prints a buffer on one line, white space folded, and empties it. */
static int print_line(struct pm_buf *line, const char *before, const char *after,
                      struct pm_error *err)
{
    struct pm_buf folded = PM_BUF_INIT;
    pm_utf8_one_line(&folded, pm_buf_str(line), line->len);
    bool failed = line->failed || folded.failed;
    if (!failed)
        printf("%s%s%s\n", before, pm_buf_str(&folded), after);
    pm_buf_release(&folded);
    pm_buf_clear(line);
    return failed ? pm_fail_nomem(err) : 0;
}

static void add_field(struct pm_buf *line, const char *value)
{
    if (!value || !*value)
        return;
    pm_buf_adds(line, line->len ? " | " : "");
    add_shown(line, value, strlen(value));
}

static int print_hit(const struct options *options, const struct pm_hit *hit, struct pm_error *err)
{
    const struct pm_article *article = &hit->article;
    struct pm_buf line = PM_BUF_INIT;
    const char *bold = options->color ? "\033[1m" : "", *normal = options->color ? "\033[0m" : "";
    int rc = -1;
    pm_buf_addf(&line, "%" PRIu32 ". %s", hit->rank, bold);
    if (article->title)
        add_passage(&line, article->title, &hit->title, &no_marks);
    else
        pm_buf_adds(&line, "(no title)");
    pm_buf_adds(&line, normal);
    if (print_line(&line, "", "", err))
        goto out;
    add_field(&line, article->date.text[0] ? article->date.text : "no date");
    add_field(&line, article->source);
    add_field(&line, article->author);
    if (hit->score > 0)
        pm_buf_addf(&line, " | score %.3f", hit->score);
    if (print_line(&line, "   ", "", err))
        goto out;
    if (hit->snippet.end > hit->snippet.start) {
        pm_buf_adds(&line, hit->snippet.start > 0 ? "… " : "");
        add_passage(&line, article->body, &hit->snippet,
                    options->color ? &color_marks : &plain_marks);
        pm_buf_adds(&line, article->body[hit->snippet.end] ? " …" : "");
        if (print_line(&line, "   ", "", err))
            goto out;
    }
    add_shown(&line, article->id, strlen(article->id));
    rc = print_line(&line, "   ", "", err);
out:
    pm_buf_release(&line);
    return rc;
}

/* The line before an answer of a batch. */
static int print_query(const char *qid, const char *query, struct pm_error *err)
{
    struct pm_buf line = PM_BUF_INIT;
    pm_buf_addf(&line, "%s: ", qid);
    add_shown(&line, query, strlen(query));
    int rc = print_line(&line, "# ", "", err);
    pm_buf_release(&line);
    return rc;
}

static int print_text(const struct options *options, const char *qid,
                      const struct pm_results *results, struct pm_error *err)
{
    if (qid && print_query(qid, results->query, err))
        return -1;
    for (size_t i = 0; i < results->len; i++) {
        if (print_hit(options, &results->hit[i], err))
            return -1;
        putchar('\n');
    }
    printf("%zu of %s%" PRIu32 " articles\n", results->len, results->total_exact ? "" : "about ",
           results->total);
    return 0;
}

/* ---- tab-separated values, TREC runs ---- */

static int print_tsv(const char *qid, const struct pm_results *results, struct pm_error *err)
{
    struct pm_buf line = PM_BUF_INIT;
    for (size_t i = 0; i < results->len; i++) {
        const struct pm_hit *hit = &results->hit[i];
        const char *cells[] = {hit->article.date.text, hit->article.source, hit->article.title,
                               hit->article.id};
        if (qid)
            pm_buf_addf(&line, "%s\t", qid);
        pm_buf_addf(&line, "%" PRIu32 "\t%.9f", hit->rank, hit->score);
        for (size_t j = 0; j < sizeof cells / sizeof *cells; j++) {
            pm_buf_addc(&line, '\t');
            if (cells[j])
                add_shown(&line, cells[j], strlen(cells[j]));
        }
        if (line.failed)
            break;
        puts(pm_buf_str(&line));
        pm_buf_clear(&line);
    }
    bool failed = line.failed;
    pm_buf_release(&line);
    return failed ? pm_fail_nomem(err) : 0;
}

/* A document id as one word of a TREC run: white space would part it. */
static void print_word(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text <= ' ')
            printf("%%%02X", (unsigned char)*text);
        else
            putchar(*text);
}

static void print_trec(const char *qid, const struct pm_results *results)
{
    for (size_t i = 0; i < results->len; i++) {
        const struct pm_hit *hit = &results->hit[i];
        printf("%s Q0 ", qid ? qid : "1");
        print_word(hit->article.id);
        printf(" %" PRIu32 " %.9f pressmark\n", hit->rank, hit->score);
    }
}

/* ---- JSON ---- */

static bool add_string(cJSON *object, const char *key, const char *value)
{
    return value ? cJSON_AddStringToObject(object, key, value) : cJSON_AddNullToObject(object, key);
}

/* {"start", "end", "marks", "text"}: offsets are bytes of `text`. */
static bool add_snippet(cJSON *object, const char *key, const char *text,
                        const struct pm_snippet *snippet)
{
    cJSON *json = cJSON_AddObjectToObject(object, key);
    cJSON *marks = json ? cJSON_CreateArray() : NULL;
    struct pm_buf shown = PM_BUF_INIT;
    bool good = marks;
    for (size_t i = 0; good && i < snippet->marks; i++) {
        const int pair[2] = {(int)snippet->mark[i].start, (int)snippet->mark[i].end};
        good = cJSON_AddItemToArray(marks, cJSON_CreateIntArray(pair, 2));
    }
    pm_buf_add(&shown, text + snippet->start, snippet->end - snippet->start);
    good = good && !shown.failed && cJSON_AddStringToObject(json, "text", pm_buf_str(&shown)) &&
           cJSON_AddNumberToObject(json, "start", (double)snippet->start) &&
           cJSON_AddNumberToObject(json, "end", (double)snippet->end);
    good = good && cJSON_AddItemToObject(json, "marks", marks);
    if (!good)
        cJSON_Delete(marks);
    pm_buf_release(&shown);
    return good;
}

/* The keys that every hit has, null where there is nothing, in the order to be shown. */
static const char *const hit_keys[] = {
    "id",      "title",    "title_from", "date", "date_from", "source",   "author",
    "section", "language", "url",        "path", "tags",      "entities",
};

static cJSON *make_hit(const struct pm_hit *hit, struct pm_error *err)
{
    const struct pm_article *article = &hit->article;
    cJSON *has = cJSON_CreateObject(), *json = cJSON_CreateObject();
    bool good = has && json && !pm_article_to_json(article, false, has, err) &&
                add_string(has, "title", article->title) &&
                cJSON_AddNumberToObject(json, "rank", hit->rank) &&
                cJSON_AddNumberToObject(json, "score", hit->score);
    for (size_t i = 0; good && i < sizeof hit_keys / sizeof *hit_keys; i++) {
        bool list = !strcmp(hit_keys[i], "tags") || !strcmp(hit_keys[i], "entities");
        cJSON *item = cJSON_DetachItemFromObjectCaseSensitive(has, hit_keys[i]);
        if (!item)
            item = list ? cJSON_CreateArray() : cJSON_CreateNull();
        good = cJSON_AddItemToObject(json, hit_keys[i], item);
    }
    cJSON *extra = has ? cJSON_DetachItemFromObjectCaseSensitive(has, "extra") : NULL;
    if (extra)
        good = cJSON_AddItemToObject(json, "extra", extra) && good;
    good = good && add_snippet(json, "snippet", article->body, &hit->snippet);
    cJSON_Delete(has);
    if (!good) {
        cJSON_Delete(json);
        json = NULL;
        pm_fail_nomem(err);
    }
    return json;
}

static int print_json(cJSON *json, struct pm_error *err)
{
    char *text = json ? cJSON_PrintUnformatted(json) : NULL;
    cJSON_Delete(json);
    if (!text)
        return pm_fail_nomem(err);
    puts(text);
    cJSON_free(text);
    return 0;
}

/* An object with what success and failure have in common, or NULL. */
static cJSON *begin_json(const char *qid, const char *query)
{
    cJSON *json = cJSON_CreateObject();
    bool good = json && cJSON_AddNumberToObject(json, "version", JSON_VERSION);
    if (good && qid)
        good = cJSON_AddStringToObject(json, "qid", qid);
    if (good && add_string(json, "query", query))
        return json;
    cJSON_Delete(json);
    return NULL;
}

static int print_results_json(const struct options *options, const char *qid,
                              const struct pm_results *results, struct pm_error *err)
{
    cJSON *json = begin_json(qid, results->query);
    bool good = json && cJSON_AddNumberToObject(json, "total", results->total) &&
                cJSON_AddBoolToObject(json, "total_exact", results->total_exact);
    cJSON *warnings = good ? cJSON_AddArrayToObject(json, "warnings") : NULL;
    good = warnings;
    if (good && results->dropped) {
        cJSON *warning = cJSON_CreateObject();
        good = cJSON_AddItemToArray(warnings, warning) &&
               cJSON_AddStringToObject(warning, "code", "stop-words") &&
               cJSON_AddStringToObject(warning, "dropped", results->dropped);
    }
    cJSON *hits = good && !options->count ? cJSON_AddArrayToObject(json, "hits") : NULL;
    good = good && (hits || options->count);
    for (size_t i = 0; hits && good && i < results->len; i++) {
        cJSON *hit = make_hit(&results->hit[i], err);
        good = hit && cJSON_AddItemToArray(hits, hit);
    }
    if (!good) {
        cJSON_Delete(json);
        return pm_fail_nomem(err);
    }
    return print_json(json, err);
}

/* ---- the choice ---- */

int output_results(const struct options *options, const char *qid, const struct pm_results *results,
                   struct pm_error *err)
{
    if (options->format == FORMAT_JSON)
        return print_results_json(options, qid, results, err);
    if (options->count) {
        if (qid)
            printf("%s\t", qid);
        printf("%" PRIu32 "\n", results->total);
        return 0;
    }
    switch (options->format) {
    case FORMAT_TSV:
        return print_tsv(qid, results, err);
    case FORMAT_TREC:
        print_trec(qid, results);
        return 0;
    case FORMAT_TEXT:
    case FORMAT_JSON:
        break;
    }
    return print_text(options, qid, results, err);
}

int output_failure(const struct options *options, const char *qid, const char *query,
                   const struct pm_error *why, struct pm_error *err)
{
    bool text = options->format == FORMAT_TEXT && qid && !options->count;
    if (options->format != FORMAT_JSON && !text)
        return 0;
    struct pm_buf clean = PM_BUF_INIT;
    pm_utf8_clean(&clean, query, strlen(query));
    if (text) {
        int rc = print_query(qid, pm_buf_str(&clean), err);
        pm_buf_release(&clean);
        printf("failed: %s\n", why->message);
        return rc;
    }
    cJSON *json = clean.failed ? NULL : begin_json(qid, pm_buf_str(&clean));
    pm_buf_release(&clean);
    cJSON *error = json ? cJSON_AddObjectToObject(json, "error") : NULL;
    if (!error || !cJSON_AddStringToObject(error, "message", why->message) ||
        (why->code == PM_ERR_QUERY &&
         !cJSON_AddNumberToObject(error, "offset", (double)why->offset))) {
        cJSON_Delete(json);
        return pm_fail_nomem(err);
    }
    return print_json(json, err);
}
