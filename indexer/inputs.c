#include "inputs.h"

#include <cjson/cJSON.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"

#define LIST_MAX ((size_t)1 << 30) /* bytes; a report has some two hundred for each failure */

static void complain(const char *path, const struct pm_error *what, void *report)
{
    if (what->code == PM_ERR_USAGE)
        report_passed_over(report, what);
    else
        report_file(report, path, what);
}

bool inputs_named(const struct options *options)
{
    return options->words_len || options->retry;
}

/* The paths of the words, then the files of a list. */
struct names {
    const char **path; /* of the words, or in `listed` */
    size_t len;
    void *listed; /* tsearch(3) tree of the files of the list */
};

static int compare_names(const void *a, const void *b)
{
    return strcmp(a, b);
}

static int add_name(struct names *names, const char *path, struct pm_error *err)
{
    const char **grown = reallocarray(names->path, names->len + 1, sizeof *grown);
    if (!grown)
        return pm_fail_nomem(err);
    names->path = grown;
    names->path[names->len++] = path;
    return 0;
}

/* Adds a file of the list, unless it is there. */
static int add_listed(struct names *names, const char *file, struct pm_error *err)
{
    if (tfind(file, &names->listed, compare_names))
        return 0;
    char *copy = strdup(file);
    if (!copy || !tsearch(copy, &names->listed, compare_names)) {
        free(copy);
        return pm_fail_nomem(err);
    }
    return add_name(names, copy, err);
}

static int read_list(const char *path, struct names *names, struct pm_error *err)
{
    struct pm_error why = {0};
    struct pm_buf text = PM_BUF_INIT;
    int rc = pm_file_read(path, LIST_MAX, &text, &why);
    if (rc)
        pm_fail(err, why.code == PM_ERR_NOMEM ? why.code : PM_ERR_NO_INPUT, "%s", why.message);
    char *rest = text.data, *line;
    for (size_t number = 1; !rc && rest && (line = strsep(&rest, "\n")); number++) {
        cJSON *object = cJSON_Parse(line);
        const char *file = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, "file"));
        if (file)
            rc = add_listed(names, file, err);
        else if (*line)
            rc = pm_fail(err, PM_ERR_SYNTAX, "%s:%zu: not a line that --errors writes", path,
                         number);
        cJSON_Delete(object);
    }
    pm_buf_release(&text);
    return rc;
}

int inputs_find(const struct options *options, struct report *report, struct walk *walk,
                struct pm_error *err)
{
    struct names names = {0};
    int rc = 0;
    for (size_t i = 0; !rc && i < options->words_len; i++)
        rc = add_name(&names, options->words[i], err);
    if (!rc && options->retry)
        rc = read_list(options->retry, &names, err);
    if (!rc)
        rc = walk_find(names.path, names.len, complain, report, walk, err);
    walk_leave_out(walk, options->errors);
    tdestroy(names.listed, free);
    free(names.path);
    return rc;
}
