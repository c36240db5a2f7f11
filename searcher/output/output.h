/*
 * What a person or a program gets to see of the results.
 *
 * A format is a row of the table in output.c; each has a file of its own, or shares one with
 * its like.
 */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "buf.h"
#include "search.h"

/* What stands around a word that was found. */
struct output_marks {
    const char *open;
    size_t open_len;
    const char *close; /* up to its NUL */
};

/* How to show things; `{0}` is the first format as it is. */
struct output_style {
    const struct output_format *format;
    const char *template;      /* of the format of that name, checked */
    uint32_t fields;           /* bits of output_fields_parse(): keys of a hit; 0: all */
    struct output_marks marks; /* `open` is NULL for those of the format */
    bool color;
    bool count; /* only how many match */
};

/* Where answers go, and to what.  Start the members below `qid` empty; release at the end. */
struct output {
    const struct output_style *style;
    const struct pm_request *request;
    FILE *file;
    const char *qid;  /* of the query in a batch, or NULL */
    struct pm_buf to; /* what is not yet in the file */
};

/* What a format has a place for. */
enum {
    OUTPUT_PASSAGES = 1, /* of the body */
    OUTPUT_TITLES = 128, /* with marks */
    OUTPUT_NAMES = 32,   /* of those that an article is about */
    OUTPUT_EXTRA = 64,   /* keys of an article that we do not know */
    OUTPUT_TABLES = 2,   /* facets, timeline, explanation */
    OUTPUT_NOTICES = 4,  /* warnings, the suggestion, the number without the hits */
    OUTPUT_ARTICLE = 16, /* a whole article */
    OUTPUT_FIELDS = 8,   /* heeds style->fields */
};

/* Each function adds to output->to, whose `failed` tells of lack of memory; NULL adds nothing. */
struct output_format {
    const char *name;
    void (*begin)(struct output *output, const struct pm_results *results);
    void (*hit)(struct output *output, const struct pm_hit *hit, bool first);
    void (*end)(struct output *output, const struct pm_results *results);
    void (*tree)(struct output *output, const struct pm_results *results); /* NULL: as a line */
    void (*failure)(struct output *output, const char *query, const struct pm_error *why);
    void (*article)(struct output *output, const struct pm_article *article);
    unsigned shows;
    const char *help;
};

/* The format called that, or NULL with PM_ERR_USAGE, which tells what there is. */
const struct output_format *output_format_find(const char *name, struct pm_error *err);

/* Adds a line of help for each format. */
void output_format_help(struct pm_buf *out);

/*
 * What the format has a place for as it is asked for: a template without {snippet}, and fields
 * without them, have none for passages or names.
 */
unsigned output_shows(const struct output_style *style);

/* PM_ERR_USAGE if the style contradicts itself, or has no place for what is needed. */
int output_check(const struct output_style *style, unsigned needs, struct pm_error *err);

/* Checks a template; PM_ERR_USAGE tells what there is. */
int output_template_check(const char *text, struct pm_error *err);

/* Reads names of keys of a hit, with commas between them; PM_ERR_USAGE tells what there is. */
int output_fields_parse(const char *list, uint32_t *fields, struct pm_error *err);

/* Reads "none", or an opening and a closing mark with a space between; they point into `text`. */
int output_marks_parse(const char *text, struct output_marks *marks, struct pm_error *err);

/*
 * Writes the results of one query.  -1 only when memory ran out; whether the writing succeeded
 * shows when the file is closed.
 */
int output_results(struct output *output, const struct pm_results *results, struct pm_error *err);

/* Writes why a query failed, in a format that has room for it; else does nothing. */
int output_failure(struct output *output, const char *query, const struct pm_error *why,
                   struct pm_error *err);

/* Writes a whole article, in a format that can. */
int output_article(struct output *output, const struct pm_article *article, struct pm_error *err);

/* Adds the id of an article as one word of a TREC run: white space, which would part it, as %20. */
void output_word(struct pm_buf *to, const char *text);

void output_release(struct output *output);

#endif
