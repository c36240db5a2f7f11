/*
 * How long queries take through the library: an index is opened once, and many are asked.
 * tests/bench/queries builds and runs it.
 *
 *   queries INDEX FILE [--plain] [--snippets] [--cpu] [--passes N]
 *
 * FILE has lines `kind TAB words`: of the words, kinds that begin with `and` ask for all and those
 * with `phr` for the phrase, any other for the more the better.  Prints for each query of each of N
 * passes (3), after one that is not counted,
 *
 *   pass TAB kind TAB microseconds TAB hits TAB total TAB words
 *
 * A query is all that pm_search_run() does for ten hits, with their articles.  --plain leaves out
 * the clauses for names, --snippets adds a passage of each hit.  --cpu counts what the thread has
 * computed instead of what the clock on the wall says.
 */
#include <getopt.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "buf.h"
#include "search.h"
#include "timing.h"

struct question {
    const char *kind, *words; /* of the line */
    struct pm_buf query;
};

struct questions {
    struct question *item;
    size_t len;
};

struct asked {
    const char *index, *file;
    bool cpu;
    int passes;
    struct pm_request request;
};

static const struct option long_options[] = {
    {"plain", no_argument, NULL, 'p'},
    {"snippets", no_argument, NULL, 's'},
    {"cpu", no_argument, NULL, 'c'},
    {"passes", required_argument, NULL, 'n'},
    {NULL, 0, NULL, 0},
};

static struct asked read_options(int argc, char **argv)
{
    struct asked asked = {.passes = 3, .request = pm_request_default};
    int option;
    asked.request.snippets = 0;
    asked.request.title_marks = false; /* as people see it */
    asked.request.extra = false;
    asked.request.suggest = false; /* nobody is there to be asked */
    while ((option = getopt_long(argc, argv, "", long_options, NULL)) >= 0) {
        if (option == 'p') {
            asked.request.plain = true;
            asked.request.names = 0;
        } else if (option == 's')
            asked.request.snippets = pm_request_default.snippets;
        else if (option == 'c')
            asked.cpu = true;
        else if (option == 'n')
            asked.passes = atoi(optarg);
        else
            exit(2);
    }
    if (argc - optind != 2)
        quit("usage: queries INDEX FILE [--plain] [--snippets] [--cpu] [--passes N]");
    asked.index = argv[optind];
    asked.file = argv[optind + 1];
    return asked;
}

/* `words` as `kind` asks for them. */
static void write_query(struct pm_buf *query, const char *kind, const char *words)
{
    bool all = !strncmp(kind, "and", 3), phrase = !strncmp(kind, "phr", 3);
    if (phrase)
        pm_buf_addc(query, '"');
    for (const char *at = words; *at; at++)
        if (all && *at == ' ')
            pm_buf_adds(query, " AND ");
        else
            pm_buf_addc(query, *at);
    if (phrase)
        pm_buf_addc(query, '"');
}

static void read_questions(struct questions *questions, const char *path)
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;
    if (!file)
        quit("cannot open the file of queries");
    while (getline(&line, &cap, file) > 0) {
        line[strcspn(line, "\r\n")] = '\0';
        char *tab = strchr(line, '\t');
        if (!tab)
            continue;
        *tab = '\0';
        struct question question = {line, tab + 1, PM_BUF_INIT};
        write_query(&question.query, question.kind, question.words);
        questions->item =
            reallocarray(questions->item, questions->len + 1, sizeof *questions->item);
        if (!questions->item || question.query.failed)
            quit("out of memory");
        questions->item[questions->len++] = question;
        line = NULL; /* it is the question's */
        cap = 0;
    }
    free(line);
    fclose(file);
}

static double clock_of(const struct asked *asked)
{
    struct timespec time;
    if (asked->cpu)
        return now();
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void ask(struct asked *asked, struct pm_search *search, const struct question *question,
                int pass)
{
    struct pm_results results;
    struct pm_error err = {0};
    asked->request.query = pm_buf_str(&question->query);
    asked->request.query_len = question->query.len;
    double from = clock_of(asked);
    if (pm_search_run(search, &asked->request, &results, &err))
        quit(err.message);
    size_t hits = results.len;
    uint32_t total = results.total;
    pm_results_release(&results);
    double took = clock_of(asked) - from;
    if (pass)
        printf("%d\t%s\t%.1f\t%zu\t%u\t%s\n", pass, question->kind, took * 1e6, hits, total,
               question->words);
}

int main(int argc, char **argv)
{
    struct asked asked = read_options(argc, argv);
    struct questions questions = {0};
    struct pm_error err = {0};
    read_questions(&questions, asked.file);
    struct pm_search *search = pm_search_open(&asked.index, 1, NULL, &err);
    if (!search)
        quit(err.message);
    for (int pass = 0; pass <= asked.passes; pass++)
        for (size_t i = 0; i < questions.len; i++)
            ask(&asked, search, &questions.item[i], pass);
    pm_search_close(search);
    for (size_t i = 0; i < questions.len; i++) {
        free((char *)questions.item[i].kind);
        pm_buf_release(&questions.item[i].query);
    }
    free(questions.item);
    return 0;
}
