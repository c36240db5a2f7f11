/*
 * JSON values: an object, an array of objects, or objects one after another.
 *
 * They are parsed one at a time, so that an archive in one array never stands in memory as a
 * tree.  Between values, commas too many or missing are overlooked: they cost no article.
 */
#include <string.h>

#include "article_json.h"
#include "charset.h"
#include "reader.h"
#include "value.h"

/* An array of objects, not a text like "[Photo: ...]"; but all in braces means to be JSON. */
/* By the first two characters: a text may begin with a bracket, too. */
static int json_sniff(struct input *input, struct pm_error *err)
{
    size_t at = 0, len;
    int rc = input_find(input, &at, value_is_ink, err);
    char first = rc > 0 ? input_text(input, &len)[at++] : '\0';
    if (first != '{' && first != '[')
        return rc < 0 ? -1 : 0;
    rc = input_find(input, &at, value_is_ink, err);
    if (rc <= 0)
        return rc < 0 ? -1 : 1;
    char next = input_text(input, &len)[at];
    bool named = input_has_suffix(input, ".json") || input_has_suffix(input, ".jsonl") ||
                 input_has_suffix(input, ".ndjson");
    return named || !!memchr(first == '{' ? "\"}" : "{[]\"", next, first == '{' ? 2 : 4);
}

static uint64_t count_lines(const char *text, size_t from, size_t to)
{
    uint64_t lines = 0;
    for (size_t i = from; i < to; i++)
        lines += text[i] == '\n';
    return lines;
}

static void move_to(struct reading *reading, size_t to)
{
    reading->at_line += count_lines(reading->text, reading->at, to);
    reading->at = to;
}

/* Moves over what stands between records, into the array and out of it. */
static void skip_to_record(struct reading *reading)
{
    while (reading->at < reading->len) {
        char c = reading->text[reading->at];
        if (c == (reading->in_array ? ']' : '['))
            reading->in_array = !reading->in_array;
        else if (!value_is_space(c) && c != ',')
            break;
        move_to(reading, reading->at + 1);
    }
}

static size_t skip_indent(const char *text, size_t len, size_t at)
{
    while (at < len && memchr(" \t\r,", text[at], 4))
        at++;
    return at;
}

/* The first object after `at` that begins its line, at most `indent` bytes in; `len` if none. */
static size_t find_object(const char *text, size_t len, size_t at, size_t indent)
{
    const char *line_feed;
    while ((line_feed = memchr(text + at, '\n', len - at))) {
        size_t line = (size_t)(line_feed + 1 - text);
        at = skip_indent(text, len, line);
        if (at < len && text[at] == '{' && at - line <= indent)
            return at;
    }
    return len;
}

/* Behind the bracket that closes the one at `at`, if that is in the same line; else `len`. */
static size_t find_close(const char *text, size_t len, size_t at)
{
    size_t depth = 0;
    bool in_string = false;
    for (; at < len && text[at] != '\n'; at++) {
        char c = text[at];
        if (in_string && c == '\\')
            at++;
        else if (c == '"')
            in_string = !in_string;
        else if (!in_string && (c == '{' || c == '['))
            depth++;
        else if (!in_string && (c == '}' || c == ']') && (!depth || !--depth))
            return at + 1;
    }
    return len;
}

/* True if a record may end there: what parts it from the next comes, or the end. */
static bool is_between(const char *text, size_t len, size_t at)
{
    while (at < len && value_is_space(text[at]))
        at++;
    return at == len || memchr(",]{", text[at], 3);
}

/*
 * After a malformed record, moves behind it if its brackets tell where it ends in its line, and
 * else to the next one that begins a line.  Where the malformed
 * one began its own, the next should stand no deeper, or it is most likely a part of it.
 */
static void resume(struct reading *reading)
{
    const char *text = reading->text;
    const char *before = memrchr(text, '\n', reading->at);
    size_t line = before ? (size_t)(before + 1 - text) : 0, to = reading->len;
    size_t close = text[reading->at] == '{' ? find_close(text, to, reading->at) : to;
    if (close < to && is_between(text, to, close)) {
        move_to(reading, close);
        return;
    }
    if (text[reading->at] == '{' && skip_indent(text, reading->len, line) == reading->at)
        to = find_object(text, reading->len, reading->at, reading->at - line);
    if (to == reading->len)
        to = find_object(text, reading->len, reading->at, SIZE_MAX);
    move_to(reading, to);
    if (to == reading->len)
        reading->in_array = false; /* its end is as lost as the record's */
}

static int json_next(struct reading *reading, struct pm_article *article, struct pm_error *err)
{
    if (!reading->text) {
        size_t ahead;
        if (input_peek(&reading->input, 1, &reading->text, &ahead, err))
            return -1;
        reading->from = input_offset(&reading->input);
        if (input_all(&reading->input, INPUT_WHOLE_MAX, &reading->text, &reading->len, err) ||
            charset_mend(&reading->text, &reading->len, &reading->utf8, err))
            return -1;
        value_mend(reading->text, reading->len);
        reading->at_line = 1;
    }
    skip_to_record(reading);
    reading->line = reading->at_line;
    reading->byte = reading->from + reading->at;
    if (reading->at == reading->len && !reading->in_array)
        return 0;
    if (reading->at == reading->len) {
        reading->in_array = false;
        return pm_fail(err, PM_ERR_SYNTAX, "an array without its ']'");
    }
    reading->records++;
    size_t end = reading->at;
    cJSON *value = value_parse(reading->text, reading->len, &end, err);
    if (!value) {
        reading->line += count_lines(reading->text, reading->at, end);
        resume(reading);
        return -1;
    }
    int rc = end - reading->at > INPUT_RECORD_MAX
                 ? pm_fail(err, PM_ERR_TOO_LARGE, "an article of more than %zu MB",
                           INPUT_RECORD_MAX >> 20)
                 : pm_article_from_json(value, article, err);
    cJSON_Delete(value);
    move_to(reading, end);
    skip_to_record(reading);
    reading->alone = reading->records == 1 && reading->at == reading->len;
    return rc ? -1 : 1;
}

const struct reader json_reader = {"json", json_sniff, json_next, NULL};
