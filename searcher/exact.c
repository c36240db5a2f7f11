/*
 * A text becomes its folded words, each with a separator before and behind it, and so does what
 * is looked for: the one is then a string in the other.
 */
#include "exact.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "fold.h"
#include "utf8.h"

#define SEPARATOR '\n' /* stands in no word */

struct pm_exact {
    enum pm_field field;
    struct pm_fold *fold;
    char *words[2]; /* as they part in a language that does not elide, and in one that does */
};

/* The strings of an article that are looked at, by field. */
static const struct {
    enum pm_field field;
    size_t offset;
} strings[] = {
    {PM_FIELD_TEXT, offsetof(struct pm_article, title)},
    {PM_FIELD_TEXT, offsetof(struct pm_article, body)},
    {PM_FIELD_TITLE, offsetof(struct pm_article, title)},
    {PM_FIELD_AUTHOR, offsetof(struct pm_article, author)},
    {PM_FIELD_SOURCE, offsetof(struct pm_article, source)},
    {PM_FIELD_SECTION, offsetof(struct pm_article, section)},
    {PM_FIELD_LANGUAGE, offsetof(struct pm_article, language)},
    {PM_FIELD_ID, offsetof(struct pm_article, id)},
};

/* ---- words ---- */

/* Sets `out` to the words of `text`, empty if it has none; `word` is room for one. */
static int read_words(struct pm_fold *fold, struct pm_analyzer *analyzer, const char *text,
                      size_t len, struct pm_buf *word, struct pm_buf *out, struct pm_error *err)
{
    struct pm_tokens tokens;
    struct pm_token token;
    int rc;
    pm_buf_clear(out);
    pm_tokens_start(&tokens, analyzer, text, len);
    while ((rc = pm_tokens_next(&tokens, &token, err)) == 1) {
        if (pm_fold_case(fold, text + token.start, token.end - token.start, word, err))
            return -1;
        if (word->len && word->data[word->len - 1] == '.') /* U.S. and U.S are one */
            word->len--;
        if (!out->len)
            pm_buf_addc(out, SEPARATOR);
        pm_buf_add(out, pm_buf_str(word), word->len);
        pm_buf_addc(out, SEPARATOR);
    }
    return !rc && out->failed ? pm_fail_nomem(err) : rc;
}

static bool elides(const struct pm_analyzer *analyzer)
{
    return pm_analyzer_language(analyzer)->elides;
}

/* The words of what is looked for, as languages like `language` part them. */
static int add_words(struct pm_exact *exact, const char *text, size_t len, const char *language,
                     struct pm_analyzers *analyzers, struct pm_error *err)
{
    struct pm_buf word = PM_BUF_INIT, out = PM_BUF_INIT;
    int rc = -1;
    struct pm_analyzer *analyzer = pm_analyzers_get(analyzers, language, err);
    if (!analyzer || read_words(exact->fold, analyzer, text, len, &word, &out, err))
        goto out;
    if (!out.len) {
        pm_fail(err, PM_ERR_QUERY, "no word in '%.*s'", (int)pm_utf8_cut(text, len, 100), text);
        goto out;
    }
    char **words = &exact->words[elides(analyzer)];
    assert(!*words);
    *words = pm_buf_detach(&out);
    rc = *words ? 0 : pm_fail_nomem(err);
out:
    pm_buf_release(&word);
    pm_buf_release(&out);
    return rc;
}

struct pm_exact *pm_exact_new(enum pm_field field, const char *text, size_t len,
                              struct pm_analyzers *analyzers, struct pm_error *err)
{
    struct pm_exact *exact = calloc(1, sizeof *exact);
    if (!exact) {
        pm_fail_nomem(err);
        return NULL;
    }
    exact->field = field;
    exact->fold = pm_fold_new(err);
    if (!exact->fold || add_words(exact, text, len, "en", analyzers, err) ||
        add_words(exact, text, len, "fr", analyzers, err)) {
        pm_exact_free(exact);
        return NULL;
    }
    return exact;
}

void pm_exact_free(struct pm_exact *exact)
{
    if (!exact)
        return;
    pm_fold_free(exact->fold);
    free(exact->words[0]);
    free(exact->words[1]);
    free(exact);
}

/* ---- articles ---- */

/* One article that is looked at. */
struct reading {
    const struct pm_exact *exact;
    struct pm_analyzer *analyzer;
    struct pm_buf word, words; /* room to work in */
};

/* 1 if `text`, which may be NULL, has the words in a row, 0 if not, -1. */
static int has_words(struct reading *reading, const char *text, struct pm_error *err)
{
    const char *sought = reading->exact->words[elides(reading->analyzer)];
    if (!text)
        return 0;
    if (read_words(reading->exact->fold, reading->analyzer, text, strlen(text), &reading->word,
                   &reading->words, err))
        return -1;
    return memmem(pm_buf_str(&reading->words), reading->words.len, sought, strlen(sought)) != NULL;
}

/* The same for any of an array of strings, or of the names in one of objects. */
static int any_has_words(struct reading *reading, const cJSON *list, struct pm_error *err)
{
    const cJSON *item;
    int rc = 0;
    cJSON_ArrayForEach (item, list) {
        const cJSON *text =
            cJSON_IsObject(item) ? cJSON_GetObjectItemCaseSensitive(item, "name") : item;
        if (!rc && cJSON_IsString(text))
            rc = has_words(reading, text->valuestring, err);
    }
    return rc;
}

/* The same for any entity of the field, by its name or what else it is called. */
static int any_is_called(struct reading *reading, const cJSON *entities, struct pm_error *err)
{
    enum pm_field field = reading->exact->field;
    const cJSON *entity;
    int rc = 0;
    cJSON_ArrayForEach (entity, entities) {
        const cJSON *type = cJSON_GetObjectItemCaseSensitive(entity, "type");
        const cJSON *name = cJSON_GetObjectItemCaseSensitive(entity, "name");
        if (field != PM_FIELD_ENTITY && pm_schema_entity(cJSON_GetStringValue(type)) != field)
            continue;
        rc = has_words(reading, cJSON_GetStringValue(name), err);
        if (!rc)
            rc = any_has_words(reading, cJSON_GetObjectItemCaseSensitive(entity, "aliases"), err);
        if (rc)
            break;
    }
    return rc;
}

int pm_exact_matches(const struct pm_exact *exact, const struct pm_article *article,
                     struct pm_analyzers *analyzers, struct pm_error *err)
{
    struct reading reading = {.exact = exact};
    int rc = 0;
    reading.analyzer = pm_analyzers_get(analyzers, article->language, err);
    if (!reading.analyzer)
        return -1;
    bool made = pm_article_made_title(article);
    for (size_t i = 0; !rc && i < sizeof strings / sizeof *strings; i++) {
        bool skip = made && strings[i].offset == offsetof(struct pm_article, title);
        if (strings[i].field != exact->field || skip)
            continue;
        const char *const *text = (const void *)((const char *)article + strings[i].offset);
        rc = has_words(&reading, *text, err);
    }
    if (exact->field == PM_FIELD_TAG)
        rc = any_has_words(&reading, article->tags, err);
    if (pm_schema[exact->field].flags & PM_FIELD_NAMES)
        rc = any_is_called(&reading, article->entities, err);
    pm_buf_release(&reading.word);
    pm_buf_release(&reading.words);
    return rc;
}
