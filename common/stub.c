#include "stub.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analyzer.h"

#define SEGMENT_NAME "segment-%06" PRIu32
#define OURS         "# pressmark "
#define MAX_BYTES    (16u << 20) /* no stub of ours comes near it */

void pm_stub_release(struct pm_stub *stub)
{
    free(stub->segment);
    *stub = (struct pm_stub){0};
}

void pm_stub_segment_path(const char *index, uint32_t segment, struct pm_buf *out)
{
    pm_buf_addf(out, "%s/" SEGMENT_NAME, index, segment);
}

void pm_stub_format(const struct pm_stub *stub, struct pm_buf *out)
{
    pm_buf_addf(out, "# pressmark %d\n", PM_FORMAT_VERSION);
    pm_buf_addf(out, "# analyzer %d\n", PM_ANALYZER_VERSION);
    pm_buf_addf(out, "# uuid %s\n", stub->uuid);
    pm_buf_addf(out, "# publish %" PRIu64 "\n", stub->publish);
    pm_buf_adds(out, "# boosts ");
    pm_boosts_format(&stub->boosts, out);
    pm_buf_addc(out, '\n');
    for (size_t i = 0; i < stub->segments; i++)
        pm_buf_addf(out, "auto " SEGMENT_NAME "\n", stub->segment[i]);
}

/* The whole file `path`, added to `out`. */
static int read_file(const char *path, struct pm_buf *out, struct pm_error *err)
{
    int rc = -1;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return pm_fail_errno(err,
                             errno == ENOENT || errno == ENOTDIR ? PM_ERR_NOT_FOUND : PM_ERR_IO,
                             "cannot open '%s'", path);
    for (;;) {
        char *to = pm_buf_reserve(out, 4096);
        ssize_t got = to ? read(fd, to, 4096) : 0;
        if (!to) {
            pm_fail_nomem(err);
            goto out;
        }
        if (got < 0) {
            pm_fail_errno(err, PM_ERR_IO, "cannot read '%s'", path);
            goto out;
        }
        if (got == 0)
            break;
        out->len += (size_t)got;
        if (out->len > MAX_BYTES) {
            pm_fail(err, PM_ERR_CORRUPT, "'%s' is far too large", path);
            goto out;
        }
    }
    pm_buf_add(out, "", 0);
    rc = 0;
out:
    close(fd);
    return rc;
}

static int add_segment(struct pm_stub *stub, uint32_t segment, struct pm_error *err)
{
    uint32_t *grown = realloc(stub->segment, (stub->segments + 1) * sizeof *grown);
    if (!grown)
        return pm_fail_nomem(err);
    stub->segment = grown;
    stub->segment[stub->segments++] = segment;
    return 0;
}

/* What the lines of a stub have told. */
enum { SAW_FORMAT = 1, SAW_ANALYZER = 2, SAW_UUID = 4, SAW_PUBLISH = 8, SAW_BOOSTS = 16 };
#define SAW_ALL 31

static int read_line(struct pm_stub *stub, const char *line, unsigned *saw, struct pm_error *err)
{
    int number, end = -1;
    uint32_t segment;
    struct pm_error ignored = {0};
    if (sscanf(line, "# pressmark %d%n", &number, &end) == 1 && !line[end]) {
        *saw |= SAW_FORMAT;
        if (number != PM_FORMAT_VERSION)
            return pm_fail(err, PM_ERR_VERSION, "has format %d, this program reads format %d",
                           number, PM_FORMAT_VERSION);
    } else if (sscanf(line, "# analyzer %d%n", &number, &end) == 1 && !line[end]) {
        *saw |= SAW_ANALYZER;
        if (number != PM_ANALYZER_VERSION)
            return pm_fail(err, PM_ERR_VERSION,
                           "was made with analyzer %d, this program has analyzer %d: "
                           "index the articles anew",
                           number, PM_ANALYZER_VERSION);
    } else if (sscanf(line, "# uuid %36[0-9a-f-]%n", stub->uuid, &end) == 1 && !line[end]) {
        *saw |= SAW_UUID;
    } else if (sscanf(line, "# publish %" SCNu64 "%n", &stub->publish, &end) == 1 && !line[end]) {
        *saw |= SAW_PUBLISH;
    } else if (!strncmp(line, "# boosts ", 9) &&
               !pm_boosts_parse(line + 9, &stub->boosts, &ignored)) {
        *saw |= SAW_BOOSTS;
    } else if (sscanf(line, "auto segment-%" SCNu32 "%n", &segment, &end) == 1 && !line[end]) {
        return add_segment(stub, segment, err);
    } else if (*line && *line != '#') {
        return pm_fail(err, PM_ERR_CORRUPT, "has a line that makes no sense: '%.60s'", line);
    }
    return 0;
}

int pm_stub_read(const char *index, struct pm_stub *stub, struct pm_error *err)
{
    struct pm_buf path = PM_BUF_INIT, text = PM_BUF_INIT;
    struct pm_error why = {0};
    unsigned saw = 0;
    int rc = -1;
    *stub = (struct pm_stub){.boosts = pm_boosts_default};
    pm_buf_addf(&path, "%s/" PM_STUB_FILE, index);
    if (path.failed) {
        pm_fail_nomem(err);
        goto out;
    }
    if (read_file(path.data, &text, &why)) {
        struct stat st;
        if (why.code != PM_ERR_NOT_FOUND)
            pm_fail(err, why.code, "%s", why.message);
        else if (stat(index, &st))
            pm_fail_errno(err, PM_ERR_NOT_FOUND, "no index at '%s'", index);
        else
            pm_fail(err, PM_ERR_NOT_FOUND, "'%s' holds no index", index);
        goto out;
    }
    if (strncmp(pm_buf_str(&text), OURS, strlen(OURS))) {
        pm_fail(err, PM_ERR_NOT_FOUND, "'%s' is a Xapian database, but none of Pressmark's", index);
        goto out;
    }
    if (memchr(text.data, '\0', text.len))
        pm_fail(&why, PM_ERR_CORRUPT, "has a NUL in its stub");
    char *rest = text.data, *line;
    while (!why.code && (line = strsep(&rest, "\n")))
        read_line(stub, line, &saw, &why);
    if (why.code)
        pm_fail(err, why.code, "the index '%s' %s", index, why.message);
    else if (saw != SAW_ALL)
        pm_fail(err, PM_ERR_CORRUPT, "'%s' lacks lines that it must have", path.data);
    else
        rc = 0;
out:
    if (rc)
        pm_stub_release(stub);
    pm_buf_release(&path);
    pm_buf_release(&text);
    return rc;
}
