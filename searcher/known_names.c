#include "known_names.h"

#include <stdlib.h>
#include <string.h>

#include "name_term.h"
#include "schema.h"

#define RARE_SHARE 20 /* of what is called by a name: fewer than one in so many is a slip */

/* Sets `prefix` to what the terms of a name begin with and calls `each` for them. */
static int each_term(const struct pm_db *db, struct pm_buf *prefix, const char *key,
                     int (*each)(const char *, size_t, uint32_t, void *), void *arg,
                     struct pm_error *err)
{
    pm_buf_clear(prefix);
    pm_buf_addf(prefix, "%s%s=", pm_schema[PM_FIELD_NAME].prefix, key);
    return prefix->failed ? pm_fail_nomem(err)
                          : pm_db_each_term(db, prefix->data, prefix->len, each, arg, err);
}

struct search {
    const struct pm_db *db;
    const char *key;
    char type;
    struct pm_buf prefix;
    struct pm_bearers *bearers;
    bool crowded; /* there are more than are told of: then only itself is */
    struct pm_error *err;
};

/* ---- who is called so ---- */

/* The bytes of the key in KEY=TYPE. */
static size_t key_len(const char *entity)
{
    return strlen(entity) - 2;
}

/* True for the entity whose name this is, and not just what else it is called. */
static bool is_itself(const struct search *search, const struct pm_bearer *bearer)
{
    return !strncmp(bearer->entity, search->key, key_len(bearer->entity)) &&
           !search->key[key_len(bearer->entity)];
}

/* Keeps those that `keeps` (1; 0, -1), itself in any case. */
static int filter(struct search *search, int (*keeps)(struct search *, const struct pm_bearer *))
{
    struct pm_bearers *bearers = search->bearers;
    size_t kept = 0;
    int rc = 0;
    for (size_t i = 0; i < bearers->len; i++) {
        struct pm_bearer *bearer = &bearers->item[i];
        int keep = is_itself(search, bearer) ? 1 : rc < 0 ? 0 : keeps(search, bearer);
        rc = keep < 0 ? -1 : rc;
        if (keep > 0)
            bearers->item[kept++] = *bearer;
        else
            free(bearer->entity);
    }
    bearers->len = kept;
    return rc;
}

static int keeps_none(struct search *search, const struct pm_bearer *bearer)
{
    (void)search, (void)bearer;
    return 0;
}

static int take_bearer(const char *term, size_t len, uint32_t freq, void *arg)
{
    struct search *search = arg;
    struct pm_bearers *bearers = search->bearers;
    const char *behind = term + search->prefix.len, *end = term + len;
    bool acronym = behind < end && *behind == PM_NAME_SHORT;
    behind += acronym;
    if (behind == end || *behind == PM_NAME_MAIN || (search->type && *behind != search->type))
        return 0;
    char type = *behind++;
    if (!acronym)
        bearers->articles += freq;
    if (!search->crowded && bearers->len == PM_NAME_BEARERS) {
        search->crowded = true;
        filter(search, keeps_none);
    }
    if (search->crowded && behind < end)
        return 0;
    struct pm_buf entity = PM_BUF_INIT;
    if (behind < end)
        pm_buf_add(&entity, behind, (size_t)(end - behind));
    else
        pm_buf_adds(&entity, search->key);
    pm_buf_addf(&entity, "=%c", type);
    char *text = pm_buf_detach(&entity);
    if (!text)
        return pm_fail_nomem(search->err);
    bearers->item[bearers->len++] = (struct pm_bearer){text, freq, acronym};
    return 0;
}

/* ---- who is called so by more than a slip ---- */

/* How many articles an acronym stands for anything in, and for one name. */
struct share {
    struct pm_buf prefix, name; /* TYPEKEY, what is behind the "=" for that name */
    uint64_t called, all;
};

static int count_share(const char *term, size_t len, uint32_t freq, void *arg)
{
    struct share *share = arg;
    const char *behind = term + share->prefix.len;
    size_t behind_len = len - share->prefix.len;
    if (behind_len < 2 || *behind == PM_NAME_SHORT || *behind == PM_NAME_MAIN)
        return 0; /* nothing that it stands for */
    share->all += freq;
    if (behind_len == share->name.len && !memcmp(behind, share->name.data, behind_len))
        share->called += freq;
    return 0;
}

/* Whether the acronym stands for this name most of all. */
static int is_mostly_for(struct search *search, const struct pm_bearer *acronym)
{
    struct share share = {.called = 0};
    struct pm_buf key = PM_BUF_INIT;
    size_t len = key_len(acronym->entity);
    pm_buf_add(&key, acronym->entity, len);
    pm_buf_addf(&share.name, "%c%s", acronym->entity[len + 1], search->key);
    int rc = key.failed || share.name.failed
                 ? pm_fail_nomem(search->err)
                 : each_term(search->db, &share.prefix, pm_buf_str(&key), count_share, &share,
                             search->err);
    pm_buf_release(&key);
    pm_buf_release(&share.name);
    pm_buf_release(&share.prefix);
    return rc < 0 ? -1 : share.called * 2 >= share.all;
}

static int keeps_common(struct search *search, const struct pm_bearer *bearer)
{
    if (bearer->articles < search->bearers->articles / RARE_SHARE)
        return 0;
    return bearer->acronym ? is_mostly_for(search, bearer) : 1;
}

/* ---- the whole ---- */

int pm_known_names_find(const struct pm_db *db, const char *key, char type,
                        struct pm_bearers *bearers, struct pm_error *err)
{
    struct search search = {.db = db, .key = key, .type = type, .bearers = bearers, .err = err};
    *bearers = (struct pm_bearers){.len = 0};
    int rc = each_term(db, &search.prefix, key, take_bearer, &search, err);
    if (!rc)
        rc = filter(&search, keeps_common);
    pm_buf_release(&search.prefix);
    return rc;
}

void pm_bearers_release(struct pm_bearers *bearers)
{
    while (bearers->len)
        free(bearers->item[--bearers->len].entity);
}

static int stop_at_first(const char *term, size_t len, uint32_t freq, void *arg)
{
    (void)term, (void)len, (void)freq, (void)arg;
    return 1;
}

int pm_known_names_go_on(const struct pm_db *db, const char *key, struct pm_error *err)
{
    struct pm_buf prefix = PM_BUF_INIT;
    pm_buf_addf(&prefix, "%s%s ", pm_schema[PM_FIELD_NAME].prefix, key);
    int rc = prefix.failed ? pm_fail_nomem(err)
                           : pm_db_each_term(db, prefix.data, prefix.len, stop_at_first, NULL, err);
    pm_buf_release(&prefix);
    return rc;
}
