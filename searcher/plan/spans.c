#include "spans.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "places.h"

#define ALLOWANCE (1 << 22) /* steps in one document, some ten milliseconds */

/* What is allocated for a pm_spans: with the groups of its query. */
struct node {
    struct pm_spans spans;
    size_t term_cap, child_cap;
    struct pm_db_terms *group;
    struct pm_db_bytes *member; /* the terms of all groups, borrowed from the children */
};

/* ---- the tree ---- */

struct pm_spans *pm_spans_new(enum pm_spans_kind kind, uint32_t distance, struct pm_error *err)
{
    struct node *node = calloc(1, sizeof *node);
    if (!node) {
        pm_fail_nomem(err);
        return NULL;
    }
    node->spans.kind = kind;
    node->spans.distance = distance;
    return &node->spans;
}

/* `array` with room for one more element of `size` bytes than `len`, or NULL. */
static void *make_room(void *array, size_t len, size_t *cap, size_t size, struct pm_error *err)
{
    if (len < *cap)
        return array;
    size_t more = *cap ? *cap * 2 : 4;
    void *grown = reallocarray(array, more, size);
    if (grown)
        *cap = more;
    else
        pm_fail_nomem(err);
    return grown;
}

int pm_spans_add_term(struct pm_spans *spans, const char *term, size_t len, struct pm_error *err)
{
    assert(spans->kind == PM_SPANS_TERMS);
    struct node *node = (struct node *)spans;
    struct pm_db_bytes *grown =
        make_room(spans->term, spans->terms, &node->term_cap, sizeof *grown, err);
    if (!grown)
        return -1;
    spans->term = grown;
    char *copy = malloc(len + 1);
    if (!copy)
        return pm_fail_nomem(err);
    memcpy(copy, term, len);
    copy[len] = '\0';
    spans->term[spans->terms++] = (struct pm_db_bytes){copy, len};
    return 0; /* cppcheck-suppress memleak */
}

int pm_spans_add_child(struct pm_spans *spans, struct pm_spans *child, struct pm_error *err)
{
    assert(spans->kind != PM_SPANS_TERMS);
    struct node *node = (struct node *)spans;
    struct pm_spans **grown =
        make_room(spans->child, spans->children, &node->child_cap, sizeof *grown, err);
    if (!grown) {
        pm_spans_free(child);
        return -1;
    }
    spans->child = grown;
    spans->child[spans->children++] = child;
    return 0;
}

void pm_spans_free(struct pm_spans *spans)
{
    if (!spans)
        return;
    struct node *node = (struct node *)spans;
    for (size_t i = 0; i < spans->terms; i++)
        free((char *)(uintptr_t)spans->term[i].data);
    for (size_t i = 0; i < spans->children; i++)
        pm_spans_free(spans->child[i]);
    free(spans->term);
    free(spans->child);
    free(node->group);
    free(node->member);
    free(node);
}

/* ---- in a document ---- */

struct document {
    const struct pm_db_candidate *candidate;
    struct pm_buf positions; /* of one term */
    int64_t allowance;
};

static int gather(struct document *document, const struct pm_spans *spans, struct pm_places *out,
                  struct pm_error *err);

static int add_terms(struct document *document, const struct pm_spans *spans, struct pm_places *out,
                     struct pm_error *err)
{
    for (size_t i = 0; i < spans->terms; i++) {
        pm_buf_clear(&document->positions);
        if (pm_db_candidate_positions(document->candidate, &spans->term[i], &document->positions,
                                      err))
            return -1;
        for (size_t at = 0; at < document->positions.len; at += sizeof(uint32_t)) {
            uint32_t position;
            memcpy(&position, document->positions.data + at, sizeof position);
            if (pm_places_add(out, position, position, 0, err))
                return -1;
        }
    }
    return 0;
}

/* Where `spans` stands, into `out`, which is empty: 0 or -1. */
static int find_places(struct document *document, const struct pm_spans *spans,
                       struct pm_places *out, struct pm_error *err)
{
    struct pm_places parts = {0};
    int rc;
    switch (spans->kind) {
    case PM_SPANS_TERMS:
        rc = add_terms(document, spans, out, err);
        break;
    case PM_SPANS_ANY:
        rc = gather(document, spans, out, err);
        for (size_t i = 0; i < out->len; i++)
            out->item[i].child = 0;
        break;
    default:
        rc = gather(document, spans, &parts, err);
        if (!rc)
            rc = pm_places_join(spans, &parts, out, &document->allowance, err);
    }
    if (rc >= 0)
        pm_places_sort(out);
    pm_places_release(&parts);
    return rc < 0 ? -1 : 0;
}

/* The places of all children, sorted; of a phrase or NEAR none if a child has none. */
static int gather(struct document *document, const struct pm_spans *spans, struct pm_places *out,
                  struct pm_error *err)
{
    struct pm_places part = {0};
    int rc = 0;
    for (size_t i = 0; !rc && i < spans->children; i++) {
        part.len = 0;
        rc = find_places(document, spans->child[i], &part, err);
        if (!rc && !part.len && spans->kind != PM_SPANS_ANY) {
            out->len = 0;
            break;
        }
        for (size_t j = 0; !rc && j < part.len; j++)
            rc = pm_places_add(out, part.item[j].start, part.item[j].end, (uint32_t)i, err);
    }
    pm_places_release(&part);
    pm_places_sort(out);
    return rc;
}

static int stands(const struct pm_db_candidate *candidate, void *arg, struct pm_error *err)
{
    const struct pm_spans *spans = arg;
    struct document document = {.candidate = candidate, .allowance = ALLOWANCE};
    struct pm_places parts = {0};
    int rc = gather(&document, spans, &parts, err);
    if (!rc && parts.len)
        rc = pm_places_join(spans, &parts, NULL, &document.allowance, err);
    pm_places_release(&parts);
    pm_buf_release(&document.positions);
    return rc;
}

/* ---- the query ---- */

static size_t count_terms(const struct pm_spans *spans)
{
    size_t terms = spans->terms;
    for (size_t i = 0; i < spans->children; i++)
        terms += count_terms(spans->child[i]);
    return terms;
}

static struct pm_db_bytes *copy_terms(const struct pm_spans *spans, struct pm_db_bytes *to)
{
    for (size_t i = 0; i < spans->terms; i++)
        *to++ = spans->term[i];
    for (size_t i = 0; i < spans->children; i++)
        to = copy_terms(spans->child[i], to);
    return to;
}

/* A group for each child: all the terms in it, one of which a document must have. */
static int make_groups(struct node *node, struct pm_error *err)
{
    const struct pm_spans *spans = &node->spans;
    if (node->group)
        return 0;
    node->member = calloc(count_terms(spans) + 1, sizeof *node->member);
    struct pm_db_terms *group = calloc(spans->children, sizeof *group);
    if (!node->member || !group) {
        free(group);
        free(node->member);
        node->member = NULL;
        return pm_fail_nomem(err);
    }
    struct pm_db_bytes *next = node->member;
    for (size_t i = 0; i < spans->children; i++) {
        group[i].term = next;
        next = copy_terms(spans->child[i], next);
        group[i].len = (size_t)(next - group[i].term);
    }
    node->group = group;
    return 0;
}

struct pm_db_query *pm_spans_query(const struct pm_spans *spans, struct pm_error *err)
{
    assert((spans->kind == PM_SPANS_PHRASE || spans->kind == PM_SPANS_NEAR) && spans->children);
    struct node *node = (struct node *)(uintptr_t)spans;
    if (make_groups(node, err))
        return NULL;
    return pm_db_query_checked(node->group, spans->children, stands, node, err);
}
