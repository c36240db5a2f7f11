/*
 * NITF, the news industry's text format, where it stands in another format.
 */
#ifndef NITF_H
#define NITF_H

#include <libxml/tree.h>

#include "article.h"
#include "error.h"

/* Adds to *article what the element <nitf> says and the article does not have. */
int nitf_fill(struct pm_article *article, const xmlNode *nitf, struct pm_error *err);

#endif
