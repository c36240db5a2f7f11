#include "record.h"

#include <stdlib.h>
#include <string.h>

#include "article_json.h"
#include "hash.h"

int pm_record_pack(const struct pm_article *article, struct pm_buf *out, struct pm_error *err)
{
    cJSON *meta = cJSON_CreateObject();
    if (!meta || pm_article_to_json(article, false, meta, err)) {
        cJSON_Delete(meta);
        return pm_fail_nomem(err);
    }
    char *line = cJSON_PrintUnformatted(meta);
    cJSON_Delete(meta);
    if (!line)
        return pm_fail_nomem(err);
    pm_buf_adds(out, line);
    cJSON_free(line);
    pm_buf_addc(out, '\n');
    pm_buf_adds(out, article->title ? article->title : "");
    pm_buf_addc(out, '\n');
    pm_buf_adds(out, article->body ? article->body : "");
    return out->failed ? pm_fail_nomem(err) : 0;
}

/* Reads the line of JSON by way of its tree. */
static int read_tree(const char *line, size_t len, struct pm_article *article, struct pm_error *err)
{
    cJSON *meta = cJSON_ParseWithLength(line, len);
    if (!meta)
        return pm_fail(err, PM_ERR_CORRUPT, "document data that is no JSON");
    struct pm_error why = {0};
    int rc = pm_article_from_json(meta, article, &why);
    if (rc)
        pm_fail(err, why.code == PM_ERR_SYNTAX ? PM_ERR_CORRUPT : why.code, "document data: %s",
                why.message);
    cJSON_Delete(meta);
    return rc;
}

static int unpack(const char *data, size_t len, const struct pm_record_wish *wish,
                  struct pm_article *article, struct pm_error *err)
{
    const char *title = memchr(data, '\n', len);
    const char *end = data + len;
    const char *body = title ? memchr(title + 1, '\n', (size_t)(end - title - 1)) : NULL;
    if (!body)
        return pm_fail(err, PM_ERR_CORRUPT, "document data without its lines");
    size_t line = (size_t)(title - data);
    int rc = wish ? pm_record_line(data, line, wish, article, err) : 0;
    if (rc < 0 || (!rc && read_tree(data, line, article, err)))
        return -1;
    title++;
    free(article->title); /* what a key of the JSON may have given counts for nothing */
    free(article->body);
    article->title = NULL;
    if (body > title)
        article->title = strndup(title, (size_t)(body - title));
    article->body = strndup(body + 1, (size_t)(end - body - 1));
    return article->body && (body == title || article->title) ? 0 : pm_fail_nomem(err);
}

int pm_record_unpack(const char *data, size_t len, struct pm_article *article, struct pm_error *err)
{
    return unpack(data, len, NULL, article, err);
}

int pm_record_unpack_brief(const char *data, size_t len, const struct pm_record_wish *wish,
                           struct pm_article *article, struct pm_error *err)
{
    return unpack(data, len, wish, article, err);
}

static void add_digest(struct pm_content *content, const struct pm_buf *data)
{
    pm_digest(data->data, data->len, content->bytes + content->len);
    content->len += PM_DIGEST_BYTES;
}

/* The entities as they came: without where they stand, and how salient that makes them. */
static cJSON *given_entities(const cJSON *entities, struct pm_error *err)
{
    cJSON *given = cJSON_Duplicate(entities, true), *entity;
    if (!given)
        pm_fail_nomem(err);
    cJSON_ArrayForEach (entity, given) {
        cJSON_DeleteItemFromObjectCaseSensitive(entity, "mentions");
        cJSON_DeleteItemFromObjectCaseSensitive(entity, "salience");
    }
    return given;
}

int pm_record_content(const struct pm_article *article, struct pm_buf *room,
                      struct pm_content *content, struct pm_error *err)
{
    struct pm_article came = *article; /* what it points to stays the article's */
    cJSON *given = NULL;
    if (pm_article_found_entities(article)) {
        came.entities = NULL;
        came.entities_from = NULL;
    } else if (article->entities) {
        if (!(given = given_entities(article->entities, err)))
            return -1;
        came.entities = given;
    }
    pm_buf_clear(room);
    int rc = pm_record_pack(&came, room, err);
    cJSON_Delete(given);
    content->len = 0;
    if (!rc)
        add_digest(content, room);
    return rc;
}

void pm_record_seal(const struct pm_article *article, const struct pm_buf *data,
                    struct pm_content *content)
{
    if (article->entities)
        add_digest(content, data);
}
