#include "html_attributes.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "html_tags.h"

static const struct {
    const char *name;
    size_t offset;
} attribute_names[] = {
#define AT(member) offsetof(struct html_attributes, member)
    {"id", AT(id)},
    {"class", AT(class)},
    {"hidden", AT(hidden)},
    {"style", AT(style)},
    {"aria-hidden", AT(aria_hidden)},
    {"role", AT(role)},
    {"itemprop", AT(itemprop)},
    {"rel", AT(rel)},
    {"href", AT(href)},
    {"datetime", AT(datetime)},
    {"content", AT(content)},
    {"name", AT(name)},
    {"property", AT(property)},
    {"type", AT(type)},
    {"lang", AT(lang)},
    {"http-equiv", AT(http_equiv)},
#undef AT
};
#define ATTRIBUTES (sizeof attribute_names / sizeof *attribute_names)

void html_attributes_read(const char *const *from, struct html_attributes *to)
{
    *to = (struct html_attributes){0};
    for (; from && from[0]; from += 2)
        for (size_t i = 0; i < ATTRIBUTES; i++)
            if (!strcmp(from[0], attribute_names[i].name))
                *(const char **)((char *)to + attribute_names[i].offset) = from[1] ? from[1] : "";
}

static bool is_hidden(const struct html_attributes *has)
{
    const char *display = has->style ? strcasestr(has->style, "display") : NULL;
    if (display) {
        display += strlen("display");
        display += strspn(display, " \t:");
    }
    return (has->hidden && strcasecmp(has->hidden, "until-found")) ||
           (has->aria_hidden && !strcasecmp(has->aria_hidden, "true")) ||
           (display && !strncasecmp(display, "none", 4));
}

unsigned html_attributes_roles(const struct html_attributes *has, unsigned tag)
{
    unsigned roles = 0;
    if (tag & HTML_TAG_ROOT)
        return 0;
    if (is_hidden(has))
        roles |= HTML_ROLE_HIDDEN;
    if (has->class)
        roles |= html_class_roles(has->class);
    if (has->id)
        roles |= html_class_roles(has->id);
    if (has->role)
        roles |= html_aria_roles(has->role);
    if (has->rel && !strcasecmp(has->rel, "author"))
        roles |= HTML_ROLE_BYLINE;
    if (has->itemprop && strcasestr(has->itemprop, "articleBody"))
        roles |= HTML_ROLE_BODY;
    else if (has->itemprop)
        roles |= html_class_roles(has->itemprop) & (HTML_ROLE_BYLINE | HTML_ROLE_CAPTION);
    return roles;
}
