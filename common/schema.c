#include "schema.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "hash.h"
#include "utf8.h"

#define SCORED_WORDS (PM_FIELD_WORDS | PM_FIELD_SCORED)
#define NAME_WORDS   (PM_FIELD_WORDS | PM_FIELD_NAMES)

const struct pm_field_info pm_schema[PM_FIELDS] = {
    [PM_FIELD_TEXT] = {"text", NULL, "", PM_NO_SLOT, SCORED_WORDS},
    [PM_FIELD_TITLE] = {"title", "headline", "S", PM_NO_SLOT, SCORED_WORDS},
    [PM_FIELD_ENTITY] = {"entity", NULL, "XE", 9, SCORED_WORDS | PM_FIELD_NAMES},
    [PM_FIELD_PERSON] = {"person", "people", "XEP", PM_NO_SLOT, NAME_WORDS},
    [PM_FIELD_ORGANISATION] = {"org", "organisation", "XEO", PM_NO_SLOT, NAME_WORDS},
    [PM_FIELD_PLACE] = {"place", NULL, "XEL", PM_NO_SLOT, NAME_WORDS},
    [PM_FIELD_AUTHOR] = {"author", "byline", "A", 4, PM_FIELD_WORDS},
    [PM_FIELD_SOURCE] = {"source", "publisher", "XSRC", 2, PM_FIELD_WORDS},
    [PM_FIELD_SECTION] = {"section", NULL, "XSEC", 5, PM_FIELD_WORDS},
    [PM_FIELD_TAG] = {"tag", "tags", "K", 6, PM_FIELD_WORDS},
    [PM_FIELD_LANGUAGE] = {"language", "lang", "L", 7, PM_FIELD_WHOLE},
    [PM_FIELD_ID] = {"id", NULL, "Q", 1, PM_FIELD_WHOLE},
    [PM_FIELD_PATH] = {"path", "file", "P", PM_NO_SLOT, PM_FIELD_WHOLE},
    [PM_FIELD_DATE] = {"date", NULL, "", 0, 0},
    [PM_FIELD_CONTENT] = {"content", NULL, "", 3, 0},
    [PM_FIELD_SKETCH] = {"sketch", NULL, "", 8, 0},
    [PM_FIELD_NAME] = {"name", NULL, "XEN", PM_NO_SLOT, 0},
};

int pm_schema_find(const char *name, size_t len)
{
    for (int i = 0; i < PM_FIELDS; i++) {
        const struct pm_field_info *field = &pm_schema[i];
        if (!(field->flags & (PM_FIELD_WORDS | PM_FIELD_WHOLE)))
            continue;
        const char *names[] = {field->name, field->alias};
        for (int j = 0; j < 2; j++)
            if (names[j] && strlen(names[j]) == len && !strncasecmp(names[j], name, len))
                return i;
    }
    return -1;
}

enum pm_field pm_schema_last(enum pm_field field)
{
    return field == PM_FIELD_ENTITY ? PM_FIELD_PLACE : field;
}

static const char entity_letters[PM_FIELDS] = {
    [PM_FIELD_PERSON] = PM_VALUE_PERSON,
    [PM_FIELD_ORGANISATION] = PM_VALUE_ORGANISATION,
    [PM_FIELD_PLACE] = PM_VALUE_PLACE,
    [PM_FIELD_ENTITY] = PM_VALUE_OTHER,
};

char pm_schema_letter(enum pm_field field)
{
    return entity_letters[field];
}

enum pm_field pm_schema_entity(const char *type)
{
    static const struct {
        const char *type;
        enum pm_field field;
    } types[] = {
        {"person", PM_FIELD_PERSON},     {"per", PM_FIELD_PERSON},
        {"people", PM_FIELD_PERSON},     {"persons", PM_FIELD_PERSON},
        {"org", PM_FIELD_ORGANISATION},  {"organisation", PM_FIELD_ORGANISATION},
        {"orgs", PM_FIELD_ORGANISATION}, {"organization", PM_FIELD_ORGANISATION},
        {"place", PM_FIELD_PLACE},       {"organizations", PM_FIELD_ORGANISATION},
        {"places", PM_FIELD_PLACE},      {"organisations", PM_FIELD_ORGANISATION},
        {"loc", PM_FIELD_PLACE},         {"company", PM_FIELD_ORGANISATION},
        {"gpe", PM_FIELD_PLACE},         {"location", PM_FIELD_PLACE},
        {"country", PM_FIELD_PLACE},     {"city", PM_FIELD_PLACE},
    };
    for (size_t i = 0; type && i < sizeof types / sizeof *types; i++)
        if (!strcasecmp(types[i].type, type))
            return types[i].field;
    return PM_FIELD_ENTITY;
}

/* Writes a term to `to`; its length. */
static size_t write_term(char to[PM_DB_TERM_MAX], bool stem, enum pm_field field, const char *text,
                         size_t len)
{
    size_t at = 0;
    if (stem)
        to[at++] = 'Z';
    for (const char *prefix = pm_schema[field].prefix; *prefix; prefix++)
        to[at++] = *prefix;
    /* A capital would read as part of the prefix, unless that is known to have one letter. */
    bool open = stem || at > 1;
    if (open && len && ((text[0] >= 'A' && text[0] <= 'Z') || text[0] == ':'))
        to[at++] = ':';
    size_t room = PM_DB_TERM_MAX - at;
    if (len <= room) {
        memcpy(to + at, text, len);
        return at + len;
    }
    char hash[18];
    snprintf(hash, sizeof hash, "~%016llx", (unsigned long long)pm_hash64(text, len));
    size_t kept = pm_utf8_cut(text, len, room - (sizeof hash - 1));
    memcpy(to + at, text, kept);
    memcpy(to + at + kept, hash, sizeof hash - 1);
    return at + kept + sizeof hash - 1;
}

size_t pm_schema_write(char to[PM_DB_TERM_MAX], enum pm_field field, const char *stem, size_t len)
{
    return write_term(to, true, field, stem, len);
}

static void make_term(struct pm_buf *out, bool stem, enum pm_field field, const char *text,
                      size_t len)
{
    char term[PM_DB_TERM_MAX];
    pm_buf_clear(out);
    pm_buf_add(out, term, write_term(term, stem, field, text, len));
}

void pm_schema_stem(struct pm_buf *out, enum pm_field field, const char *stem, size_t len)
{
    make_term(out, true, field, stem, len);
}

void pm_schema_whole(struct pm_buf *out, enum pm_field field, const char *value, size_t len)
{
    make_term(out, false, field, value, len);
}

/* ---- boosts ---- */

const struct pm_boosts pm_boosts_default = {.title = 6, .lede = 2, .entity = 2};

#define MAX_UNITS (50 * PM_WDF_UNIT)

static const struct {
    const char *name;
    size_t offset;
} boost_names[] = {
    {"title", offsetof(struct pm_boosts, title)},
    {"lede", offsetof(struct pm_boosts, lede)},
    {"entity", offsetof(struct pm_boosts, entity)},
};
#define BOOSTS (sizeof boost_names / sizeof *boost_names)

static uint32_t *boost_at(struct pm_boosts *boosts, size_t i)
{
    return (uint32_t *)((char *)boosts + boost_names[i].offset);
}

/* The units of one value, "3" or "1.5" or "1.0"; -1 for anything else. */
static long units_of(const char *text, size_t len)
{
    long units = 0;
    size_t i = 0;
    for (; i < len && i < 3 && text[i] >= '0' && text[i] <= '9'; i++)
        units = units * 10 + (text[i] - '0');
    if (i == 0)
        return -1;
    units *= PM_WDF_UNIT;
    if (i + 2 == len && text[i] == '.' && (text[i + 1] == '0' || text[i + 1] == '5')) {
        units += text[i + 1] == '5';
        i += 2;
    }
    return i == len && units <= MAX_UNITS ? units : -1;
}

int pm_boosts_parse(const char *text, struct pm_boosts *boosts, struct pm_error *err)
{
    for (const char *at = text; *at;) {
        size_t len = strcspn(at, ",");
        size_t name_len = strcspn(at, "=,");
        long units = name_len < len ? units_of(at + name_len + 1, len - name_len - 1) : -1;
        uint32_t *to = NULL;
        for (size_t i = 0; i < BOOSTS; i++)
            if (strlen(boost_names[i].name) == name_len &&
                !memcmp(boost_names[i].name, at, name_len))
                to = boost_at(boosts, i);
        if (!to)
            return pm_fail(err, PM_ERR_USAGE,
                           "unknown boost '%.*s': there are title, lede and entity", (int)name_len,
                           at);
        if (units < 0)
            return pm_fail(err, PM_ERR_USAGE,
                           "boost '%.*s' is not NAME=VALUE with a value of 0 to 50 in halves",
                           (int)len, at);
        *to = (uint32_t)units;
        at += len;
        at += *at == ',';
    }
    return 0;
}

void pm_boosts_format(const struct pm_boosts *boosts, struct pm_buf *out)
{
    for (size_t i = 0; i < BOOSTS; i++) {
        uint32_t units = *boost_at((struct pm_boosts *)(uintptr_t)boosts, i);
        pm_buf_addf(out, "%s%s=%u%s", i ? "," : "", boost_names[i].name, units / PM_WDF_UNIT,
                    units % PM_WDF_UNIT ? ".5" : "");
    }
}

bool pm_boosts_equal(const struct pm_boosts *a, const struct pm_boosts *b)
{
    return a->title == b->title && a->lede == b->lede && a->entity == b->entity;
}
