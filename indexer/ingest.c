#include "ingest.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "feed.h"
#include "record.h"
#include "seen.h"
#include "stop.h"

/* ---- one article ---- */

/* Tells that the file being read takes over an article of the one at `path`. */
static void tell_overtaken(const struct ingest *ingest, const char *path)
{
    if (path && ingest->overtaken && strcmp(path, ingest->file) != 0)
        ingest->overtaken(path, ingest->overtaken_arg);
}

/* The article `docid` of those published. */
static int read_published(const struct ingest *ingest, uint32_t docid, struct pm_article *article,
                          struct pm_error *err)
{
    struct pm_buf data = PM_BUF_INIT;
    int rc = pm_db_data(ingest->change.before.db, docid, &data, err);
    if (!rc)
        rc = pm_record_unpack(pm_buf_str(&data), data.len, article, err);
    pm_buf_release(&data);
    return rc;
}

/* Lets a published article die for that of another content. */
static int overtake(struct ingest *ingest, uint32_t docid, struct pm_error *err)
{
    struct pm_article old = {0};
    int rc = ingest->overtaken ? read_published(ingest, docid, &old, err) : 0;
    if (!rc)
        tell_overtaken(ingest, old.path);
    pm_article_release(&old);
    return rc ? rc : change_kill(&ingest->change, docid, err);
}

/* Whether a published article has the content of the one that came: 1, 0, or -1. */
static int is_as_published(const struct ingest *ingest, uint32_t docid, struct work *work,
                           struct pm_error *err)
{
    struct pm_buf content = PM_BUF_INIT;
    const struct pm_content *came = &work->document.content;
    int rc = document_read(&work->document, &work->article, err) ||
                     pm_db_value(ingest->change.before.db, docid, pm_schema[PM_FIELD_CONTENT].slot,
                                 &content, err)
                 ? -1
                 : content.len >= came->len && !memcmp(content.data, came->bytes, came->len);
    pm_buf_release(&content);
    return rc;
}

/*
 * What the index has under the id of the article: 1 the same article, 0 another one or none,
 * -1 failed.  Another one dies.
 */
static int replace_published(struct ingest *ingest, struct seen *seen, struct work *work,
                             struct pm_error *err)
{
    uint32_t docid;
    int rc = change_find(&ingest->change, seen->id, &docid, err);
    if (rc <= 0 || (rc = is_as_published(ingest, docid, work, err)))
        return rc;
    seen->updates = true;
    return overtake(ingest, docid, err);
}

/* The same for an id that has come again: what died for an earlier one lives on if it is the same.
 */
static int restore_published(struct ingest *ingest, struct seen *seen, struct work *work,
                             struct pm_error *err)
{
    uint32_t docid;
    int rc = seen->updates ? pm_index_find(&ingest->change.before, seen->id, &docid, err) : 0;
    if (rc <= 0 || (rc = is_as_published(ingest, docid, work, err)) <= 0)
        return rc;
    change_revive(&ingest->change, docid);
    seen->updates = false;
    seen->number = SEEN_NOT_ADDED;
    return 1;
}

/* Adds the oldest document in the making to the segment: 1, 0 if there is none, or -1. */
static int add_document(struct ingest *ingest, struct pm_error *err)
{
    struct work *work;
    int rc = makers_take(ingest->makers, &work, err);
    return rc > 0 && segment_add(ingest->segment, &work->document, err) ? -1 : rc;
}

static int add_documents(struct ingest *ingest, struct pm_error *err)
{
    int rc;
    while ((rc = add_document(ingest, err)) > 0)
        ;
    return rc;
}

/* Takes the document of an id that has come again out of the segment. */
static int drop_repeated(struct ingest *ingest, const struct seen *seen, struct pm_error *err)
{
    struct ingest_counts *batch = &ingest->batch;
    if (add_documents(ingest, err) || segment_drop(ingest->segment, seen->number, err))
        return -1;
    tell_overtaken(ingest, seen->file);
    batch->repeated++;
    batch->updated -= seen->updates;
    batch->added -= !seen->updates;
    return 0;
}

static int add_article(struct ingest *ingest, struct work *work, struct pm_error *err)
{
    struct ingest_counts *batch = &ingest->batch;
    struct pm_article *article = &work->article;
    bool known;
    if (!article->language && !(article->language = strdup(ingest->options->language->code)))
        return pm_fail_nomem(err);
    struct seen *seen = seen_find(&ingest->seen, article->id, &known, err);
    if (!seen)
        return -1;
    bool again = known && seen->number != SEEN_NOT_ADDED;
    if (again && drop_repeated(ingest, seen, err))
        return -1;
    int same = again ? restore_published(ingest, seen, work, err)
                     : replace_published(ingest, seen, work, err);
    if (same) {
        batch->unchanged += same > 0;
        return same > 0 ? 0 : -1;
    }
    seen->number = makers_give(ingest->makers);
    seen->file = ingest->file;
    batch->updated += seen->updates;
    batch->added += !seen->updates;
    return 0;
}

/* ---- articles without a file ---- */

struct removal {
    struct ingest *ingest;
    struct pm_error *err;
};

static int remove_unread(uint32_t docid, void *arg)
{
    struct removal *removal = arg;
    struct ingest *ingest = removal->ingest;
    struct pm_article article = {0};
    if (!change_is_live(&ingest->change, docid))
        return 0;
    int rc = read_published(ingest, docid, &article, removal->err);
    if (!rc && !seen_has(&ingest->seen, article.id)) {
        rc = change_kill(&ingest->change, docid, removal->err);
        ingest->batch.removed++;
    }
    pm_article_release(&article);
    return rc;
}

int ingest_remove(struct ingest *ingest, const char *path, struct pm_error *err)
{
    struct removal removal = {ingest, err};
    struct pm_buf term = PM_BUF_INIT;
    if (!ingest->change.before.db)
        return 0;
    pm_schema_whole(&term, PM_FIELD_PATH, path, strlen(path));
    int rc = term.failed ? pm_fail_nomem(err)
                         : pm_db_each_document(ingest->change.before.db, term.data, term.len,
                                               remove_unread, &removal, err);
    pm_buf_release(&term);
    return rc;
}

/* ---- batches ---- */

static int begin_batch(struct ingest *ingest, struct pm_error *err)
{
    const struct segment_options options = {ingest->options->writer_api, ingest->options->memory,
                                            ingest->options->jobs};
    struct pm_buf work = PM_BUF_INIT;
    pm_buf_addf(&work, "%s/building-%ld", ingest->folder.path, (long)getpid());
    if (work.failed)
        pm_fail_nomem(err);
    else if (!change_begin(&ingest->change, &ingest->folder, err))
        ingest->segment = segment_new(work.data, &options, err);
    if (ingest->segment && segment_is_fallback(ingest->segment) && !ingest->fallback_told) {
        report_say(&ingest->report,
                   "warning: libxapian %s writes another format than we do: it writes the index, "
                   "which takes longer",
                   pm_db_version());
        ingest->fallback_told = true;
    }
    pm_buf_release(&work);
    return ingest->segment ? 0 : -1;
}

static void end_batch(struct ingest *ingest)
{
    segment_free(ingest->segment);
    ingest->segment = NULL;
    change_end(&ingest->change);
    seen_clear(&ingest->seen);
    ingest->batch = (struct ingest_counts){0};
}

/* Writes the segment of this batch, if anything is in it. */
static int write_segment(struct ingest *ingest, struct pm_error *err)
{
    struct pm_buf path = PM_BUF_INIT, words = PM_BUF_INIT;
    if (add_documents(ingest, err))
        return -1;
    uint32_t articles = segment_len(ingest->segment);
    if (!articles)
        return 0;
    progress_say(&ingest->progress, "writing the index");
    uint32_t number = change_new_segment(&ingest->change, &path, err);
    int rc = number && !makers_words(ingest->makers, &words, err) &&
                     !segment_finish(ingest->segment, &words, path.data, err) && !stop_check(err) &&
                     !change_add_segment(&ingest->change, number, articles, err)
                 ? change_merge_tiers(&ingest->change, articles, err)
                 : -1;
    pm_buf_release(&path);
    pm_buf_release(&words);
    return rc;
}

int ingest_publish(struct ingest *ingest, struct pm_error *err)
{
    struct ingest_counts *counts = &ingest->counts;
    const struct ingest_counts *batch = &ingest->batch;
    bool published;
    if (write_segment(ingest, err) || change_publish(&ingest->change, &published, err))
        return -1;
    counts->added += batch->added;
    counts->updated += batch->updated;
    counts->unchanged += batch->unchanged;
    counts->repeated += batch->repeated;
    counts->removed += batch->removed;
    ingest->any_published |= published;
    ingest->published = progress_seconds(&ingest->progress);
    end_batch(ingest);
    return 0;
}

/* True if --publish-every says that it is time. */
static bool is_due(const struct ingest *ingest)
{
    const struct options *options = ingest->options;
    const struct ingest_counts *batch = &ingest->batch;
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
    if (ingest_publish(ingest, err) || begin_batch(ingest, err))
        return -1;
    makers_begin(ingest->makers, ingest->segment);
    return 0;
}

/* ---- files ---- */

/* Room for an article, for which a document may have to leave; or NULL. */
static struct work *make_room(struct ingest *ingest, struct pm_error *err)
{
    struct work *work;
    while (!(work = makers_room(ingest->makers)))
        if (add_document(ingest, err) < 0)
            return NULL;
    return work;
}

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

int ingest_file(struct ingest *ingest, const char *path, struct pm_error *err)
{
    struct pm_error why = {0};
    struct work *work;
    uint64_t before = ingest->counts.bytes, articles = 0;
    ingest->file = path;
    int rc = 0;
    struct feed *feed = feed_open(path, &ingest->options->feed, &why);
    if (!feed) {
        if (why.code != PM_ERR_NO_INPUT)
            return pm_fail(err, why.code, "%s", why.message);
        report_file(&ingest->report, path, &why);
        return 0;
    }
    while (!rc && !stop_check(err) && (work = make_room(ingest, err))) {
        why = (struct pm_error){0};
        int got = next_article(ingest, feed, &work->article, &why, err);
        ingest->counts.bytes = before + feed_bytes(feed);
        if (got == 0 || err->code)
            break;
        if (got > 0) {
            report_warning(&ingest->report, feed);
            rc = add_article(ingest, work, err);
        } else if (pm_code_is_of_input(why.code)) {
            report_record(&ingest->report, feed, &why);
        } else {
            rc = pm_fail(err, why.code, "%s", why.message);
        }
        if (!rc)
            rc = publish_if_due(ingest, err);
        articles++;
        progress_show(&ingest->progress, ingest->counts.added + ingest->batch.added + articles,
                      ingest->counts.bytes);
    }
    feed_close(feed);
    return err->code ? -1 : rc;
}

/* ---- beginning and end ---- */

int ingest_start(struct ingest *ingest, struct pm_error *err)
{
    const struct options *options = ingest->options;
    const struct folder_options how = {.boosts = &options->boosts, .wait = options->wait};
    if (folder_open(&ingest->folder, options->index, &how, err))
        return -1;
    if (options->boosts_given && !pm_boosts_equal(&options->boosts, &ingest->folder.stub.boosts)) {
        struct pm_buf has = PM_BUF_INIT;
        pm_boosts_format(&ingest->folder.stub.boosts, &has);
        pm_fail(err, PM_ERR_USAGE, "the index '%s' has boosts %s: they cannot change",
                options->index, pm_buf_str(&has));
        pm_buf_release(&has);
        return -1;
    }
    if (begin_batch(ingest, err))
        return -1;
    ingest->makers = makers_new(options->jobs, &ingest->folder.stub.boosts, options->entities,
                                ingest->segment, err);
    return ingest->makers ? 0 : -1;
}

void ingest_finish(struct ingest *ingest)
{
    makers_free(ingest->makers);
    end_batch(ingest);
    folder_close(&ingest->folder);
}
