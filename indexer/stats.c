#include "stats.h"

#include <cjson/cJSON.h>
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "index.h"

struct stats {
    const struct options *options;
    struct pm_index index;
    cJSON *json;
    struct pm_error *err;
};

/* ---- counting ---- */

/* Adds `more` to the number under `key`. */
static int count(cJSON *object, const char *key, double more, struct pm_error *err)
{
    cJSON *number = cJSON_GetObjectItemCaseSensitive(object, key);
    if (number)
        cJSON_SetNumberValue(number, number->valuedouble + more);
    else if (!cJSON_AddNumberToObject(object, key, more))
        return pm_fail_nomem(err);
    return 0;
}

static int by_key(const void *a, const void *b)
{
    return strcmp((*(cJSON *const *)a)->string, (*(cJSON *const *)b)->string);
}

static int by_count(const void *a, const void *b)
{
    double left = (*(cJSON *const *)a)->valuedouble, right = (*(cJSON *const *)b)->valuedouble;
    return left != right ? (left < right ? 1 : -1) : by_key(a, b);
}

/* Puts the members of an object in order. */
static int sort(cJSON *object, int (*compare)(const void *, const void *), struct pm_error *err)
{
    size_t len = (size_t)cJSON_GetArraySize(object), i = 0;
    cJSON **item = calloc(len + 1, sizeof *item);
    if (!item)
        return pm_fail_nomem(err);
    while (object->child)
        item[i++] = cJSON_DetachItemViaPointer(object, object->child);
    qsort(item, len, sizeof *item, compare);
    for (i = 0; i < len; i++)
        cJSON_AddItemToObject(object, item[i]->string, item[i]);
    free(item);
    return 0;
}

/* The first and the last value of a live article. */
struct bounds {
    const struct stats *stats;
    struct pm_buf first, last;
};

static int widen(uint32_t docid, const char *value, size_t len, void *arg)
{
    struct bounds *bounds = arg;
    (void)len; /* dates have no NUL */
    if (!pm_index_is_live(&bounds->stats->index, docid))
        return 0;
    if (!bounds->first.len || strcmp(value, bounds->first.data) < 0) {
        pm_buf_clear(&bounds->first);
        pm_buf_adds(&bounds->first, value);
    }
    if (!bounds->last.len || strcmp(value, bounds->last.data) > 0) {
        pm_buf_clear(&bounds->last);
        pm_buf_adds(&bounds->last, value);
    }
    return 0;
}

static int add_dates(struct stats *stats)
{
    struct bounds bounds = {.stats = stats};
    int rc = pm_db_each_value(stats->index.db, pm_schema[PM_FIELD_DATE].slot, widen, &bounds,
                              stats->err);
    if (!rc && (bounds.first.failed || bounds.last.failed ||
                !cJSON_AddStringToObject(stats->json, "first_date", pm_buf_str(&bounds.first)) ||
                !cJSON_AddStringToObject(stats->json, "last_date", pm_buf_str(&bounds.last))))
        rc = pm_fail_nomem(stats->err);
    pm_buf_release(&bounds.first);
    pm_buf_release(&bounds.last);
    return rc;
}

struct tally {
    const struct stats *stats;
    cJSON *object;
    size_t max; /* bytes of a value that count: 7 of a date are its month */
    uint32_t counted;
};

static int count_value(uint32_t docid, const char *value, size_t len, void *arg)
{
    struct tally *tally = arg;
    if (!pm_index_is_live(&tally->stats->index, docid))
        return 0;
    char *key = strndup(value, len < tally->max ? len : tally->max);
    int rc =
        key ? count(tally->object, key, 1, tally->stats->err) : pm_fail_nomem(tally->stats->err);
    free(key);
    tally->counted++;
    return rc;
}

/* The live articles by the first `max` bytes of a value, those without it under "". */
static int count_values(struct stats *stats, const char *name, enum pm_field field, size_t max,
                        int (*order)(const void *, const void *))
{
    struct tally tally = {
        .stats = stats, .object = cJSON_AddObjectToObject(stats->json, name), .max = max};
    if (!tally.object)
        return pm_fail_nomem(stats->err);
    if (pm_db_each_value(stats->index.db, pm_schema[field].slot, count_value, &tally, stats->err))
        return -1;
    if (sort(tally.object, order, stats->err))
        return -1;
    uint32_t without = stats->index.articles - tally.counted;
    return without ? count(tally.object, "", without, stats->err) : 0;
}

/* ---- bytes ---- */

/* Adds the bytes of each file of a segment under the name of its table. */
static int count_files(const char *path, cJSON *tables, struct pm_error *err)
{
    int rc = 0;
    DIR *dir = opendir(path);
    if (!dir)
        return pm_fail_errno(err, PM_ERR_IO, "cannot read the folder '%s'", path);
    const struct dirent *entry;
    struct stat st;
    while (!rc && (entry = readdir(dir))) {
        const char *end = strstr(entry->d_name, ".glass");
        if (!end || fstatat(dirfd(dir), entry->d_name, &st, 0))
            continue;
        char *name = strndup(entry->d_name, (size_t)(end - entry->d_name));
        rc = name ? count(tables, name, (double)st.st_size, err) : pm_fail_nomem(err);
        free(name);
    }
    closedir(dir);
    return rc;
}

static int count_bytes(struct stats *stats)
{
    const struct pm_stub *stub = &stats->index.stub[0];
    cJSON *total = cJSON_AddNumberToObject(stats->json, "bytes", 0), *table;
    cJSON *tables = cJSON_AddObjectToObject(stats->json, "tables");
    int rc = total && tables ? 0 : pm_fail_nomem(stats->err);
    for (size_t i = 0; !rc && i < stub->segments; i++) {
        struct pm_buf path = PM_BUF_INIT;
        pm_stub_segment_path(stats->options->index, stub->segment[i].number, &path);
        rc = path.failed ? pm_fail_nomem(stats->err) : count_files(path.data, tables, stats->err);
        pm_buf_release(&path);
    }
    cJSON_ArrayForEach (table, tables)
        cJSON_SetNumberValue(total, total->valuedouble + table->valuedouble);
    return rc ? rc : sort(tables, by_count, stats->err);
}

/* ---- the whole ---- */

struct live_count {
    const struct pm_index *index;
    uint32_t live;
};

static int count_live(uint32_t docid, void *arg)
{
    struct live_count *count = arg;
    count->live += pm_index_is_live(count->index, docid);
    return 0;
}

/* The term of a language: its code, and how many live articles have it. */
static int count_language(const char *term, size_t len, uint32_t freq, void *arg)
{
    struct stats *stats = arg;
    struct live_count live = {.index = &stats->index};
    char code[16];
    size_t prefix = strlen(pm_schema[PM_FIELD_LANGUAGE].prefix);
    (void)freq; /* the dead are among them */
    if (len <= prefix || len - prefix >= sizeof code)
        return 0;
    memcpy(code, term + prefix, len - prefix);
    code[len - prefix] = '\0';
    if (pm_db_each_document(stats->index.db, term, len, count_live, &live, stats->err))
        return -1;
    cJSON *languages = cJSON_GetObjectItemCaseSensitive(stats->json, "languages");
    return live.live ? count(languages, code, live.live, stats->err) : 0;
}

static int collect(struct stats *stats)
{
    const struct pm_stub *stub = &stats->index.stub[0];
    const char *prefix = pm_schema[PM_FIELD_LANGUAGE].prefix;
    struct pm_buf boosts = PM_BUF_INIT;
    cJSON *json = stats->json = cJSON_CreateObject(), *languages;
    int rc = -1;
    pm_boosts_format(&stub->boosts, &boosts);
    if (!json)
        goto out;
    cJSON_AddStringToObject(json, "index", stats->options->index);
    cJSON_AddStringToObject(json, "uuid", stub->uuid);
    cJSON_AddNumberToObject(json, "publish", (double)stub->publish);
    cJSON_AddNumberToObject(json, "articles", stats->index.articles);
    cJSON_AddNumberToObject(json, "dead", stats->index.dead_count);
    cJSON_AddNumberToObject(json, "segments", (double)stub->segments);
    if (add_dates(stats))
        goto out;
    cJSON_AddStringToObject(json, "boosts", pm_buf_str(&boosts));
    languages = cJSON_AddObjectToObject(json, "languages");
    if (!languages ||
        pm_db_each_term(stats->index.db, prefix, strlen(prefix), count_language, stats, stats->err))
        goto out;
    rc = sort(languages, by_count, stats->err) || count_bytes(stats) ||
                 count_values(stats, "months", PM_FIELD_DATE, 7, by_key) ||
                 count_values(stats, "sources", PM_FIELD_SOURCE, SIZE_MAX, by_count)
             ? -1
             : 0;
out:
    if (rc)
        pm_fail_nomem(stats->err);
    pm_buf_release(&boosts);
    return rc;
}

/* Short objects on one line, longer ones with a line for each member. */
static void print_object(const cJSON *object)
{
    const cJSON *part;
    bool lines = cJSON_GetArraySize(object) > 6 || !strcmp(object->string, "months") ||
                 !strcmp(object->string, "sources");
    printf(lines || !object->child ? "%s" : "%-12s", object->string);
    cJSON_ArrayForEach (part, object) {
        const char *name = *part->string ? part->string : "(none)";
        if (lines)
            printf("\n  %8.0f  %s", part->valuedouble, name);
        else
            printf("%s%s %.0f", part == object->child ? "" : ", ", name, part->valuedouble);
    }
    putchar('\n');
}

static void print_text(const cJSON *json)
{
    const cJSON *item;
    cJSON_ArrayForEach (item, json) {
        if (cJSON_IsString(item))
            printf("%-12s%s\n", item->string, *item->valuestring ? item->valuestring : "-");
        else if (cJSON_IsNumber(item))
            printf("%-12s%.0f\n", item->string, item->valuedouble);
        else
            print_object(item);
    }
}

int stats_run(const struct options *options)
{
    struct pm_error err = {0};
    struct stats stats = {.options = options, .err = &err};
    if (options->words_len)
        return options_refuse(options, "it takes no words");
    if (!pm_index_open(&options->index, 1, &stats.index, &err) && !collect(&stats)) {
        char *text = options->json ? cJSON_PrintUnformatted(stats.json) : NULL;
        if (text)
            puts(text);
        else if (options->json)
            pm_fail_nomem(&err);
        else
            print_text(stats.json);
        cJSON_free(text);
    }
    cJSON_Delete(stats.json);
    pm_index_close(&stats.index);
    if (err.code)
        pm_cli_complain(&options->command->cli, &err);
    return pm_cli_exit_code(err.code);
}
