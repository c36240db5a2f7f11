/*
 * The terms by which queries know the entities of an article by their names (name_term.h).
 */
#ifndef ENTITY_TERMS_H
#define ENTITY_TERMS_H

#include <cjson/cJSON.h>

#include "db.h"
#include "error.h"
#include "fold.h"

/* Adds them to a document, without wdf; `entities` as articles have them, or NULL. */
int entity_terms_add(struct pm_db_doc *doc, struct pm_fold *fold, const cJSON *entities,
                     struct pm_error *err);

#endif
