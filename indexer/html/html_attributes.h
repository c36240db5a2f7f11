/*
 * What the attributes of an element say of it.
 */
#ifndef HTML_ATTRIBUTES_H
#define HTML_ATTRIBUTES_H

/* Those that matter; NULL where there is none. */
struct html_attributes {
    const char *id, *class, *hidden, *style, *aria_hidden, *role, *itemprop, *rel, *href, *datetime,
        *content, *name, *property, *type, *lang, *http_equiv;
};

/* Reads names and values, in turn, NULL at the end; a value may be NULL.  They are borrowed. */
void html_attributes_read(const char *const *from, struct html_attributes *to);

/* The roles (html_tags.h) that they tell of; `tag` has the bits of the element's name. */
unsigned html_attributes_roles(const struct html_attributes *has, unsigned tag);

#endif
