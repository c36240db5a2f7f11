#include "carry.h"

#include <stdlib.h>

#include "array.h"
#include "db.h"
#include "glass.h"

/* The numbers of the documents of a database, rising. */
struct numbers {
    uint32_t *number;
    size_t len;
    const struct pm_dead *without; /* or NULL */
    struct pm_error *err;
};

static int add_number(uint32_t number, void *arg)
{
    struct numbers *numbers = arg;
    if (numbers->without && pm_dead_has(numbers->without, number))
        return 0;
    uint32_t *grown = pm_array_room(numbers->number, numbers->len, sizeof *grown);
    if (!grown)
        return pm_fail_nomem(numbers->err);
    numbers->number = grown;
    grown[numbers->len++] = number;
    return 0;
}

static int list_numbers(const char *path, const struct pm_dead *without, struct numbers *numbers,
                        struct pm_error *err)
{
    const char *const paths[] = {path};
    struct pm_db *db = pm_db_open(paths, 1, err);
    *numbers = (struct numbers){.without = without, .err = err};
    int rc = db ? pm_db_each_document(db, "", 0, add_number, numbers, err) : -1;
    pm_db_close(db);
    return rc ? -1 : 0;
}

/* Where the documents of a database went: the next ones in `there`, from *at on. */
static int renumber(const struct part_alive *part, const struct numbers *there, size_t *at,
                    struct glass_renumbered *renumbered, struct pm_error *err)
{
    struct numbers here;
    uint32_t *to = NULL;
    int rc = list_numbers(part->path, part->dead, &here, err);
    uint32_t last = here.len ? here.number[here.len - 1] : 0;
    if (!rc && here.len > there->len - *at)
        rc = pm_fail(err, PM_ERR_INTERNAL, "a merge of '%s' lost documents", part->path);
    if (!rc && !(to = calloc((size_t)last + 1, sizeof *to)))
        rc = pm_fail_nomem(err);
    for (size_t i = 0; !rc && i < here.len; i++)
        to[here.number[i]] = there->number[(*at)++];
    free(here.number);
    *renumbered = (struct glass_renumbered){part->path, to, last};
    return rc;
}

int carry_positions(const struct part_alive *from, size_t n, const char *to, struct pm_error *err)
{
    struct numbers there = {0};
    struct glass_renumbered *renumbered = calloc(n + 1, sizeof *renumbered);
    size_t at = 0;
    int rc = renumbered ? list_numbers(to, NULL, &there, err) : pm_fail_nomem(err);
    for (size_t i = 0; !rc && i < n; i++)
        rc = renumber(&from[i], &there, &at, &renumbered[i], err);
    if (!rc && at < there.len)
        rc = pm_fail(err, PM_ERR_INTERNAL, "a merge into '%s' has documents of its own", to);
    if (!rc)
        rc = glass_merge_positions(renumbered, n, to, err);
    for (size_t i = 0; renumbered && i < n; i++)
        free((uint32_t *)(uintptr_t)renumbered[i].to);
    free(renumbered);
    free(there.number);
    return rc;
}
