#include "name_kinds.h"

#include <stdlib.h>
#include <string.h>

#include "name_term.h"
#include "schema.h"

#define ORGANISATION_SHARE 5 /* one article that says organisation outweighs so many, */
#define ORGANISATION_LEAST 2 /* if so many do */
#define PERSON_WEIGHT      2 /* of an article that spells a person out, against an organisation */

/*
 * To look for a name's terms takes as long as to read thirty on.  After one look for so many
 * articles, of which each brings a few terms, all names are read instead.
 */
#define ARTICLES_FOR_LOOK 128

/* Articles that call somebody by a name, by whom they take for it. */
struct evidence {
    uint64_t people, organisations;           /* all of them */
    uint64_t long_people, long_organisations; /* those that have a longer name for them, too */
};

/* Counts a term in, of which `behind` is what stands behind the "=". */
static void add_evidence(struct evidence *evidence, const char *behind, size_t len, uint32_t freq)
{
    if (!len || (behind[0] != PM_VALUE_PERSON && behind[0] != PM_VALUE_ORGANISATION))
        return;
    bool person = behind[0] == PM_VALUE_PERSON;
    *(person ? &evidence->people : &evidence->organisations) += freq;
    if (len > 1)
        *(person ? &evidence->long_people : &evidence->long_organisations) += freq;
}

static bool is_organisation(const struct evidence *evidence)
{
    return evidence->long_organisations > PERSON_WEIGHT * evidence->long_people &&
           evidence->organisations >= ORGANISATION_LEAST &&
           evidence->organisations * ORGANISATION_SHARE >= evidence->people;
}

/* ---- one name ---- */

struct look {
    struct evidence evidence;
    size_t prefix_len;
};

static int look_at_term(const char *term, size_t len, uint32_t freq, void *arg)
{
    struct look *look = arg;
    add_evidence(&look->evidence, term + look->prefix_len, len - look->prefix_len, freq);
    return 0;
}

int pm_name_kind_person(const struct pm_db *db, const char *key, struct pm_error *err)
{
    struct look look = {.prefix_len = 0};
    struct pm_buf prefix = PM_BUF_INIT;
    pm_buf_addf(&prefix, "%s%s=", pm_schema[PM_FIELD_NAME].prefix, key);
    look.prefix_len = prefix.len;
    int rc = prefix.failed ? pm_fail_nomem(err)
                           : pm_db_each_term(db, prefix.data, prefix.len, look_at_term, &look, err);
    pm_buf_release(&prefix);
    if (rc)
        return -1;
    return is_organisation(&look.evidence) ? PM_VALUE_ORGANISATION : PM_VALUE_PERSON;
}

/* ---- many names ---- */

struct pm_name_kinds {
    const struct pm_db *db;
    struct pm_fold *fold;
    size_t looks; /* that may be taken before all names are read; SIZE_MAX: they were */
    struct pm_buf key;
    char **organisation; /* keys of all names that are one's and also people's, sorted */
    size_t len, cap;
};

struct pm_name_kinds *pm_name_kinds_new(const struct pm_db *db, struct pm_fold *fold,
                                        struct pm_error *err)
{
    struct pm_db_stats stats;
    if (pm_db_get_stats(db, &stats, err))
        return NULL;
    struct pm_name_kinds *kinds = calloc(1, sizeof *kinds);
    if (!kinds) {
        pm_fail_nomem(err);
        return NULL;
    }
    kinds->db = db;
    kinds->fold = fold;
    kinds->looks = stats.documents / ARTICLES_FOR_LOOK;
    return kinds;
}

void pm_name_kinds_free(struct pm_name_kinds *kinds)
{
    if (!kinds)
        return;
    while (kinds->len)
        free(kinds->organisation[--kinds->len]);
    free(kinds->organisation);
    pm_buf_release(&kinds->key);
    free(kinds);
}

/* A walk over the terms of all names, those of one after the other. */
struct walk {
    struct pm_name_kinds *kinds;
    struct evidence evidence; /* for the name at hand, kinds->key */
    struct pm_error *err;
};

/* Keeps the name at hand, if it has to be. */
static int end_name(struct walk *walk)
{
    struct pm_name_kinds *kinds = walk->kinds;
    if (!walk->evidence.people || !is_organisation(&walk->evidence))
        return 0;
    if (kinds->len == kinds->cap) {
        size_t cap = kinds->cap ? kinds->cap * 2 : 64;
        char **grown = reallocarray(kinds->organisation, cap, sizeof *grown);
        if (!grown)
            return pm_fail_nomem(walk->err);
        kinds->organisation = grown;
        kinds->cap = cap;
    }
    char *key = strdup(pm_buf_str(&kinds->key));
    if (!key)
        return pm_fail_nomem(walk->err);
    kinds->organisation[kinds->len++] = key;
    return 0;
}

static int walk_term(const char *term, size_t len, uint32_t freq, void *arg)
{
    struct walk *walk = arg;
    struct pm_buf *key = &walk->kinds->key;
    size_t prefix_len = strlen(pm_schema[PM_FIELD_NAME].prefix);
    term += prefix_len;
    len -= prefix_len;
    const char *sign = memchr(term, '=', len);
    size_t key_len = sign ? (size_t)(sign - term) : len;
    if (key_len != key->len || memcmp(term, pm_buf_str(key), key_len) != 0) {
        if (end_name(walk))
            return -1;
        walk->evidence = (struct evidence){.people = 0};
        pm_buf_clear(key);
        pm_buf_add(key, term, key_len);
        if (key->failed)
            return pm_fail_nomem(walk->err);
    }
    if (sign)
        add_evidence(&walk->evidence, sign + 1, len - key_len - 1, freq);
    return 0;
}

static int by_key(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int read_all(struct pm_name_kinds *kinds, struct pm_error *err)
{
    struct walk walk = {.kinds = kinds, .err = err};
    const char *prefix = pm_schema[PM_FIELD_NAME].prefix;
    pm_buf_clear(&kinds->key);
    if (pm_db_each_term(kinds->db, prefix, strlen(prefix), walk_term, &walk, err) ||
        end_name(&walk))
        return -1;
    if (kinds->len)
        qsort(kinds->organisation, kinds->len, sizeof *kinds->organisation, by_key);
    kinds->looks = SIZE_MAX;
    return 0;
}

int pm_name_kinds_person(struct pm_name_kinds *kinds, const char *name, size_t len,
                         struct pm_error *err)
{
    if (!kinds->looks && read_all(kinds, err))
        return -1;
    if (pm_name_key(kinds->fold, name, len, &kinds->key, err))
        return -1;
    const char *key = pm_buf_str(&kinds->key);
    if (kinds->looks == SIZE_MAX)
        return kinds->len && bsearch(&key, kinds->organisation, kinds->len,
                                     sizeof *kinds->organisation, by_key)
                   ? PM_VALUE_ORGANISATION
                   : PM_VALUE_PERSON;
    kinds->looks--;
    return pm_name_kind_person(kinds->db, key, err);
}
