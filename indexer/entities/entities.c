#include "entities.h"

#include <stdlib.h>
#include <string.h>

#include "model.h"
#include "rules.h"
#include "tag.h"
#include "tokens.h"

/* The model's file, linked in: model_bytes.S. */
extern const unsigned char entities_model[];
extern const uint64_t entities_model_len;

struct entity_finder {
    void *bytes; /* of the model */
    struct model model;
    struct tagger *tagger;
    struct rules rules;
    struct tokens tokens;
    size_t *part_end; /* in tokens */
    size_t parts_cap;
    struct entity_token *shown; /* for entities_tokens() */
};

const char *entity_type_name(enum entity_type type)
{
    static const char *const names[ENTITY_TYPES] = {
        [ENTITY_PERSON] = "person",
        [ENTITY_ORGANISATION] = "organisation",
        [ENTITY_PLACE] = "place",
        [ENTITY_OTHER] = "other",
    };
    return names[type];
}

enum entity_method entity_method_for(const char *language)
{
    return !language || !strcmp(language, "en") ? ENTITY_MODEL : ENTITY_RULES;
}

void entities_release(struct entities *entities)
{
    free(entities->entity);
    *entities = (struct entities){0};
}

struct entity_finder *entity_finder_new(struct pm_error *err)
{
    struct entity_finder *finder = calloc(1, sizeof *finder);
    if (!finder) {
        pm_fail_nomem(err);
        return NULL;
    }
    /* A copy, since the pages of a program are small, those of its memory large (main.c). */
    finder->bytes = malloc(entities_model_len);
    if (!finder->bytes)
        pm_fail_nomem(err);
    else if (!model_read(&finder->model, memcpy(finder->bytes, entities_model, entities_model_len),
                         entities_model_len, err))
        finder->tagger = tagger_new(&finder->model, err);
    if (!finder->tagger) {
        entity_finder_free(finder);
        return NULL;
    }
    return finder;
}

void entity_finder_free(struct entity_finder *finder)
{
    if (!finder)
        return;
    tagger_free(finder->tagger);
    free(finder->bytes);
    rules_release(&finder->rules);
    tokens_release(&finder->tokens);
    free(finder->part_end);
    free(finder->shown);
    free(finder);
}

static int run(struct entity_finder *finder, enum entity_method method, struct pm_error *err)
{
    struct tokens *tokens = &finder->tokens;
    return method == ENTITY_RULES ? rules_run(&finder->rules, tokens->token, tokens->len, err)
                                  : tagger_run(finder->tagger, tokens->token, tokens->len, err);
}

static int add(struct entities *found, const struct entity *entity, struct pm_error *err)
{
    if (found->len == found->cap) {
        size_t cap = found->cap ? 2 * found->cap : 64;
        struct entity *grown = reallocarray(found->entity, cap, sizeof *grown);
        if (!grown)
            return pm_fail_nomem(err);
        found->entity = grown;
        found->cap = cap;
    }
    found->entity[found->len++] = *entity;
    return 0;
}

/* The names of the tokens from `from` to before `to`, which are of one part. */
static int collect(const struct token *token, size_t from, size_t to, size_t part, const char *text,
                   struct entities *found, struct pm_error *err)
{
    for (size_t i = from; i < to;) {
        if (!token[i].tag) {
            i++;
            continue;
        }
        struct entity entity = {
            .part = part,
            .start = (size_t)(token[i].text - text),
            .type = (enum entity_type)token_type(&token[i]),
            .margin = token[i].margin,
        };
        do {
            entity.end = (size_t)(token[i].text - text) + token[i].len;
            if (token[i].margin < entity.margin)
                entity.margin = token[i].margin;
        } while (++i < to && token_goes_on(&token[i]));
        if (entity.margin < 0)
            entity.margin = 0;
        if (add(found, &entity, err))
            return -1;
    }
    return 0;
}

int entities_find(struct entity_finder *finder, enum entity_method method,
                  const struct entity_part *part, size_t parts, struct entities *found,
                  struct pm_error *err)
{
    found->len = finder->tokens.len = 0;
    if (parts > finder->parts_cap) {
        size_t *grown = reallocarray(finder->part_end, parts, sizeof *grown);
        if (!grown)
            return pm_fail_nomem(err);
        finder->part_end = grown;
        finder->parts_cap = parts;
    }
    for (size_t i = 0; i < parts; i++) {
        if (tokens_split(&finder->tokens, part[i].text, part[i].len, err))
            return -1;
        finder->part_end[i] = finder->tokens.len;
    }
    if (run(finder, method, err))
        return -1;
    for (size_t i = 0, from = 0; i < parts; from = finder->part_end[i++])
        if (collect(finder->tokens.token, from, finder->part_end[i], i, part[i].text, found, err))
            return -1;
    return 0;
}

static void show(struct entity_token *token, const struct token *tagged)
{
    token->named = tagged->tag;
    token->begins = tagged->tag && !token_goes_on(tagged);
    token->type = (enum entity_type)token_type(tagged);
}

int entities_tag(struct entity_finder *finder, enum entity_method method,
                 struct entity_token *token, size_t len, struct pm_error *err)
{
    finder->tokens.len = 0;
    for (size_t i = 0; i < len; i++)
        if (tokens_add(&finder->tokens, token[i].text, token[i].len, token[i].first, err))
            return -1;
    if (run(finder, method, err))
        return -1;
    for (size_t i = 0; i < len; i++)
        show(&token[i], &finder->tokens.token[i]);
    return 0;
}

int entities_tokens(struct entity_finder *finder, const struct entity_token **token, size_t *len,
                    struct pm_error *err)
{
    size_t count = finder->tokens.len;
    struct entity_token *shown = reallocarray(finder->shown, count + 1, sizeof *shown);
    if (!shown)
        return pm_fail_nomem(err);
    finder->shown = shown;
    for (size_t i = 0; i < count; i++) {
        const struct token *from = &finder->tokens.token[i];
        shown[i] = (struct entity_token){
            .text = from->text, .len = from->len, .first = from->kind & TOKEN_FIRST};
        show(&shown[i], from);
    }
    *token = shown;
    *len = count;
    return 0;
}
