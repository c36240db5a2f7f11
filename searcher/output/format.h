/*
 * What the formats share: rows of the table, and parts that several of them print.
 */
#ifndef FORMAT_H
#define FORMAT_H

#include "output.h"

/* The functions of the formats, each of the file that is named like it. */
void text_begin(struct output *output, const struct pm_results *results);
void text_hit(struct output *output, const struct pm_hit *hit, bool first);
void text_end(struct output *output, const struct pm_results *results);
void text_failure(struct output *output, const char *query, const struct pm_error *why);
void text_article(struct output *output, const struct pm_article *article);

void json_begin(struct output *output, const struct pm_results *results);
void json_hit(struct output *output, const struct pm_hit *hit, bool first);
void json_end(struct output *output, const struct pm_results *results);
void json_tree(struct output *output, const struct pm_results *results);
void json_failure(struct output *output, const char *query, const struct pm_error *why);
void json_article(struct output *output, const struct pm_article *article);

unsigned json_shows(uint32_t fields); /* passages, names: what of them is among these keys */

void ndjson_begin(struct output *output, const struct pm_results *results);
void ndjson_hit(struct output *output, const struct pm_hit *hit, bool first);
void ndjson_end(struct output *output, const struct pm_results *results);
void ndjson_failure(struct output *output, const char *query, const struct pm_error *why);

void html_begin(struct output *output, const struct pm_results *results);
void html_hit(struct output *output, const struct pm_hit *hit, bool first);
void html_end(struct output *output, const struct pm_results *results);
void html_failure(struct output *output, const char *query, const struct pm_error *why);
void html_article(struct output *output, const struct pm_article *article);

void tsv_hit(struct output *output, const struct pm_hit *hit, bool first);
void trec_hit(struct output *output, const struct pm_hit *hit, bool first);
void template_hit(struct output *output, const struct pm_hit *hit, bool first);
bool template_shows_passages(const char *text);
void paths_hit(struct output *output, const struct pm_hit *hit, bool first);
void paths0_hit(struct output *output, const struct pm_hit *hit, bool first);

/* How many are shown of how many there are. */
void tables_add_total(struct pm_buf *out, const struct pm_results *results,
                      const struct pm_request *request);

/* Facets, timeline and explanation as text. */
void tables_add(struct pm_buf *out, const struct pm_results *results);

/* The share of the index's articles of that time that match, in percent; -1 when it has none. */
double tables_share(const struct pm_bin *bin);

#endif
