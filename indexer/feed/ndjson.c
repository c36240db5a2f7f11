/*
 * JSON lines: an object a line, read as they come.
 */
#include "article_json.h"
#include "charset.h"
#include "reader.h"
#include "value.h"

static bool is_line_feed(char c)
{
    return c == '\n';
}

static size_t skip_space(const char *text, size_t len, size_t at)
{
    while (at < len && value_is_space(text[at]))
        at++;
    return at;
}

/* True if the first line is an object by itself, and not the start of one over several lines. */
static int ndjson_sniff(struct input *input, struct pm_error *err)
{
    size_t from = 0, to, at, len;
    int rc = input_find(input, &from, value_is_ink, err);
    if (rc <= 0 || input_text(input, &len)[from] != '{')
        return rc < 0 ? -1 : 0;
    at = to = from;
    rc = input_find(input, &to, is_line_feed, err);
    if (rc < 0 || (!rc && !input->ended))
        return rc < 0 ? -1 : 1; /* a line too long for any format: read on, line by line */
    char *text = input_text(input, &len);
    value_mend(text + from, to - from);
    cJSON *value = value_parse(text, to, &at, NULL);
    bool whole = value && skip_space(text, to, at) == to;
    cJSON_Delete(value);
    return whole;
}

static int ndjson_next(struct reading *reading, struct pm_article *article, struct pm_error *err)
{
    int rc;
    char *line;
    size_t len, at;
    do {
        reading->byte = input_offset(&reading->input);
        rc = input_line(&reading->input, &line, &len, err);
        if (!rc)
            return 0;
        reading->line++;
        if (rc < 0)
            return -1;
        at = skip_space(line, len, 0);
    } while (at == len);
    reading->records++;
    if (charset_mend(&line, &len, &reading->utf8, err))
        return -1;
    value_mend(line, len);
    at = skip_space(line, len, 0); /* of another line, where it was recoded */
    cJSON *value = value_parse(line, len, &at, err);
    if (value)
        at = skip_space(line, len, at);
    if (value && at < len)
        rc = value_fail(line, len, at, "more text after the object", err);
    else
        rc = value && !pm_article_from_json(value, article, err) ? 1 : -1;
    cJSON_Delete(value);
    reading->alone =
        reading->records == 1 && reading->input.is_file && input_is_blank(&reading->input, 0);
    return rc;
}

const struct reader ndjson_reader = {"ndjson", ndjson_sniff, ndjson_next, NULL};
