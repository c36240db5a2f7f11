/*
 * The pieces of a query's text: words, operators, signs, fields and numbers, and where each ends.
 */
#ifndef PM_QUERY_LEX_H
#define PM_QUERY_LEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"

/* A query on its way; `at` is the byte that comes next. */
struct pm_query_lex {
    const char *text;
    size_t len, at;
    struct pm_error *err;
};

/* Fails with PM_ERR_QUERY at the byte `at` and returns -1. */
int pm_query_lex_fail(struct pm_query_lex *lex, size_t at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The bytes of white space, or of a quotation mark, at `at`; 0 if there is none. */
size_t pm_query_lex_space(const struct pm_query_lex *lex, size_t at);
size_t pm_query_lex_quote(const struct pm_query_lex *lex, size_t at);

/* Where the word ends that goes on at `at`: at a space, quotation mark, bracket or the end. */
size_t pm_query_lex_word_end(const struct pm_query_lex *lex, size_t at);

enum pm_query_mark {
    PM_QUERY_CLAUSE, /* none of the others */
    PM_QUERY_AND,
    PM_QUERY_OR,
    PM_QUERY_NOT,
    PM_QUERY_NEAR,
    PM_QUERY_CLOSE, /* a closing bracket */
    PM_QUERY_END,
};

struct pm_query_token {
    enum pm_query_mark mark;
    size_t at, end;    /* of an operator or bracket */
    uint32_t distance; /* of NEAR, in words */
};

/* Passes over white space and tells what stands behind it, which is not passed over: 0 or -1. */
int pm_query_lex_look(struct pm_query_lex *lex, struct pm_query_token *token);

/*
 * Passes over a + or -, which becomes *sign (else 0), or a !, which is a -.  It is none, but
 * punctuation, unless a clause follows directly; nor is a ! that something stands before.
 */
int pm_query_lex_sign(struct pm_query_lex *lex, char *sign);

/*
 * Passes over `name:`, whose field becomes *field (else -1).  Letters before a colon are no
 * field where space follows ("Examples: ...") unless they name one, nor in "http://".
 */
int pm_query_lex_field(struct pm_query_lex *lex, int *field);

enum pm_query_form {
    PM_QUERY_WORD,   /* word */
    PM_QUERY_PHRASE, /* "words", "words"~3 */
    PM_QUERY_EXACT,  /* =word, ="words" */
    PM_QUERY_PREFIX, /* word* */
    PM_QUERY_FUZZY,  /* word~, word~2 */
};

struct pm_query_piece {
    enum pm_query_form form;
    size_t start, end; /* of the text without what stands around it */
    uint32_t distance; /* the number behind ~ */
};

/* Passes over a word or phrase with its signs, but for ^ and what goes with that. */
int pm_query_lex_piece(struct pm_query_lex *lex, struct pm_query_piece *piece);

/* The same for a date, which takes none of the signs. */
int pm_query_lex_date(struct pm_query_lex *lex, struct pm_query_piece *piece);

/* Passes over ^N, which becomes *boost (else 0). */
int pm_query_lex_boost(struct pm_query_lex *lex, double *boost);

#endif
