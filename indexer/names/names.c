#include "names.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "countries.h"
#include "forms.h"
#include "utf8.h"

struct name_finder {
    struct entity_finder *finder;
    struct entities found;
    struct forms forms;
    struct pm_buf text, other;
};

struct name_finder *name_finder_new(struct pm_error *err)
{
    struct name_finder *finder = calloc(1, sizeof *finder);
    if (!finder) {
        pm_fail_nomem(err);
        return NULL;
    }
    if ((finder->finder = entity_finder_new(err)))
        finder->forms.fold = pm_fold_new(err);
    if (!finder->forms.fold) {
        name_finder_free(finder);
        return NULL;
    }
    return finder;
}

void name_finder_free(struct name_finder *finder)
{
    if (!finder)
        return;
    forms_clear(&finder->forms);
    pm_buf_release(&finder->forms.text);
    pm_buf_release(&finder->forms.key);
    pm_fold_free(finder->forms.fold);
    entities_release(&finder->found);
    entity_finder_free(finder->finder);
    pm_buf_release(&finder->text);
    pm_buf_release(&finder->other);
    free(finder);
}

void names_release(struct names *names)
{
    for (size_t i = 0; i < names->len; i++) {
        struct name *name = &names->name[i];
        for (size_t j = 0; j < name->aliases; j++)
            free(name->alias[j]);
        free(name->alias);
        free(name->text);
        free(name->mention);
    }
    free(names->name);
    *names = (struct names){0};
}

/* ---- how a name is written ---- */

/* The mention as it stands, on one line. */
static int read_mention(const struct forms *forms, const struct form_mention *mention,
                        struct pm_buf *out, struct pm_error *err)
{
    pm_buf_clear(out);
    pm_utf8_one_line(out, forms->part[mention->at.part].text + mention->at.start,
                     mention->at.end - mention->at.start);
    return out->failed ? pm_fail_nomem(err) : 0;
}

static bool has_small(const char *text)
{
    for (; *text; text++)
        if (islower((unsigned char)*text) || (unsigned char)*text >= 0x80)
            return true;
    return false;
}

/* "HUN SEN" to "Hun Sen": words of ASCII capitals, but for what may be an acronym. */
static void calm(char *text, enum entity_type type)
{
    bool several = strchr(text, ' ');
    if (!several && type != ENTITY_PERSON && type != ENTITY_PLACE)
        return;
    for (char *word = text; *word; word += *word == ' ') {
        size_t len = strcspn(word, " ");
        bool vowel = false;
        for (size_t i = 0; i < len; i++)
            vowel |= strchr("AEIOUY", word[i]) != NULL;
        for (size_t i = 1; vowel && len > 2 && i < len; i++)
            if (isalpha((unsigned char)word[i - 1]))
                word[i] = (char)tolower((unsigned char)word[i]);
        word += len;
    }
}

/*
 * Sets finder->text to a form as it stands: in small letters if it does so anywhere, the most
 * often written first.
 */
static int read_form(struct name_finder *finder, size_t form, struct pm_error *err)
{
    const struct forms *forms = &finder->forms;
    struct pm_buf *text = &finder->text, *other = &finder->other;
    size_t left = forms->form[form].mentions;
    pm_buf_clear(text);
    for (size_t i = forms->form[form].first; left && i < forms->mentions; i++) {
        if (forms->mention[i].form != form)
            continue;
        left--;
        if (read_mention(forms, &forms->mention[i], other, err))
            return -1;
        if (!text->len || (!has_small(pm_buf_str(text)) && has_small(pm_buf_str(other)))) {
            pm_buf_clear(text);
            pm_buf_add(text, pm_buf_str(other), other->len);
        }
        if (has_small(pm_buf_str(text)))
            break;
    }
    if (text->failed)
        return pm_fail_nomem(err);
    if (!has_small(pm_buf_str(text)))
        calm(text->data, forms->form[form].type);
    return 0;
}

/* ---- entities ---- */

/* How much there is of a name: its mentions, one in the title and one in the first paragraph. */
static int salience_of(const struct forms *forms, const struct name *name)
{
    const struct entity_part *body = forms->parts > 1 ? &forms->part[1] : NULL;
    const char *end = body && body->len ? memchr(body->text, '\n', body->len) : NULL;
    size_t lede = end ? (size_t)(end - body->text) : body ? body->len : 0;
    size_t weight = name->mentions;
    bool in_title = false, in_lede = false;
    for (size_t i = 0; i < name->mentions; i++) {
        in_title |= name->mention[i].part == 0;
        in_lede |= name->mention[i].part == 1 && name->mention[i].start < lede;
    }
    weight += (in_title ? 3 : 0) + (in_lede ? 1 : 0);
    return (int)(100 * weight / (weight + 4));
}

/* Adds what stands in finder->text to the aliases, unless it is there or is the name itself. */
static int add_alias(struct name *name, const char *text, struct pm_error *err)
{
    if (!strcmp(name->text, text))
        return 0;
    for (size_t i = 0; i < name->aliases; i++)
        if (!strcmp(name->alias[i], text))
            return 0;
    char **grown = reallocarray(name->alias, name->aliases + 1, sizeof *grown);
    if (grown)
        name->alias = grown;
    if (!grown || !(grown[name->aliases] = strdup(text)))
        return pm_fail_nomem(err);
    name->aliases++;
    return 0;
}

#define ALIASES_MAX 16 /* of one name: more are noise, and looking through them takes time */

/* The name that a form which stands for itself is, without its mentions. */
static int start_name(struct name_finder *finder, size_t form, struct name *name,
                      struct pm_error *err)
{
    const struct form *of = &finder->forms.form[form];
    const char *country = of->type == ENTITY_PLACE ? country_of(of->key, strlen(of->key)) : NULL;
    if (read_form(finder, form, err))
        return -1;
    name->type = of->type;
    name->text = strdup(country ? country : pm_buf_str(&finder->text));
    return name->text ? 0 : pm_fail_nomem(err);
}

static int add_to_name(struct name_finder *finder, const struct form_mention *mention,
                       struct name *name, struct pm_error *err)
{
    name->mention[name->mentions++] = mention->at;
    if (name->aliases == ALIASES_MAX)
        return 0;
    if (read_mention(&finder->forms, mention, &finder->other, err))
        return -1;
    if (!has_small(pm_buf_str(&finder->other)) && strchr(finder->other.data, ' '))
        calm(finder->other.data, name->type);
    return add_alias(name, pm_buf_str(&finder->other), err);
}

static int by_salience(const void *a, const void *b)
{
    const struct name *x = a, *y = b;
    if (x->salience != y->salience)
        return x->salience > y->salience ? -1 : 1;
    const struct name_mention *m = &x->mention[0], *n = &y->mention[0];
    if (m->part != n->part)
        return m->part < n->part ? -1 : 1;
    return (m->start > n->start) - (m->start < n->start);
}

/* Makes the names of the forms, which are linked; `place` says which name a form is, from 1. */
static int make(struct name_finder *finder, size_t *place, struct names *names,
                struct pm_error *err)
{
    struct forms *forms = &finder->forms;
    for (size_t i = 0; i < forms->mentions; i++) {
        size_t form = forms->mention[i].form;
        while (forms->form[form].of != form)
            form = forms->form[form].of;
        if (!place[form]) {
            struct name *name = &names->name[names->len++];
            if (start_name(finder, form, name, err))
                return -1;
            place[form] = names->len;
        }
        struct name *name = &names->name[place[form] - 1];
        struct name_mention *grown =
            pm_array_room(name->mention, name->mentions, sizeof *name->mention);
        if (!grown)
            return pm_fail_nomem(err);
        name->mention = grown;
        if (add_to_name(finder, &forms->mention[i], name, err))
            return -1;
    }
    for (size_t i = 0; i < names->len; i++)
        names->name[i].salience = salience_of(forms, &names->name[i]);
    if (names->len)
        qsort(names->name, names->len, sizeof *names->name, by_salience);
    return 0;
}

int names_find(struct name_finder *finder, enum entity_method method,
               const struct entity_part *part, size_t parts, struct names *names,
               struct pm_error *err)
{
    struct forms *forms = &finder->forms;
    names_release(names);
    forms->part = part;
    forms->parts = parts;
    if (entities_find(finder->finder, method, part, parts, &finder->found, err) ||
        forms_make(forms, &finder->found, err))
        return -1;
    forms_link(forms);
    size_t *place = calloc(forms->len + 1, sizeof *place);
    names->name = calloc(forms->len + 1, sizeof *names->name);
    int rc = place && names->name ? make(finder, place, names, err) : pm_fail_nomem(err);
    free(place);
    return rc;
}
