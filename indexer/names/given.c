/*
 * Where entities that came with an article stand in it.
 *
 * The names that are sought are sorted by their keys; at each word of the text the longest is
 * taken that the words from there on spell.
 */
#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>

#include "array.h"
#include "chars.h"
#include "forms.h"
#include "name_term.h"
#include "names.h"

#define SOUGHT_WORDS 12 /* a longer name is not looked for */

/* A name or an alias. */
struct sought {
    char *key;
    bool capital; /* it has one, so what is spelt without is another word */
    cJSON *entity;
};

struct placing {
    struct pm_fold *fold;
    struct sought *sought;
    size_t len;
    struct pm_buf key, run;
    struct pm_error *err;
};

/* ---- what is sought ---- */

static bool begins_small(const char *text)
{
    return *text >= 'a' && *text <= 'z';
}

static int add_sought(struct placing *placing, const char *text, cJSON *entity)
{
    struct pm_error *err = placing->err;
    if (!text)
        return 0;
    if (pm_name_key(placing->fold, text, strlen(text), &placing->key, err))
        return -1;
    if (!placing->key.len)
        return 0;
    struct sought *grown = pm_array_room(placing->sought, placing->len, sizeof *grown);
    if (!grown)
        return pm_fail_nomem(err);
    placing->sought = grown;
    struct sought *sought = &grown[placing->len++];
    *sought = (struct sought){strdup(placing->key.data), !begins_small(text), entity};
    return sought->key ? 0 : pm_fail_nomem(err);
}

static int by_key(const void *a, const void *b)
{
    const struct sought *x = a, *y = b;
    return strcmp(x->key, y->key);
}

static bool has_mentions(const cJSON *entity)
{
    return cJSON_GetObjectItemCaseSensitive(entity, "mentions") != NULL;
}

/* Collects the names of all entities without mentions. */
static int collect(struct placing *placing, cJSON *entities)
{
    cJSON *entity, *alias;
    cJSON_ArrayForEach (entity, entities) {
        const cJSON *name = cJSON_GetObjectItemCaseSensitive(entity, "name");
        if (has_mentions(entity))
            continue;
        if (add_sought(placing, cJSON_GetStringValue(name), entity))
            return -1;
        cJSON_ArrayForEach (alias, cJSON_GetObjectItemCaseSensitive(entity, "aliases"))
            if (add_sought(placing, cJSON_GetStringValue(alias), entity))
                return -1;
    }
    if (placing->len)
        qsort(placing->sought, placing->len, sizeof *placing->sought, by_key);
    return 0;
}

/* The first that is sought with a key not below `key`. */
static size_t find_sought(const struct placing *placing, const char *key)
{
    size_t low = 0, high = placing->len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(placing->sought[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* ---- the words of a text ---- */

/* The next word from `at` on, in *start and *end, with what stands inside ("U.S", "O'Neill"). */
static bool next_word(const char *text, size_t len, size_t at, size_t *start, size_t *end)
{
    bool any = false;
    for (size_t i = at; i < len;) {
        size_t here = i;
        UChar32 c;
        U8_NEXT(text, i, len, c);
        if (pm_char_is_word(pm_char_kind(c))) {
            if (!any)
                *start = here;
            any = true;
            *end = i;
        } else if (any && c != '.' && pm_char_kind(c) != PM_CHAR_APOSTROPHE) {
            break;
        }
    }
    return any;
}

/* Cuts "'s" off the end of a word. */
static void cut_possessive(const char *text, size_t start, size_t *end)
{
    static const char *const endings[] = {"'s", "\u2019s"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t len = strlen(endings[i]);
        if (*end - start > len && !memcmp(text + *end - len, endings[i], len))
            *end -= len;
    }
}

/* Sets *match to what stands at `start`, to before *end, if anything that is sought does. */
static int match_at(struct placing *placing, const char *text, size_t len, size_t start,
                    const struct sought **match, size_t *match_end)
{
    struct pm_buf *run = &placing->run;
    size_t at = start, word, end;
    *match = NULL;
    pm_buf_clear(run);
    for (int words = 0; words < SOUGHT_WORDS && next_word(text, len, at, &word, &end); words++) {
        at = end;
        cut_possessive(text, word, &end);
        if (pm_name_key(placing->fold, text + word, end - word, &placing->key, placing->err))
            return -1;
        pm_buf_addf(run, "%s%s", words ? " " : "", pm_buf_str(&placing->key));
        if (run->failed)
            return pm_fail_nomem(placing->err);
        size_t i = find_sought(placing, run->data);
        if (i == placing->len || strncmp(placing->sought[i].key, run->data, run->len) != 0)
            break;
        if (!strcmp(placing->sought[i].key, run->data) &&
            !(placing->sought[i].capital && begins_small(text + start))) {
            *match = &placing->sought[i];
            *match_end = end;
        }
        if (at > end) /* nothing goes on behind "'s" */
            break;
    }
    return 0;
}

/* ---- mentions ---- */

static int add_mention(cJSON *entity, const char *part, size_t start, size_t end,
                       struct pm_error *err)
{
    cJSON *mentions = cJSON_GetObjectItemCaseSensitive(entity, "mentions");
    if (!mentions)
        mentions = cJSON_AddObjectToObject(entity, "mentions");
    cJSON *list = cJSON_GetObjectItemCaseSensitive(mentions, part);
    if (!list)
        list = cJSON_AddArrayToObject(mentions, part);
    double pair[] = {(double)start, (double)end};
    cJSON *mention = cJSON_CreateDoubleArray(pair, 2);
    if (list && mention && cJSON_AddItemToArray(list, mention))
        return 0;
    cJSON_Delete(mention);
    return pm_fail_nomem(err);
}

static int place_in(struct placing *placing, const char *part, const char *text)
{
    size_t len = text ? strlen(text) : 0, start, end;
    for (size_t at = 0; next_word(text, len, at, &start, &end); at = end) {
        const struct sought *match;
        size_t match_end = end;
        if (match_at(placing, text, len, start, &match, &match_end) ||
            (match && add_mention(match->entity, part, start, match_end, placing->err)))
            return -1;
        end = match_end > end ? match_end : end;
    }
    return 0;
}

/* Adds the salience of an entity, by the mentions that were found. */
static int add_salience(cJSON *entity, size_t lede, struct pm_error *err)
{
    const cJSON *mentions = cJSON_GetObjectItemCaseSensitive(entity, "mentions");
    const cJSON *title = cJSON_GetObjectItemCaseSensitive(mentions, "title");
    const cJSON *body = cJSON_GetObjectItemCaseSensitive(mentions, "body");
    size_t n = (size_t)cJSON_GetArraySize(title) + (size_t)cJSON_GetArraySize(body);
    const cJSON *first = cJSON_GetArrayItem(cJSON_GetArrayItem(body, 0), 0);
    bool in_lede = first && first->valuedouble < (double)lede;
    int salience = forms_salience(n, title != NULL, in_lede);
    return cJSON_AddNumberToObject(entity, "salience", salience) ? 0 : pm_fail_nomem(err);
}

int names_place(struct pm_fold *fold, struct pm_article *article, struct pm_error *err)
{
    struct placing placing = {.fold = fold, .err = err};
    size_t lede = pm_article_lede(article->body ? article->body : "");
    int rc = collect(&placing, article->entities);
    if (!rc && placing.len &&
        ((!pm_article_made_title(article) && place_in(&placing, "title", article->title)) ||
         place_in(&placing, "body", article->body)))
        rc = -1;
    cJSON *entity;
    cJSON_ArrayForEach (entity, article->entities)
        if (!rc && !cJSON_GetObjectItemCaseSensitive(entity, "salience"))
            rc = add_salience(entity, lede, err);
    for (size_t i = 0; i < placing.len; i++)
        free(placing.sought[i].key);
    free(placing.sought);
    pm_buf_release(&placing.key);
    pm_buf_release(&placing.run);
    return rc;
}
