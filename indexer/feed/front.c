#include "front.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <yaml.h>

enum { DEPTH_MAX = 16 };

/* True if a line at `text` has `mark` and nothing else but white space; *next is behind it. */
static bool is_mark(const char *text, const char *end, const char *mark, const char **next)
{
    const char *line = memchr(text, '\n', (size_t)(end - text));
    line = line ? line : end;
    *next = line < end ? line + 1 : end;
    while (line > text && strchr(" \t\r", line[-1]))
        line--;
    return line - text == 3 && !memcmp(text, mark, 3);
}

size_t front_find(const char *text, size_t len, size_t *from, size_t *inside)
{
    const char *end = text + (len < FRONT_MAX ? len : FRONT_MAX), *at, *next;
    const char *mark = len && *text == '+' ? "+++" : "---";
    if (!is_mark(text, end, mark, &at))
        return 0;
    *from = (size_t)(at - text);
    for (; at < end; at = next)
        if (is_mark(at, end, mark, &next)) {
            *inside = (size_t)(at - text) - *from;
            return (size_t)(next - text);
        }
    return 0;
}

/* ---- YAML ---- */

/* What is being filled: lists and objects within one another, each with the key that comes next. */
struct nest {
    cJSON *item[DEPTH_MAX];
    char *key[DEPTH_MAX];
    int depth;
};

/* Takes the value over; NULL is a failure by itself. */
static int add_value(struct nest *nest, cJSON *value, struct pm_error *err)
{
    int top = nest->depth - 1;
    bool added = false;
    if (value && top >= 0 && cJSON_IsArray(nest->item[top]))
        added = cJSON_AddItemToArray(nest->item[top], value);
    else if (value && top >= 0 && nest->key[top])
        added = cJSON_AddItemToObject(nest->item[top], nest->key[top], value);
    if (top >= 0) {
        free(nest->key[top]);
        nest->key[top] = NULL;
    }
    if (added)
        return 0;
    cJSON_Delete(value);
    return value && top >= 0 ? pm_fail(err, PM_ERR_SYNTAX, "front matter: a key that is no text")
                             : pm_fail_nomem(err);
}

/* Begins a list or an object; the first one is kept by the caller. */
static int descend(struct nest *nest, cJSON *item, struct pm_error *err)
{
    if (nest->depth == DEPTH_MAX) {
        cJSON_Delete(item);
        return pm_fail(err, PM_ERR_SYNTAX, "front matter: more than %d levels", DEPTH_MAX);
    }
    if (!item)
        return pm_fail_nomem(err);
    if (nest->depth && add_value(nest, item, err))
        return -1;
    nest->item[nest->depth++] = item;
    return 0;
}

/* A key where one is due, else a value. */
static int add_scalar(struct nest *nest, const char *text, bool plain, struct pm_error *err)
{
    static const char *const nulls[] = {"", "~", "null"};
    int top = nest->depth - 1;
    if (top < 0)
        return pm_fail(err, PM_ERR_SYNTAX, "front matter: not keys and values");
    if (cJSON_IsObject(nest->item[top]) && !nest->key[top])
        return (nest->key[top] = strdup(text)) ? 0 : pm_fail_nomem(err);
    for (size_t i = 0; plain && i < sizeof nulls / sizeof *nulls; i++)
        if (!strcasecmp(text, nulls[i]))
            return add_value(nest, cJSON_CreateNull(), err);
    return add_value(nest, cJSON_CreateString(text), err);
}

static int take_event(struct nest *nest, const yaml_event_t *event, struct pm_error *err)
{
    char alias[80];
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return add_scalar(nest, (const char *)event->data.scalar.value,
                          event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE, err);
    case YAML_ALIAS_EVENT:
        snprintf(alias, sizeof alias, "*%s", (const char *)event->data.alias.anchor);
        return add_scalar(nest, alias, false, err);
    case YAML_SEQUENCE_START_EVENT:
        return nest->depth ? descend(nest, cJSON_CreateArray(), err)
                           : add_scalar(nest, "", false, err);
    case YAML_MAPPING_START_EVENT:
        return descend(nest, cJSON_CreateObject(), err);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        nest->depth--;
        return 0;
    default:
        return 0;
    }
}

cJSON *front_yaml(const char *text, size_t len, struct pm_error *err)
{
    yaml_parser_t parser;
    yaml_event_t event;
    struct nest nest = {0};
    int rc = 0;
    bool over = false;
    if (!yaml_parser_initialize(&parser)) {
        pm_fail_nomem(err);
        return NULL;
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, len);
    while (!rc && !over) {
        if (!yaml_parser_parse(&parser, &event)) {
            rc = parser.error == YAML_MEMORY_ERROR
                     ? pm_fail_nomem(err)
                     : pm_fail(err, PM_ERR_SYNTAX, "front matter: %s in line %zu",
                               parser.problem ? parser.problem : "not YAML",
                               parser.problem_mark.line + 2);
            break;
        }
        rc = take_event(&nest, &event, err);
        over = event.type == YAML_STREAM_END_EVENT || event.type == YAML_DOCUMENT_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    for (int i = 0; i < DEPTH_MAX; i++)
        free(nest.key[i]);
    if (!rc && nest.item[0])
        return nest.item[0];
    cJSON_Delete(nest.item[0]);
    cJSON *none = rc ? NULL : cJSON_CreateObject();
    if (!rc && !none)
        pm_fail_nomem(err);
    return none;
}

/* ---- TOML ---- */

struct line {
    const char *at, *end;
    size_t number;
};

static void skip_blank(struct line *line)
{
    while (line->at < line->end && strchr(" \t\r", *line->at))
        line->at++;
}

static int fail_toml(const struct line *line, struct pm_error *err)
{
    return pm_fail(err, PM_ERR_SYNTAX, "front matter: not a key and a value in line %zu",
                   line->number);
}

/* A text in quotation marks, with its escapes, or a bare word up to one of `ends`; to free(). */
static char *take_toml_text(struct line *line, const char *ends)
{
    static const char from[] = "nt\"\\", to[] = "\n\t\"\\";
    char *text = malloc((size_t)(line->end - line->at) + 1), *out = text;
    char quote = line->at < line->end && strchr("\"'", *line->at) ? *line->at++ : '\0';
    if (!text)
        return NULL;
    while (line->at < line->end && (quote ? *line->at != quote : !strchr(ends, *line->at))) {
        const char *escaped = quote == '"' && *line->at == '\\' && line->at + 1 < line->end
                                  ? strchr(from, line->at[1])
                                  : NULL;
        *out++ = escaped && *escaped ? to[escaped - from] : *line->at;
        line->at += escaped && *escaped ? 2 : 1;
    }
    while (!quote && out > text && strchr(" \t\r", out[-1]))
        out--;
    line->at += quote && line->at < line->end;
    *out = '\0';
    return text;
}

/* The value of a key, NULL without memory or where there is none. */
static cJSON *take_toml_value(struct line *line)
{
    bool list = line->at < line->end && *line->at == '[';
    cJSON *value = list ? cJSON_CreateArray() : NULL;
    line->at += list;
    for (;;) {
        skip_blank(line);
        if (list && (line->at == line->end || *line->at == ']'))
            break;
        char *text = take_toml_text(line, list ? ",]#" : "#");
        cJSON *item = text ? cJSON_CreateString(text) : NULL;
        free(text);
        if (!list)
            return item;
        if (!item || !value || !cJSON_AddItemToArray(value, item)) {
            cJSON_Delete(item);
            cJSON_Delete(value);
            return NULL;
        }
        skip_blank(line);
        if (line->at < line->end && *line->at == ',')
            line->at++;
        else if (line->at < line->end && *line->at != ']')
            line->at = line->end;
    }
    return value;
}

/* A line of TOML; keys of a [table] are its name, a dot and theirs. */
static int take_toml_line(struct line *line, char **table, cJSON *object, struct pm_error *err)
{
    skip_blank(line);
    if (line->at == line->end || *line->at == '#')
        return 0;
    if (*line->at == '[') {
        line->at++;
        free(*table);
        return (*table = take_toml_text(line, "]")) ? 0 : pm_fail_nomem(err);
    }
    char *key = take_toml_text(line, "=#"), *whole = NULL;
    skip_blank(line);
    if (!key || line->at == line->end || *line->at != '=' || !*key) {
        int rc = key ? fail_toml(line, err) : pm_fail_nomem(err);
        free(key);
        return rc;
    }
    line->at++;
    skip_blank(line);
    cJSON *value = take_toml_value(line);
    bool good = asprintf(&whole, "%s%s%s", *table ? *table : "", *table ? "." : "", key) >= 0;
    good = good && value && cJSON_AddItemToObject(object, whole, value);
    if (!good)
        cJSON_Delete(value);
    free(key);
    free(whole);
    return good ? 0 : pm_fail_nomem(err);
}

cJSON *front_toml(const char *text, size_t len, struct pm_error *err)
{
    const char *end = text + len;
    char *table = NULL;
    cJSON *object = cJSON_CreateObject();
    int rc = object ? 0 : pm_fail_nomem(err);
    for (size_t number = 2; !rc && text < end; number++) {
        const char *line_feed = memchr(text, '\n', (size_t)(end - text));
        struct line line = {text, line_feed ? line_feed : end, number};
        rc = take_toml_line(&line, &table, object, err);
        text = line_feed ? line_feed + 1 : end;
    }
    free(table);
    if (!rc)
        return object;
    cJSON_Delete(object);
    return NULL;
}
