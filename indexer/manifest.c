#include "manifest.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "file.h"
#include "hash.h"

#define MANIFEST_MAX ((size_t)4 << 30) /* bytes, of some two hundred for each file */

void manifest_release(struct manifest *manifest)
{
    for (size_t i = 0; i < manifest->len; i++)
        free(manifest->file[i].path);
    free(manifest->file);
    *manifest = (struct manifest){0};
}

void manifest_hash(const struct pm_buf *lines, char hash[33])
{
    struct pm_hash128 all;
    pm_hash128_init(&all);
    pm_hash128_add(&all, pm_buf_str(lines), lines->len);
    pm_hash128_hex(&all, hash);
}

int manifest_add_line(struct pm_buf *out, const struct manifest_file *file, struct pm_error *err)
{
    cJSON *path = cJSON_CreateString(file->path);
    char *quoted = cJSON_PrintUnformatted(path);
    if (quoted)
        pm_buf_addf(out,
                    "{\"path\":%s,\"size\":%" PRIu64 ",\"mtime\":[%lld,%ld],\"hash\":\"%s\"%s%s}\n",
                    quoted, file->size, (long long)file->mtime.tv_sec, file->mtime.tv_nsec,
                    file->hash, file->overtaken ? ",\"overtaken\":true" : "",
                    file->overtaker ? ",\"overtaker\":true" : "");
    int rc = quoted && !out->failed ? 0 : pm_fail_nomem(err);
    cJSON_free(quoted);
    cJSON_Delete(path);
    return rc;
}

static bool read_line(const char *line, struct manifest_file *file)
{
    cJSON *object = cJSON_Parse(line);
    const char *path = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, "path"));
    const char *hash = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, "hash"));
    const cJSON *size = cJSON_GetObjectItemCaseSensitive(object, "size");
    const cJSON *mtime = cJSON_GetObjectItemCaseSensitive(object, "mtime");
    const cJSON *second = cJSON_GetArrayItem(mtime, 0), *part = cJSON_GetArrayItem(mtime, 1);
    bool good = path && hash && strlen(hash) < sizeof file->hash && cJSON_IsNumber(size) &&
                cJSON_IsNumber(second) && cJSON_IsNumber(part);
    if (good) {
        *file = (struct manifest_file){
            .path = strdup(path),
            .size = (uint64_t)size->valuedouble,
            .mtime = {(time_t)second->valuedouble, (long)part->valuedouble},
            .overtaken = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(object, "overtaken")),
            .overtaker = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(object, "overtaker")),
        };
        strcpy(file->hash, hash);
    }
    cJSON_Delete(object);
    return good;
}

static int add_file(struct manifest *manifest, const struct manifest_file *file,
                    struct pm_error *err)
{
    struct manifest_file *grown = pm_array_room(manifest->file, manifest->len, sizeof *grown);
    if (!grown)
        return pm_fail_nomem(err);
    manifest->file = grown;
    manifest->file[manifest->len++] = *file;
    return 0;
}

int manifest_read(const char *index, const struct pm_stub *stub, struct manifest *manifest,
                  struct pm_error *err)
{
    struct pm_buf path = PM_BUF_INIT, text = PM_BUF_INIT;
    int rc = 0;
    *manifest = (struct manifest){0};
    manifest_hash(&text, manifest->hash);
    if (!stub->files)
        return 0;
    pm_stub_files_path(index, stub, &path);
    rc = path.failed ? pm_fail_nomem(err) : pm_file_read(path.data, MANIFEST_MAX, &text, err);
    if (!rc)
        manifest_hash(&text, manifest->hash);
    char *rest = text.data, *line;
    for (size_t number = 1; !rc && rest && (line = strsep(&rest, "\n")); number++) {
        struct manifest_file file;
        if (*line && !read_line(line, &file))
            rc = pm_fail(err, PM_ERR_CORRUPT, "%s:%zu: not a line of ours", path.data, number);
        else if (*line && add_file(manifest, &file, err))
            free(file.path), rc = -1;
        else if (*line && !file.path)
            rc = pm_fail_nomem(err);
    }
    if (rc)
        manifest_release(manifest);
    pm_buf_release(&path);
    pm_buf_release(&text);
    return rc;
}
