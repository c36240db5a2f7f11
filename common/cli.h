/*
 * What the command lines of both programs share: options from a table, help made of the same
 * table, exit codes, and an honest end of standard output.
 *
 * The only part of the library that may print; it never exits.
 */
#ifndef PM_CLI_H
#define PM_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "error.h"

/* Exit codes: 0 to 3 as search tools have them, above 63 as sysexits(3). */
enum pm_exit {
    PM_EXIT_OK = 0,
    PM_EXIT_NOTHING = 1,   /* nothing found */
    PM_EXIT_USAGE = 2,     /* the question, or the command line, was wrong */
    PM_EXIT_PARTIAL = 3,   /* part of the input or of a batch failed, the rest is done */
    PM_EXIT_DATA = 65,     /* bad input, and therefore nothing done */
    PM_EXIT_NO_INPUT = 66, /* no such index, or nothing to read */
    PM_EXIT_INTERNAL = 70,
    PM_EXIT_IO = 74,
    PM_EXIT_TRY_AGAIN = 75,
};

/* The exit code that an error ends a program with. */
int pm_cli_exit_code(enum pm_code code);

struct pm_cli_option {
    int id;           /* what pm_cli_next() returns; above 0 */
    char letter;      /* 0 when it has only a name */
    const char *name; /* --name */
    const char *arg;  /* what its value is called in the help, in brackets with a "=" where it
                         may be left out; NULL when it takes none */
    const char *help;
};

struct pm_cli {
    const char *command;    /* of the program, in messages after its name; NULL for none */
    const char *usage;      /* lines after "usage: " */
    const char *about;      /* what it does, in the help before the options */
    const char *notes;      /* in the help after the options */
    bool words_end_options; /* the first word ends the options; else they may be mixed */
    const struct pm_cli_option *options;
    size_t len;
};

/*
 * The next option's id, its value in *value; 0 when they are done and optind is the first
 * word; -1 after telling standard error what is wrong.
 */
int pm_cli_next(const struct pm_cli *cli, int argc, char **argv, const char **value);

/* Prints the help to standard output. */
void pm_cli_help(const struct pm_cli *cli);

/* Tells standard error something in a line of its own, after the program's name. */
void pm_cli_say(const struct pm_cli *cli, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Tells standard error, after the program's name, what went wrong. */
void pm_cli_complain(const struct pm_cli *cli, const struct pm_error *err);

/* Reads a whole number from `low` to `high` into *number; complaint and -1 for anything else. */
int pm_cli_number(const struct pm_cli *cli, const char *option, const char *text, long low,
                  long high, long *number);

/*
 * Whether to colour what goes to `stream`: `when` is "always", "never" or "auto" (a terminal
 * that is not dumb, and NO_COLOR empty).  -1 for any other `when`.
 */
int pm_cli_color(const char *when, FILE *stream);

/*
 * The end of a program: flushes and closes standard output and returns `status`, or
 * PM_EXIT_IO after telling why the output could not be written.  A reader that went away (a
 * closed pipe) is no error.
 */
int pm_cli_finish(const struct pm_cli *cli, int status);

/*
 * To be called first: writing to a closed pipe must be an error and not a signal, and as many
 * files may be open as the system lets us have.
 */
void pm_cli_start(void);

#endif
