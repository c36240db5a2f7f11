#include "names.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "countries.h"
#include "forms.h"
#include "mend.h"
#include "utf8.h"

struct name_finder {
    struct entity_finder *finder;
    struct entities found;
    struct forms forms;
    struct pm_buf text;
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
    pm_buf_release(&finder->forms.key);
    pm_fold_free(finder->forms.fold);
    entities_release(&finder->found);
    entity_finder_free(finder->finder);
    pm_buf_release(&finder->text);
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

/* Sets finder->text to a mention, on one line and in natural capitals. */
static int read_mention(struct name_finder *finder, const struct form_mention *mention,
                        enum entity_type type, struct pm_error *err)
{
    const char *from = finder->forms.part[mention->at.part].text + mention->at.start;
    size_t len = mention->at.end - mention->at.start;
    pm_buf_clear(&finder->text);
    pm_utf8_one_line(&finder->text, from, len);
    if (finder->text.failed)
        return pm_fail_nomem(err);
    if (finder->text.len && !forms_has_small(from, len))
        calm(finder->text.data, type);
    return 0;
}

/* ---- entities ---- */

int forms_salience(size_t mentions, bool in_title, bool in_lede)
{
    size_t weight = mentions + (in_title ? 3 : 0) + (in_lede ? 1 : 0);
    return (int)(100 * weight / (weight + 4));
}

static int salience_of(const struct forms *forms, const struct name *name)
{
    bool in_title = false, in_lede = false;
    for (size_t i = 0; i < name->mentions; i++) {
        in_title |= name->mention[i].part == NAME_TITLE;
        in_lede |= name->mention[i].part == NAME_BODY && name->mention[i].start < forms->lede;
    }
    return forms_salience(name->mentions, in_title, in_lede);
}

/* Adds to the aliases what a name is called, unless it is there or is the name itself. */
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
    if (read_mention(finder, &finder->forms.mention[of->written], of->type, err))
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
    /* An alias of one word in capitals may be an acronym: it stays. */
    if (read_mention(finder, mention, ENTITY_ORGANISATION, err))
        return -1;
    return add_alias(name, pm_buf_str(&finder->text), err);
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
        size_t form = forms_root(forms, forms->mention[i].form);
        if (forms->form[form].dropped)
            continue;
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

static struct entity_part part_of(const char *text)
{
    return (struct entity_part){text ? text : "", text ? strlen(text) : 0};
}

int names_find(struct name_finder *finder, enum entity_method method,
               const struct pm_article *article, struct names *names, struct pm_error *err)
{
    struct forms *forms = &finder->forms;
    names_release(names);
    forms->part[NAME_TITLE] = part_of(pm_article_made_title(article) ? NULL : article->title);
    forms->part[NAME_BODY] = part_of(article->body);
    forms->lede = pm_article_lede(forms->part[NAME_BODY].text);
    if (entities_find(finder->finder, method, forms->part, NAME_PARTS, &finder->found, err) ||
        mend_names(forms, &finder->found, err) || forms_make(forms, &finder->found, err) ||
        forms_judge(forms, err))
        return -1;
    forms_link(forms);
    forms_drop(forms);
    size_t *place = calloc(forms->len + 1, sizeof *place);
    names->name = calloc(forms->len + 1, sizeof *names->name);
    int rc = place && names->name ? make(finder, place, names, err) : pm_fail_nomem(err);
    free(place);
    return rc;
}

struct entity_finder *name_finder_entities(const struct name_finder *finder)
{
    return finder->finder;
}
