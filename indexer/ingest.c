#include "ingest.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "document.h"
#include "feed.h"
#include "folder.h"
#include "index.h"
#include "progress.h"
#include "segment.h"
#include "stop.h"
#include "walk.h"

/* What a run did, for its summary. */
struct counts {
    uint64_t added;    /* articles in the new segment */
    uint64_t replaced; /* articles of this batch that a later one with their id took over */
    uint64_t skipped;  /* articles whose id the index had before */
    uint64_t failed;   /* records that were bad, and files that could not be read */
    uint64_t bytes;
};

/* An id met in this batch, and the document that bears it. */
struct seen {
    uint32_t number;
    char id[];
};

struct ingest {
    const struct options *options;
    struct counts counts;
    struct folder folder;
    struct pm_index before; /* what was published, or empty */
    struct walk walk;
    struct document document;
    struct segment *segment;
    void *seen; /* tsearch(3) tree of struct seen */
    struct progress progress;
};

/* ---- telling ---- */

/* Tells of a bad record or file and counts it. */
static void complain(const char *name, uint64_t line, const struct pm_error *what,
                     struct ingest *ingest)
{
    ingest->counts.failed++;
    progress_clear(&ingest->progress);
    if (line)
        fprintf(stderr, "%s:%" PRIu64 ": %s\n", name, line, what->message);
    else
        pm_cli_complain(&ingest->options->command->cli, what);
}

static void complain_of_path(const struct pm_error *what, void *arg)
{
    complain(NULL, 0, what, arg);
}

/* Warns of a date that could not be read; it stands among the extra keys. */
static void warn_of_date(struct ingest *ingest, const struct feed *feed,
                         const struct pm_article *article)
{
    const cJSON *date = cJSON_GetObjectItemCaseSensitive(article->extra, article->date_unread);
    progress_clear(&ingest->progress);
    fprintf(stderr,
            "%s:%" PRIu64 ": warning: the date '%.40s' cannot be read, the article has none\n",
            feed_name(feed), feed_line(feed),
            cJSON_IsString(date) ? date->valuestring : article->date_unread);
}

static int print_json(const struct ingest *ingest, bool published, double seconds)
{
    const struct counts *counts = &ingest->counts;
    cJSON *json = cJSON_CreateObject();
    cJSON_AddNumberToObject(json, "added", (double)counts->added);
    cJSON_AddNumberToObject(json, "replaced", (double)counts->replaced);
    cJSON_AddNumberToObject(json, "skipped", (double)counts->skipped);
    cJSON_AddNumberToObject(json, "failed", (double)counts->failed);
    cJSON_AddNumberToObject(json, "bytes", (double)counts->bytes);
    cJSON_AddNumberToObject(json, "seconds", (double)(int64_t)(seconds * 1000) / 1000);
    cJSON_AddBoolToObject(json, "published", published);
    cJSON_AddNumberToObject(json, "publish", (double)ingest->folder.stub.publish);
    cJSON_AddStringToObject(json, "index_uuid", ingest->folder.stub.uuid);
    char *text = cJSON_PrintUnformatted(json);
    cJSON_Delete(json);
    if (!text)
        return -1;
    puts(text);
    cJSON_free(text);
    return 0;
}

static void print_summary(const struct ingest *ingest, double seconds)
{
    const struct counts *counts = &ingest->counts;
    fprintf(stderr, "%" PRIu64 " added", counts->added);
    if (counts->replaced)
        fprintf(stderr, ", %" PRIu64 " replaced by a later one of the same id", counts->replaced);
    if (counts->skipped)
        fprintf(stderr, ", %" PRIu64 " already there", counts->skipped);
    fprintf(stderr, ", %" PRIu64 " failed, %.1f seconds\n", counts->failed, seconds);
}

/* ---- one article ---- */

static int compare_seen(const void *a, const void *b)
{
    return strcmp(((const struct seen *)a)->id, ((const struct seen *)b)->id);
}

/* The entry of `id`, made if need be; *known tells whether it was there. */
static struct seen *find_seen(struct ingest *ingest, const char *id, bool *known,
                              struct pm_error *err)
{
    size_t size = strlen(id) + 1;
    struct seen *fresh = malloc(sizeof *fresh + size);
    struct seen **found = NULL;
    if (fresh) {
        memcpy(fresh->id, id, size);
        found = tsearch(fresh, &ingest->seen, compare_seen);
    }
    *known = found && *found != fresh;
    if (!found || *known)
        free(fresh);
    if (!found)
        pm_fail_nomem(err);
    return found ? *found : NULL;
}

/* True if the index had the article before this run. */
static int is_published(struct ingest *ingest, const char *id, struct pm_error *err)
{
    uint32_t docid;
    if (!ingest->before.db)
        return 0;
    pm_schema_whole(&ingest->document.term, PM_FIELD_ID, id, strlen(id));
    return pm_db_find(ingest->before.db, ingest->document.term.data, ingest->document.term.len,
                      &docid, err);
}

static int add_article(struct ingest *ingest, struct pm_article *article, struct pm_error *err)
{
    bool known;
    if (!article->language && !(article->language = strdup(ingest->options->language->code)))
        return pm_fail_nomem(err);
    int published = is_published(ingest, article->id, err);
    if (published) {
        ingest->counts.skipped += published > 0;
        return published > 0 ? 0 : -1;
    }
    struct seen *seen = find_seen(ingest, article->id, &known, err);
    if (!seen)
        return -1;
    if (known) {
        if (segment_drop(ingest->segment, seen->number, err))
            return -1;
        ingest->counts.replaced++;
    }
    if (document_make(&ingest->document, article, err))
        return -1;
    return segment_add(ingest->segment, ingest->document.doc, ingest->document.data.len,
                       &seen->number, err);
}

/* ---- all of them ---- */

/* The articles of one file; bad ones are told and passed over. */
static int add_file(struct ingest *ingest, const struct walk_file *file, struct pm_error *err)
{
    struct pm_error why = {0};
    struct pm_article article = {0};
    uint64_t before = ingest->counts.bytes;
    int rc = 0;
    struct feed *feed = feed_open(file->path, ingest->options->format, &why);
    if (!feed) {
        if (why.code != PM_ERR_NO_INPUT)
            return pm_fail(err, why.code, "%s", why.message);
        complain(NULL, 0, &why, ingest);
        return 0;
    }
    while (!rc && !stop_check(err)) {
        why = (struct pm_error){0};
        int got = feed_next(feed, &article, &why);
        ingest->counts.bytes = before + feed_bytes(feed);
        if (got == 0)
            break;
        if (got > 0) {
            if (article.date_unread && !article.date.text[0])
                warn_of_date(ingest, feed, &article);
            rc = add_article(ingest, &article, err);
        } else if (why.code == PM_ERR_SYNTAX) {
            complain(feed_name(feed), feed_line(feed), &why, ingest);
        } else if (why.code == PM_ERR_NO_INPUT) {
            complain(NULL, 0, &why, ingest);
            break;
        } else {
            rc = pm_fail(err, why.code, "%s", why.message);
        }
        pm_article_release(&article);
        progress_show(&ingest->progress, segment_len(ingest->segment), ingest->counts.bytes);
    }
    feed_close(feed);
    return err->code ? -1 : rc;
}

/* Finishes the segment and publishes it beside the others. */
static int publish(struct ingest *ingest, struct pm_error *err)
{
    struct pm_buf path = PM_BUF_INIT;
    struct pm_stub next = ingest->folder.stub;
    uint32_t number = folder_next_segment(&ingest->folder);
    int rc = -1;
    next.segment = malloc((next.segments + 1) * sizeof *next.segment);
    pm_stub_segment_path(ingest->folder.path, number, &path);
    if (!next.segment || path.failed) {
        pm_fail_nomem(err);
        goto out;
    }
    for (size_t i = 0; i < next.segments; i++)
        next.segment[i] = ingest->folder.stub.segment[i];
    next.segment[next.segments++] = number;
    progress_say(&ingest->progress, "writing the index");
    if (segment_finish(ingest->segment, path.data, err) || stop_check(err))
        goto out;
    rc = folder_publish(&ingest->folder, &next, err);
out:
    free(next.segment);
    pm_buf_release(&path);
    return rc;
}

/* Opens all that a run needs, in the order in which it can be refused. */
static int start(struct ingest *ingest, struct pm_error *err)
{
    const struct options *options = ingest->options;
    struct pm_buf work = PM_BUF_INIT;
    int rc = -1;
    if (walk_find(options->paths, options->paths_len, complain_of_path, ingest, &ingest->walk,
                  err) ||
        folder_open(&ingest->folder, options->index, &options->boosts, err))
        return -1;
    if (options->boosts_given && !pm_boosts_equal(&options->boosts, &ingest->folder.stub.boosts)) {
        struct pm_buf has = PM_BUF_INIT;
        pm_boosts_format(&ingest->folder.stub.boosts, &has);
        pm_fail(err, PM_ERR_USAGE, "the index '%s' has boosts %s: they cannot change",
                options->index, pm_buf_str(&has));
        pm_buf_release(&has);
        return -1;
    }
    if (!ingest->folder.fresh && pm_index_open(&options->index, 1, &ingest->before, err))
        return -1;
    pm_buf_addf(&work, "%s/building-%ld", options->index, (long)getpid());
    if (work.failed)
        pm_fail_nomem(err);
    else if (!document_init(&ingest->document, &ingest->folder.stub.boosts, err) &&
             (ingest->segment = segment_new(work.data, err)))
        rc = 0;
    pm_buf_release(&work);
    return rc;
}

static void finish(struct ingest *ingest)
{
    segment_free(ingest->segment);
    document_release(&ingest->document);
    pm_index_close(&ingest->before);
    walk_release(&ingest->walk);
    tdestroy(ingest->seen, free);
    folder_close(&ingest->folder);
}

/* Reads everything and publishes it, or nothing; *published tells which. */
static int run(struct ingest *ingest, bool *published, struct pm_error *err)
{
    if (start(ingest, err))
        return -1;
    progress_start(&ingest->progress, ingest->walk.bytes, ingest->options->quiet);
    for (size_t i = 0; i < ingest->walk.len; i++)
        if (add_file(ingest, &ingest->walk.file[i], err))
            return -1;
    ingest->counts.added = segment_len(ingest->segment);
    if (ingest->options->strict && ingest->counts.failed)
        return pm_fail(err, PM_ERR_SYNTAX,
                       "nothing was published, because %" PRIu64 " records or files are bad",
                       ingest->counts.failed);
    if (ingest->counts.added && publish(ingest, err))
        return -1;
    *published = ingest->counts.added > 0;
    return 0;
}

int ingest_run(const struct options *options)
{
    struct ingest ingest = {.options = options, .folder = {.lock = -1}};
    struct pm_error err = {0};
    bool published = false;
    int status = PM_EXIT_OK;
    if (!options->paths_len) {
        pm_fail(&err, PM_ERR_USAGE,
                "nothing to add: name files or folders, or - for standard input");
        pm_cli_complain(&options->command->cli, &err);
        return PM_EXIT_USAGE;
    }
    stop_watch();
    progress_start(&ingest.progress, 0, options->quiet);
    int rc = run(&ingest, &published, &err);
    progress_clear(&ingest.progress);
    if (rc) {
        pm_cli_complain(&options->command->cli, &err);
        status = stop_signal() ? 128 + stop_signal() : pm_cli_exit_code(err.code);
    } else if (ingest.counts.failed) {
        bool nothing_read = !ingest.walk.len;
        status = nothing_read ? PM_EXIT_NO_INPUT : PM_EXIT_PARTIAL;
    }
    if (!published)
        ingest.counts.added = 0;
    double seconds = progress_seconds(&ingest.progress);
    if (options->json && print_json(&ingest, published, seconds))
        status = PM_EXIT_INTERNAL;
    else if (!options->json && !options->quiet && !rc)
        print_summary(&ingest, seconds);
    finish(&ingest);
    return status;
}
