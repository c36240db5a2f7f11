/*
 * libxml2 2.9 crashes where it has no memory to let its own copy of the text, or its list of open
 * elements, grow: so there is no copy, and the list has room.
 */
#include "html_parser.h"

#include <libxml/parserInternals.h>

int html_parser_run(htmlParserCtxtPtr parser, const char *text, int depth)
{
    const int room = depth + 10; /* it notes an element before we are told */
    const xmlChar **names = xmlRealloc(parser->nameTab, (size_t)room * sizeof *names);
    if (!names)
        return -1;
    parser->nameTab = names;
    parser->nameMax = room;
    xmlParserInputPtr input = xmlNewStringInputStream(parser, (const xmlChar *)text);
    if (!input || inputPush(parser, input) < 0) {
        xmlFreeInputStream(input);
        return -1;
    }
    htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                   HTML_PARSE_NONET | HTML_PARSE_NODEFDTD | HTML_PARSE_IGNORE_ENC);
    xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8);
    htmlParseDocument(parser);
    return 0;
}
