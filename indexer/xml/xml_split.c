#include "xml_split.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/*
 * libxml2 compares every attribute of a tag with every other, looks through all namespaces
 * for a prefix, and takes some 200 bytes for an element or attribute: these keep its time linear
 * and its room bounded.
 */
#define TAGS_MAX       1000000
#define ATTRIBUTES_MAX 200
#define SPACES_MAX     2000
#define HEAD_MAX       (1024 * 1024)
#define AROUND_TAG_MAX (16 * 1024) /* a longer one stands there by its name alone */

/* ---- what stands around records ---- */

static void push(struct xml_split *split, const struct xml_tag *tag)
{
    const char *text = xml_scan_text(&split->scan);
    if (split->depth == XML_DEPTH || tag->name_len >= XML_NAME) {
        split->too_deep++;
        return;
    }
    split->around[split->depth].at = split->open.len;
    split->around[split->depth++].name = tag->name_len;
    if (tag->broken || tag->to - tag->from > AROUND_TAG_MAX || tag->attributes > ATTRIBUTES_MAX) {
        pm_buf_addf(&split->open, "<%.*s>", (int)tag->name_len, text + tag->name);
        return;
    }
    /* On one line, so that the lines of records can be counted. */
    for (size_t i = tag->from; i < tag->to; i++)
        pm_buf_addc(&split->open, text[i] == '\n' || text[i] == '\r' ? ' ' : text[i]);
}

/* Ends the innermost element of that name, and those in it that nobody ended. */
static void pop(struct xml_split *split, const struct xml_tag *tag)
{
    const char *name = xml_scan_text(&split->scan) + tag->name;
    if (split->too_deep) {
        split->too_deep--;
        return;
    }
    for (size_t i = split->depth; i-- > 0 && !split->open.failed;) {
        const char *other = pm_buf_str(&split->open) + split->around[i].at + 1;
        if (split->around[i].name == tag->name_len && !memcmp(other, name, tag->name_len)) {
            split->open.len = split->around[i].at;
            split->depth = i;
            return;
        }
    }
}

static void begin_document(struct xml_split *split, const char *name, size_t len)
{
    xml_name_copy(split->root, name, len);
    split->closed = false;
    split->documents++;
    split->records = 0;
    split->too_deep = 0;
    pm_buf_clear(&split->head);
}

/* A piece of markup outside of records. */
static void note(struct xml_split *split, enum xml_markup kind, const struct xml_tag *tag)
{
    const char *text = xml_scan_text(&split->scan);
    size_t from = 0, to = split->scan.at;
    if (!split->depth && !split->too_deep) {
        if (kind != XML_OPEN && kind != XML_EMPTY)
            return;
        begin_document(split, text + tag->name, tag->name_len);
        from = tag->from;
    }
    if (!split->records && split->head.len + to - from <= HEAD_MAX)
        pm_buf_add(&split->head, text + from, to - from);
    if (kind == XML_OPEN)
        push(split, tag);
    else if (kind == XML_CLOSE)
        pop(split, tag);
    split->closed |= !split->depth && !split->too_deep;
}

void xml_split_close(const struct xml_split *split, struct pm_buf *out)
{
    for (size_t i = split->depth; i-- > 0 && !split->open.failed;)
        pm_buf_addf(out, "</%.*s>", (int)split->around[i].name,
                    split->open.data + split->around[i].at + 1);
    out->failed |= split->open.failed;
}

/* ---- records ---- */

/* 1 or 0 if `tags` declare the namespace of the prefix to be ours or another, else -1. */
static int declares(const char *tags, size_t len, const char *prefix, const char *space)
{
    char word[XML_NAME + sizeof "xmlns:="];
    size_t word_len = (size_t)snprintf(word, sizeof word, "xmlns:%s=", prefix);
    const char *at = len ? memmem(tags, len, word, word_len) : NULL;
    if (!at)
        return -1;
    const char *end = tags + len;
    at += word_len + 1;
    return at < end && (size_t)(end - at) >= strlen(space) && !memcmp(at, space, strlen(space));
}

static bool is_record(const struct xml_split *split, const struct xml_tag *tag)
{
    char name[XML_NAME];
    const char *text = xml_scan_text(&split->scan);
    xml_name_copy(name, text + tag->name, tag->name_len);
    const char *local = xml_local(name);
    bool named = false;
    for (const char *const *other = split->kind->names; *other && !named; other++)
        named = !strcmp(local, *other);
    if (!named || local == name)
        return named;
    name[local - name - 1] = '\0';
    int ours = declares(text + tag->from, tag->to - tag->from, name, split->kind->space);
    if (ours < 0)
        ours = declares(split->open.data, split->open.len, name, split->kind->space);
    return ours < 0 ? !strcmp(name, split->kind->prefix) : ours;
}

static void begin_record(struct xml_split *split, const struct xml_tag *tag,
                         struct xml_record *record)
{
    const char *text = xml_scan_text(&split->scan);
    split->is_root = !split->depth && !split->too_deep;
    if (split->is_root)
        begin_document(split, text + tag->name, tag->name_len);
    xml_name_copy(split->name, text + tag->name, tag->name_len);
    split->records++;
    xml_scan_pass(&split->scan, tag->from);
    split->inside = true;
    split->scan.lost = false;
    split->tags = 0;
    record->line = split->scan.line + 1;
    record->byte = input_offset(split->scan.input);
}

/* A record of `len` bytes, with an end. */
static int end_record(struct xml_split *split, size_t len, struct xml_record *record,
                      struct pm_error *err)
{
    split->inside = false;
    split->closed |= split->is_root;
    split->len = len;
    if (split->scan.lost || len > INPUT_RECORD_MAX)
        return pm_fail(err, PM_ERR_TOO_LARGE, "<%s> has more than %zu MB", split->name,
                       INPUT_RECORD_MAX >> 20);
    if (split->tags > TAGS_MAX)
        return pm_fail(err, PM_ERR_TOO_LARGE, "<%s> has more than %d tags and attributes",
                       split->name, TAGS_MAX);
    if (split->widest > ATTRIBUTES_MAX)
        return pm_fail(err, PM_ERR_TOO_LARGE, "<%s> has a tag with more than %d attributes",
                       split->name, ATTRIBUTES_MAX);
    if (split->spaces > SPACES_MAX)
        return pm_fail(err, PM_ERR_TOO_LARGE, "<%s> declares more than %d namespaces", split->name,
                       SPACES_MAX);
    record->text = xml_scan_text(&split->scan);
    record->len = len;
    return 1;
}

static int no_end(struct xml_split *split, size_t len, struct pm_error *err)
{
    split->inside = false;
    split->closed |= split->is_root;
    split->len = len;
    return pm_fail(err, PM_ERR_SYNTAX, "<%s> has no end", split->name);
}

/* At the end of the input, where one thing is told that is missing. */
static int end_input(struct xml_split *split, struct xml_record *record, struct pm_error *err)
{
    bool closed = split->closed || !split->root[0];
    split->closed = true;
    if (split->inside)
        return no_end(split, split->scan.at, err);
    if (closed)
        return 0;
    xml_scan_pass(&split->scan, split->scan.at);
    record->line = split->scan.line + 1;
    record->byte = input_offset(split->scan.input);
    return pm_fail(err, PM_ERR_SYNTAX, "the document ends before its <%s> does", split->root);
}

int xml_split_next(struct xml_split *split, struct xml_record *record, struct pm_error *err)
{
    struct xml_tag tag;
    int kind;
    split->scan.at = split->len;
    xml_scan_pass(&split->scan, split->len);
    split->len = 0;
    while ((kind = xml_scan_next(&split->scan, &tag, err)) > 0) {
        bool is_tag = kind != XML_OTHER;
        const char *name = xml_scan_text(&split->scan) + tag.name;
        if (split->inside && is_tag) {
            split->tags += 1 + tag.attributes;
            split->widest = tag.attributes > split->widest ? tag.attributes : split->widest;
            split->spaces += tag.spaces;
            if (tag.name_len != strlen(split->name) || memcmp(name, split->name, tag.name_len))
                continue;
            if (kind == XML_CLOSE)
                return end_record(split, tag.to, record, err);
            /* Records do not stand in each other: the one before was never ended. */
            if (kind == XML_OPEN)
                return no_end(split, tag.from, err);
        } else if (is_tag && kind != XML_CLOSE && is_record(split, &tag)) {
            size_t from = tag.from;
            begin_record(split, &tag, record);
            split->widest = tag.attributes;
            split->spaces = tag.spaces;
            if (kind == XML_EMPTY)
                return end_record(split, tag.to - from, record, err);
        } else if (!split->inside) {
            note(split, (enum xml_markup)kind, &tag);
            xml_scan_pass(&split->scan, split->scan.at);
        }
    }
    if (split->open.failed || split->head.failed)
        return pm_fail_nomem(err);
    return kind < 0 ? -1 : end_input(split, record, err);
}

void xml_split_release(struct xml_split *split)
{
    pm_buf_release(&split->open);
    pm_buf_release(&split->head);
}
