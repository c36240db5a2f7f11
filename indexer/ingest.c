#include "ingest.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "change.h"
#include "document.h"
#include "feed.h"
#include "folder.h"
#include "progress.h"
#include "report.h"
#include "segment.h"
#include "stop.h"
#include "walk.h"

/* What a run did, for its summary. */
struct counts {
    uint64_t added;     /* articles that are new to the index */
    uint64_t updated;   /* articles that take the place of an older one with their id */
    uint64_t unchanged; /* articles that the index has just so */
    uint64_t repeated;  /* articles of this run that a later one with their id took over */
    uint64_t bytes;
};

/* An id met since the last publish, and what became of its article. */
struct seen {
    uint32_t number; /* of its document in the segment; NOT_ADDED if it is unchanged */
    bool updates;
    char id[];
};
#define NOT_ADDED UINT32_MAX

struct ingest {
    const struct options *options;
    struct counts counts; /* of what is published, and of `batch` once that is */
    struct counts batch;  /* since the last publish */
    struct folder folder;
    struct change change;
    struct walk walk;
    struct document document;
    struct segment *segment;
    void *seen; /* tsearch(3) tree of struct seen */
    struct progress progress;
    struct report report; /* of records that were bad, and files that could not be read */
    double published;     /* seconds from the start to the last publish */
    bool any_published;
};

/* ---- telling ---- */

static void complain_of_path(const char *path, const struct pm_error *what, void *report)
{
    report_file(report, path, what);
}

static int print_json(const struct ingest *ingest, double seconds)
{
    const struct counts *counts = &ingest->counts;
    const struct {
        const char *key;
        double number;
    } numbers[] = {
        {"added", (double)counts->added},
        {"updated", (double)counts->updated},
        {"unchanged", (double)counts->unchanged},
        {"repeated", (double)counts->repeated},
        {"failed", (double)ingest->report.failed},
        {"bytes", (double)counts->bytes},
        {"seconds", (double)(int64_t)(seconds * 1000) / 1000},
        {"publish", (double)ingest->folder.stub.publish},
    };
    cJSON *json = cJSON_CreateObject();
    bool good = json;
    for (size_t i = 0; good && i < sizeof numbers / sizeof *numbers; i++)
        good = cJSON_AddNumberToObject(json, numbers[i].key, numbers[i].number);
    good = good && cJSON_AddBoolToObject(json, "published", ingest->any_published) &&
           cJSON_AddStringToObject(json, "index_uuid", ingest->folder.stub.uuid);
    char *text = good ? cJSON_PrintUnformatted(json) : NULL;
    cJSON_Delete(json);
    if (!text) {
        pm_cli_say(&ingest->options->command->cli, "out of memory for the summary");
        return -1;
    }
    puts(text);
    cJSON_free(text);
    return 0;
}

static void print_summary(const struct ingest *ingest, double seconds)
{
    const struct counts *counts = &ingest->counts;
    fprintf(stderr, "%" PRIu64 " added", counts->added);
    if (counts->updated)
        fprintf(stderr, ", %" PRIu64 " updated", counts->updated);
    if (counts->unchanged)
        fprintf(stderr, ", %" PRIu64 " unchanged", counts->unchanged);
    if (counts->repeated)
        fprintf(stderr, ", %" PRIu64 " replaced by a later one of the same id", counts->repeated);
    fprintf(stderr, ", %" PRIu64 " failed, %.1f seconds\n", ingest->report.failed, seconds);
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
        *fresh = (struct seen){.number = NOT_ADDED};
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

/*
 * What the index has under the id of the article read last: 1 the same article, 0 another
 * one or none, -1 failed.  Another one dies.
 */
static int replace_published(struct ingest *ingest, struct seen *seen, struct pm_error *err)
{
    struct pm_buf content = PM_BUF_INIT;
    uint32_t docid;
    int rc = change_find(&ingest->change, seen->id, &docid, err);
    if (rc <= 0)
        return rc;
    rc = pm_db_value(ingest->change.before.db, docid, pm_schema[PM_FIELD_CONTENT].slot, &content,
                     err);
    if (!rc && !strcmp(pm_buf_str(&content), ingest->document.content)) {
        rc = 1;
    } else if (!rc) {
        rc = change_kill(&ingest->change, docid, err);
        seen->updates = true;
    }
    pm_buf_release(&content);
    return rc;
}

static int add_article(struct ingest *ingest, struct pm_article *article, struct pm_error *err)
{
    struct counts *batch = &ingest->batch;
    bool known;
    if (!article->language && !(article->language = strdup(ingest->options->language->code)))
        return pm_fail_nomem(err);
    struct seen *seen = find_seen(ingest, article->id, &known, err);
    if (!seen || document_read(&ingest->document, article, err))
        return -1;
    if (known && seen->number != NOT_ADDED) {
        if (segment_drop(ingest->segment, seen->number, err))
            return -1;
        batch->repeated++;
        batch->updated -= seen->updates;
        batch->added -= !seen->updates;
    } else {
        int same = replace_published(ingest, seen, err);
        if (same) {
            batch->unchanged += same > 0;
            return same > 0 ? 0 : -1;
        }
    }
    if (document_make(&ingest->document, article, err) ||
        segment_add(ingest->segment, ingest->document.doc, ingest->document.data.len, &seen->number,
                    err))
        return -1;
    batch->updated += seen->updates;
    batch->added += !seen->updates;
    return 0;
}

/* ---- batches ---- */

static int begin_batch(struct ingest *ingest, struct pm_error *err)
{
    struct pm_buf work = PM_BUF_INIT;
    pm_buf_addf(&work, "%s/building-%ld", ingest->folder.path, (long)getpid());
    if (work.failed)
        pm_fail_nomem(err);
    else if (!change_begin(&ingest->change, &ingest->folder, err))
        ingest->segment = segment_new(work.data, err);
    if (ingest->segment)
        ingest->document.words = segment_words(ingest->segment);
    pm_buf_release(&work);
    return ingest->segment ? 0 : -1;
}

static void end_batch(struct ingest *ingest)
{
    segment_free(ingest->segment);
    ingest->segment = NULL;
    change_end(&ingest->change);
    tdestroy(ingest->seen, free);
    ingest->seen = NULL;
    ingest->batch = (struct counts){0};
}

/* Writes the segment of this batch, if anything is in it. */
static int write_segment(struct ingest *ingest, struct pm_error *err)
{
    struct pm_buf path = PM_BUF_INIT;
    uint32_t articles = segment_len(ingest->segment);
    if (!articles)
        return 0;
    progress_say(&ingest->progress, "writing the index");
    uint32_t number = change_new_segment(&ingest->change, &path, err);
    int rc = number && !segment_finish(ingest->segment, path.data, err) && !stop_check(err) &&
                     !change_add_segment(&ingest->change, number, articles, err)
                 ? change_merge_tiers(&ingest->change, articles, err)
                 : -1;
    pm_buf_release(&path);
    return rc;
}

/* Publishes what came since the last publish. */
static int publish_batch(struct ingest *ingest, struct pm_error *err)
{
    struct counts *counts = &ingest->counts;
    const struct counts *batch = &ingest->batch;
    bool published;
    if (write_segment(ingest, err) || change_publish(&ingest->change, &published, err))
        return -1;
    counts->added += batch->added;
    counts->updated += batch->updated;
    counts->unchanged += batch->unchanged;
    counts->repeated += batch->repeated;
    ingest->any_published |= published;
    ingest->published = progress_seconds(&ingest->progress);
    end_batch(ingest);
    return 0;
}

/* True if --publish-every says that it is time. */
static bool is_due(const struct ingest *ingest)
{
    const struct options *options = ingest->options;
    const struct counts *batch = &ingest->batch;
    uint64_t articles = batch->added + batch->updated + batch->repeated;
    if (options->publish_articles)
        return articles >= options->publish_articles;
    return options->publish_seconds > 0 && articles &&
           progress_seconds(&ingest->progress) - ingest->published >= options->publish_seconds;
}

static int publish_if_due(struct ingest *ingest, struct pm_error *err)
{
    if (!is_due(ingest))
        return 0;
    return publish_batch(ingest, err) ? -1 : begin_batch(ingest, err);
}

/* ---- all of them ---- */

/* The next article, but a pause of the stream is used to publish what is due. */
static int next_article(struct ingest *ingest, struct feed *feed, struct pm_article *article,
                        struct pm_error *why, struct pm_error *err)
{
    double pause = ingest->options->publish_seconds > 1 ? 1 : ingest->options->publish_seconds;
    while (pause > 0 && !feed_wait(feed, pause))
        if (stop_check(err) || publish_if_due(ingest, err))
            return -1;
    return feed_next(feed, article, why);
}

/* The articles of one file; bad ones are told and passed over. */
static int add_file(struct ingest *ingest, const struct walk_file *file, struct pm_error *err)
{
    struct pm_error why = {0};
    struct pm_article article = {0};
    uint64_t before = ingest->counts.bytes, articles = 0;
    int rc = 0;
    struct feed *feed = feed_open(file->path, &ingest->options->feed, &why);
    if (!feed) {
        if (why.code != PM_ERR_NO_INPUT)
            return pm_fail(err, why.code, "%s", why.message);
        report_file(&ingest->report, file->path, &why);
        return 0;
    }
    while (!rc && !stop_check(err)) {
        why = (struct pm_error){0};
        int got = next_article(ingest, feed, &article, &why, err);
        ingest->counts.bytes = before + feed_bytes(feed);
        if (got == 0 || err->code)
            break;
        if (got > 0) {
            report_warning(&ingest->report, feed);
            rc = add_article(ingest, &article, err);
        } else if (pm_code_is_of_input(why.code)) {
            report_record(&ingest->report, feed, &why);
        } else {
            rc = pm_fail(err, why.code, "%s", why.message);
        }
        pm_article_release(&article);
        if (!rc)
            rc = publish_if_due(ingest, err);
        articles++;
        progress_show(&ingest->progress, ingest->counts.added + ingest->batch.added + articles,
                      ingest->counts.bytes);
    }
    pm_article_release(&article);
    feed_close(feed);
    return err->code ? -1 : rc;
}

/* Opens all that a run needs, in the order in which it can be refused. */
static int start(struct ingest *ingest, struct pm_error *err)
{
    const struct options *options = ingest->options;
    const struct folder_options how = {.boosts = &options->boosts, .wait = options->wait};
    if (walk_find(options->words, options->words_len, complain_of_path, &ingest->report,
                  &ingest->walk, err) ||
        folder_open(&ingest->folder, options->index, &how, err))
        return -1;
    if (options->boosts_given && !pm_boosts_equal(&options->boosts, &ingest->folder.stub.boosts)) {
        struct pm_buf has = PM_BUF_INIT;
        pm_boosts_format(&ingest->folder.stub.boosts, &has);
        pm_fail(err, PM_ERR_USAGE, "the index '%s' has boosts %s: they cannot change",
                options->index, pm_buf_str(&has));
        pm_buf_release(&has);
        return -1;
    }
    return document_init(&ingest->document, &ingest->folder.stub.boosts, err) ||
                   begin_batch(ingest, err)
               ? -1
               : 0;
}

static void finish(struct ingest *ingest)
{
    end_batch(ingest);
    document_release(&ingest->document);
    walk_release(&ingest->walk);
    folder_close(&ingest->folder);
}

/* Reads everything and publishes it, or nothing (of what --publish-every left). */
static int run(struct ingest *ingest, struct pm_error *err)
{
    if (start(ingest, err))
        return -1;
    progress_start(&ingest->progress, ingest->walk.bytes, ingest->options->quiet);
    for (size_t i = 0; i < ingest->walk.len; i++)
        if (add_file(ingest, &ingest->walk.file[i], err))
            return -1;
    if (ingest->options->strict && ingest->report.failed)
        return pm_fail(err, PM_ERR_SYNTAX,
                       "nothing was published, because %" PRIu64 " records or files are bad",
                       ingest->report.failed);
    return publish_batch(ingest, err);
}

int ingest_run(const struct options *options)
{
    struct ingest ingest = {.options = options, .folder = {.lock = -1}};
    struct pm_error err = {0};
    int status = PM_EXIT_OK;
    if (!options->words_len)
        return options_refuse(options,
                              "nothing to add: name files or folders, or - for standard input");
    if (options->strict && (options->publish_articles || options->publish_seconds > 0))
        return options_refuse(options, "--strict does not go with --publish-every");
    stop_watch();
    progress_start(&ingest.progress, 0, options->quiet);
    int rc = report_open(&ingest.report, &options->command->cli, &ingest.progress, options->errors,
                         &err);
    if (!rc)
        rc = run(&ingest, &err);
    if (report_close(&ingest.report, &err))
        rc = -1;
    progress_clear(&ingest.progress);
    if (rc) {
        pm_cli_complain(&options->command->cli, &err);
        status = stop_signal() ? 128 + stop_signal() : pm_cli_exit_code(err.code);
    } else if (ingest.report.failed) {
        status = ingest.walk.len ? PM_EXIT_PARTIAL : PM_EXIT_NO_INPUT;
    }
    double seconds = progress_seconds(&ingest.progress);
    if (options->json && print_json(&ingest, seconds))
        status = PM_EXIT_INTERNAL;
    else if (!options->json && !options->quiet && (!rc || ingest.any_published))
        print_summary(&ingest, seconds);
    finish(&ingest);
    return status;
}
