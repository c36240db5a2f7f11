#include "report.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "stop.h"
#include "utf8.h"

/* True if the file begins with a line of ours. */
static bool is_list(const char *path)
{
    char line[4096] = "";
    FILE *file = fopen(path, "re");
    bool got = file && fgets(line, sizeof line, file);
    if (file)
        fclose(file);
    return got && !strncmp(line, "{\"file\":", 8);
}

int report_open(struct report *report, const struct pm_cli *cli, const struct progress *progress,
                const char *path, struct pm_error *err)
{
    struct stat status;
    *report = (struct report){.cli = cli, .progress = progress, .path = path};
    if (!path)
        return 0;
    if (!stat(path, &status) && S_ISREG(status.st_mode) && status.st_size && !is_list(path))
        return pm_fail(err, PM_ERR_USAGE, "'%s' is there and no list of failures: not replaced",
                       path);
    /* What is there and no file (/dev/stdout, a pipe) cannot be replaced. */
    bool in_place = !stat(path, &status) && !S_ISREG(status.st_mode);
    /* A hidden name, which a walk over its folder passes over. */
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    if (!in_place && asprintf(&report->fresh, "%.*s.%s.new-%ld", (int)(name - path), path, name,
                              (long)getpid()) < 0) {
        report->fresh = NULL;
        return pm_fail_nomem(err);
    }
    report->file = fopen(in_place ? path : report->fresh, "we");
    return report->file ? 0 : pm_fail_errno(err, PM_ERR_IO, "cannot write '%s'", path);
}

static bool add_clean(cJSON *object, const char *key, const char *text)
{
    struct pm_buf clean = PM_BUF_INIT;
    pm_utf8_clean(&clean, text, strlen(text));
    bool good = !clean.failed && cJSON_AddStringToObject(object, key, pm_buf_str(&clean));
    pm_buf_release(&clean);
    return good;
}

static void write_failure(struct report *report, const char *path, uint64_t line, uint64_t byte,
                          const struct pm_error *what)
{
    cJSON *object = report->file ? cJSON_CreateObject() : NULL;
    if (!report->file)
        return;
    bool good = object && add_clean(object, "file", path);
    if (good && line)
        good = cJSON_AddNumberToObject(object, "line", (double)line) &&
               cJSON_AddNumberToObject(object, "byte", (double)byte);
    good = good && cJSON_AddStringToObject(object, "code", pm_code_name(what->code)) &&
           add_clean(object, "message", what->message);
    char *text = good ? cJSON_PrintUnformatted(object) : NULL;
    errno = ENOMEM;
    if ((!text || fprintf(report->file, "%s\n", text) < 0) && !report->failure)
        report->failure = errno;
    cJSON_free(text);
    cJSON_Delete(object);
}

void report_record(struct report *report, const struct feed *feed, const struct pm_error *what)
{
    uint64_t line = feed_line(feed);
    report->failed++;
    progress_clear(report->progress);
    if (line)
        fprintf(stderr, "%s:%" PRIu64 ": %s\n", feed_name(feed), line, what->message);
    else
        fprintf(stderr, "%s: %s\n", feed_name(feed), what->message);
    write_failure(report, feed_name(feed), line, feed_byte(feed), what);
}

void report_warning(struct report *report, const struct feed *feed)
{
    if (!feed_warning(feed))
        return;
    progress_clear(report->progress);
    fprintf(stderr, "%s:%" PRIu64 ": warning: %s\n", feed_name(feed), feed_line(feed),
            feed_warning(feed));
}

void report_say(const struct report *report, const char *format, ...)
{
    char line[300];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    progress_clear(report->progress);
    pm_cli_say(report->cli, "%s", line);
}

void report_file(struct report *report, const char *path, const struct pm_error *what)
{
    report->failed++;
    progress_clear(report->progress);
    pm_cli_complain(report->cli, what);
    write_failure(report, path, 0, 0, what);
}

void report_passed_over(const struct report *report, const struct pm_error *what)
{
    progress_clear(report->progress);
    pm_cli_complain(report->cli, what);
}

/* Gives the file its name, or says why it cannot have it. */
static void close_file(struct report *report, struct pm_error *err)
{
    int failure = report->failure;
    if (report->file && fclose(report->file) && !failure)
        failure = errno;
    if (report->file && !failure && report->fresh && rename(report->fresh, report->path))
        failure = errno;
    if (failure) {
        errno = failure;
        pm_fail_errno(err, PM_ERR_IO, "cannot write '%s'", report->path);
        if (report->fresh)
            unlink(report->fresh);
    }
    free(report->fresh);
    report->fresh = NULL;
    report->file = NULL;
}

int report_end(struct report *report, bool found, struct pm_error *err)
{
    close_file(report, err);
    progress_clear(report->progress);
    if (err->code) {
        pm_cli_complain(report->cli, err);
        return stop_signal() ? 128 + stop_signal() : pm_cli_exit_code(err->code);
    }
    if (!report->failed)
        return PM_EXIT_OK;
    return found ? PM_EXIT_PARTIAL : PM_EXIT_NO_INPUT;
}
