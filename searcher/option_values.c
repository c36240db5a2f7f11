#include "option_values.h"

#include <getopt.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "when.h"

int option_sort(const char *value, enum pm_sort *sort, struct pm_error *err)
{
    static const struct {
        const char *name;
        enum pm_sort sort;
    } orders[] = {{"relevance", PM_SORT_RELEVANCE},
                  {"date", PM_SORT_OLDEST},
                  {"-date", PM_SORT_NEWEST},
                  {"source", PM_SORT_SOURCE}};
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
        if (!strcmp(value, orders[i].name)) {
            *sort = orders[i].sort;
            return 0;
        }
    return pm_fail(err, PM_ERR_USAGE,
                   "unknown order '%s': there are relevance, date, -date and source", value);
}

int option_boost(const char *value, double *boost, struct pm_error *err)
{
    char *end;
    double number = strtod(value, &end);
    bool plain = *value && !value[strspn(value, "0123456789.")];
    if (!plain || *end || number > 100)
        return pm_fail(err, PM_ERR_USAGE, "'%s' is no number from 0 to 100", value);
    *boost = number;
    return 0;
}

int option_halflife(const char *value, double *days, struct pm_error *err)
{
    static const struct {
        char unit;
        double days;
    } units[] = {{'d', 1}, {'w', 7}, {'m', 365.25 / 12}, {'y', 365.25}};
    size_t digits = strspn(value, "0123456789");
    double number = digits && digits < 6 ? atof(value) : 0;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (number > 0 && value[digits] == units[i].unit && !value[digits + 1]) {
            *days = number * units[i].days;
            return 0;
        }
    return pm_fail(err, PM_ERR_USAGE, "'%s' is no time like 30d, 2w, 6m or 1y", value);
}

int option_time(const char *value, int64_t now, struct pm_date *since, struct pm_date *until,
                struct pm_error *err)
{
    if (pm_when_parse(value, strlen(value), now, since, until))
        return 0;
    return pm_fail(err, PM_ERR_USAGE,
                   "'%s' is no date like 2024, 2024-05 or 2024-05-19, and no time like today, "
                   "last-week or 30d",
                   value);
}

int option_times_check(const struct pm_date *since, const struct pm_date *until,
                       struct pm_error *err)
{
    char end[32];
    if (!since->text[0] || !until->text[0])
        return 0;
    pm_date_end(until, end);
    return strcmp(since->text, end) > 0
               ? pm_fail(err, PM_ERR_USAGE, "--since is later than --until: '%s'", since->text)
               : 0;
}

static int unknown_facet(const char *name, size_t len, struct pm_error *err)
{
    struct pm_buf names = PM_BUF_INIT;
    for (size_t i = 0; i < PM_FACETS; i++)
        pm_buf_addf(&names, "%s%s", i ? ", " : "", pm_facet_table[i].name);
    pm_fail(err, PM_ERR_USAGE, "unknown facet '%.*s': there are %s", len < 80 ? (int)len : 80, name,
            pm_buf_str(&names));
    pm_buf_release(&names);
    return -1;
}

int option_facets(const char *value, enum pm_facet *facet, size_t *len, struct pm_error *err)
{
    for (;; value++) {
        size_t part = strcspn(value, ","), i = 0;
        int found = pm_facet_find(value, part);
        if (found < 0)
            return unknown_facet(value, part, err);
        while (i < *len && facet[i] != (enum pm_facet)found)
            i++;
        if (i == *len)
            facet[(*len)++] = (enum pm_facet)found;
        value += part;
        if (!*value)
            return 0;
    }
}

int option_timeline(const char *value, int *facet, struct pm_error *err)
{
    *facet = pm_facet_find(value, strlen(value));
    if (*facet >= 0 && pm_facet_table[*facet].precision)
        return 0;
    return pm_fail(err, PM_ERR_USAGE, "--timeline is day, week, month or year, not '%s'", value);
}

/* True if the word would be an option if it stood before the others. */
static bool is_option(const struct pm_cli *cli, const char *word)
{
    for (size_t i = 0; i < cli->len; i++) {
        const struct pm_cli_option *row = &cli->options[i];
        if ((row->letter && word[0] == '-' && word[1] == row->letter && !word[2]) ||
            (!strncmp(word, "--", 2) && !strncmp(word + 2, row->name, strlen(row->name))))
            return true;
    }
    return false;
}

char *option_join(const struct pm_cli *cli, int argc, char **argv, struct pm_error *err)
{
    struct pm_buf words = PM_BUF_INIT;
    for (int i = optind; i < argc; i++) {
        if (i > optind && is_option(cli, argv[i]))
            pm_cli_say(cli,
                       "warning: '%s' is part of the query, since options end at "
                       "the first word",
                       argv[i]);
        pm_buf_adds(&words, i > optind ? " " : "");
        pm_buf_adds(&words, argv[i]);
    }
    char *query = pm_buf_detach(&words);
    if (!query)
        pm_fail_nomem(err);
    return query;
}
