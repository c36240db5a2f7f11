#include "read.h"

#include <errno.h>
#include <stdio.h>

#include "article_line.h"
#include "feed.h"
#include "inputs.h"
#include "report.h"
#include "stop.h"

struct reading_of {
    const struct options *options;
    int (*take)(const struct pm_article *article, void *with, struct pm_error *err);
    void *with;
};

/*
 * The articles of one file; bad ones are told and passed over.  *failure becomes the errno of a
 * write that failed, since what is closed meanwhile sets another.
 */
static int read_file(const struct reading_of *reader, const char *path, struct report *report,
                     int *failure, struct pm_error *err)
{
    struct pm_error why = {0};
    struct feed *feed = feed_open(path, &reader->options->feed, &why);
    int rc = 1;
    if (!feed && why.code != PM_ERR_NO_INPUT)
        return pm_fail(err, why.code, "%s", why.message);
    if (!feed)
        report_file(report, path, &why);
    while (feed && rc && !err->code && !*failure && !stop_check(err)) {
        struct pm_article article = {0};
        why = (struct pm_error){0};
        rc = feed_next(feed, &article, &why);
        if (rc > 0) {
            report_warning(report, feed);
            reader->take(&article, reader->with, err);
            *failure = ferror(stdout) ? errno : 0;
        } else if (rc && pm_code_is_of_input(why.code)) {
            report_record(report, feed, &why);
        } else if (rc) {
            pm_fail(err, why.code, "%s", why.message);
        }
        pm_article_release(&article);
    }
    feed_close(feed);
    return err->code || *failure ? -1 : 0;
}

int read_articles(const struct options *options,
                  int (*take)(const struct pm_article *article, void *with, struct pm_error *err),
                  void *with)
{
    const struct reading_of reader = {options, take, with};
    struct progress progress = {0};
    struct report report;
    struct walk walk = {0};
    struct pm_error err = {0};
    int failure = 0;
    if (!inputs_named(options))
        return options_refuse(options,
                              "nothing to read: name files or folders, or - for standard input");
    stop_watch();
    if (!report_open(&report, &options->command->cli, &progress, options->errors, &err) &&
        !inputs_find(options, &report, &walk, &err))
        for (size_t i = 0;
             i < walk.len && !read_file(&reader, walk.file[i].path, &report, &failure, &err);)
            i++;
    int status = report_end(&report, walk.len, &err);
    walk_release(&walk);
    if (failure)
        errno = failure; /* pm_cli_finish() tells it */
    return status;
}

static int print_line(const struct pm_article *article, void *with, struct pm_error *err)
{
    (void)with;
    return article_line_print(article, err);
}

int read_run(const struct options *options)
{
    return read_articles(options, print_line, NULL);
}
