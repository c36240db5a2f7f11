#include "cli.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define MAX_OPTIONS 64
#define FIRST_LONG  256 /* getopt's values from here on are rows of the table */

static const struct {
    enum pm_code code;
    int status;
} exit_codes[] = {
    {PM_OK, PM_EXIT_OK},
    {PM_ERR_USAGE, PM_EXIT_USAGE},
    {PM_ERR_QUERY, PM_EXIT_USAGE},
    {PM_ERR_SYNTAX, PM_EXIT_DATA},
    {PM_ERR_TOO_LARGE, PM_EXIT_DATA},
    {PM_ERR_CHANGED, PM_EXIT_TRY_AGAIN},
    {PM_ERR_NO_INPUT, PM_EXIT_NO_INPUT},
    {PM_ERR_NOT_FOUND, PM_EXIT_NO_INPUT},
    {PM_ERR_VERSION, PM_EXIT_NO_INPUT},
    {PM_ERR_BUSY, PM_EXIT_TRY_AGAIN},
    {PM_ERR_IO, PM_EXIT_IO},
};

int pm_cli_exit_code(enum pm_code code)
{
    for (size_t i = 0; i < sizeof exit_codes / sizeof *exit_codes; i++)
        if (exit_codes[i].code == code)
            return exit_codes[i].status;
    return PM_EXIT_INTERNAL;
}

/* "pressmark-indexer add": the program goes by the name it was called by. */
static void say_name(const struct pm_cli *cli)
{
    fprintf(stderr, "%s%s%s", program_invocation_short_name, cli->command ? " " : "",
            cli->command ? cli->command : "");
}

void pm_cli_say(const struct pm_cli *cli, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say_name(cli);
    fputs(": ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
}

static int try_help(const struct pm_cli *cli)
{
    fputs("Try '", stderr);
    say_name(cli);
    fputs(" --help'.\n", stderr);
    return -1;
}

void pm_cli_start(void)
{
    struct rlimit files;
    signal(SIGPIPE, SIG_IGN);
    /* An index of many segments has many files open. */
    if (!getrlimit(RLIMIT_NOFILE, &files)) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
}

/* Whether a value must follow: one in brackets, "[=SECONDS]", may. */
static int argument_of(const struct pm_cli_option *option)
{
    if (!option->arg)
        return no_argument;
    return *option->arg == '[' ? optional_argument : required_argument;
}

/* ---- what is no option ---- */

#define NAME_MAX_LEN 40 /* bytes; a longer one is like no option */

/* How many letters to add, drop or change to make one of the other. */
static size_t edits(const char *a, size_t len, const char *b)
{
    size_t row[NAME_MAX_LEN + 1], b_len = strlen(b);
    if (b_len > NAME_MAX_LEN)
        return SIZE_MAX;
    for (size_t j = 0; j <= b_len; j++)
        row[j] = j;
    for (size_t i = 1; i <= len; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            size_t change = corner + (a[i - 1] != b[j - 1]);
            corner = row[j];
            size_t least = row[j] < row[j - 1] ? row[j] + 1 : row[j - 1] + 1;
            row[j] = change < least ? change : least;
        }
    }
    return row[b_len];
}

/* Says whether a long option is unknown or the beginning of several, and which it is like. */
static void refuse_long(const struct pm_cli *cli, const char *word)
{
    const char *name = word + strspn(word, "-"), *nearest = NULL;
    size_t len = strcspn(name, "="), least = len < 5 ? 2 : 3, begun = 0;
    const char *option[2] = {NULL, NULL};
    for (size_t i = 0; len && len <= NAME_MAX_LEN && i < cli->len; i++) {
        size_t distance = edits(name, len, cli->options[i].name);
        if (distance < least) {
            least = distance;
            nearest = cli->options[i].name;
        }
        if (!strncmp(cli->options[i].name, name, len) && begun++ < 2)
            option[begun - 1] = cli->options[i].name;
    }
    if (begun > 1)
        pm_cli_say(cli, "option '%s' is ambiguous: --%s, --%s%s", word, option[0], option[1],
                   begun > 2 ? ", ..." : "");
    else if (nearest)
        pm_cli_say(cli, "unknown option '%s': did you mean --%s?", word, nearest);
    else
        pm_cli_say(cli, "unknown option '%s'", word);
}

int pm_cli_next(const struct pm_cli *cli, int argc, char **argv, const char **value)
{
    struct option longs[MAX_OPTIONS + 1] = {{0}};
    char letters[2 * MAX_OPTIONS + 3], *letter = letters;
    if (cli->words_end_options)
        *letter++ = '+';
    *letter++ = ':'; /* we tell ourselves what is wrong */
    for (size_t i = 0; i < cli->len && i < MAX_OPTIONS; i++) {
        const struct pm_cli_option *option = &cli->options[i];
        longs[i] = (struct option){option->name, argument_of(option), NULL, FIRST_LONG + (int)i};
        if (option->letter) {
            *letter++ = option->letter;
            if (argument_of(option) == required_argument)
                *letter++ = ':';
        }
    }
    *letter = '\0';
    int start = optind ? optind : 1;
    int got = getopt_long(argc, argv, letters, longs, NULL);
    *value = optarg;
    if (got == -1)
        return 0;
    if (got >= FIRST_LONG)
        return cli->options[got - FIRST_LONG].id;
    for (size_t i = 0; i < cli->len; i++)
        if (got != '?' && got != ':' && cli->options[i].letter == got)
            return cli->options[i].id;
    const char *word = argv[optind > start ? optind - 1 : start];
    if (got == ':')
        pm_cli_say(cli, "option '%s' needs a value", word);
    else if (optopt >= FIRST_LONG)
        pm_cli_say(cli, "option '--%s' takes no value", cli->options[optopt - FIRST_LONG].name);
    else if (optopt)
        pm_cli_say(cli, "unknown option '-%c'", optopt);
    else
        refuse_long(cli, word);
    return try_help(cli);
}

void pm_cli_help(const struct pm_cli *cli)
{
    printf("usage: %s\n\n%s\n\n", cli->usage, cli->about);
    for (size_t i = 0; i < cli->len; i++) {
        const struct pm_cli_option *option = &cli->options[i];
        int width = option->letter ? printf("  -%c, ", option->letter) : printf("      ");
        width += printf("--%s", option->name);
        if (option->arg)
            width += printf("%s%s", *option->arg == '[' ? "" : " ", option->arg);
        if (width > 28)
            width = printf("\n") - 1;
        printf("%*s%s\n", 30 - width, "", option->help);
    }
    if (cli->notes)
        printf("\n%s\n", cli->notes);
}

void pm_cli_complain(const struct pm_cli *cli, const struct pm_error *err)
{
    pm_cli_say(cli, "%s", err->message);
}

int pm_cli_number(const struct pm_cli *cli, const char *option, const char *text, long low,
                  long high, long *number)
{
    char *end;
    errno = 0;
    *number = strtol(text, &end, 10);
    if (!errno && end != text && !*end && *number >= low && *number <= high)
        return 0;
    pm_cli_say(cli, "'%s' is no number from %ld to %ld for %s", text, low, high, option);
    return -1;
}

int pm_cli_color(const char *when, FILE *stream)
{
    if (!strcmp(when, "always"))
        return 1;
    if (!strcmp(when, "never"))
        return 0;
    if (strcmp(when, "auto"))
        return -1;
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(fileno(stream)) && !(no_color && *no_color) && term && strcmp(term, "dumb");
}

int pm_cli_finish(const struct pm_cli *cli, int status)
{
    /* An earlier failed write left only the error flag; flushing again may clear errno. */
    bool failed = ferror(stdout);
    int why = failed ? errno : 0;
    if (fflush(stdout)) {
        failed = true;
        why = errno;
    }
    if (fclose(stdout) && !failed) {
        failed = true;
        why = errno;
    }
    if (!failed || why == EPIPE)
        return status;
    pm_cli_say(cli, "cannot write the output: %s", why ? strerror(why) : "write error");
    return PM_EXIT_IO;
}
