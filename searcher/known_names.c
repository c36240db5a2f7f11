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
    bool crowded; /* there are more than are told of */
    struct pm_error *err;
};

static int take_bearer(const char *term, size_t len, uint32_t freq, void *arg)
{
    struct search *search = arg;
    struct pm_bearers *bearers = search->bearers;
    const char *behind = term + search->prefix.len, *end = term + len;
    bool acronym = behind < end && *behind == PM_NAME_SHORT;
    behind += acronym;
    if (behind == end || *behind == PM_NAME_MAIN || (search->type && *behind != search->type))
        return 0;
    if (!acronym)
        bearers->articles += freq;
    if (bearers->len == PM_NAME_BEARERS) {
        search->crowded = true;
        return 0;
    }
    struct pm_buf entity = PM_BUF_INIT;
    char type = *behind++;
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

/* ---- whether an acronym stands for one name most of all ---- */

struct share {
    const char *name; /* KEY=TYPE */
    size_t prefix;
    uint64_t called, all;
};

static int count_share(const char *term, size_t len, uint32_t freq, void *arg)
{
    struct share *share = arg;
    size_t behind = len - share->prefix, key = strlen(share->name) - 2;
    if (behind < 2 || term[share->prefix] == PM_NAME_SHORT || term[share->prefix] == PM_NAME_MAIN)
        return 0; /* nothing that it stands for */
    share->all += freq;
    if (term[share->prefix] == share->name[key + 1] && behind - 1 == key &&
        !memcmp(term + share->prefix + 1, share->name, key))
        share->called += freq;
    return 0;
}

static int is_mostly_for(struct search *search, const char *acronym, const char *name)
{
    struct share share = {.name = name};
    struct pm_buf key = PM_BUF_INIT, prefix = PM_BUF_INIT;
    pm_buf_add(&key, acronym, strlen(acronym) - 2);
    int rc = key.failed ? pm_fail_nomem(search->err) : 0;
    share.prefix = strlen(pm_schema[PM_FIELD_NAME].prefix) + key.len + 1;
    if (!rc)
        rc = each_term(search->db, &prefix, pm_buf_str(&key), count_share, &share, search->err);
    pm_buf_release(&key);
    pm_buf_release(&prefix);
    return rc < 0 ? -1 : share.called * 2 >= share.all;
}

/* ---- the whole ---- */

/* Drops those that all but nobody calls by the name; all but itself if they are too many. */
static int drop_others(struct search *search)
{
    struct pm_bearers *bearers = search->bearers;
    size_t kept = 0, key_len = strlen(search->key);
    int rc = 0;
    for (size_t i = 0; i < bearers->len; i++) {
        struct pm_bearer *bearer = &bearers->item[i];
        size_t len = strlen(bearer->entity) - 2;
        bool keep = len == key_len && !memcmp(bearer->entity, search->key, len);
        if (!keep && !search->crowded && rc >= 0) {
            keep = bearer->articles >= bearers->articles / RARE_SHARE;
            if (keep && bearer->acronym) {
                struct pm_buf name = PM_BUF_INIT;
                pm_buf_addf(&name, "%s=%c", search->key, bearer->entity[len + 1]);
                rc = name.failed ? pm_fail_nomem(search->err)
                                 : is_mostly_for(search, bearer->entity, name.data);
                keep = rc > 0;
                pm_buf_release(&name);
            }
        }
        if (keep)
            bearers->item[kept++] = *bearer;
        else
            free(bearer->entity);
    }
    bearers->len = kept;
    return rc < 0 ? -1 : 0;
}

int pm_known_names_find(const struct pm_db *db, const char *key, char type,
                        struct pm_bearers *bearers, struct pm_error *err)
{
    struct search search = {.db = db, .key = key, .type = type, .bearers = bearers, .err = err};
    *bearers = (struct pm_bearers){.len = 0};
    int rc = each_term(db, &search.prefix, key, take_bearer, &search, err);
    if (!rc)
        rc = drop_others(&search);
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
