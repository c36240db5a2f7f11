#include "record_line.h"

#include <stdlib.h>
#include <string.h>

#include "article_json.h"
#include "buf.h"
#include "date_words.h"
#include "language.h"
#include "utf8.h"

/* A line on its way.  What reads of it returns 1, 0 if it is not as we write it, or -1. */
struct reading {
    const char *at, *end;
    const struct pm_record_wish *wish;
    struct pm_article *article;
    struct pm_buf raw, valid, text, type; /* of the last string: as it came, clean, on one line */
    struct pm_error *err;
};

/* ---- JSON, without white space ---- */

static bool take(struct reading *reading, const char *text)
{
    size_t len = strlen(text);
    if ((size_t)(reading->end - reading->at) < len || memcmp(reading->at, text, len))
        return false;
    reading->at += len;
    return true;
}

/* Adds what is up to the next quote or backslash, which is there: no control character. */
static bool take_plain(struct reading *reading, struct pm_buf *out)
{
    const char *from = reading->at;
    while (reading->at < reading->end && (unsigned char)*reading->at >= ' ' &&
           *reading->at != '"' && *reading->at != '\\')
        reading->at++;
    pm_buf_add(out, from, (size_t)(reading->at - from));
    return reading->at < reading->end && (unsigned char)*reading->at >= ' ';
}

static bool take_string(struct reading *reading, struct pm_buf *out)
{
    static const char escapes[] = "\"\"\\\\//b\bf\fn\nr\rt\t";
    pm_buf_clear(out);
    if (!take(reading, "\""))
        return false;
    for (;;) {
        if (!take_plain(reading, out))
            return false;
        if (take(reading, "\""))
            return true;
        const char *escape = escapes;
        if (++reading->at == reading->end)
            return false;
        while (*escape && *escape != *reading->at)
            escape += 2;
        if (!*escape) /* of a number: control characters alone, which are seldom */
            return false;
        pm_buf_addc(out, escape[1]);
        reading->at++;
    }
}

static bool pass_string(struct reading *reading)
{
    for (const char *at = reading->at + 1; at < reading->end; at++) {
        if (*at == '"') {
            reading->at = at + 1;
            return true;
        }
        at += *at == '\\';
    }
    return false;
}

/* Passes a value, of any depth. */
static bool pass_value(struct reading *reading)
{
    size_t depth = 0;
    const char *start = reading->at;
    while (reading->at < reading->end) {
        char c = *reading->at;
        if (c == '"') {
            if (!pass_string(reading))
                return false;
            continue;
        }
        if (!depth && (c == ',' || c == ']' || c == '}'))
            break;
        depth += c == '[' || c == '{';
        depth -= c == ']' || c == '}';
        reading->at++;
    }
    return !depth && reading->at > start;
}

/* ---- texts ---- */

/* The text of a string, one_line() or as it is, in reading->text. */
static int take_text(struct reading *reading, bool one_line)
{
    pm_buf_clear(&reading->valid);
    pm_buf_clear(&reading->text);
    if (!take_string(reading, &reading->raw))
        return 0;
    pm_utf8_clean(&reading->valid, pm_buf_str(&reading->raw), reading->raw.len);
    if (one_line)
        pm_utf8_one_line(&reading->text, pm_buf_str(&reading->valid), reading->valid.len);
    else
        pm_buf_add(&reading->text, pm_buf_str(&reading->valid), reading->valid.len);
    if (reading->raw.failed || reading->valid.failed || reading->text.failed)
        return pm_fail_nomem(reading->err);
    return reading->text.len > 0; /* what is empty is not written */
}

static int copy(struct reading *reading, const char *text, size_t offset)
{
    char **to = (char **)((char *)reading->article + offset);
    *to = strdup(text);
    return *to ? 1 : pm_fail_nomem(reading->err);
}

static int read_exact(struct reading *reading, size_t offset)
{
    int rc = take_text(reading, false);
    return rc == 1 ? copy(reading, reading->text.data, offset) : rc;
}

static int read_line(struct reading *reading, size_t offset)
{
    int rc = take_text(reading, true);
    return rc == 1 ? copy(reading, reading->text.data, offset) : rc;
}

static int read_language(struct reading *reading, size_t offset)
{
    int rc = take_text(reading, true);
    const struct pm_language *language = rc == 1 ? pm_language_find(reading->text.data) : NULL;
    return language ? copy(reading, language->code, offset) : rc < 0 ? -1 : 0;
}

static int read_date(struct reading *reading, size_t offset)
{
    struct pm_date date;
    int rc = take_text(reading, true);
    (void)offset;
    if (rc != 1)
        return rc;
    if (pm_date_read(reading->text.data, reading->text.len, &date) != PM_DATE_KNOWN)
        return 0;
    reading->article->date = date;
    reading->article->date_from = "field";
    return 1;
}

static int read_origin(struct reading *reading, size_t offset)
{
    struct pm_article *article = reading->article;
    const char *const *known = offset == offsetof(struct pm_article, title_from) ? pm_title_origins
                               : offset == offsetof(struct pm_article, date_from)
                                   ? pm_date_origins
                                   : pm_entities_origins;
    bool of_nothing = known == pm_date_origins ? !article->date.text[0]
                                               : known == pm_entities_origins && !article->entities;
    if (!take_string(reading, &reading->raw))
        return 0;
    if (reading->raw.failed)
        return pm_fail_nomem(reading->err);
    while (*known && strcmp(*known, pm_buf_str(&reading->raw)) != 0)
        known++;
    if (*known && !of_nothing)
        *(const char **)((char *)article + offset) = *known;
    return *known != NULL;
}

/* ---- lists ---- */

static int add(struct reading *reading, cJSON *list, cJSON *item)
{
    if (item && cJSON_AddItemToArray(list, item))
        return 1;
    cJSON_Delete(item);
    return pm_fail_nomem(reading->err);
}

static int read_tags(struct reading *reading, size_t offset)
{
    cJSON *tags = reading->article->tags = cJSON_CreateArray();
    int rc = tags ? take(reading, "[") : pm_fail_nomem(reading->err);
    (void)offset;
    do {
        if (rc == 1 && (rc = take_text(reading, true)) == 1)
            rc = add(reading, tags, cJSON_CreateString(reading->text.data));
    } while (rc == 1 && take(reading, ","));
    return rc == 1 ? take(reading, "]") : rc;
}

static int set(struct reading *reading, cJSON *entity, const char *constant, cJSON *item)
{
    if (item && cJSON_AddItemToObjectCS(entity, constant, item))
        return 1;
    cJSON_Delete(item);
    return pm_fail_nomem(reading->err);
}

/* Up to fifteen digits, which a double holds. */
static bool take_number(struct reading *reading, double *number)
{
    const char *from = reading->at;
    *number = 0;
    while (reading->at < reading->end && *reading->at >= '0' && *reading->at <= '9')
        *number = *number * 10 + (*reading->at++ - '0');
    return reading->at > from && reading->at - from <= 15;
}

struct entity {
    const char *type, *name; /* in the reading's memory */
    double salience;         /* -1: none */
    const char *mentions;    /* the JSON, or NULL */
    size_t mentions_len;
};

static int read_entity(struct reading *reading, struct entity *entity)
{
    *entity = (struct entity){.salience = -1};
    if (!take(reading, "{"))
        return 0;
    if (take(reading, "\"type\":")) {
        if (!take_string(reading, &reading->type) || !take(reading, ","))
            return 0;
        if (reading->type.failed)
            return pm_fail_nomem(reading->err);
        entity->type = pm_buf_str(&reading->type);
    }
    int rc = take(reading, "\"name\":") ? take_text(reading, true) : 0;
    if (rc != 1)
        return rc;
    entity->name = reading->text.data;
    if ((take(reading, ",\"aliases\":") && !pass_value(reading)) ||
        (take(reading, ",\"salience\":") && !take_number(reading, &entity->salience)))
        return 0;
    if (take(reading, ",\"mentions\":")) {
        entity->mentions = reading->at;
        if (!pass_value(reading))
            return 0;
        entity->mentions_len = (size_t)(reading->at - entity->mentions);
    }
    return take(reading, "}");
}

/* Adds the entity, with its mentions if these are wanted. */
static int keep_entity(struct reading *reading, const struct entity *entity, bool mentions)
{
    cJSON *parsed = NULL, *item = cJSON_CreateObject();
    int rc = add(reading, reading->article->entities, item);
    if (mentions && entity->mentions &&
        !(parsed = cJSON_ParseWithLength(entity->mentions, entity->mentions_len)))
        return 0;
    if (rc == 1 && entity->type)
        rc = set(reading, item, "type", cJSON_CreateString(entity->type));
    if (rc == 1)
        rc = set(reading, item, "name", cJSON_CreateString(entity->name));
    if (rc == 1 && entity->salience >= 0)
        rc = set(reading, item, "salience", cJSON_CreateNumber(entity->salience));
    if (rc == 1 && cJSON_IsObject(parsed))
        return set(reading, item, "mentions", parsed);
    cJSON_Delete(parsed);
    return rc;
}

static int read_entities(struct reading *reading, size_t offset)
{
    const struct pm_record_wish *wish = reading->wish;
    struct pm_article *article = reading->article;
    size_t n = 0;
    (void)offset;
    if (!take(reading, "["))
        return 0;
    if (!(article->entities = cJSON_CreateArray()))
        return pm_fail_nomem(reading->err);
    do {
        struct entity entity;
        bool first = n++ < wish->entities;
        if (!first && !wish->mentions) {
            if (!pass_value(reading))
                return 0;
            continue;
        }
        int rc = read_entity(reading, &entity);
        if (rc != 1)
            return rc;
        int wanted =
            wish->mentions ? wish->mentions(entity.type, entity.name, wish->arg, reading->err) : 0;
        if (wanted < 0)
            return -1;
        if ((first || wanted) && (rc = keep_entity(reading, &entity, wanted)) != 1)
            return rc;
    } while (take(reading, ","));
    if (article->entities->child) {
        article->entities_from = "field";
    } else {
        cJSON_Delete(article->entities);
        article->entities = NULL;
    }
    return take(reading, "]");
}

/* ---- what we do not know ---- */

static int read_extra(struct reading *reading, size_t offset)
{
    struct pm_article *article = reading->article;
    const char *start = reading->at, *entities_from = article->entities_from;
    struct pm_error why = {0};
    (void)offset;
    if (start == reading->end || *start != '{' || !pass_value(reading))
        return 0;
    if (!reading->wish->extra)
        return 1;
    cJSON *extra = cJSON_ParseWithLength(start, (size_t)(reading->at - start));
    cJSON *whole = cJSON_CreateObject();
    int rc = 0;
    if (extra && whole && cJSON_AddItemToObjectCS(whole, "extra", extra)) {
        rc = pm_article_from_json(whole, article, &why) ? 0 : 1;
        article->entities_from = entities_from; /* of which nothing stood there */
        extra = NULL;
    }
    cJSON_Delete(extra);
    cJSON_Delete(whole);
    return rc;
}

/* ---- all ---- */

#define AT(member) offsetof(struct pm_article, member)

/* In the order in which pm_article_to_json() writes them. */
static const struct member {
    const char *key;
    int (*read)(struct reading *reading, size_t offset);
    size_t offset;
} members[] = {
    {"\"id\":", read_exact, AT(id)},
    {"\"author\":", read_line, AT(author)},
    {"\"source\":", read_line, AT(source)},
    {"\"section\":", read_line, AT(section)},
    {"\"url\":", read_line, AT(url)},
    {"\"path\":", read_exact, AT(path)},
    {"\"language\":", read_language, AT(language)},
    {"\"date\":", read_date, AT(date)},
    {"\"date_text\":", read_line, AT(date_text)},
    {"\"tags\":", read_tags, AT(tags)},
    {"\"entities\":", read_entities, AT(entities)},
    {"\"title_from\":", read_origin, AT(title_from)},
    {"\"date_from\":", read_origin, AT(date_from)},
    {"\"entities_from\":", read_origin, AT(entities_from)},
    {"\"extra\":", read_extra, AT(extra)},
};

int pm_record_line(const char *line, size_t len, const struct pm_record_wish *wish,
                   struct pm_article *article, struct pm_error *err)
{
    struct reading reading = {line, line + len, wish, article, .err = err};
    int rc = take(&reading, "{");
    bool more = rc == 1 && !take(&reading, "}");
    for (size_t i = 0; rc == 1 && more && i < sizeof members / sizeof *members; i++)
        if (take(&reading, members[i].key)) {
            rc = members[i].read(&reading, members[i].offset);
            more = rc == 1 && !take(&reading, "}");
            if (more && !take(&reading, ","))
                rc = 0;
        }
    if (more || reading.at != reading.end)
        rc = rc < 0 ? -1 : 0;
    if (rc != 1)
        pm_article_release(article);
    pm_buf_release(&reading.raw);
    pm_buf_release(&reading.valid);
    pm_buf_release(&reading.text);
    pm_buf_release(&reading.type);
    return rc;
}
