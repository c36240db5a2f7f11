#include "conll.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "stop.h"

/* The lines of a document, until its end is reached. */
struct document {
    struct pm_buf text; /* lines, each with a line feed */
    struct entity_token *token;
    size_t len, cap;
    size_t sentences; /* that have ended */
    bool starts;      /* the file says where documents start */
};

static const char document_start[] = "-DOCSTART-";

/* Where a file does not say where documents begin, so many sentences make one. */
#define SENTENCES 20

void conll_print_tag(const struct entity_token *token)
{
    static const char *const names[ENTITY_TYPES] = {
        [ENTITY_PERSON] = "PER",
        [ENTITY_ORGANISATION] = "ORG",
        [ENTITY_PLACE] = "LOC",
        [ENTITY_OTHER] = "MISC",
    };
    if (token->named)
        printf("%c-%s", token->begins ? 'B' : 'I', names[token->type]);
    else
        putchar('O');
}

static bool starts_document(const char *line)
{
    return !strncmp(line, document_start, sizeof document_start - 1);
}

/* The end of the token of a line, and of the line without its line feed. */
static size_t token_length(const char *line, size_t len)
{
    size_t i = 0;
    while (i < len && line[i] != ' ' && line[i] != '\t')
        i++;
    return i;
}

static size_t line_length(const char *line, size_t len)
{
    while (len && (line[len - 1] == '\n' || line[len - 1] == '\r'))
        len--;
    return len;
}

static int make_token(struct document *document, const char *text, size_t len, bool first,
                      struct pm_error *err)
{
    if (document->len == document->cap) {
        size_t cap = document->cap ? 2 * document->cap : 256;
        struct entity_token *grown = reallocarray(document->token, cap, sizeof *grown);
        if (!grown)
            return pm_fail_nomem(err);
        document->token = grown;
        document->cap = cap;
    }
    document->token[document->len++] =
        (struct entity_token){.text = text, .len = len, .first = first};
    return 0;
}

static int make_tokens(struct document *document, struct pm_error *err)
{
    const char *at = document->text.data, *end = at + document->text.len;
    bool first = true;
    document->len = 0;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t len = token_length(at, line_length(at, (size_t)(stop - at)));
        if (len && !starts_document(at)) {
            if (make_token(document, at, len, first, err))
                return -1;
            first = false;
        } else {
            first = true;
        }
        at = stop + 1;
    }
    return 0;
}

static void print_lines(const struct document *document)
{
    const char *at = document->text.data, *end = at + document->text.len;
    const struct entity_token *token = document->token;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t len = line_length(at, (size_t)(stop - at));
        fwrite(at, 1, len, stdout);
        if (starts_document(at)) {
            fputs(" O", stdout);
        } else if (token_length(at, len)) {
            putchar(' ');
            conll_print_tag(token++);
        }
        putchar('\n');
        at = stop + 1;
    }
}

/* Finds and prints what has been gathered. */
static int finish(struct document *document, struct entity_finder *finder,
                  enum entity_method method, struct pm_error *err)
{
    if (document->text.failed)
        return pm_fail_nomem(err);
    if (!document->text.len)
        return 0;
    if (make_tokens(document, err) ||
        entities_tag(finder, method, document->token, document->len, err))
        return -1;
    print_lines(document);
    pm_buf_clear(&document->text);
    return 0;
}

static int take_line(struct document *document, const char *line, size_t len,
                     struct entity_finder *finder, enum entity_method method, struct pm_error *err)
{
    size_t bare = line_length(line, len);
    if (starts_document(line)) {
        if (finish(document, finder, method, err))
            return -1;
        document->starts = true;
    }
    pm_buf_add(&document->text, line, bare);
    pm_buf_addc(&document->text, '\n');
    if (token_length(line, bare) || document->starts || ++document->sentences < SENTENCES)
        return 0;
    document->sentences = 0;
    return finish(document, finder, method, err);
}

int conll_run(struct entity_finder *finder, enum entity_method method, const char *path,
              struct pm_error *err)
{
    struct document document = {0};
    char *line = NULL;
    size_t size = 0;
    ssize_t len;
    int rc = -1;
    bool named = strcmp(path, "-") != 0;
    FILE *file = named ? fopen(path, "re") : stdin;
    if (!file)
        return pm_fail_errno(err, PM_ERR_NO_INPUT, "cannot open '%s'", path);
    errno = 0;
    while ((len = getline(&line, &size, file)) >= 0 && !ferror(stdout))
        if (stop_check(err) || take_line(&document, line, (size_t)len, finder, method, err))
            goto out;
    if (ferror(file) || (!feof(file) && !ferror(stdout)))
        pm_fail_errno(err, errno == ENOMEM ? PM_ERR_NOMEM : PM_ERR_NO_INPUT, "cannot read '%s'",
                      path);
    else
        rc = finish(&document, finder, method, err);
out:
    if (named)
        fclose(file);
    free(line);
    free(document.token);
    pm_buf_release(&document.text);
    return rc;
}
