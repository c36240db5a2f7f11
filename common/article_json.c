#include "article_json.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "date_words.h"
#include "language.h"
#include "utf8.h"

/* ---- the table of keys ---- */

enum shape {
    LINE,  /* text, kept on one line */
    EXACT, /* text with all its white space: the name of something */
    TEXT,  /* text, or an array of paragraphs */
    DATE,
    LANGUAGE,
    LIST, /* of strings, or one string with commas */
    ENTITIES,
};

#define AT(member) offsetof(struct pm_article, member)

/* The rows of a member stand together, and the first bears the name that we write. */
static const struct key {
    const char *name;
    enum shape shape;
    size_t offset;
} keys[] = {
    {"id", EXACT, AT(id)},
    {"title", LINE, AT(title)},
    {"headline", LINE, AT(title)},
    {"body", TEXT, AT(body)},
    {"text", TEXT, AT(body)},
    {"content", TEXT, AT(body)},
    {"articleBody", TEXT, AT(body)},
    {"author", LINE, AT(author)},
    {"authors", LINE, AT(author)},
    {"byline", LINE, AT(author)},
    {"creator", LINE, AT(author)},
    {"source", LINE, AT(source)},
    {"publisher", LINE, AT(source)},
    {"publication", LINE, AT(source)},
    {"outlet", LINE, AT(source)},
    {"section", LINE, AT(section)},
    {"category", LINE, AT(section)},
    {"url", LINE, AT(url)},
    {"link", LINE, AT(url)},
    {"path", EXACT, AT(path)},
    {"language", LANGUAGE, AT(language)},
    {"lang", LANGUAGE, AT(language)},
    {"date", DATE, AT(date)},
    {"published", DATE, AT(date)},
    {"published_at", DATE, AT(date)},
    {"datePublished", DATE, AT(date)},
    {"pubDate", DATE, AT(date)},
    {"date_text", LINE, AT(date_text)},
    {"tags", LIST, AT(tags)},
    {"keywords", LIST, AT(tags)},
    {"entities", ENTITIES, AT(entities)},
};
#define KEYS (sizeof keys / sizeof *keys)

static const struct key *find_key(const char *name)
{
    for (size_t i = 0; i < KEYS; i++)
        if ((keys[i].name[0] ^ name[0]) % 0x20 == 0 && !strcasecmp(keys[i].name, name))
            return &keys[i];
    return NULL;
}

static bool is_first(const struct key *key)
{
    return key == keys || key[-1].offset != key->offset;
}

const char *pm_article_key(const char *name)
{
    const struct key *key = find_key(name), *first = keys;
    while (key && first->offset != key->offset)
        first++;
    return key ? first->name : NULL;
}

void pm_article_key_names(struct pm_buf *out, const char *name)
{
    const struct key *first = find_key(name);
    for (size_t i = 0; first && i < KEYS; i++)
        if (keys[i].offset == first->offset)
            pm_buf_addf(out, "%s%s", &keys[i] == first ? "" : ", ", keys[i].name);
}

static char **string_at(struct pm_article *article, size_t offset)
{
    return (char **)((char *)article + offset);
}

static cJSON **json_at(struct pm_article *article, size_t offset)
{
    return (cJSON **)((char *)article + offset);
}

/* ---- from JSON ---- */

/* cJSON keeps numbers as doubles: larger ones would run together. */
#define EXACT_MAX 9007199254740992.0 /* 2^53 */

static bool is_whole(double number)
{
    return number == floor(number) && fabs(number) <= EXACT_MAX;
}

/* A whole number with all its digits; others as cJSON prints them. */
static void add_number(struct pm_buf *out, const cJSON *item)
{
    if (is_whole(item->valuedouble)) {
        pm_buf_addf(out, "%.0f", item->valuedouble);
        return;
    }
    char *printed = cJSON_PrintUnformatted(item);
    if (printed)
        pm_buf_adds(out, printed);
    else
        out->failed = true;
    cJSON_free(printed);
}

/* Adds the text of a value: a string, a number, {"name": ...}, or a list of them. */
static bool add_text(struct pm_buf *out, const cJSON *item, const char *between)
{
    if (cJSON_IsString(item)) {
        pm_buf_adds(out, item->valuestring);
        return true;
    }
    if (cJSON_IsNumber(item)) {
        add_number(out, item);
        return true;
    }
    if (cJSON_IsObject(item)) {
        const cJSON *name = cJSON_GetObjectItemCaseSensitive(item, "name");
        return cJSON_IsString(name) && add_text(out, name, between);
    }
    if (!cJSON_IsArray(item))
        return false;
    const cJSON *part;
    size_t start = out->len;
    cJSON_ArrayForEach (part, item) {
        if (cJSON_IsNull(part))
            continue;
        if (out->len > start)
            pm_buf_adds(out, between);
        if (cJSON_IsArray(part) || !add_text(out, part, between))
            return false;
    }
    return true;
}

static void clean(struct pm_buf *out, const char *text, bool one_line)
{
    struct pm_buf valid = PM_BUF_INIT;
    if (!one_line) {
        pm_utf8_clean(out, text, strlen(text));
        return;
    }
    pm_utf8_clean(&valid, text, strlen(text));
    pm_utf8_one_line(out, pm_buf_str(&valid), valid.len);
    out->failed |= valid.failed;
    pm_buf_release(&valid);
}

/* The text of `item`, clean, to free(): NULL with *shaped false where it has no text's shape. */
static char *text_of(const cJSON *item, enum shape shape, bool *shaped)
{
    struct pm_buf joined = PM_BUF_INIT, text = PM_BUF_INIT;
    bool one_line = shape != TEXT && shape != EXACT;
    *shaped = cJSON_IsString(item) || add_text(&joined, item, shape == TEXT ? "\n\n" : ", ");
    if (*shaped)
        clean(&text, cJSON_IsString(item) ? item->valuestring : pm_buf_str(&joined), one_line);
    text.failed |= joined.failed;
    char *result = *shaped ? pm_buf_detach(&text) : NULL;
    pm_buf_release(&joined);
    pm_buf_release(&text);
    return result;
}

static int add_to_list(cJSON *list, cJSON *item, struct pm_error *err)
{
    if (item && cJSON_AddItemToArray(list, item))
        return 0;
    cJSON_Delete(item);
    return pm_fail_nomem(err);
}

/* A list of strings; commas part one string into several. */
static int read_list(const cJSON *item, cJSON **to, bool *shaped, struct pm_error *err)
{
    char *text = NULL;
    cJSON *list = cJSON_CreateArray();
    int rc = list ? 0 : pm_fail_nomem(err);
    if (cJSON_IsArray(item)) {
        const cJSON *part;
        cJSON_ArrayForEach (part, item) {
            bool good;
            text = rc ? NULL : text_of(part, LINE, &good);
            if (!rc && !text && good)
                rc = pm_fail_nomem(err);
            if (text && *text)
                rc = add_to_list(list, cJSON_CreateString(text), err);
            free(text);
        }
    } else if ((text = text_of(item, LINE, shaped))) {
        char *rest = text, *part;
        while (!rc && (part = strsep(&rest, ",;"))) {
            part += strspn(part, " ");
            size_t len = strlen(part);
            while (len && part[len - 1] == ' ')
                part[--len] = '\0';
            if (len)
                rc = add_to_list(list, cJSON_CreateString(part), err);
        }
        free(text);
    } else if (*shaped && !rc) {
        rc = pm_fail_nomem(err);
    }
    if (!rc && *shaped && cJSON_GetArraySize(list))
        *to = list;
    else
        cJSON_Delete(list);
    return rc;
}

/* True if a number in it is beyond what cJSON can hold: it would print it as null. */
static bool has_infinity(const cJSON *item)
{
    bool found = cJSON_IsNumber(item) && !isfinite(item->valuedouble);
    const cJSON *child;
    cJSON_ArrayForEach (child, item)
        found = found || has_infinity(child);
    return found;
}

/* Moves `item` out of the object `from` into `to`, under the same name. */
static int move(cJSON *from, cJSON *item, cJSON *to, struct pm_error *err)
{
    cJSON_DetachItemViaPointer(from, item);
    if (cJSON_AddItemToArray(to, item)) /* which, unlike its like for objects, keeps the name */
        return 0;
    cJSON_Delete(item);
    return pm_fail_nomem(err);
}

/* What an entity that was found has beside its name and type; other shapes are passed over. */
static int add_found(cJSON *entity, cJSON *item, struct pm_error *err)
{
    bool shaped = true;
    cJSON *aliases = NULL;
    const cJSON *given = cJSON_GetObjectItemCaseSensitive(item, "aliases");
    const cJSON *salience = cJSON_GetObjectItemCaseSensitive(item, "salience");
    cJSON *mentions = cJSON_GetObjectItemCaseSensitive(item, "mentions");
    if (cJSON_IsArray(given) && read_list(given, &aliases, &shaped, err))
        return -1;
    if (aliases && !cJSON_AddItemToObject(entity, "aliases", aliases)) {
        cJSON_Delete(aliases);
        return pm_fail_nomem(err);
    }
    if (cJSON_IsNumber(salience) && isfinite(salience->valuedouble) &&
        !cJSON_AddNumberToObject(entity, "salience", salience->valuedouble))
        return pm_fail_nomem(err);
    if (!cJSON_IsObject(mentions) || has_infinity(mentions))
        return 0;
    return move(item, mentions, entity, err);
}

/* One entity: a name, or {"name", "type"}; the type may come from the group it stands in. */
static int add_entity(cJSON *list, cJSON *item, const char *type, struct pm_error *err)
{
    bool shaped;
    const cJSON *given = cJSON_GetObjectItemCaseSensitive(item, "type");
    if (cJSON_IsString(given))
        type = given->valuestring;
    char *name = text_of(item, LINE, &shaped);
    if (!name)
        return shaped ? pm_fail_nomem(err)
                      : pm_fail(err, PM_ERR_SYNTAX, "'entities' has an entity without a name");
    cJSON *entity = cJSON_CreateObject();
    int rc = 0;
    if (!entity || (type && !cJSON_AddStringToObject(entity, "type", type)) ||
        !cJSON_AddStringToObject(entity, "name", name))
        rc = pm_fail_nomem(err);
    if (!rc)
        rc = add_found(entity, item, err);
    if (!rc && *name)
        rc = add_to_list(list, entity, err);
    else
        cJSON_Delete(entity);
    free(name);
    return rc;
}

/* A list of entities, or an object of such lists by type. */
static int read_entities(cJSON *item, cJSON **to, bool *shaped, struct pm_error *err)
{
    cJSON *list = cJSON_CreateArray();
    int rc = list ? 0 : pm_fail_nomem(err);
    cJSON *group, *entity;
    *shaped = cJSON_IsArray(item) || cJSON_IsObject(item);
    cJSON_ArrayForEach (group, item) {
        if (rc)
            break;
        if (cJSON_IsObject(item) && cJSON_IsArray(group)) {
            cJSON_ArrayForEach (entity, group)
                if (!rc)
                    rc = add_entity(list, entity, group->string, err);
        } else {
            rc = add_entity(list, group, cJSON_IsObject(item) ? group->string : NULL, err);
        }
    }
    if (!rc && *shaped && cJSON_GetArraySize(list))
        *to = list;
    else
        cJSON_Delete(list);
    return rc;
}

/* cJSON prints whole numbers from 10^15 on with an exponent: have them keep their digits. */
static bool keep_digits(cJSON *item)
{
    if (cJSON_IsNumber(item) && fabs(item->valuedouble) >= 1e15 && is_whole(item->valuedouble)) {
        char digits[32];
        int len = snprintf(digits, sizeof digits, "%.0f", item->valuedouble);
        char *text = cJSON_malloc((size_t)len + 1);
        if (!text)
            return false;
        memcpy(text, digits, (size_t)len + 1);
        item->valuestring = text;
        item->type = (item->type & ~0xff) | cJSON_Raw;
    }
    bool kept = true;
    cJSON *child;
    cJSON_ArrayForEach (child, item)
        kept = kept && keep_digits(child);
    return kept;
}

/* Moves a value that we do not know into the article. */
static int keep_extra(struct pm_article *article, cJSON *object, cJSON *item, struct pm_error *err)
{
    if (has_infinity(item))
        return pm_fail(err, PM_ERR_SYNTAX, "the number of '%s' is too large to be kept: quote it",
                       item->string);
    if (!article->extra && !(article->extra = cJSON_CreateObject()))
        return pm_fail_nomem(err);
    return keep_digits(item) ? move(object, item, article->extra, err) : pm_fail_nomem(err);
}

/* Reads the value of a known key; an earlier synonym of the same member wins. */
static int read_member(struct pm_article *article, const struct key *key, cJSON *object,
                       cJSON *item, struct pm_error *err)
{
    bool shaped = true;
    int rc = 0;
    if (cJSON_IsNull(item))
        return 0;
    if (cJSON_IsNumber(item) && !(fabs(item->valuedouble) < EXACT_MAX))
        return pm_fail(err, PM_ERR_SYNTAX,
                       "the number of '%s' is too large to be kept exactly: quote it",
                       item->string);
    if (key->shape == LIST || key->shape == ENTITIES) {
        cJSON **to = json_at(article, key->offset);
        if (*to)
            return keep_extra(article, object, item, err);
        rc = key->shape == LIST ? read_list(item, to, &shaped, err)
                                : read_entities(item, to, &shaped, err);
    } else {
        char *text = text_of(item, key->shape, &shaped);
        if (shaped && !text)
            return pm_fail_nomem(err);
        bool no_path = key->offset == AT(path); /* "": it came from no file, says a dump */
        if (!shaped || (!*text && !no_path)) {
            free(text);
        } else if (key->shape == DATE) {
            struct pm_date date;
            bool first = !article->date.text[0];
            enum pm_date_kind kind = first ? pm_date_read(text, strlen(text), &date) : PM_DATE_NONE;
            if (kind == PM_DATE_KNOWN) {
                article->date = date;
                article->date_from = "field";
            } else if (kind == PM_DATE_YEARLESS && !article->date_text) {
                article->date_text = text;
                text = NULL;
            } else {
                rc = keep_extra(article, object, item, err);
                if (first && !rc)
                    article->date_unread = article->extra->child->prev->string;
            }
            free(text);
        } else {
            char **to = string_at(article, key->offset);
            if (key->shape == LANGUAGE) {
                const struct pm_language *language = pm_language_find(text);
                free(text);
                if (!language)
                    return keep_extra(article, object, item, err);
                if (!(text = strdup(language->code)))
                    return pm_fail_nomem(err);
            }
            if (*to)
                rc = keep_extra(article, object, item, err);
            else
                *to = text;
            if (*to != text)
                free(text);
        }
    }
    return shaped ? rc
                  : pm_fail(err, PM_ERR_SYNTAX, "the value of '%s' has no shape of a %s",
                            item->string, key->shape == ENTITIES ? "list of entities" : "text");
}

/* The one of `known`, which NULL ends, that is the value of `name`; or NULL. */
static const char *constant(const cJSON *meta, const char *name, const char *const *known)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(meta, name);
    for (; *known; known++)
        if (cJSON_IsString(item) && !strcmp(item->valuestring, *known))
            return *known;
    return NULL;
}

static bool is_origin(const char *key)
{
    return !strcmp(key, "title_from") || !strcmp(key, "date_from") || !strcmp(key, "entities_from");
}

int pm_article_from_json(cJSON *object, struct pm_article *article, struct pm_error *err)
{
    cJSON *next;
    if (!cJSON_IsObject(object))
        return pm_fail(err, PM_ERR_SYNTAX, "not a JSON object");
    for (cJSON *item = object->child; item; item = next) {
        const struct key *key = find_key(item->string);
        next = item->next; /* of the object, which `item` may leave */
        if (!strcmp(item->string, "extra") && cJSON_IsObject(item)) {
            while (item->child)
                if (keep_extra(article, item, item->child, err))
                    return -1;
        } else if (is_origin(item->string)) {
            continue; /* read below */
        } else if (key ? read_member(article, key, object, item, err)
                       : keep_extra(article, object, item, err)) {
            return -1;
        }
    }
    /* A dump, and a record, say where these are from; without a word they are given. */
    const char *title_from = constant(object, "title_from", pm_title_origins);
    const char *date_from = constant(object, "date_from", pm_date_origins);
    const char *entities_from = constant(object, "entities_from", pm_entities_origins);
    if (article->title || title_from)
        article->title_from = title_from ? title_from : "field";
    if (article->date.text[0] && date_from)
        article->date_from = date_from;
    if (article->entities)
        article->entities_from = entities_from ? entities_from : "field";
    return 0;
}

/* ---- to JSON ---- */

int pm_article_to_json(const struct pm_article *article, bool text, cJSON *object,
                       struct pm_error *err)
{
    struct pm_article *from = (struct pm_article *)(uintptr_t)article;
    bool good = true;
    for (size_t i = 0; good && i < KEYS; i++) {
        const struct key *key = &keys[i];
        bool is_text = key->offset == AT(title) || key->offset == AT(body);
        if (!is_first(key) || (is_text && !text))
            continue;
        if (key->shape == DATE) {
            if (article->date.text[0])
                good = cJSON_AddStringToObject(object, key->name, article->date.text);
        } else if (key->shape == LIST || key->shape == ENTITIES) {
            cJSON *list = *json_at(from, key->offset);
            if (list)
                good = cJSON_AddItemReferenceToObject(object, key->name, list);
        } else if (*string_at(from, key->offset) && **string_at(from, key->offset)) {
            good = cJSON_AddStringToObject(object, key->name, *string_at(from, key->offset));
        }
    }
    if (good && article->title_from)
        good = cJSON_AddStringToObject(object, "title_from", article->title_from);
    if (good && article->date_from)
        good = cJSON_AddStringToObject(object, "date_from", article->date_from);
    if (good && pm_article_found_entities(article))
        good = cJSON_AddStringToObject(object, "entities_from", article->entities_from);
    if (good && article->extra)
        good = cJSON_AddItemReferenceToObject(object, "extra", article->extra);
    return good ? 0 : pm_fail_nomem(err);
}
