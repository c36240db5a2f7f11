#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "planner.h"
#include "query_list.h"
#include "schema.h"
#include "shouting.h"

int pm_planner_term(struct pm_planner *planner, enum pm_field field, const char *text, size_t len)
{
    if (pm_schema[field].flags & PM_FIELD_WHOLE)
        pm_schema_whole(&planner->term, field, text, len);
    else
        pm_schema_stem(&planner->term, field, text, len);
    return planner->term.failed ? pm_fail_nomem(planner->err) : 0;
}

/* The articles with a form in this one field. */
static int freq_in(struct pm_planner *planner, enum pm_field field, const char *form,
                   uint32_t *freq)
{
    if (pm_planner_term(planner, field, form, strlen(form)))
        return -1;
    return pm_db_term_freq(planner->base->db, planner->term.data, planner->term.len, freq,
                           planner->err);
}

int pm_planner_freq(struct pm_planner *planner, enum pm_field field, const char *form,
                    uint32_t *freq)
{
    uint64_t sum = 0;
    for (enum pm_field in = field; in <= pm_schema_last(field); in++) {
        if (freq_in(planner, in, form, freq))
            return -1;
        sum += *freq;
    }
    *freq = sum < planner->base->documents ? (uint32_t)sum : planner->base->documents;
    return 0;
}

double pm_planner_idf(const struct pm_planner *planner, double freq)
{
    double odds = (planner->base->documents - freq + 0.5) / (freq + 0.5);
    return log(odds < 2 ? odds * 0.5 + 1 : odds);
}

bool pm_planner_is_shouted(const struct pm_planner *planner, const struct pm_node *node)
{
    return planner->shouting ||
           (memchr(node->text, ' ', node->len) && pm_all_capitals(node->text, node->len));
}

int pm_planner_read(struct pm_planner *planner, const struct pm_node *node,
                    struct pm_query_words *words)
{
    return pm_query_words_read(words, planner->base->analyzer, planner->base->analyzers,
                               pm_planner_is_shouted(planner, node), node->text, node->len,
                               planner->err);
}

static struct pm_db_query *form_in(struct pm_planner *planner, enum pm_field field,
                                   const char *form, uint32_t wqf)
{
    if (pm_planner_term(planner, field, form, strlen(form)))
        return NULL;
    return pm_db_query_term(planner->term.data, planner->term.len, wqf, planner->err);
}

/* `query`, which is used up, with its scores multiplied. */
static struct pm_db_query *scale(struct pm_planner *planner, struct pm_db_query *query,
                                 double factor)
{
    if (!query || factor == 1)
        return query;
    struct pm_db_query *scaled = pm_db_query_scale(query, factor, planner->err);
    pm_db_query_free(query);
    return scaled;
}

struct pm_db_query *pm_planner_form(struct pm_planner *planner, enum pm_field field,
                                    const char *form, uint32_t wqf)
{
    struct pm_query_list any = {0};
    uint32_t all, freq;
    if (pm_schema_last(field) == field)
        return form_in(planner, field, form, wqf);
    int rc = pm_planner_freq(planner, field, form, &all);
    for (enum pm_field in = field; !rc && in <= pm_schema_last(field); in++) {
        rc = freq_in(planner, in, form, &freq);
        if (!rc && freq)
            rc = pm_query_list_add(
                &any,
                scale(planner, form_in(planner, in, form, wqf),
                      pm_planner_idf(planner, all) / pm_planner_idf(planner, freq)),
                planner->err);
    }
    if (!rc && any.len)
        return pm_query_list_join(&any, PM_DB_OR, 0, planner->err);
    pm_query_list_release(&any);
    return rc ? NULL : form_in(planner, field, form, wqf);
}

/* The forms joined: in several fields as pm_planner_form() has them, or in `only` one. */
static struct pm_db_query *join_forms(struct pm_planner *planner, enum pm_field field, bool only,
                                      const struct pm_row *row, enum pm_db_op op)
{
    struct pm_query_list forms = {0};
    for (size_t i = 0; i < row->len; i++) {
        struct pm_db_query *form = only ? form_in(planner, field, row->form[i], row->wqf)
                                        : pm_planner_form(planner, field, row->form[i], row->wqf);
        if (pm_query_list_add(&forms, form, planner->err)) {
            pm_query_list_release(&forms);
            return NULL;
        }
    }
    return pm_query_list_join(&forms, op, op == PM_DB_PHRASE ? row->window : 0, planner->err);
}

struct pm_db_query *pm_planner_row(struct pm_planner *planner, enum pm_field field,
                                   const struct pm_row *row)
{
    struct pm_query_list any = {0};
    if (pm_schema_last(field) == field)
        return join_forms(planner, field, true, row, PM_DB_PHRASE);
    for (enum pm_field in = field; in <= pm_schema_last(field); in++)
        if (pm_query_list_add(&any, join_forms(planner, in, true, row, PM_DB_PHRASE),
                              planner->err)) {
            pm_query_list_release(&any);
            return NULL;
        }
    return pm_query_join_two(PM_DB_FILTER, join_forms(planner, field, false, row, PM_DB_AND),
                             pm_query_list_join(&any, PM_DB_OR, 0, planner->err), planner->err);
}

/* ---- words ---- */

/* Articles of any of the languages, given as bits. */
static struct pm_db_query *languages_query(struct pm_planner *planner, uint32_t languages)
{
    struct pm_query_list any = {0};
    for (size_t i = 0; i < planner->base->analyzers; i++) {
        const char *code = pm_analyzer_language(planner->base->analyzer[i])->code;
        if (languages & (uint32_t)1 << i &&
            pm_query_list_add(&any, pm_planner_form(planner, PM_FIELD_LANGUAGE, code, 1),
                              planner->err)) {
            pm_query_list_release(&any);
            return NULL;
        }
    }
    return pm_query_list_join(&any, PM_DB_OR, 0, planner->err);
}

/* One form of a word, with its share of the word's weight. */
static struct pm_db_query *form_query(struct pm_planner *planner, enum pm_field field,
                                      const struct pm_query_form *form, uint32_t wqf)
{
    struct pm_db_query *term = pm_planner_form(planner, field, form->text, wqf);
    /* The first language's forms are let stand everywhere: most articles are of it. */
    if (term && !(form->languages & 1))
        term = pm_query_join_two(PM_DB_FILTER, term, languages_query(planner, form->languages),
                                 planner->err);
    return form->share >= 1 ? term : scale(planner, term, form->share);
}

/*
 * Languages add up, but an article is of one language.  (OP_MAX would say it better; libxapian
 * 1.4.22 crashes in it where it leaves out what cannot reach the top.)
 */
struct pm_db_query *pm_planner_word(struct pm_planner *planner, enum pm_field field,
                                    const struct pm_query_word *word)
{
    struct pm_query_list forms = {0};
    if (word->parts)
        return pm_planner_row(planner, field,
                              &(struct pm_row){.form = word->part,
                                               .len = word->parts,
                                               .wqf = word->wqf,
                                               .window = (uint32_t)word->parts});
    for (size_t i = 0; i < word->forms; i++)
        if (pm_query_list_add(&forms, form_query(planner, field, &word->form[i], word->wqf),
                              planner->err)) {
            pm_query_list_release(&forms);
            return NULL;
        }
    return pm_query_list_join(&forms, PM_DB_OR, 0, planner->err);
}

/* So many times as many articles as have the acronym may have its letters as a word. */
#define SAME_SENSE 4

/*
 * Whether the letters of an acronym are a word that hardly means anything else, such as "usda":
 * then it stands where capitals do not tell, as in headlines set in them.  1, 0, or -1.
 */
static int is_word_too(struct pm_planner *planner, const struct pm_query_word *word,
                       const char *acronym, uint32_t freq)
{
    for (size_t i = 0; !word->stop && i < word->forms; i++) {
        const struct pm_query_form *form = &word->form[i];
        uint32_t others;
        if (form->acronym || strcasecmp(form->text, acronym) != 0)
            continue;
        if (pm_planner_freq(planner, PM_FIELD_TEXT, form->text, &others))
            return -1;
        if (others / SAME_SENSE <= freq)
            return 1;
    }
    return 0;
}

int pm_planner_keep_acronym(struct pm_planner *planner, struct pm_query_word *word)
{
    for (size_t i = 0; i < word->forms; i++) {
        const struct pm_query_form *form = &word->form[i];
        uint32_t freq;
        if (!form->acronym)
            continue;
        if (pm_planner_freq(planner, PM_FIELD_TEXT, form->text, &freq))
            return -1;
        if (!freq)
            continue;
        int too = is_word_too(planner, word, form->text, freq);
        if (too)
            return too < 0 ? -1 : 0;
        struct pm_query_form swapped = word->form[0];
        word->form[0] = *form;
        word->form[0].share = 1;
        word->form[i] = swapped;
        while (word->forms > 1)
            free(word->form[--word->forms].text);
        return 0;
    }
    return 0;
}

/* ---- what is to be marked, and what may be misspelt ---- */

/* What is rarer tells more. */
int pm_planner_want(struct pm_planner *planner, const char *form, uint32_t concept, uint32_t phrase,
                    uint32_t offset)
{
    uint32_t freq;
    if (pm_planner_freq(planner, PM_FIELD_TEXT, form, &freq))
        return -1;
    struct pm_wanted_term term = {
        .text = (char *)(uintptr_t)form,
        .len = strlen(form),
        .weight = log(1 + planner->base->documents / (freq + 1.0)) + 0.01,
        .concept = concept,
        .phrase = phrase,
        .offset = offset,
    };
    return pm_wanted_add(&planner->plan->wanted, &term, planner->err);
}

/* The number for a word: of the name that it is by itself, whose clause came before it, or a new
 * one. */
static uint32_t concept_of(struct pm_planner *planner, const struct pm_query_word *word)
{
    struct pm_wanted *wanted = &planner->plan->wanted;
    const char *text = planner->base->text;
    for (size_t i = 0; i < wanted->names; i++)
        if (text + wanted->name[i].at == word->typed &&
            text + wanted->name[i].end == word->typed + word->typed_len)
    return wanted->name[i].concept;
    return wanted->concepts++;
}

int pm_planner_want_word(struct pm_planner *planner, const struct pm_query_word *word)
{
    struct pm_wanted *wanted = &planner->plan->wanted;
    uint32_t concept = concept_of(planner, word);
    for (size_t i = 0; i < word->parts; i++)
        if (pm_planner_want(planner, word->part[i], concept, wanted->phrases, (uint32_t)i))
            return -1;
    wanted->phrases += word->parts > 0;
    for (size_t i = 0; !word->parts && i < word->forms; i++)
        if (pm_planner_want(planner, word->form[i].text, concept, PM_NO_PHRASE, 0))
            return -1;
    return 0;
}

int pm_planner_note(struct pm_planner *planner, const struct pm_query_word *word)
{
    struct pm_plan *plan = planner->plan;
    const char *text = planner->base->text;
    if (word->stop || word->parts || word->typed < text || word->typed >= text + planner->base->len)
        return 0;
    struct pm_plain_word *grown = reallocarray(plan->word, plan->words + 1, sizeof *grown);
    if (!grown)
        return pm_fail_nomem(planner->err);
    plan->word = grown;
    struct pm_plain_word *plain = &plan->word[plan->words];
    *plain = (struct pm_plain_word){.text = word->typed, .len = word->typed_len};
    for (size_t i = 0; i < word->forms; i++) {
        uint32_t freq;
        if (pm_planner_freq(planner, PM_FIELD_TEXT, word->form[i].text, &freq))
            return -1;
        if (freq > plain->articles)
            plain->articles = freq;
    }
    plan->words++;
    return 0;
}
