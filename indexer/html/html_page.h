/*
 * A web page taken apart: what its head says, and its text as a run of blocks in boxes.
 *
 * libxml2's HTML parser reports elements as they come; no tree is built.  A block is a stretch of
 * text that stands by itself (a paragraph, a heading, an item), a box an element that holds
 * blocks or says by its name or class what it is for.  Boxes and blocks are arrays in the order
 * of the page, a box before what is in it, so all that follows runs over them without recursion.
 */
#ifndef HTML_PAGE_H
#define HTML_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "error.h"
#include "html_meta.h"
#include "html_tags.h"

/*
 * The deepest nesting that is read.  An end tag without its start makes libxml2 look through all
 * open elements, so this bounds the time; browsers stop at 512.
 */
#define HTML_DEPTH_MAX 512

struct html_box {
    uint32_t parent; /* its index; that of box 0, the page itself, is 0 */
    uint32_t depth;  /* in boxes */
    uint32_t end;    /* html_body's: one behind the last box in it */
    unsigned tag;    /* HTML_TAG_... bits */
    unsigned roles;  /* HTML_ROLE_... bits, its own alone */
    size_t chars;    /* html_body's: characters of running text in it and in its boxes */
};

struct html_block {
    size_t from, len; /* in `text` */
    size_t chars;     /* characters that are no white space */
    size_t linked;    /* those of them in links */
    uint32_t box;
    unsigned tag;   /* of the innermost paragraph, heading, item or quotation: HTML_TAG_... */
    unsigned roles; /* html_body's: those of all boxes around it */
};

/* A <time>: its `datetime`, or else its text, in `values`, and the block that it stands in. */
struct html_time {
    size_t from, len;
    size_t block;
    uint32_t box;
};

struct html_page {
    struct html_box *box;
    size_t boxes;
    struct html_block *block;
    size_t blocks;
    struct html_time *time;
    size_t times;
    struct pm_buf text;
    struct pm_buf values; /* what `said` and `time` point into */
    struct html_said said;
    struct pm_buf title; /* <title> */
    struct pm_buf data;  /* JSON-LD: the scripts, a NUL behind each */
};

/*
 * Takes apart `text` (UTF-8 without a mark, a NUL behind it), which is changed.  What no parser can
 * make sense of is passed over; a page that is nested deeper than HTML_DEPTH_MAX is PM_ERR_SYNTAX.
 * The page starts as {0} and must be released even then.
 */
int html_page_read(struct html_page *page, char *text, size_t len, struct pm_error *err);
void html_page_release(struct html_page *page);

#endif
