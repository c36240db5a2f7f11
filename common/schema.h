/*
 * What an index holds: its fields, the terms they become, and how much each counts.
 *
 * One table says it all; adding a field is adding a row.  Prefixes follow Omega's
 * conventions, so that stock Xapian tools read the result.  Stems stand under a `Z`; stems of
 * the text itself have no other prefix, so stock query parsers find them.
 */
#ifndef PM_SCHEMA_H
#define PM_SCHEMA_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "db_doc.h"
#include "error.h"

enum pm_field {
    PM_FIELD_TEXT, /* headline, body and entities, in one space of stems */
    PM_FIELD_TITLE,
    PM_FIELD_ENTITY, /* names of all types, and what else they are called; its terms are only of
                        types that have no field, see pm_schema_last() */
    PM_FIELD_PERSON, /* those of one type */
    PM_FIELD_ORGANISATION,
    PM_FIELD_PLACE,
    PM_FIELD_AUTHOR,
    PM_FIELD_SOURCE,
    PM_FIELD_SECTION,
    PM_FIELD_TAG,
    PM_FIELD_LANGUAGE,
    PM_FIELD_ID,
    PM_FIELD_PATH,
    PM_FIELD_DATE,
    PM_FIELD_CONTENT, /* a hash of the article as it came, to know it again; then one of
                         its data, if entities were found, since that has them too */
    PM_FIELD_SKETCH,  /* of the text, to know near-copies of it (sketch.h) */
    PM_FIELD_NAME,    /* whose a name is (name_term.h) */
    PM_FIELDS,
};

enum {
    PM_FIELD_WORDS = 1,  /* its words are indexed, stemmed, with positions */
    PM_FIELD_WHOLE = 2,  /* its whole value is one term */
    PM_FIELD_NAMES = 8,  /* its words are of entities */
    PM_FIELD_SCORED = 4, /* its words count in the score; the others only filter */
};

#define PM_NO_SLOT UINT32_MAX

#define PM_VALUE_SEPARATOR '\0' /* between the values of a field that has several: tags */

/*
 * The types of entities.  Each value of PM_FIELD_ENTITY begins with one of these; then comes the
 * name.
 */
#define PM_VALUE_PERSON       'p'
#define PM_VALUE_ORGANISATION 'o'
#define PM_VALUE_PLACE        'l'
#define PM_VALUE_OTHER        'x'

struct pm_field_info {
    const char *name;   /* as in a query: `name:word` */
    const char *alias;  /* another name for it, or NULL */
    const char *prefix; /* of its terms, without the `Z` of stems */
    uint32_t slot;      /* of its value, or PM_NO_SLOT */
    unsigned flags;
};

extern const struct pm_field_info pm_schema[PM_FIELDS];

/* The names of the fields that a query can search, for people. */
#define PM_SCHEMA_NAMES                                                                            \
    "text, title, entity, person, org, place, author, source, section, tag, language, id, path"

/* The field that a query calls `name` and that can be searched, or -1. */
int pm_schema_find(const char *name, size_t len);

/*
 * The field of entities of that type, however the input calls it ("GPE" is a place); that of all
 * entities for a type that has none.
 */
enum pm_field pm_schema_entity(const char *type);

/*
 * A query of `field` asks for the terms of all fields from it to this one: itself, or for
 * PM_FIELD_ENTITY that of the last type.  Words of names are in the index once, not again for
 * all types together.
 */
enum pm_field pm_schema_last(enum pm_field field);

/* The letter of the type whose entities have that field, one of PM_VALUE_PERSON etc. */
char pm_schema_letter(enum pm_field field);

/*
 * Sets `out` to the term of a stem (PM_FIELD_WORDS) or of a whole value (PM_FIELD_WHOLE) of
 * `field`.  A colon stands between prefix and text where Omega's convention asks for one.
 * What would be longer than the database allows is cut and ends in a hash of the whole.
 */
void pm_schema_stem(struct pm_buf *out, enum pm_field field, const char *stem, size_t len);
void pm_schema_whole(struct pm_buf *out, enum pm_field field, const char *value, size_t len);

/* Writes the term of a stem to `to`, for who makes millions of them; its length. */
size_t pm_schema_write(char to[PM_DB_TERM_MAX], enum pm_field field, const char *stem, size_t len);

/*
 * How often a word counts by where it stands.  wdf is whole, so boosts are kept in halves:
 * a word of the body has wdf PM_WDF_UNIT, and k1 is to be multiplied by PM_WDF_UNIT too,
 * which changes every score by one constant factor only.
 */
#define PM_WDF_UNIT 2

struct pm_boosts {
    uint32_t title, lede, entity; /* in wdf units: 2 counts once */
};

extern const struct pm_boosts pm_boosts_default;

/*
 * Reads "title=3,lede=1.5" over the values already in *boosts.  Names are title, lede and
 * entity; values are whole or halves, from 0 to 50.
 */
int pm_boosts_parse(const char *text, struct pm_boosts *boosts, struct pm_error *err);

/* Adds the form that pm_boosts_parse() reads. */
void pm_boosts_format(const struct pm_boosts *boosts, struct pm_buf *out);

bool pm_boosts_equal(const struct pm_boosts *a, const struct pm_boosts *b);

#endif
