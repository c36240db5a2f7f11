/*
 * Names in text: people, organisations, places and others, found where they stand.
 *
 * For English there is a model, trained by `make model` and linked into the program (docs/MODEL.md
 * says on what, and how well it does); for other languages there are rules.  This header is the
 * folder's only door.
 */
#ifndef ENTITIES_H
#define ENTITIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"

enum entity_type {
    ENTITY_PERSON,
    ENTITY_ORGANISATION,
    ENTITY_PLACE, /* peoples too: "Cambodian officials" */
    ENTITY_OTHER, /* events, laws, works, and all that rules find */
    ENTITY_TYPES,
};

/* "person", "organisation", "place", "other"; constants. */
const char *entity_type_name(enum entity_type type);

/*
 * How names are found.  The rules take runs of words with capitals, such as "Banco de Lunda", and
 * decide by the rest of the article which word of a sentence's beginning is one.  They know no
 * types, and find nothing in text that has no small letters.
 */
enum entity_method {
    ENTITY_MODEL,
    ENTITY_RULES,
};

/* What suits a language, by its ISO 639-1 code (NULL: unknown, taken for English). */
enum entity_method entity_method_for(const char *language);

/* A part of an article: its title, its body.  The text may be anything, ill-formed UTF-8 too. */
struct entity_part {
    const char *text;
    size_t len;
};

/*
 * A name, as it stands in its part from byte `start` to before byte `end`: with the title before
 * it ("General Sok Vannak"), without "'s" and "the".  `margin` is by how much the model
 * preferred it, at the word that it was least sure of; 0 is a toss, 100 is sure.
 */
struct entity {
    size_t part;
    size_t start, end;
    enum entity_type type;
    int margin;
};

/* Names in the order of the text; none overlap.  Starts as {0}. */
struct entities {
    struct entity *entity;
    size_t len, cap;
};

void entities_release(struct entities *entities);

/* What finds them; it keeps memory from text to text, so one serves one thread. */
struct entity_finder;

/* NULL when memory ran out.  entity_finder_free() accepts NULL. */
struct entity_finder *entity_finder_new(struct pm_error *err);
void entity_finder_free(struct entity_finder *finder);

/*
 * Finds the names in the parts of one article, in place of what `found` held.  Takes time in
 * proportion to the text, whatever that is.  -1 when memory ran out.
 */
int entities_find(struct entity_finder *finder, enum entity_method method,
                  const struct entity_part *part, size_t parts, struct entities *found,
                  struct pm_error *err);

/* A word or a mark of text that came in tokens, and what was found: see below. */
struct entity_token {
    const char *text;
    size_t len;
    bool first;  /* of its sentence */
    bool named;  /* it is of a name */
    bool begins; /* and the first of it */
    enum entity_type type;
};

/* Finds names in an article that came in tokens: sets the last three members of each. */
int entities_tag(struct entity_finder *finder, enum entity_method method,
                 struct entity_token *token, size_t len, struct pm_error *err);

/*
 * The tokens that the last text was taken apart into, with what was found; valid until the next
 * call. -1 when memory ran out.
 */
int entities_tokens(struct entity_finder *finder, const struct entity_token **token, size_t *len,
                    struct pm_error *err);

#endif
