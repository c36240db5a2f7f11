#include "document.h"

#include <string.h>

#include "entity_terms.h"
#include "sketch.h"

#define FIELD_GAP  100 /* positions between two fields or two values of one */
#define LEDE_WORDS 60  /* a first paragraph longer than this is not all lede */

int document_maker_init(struct document_maker *maker, const struct pm_boosts *boosts, bool entities,
                        struct pm_error *err)
{
    *maker = (struct document_maker){.boosts = *boosts};
    if (entities && !(maker->finder = name_finder_new(err)))
        return -1;
    maker->doc = pm_db_doc_new(err);
    maker->fold = maker->doc ? pm_fold_new(err) : NULL;
    maker->words = maker->fold ? pm_word_counts_new(err) : NULL;
    maker->packer = maker->words ? glass_packer_new(false, err) : NULL;
    return maker->packer ? 0 : -1;
}

void document_maker_release(struct document_maker *maker)
{
    pm_analyzers_release(&maker->analyzers);
    pm_db_doc_free(maker->doc);
    pm_buf_release(&maker->term);
    pm_fold_free(maker->fold);
    name_finder_free(maker->finder);
    names_release(&maker->names);
    pm_word_counts_free(maker->words);
    glass_packer_free(maker->packer);
    *maker = (struct document_maker){0};
}

int document_init(struct document *document, bool with_doc, struct pm_error *err)
{
    *document = (struct document){0};
    return with_doc && !(document->doc = pm_db_doc_new(err)) ? -1 : 0;
}

void document_release(struct document *document)
{
    pm_buf_release(&document->data);
    glass_packed_release(&document->packed);
    pm_db_doc_free(document->doc);
    *document = (struct document){0};
}

/* A document in the making. */
struct making {
    struct document_maker *maker;
    struct pm_analyzer *analyzer; /* of its language */
    struct pm_db_doc *doc;
    struct pm_buf *term; /* room for one */
};

/* Adds all forms of a token to `field`. */
static int add_token(const struct making *making, enum pm_field field, const struct pm_token *token,
                     uint32_t position, uint32_t wdf, struct pm_error *err)
{
    char term[PM_DB_TERM_MAX];
    for (size_t i = 0; i < token->terms; i++) {
        size_t len = pm_schema_write(term, field, token->term[i].text, token->term[i].len);
        if (pm_db_doc_add_term(making->doc, term, len, position, wdf, err))
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
    bool counted;                 /* its words are among those to complete or correct */
    struct pm_sketcher *sketcher; /* that gets its words, or NULL */
};

/* Adds the words of a passage; *position is the place of its first, then of the next's. */
static int add_passage(const struct making *making, const struct passage *passage,
                       uint32_t *position, struct pm_error *err)
{
    struct pm_tokens tokens;
    struct pm_token token;
    uint32_t next = *position;
    int rc;
    pm_tokens_start(&tokens, making->analyzer, passage->text, strlen(passage->text));
    while ((rc = pm_tokens_next(&tokens, &token, err)) == 1) {
        uint32_t at = *position + token.position;
        uint32_t where = passage->positions ? at : 0;
        bool lede = token.start < passage->lede_end && token.position < LEDE_WORDS;
        if (add_token(making, passage->field, &token, where,
                      lede ? passage->lede_wdf : passage->wdf, err))
            return -1;
        if (passage->also != passage->field &&
            add_token(making, passage->also, &token, at, passage->also_wdf, err))
            return -1;
        if (passage->counted &&
            pm_word_counts_add(making->maker->words, making->maker->made, token.folded.text,
                               token.folded.len, token.note, err))
            return -1;
        if (passage->sketcher)
            pm_sketch_add(passage->sketcher, &token);
        next = at + 1;
    }
    *position = next + FIELD_GAP;
    return rc;
}

/* True if there is nothing in `text` to stand beside something: one word at most. */
static int is_one_word(const struct making *making, const char *text, struct pm_error *err)
{
    struct pm_tokens tokens;
    struct pm_found_word found;
    int words = 0, rc;
    pm_tokens_start(&tokens, making->analyzer, text, strlen(text));
    while ((rc = pm_tokens_find(&tokens, &found, err)) == 1 && ++words < 2)
        ;
    return rc < 0 ? -1 : words < 2;
}

/*
 * One value of a field that may have several, apart from the others: no NEAR reaches from one into
 * another.  So the only word of a value needs no position; many names are one word, and each list
 * of positions is an entry of a table.
 */
static int add_value(const struct making *making, enum pm_field field, const char *text,
                     uint32_t wdf, uint32_t *position, struct pm_error *err)
{
    int one = text ? is_one_word(making, text, err) : 0;
    struct passage passage = {
        .text = text, .wdf = wdf, .field = field, .also = field, .positions = !one};
    return !text ? 0 : one < 0 ? -1 : add_passage(making, &passage, position, err);
}

static int add_whole(const struct making *making, enum pm_field field, const char *value,
                     struct pm_error *err)
{
    pm_schema_whole(making->term, field, value, strlen(value));
    if (making->term->failed)
        return pm_fail_nomem(err);
    return pm_db_doc_add_term(making->doc, making->term->data, making->term->len, 0, 0, err);
}

static int set_value(const struct making *making, enum pm_field field, const char *value,
                     struct pm_error *err)
{
    if (!value || !*value)
        return 0;
    return pm_db_doc_set_value(making->doc, pm_schema[field].slot, value, strlen(value), err);
}

/* The tags as one value, separated. */
static int set_tags(const struct making *making, const cJSON *tags, struct pm_error *err)
{
    struct pm_buf *value = making->term;
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
    return value->len ? pm_db_doc_set_value(making->doc, pm_schema[PM_FIELD_TAG].slot, value->data,
                                            value->len, err)
                      : 0;
}

/* The sketch by which near-copies are known, if the body is long enough to have one. */
static int set_sketch(const struct making *making, const struct pm_sketcher *sketcher,
                      struct pm_error *err)
{
    unsigned char sketch[PM_SKETCH_BYTES];
    return pm_sketch_end(sketcher, sketch)
               ? pm_db_doc_set_value(making->doc, pm_schema[PM_FIELD_SKETCH].slot,
                                     (const char *)sketch, sizeof sketch, err)
               : 0;
}

/* What stands around the text and is looked for all the same: the author, who counts half, and
 * captions. */
static int add_margins(const struct making *making, const struct pm_article *article,
                       uint32_t *position, struct pm_error *err)
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
    int rc = add_passage(making, &margin, position, err);
    margin.wdf = PM_WDF_UNIT;
    for (; !rc && caption; caption = cJSON_IsArray(captions) ? caption->next : NULL) {
        margin.text = cJSON_IsString(caption) ? caption->valuestring : "";
        rc = add_passage(making, &margin, position, err);
    }
    return rc;
}

static int add_text(const struct making *making, const struct pm_article *article,
                    struct pm_error *err)
{
    const struct pm_boosts *boosts = &making->maker->boosts;
    struct pm_sketcher sketcher;
    uint32_t position = 1;
    pm_sketch_begin(&sketcher);
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
        if (add_passage(making, &title, &position, err))
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
        .sketcher = &sketcher,
    };
    return add_passage(making, &body, &position, err) || set_sketch(making, &sketcher, err) ||
                   add_margins(making, article, &position, err)
               ? -1
               : 0;
}

/*
 * Names: words of the field of their type, where `entity:` looks for them too, with positions that
 * go on from one type to the other.  Those given have weight in the text's; to give it to all that
 * were found makes the ranking worse (docs/RANKING.md).
 */
static int add_entity(const struct making *making, const cJSON *entity, bool given,
                      uint32_t *position, struct pm_error *err)
{
    const cJSON *name = cJSON_GetObjectItemCaseSensitive(entity, "name");
    const cJSON *type = cJSON_GetObjectItemCaseSensitive(entity, "type");
    enum pm_field field = pm_schema_entity(cJSON_GetStringValue(type));
    uint32_t at = *position;
    const char *text = cJSON_IsString(name) ? name->valuestring : "";
    struct passage weight = {.text = text,
                             .wdf = making->maker->boosts.entity,
                             .field = PM_FIELD_TEXT,
                             .also = PM_FIELD_TEXT};
    const cJSON *alias;
    if ((given && add_passage(making, &weight, &at, err)) ||
        add_value(making, field, text, given ? PM_WDF_UNIT : 0, position, err))
        return -1;
    cJSON_ArrayForEach (alias, cJSON_GetObjectItemCaseSensitive(entity, "aliases"))
        if (add_value(making, field, cJSON_GetStringValue(alias), 0, position, err))
            return -1;
    return 0;
}

static int add_entities(const struct making *making, const struct pm_article *article,
                        struct pm_error *err)
{
    bool given = !pm_article_found_entities(article);
    uint32_t position = 1;
    const cJSON *entity;
    cJSON_ArrayForEach (entity, article->entities)
        if (add_entity(making, entity, given, &position, err))
            return -1;
    return 0;
}

/* The names as one value, each behind the letter of its type. */
static int set_entities(const struct making *making, const cJSON *entities, struct pm_error *err)
{
    struct pm_buf *value = making->term;
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
    return value->len ? pm_db_doc_set_value(making->doc, pm_schema[PM_FIELD_ENTITY].slot,
                                            value->data, value->len, err)
                      : 0;
}

static int add_filters(const struct making *making, const struct pm_article *article,
                       struct pm_error *err)
{
    uint32_t position[4] = {1, 1, 1, 1};
    const cJSON *tag;
    cJSON_ArrayForEach (tag, article->tags)
        if (add_value(making, PM_FIELD_TAG, cJSON_GetStringValue(tag), 0, &position[0], err))
            return -1;
    return add_value(making, PM_FIELD_AUTHOR, article->author, 0, &position[1], err) ||
                   add_value(making, PM_FIELD_SOURCE, article->source, 0, &position[2], err) ||
                   add_value(making, PM_FIELD_SECTION, article->section, 0, &position[3], err)
               ? -1
               : 0;
}

struct pm_db_doc *document_doc(const struct document_maker *maker, const struct document *document)
{
    return document->doc ? document->doc : maker->doc;
}

int document_read(struct document *document, const struct pm_article *article, struct pm_error *err)
{
    document->read = true;
    return pm_record_content(article, &document->data, &document->content, err);
}

/* Finds the entities of an article that came without, and the mentions of those that came. */
static int find_entities(struct document_maker *maker, struct pm_article *article,
                         struct pm_error *err)
{
    static const char *const origins[] = {[ENTITY_MODEL] = "model", [ENTITY_RULES] = "rules"};
    enum entity_method method = entity_method_for(article->language);
    if (article->entities && !pm_article_found_entities(article))
        return names_place(maker->fold, article, err);
    if (!maker->finder)
        return 0;
    cJSON_Delete(article->entities); /* of an older text, maybe, and an older model */
    article->entities = NULL;
    article->entities_from = NULL;
    if (names_find(maker->finder, method, article, &maker->names, err))
        return -1;
    if (!maker->names.len)
        return 0;
    article->entities = names_to_json(&maker->names, err);
    article->entities_from = origins[method];
    return article->entities ? 0 : -1;
}

/* The data of the document: what was read of the article, and the entities that were found. */
static int set_data(struct pm_db_doc *doc, struct document *document,
                    const struct pm_article *article, struct pm_error *err)
{
    if (article->entities) {
        pm_buf_clear(&document->data);
        if (pm_record_pack(article, &document->data, err))
            return -1;
        pm_record_seal(article, &document->data, &document->content);
    }
    return pm_db_doc_set_data(doc, document->data.data, document->data.len, err);
}

static int set_values(const struct making *making, const struct pm_article *article,
                      const struct pm_content *content, struct pm_error *err)
{
    return set_value(making, PM_FIELD_DATE, article->date.text, err) ||
                   set_value(making, PM_FIELD_ID, article->id, err) ||
                   set_value(making, PM_FIELD_SOURCE, article->source, err) ||
                   set_value(making, PM_FIELD_AUTHOR, article->author, err) ||
                   set_value(making, PM_FIELD_SECTION, article->section, err) ||
                   set_value(making, PM_FIELD_LANGUAGE, article->language, err) ||
                   set_tags(making, article->tags, err) ||
                   set_entities(making, article->entities, err) ||
                   pm_db_doc_set_value(making->doc, pm_schema[PM_FIELD_CONTENT].slot,
                                       (const char *)content->bytes, content->len, err)
               ? -1
               : 0;
}

int document_make(struct document_maker *maker, struct pm_article *article,
                  struct document *document, struct pm_error *err)
{
    struct making making = {.maker = maker,
                            .analyzer = pm_analyzers_get(&maker->analyzers, article->language, err),
                            .doc = document_doc(maker, document),
                            .term = &maker->term};
    maker->made++;
    if (!making.analyzer || pm_db_doc_clear(making.doc, err) ||
        (!document->read && document_read(document, article, err)) ||
        find_entities(maker, article, err) || set_data(making.doc, document, article, err) ||
        add_text(&making, article, err) || add_entities(&making, article, err) ||
        entity_terms_add(making.doc, maker->fold, article->entities, err) ||
        add_filters(&making, article, err) || add_whole(&making, PM_FIELD_ID, article->id, err) ||
        (article->path && add_whole(&making, PM_FIELD_PATH, article->path, err)) ||
        add_whole(&making, PM_FIELD_LANGUAGE, article->language, err) ||
        set_values(&making, article, &document->content, err))
        return -1;
    document->read = false;
    return glass_pack(maker->packer, making.doc, &document->packed, err);
}
