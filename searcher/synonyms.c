#include "synonyms.h"

#include <stdlib.h>
#include <string.h>

#include "fold.h"
#include "lines.h"
#include "word_key.h"

#define ADDED_MAX 10000 /* nodes that synonyms may add to a query, whose size is bounded too */

struct member {
    char *key;  /* what it is known by, see word_key.h */
    char *text; /* as the file has it */
    size_t group;
};

struct pm_synonyms {
    struct member *member; /* in the order of the file: those of a group stand together */
    size_t len, cap;
    size_t *first; /* of each group, its first member; one more at the end */
    size_t groups, groups_cap;
    const struct member **by_key; /* sorted by key, then as in the file */
};

/* The first member, by key, whose key is not below `key`. */
static size_t find_key(const struct pm_synonyms *synonyms, const char *key)
{
    size_t low = 0, high = synonyms->len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(synonyms->by_key[middle]->key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool has_key(const struct pm_synonyms *synonyms, size_t at, const char *key)
{
    return at < synonyms->len && !strcmp(synonyms->by_key[at]->key, key);
}

/* ---- reading ---- */

struct reading {
    struct pm_lines lines;
    struct pm_fold *fold;
    struct pm_buf key;
};

void pm_synonyms_close(struct pm_synonyms *synonyms)
{
    if (!synonyms)
        return;
    for (size_t i = 0; i < synonyms->len; i++) {
        free(synonyms->member[i].key);
        free(synonyms->member[i].text);
    }
    free(synonyms->member);
    free(synonyms->first);
    free(synonyms->by_key);
    free(synonyms);
}

static int add_member(struct pm_synonyms *synonyms, struct reading *reading, const char *text,
                      size_t len, struct pm_error *err)
{
    if (pm_word_key(reading->fold, text, len, &reading->key, err))
        return -1;
    if (!reading->key.len)
        return pm_lines_fail(&reading->lines, err, "a member without letters and digits");
    if (synonyms->len == synonyms->cap) {
        size_t cap = synonyms->cap ? synonyms->cap * 2 : 64;
        struct member *grown = realloc(synonyms->member, cap * sizeof *grown);
        if (!grown)
            return pm_fail_nomem(err);
        synonyms->member = grown;
        synonyms->cap = cap;
    }
    struct member *member = &synonyms->member[synonyms->len];
    *member = (struct member){strdup(reading->key.data), strndup(text, len), synonyms->groups};
    synonyms->len++;
    return member->key && member->text ? 0 : pm_fail_nomem(err);
}

/* Notes that the next member begins a group. */
static int mark_group(struct pm_synonyms *synonyms, struct pm_error *err)
{
    if (synonyms->groups == synonyms->groups_cap) {
        size_t cap = synonyms->groups_cap ? synonyms->groups_cap * 2 : 16;
        size_t *grown = realloc(synonyms->first, cap * sizeof *grown);
        if (!grown)
            return pm_fail_nomem(err);
        synonyms->first = grown;
        synonyms->groups_cap = cap;
    }
    synonyms->first[synonyms->groups] = synonyms->len;
    return 0;
}

/* Adds the group of a line, whose white space is single spaces; empty members are none. */
static int add_group(struct pm_synonyms *synonyms, struct reading *reading, const char *line,
                     struct pm_error *err)
{
    size_t before = synonyms->len;
    if (mark_group(synonyms, err))
        return -1;
    for (const char *at = line; *at; at += *at == ',') {
        at += strspn(at, " ");
        size_t len = strcspn(at, ","), kept = len;
        while (kept && at[kept - 1] == ' ')
            kept--;
        if (kept && add_member(synonyms, reading, at, kept, err))
            return -1;
        at += len;
    }
    if (synonyms->len - before < 2)
        return pm_lines_fail(&reading->lines, err,
                             "no group: it needs two or more members between commas");
    synonyms->groups++;
    return 0;
}

static int by_key(const void *a, const void *b)
{
    const struct member *one = *(const struct member *const *)a;
    const struct member *other = *(const struct member *const *)b;
    int order = strcmp(one->key, other->key);
    return order ? order : (one > other) - (one < other);
}

static int sort_members(struct pm_synonyms *synonyms, struct pm_error *err)
{
    if (!synonyms->len)
        return 0;
    synonyms->by_key = calloc(synonyms->len, sizeof *synonyms->by_key);
    if (!synonyms->by_key)
        return pm_fail_nomem(err);
    for (size_t i = 0; i < synonyms->len; i++)
        synonyms->by_key[i] = &synonyms->member[i];
    qsort(synonyms->by_key, synonyms->len, sizeof *synonyms->by_key, by_key);
    return 0;
}

struct pm_synonyms *pm_synonyms_open(const char *path, struct pm_error *err)
{
    int rc = -1;
    const char *line;
    struct reading reading = {0};
    struct pm_synonyms *synonyms = calloc(1, sizeof *synonyms);
    if (!synonyms) {
        pm_fail_nomem(err);
        goto out;
    }
    reading.fold = pm_fold_new(err);
    if (!reading.fold || pm_lines_open(&reading.lines, path, err))
        goto out;
    while ((rc = pm_lines_next(&reading.lines, &line, err)) == 1)
        if ((rc = add_group(synonyms, &reading, line, err)))
            goto out;
    if (!rc && !(rc = mark_group(synonyms, err)))
        rc = sort_members(synonyms, err);
out:
    pm_lines_release(&reading.lines);
    pm_buf_release(&reading.key);
    pm_fold_free(reading.fold);
    if (rc) {
        pm_synonyms_close(synonyms);
        synonyms = NULL;
    }
    return synonyms;
}

/* ---- bringing them into a query ---- */

struct applying {
    const struct pm_synonyms *synonyms;
    struct pm_fold *fold;
    struct pm_buf key, run;
    const struct member **other; /* the members to add, while a chain of nodes is made */
    size_t others, cap, added;
    struct pm_error *err;
};

/* Adds to `applying->other` a member that is neither known by `key` nor there already. */
static int choose(struct applying *applying, const struct member *member, const char *key)
{
    if (!strcmp(member->key, key))
        return 0;
    for (size_t i = 0; i < applying->others; i++)
        if (!strcmp(applying->other[i]->key, member->key))
            return 0;
    if (applying->others == applying->cap) {
        size_t cap = applying->cap ? applying->cap * 2 : 16;
        const struct member **grown = realloc(applying->other, cap * sizeof *grown);
        if (!grown)
            return pm_fail_nomem(applying->err);
        applying->other = grown;
        applying->cap = cap;
    }
    applying->other[applying->others++] = member;
    applying->added++;
    return 0;
}

static int fail_too_many(struct applying *applying, const struct pm_node *clause)
{
    if (applying->err && !applying->err->code)
        applying->err->offset = clause->at;
    return pm_fail(applying->err, PM_ERR_QUERY, "synonyms would add more than %d words", ADDED_MAX);
}

/* Chooses the other members of all groups that have `key`, which the clause spells. */
static int choose_others(struct applying *applying, const struct pm_node *clause, const char *key)
{
    const struct pm_synonyms *synonyms = applying->synonyms;
    applying->others = 0;
    for (size_t at = find_key(synonyms, key); has_key(synonyms, at, key); at++) {
        size_t group = synonyms->by_key[at]->group;
        if (has_key(synonyms, at + 1, key) && synonyms->by_key[at + 1]->group == group)
            continue;
        for (size_t i = synonyms->first[group]; i < synonyms->first[group + 1]; i++) {
            if (choose(applying, &synonyms->member[i], key))
                return -1;
            if (applying->added > ADDED_MAX)
                return fail_too_many(applying, clause);
        }
    }
    return 0;
}

/* A node for each of the members chosen, in the field of `model` and at its place. */
static int make_others(struct applying *applying, const struct pm_node *model, size_t end,
                       struct pm_node **chain)
{
    *chain = NULL;
    for (size_t i = applying->others; i-- > 0;) {
        const char *text = applying->other[i]->text;
        struct pm_node *node =
            pm_node_new(strchr(text, ' ') ? PM_NODE_PHRASE : PM_NODE_WORD, applying->err);
        if (!node)
            goto failed;
        node->next = *chain;
        *chain = node;
        node->field = model->field;
        node->named = model->named;
        node->at = model->at;
        node->end = end;
        if (!(node->own = strdup(text))) {
            pm_fail_nomem(applying->err);
            goto failed;
        }
        node->text = node->own;
        node->len = strlen(text);
    }
    return 0;
failed:
    pm_query_free(*chain);
    *chain = NULL;
    return -1;
}

/* Makes the leaf an OR of what it was and of the others. */
static int replace(struct applying *applying, struct pm_node *leaf)
{
    struct pm_node *others, *copy;
    if (pm_word_key(applying->fold, leaf->text, leaf->len, &applying->key, applying->err))
        return -1;
    if (choose_others(applying, leaf, pm_buf_str(&applying->key)))
        return -1;
    if (!applying->others)
        return 0;
    if (make_others(applying, leaf, leaf->end, &others))
        return -1;
    if (!(copy = pm_node_new(leaf->kind, applying->err))) {
        pm_query_free(others);
        return -1;
    }
    *copy = *leaf;
    copy->occur = PM_SHOULD;
    copy->boost = 1;
    copy->next = others;
    leaf->kind = PM_NODE_OR;
    leaf->field = PM_FIELD_TEXT; /* fields are of leaves */
    leaf->named = false;
    leaf->distance = 0;
    leaf->text = NULL;
    leaf->len = 0;
    leaf->own = NULL;
    leaf->child = copy;
    return 0;
}

/* True for a word in a list that nothing was said of. */
static bool is_bare(const struct pm_node *node, enum pm_field field)
{
    return node && node->kind == PM_NODE_WORD && node->occur == PM_SHOULD && !node->named &&
           node->field == field && node->boost == 1;
}

static bool has_words(enum pm_field field)
{
    return pm_schema[field].flags & PM_FIELD_WORDS;
}

/*
 * The last word of the longest run of two or more from `first` on that spells a member, in *last,
 * with the others chosen; NULL if there is none.  Between words may stand what has none ("&").
 */
static int find_run(struct applying *applying, struct pm_node *first, struct pm_node **last)
{
    const struct pm_synonyms *synonyms = applying->synonyms;
    struct pm_buf *run = &applying->run;
    size_t longest = 0;
    *last = NULL;
    pm_buf_clear(run);
    for (struct pm_node *node = first; is_bare(node, first->field); node = node->next) {
        if (pm_word_key(applying->fold, node->text, node->len, &applying->key, applying->err))
            return -1;
        if (!applying->key.len && node != first)
            continue;
        if (run->len)
            pm_buf_addc(run, ' ');
        pm_buf_add(run, pm_buf_str(&applying->key), applying->key.len);
        if (run->failed)
            return pm_fail_nomem(applying->err);
        size_t at = find_key(synonyms, pm_buf_str(run));
        if (!run->len || at == synonyms->len ||
            strncmp(synonyms->by_key[at]->key, run->data, run->len))
            break;
        if (node != first && has_key(synonyms, at, run->data)) {
            *last = node;
            longest = run->len;
        }
    }
    if (!*last)
        return 0;
    run->data[longest] = '\0';
    return choose_others(applying, first, run->data);
}

static int apply(struct applying *applying, struct pm_node *node);

static int apply_to_list(struct applying *applying, struct pm_node *list)
{
    for (struct pm_node *node = list->child; node; node = node->next) {
        struct pm_node *last = NULL, *others;
        if (is_bare(node, node->field) && has_words(node->field) && find_run(applying, node, &last))
            return -1;
        if (!last) {
            if (apply(applying, node))
                return -1;
            continue;
        }
        if (make_others(applying, node, last->end, &others))
            return -1;
        struct pm_node *next = last->next;
        last->next = others;
        for (node = last; node->next; node = node->next)
            ;
        node->next = next;
    }
    return 0;
}

static int apply(struct applying *applying, struct pm_node *node)
{
    switch (node->kind) {
    case PM_NODE_LIST:
        return apply_to_list(applying, node);
    case PM_NODE_AND:
    case PM_NODE_OR:
    case PM_NODE_NOT:
        for (struct pm_node *child = node->child; child; child = child->next)
            if (apply(applying, child))
                return -1;
        return 0;
    case PM_NODE_WORD:
    case PM_NODE_PHRASE:
        return has_words(node->field) ? replace(applying, node) : 0;
    default:
        return 0; /* what is exact, or near something, is meant as it stands */
    }
}

int pm_synonyms_apply(const struct pm_synonyms *synonyms, struct pm_node *tree,
                      struct pm_error *err)
{
    struct applying applying = {.synonyms = synonyms, .err = err};
    applying.fold = pm_fold_new(err);
    int rc = applying.fold ? apply(&applying, tree) : -1;
    pm_fold_free(applying.fold);
    pm_buf_release(&applying.key);
    pm_buf_release(&applying.run);
    free(applying.other);
    return rc;
}
