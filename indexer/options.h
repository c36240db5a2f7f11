/*
 * The indexer's command line: one command and its options.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli.h"
#include "feed.h"
#include "language.h"
#include "schema.h"

enum names_format {
    NAMES_TEXT,
    NAMES_NDJSON,
    NAMES_CONLL,
};

struct options {
    const struct options_command *command;
    const char *index;
    const char *const *words; /* what is not an option: paths, or ids */
    size_t words_len;
    struct feed_options feed;
    const struct pm_language *language; /* of articles that do not say */
    struct pm_boosts boosts;
    bool boosts_given;         /* not the default */
    const char *errors;        /* the file to write failures to, or NULL */
    const char *retry;         /* such a file of an earlier run, to read again, or NULL */
    const char *query;         /* of what to delete, or NULL */
    double wait;               /* seconds to wait for another writer */
    uint64_t publish_articles; /* publish after so many, 0: only at the end */
    double publish_seconds;    /* or after so long */
    uint64_t memory;           /* bytes for a segment in the making */
    size_t jobs;               /* articles worked on at once */
    bool writer_api;           /* libxapian writes it */
    enum names_format names_format;
    bool entities;     /* find those of articles that come without */
    bool conll, rules; /* names in token files; by rules */
    bool apply, allow_empty, strict, json, quiet;
};

struct options_command {
    const char *name;
    const char *summary; /* in the list of commands */
    struct pm_cli cli;   /* its options are those of the table that `takes` names */
    const char *takes;   /* letters of the options it takes: see options.c */
    int (*run)(const struct options *options); /* returns the exit code */
};

/*
 * Reads the words after the command's name.  True: run the command.  False: end the program
 * with *status (after --help, or after telling what is wrong).
 */
bool options_read(const struct options_command *command, int argc, char **argv,
                  struct options *options, int *status);

/* Tells what is wrong with the command line; returns PM_EXIT_USAGE. */
int options_refuse(const struct options *options, const char *what);

#endif
