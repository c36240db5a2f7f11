#include "lines.h"

#include <string.h>

#include "file.h"
#include "utf8.h"

#define FILE_MAX (16u << 20)

int pm_lines_open(struct pm_lines *lines, const char *path, struct pm_error *err)
{
    struct pm_error why = {0};
    *lines = (struct pm_lines){.path = path, .data = PM_BUF_INIT, .line = PM_BUF_INIT};
    if (!pm_file_read(path, FILE_MAX, &lines->data, &why))
        return lines->data.failed ? pm_fail_nomem(err) : 0;
    if (why.code == PM_ERR_CORRUPT)
        return pm_fail(err, PM_ERR_NO_INPUT, "'%s' is too large: it has more than 16 MB", path);
    return pm_fail(err, why.code == PM_ERR_NOMEM ? PM_ERR_NOMEM : PM_ERR_NO_INPUT, "%s",
                   why.message);
}

void pm_lines_release(struct pm_lines *lines)
{
    pm_buf_release(&lines->data);
    pm_buf_release(&lines->line);
}

int pm_lines_next(struct pm_lines *lines, const char **line, struct pm_error *err)
{
    while (lines->at < lines->data.len) {
        const char *text = lines->data.data + lines->at;
        const char *end = memchr(text, '\n', lines->data.len - lines->at);
        size_t len = end ? (size_t)(end - text) : lines->data.len - lines->at;
        lines->at += len + 1;
        lines->number++;
        if (memchr(text, '\0', len))
            return pm_lines_fail(lines, err, "not a text: it has NUL bytes (binary, or UTF-16)");
        if (!pm_utf8_valid(text, len))
            return pm_lines_fail(lines, err, "not UTF-8");
        pm_buf_clear(&lines->line);
        pm_utf8_one_line(&lines->line, text, len); /* a byte order mark goes too */
        if (lines->line.failed)
            return pm_fail_nomem(err);
        *line = pm_buf_str(&lines->line);
        if (**line && **line != '#')
            return 1;
    }
    return 0;
}

int pm_lines_fail(const struct pm_lines *lines, struct pm_error *err, const char *what)
{
    return pm_fail(err, PM_ERR_SYNTAX, "%s:%zu: %s", lines->path, lines->number, what);
}
