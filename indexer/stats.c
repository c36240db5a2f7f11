#include "stats.h"

#include <cjson/cJSON.h>
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "index.h"

/* The bytes of all files of a segment. */
static uint64_t segment_bytes(const char *index, uint32_t segment)
{
    struct pm_buf path = PM_BUF_INIT;
    uint64_t bytes = 0;
    pm_stub_segment_path(index, segment, &path);
    DIR *dir = path.failed ? NULL : opendir(path.data);
    const struct dirent *entry;
    struct stat st;
    while (dir && (entry = readdir(dir)))
        if (!fstatat(dirfd(dir), entry->d_name, &st, 0) && S_ISREG(st.st_mode))
            bytes += (uint64_t)st.st_size;
    if (dir)
        closedir(dir);
    pm_buf_release(&path);
    return bytes;
}

static int add_language(const char *term, size_t len, uint32_t freq, void *arg)
{
    char code[16];
    size_t prefix = strlen(pm_schema[PM_FIELD_LANGUAGE].prefix);
    if (len > prefix && len - prefix < sizeof code) {
        memcpy(code, term + prefix, len - prefix);
        code[len - prefix] = '\0';
        cJSON_AddNumberToObject(arg, code, freq);
    }
    return 0;
}

/* All there is to say, as one JSON object; the text form is made of it. */
static cJSON *collect(const struct options *options, const struct pm_index *index,
                      struct pm_error *err)
{
    const struct pm_stub *stub = &index->stub[0];
    struct pm_db_stats stats;
    struct pm_buf first = PM_BUF_INIT, last = PM_BUF_INIT, boosts = PM_BUF_INIT;
    const char *prefix = pm_schema[PM_FIELD_LANGUAGE].prefix;
    uint64_t bytes = 0;
    cJSON *json = cJSON_CreateObject();
    cJSON *languages = cJSON_CreateObject();
    pm_boosts_format(&stub->boosts, &boosts);
    if (pm_db_get_stats(index->db, &stats, err) ||
        pm_db_value_bounds(index->db, pm_schema[PM_FIELD_DATE].slot, &first, &last, err) ||
        pm_db_each_term(index->db, prefix, strlen(prefix), add_language, languages, err) < 0)
        goto fail;
    for (size_t i = 0; i < stub->segments; i++)
        bytes += segment_bytes(options->index, stub->segment[i]);
    cJSON_AddStringToObject(json, "index", options->index);
    cJSON_AddStringToObject(json, "uuid", stub->uuid);
    cJSON_AddNumberToObject(json, "publish", (double)stub->publish);
    cJSON_AddNumberToObject(json, "articles", stats.documents);
    cJSON_AddNumberToObject(json, "segments", (double)stub->segments);
    cJSON_AddNumberToObject(json, "bytes", (double)bytes);
    cJSON_AddStringToObject(json, "first_date", pm_buf_str(&first));
    cJSON_AddStringToObject(json, "last_date", pm_buf_str(&last));
    cJSON_AddStringToObject(json, "boosts", pm_buf_str(&boosts));
    if (!cJSON_AddItemToObject(json, "languages", languages)) {
        pm_fail_nomem(err);
        goto fail;
    }
    goto out;
fail:
    cJSON_Delete(languages);
    cJSON_Delete(json);
    json = NULL;
out:
    pm_buf_release(&first);
    pm_buf_release(&last);
    pm_buf_release(&boosts);
    return json;
}

static void print_text(const cJSON *json)
{
    const cJSON *item, *part;
    cJSON_ArrayForEach (item, json) {
        printf("%-12s", item->string);
        if (cJSON_IsString(item))
            printf("%s\n", *item->valuestring ? item->valuestring : "-");
        else if (cJSON_IsNumber(item))
            printf("%.0f\n", item->valuedouble);
        cJSON_ArrayForEach (part, item)
            printf("%s%s %.0f%s", part == item->child ? "" : ", ", part->string, part->valuedouble,
                   part->next ? "" : "\n");
    }
}

int stats_run(const struct options *options)
{
    struct pm_index index = {0};
    struct pm_error err = {0};
    cJSON *json = NULL;
    char *text = NULL;
    if (options->paths_len)
        pm_fail(&err, PM_ERR_USAGE, "unexpected word '%s'", options->paths[0]);
    else if (!pm_index_open(&options->index, 1, &index, &err))
        json = collect(options, &index, &err);
    if (json && options->json) {
        text = cJSON_PrintUnformatted(json);
        if (text)
            puts(text);
        else
            pm_fail_nomem(&err);
        cJSON_free(text);
    } else if (json) {
        print_text(json);
    }
    cJSON_Delete(json);
    pm_index_close(&index);
    if (err.code)
        pm_cli_complain(&options->command->cli, &err);
    return pm_cli_exit_code(err.code);
}
