/*
 * How wildcards and fuzzy words score: as one word that is as rare as all it stands for together.
 * (Xapian has OP_SYNONYM for that, but what it estimates depends on how an index is split into
 * segments, and with it the order of hits.)
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "expand.h"
#include "planner.h"
#include "schema.h"

struct expander {
    struct pm_planner *planner;
    enum pm_field field;
    struct pm_query_word *word; /* what is made */
    double *freq;               /* of its forms */
    double all;                 /* their sum */
    bool cut;
};

/* Adds a form; one that is there already keeps the greater share. */
static int add_form(struct expander *expander, const char *text, uint32_t languages, double share)
{
    struct pm_query_word *word = expander->word;
    struct pm_error *err = expander->planner->err;
    uint32_t freq;
    for (size_t i = 0; i < word->forms; i++)
        if (!strcmp(word->form[i].text, text)) {
            word->form[i].languages |= languages;
            word->form[i].share = fmax(word->form[i].share, share);
            return 0;
        }
    if (pm_planner_freq(expander->planner, expander->field, text, &freq))
        return -1;
    if (!freq)
        return 0;
    struct pm_query_form *form = reallocarray(word->form, word->forms + 1, sizeof *form);
    if (form)
        word->form = form;
    double *freqs = reallocarray(expander->freq, word->forms + 1, sizeof *freqs);
    if (freqs)
        expander->freq = freqs;
    char *copy = strdup(text);
    if (!form || !freqs || !copy) {
        free(copy);
        return pm_fail_nomem(err);
    }
    freqs[word->forms] = freq;
    form[word->forms++] =
        (struct pm_query_form){.text = copy, .share = share, .languages = languages};
    expander->all += freq;
    return 0;
}

/* ---- words of the text, from the list that an index keeps of them ---- */

static int add_word(struct expander *expander, const struct pm_expansion *expansion)
{
    const struct pm_plan_base *base = expander->planner->base;
    struct pm_query_words words = {0};
    int rc = pm_query_words_read(&words, base->analyzer, base->analyzers, false, expansion->text,
                                 strlen(expansion->text), expander->planner->err);
    /* A nearer word tells more. */
    double share = 1.0 / (1 + expansion->distance);
    for (size_t i = 0; !rc && words.len == 1 && i < words.item[0].forms; i++)
        rc = add_form(expander, words.item[0].form[i].text, words.item[0].form[i].languages, share);
    pm_query_words_release(&words);
    return rc;
}

static int expand_text(struct expander *expander, const struct pm_node *node)
{
    struct pm_planner *planner = expander->planner;
    struct pm_expansions expansions = {0};
    int rc =
        node->kind == PM_NODE_PREFIX
            ? pm_expand_prefix(planner->base->db, node->text, node->len, &expansions, planner->err)
            : pm_expand_fuzzy(planner->base->db, node->text, node->len, node->distance, &expansions,
                              planner->err);
    for (size_t i = 0; !rc && i < expansions.len; i++)
        rc = add_word(expander, &expansions.item[i]);
    expander->cut = expansions.cut;
    pm_expansions_release(&expansions);
    return rc;
}

/* ---- words of other fields, from their terms ---- */

struct stem {
    char *text;
    uint32_t freq;
};

/* The stems that begin so. */
struct term_walk {
    size_t prefix; /* bytes before the stem */
    struct stem *stem;
    size_t len;
    struct pm_error *err;
};

static int take_term(const char *term, size_t len, uint32_t freq, void *arg)
{
    struct term_walk *walk = arg;
    struct stem *grown = pm_array_room(walk->stem, walk->len, sizeof *grown);
    if (!grown)
        return pm_fail_nomem(walk->err);
    walk->stem = grown;
    char *text = strndup(term + walk->prefix, len - walk->prefix);
    if (!text)
        return pm_fail_nomem(walk->err);
    walk->stem[walk->len++] = (struct stem){text, freq};
    return 0;
}

static int by_text(const void *left, const void *right)
{
    const struct stem *a = left, *b = right;
    return strcmp(a->text, b->text);
}

static int by_freq(const void *left, const void *right)
{
    const struct stem *a = left, *b = right;
    if (a->freq != b->freq)
        return a->freq > b->freq ? -1 : 1;
    return strcmp(a->text, b->text);
}

/* Puts the most common first, each stem once, though it may stand in several fields. */
static void order_stems(struct term_walk *walk)
{
    size_t kept = 0;
    if (!walk->len)
        return;
    qsort(walk->stem, walk->len, sizeof *walk->stem, by_text);
    for (size_t i = 1; i < walk->len; i++)
        if (strcmp(walk->stem[i].text, walk->stem[kept].text)) {
            walk->stem[++kept] = walk->stem[i];
        } else {
            walk->stem[kept].freq += walk->stem[i].freq;
            free(walk->stem[i].text);
        }
    walk->len = kept + 1;
    qsort(walk->stem, walk->len, sizeof *walk->stem, by_freq);
}

/* Takes the stems of one field that begin so. */
static int walk_field(struct expander *expander, enum pm_field field, const struct pm_form *begin,
                      struct term_walk *walk)
{
    struct pm_planner *planner = expander->planner;
    struct pm_buf start = PM_BUF_INIT;
    int rc = pm_planner_term(planner, field, begin->text, begin->len);
    pm_buf_add(&start, pm_buf_str(&planner->term), planner->term.len);
    walk->prefix = start.len - begin->len;
    if (!rc && start.failed)
        rc = pm_fail_nomem(planner->err);
    if (!rc)
        rc = pm_db_each_term(planner->base->db, start.data, start.len, take_term, walk,
                             planner->err);
    pm_buf_release(&start);
    return rc;
}

static int expand_field(struct expander *expander, const struct pm_node *node)
{
    struct pm_planner *planner = expander->planner;
    struct pm_tokens tokens;
    struct pm_token token;
    if (node->kind == PM_NODE_FUZZY)
        return pm_planner_fail(planner, node, "fuzzy words are looked for in text and title only");
    pm_tokens_start(&tokens, planner->base->analyzer[0], node->text, node->len);
    int rc = pm_tokens_next(&tokens, &token, planner->err);
    if (rc <= 0)
        return rc;
    struct term_walk walk = {.err = planner->err};
    rc = 0;
    for (enum pm_field in = expander->field; !rc && in <= pm_schema_last(expander->field); in++)
        rc = walk_field(expander, in, &token.folded, &walk);
    order_stems(&walk);
    for (size_t i = 0; i < walk.len; i++) {
        if (!rc && i < PM_EXPAND_MAX)
            rc = add_form(expander, walk.stem[i].text, UINT32_MAX, 1);
        free(walk.stem[i].text);
    }
    free(walk.stem);
    expander->cut = walk.len > PM_EXPAND_MAX;
    return rc;
}

/* ---- both ---- */

static int warn(struct expander *expander, const struct pm_node *node)
{
    struct pm_planner *planner = expander->planner;
    struct pm_warnings *warnings = &planner->plan->warnings;
    char *typed = strndup(planner->base->text + node->at, node->end - node->at);
    int rc = typed ? 0 : pm_fail_nomem(planner->err);
    if (!rc && !expander->word->forms)
        rc = pm_warnings_add(warnings, "no-word", typed, NULL, "no word of the index is like %s",
                             planner->err);
    else if (!rc && expander->cut)
        rc = pm_warnings_add(warnings, "wildcard-cut", typed, NULL,
                             "%s stands for more than 100 words: the rarest were left out",
                             planner->err);
    free(typed);
    return rc;
}

const struct pm_query_word *pm_planner_expand(struct pm_planner *planner,
                                              const struct pm_node *node)
{
    bool fresh;
    struct pm_query_word *word =
        pm_plan_own_expansion(planner->plan->own, node, &fresh, planner->err);
    if (!word && planner->err->code == PM_ERR_QUERY)
        planner->err->offset = node->at;
    if (!word || !fresh)
        return word;
    struct expander expander = {.planner = planner, .field = node->field, .word = word};
    bool text = node->field == PM_FIELD_TEXT || node->field == PM_FIELD_TITLE;
    int rc = text ? expand_text(&expander, node) : expand_field(&expander, node);
    double documents = planner->base->documents;
    double together = pm_planner_idf(planner, fmin(expander.all, documents));
    for (size_t i = 0; !rc && i < word->forms; i++)
        word->form[i].share *= together / pm_planner_idf(planner, expander.freq[i]);
    word->wqf = 1;
    if (!rc)
        rc = warn(&expander, node);
    free(expander.freq);
    return rc ? NULL : word;
}
