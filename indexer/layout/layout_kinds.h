/*
 * What each line of a saved text is.
 */
#ifndef LAYOUT_KINDS_H
#define LAYOUT_KINDS_H

#include <stdbool.h>
#include <stddef.h>

#include "article.h"
#include "layout_lines.h"

struct layout {
    struct lines lines;
    struct slice
        title;         /* that the article has by now, without what follows it in a bar; or empty */
    struct slice site; /* what followed it: "Headline | The Some Post"; or empty */
    bool has_title;    /* it has one, or a line is it */
    size_t top, bottom;  /* the lines from `top` to before `bottom` are the article */
    struct slice author; /* the first name of a byline; empty without one */
    size_t story;        /* the line with the dateline, or lines.n */
    size_t dateline;     /* bytes that it begins with */
    struct slice place;  /* what of them stands before the dash */
};

/* Gives every line a kind; the lines are cut, the title is set.  0, or -1. */
int kinds_find(struct layout *layout, struct pm_error *err);

#endif
