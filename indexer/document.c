#include "document.h"

#include <string.h>

#include "entity_terms.h"
#include "sketch.h"

#define FIELD_GAP  100 /* positions between two fields or two values of one */
#define LEDE_WORDS 60  /* a first paragraph longer than this is not all lede */

int document_init(struct document *document, const struct pm_boosts *boosts, bool entities,
                  struct pm_error *err)
{
    *document = (struct document){.boosts = *boosts};
    if (entities && !(document->finder = name_finder_new(err)))
        return -1;
    document->doc = pm_db_doc_new(err);
    document->fold = pm_fold_new(err);
    return document->doc && document->fold ? 0 : -1;
}

void document_release(struct document *document)
{
    pm_analyzers_release(&document->analyzers);
    pm_buf_release(&document->term);
    pm_buf_release(&document->data);
    pm_fold_free(document->fold);
    pm_db_doc_free(document->doc);
    name_finder_free(document->finder);
    names_release(&document->names);
    *document = (struct document){0};
}

/* Adds all forms of a token to `field`. */
static int add_token(struct document *document, enum pm_field field, const struct pm_token *token,
                     uint32_t position, uint32_t wdf, struct pm_error *err)
{
    for (size_t i = 0; i < token->terms; i++) {
        pm_schema_stem(&document->term, field, token->term[i].text, token->term[i].len);
        if (document->term.failed)
            return pm_fail_nomem(err);
        if (pm_db_doc_add_term(document->doc, document->term.data, document->term.len, position,
                               wdf, err))
            return -1;
    }
    return 0;
}

/* One text of an article on its way into the terms of one or two fields. */
struct passage {
    const char *text;
    size_t lede_end; /* words that begin before it count `lede_wdf` */
    uint32_t lede_wdf, wdf;
    enum pm_field field;
    enum pm_field also; /* a second field for the same words; `field` again for none */
    uint32_t also_wdf;
    bool positions;
    bool counted; /* its words are among those to complete or correct */
};

/* Adds the words of a passage; *position is the place of its first, then of the next's. */
static int add_passage(struct document *document, struct pm_analyzer *analyzer,
                       const struct passage *passage, uint32_t *position, struct pm_error *err)
{
    struct pm_tokens tokens;
    struct pm_token token;
    uint32_t next = *position;
    int rc;
    pm_tokens_start(&tokens, analyzer, passage->text, strlen(passage->text));
    while ((rc = pm_tokens_next(&tokens, &token, err)) == 1) {
        uint32_t at = *position + token.position;
        uint32_t where = passage->positions ? at : 0;
        bool lede = token.start < passage->lede_end && token.position < LEDE_WORDS;
        if (add_token(document, passage->field, &token, where,
                      lede ? passage->lede_wdf : passage->wdf, err))
            return -1;
        if (passage->also != passage->field &&
            add_token(document, passage->also, &token, at, passage->also_wdf, err))
            return -1;
        if (passage->counted && document->words &&
            pm_word_counts_add(document->words, document->made, token.folded.text, token.folded.len,
                               err))
            return -1;
        next = at + 1;
    }
    *position = next + FIELD_GAP;
    return rc;
}

/* The words of a field that only filters, or of each value in a list of them. */
static int add_filter(struct document *document, struct pm_analyzer *analyzer, enum pm_field field,
                      const char *text, uint32_t *position, struct pm_error *err)
{
    struct passage passage = {.text = text, .field = field, .also = field, .positions = true};
    return text ? add_passage(document, analyzer, &passage, position, err) : 0;
}

static int add_whole(struct document *document, enum pm_field field, const char *value,
                     struct pm_error *err)
{
    pm_schema_whole(&document->term, field, value, strlen(value));
    if (document->term.failed)
        return pm_fail_nomem(err);
    return pm_db_doc_add_term(document->doc, document->term.data, document->term.len, 0, 0, err);
}

static int set_value(struct document *document, enum pm_field field, const char *value,
                     struct pm_error *err)
{
    if (!value || !*value)
        return 0;
    return pm_db_doc_set_value(document->doc, pm_schema[field].slot, value, strlen(value), err);
}

/* The tags as one value, separated. */
static int set_tags(struct document *document, const cJSON *tags, struct pm_error *err)
{
    struct pm_buf *value = &document->term;
    const cJSON *tag;
    pm_buf_clear(value);
    cJSON_ArrayForEach (tag, tags)
        if (cJSON_IsString(tag) && *tag->valuestring) {
            if (value->len)
                pm_buf_addc(value, PM_VALUE_SEPARATOR);
            pm_buf_adds(value, tag->valuestring);
        }
    if (value->failed)
        return pm_fail_nomem(err);
    return value->len ? pm_db_doc_set_value(document->doc, pm_schema[PM_FIELD_TAG].slot,
                                            value->data, value->len, err)
                      : 0;
}

/* The sketch by which near-copies are known, if the body is long enough to have one. */
static int set_sketch(struct document *document, struct pm_analyzer *analyzer, const char *body,
                      struct pm_error *err)
{
    unsigned char sketch[PM_SKETCH_BYTES];
    int rc = body ? pm_sketch_make(analyzer, body, strlen(body), sketch, err) : 0;
    return rc <= 0 ? rc
                   : pm_db_doc_set_value(document->doc, pm_schema[PM_FIELD_SKETCH].slot,
                                         (const char *)sketch, sizeof sketch, err);
}

/* What stands around the text and is looked for all the same: the author, who counts half, and
 * captions. */
static int add_margins(struct document *document, struct pm_analyzer *analyzer,
                       const struct pm_article *article, uint32_t *position, struct pm_error *err)
{
    struct passage margin = {
        .text = article->author ? article->author : "",
        .wdf = PM_WDF_UNIT / 2,
        .field = PM_FIELD_TEXT,
        .also = PM_FIELD_TEXT,
        .positions = true,
    };
    const cJSON *captions = cJSON_GetObjectItemCaseSensitive(article->extra, "captions");
    const cJSON *caption = cJSON_IsArray(captions) ? captions->child : captions;
    int rc = add_passage(document, analyzer, &margin, position, err);
    margin.wdf = PM_WDF_UNIT;
    for (; !rc && caption; caption = cJSON_IsArray(captions) ? caption->next : NULL) {
        margin.text = cJSON_IsString(caption) ? caption->valuestring : "";
        rc = add_passage(document, analyzer, &margin, position, err);
    }
    return rc;
}

static int add_text(struct document *document, struct pm_analyzer *analyzer,
                    const struct pm_article *article, struct pm_error *err)
{
    const struct pm_boosts *boosts = &document->boosts;
    uint32_t position = 1;
    if (article->title && !pm_article_made_title(article)) {
        struct passage title = {
            .text = article->title,
            .wdf = boosts->title,
            .field = PM_FIELD_TEXT,
            .also = PM_FIELD_TITLE,
            .also_wdf = PM_WDF_UNIT,
            .positions = true,
            .counted = true,
        };
        if (add_passage(document, analyzer, &title, &position, err))
            return -1;
    }
    struct passage body = {
        .text = article->body ? article->body : "",
        .lede_end = pm_article_lede(article->body ? article->body : ""),
        .lede_wdf = boosts->lede,
        .wdf = PM_WDF_UNIT,
        .field = PM_FIELD_TEXT,
        .also = PM_FIELD_TEXT,
        .positions = true,
        .counted = true,
    };
    return add_passage(document, analyzer, &body, &position, err) ||
                   add_margins(document, analyzer, article, &position, err)
               ? -1
               : 0;
}

/* How else an entity is called: words of its fields, of no weight in the text. */
static int add_aliases(struct document *document, struct pm_analyzer *analyzer, const cJSON *entity,
                       enum pm_field field, uint32_t *position, struct pm_error *err)
{
    const cJSON *alias;
    cJSON_ArrayForEach (alias, cJSON_GetObjectItemCaseSensitive(entity, "aliases")) {
        struct passage passage = {
            .text = cJSON_IsString(alias) ? alias->valuestring : "",
            .field = PM_FIELD_ENTITY,
            .also = field,
            .positions = true,
        };
        if (add_passage(document, analyzer, &passage, position, err))
            return -1;
    }
    return 0;
}

/*
 * Names: words of the field of all and of that of their type.  Those given have weight in the
 * text's; to give it to all that were found makes the ranking worse (docs/RANKING.md).
 */
static int add_entities(struct document *document, struct pm_analyzer *analyzer,
                        const struct pm_article *article, struct pm_error *err)
{
    bool given = !pm_article_found_entities(article);
    uint32_t position = 1;
    const cJSON *entity;
    cJSON_ArrayForEach (entity, article->entities) {
        const cJSON *name = cJSON_GetObjectItemCaseSensitive(entity, "name");
        const cJSON *type = cJSON_GetObjectItemCaseSensitive(entity, "type");
        enum pm_field field = pm_schema_entity(cJSON_GetStringValue(type));
        uint32_t at = position;
        const char *text = cJSON_IsString(name) ? name->valuestring : "";
        struct passage weight = {.text = text,
                                 .wdf = document->boosts.entity,
                                 .field = PM_FIELD_TEXT,
                                 .also = PM_FIELD_TEXT};
        struct passage named = {
            .text = text,
            .wdf = given ? PM_WDF_UNIT : 0,
            .field = PM_FIELD_ENTITY,
            .also = field,
            .positions = true,
        };
        if ((given && add_passage(document, analyzer, &weight, &at, err)) ||
            add_passage(document, analyzer, &named, &position, err) ||
            add_aliases(document, analyzer, entity, field, &position, err))
            return -1;
    }
    return 0;
}

/* The names as one value, each behind the letter of its type. */
static int set_entities(struct document *document, const cJSON *entities, struct pm_error *err)
{
    struct pm_buf *value = &document->term;
    const cJSON *entity;
    pm_buf_clear(value);
    cJSON_ArrayForEach (entity, entities) {
        const cJSON *name = cJSON_GetObjectItemCaseSensitive(entity, "name");
        const cJSON *type = cJSON_GetObjectItemCaseSensitive(entity, "type");
        if (!cJSON_IsString(name))
            continue;
        if (value->len)
            pm_buf_addc(value, PM_VALUE_SEPARATOR);
        pm_buf_addc(value, pm_schema_letter(pm_schema_entity(cJSON_GetStringValue(type))));
        pm_buf_adds(value, name->valuestring);
    }
    if (value->failed)
        return pm_fail_nomem(err);
    return value->len ? pm_db_doc_set_value(document->doc, pm_schema[PM_FIELD_ENTITY].slot,
                                            value->data, value->len, err)
                      : 0;
}

static int add_filters(struct document *document, struct pm_analyzer *analyzer,
                       const struct pm_article *article, struct pm_error *err)
{
    uint32_t position[4] = {1, 1, 1, 1};
    const cJSON *tag;
    cJSON_ArrayForEach (tag, article->tags)
        if (cJSON_IsString(tag) &&
            add_filter(document, analyzer, PM_FIELD_TAG, tag->valuestring, &position[0], err))
            return -1;
    return add_filter(document, analyzer, PM_FIELD_AUTHOR, article->author, &position[1], err) ||
                   add_filter(document, analyzer, PM_FIELD_SOURCE, article->source, &position[2],
                              err) ||
                   add_filter(document, analyzer, PM_FIELD_SECTION, article->section, &position[3],
                              err)
               ? -1
               : 0;
}

int document_read(struct document *document, const struct pm_article *article, struct pm_error *err)
{
    return pm_record_content(article, &document->data, document->content, err);
}

/* Finds the entities of an article that came without, and the mentions of those that came. */
static int find_entities(struct document *document, struct pm_article *article,
                         struct pm_error *err)
{
    static const char *const origins[] = {[ENTITY_MODEL] = "model", [ENTITY_RULES] = "rules"};
    enum entity_method method = entity_method_for(article->language);
    if (article->entities && !pm_article_found_entities(article))
        return names_place(document->fold, article, err);
    if (!document->finder)
        return 0;
    cJSON_Delete(article->entities); /* of an older text, maybe, and an older model */
    article->entities = NULL;
    article->entities_from = NULL;
    if (names_find(document->finder, method, article, &document->names, err))
        return -1;
    if (!document->names.len)
        return 0;
    article->entities = names_to_json(&document->names, err);
    article->entities_from = origins[method];
    return article->entities ? 0 : -1;
}

static int pack(struct document *document, const struct pm_article *article, struct pm_error *err)
{
    pm_buf_clear(&document->data);
    if (pm_record_pack(article, &document->data, err))
        return -1;
    pm_record_seal(article, &document->data, document->content);
    return 0;
}

int document_make(struct document *document, struct pm_article *article, struct pm_error *err)
{
    struct pm_analyzer *analyzer = pm_analyzers_get(&document->analyzers, article->language, err);
    document->made++;
    if (!analyzer || pm_db_doc_clear(document->doc, err) || find_entities(document, article, err) ||
        pack(document, article, err) || add_text(document, analyzer, article, err) ||
        add_entities(document, analyzer, article, err) ||
        entity_terms_add(document->doc, document->fold, article->entities, err) ||
        add_filters(document, analyzer, article, err) ||
        add_whole(document, PM_FIELD_ID, article->id, err) ||
        (article->path && add_whole(document, PM_FIELD_PATH, article->path, err)) ||
        add_whole(document, PM_FIELD_LANGUAGE, article->language, err) ||
        set_value(document, PM_FIELD_DATE, article->date.text, err) ||
        set_value(document, PM_FIELD_ID, article->id, err) ||
        set_value(document, PM_FIELD_SOURCE, article->source, err) ||
        set_value(document, PM_FIELD_AUTHOR, article->author, err) ||
        set_value(document, PM_FIELD_SECTION, article->section, err) ||
        set_value(document, PM_FIELD_LANGUAGE, article->language, err) ||
        set_tags(document, article->tags, err) || set_entities(document, article->entities, err) ||
        set_sketch(document, analyzer, article->body, err) ||
        set_value(document, PM_FIELD_CONTENT, document->content, err))
        return -1;
    return pm_db_doc_set_data(document->doc, document->data.data, document->data.len, err);
}
