/*
 * Facets, timeline and explanation as text.
 */
#include <inttypes.h>
#include <string.h>

#include "format.h"
#include "utf8.h"

#define BAR 40 /* columns of the longest */

static void add_shown(struct pm_buf *out, const char *text)
{
    pm_utf8_printable(out, text, strlen(text));
}

static int digits_of(uint32_t number)
{
    int digits = 1;
    while (number >= 10) {
        number /= 10;
        digits++;
    }
    return digits;
}

void tables_add_total(struct pm_buf *out, const struct pm_results *results,
                      const struct pm_request *request)
{
    if (request->limit)
        pm_buf_addf(out, "%zu of ", results->len);
    pm_buf_adds(out, results->total_exact ? "" : "about ");
    if (request->group)
        pm_buf_addf(out, "%" PRIu32 " %s, ", results->stories,
                    results->stories == 1 ? "story" : "stories");
    pm_buf_addf(out, "%" PRIu32 " %s", results->total,
                results->total == 1 ? "article" : "articles");
}

static void add_facet(struct pm_buf *out, const struct pm_facet_counts *counts)
{
    const char *name = pm_facet_table[counts->facet].name;
    uint32_t most = counts->missing;
    for (size_t i = 0; i < counts->len; i++)
        most = counts->item[i].count > most ? counts->item[i].count : most;
    int width = digits_of(most);
    pm_buf_addf(out, "\n%s\n", name);
    for (size_t i = 0; i < counts->len; i++) {
        pm_buf_addf(out, "  %*" PRIu32 "  ", width, counts->item[i].count);
        add_shown(out, counts->item[i].value);
        pm_buf_addc(out, '\n');
    }
    if (counts->more)
        pm_buf_addf(out, "  %*s  and %zu more\n", width, "", counts->more);
    if (counts->missing)
        pm_buf_addf(out, "  %*" PRIu32 "  (no %s)\n", width, counts->missing, name);
}

double tables_share(const struct pm_bin *bin)
{
    return bin->indexed ? 100.0 * bin->articles / bin->indexed : -1;
}

static void add_timeline(struct pm_buf *out, const struct pm_timeline *timeline)
{
    uint32_t most = 1, most_indexed = 0;
    for (size_t i = 0; i < timeline->len; i++) {
        const struct pm_bin *bin = &timeline->bin[i];
        most = bin->articles > most ? bin->articles : most;
        most_indexed = bin->indexed > most_indexed ? bin->indexed : most_indexed;
    }
    uint32_t widest = most < BAR ? most : BAR;
    pm_buf_adds(out, "\n");
    for (size_t i = 0; i < timeline->len; i++) {
        const struct pm_bin *bin = &timeline->bin[i];
        uint64_t bar = ((uint64_t)bin->articles * widest + most - 1) / most;
        pm_buf_addf(out, "%s  ", bin->time);
        for (uint64_t n = 0; n < widest; n++)
            pm_buf_addc(out, n < bar ? '#' : ' ');
        pm_buf_addf(out, "  %*" PRIu32 "  of %*" PRIu32, digits_of(most), bin->articles,
                    digits_of(most_indexed), bin->indexed);
        if (bin->indexed)
            pm_buf_addf(out, "  %5.1f%%", tables_share(bin));
        pm_buf_addc(out, '\n');
    }
    if (timeline->undated)
        pm_buf_addf(out, "%" PRIu32 " without such a date\n", timeline->undated);
}

static void add_explanation(struct pm_buf *out, const struct pm_explanation *why)
{
    pm_buf_addc(out, '\n');
    add_shown(out, why->id);
    if (why->matches)
        pm_buf_addf(out, " matches: score %.9f\n", why->score);
    else
        pm_buf_adds(out, " does not match");
    if (!why->matches && why->failed) {
        pm_buf_adds(out, ": ");
        add_shown(out, why->failed);
    }
    if (!why->matches)
        pm_buf_addc(out, '\n');
    for (size_t i = 0; i < why->clauses; i++) {
        const struct pm_clause_score *clause = &why->clause[i];
        if (clause->matches)
            pm_buf_addf(out, "  %14.9f  ", clause->score);
        else
            pm_buf_addf(out, "  %14s  ", "-");
        pm_buf_addf(out, "%*s%-6s  ", (int)(2 * clause->depth), "", clause->role);
        add_shown(out, clause->text ? clause->text : "");
        pm_buf_addc(out, '\n');
    }
}

void tables_add(struct pm_buf *out, const struct pm_results *results)
{
    for (size_t i = 0; i < results->facets; i++)
        add_facet(out, &results->facet[i]);
    if (results->timeline.len || results->timeline.undated)
        add_timeline(out, &results->timeline);
    if (results->explanation)
        add_explanation(out, results->explanation);
}
