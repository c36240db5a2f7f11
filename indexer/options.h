/*
 * The indexer's command line: one command and its options.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "cli.h"
#include "feed.h"
#include "language.h"
#include "schema.h"

struct options {
    const struct options_command *command;
    const char *index;
    const char *const *paths;
    size_t paths_len;
    enum feed_format format;
    const struct pm_language *language; /* of articles that do not say */
    struct pm_boosts boosts;
    bool boosts_given; /* not the default */
    bool strict, json, quiet;
};

struct options_command {
    const char *name;
    struct pm_cli cli;
    int (*run)(const struct options *options); /* returns the exit code */
};

/*
 * Reads the words after the command's name.  True: run the command.  False: end the program
 * with *status (after --help, or after telling what is wrong).
 */
bool options_read(const struct options_command *command, int argc, char **argv,
                  struct options *options, int *status);

/* The option tables of the commands. */
extern const struct pm_cli_option options_add[];
extern const size_t options_add_len;
extern const struct pm_cli_option options_stats[];
extern const size_t options_stats_len;

#endif
