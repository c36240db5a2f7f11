/*
 * Runs libxml2's HTML parser in a way that it survives.
 */
#ifndef HTML_PARSER_H
#define HTML_PARSER_H

#include <libxml/HTMLparser.h>

/*
 * Parses `text` (tamed, UTF-8, a NUL behind it) and reports it to the handler that `parser` has,
 * which must stop it (xmlStopParser) where more than `depth` elements are open.  The text must live
 * until the parser is freed.  -1 when memory ran out before the parse began; when it runs out
 * later, the handler's `serror` is told or errno is ENOMEM.
 */
int html_parser_run(htmlParserCtxtPtr parser, const char *text, int depth);

#endif
