/*
 * What a block of a page sounds like: a sentence, the title of a list of links, a notice.
 */
#ifndef HTML_PHRASES_H
#define HTML_PHRASES_H

#include <stdbool.h>
#include <stddef.h>

/* True if `text` (UTF-8, no white space at its end) ends as sentences do, in any script. */
bool html_ends_sentence(const char *text, size_t len);

/* True for what stands above links to other stories: "Related stories", "Lire aussi". */
bool html_heads_links(const char *text, size_t len);

/* The same for an advert: "Advertisement". */
bool html_heads_advert(const char *text, size_t len);

/* True for what stands in a text and is none of it: "Advertisement", "Copyright 2024". */
bool html_is_notice(const char *text, size_t len);

/* True for the title of a page that a server shows in place of another: "404 Not Found". */
bool html_is_error_title(const char *text, size_t len);

#endif
