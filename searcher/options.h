/*
 * The searcher's command line.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "cli.h"
#include "output.h"
#include "search.h"

struct options {
    const char **index; /* folders */
    size_t index_len;
    struct pm_request request;      /* but for the query and what is read from files */
    enum pm_facet facet[PM_FACETS]; /* which the request points to: do not copy the options */
    const char *query;              /* of -q or of the words, or NULL */
    char *joined;                   /* the words, where they are the query */
    const char *batch;              /* a file of queries, or NULL; that of --topics too */
    const char *topics;             /* the same, of --topics */
    const char *qrels;              /* judgements to score them against, or NULL */
    bool eval, per_query;
    const char *show; /* the id of an article to print, or NULL */
    const char *language;
    const char *synonyms, *stop_words; /* files, or NULL */
    struct output_style style;
    bool limit_given, facet_limit_given;
};

extern const struct pm_cli options_cli;

/*
 * Reads the command line.  True: search.  False: end the program with *status (after --help,
 * or after telling what is wrong).  Release the options in any case.
 */
bool options_read(int argc, char **argv, struct options *options, int *status);
void options_release(struct options *options);

#endif
