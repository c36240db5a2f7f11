/*
 * What elements are for: by their names, and by the words in their class and id.
 */
#ifndef HTML_TAGS_H
#define HTML_TAGS_H

#include <stddef.h>

enum {
    HTML_TAG_BLOCK = 1 << 0, /* text in it stands by itself */
    HTML_TAG_SKIP = 1 << 1,  /* nothing in it is text */
    HTML_TAG_P = 1 << 2,
    HTML_TAG_HEADING = 1 << 3, /* h1 to h6 */
    HTML_TAG_H1 = 1 << 4,
    HTML_TAG_ITEM = 1 << 5,
    HTML_TAG_QUOTE = 1 << 6,
    HTML_TAG_LINK = 1 << 7,
    HTML_TAG_BREAK = 1 << 8,
    HTML_TAG_TIME = 1 << 9,
    HTML_TAG_TITLE = 1 << 10,
    HTML_TAG_META = 1 << 11,
    HTML_TAG_REL = 1 << 12, /* <link> */
    HTML_TAG_SCRIPT = 1 << 13,
    HTML_TAG_ROOT = 1 << 14, /* html, body: whatever their class, they are not a part */
    HTML_TAG_ARTICLE = 1 << 15,
};

enum {
    HTML_ROLE_HIDDEN = 1 << 0,
    HTML_ROLE_ASIDE = 1 << 1, /* navigation, adverts, related stories, forms and the like */
    HTML_ROLE_COMMENTS = 1 << 2,
    HTML_ROLE_CAPTION = 1 << 3,
    HTML_ROLE_BYLINE = 1 << 4,
    HTML_ROLE_DATE = 1 << 5,
    HTML_ROLE_CHANGED = 1 << 6, /* when it was changed last */
    HTML_ROLE_BODY = 1 << 7,    /* the text of the article */
    HTML_ROLE_ARTICLE = 1 << 8, /* <article>, <main> */
};

/* HTML_TAG_... bits of the element `name` (in small letters); its roles in *roles. */
unsigned html_tag(const char *name, unsigned *roles);

/* The roles that the words of a class or id tell of. */
unsigned html_class_roles(const char *value);

/* The role that the attribute `role` of ARIA tells of. */
unsigned html_aria_roles(const char *value);

#endif
