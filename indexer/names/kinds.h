/*
 * What a word of a name tells of what bears the name: a company, a body, no body at all.
 */
#ifndef NAMES_KINDS_H
#define NAMES_KINDS_H

#include <stdbool.h>
#include <stddef.h>

enum word_kind {
    KIND_NONE,
    KIND_COMPANY, /* stands behind a company's name: "inc", "co" */
    KIND_FIRM,    /* the same, if a firm is behind it or it ends the name: "capital", "markets" */
    KIND_LEGAL,   /* KIND_COMPANY in capitals, and no name by itself: "AG" */
    KIND_HEAD,    /* stands first in a company's name, as languages have it: "banque" */
    KIND_BODY,    /* a kind of body: by itself it is one that has a longer name ("commission") */
    KIND_OWN,     /* one that a state has one of, so a name by itself: "army", "senate" */
    KIND_FIELD,   /* what an office or a ministry is of: "defence", "affairs", "national" */
    KIND_OFFICE,  /* an office that is of such: "minister", "secretary" */
    KIND_THING,   /* what ends in it is no body: "agreement", "memorandum", "code" */
    KIND_UNIT,    /* behind a number: "mln", "dlrs", "tonnes" */
    KIND_COMMON,  /* no name by itself: "kingdom", "western" */
};

/* What a folded word is; a word of titles.h that is a TITLE_LINK may be a KIND_FIELD. */
enum word_kind kind_of(const char *word, size_t len);

/* True if there are words in a folded text, and all are of that kind, or "and" between such. */
bool kind_all(const char *key, enum word_kind kind);

/* What its last word is. */
enum word_kind kind_last(const char *key);

/* The word at i of the table, which are in order; NULL behind the last. */
const char *kind_word(size_t i);

#endif
