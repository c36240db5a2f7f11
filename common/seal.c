#include "seal.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <xxhash.h>

#include "file.h"
#include "hash.h"

#define HEAD      "# pressmark manifest 1\n"
#define HEAD_LEN  (sizeof HEAD - 1)
#define SUM       "# sum %016" PRIx64 "\n"
#define SUM_LEN   23
#define MAX_BYTES (64u << 10) /* ours has some hundred */
#define SMALL     1024        /* bytes: no table, which has a block at least, is so */

/* ---- the file ---- */

static void sum_of(const char *text, size_t len, char sum[SUM_LEN + 1])
{
    snprintf(sum, SUM_LEN + 1, SUM, pm_hash64(text, len));
}

void pm_seal_format(const struct pm_seal *seal, struct pm_buf *out)
{
    char sum[SUM_LEN + 1];
    size_t start = out->len;
    pm_buf_adds(out, HEAD);
    for (size_t i = 0; i < seal->len; i++) {
        const struct pm_sealed *file = &seal->file[i];
        pm_buf_addf(out, "%s  %s\n# size %" PRIu64 "\n", file->hash, file->name, file->size);
    }
    if (out->failed)
        return;
    sum_of(out->data + start, out->len - start, sum);
    pm_buf_adds(out, sum);
}

/* The two lines of a file; the number of bytes they take, 0 if they are not such. */
static int read_file(const char *at, struct pm_sealed *file)
{
    int end = 0;
    if (sscanf(at, "%32[0-9a-f]  %31[a-z.]\n# size %" SCNu64 "%n", file->hash, file->name,
               &file->size, &end) != 3)
        return 0;
    /* Names stay in the folder, whatever wrote them. */
    return strlen(file->hash) == 32 && file->name[0] != '.' && at[end] == '\n' ? end + 1 : 0;
}

/* False if anything about the text is not as pm_seal_format() writes it. */
static bool parse(const struct pm_buf *text, struct pm_seal *seal)
{
    char sum[SUM_LEN + 1];
    if (text->len < HEAD_LEN + SUM_LEN || memcmp(text->data, HEAD, HEAD_LEN))
        return false;
    const char *at = text->data + HEAD_LEN, *end = text->data + text->len - SUM_LEN;
    sum_of(text->data, (size_t)(end - text->data), sum);
    if (memcmp(end, sum, SUM_LEN))
        return false;
    while (at < end) {
        int len = seal->len < PM_SEAL_MAX ? read_file(at, &seal->file[seal->len]) : 0;
        if (!len)
            return false;
        seal->len++;
        at += len;
    }
    return at == end && seal->len;
}

int pm_seal_read(const char *segment, struct pm_seal *seal, struct pm_error *err)
{
    struct pm_buf path = PM_BUF_INIT, text = PM_BUF_INIT;
    struct pm_error why = {0};
    int rc = 1;
    *seal = (struct pm_seal){0};
    pm_buf_addf(&path, "%s/" PM_SEAL_FILE, segment);
    if (path.failed)
        rc = pm_fail_nomem(err);
    else if (pm_file_read(path.data, MAX_BYTES, &text, &why))
        rc = why.code == PM_ERR_NOT_FOUND ? 0 : pm_fail(err, why.code, "%s", why.message);
    else if (!parse(&text, seal))
        rc = pm_fail(err, PM_ERR_CORRUPT, "'%s' is damaged", path.data);
    pm_buf_release(&path);
    pm_buf_release(&text);
    return rc;
}

/* ---- sizes ---- */

int pm_seal_check_size(const char *segment, const struct pm_sealed *file, struct pm_error *err)
{
    struct pm_buf path = PM_BUF_INIT;
    struct stat st;
    int rc = 0;
    pm_buf_addf(&path, "%s/%s", segment, file->name);
    if (path.failed)
        rc = pm_fail_nomem(err);
    else if (stat(path.data, &st))
        rc = pm_fail_errno(err, PM_ERR_CORRUPT, "cannot find '%s'", path.data);
    else if (!S_ISREG(st.st_mode))
        rc = pm_fail(err, PM_ERR_CORRUPT, "'%s' is no file", path.data);
    else if ((uint64_t)st.st_size != file->size)
        rc = pm_fail(err, PM_ERR_CORRUPT, "'%s' has %jd bytes, but should have %" PRIu64, path.data,
                     (intmax_t)st.st_size, file->size);
    pm_buf_release(&path);
    return rc;
}

/* The same for the bytes of a file that is not much larger than its name. */
static int check_bytes(const char *segment, const struct pm_sealed *file, struct pm_error *err)
{
    struct pm_buf path = PM_BUF_INIT, bytes = PM_BUF_INIT;
    char hash[sizeof file->hash];
    pm_buf_addf(&path, "%s/%s", segment, file->name);
    int rc = path.failed ? pm_fail_nomem(err) : pm_file_read(path.data, SMALL, &bytes, err);
    if (!rc) {
        XXH128_hash_t digest = XXH3_128bits(pm_buf_str(&bytes), bytes.len);
        snprintf(hash, sizeof hash, "%016" PRIx64 "%016" PRIx64, digest.high64, digest.low64);
        if (strcmp(hash, file->hash))
            rc = pm_fail(err, PM_ERR_CORRUPT, "'%s' is damaged", path.data);
    }
    pm_buf_release(&path);
    pm_buf_release(&bytes);
    return rc;
}

int pm_seal_check_quickly(const char *segment, struct pm_error *err)
{
    struct pm_seal seal;
    struct pm_error why = {0};
    struct stat st;
    int rc =
        stat(segment, &st)
            ? pm_fail_errno(&why, errno == ENOENT ? PM_ERR_NOT_FOUND : PM_ERR_IO, "'%s'", segment)
            : pm_seal_read(segment, &seal, &why);
    for (size_t i = 0; rc >= 0 && i < seal.len; i++)
        rc = pm_seal_check_size(segment, &seal.file[i], &why) ||
                     (seal.file[i].size <= SMALL && check_bytes(segment, &seal.file[i], &why))
                 ? -1
                 : 0;
    if (rc < 0)
        pm_fail(err, why.code, "%s%s", why.message,
                why.code == PM_ERR_CORRUPT ? "; see 'indexer check'" : "");
    return rc < 0 ? -1 : 0;
}
