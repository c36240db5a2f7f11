#include "add.h"

#include <inttypes.h>

#include "ingest.h"
#include "inputs.h"
#include "stop.h"
#include "summary.h"

/* Reads everything and publishes it, or nothing (of what --publish-every left). */
static int run(struct ingest *ingest, struct walk *walk, struct pm_error *err)
{
    const struct options *options = ingest->options;
    if (inputs_find(options, &ingest->report, walk, err) || ingest_start(ingest, err))
        return -1;
    ingest->passed_over = walk->passed_over;
    progress_start(&ingest->progress, walk->bytes, options->quiet);
    for (size_t i = 0; i < walk->len; i++)
        if (ingest_file(ingest, walk->file[i].path, err))
            return -1;
    if (options->strict && ingest->report.failed)
        return pm_fail(err, PM_ERR_SYNTAX, "nothing was published, because %" PRIu64 " %s bad",
                       ingest->report.failed,
                       ingest->report.failed == 1 ? "record or file is" : "records or files are");
    return ingest_publish(ingest, err);
}

int add_run(const struct options *options)
{
    struct ingest ingest = {.options = options, .folder = {.lock = -1}};
    struct walk walk = {0};
    struct pm_error err = {0};
    if (!inputs_named(options))
        return options_refuse(options,
                              "nothing to add: name files or folders, or - for standard input");
    if (options->strict && (options->publish_articles || options->publish_seconds > 0))
        return options_refuse(options, "--strict does not go with --publish-every");
    stop_watch();
    progress_start(&ingest.progress, 0, options->quiet);
    if (!report_open(&ingest.report, &options->command->cli, &ingest.progress, options->errors,
                     &err))
        run(&ingest, &walk, &err);
    stop_mend(&err, ingest.any_published);
    int status = report_end(&ingest.report, walk.len, &err);
    if (options->json && summary_print_json(&ingest))
        status = PM_EXIT_INTERNAL;
    else if (!options->json && !options->quiet && (!err.code || ingest.any_published))
        summary_print(&ingest);
    ingest_finish(&ingest);
    walk_release(&walk);
    return status;
}
