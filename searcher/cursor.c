#include "cursor.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schema.h"

#define MAX_RANK 100000000u
#define PARTS    7 /* of a cursor */

static const char *const names[] = {
    [PM_SORT_RELEVANCE] = "relevance",
    [PM_SORT_OLDEST] = "date",
    [PM_SORT_NEWEST] = "-date",
    [PM_SORT_SOURCE] = "source",
};

/* ---- keys ---- */

static char *value_of(const struct pm_db *db, uint32_t docid, enum pm_field field,
                      struct pm_error *err)
{
    struct pm_buf value = PM_BUF_INIT;
    if (pm_db_found_value(db, docid, pm_schema[field].slot, &value, err)) {
        pm_buf_release(&value);
        return NULL;
    }
    char *text = pm_buf_detach(&value);
    if (!text)
        pm_fail_nomem(err);
    return text;
}

int pm_key_read(const struct pm_db *db, uint32_t docid, double score, struct pm_key *key,
                struct pm_error *err)
{
    *key = (struct pm_key){.score = score};
    if ((key->source = value_of(db, docid, PM_FIELD_SOURCE, err)) &&
        (key->date = value_of(db, docid, PM_FIELD_DATE, err)) &&
        (key->id = value_of(db, docid, PM_FIELD_ID, err)))
        return 0;
    pm_key_release(key);
    return -1;
}

static char *copy(const char *text, struct pm_error *err)
{
    char *copied = strdup(text ? text : "");
    if (!copied)
        pm_fail_nomem(err);
    return copied;
}

int pm_key_of(const struct pm_article *article, double score, struct pm_key *key,
              struct pm_error *err)
{
    *key = (struct pm_key){.score = score};
    if ((key->source = copy(article->source, err)) && (key->date = copy(article->date.text, err)) &&
        (key->id = copy(article->id, err)))
        return 0;
    pm_key_release(key);
    return -1;
}

void pm_key_release(struct pm_key *key)
{
    free(key->source);
    free(key->date);
    free(key->id);
    *key = (struct pm_key){0};
}

/* In rising order, but what is empty last. */
static int compare_text(const char *a, const char *b)
{
    if (!*a || !*b)
        return !*a - !*b;
    return strcmp(a, b);
}

int pm_key_compare(enum pm_sort sort, const struct pm_key *a, const struct pm_key *b)
{
    int order = 0;
    if (sort == PM_SORT_RELEVANCE)
        order = (a->score < b->score) - (a->score > b->score);
    else if (sort == PM_SORT_SOURCE)
        order = compare_text(a->source, b->source);
    if (!order)
        order = sort == PM_SORT_OLDEST ? compare_text(a->date, b->date) : strcmp(b->date, a->date);
    return order ? order : strcmp(a->id, b->id);
}

/* ---- cursors ---- */

/* Everything but letters, digits and a few signs as %XX. */
static void escape(const char *text, struct pm_buf *out)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if ((c < 128 && isalnum(c)) || (c && strchr("-._:/", c)))
            pm_buf_addc(out, *text);
        else
            pm_buf_addf(out, "%%%02X", c);
    }
}

static char *unescape(const char *text, size_t len)
{
    struct pm_buf out = PM_BUF_INIT;
    pm_buf_adds(&out, "");
    for (size_t i = 0; i < len; i++) {
        unsigned byte;
        if (text[i] != '%') {
            pm_buf_addc(&out, text[i]);
        } else if (len - i > 2 && isxdigit((unsigned char)text[i + 1]) &&
                   sscanf(text + i + 1, "%2x", &byte) == 1 && byte) {
            pm_buf_addc(&out, (char)byte);
            i += 2;
        } else {
            out.failed = true;
            break;
        }
    }
    char *unescaped = pm_buf_detach(&out);
    pm_buf_release(&out);
    return unescaped;
}

void pm_cursor_format(const struct pm_cursor *cursor, struct pm_buf *out)
{
    pm_buf_addf(out, "%s,%u,%.9f,", names[cursor->sort], cursor->rank, cursor->key.score);
    escape(cursor->key.source, out);
    pm_buf_addc(out, ',');
    escape(cursor->key.date, out);
    pm_buf_addc(out, ',');
    escape(cursor->key.id, out);
    pm_buf_addf(out, ",%08" PRIx32, cursor->query);
}

static bool parse_query(const char *text, size_t len, uint32_t *query)
{
    *query = 0;
    for (size_t i = 0; i < len; i++) {
        const char *digits = "0123456789abcdef", *digit = strchr(digits, text[i]);
        if (!digit)
            return false;
        *query = *query << 4 | (uint32_t)(digit - digits);
    }
    return len == 8;
}

static bool parse_numbers(const char *const *part, const size_t *len, struct pm_cursor *cursor)
{
    char *end;
    size_t sort = 0;
    while (sort < sizeof names / sizeof *names &&
           (strlen(names[sort]) != len[0] || memcmp(names[sort], part[0], len[0])))
        sort++;
    if (sort == sizeof names / sizeof *names || !isdigit((unsigned char)*part[1]) ||
        !isdigit((unsigned char)*part[2]))
        return false;
    cursor->sort = (enum pm_sort)sort;
    unsigned long rank = strtoul(part[1], &end, 10);
    if (end != part[1] + len[1] || rank > MAX_RANK)
        return false;
    cursor->rank = (uint32_t)rank;
    cursor->key.score = strtod(part[2], &end);
    return end == part[2] + len[2];
}

int pm_cursor_parse(const char *text, struct pm_cursor *cursor, struct pm_error *err)
{
    const char *part[PARTS] = {NULL}, *at = text;
    size_t len[PARTS] = {0}, parts = 0;
    *cursor = (struct pm_cursor){0};
    while (parts < PARTS && (parts == 0 || *at++ == ',')) {
        part[parts] = at;
        len[parts] = strcspn(at, ",");
        at += len[parts++];
    }
    struct pm_key *key = &cursor->key;
    if (parts == PARTS && !*at && parse_numbers(part, len, cursor) &&
        parse_query(part[6], len[6], &cursor->query) && (key->source = unescape(part[3], len[3])) &&
        (key->date = unescape(part[4], len[4])) && (key->id = unescape(part[5], len[5])))
        return 0;
    pm_key_release(key);
    return pm_fail(err, PM_ERR_USAGE, "'%.60s' is no cursor of a search", text);
}
