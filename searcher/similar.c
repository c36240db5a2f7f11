/*
 * How words are chosen: by (1 + ln tf) idf, the title's counting as often as the index boosts them
 * by default.  Twenty-five words are what is usual for this; more of them find no more.
 */
#include "similar.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "schema.h"

#define WORDS       25
#define TITLE_TIMES 3
#define LEAST_BYTES 3 /* of a stem; shorter ones are seldom what an article is about */

struct term {
    char *stem;
    const char *typed; /* in the article */
    size_t typed_len;
    uint32_t times;
    double weight;
};

struct terms {
    struct term *item;
    size_t len, cap;
};

static int by_stem(const void *left, const void *right)
{
    const struct term *a = left, *b = right;
    int order = strcmp(a->stem, b->stem);
    return order ? order : (a->typed > b->typed) - (a->typed < b->typed);
}

static int by_weight(const void *left, const void *right)
{
    const struct term *a = left, *b = right;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    return strcmp(a->stem, b->stem);
}

static int add_text(struct terms *terms, struct pm_analyzer *analyzer, const char *text,
                    uint32_t times, struct pm_error *err)
{
    struct pm_tokens tokens;
    struct pm_token token;
    int rc;
    pm_tokens_start(&tokens, analyzer, text, strlen(text));
    while ((rc = pm_tokens_next(&tokens, &token, err)) == 1) {
        if (token.stop || token.term[0].len < LEAST_BYTES)
            continue;
        if (terms->len == terms->cap) {
            size_t cap = terms->cap ? terms->cap * 2 : 256;
            struct term *grown = reallocarray(terms->item, cap, sizeof *grown);
            if (!grown)
                return pm_fail_nomem(err);
            terms->item = grown;
            terms->cap = cap;
        }
        struct term *term = &terms->item[terms->len];
        *term = (struct term){.stem = strndup(token.term[0].text, token.term[0].len),
                              .typed = text + token.start,
                              .typed_len = token.end - token.start,
                              .times = times};
        if (!term->stem)
            return pm_fail_nomem(err);
        terms->len++;
    }
    return rc;
}

/* Makes equal stems one, which keeps the first word typed. */
static void count_terms(struct terms *terms)
{
    size_t kept = 0;
    if (terms->len)
        qsort(terms->item, terms->len, sizeof *terms->item, by_stem);
    for (size_t i = 0; i < terms->len; i++) {
        if (kept && !strcmp(terms->item[kept - 1].stem, terms->item[i].stem)) {
            terms->item[kept - 1].times += terms->item[i].times;
            free(terms->item[i].stem);
        } else {
            terms->item[kept++] = terms->item[i];
        }
    }
    terms->len = kept;
}

static int weigh_terms(const struct pm_search *search, struct terms *terms, struct pm_error *err)
{
    struct pm_buf name = PM_BUF_INIT;
    int rc = 0;
    for (size_t i = 0; !rc && i < terms->len; i++) {
        struct term *term = &terms->item[i];
        uint32_t freq;
        pm_schema_stem(&name, PM_FIELD_TEXT, term->stem, strlen(term->stem));
        rc = name.failed ? pm_fail_nomem(err)
                         : pm_db_term_freq(search->index.db, name.data, name.len, &freq, err);
        /* What nothing else has finds nothing. */
        if (!rc && freq > 1)
            term->weight = (1 + log(term->times)) * log(1 + search->stats.documents / (double)freq);
    }
    if (terms->len)
        qsort(terms->item, terms->len, sizeof *terms->item, by_weight);
    pm_buf_release(&name);
    return rc;
}

static struct pm_node *word_node(const char *text, size_t len, struct pm_error *err)
{
    struct pm_node *node = pm_node_new(PM_NODE_WORD, err);
    if (!node)
        return NULL;
    node->own = strndup(text, len);
    if (!node->own) {
        pm_query_free(node);
        pm_fail_nomem(err);
        return NULL;
    }
    node->text = node->own;
    node->len = len;
    return node;
}

static struct pm_node *make_tree(const struct terms *terms, const char *id, struct pm_error *err)
{
    struct pm_node *tree = pm_node_new(PM_NODE_LIST, err);
    struct pm_node *self = tree ? word_node(id, strlen(id), err) : NULL;
    if (!self)
        goto fail;
    self->field = PM_FIELD_ID;
    self->named = true;
    self->occur = PM_MUST_NOT;
    tree->child = self;
    for (size_t i = terms->len < WORDS ? terms->len : WORDS; i-- > 0;) {
        const struct term *term = &terms->item[i];
        if (term->weight <= 0)
            continue;
        struct pm_node *node = word_node(term->typed, term->typed_len, err);
        if (!node)
            goto fail;
        node->boost = round((1 + log(term->times)) * 100) / 100;
        node->next = tree->child;
        tree->child = node;
    }
    if (tree->child != self)
        return tree;
    pm_fail(err, PM_ERR_NO_INPUT, "the article '%.200s' shares no word with another", id);
fail:
    pm_query_free(tree);
    return NULL;
}

struct pm_node *pm_similar_tree(struct pm_search *search, const char *id, struct pm_error *err)
{
    struct pm_article article = {0};
    struct terms terms = {0};
    struct pm_node *tree = NULL;
    uint32_t docid;
    int rc = pm_index_find(&search->index, id, &docid, err);
    if (rc == 0)
        pm_fail(err, PM_ERR_NO_INPUT, "there is no article '%.200s'", id);
    if (rc <= 0 || pm_opened_article(search, docid, &article, err))
        goto out;
    struct pm_analyzer *analyzer = pm_analyzers_get(&search->analyzers, article.language, err);
    if (!analyzer ||
        (article.title && add_text(&terms, analyzer, article.title, TITLE_TIMES, err)) ||
        add_text(&terms, analyzer, article.body, 1, err))
        goto out;
    count_terms(&terms);
    if (!weigh_terms(search, &terms, err))
        tree = make_tree(&terms, id, err);
out:
    for (size_t i = 0; i < terms.len; i++)
        free(terms.item[i].stem);
    free(terms.item);
    pm_article_release(&article);
    return tree;
}
