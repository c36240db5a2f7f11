#include "stub.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "analyzer.h"
#include "file.h"

#define SEGMENT_NAME "segment-%06" PRIu32
#define DEAD_NAME    "dead-%06" PRIu32 "-%" PRIu64
#define FILES_NAME   "files-%" PRIu64
#define SEGMENT_SCAN "segment-%" SCNu32
#define DEAD_SCAN    "dead-%" SCNu32 "-%" SCNu64
#define FILES_SCAN   "files-%" SCNu64
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

void pm_stub_dead_path(const char *index, const struct pm_segment *segment, struct pm_buf *out)
{
    pm_buf_addf(out, "%s/" DEAD_NAME, index, segment->number, segment->dead);
}

void pm_stub_files_path(const char *index, const struct pm_stub *stub, struct pm_buf *out)
{
    pm_buf_addf(out, "%s/" FILES_NAME, index, stub->files);
}

void pm_stub_format(const struct pm_stub *stub, struct pm_buf *out)
{
    pm_buf_addf(out, "# pressmark %d\n", PM_FORMAT_VERSION);
    pm_buf_addf(out, "# analyzer %d\n", PM_ANALYZER_VERSION);
    pm_buf_addf(out, "# uuid %s\n", stub->uuid);
    pm_buf_addf(out, "# publish %" PRIu64 "\n", stub->publish);
    pm_buf_addf(out, "# next %" PRIu32 "\n", stub->next_segment);
    pm_buf_adds(out, "# boosts ");
    pm_boosts_format(&stub->boosts, out);
    pm_buf_addc(out, '\n');
    if (stub->files)
        pm_buf_addf(out, "# files " FILES_NAME "\n", stub->files);
    for (size_t i = 0; i < stub->segments; i++) {
        const struct pm_segment *segment = &stub->segment[i];
        pm_buf_addf(out, "auto " SEGMENT_NAME "\n", segment->number);
        if (segment->dead)
            pm_buf_addf(out, "# dead " DEAD_NAME "\n", segment->number, segment->dead);
    }
}

int pm_stub_add_segment(struct pm_stub *stub, uint32_t number, struct pm_error *err)
{
    struct pm_segment *grown = realloc(stub->segment, (stub->segments + 1) * sizeof *grown);
    if (!grown)
        return pm_fail_nomem(err);
    stub->segment = grown;
    stub->segment[stub->segments++] = (struct pm_segment){.number = number};
    return 0;
}

int pm_stub_copy(const struct pm_stub *stub, struct pm_stub *copy, struct pm_error *err)
{
    *copy = *stub;
    copy->segment = malloc((stub->segments + 1) * sizeof *copy->segment);
    if (!copy->segment) {
        *copy = (struct pm_stub){0};
        return pm_fail_nomem(err);
    }
    if (stub->segments)
        memcpy(copy->segment, stub->segment, stub->segments * sizeof *copy->segment);
    return 0;
}

/* What the lines of a stub have told. */
enum {
    SAW_FORMAT = 1,
    SAW_ANALYZER = 2,
    SAW_UUID = 4,
    SAW_PUBLISH = 8,
    SAW_BOOSTS = 16,
    SAW_NEXT = 32
};
#define SAW_ALL 63

static int read_line(struct pm_stub *stub, const char *line, unsigned *saw, struct pm_error *err)
{
    int number, end = -1;
    uint32_t segment;
    uint64_t dead;
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
    } else if (sscanf(line, "# next %" SCNu32 "%n", &stub->next_segment, &end) == 1 && !line[end]) {
        *saw |= SAW_NEXT;
    } else if (sscanf(line, "# files " FILES_SCAN "%n", &stub->files, &end) == 1 && !line[end]) {
        return 0;
    } else if (!strncmp(line, "# boosts ", 9) &&
               !pm_boosts_parse(line + 9, &stub->boosts, &ignored)) {
        *saw |= SAW_BOOSTS;
    } else if (sscanf(line, "auto " SEGMENT_SCAN "%n", &segment, &end) == 1 && !line[end]) {
        return pm_stub_add_segment(stub, segment, err);
    } else if (sscanf(line, "# dead " DEAD_SCAN "%n", &segment, &dead, &end) == 2 && !line[end]) {
        if (!stub->segments || stub->segment[stub->segments - 1].number != segment)
            return pm_fail(err, PM_ERR_CORRUPT, "has a list of dead without its segment");
        stub->segment[stub->segments - 1].dead = dead;
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
    if (pm_file_read(path.data, MAX_BYTES, &text, &why)) {
        struct stat st;
        if (why.code != PM_ERR_NOT_FOUND)
            pm_fail(err, why.code, "%s", why.message);
        else if (stat(index, &st))
            pm_fail_errno(err, PM_ERR_NOT_FOUND, "no index at '%s'", index);
        else
            pm_fail(err, PM_ERR_NOT_FOUND, "'%s' holds no index", index);
        goto out;
    }
    if (!text.len) {
        pm_fail(err, PM_ERR_CORRUPT, "'%s' is empty: the index is damaged", path.data);
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
