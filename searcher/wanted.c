#include "wanted.h"

#include <stdlib.h>
#include <string.h>

#include "array.h"

int pm_wanted_add(struct pm_wanted *wanted, const struct pm_wanted_term *term, struct pm_error *err)
{
    if (wanted->len == wanted->cap) {
        size_t cap = wanted->cap ? wanted->cap * 2 : 16;
        struct pm_wanted_term *grown = reallocarray(wanted->term, cap, sizeof *grown);
        if (!grown)
            return pm_fail_nomem(err);
        wanted->term = grown;
        wanted->cap = cap;
    }
    char *text = malloc(term->len + 1);
    if (!text)
        return pm_fail_nomem(err);
    if (term->len)
        memcpy(text, term->text, term->len);
    text[term->len] = '\0';
    wanted->term[wanted->len] = *term;
    wanted->term[wanted->len++].text = text;
    return 0;
}

int pm_wanted_add_name(struct pm_wanted *wanted, const struct pm_wanted_name *name, size_t len,
                       struct pm_error *err)
{
    struct pm_wanted_name *grown = pm_array_room(wanted->name, wanted->names, sizeof *grown);
    if (!grown)
        return pm_fail_nomem(err);
    wanted->name = grown;
    char *text = strndup(name->entity, len);
    if (!text)
        return pm_fail_nomem(err);
    grown[wanted->names] = *name;
    grown[wanted->names++].entity = text;
    return 0;
}

static int compare_text(const struct pm_wanted_term *term, const char *text, size_t len)
{
    size_t common = term->len < len ? term->len : len;
    int order = common ? memcmp(term->text, text, common) : 0;
    return order ? order : (term->len > len) - (term->len < len);
}

/* By text; the rest only makes the order the same wherever the plan began. */
static int compare_terms(const void *left, const void *right)
{
    const struct pm_wanted_term *a = left, *b = right;
    int order = compare_text(a, b->text, b->len);
    if (!order)
        order = (a->concept > b->concept) - (a->concept < b->concept);
    if (!order)
        order = (a->phrase > b->phrase) - (a->phrase < b->phrase);
    return order ? order : (a->offset > b->offset) - (a->offset < b->offset);
}

void pm_wanted_sort(struct pm_wanted *wanted)
{
    if (wanted->len)
        qsort(wanted->term, wanted->len, sizeof *wanted->term, compare_terms);
    for (size_t i = 0; i < wanted->len; i++)
        pm_starts_add(&wanted->starts, wanted->term[i].text, wanted->term[i].len);
    pm_starts_add_spellings(&wanted->starts);
}

const struct pm_wanted_term *pm_wanted_find(const struct pm_wanted *wanted, const char *text,
                                            size_t len)
{
    size_t low = 0, high = wanted->len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_text(&wanted->term[middle], text, len) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == wanted->len || compare_text(&wanted->term[low], text, len))
        return NULL;
    return &wanted->term[low];
}

void pm_wanted_release(struct pm_wanted *wanted)
{
    for (size_t i = 0; i < wanted->len; i++)
        free(wanted->term[i].text);
    free(wanted->term);
    for (size_t i = 0; i < wanted->names; i++)
        free(wanted->name[i].entity);
    free(wanted->name);
    *wanted = (struct pm_wanted){0};
}
