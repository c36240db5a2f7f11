/*
 * The entities of an article: the names that the tagger finds, each person, body and place brought
 * together under one name.  This header is the folder's only door.
 *
 * Titles and ranks are cut off ("General Mao Sophan" is Mao Sophan).  What stands for the same is
 * one: an acronym and what it is short for, a part of a person's name and the whole, a country and
 * its people.
 */
#ifndef NAMES_H
#define NAMES_H

#include <cjson/cJSON.h>

#include "article.h"
#include "entities.h"
#include "fold.h"

enum name_part { NAME_TITLE, NAME_BODY, NAME_PARTS };

struct name_mention {
    enum name_part part;
    size_t start, end; /* bytes of that part */
};

struct name {
    enum entity_type type;
    char *text; /* as it stands where it is fullest, in natural capitals; of a country, its name */
    char **alias; /* how else it is called there, each once, in the order of the text */
    size_t aliases;
    struct name_mention *mention; /* in the order of the text; at least one */
    size_t mentions;
    int salience; /* 0 to 99: more for each mention, for one in the title and one in the lede */
};

/* The most salient first, then in the order of the text.  Starts as {0}. */
struct names {
    struct name *name;
    size_t len;
};

void names_release(struct names *names);

/*
 * Finds the mentions of the entities that an article came with, where their names and aliases
 * stand in its title and body, and how salient they are: adds each to those that came without it.
 */
int names_place(struct pm_fold *fold, struct pm_article *article, struct pm_error *err);

/* What finds them; keeps memory from article to article, so one serves one thread. */
struct name_finder;

/* NULL when memory ran out.  name_finder_free() accepts NULL. */
struct name_finder *name_finder_new(struct pm_error *err);
void name_finder_free(struct name_finder *finder);

/*
 * Finds the entities in the title and the body of an article, in place of what *names held; those
 * of a title that was made of the body are in the body.  -1 when memory ran out.
 */
int names_find(struct name_finder *finder, enum entity_method method,
               const struct pm_article *article, struct names *names, struct pm_error *err);

/* What finds the single names, for who wants these. */
struct entity_finder *name_finder_entities(const struct name_finder *finder);

/*
 * Names as articles have them: an array of {"type", "name", "aliases", "salience", "mentions"},
 * where mentions are pairs of bytes, [start, end], by the part they stand in: {"title": [[0, 9]],
 * "body": [[12, 21]]}.  To be freed with cJSON_Delete(); NULL when memory ran out.
 */
cJSON *names_to_json(const struct names *names, struct pm_error *err);

#endif
