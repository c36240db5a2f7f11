#include "html_meta.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "array.h"

/* More of one subject is a mistake of the page, or an attack. */
#define SUBJECT_MAX 200

/* By subject, and in each of them by trust. */
static const struct name {
    const char *name;
    enum html_subject subject;
} names[] = {
    {"og:title", HTML_TITLE},
    {"headline", HTML_TITLE},
    {"twitter:title", HTML_TITLE},
    {"parsely-title", HTML_TITLE},
    {"sailthru.title", HTML_TITLE},
    {"citation_title", HTML_TITLE},
    {"dc.title", HTML_TITLE},
    {"dcterms.title", HTML_TITLE},
    {"og:site_name", HTML_SITE},
    {"citation_journal_title", HTML_SITE},
    {"dc.publisher", HTML_SITE},
    {"dcterms.publisher", HTML_SITE},
    {"publisher", HTML_SITE},
    {"application-name", HTML_SITE},
    {"apple-mobile-web-app-title", HTML_SITE},
    {"og:url", HTML_URL},
    {"twitter:url", HTML_URL},
    {"article:published_time", HTML_DATE},
    {"article:published", HTML_DATE},
    {"og:article:published_time", HTML_DATE},
    {"og:published_time", HTML_DATE},
    {"og:pubdate", HTML_DATE},
    {"datepublished", HTML_DATE},
    {"article.published", HTML_DATE},
    {"parsely-pub-date", HTML_DATE},
    {"sailthru.date", HTML_DATE},
    {"cxenseparse:recs:publishtime", HTML_DATE},
    {"cxenseparse:publishtime", HTML_DATE},
    {"citation_publication_date", HTML_DATE},
    {"citation_online_date", HTML_DATE},
    {"citation_date", HTML_DATE},
    {"originalpublicationdate", HTML_DATE},
    {"article_date_original", HTML_DATE},
    {"pubdate", HTML_DATE},
    {"pub_date", HTML_DATE},
    {"publishdate", HTML_DATE},
    {"publish-date", HTML_DATE},
    {"publish_date", HTML_DATE},
    {"published-date", HTML_DATE},
    {"published_date", HTML_DATE},
    {"published_at", HTML_DATE},
    {"date_published", HTML_DATE},
    {"publication_date", HTML_DATE},
    {"publication-date", HTML_DATE},
    {"dc.date.issued", HTML_DATE},
    {"dcterms.issued", HTML_DATE},
    {"dc.date.published", HTML_DATE},
    {"dcterms.created", HTML_DATE},
    {"dc.date.created", HTML_DATE},
    {"dcterms.date", HTML_DATE},
    {"dc.date", HTML_DATE},
    {"date", HTML_DATE},
    {"datecreated", HTML_DATE},
    {"author", HTML_AUTHOR},
    {"article:author", HTML_AUTHOR},
    {"article:author_name", HTML_AUTHOR},
    {"og:article:author", HTML_AUTHOR},
    {"parsely-author", HTML_AUTHOR},
    {"sailthru.author", HTML_AUTHOR},
    {"cxenseparse:author", HTML_AUTHOR},
    {"byl", HTML_AUTHOR},
    {"dc.creator", HTML_AUTHOR},
    {"dcterms.creator", HTML_AUTHOR},
    {"citation_author", HTML_AUTHOR},
    {"article:section", HTML_SECTION},
    {"articlesection", HTML_SECTION},
    {"og:article:section", HTML_SECTION},
    {"parsely-section", HTML_SECTION},
    {"section", HTML_SECTION},
    {"article:tag", HTML_TAG},
    {"og:article:tag", HTML_TAG},
    {"news_keywords", HTML_TAG},
    {"parsely-tags", HTML_TAG},
    {"sailthru.tags", HTML_TAG},
    {"keywords", HTML_TAG},
    {"dc.subject", HTML_TAG},
    {"dcterms.subject", HTML_TAG},
    {"content-language", HTML_LANGUAGE},
    {"inlanguage", HTML_LANGUAGE},
    {"dc.language", HTML_LANGUAGE},
    {"dcterms.language", HTML_LANGUAGE},
    {"language", HTML_LANGUAGE},
    {"og:locale", HTML_LANGUAGE},
    {"og:type", HTML_TYPE},
};
#define NAMES (sizeof names / sizeof *names)

bool html_said_add(struct html_said *said, struct pm_buf *values, enum html_subject subject,
                   int rank, const char *content)
{
    content += strspn(content, " \t\r\n\f");
    if (!*content || said->count[subject] == SUBJECT_MAX)
        return true;
    struct html_fact *facts = pm_array_room(said->fact, said->facts, sizeof *facts);
    if (!facts)
        return false;
    said->fact = facts;
    said->fact[said->facts++] = (struct html_fact){subject, rank, values->len, strlen(content)};
    said->count[subject]++;
    pm_buf_adds(values, content);
    pm_buf_addc(values, '\0');
    return !values->failed;
}

bool html_said_meta(struct html_said *said, struct pm_buf *values, const char *name,
                    const char *content)
{
    for (size_t i = 0; i < NAMES; i++)
        if (!strcasecmp(name, names[i].name))
            return html_said_add(said, values, names[i].subject, (int)i, content);
    return true;
}

void html_said_release(struct html_said *said)
{
    free(said->fact);
    *said = (struct html_said){0};
}

const struct html_fact *html_said_next(const struct html_said *said, enum html_subject subject,
                                       const struct html_fact *last)
{
    const struct html_fact *next = NULL, *end = said->facts ? said->fact + said->facts : NULL;
    for (const struct html_fact *fact = said->fact; fact < end; fact++) {
        bool behind = !last || fact->rank > last->rank || (fact->rank == last->rank && fact > last);
        if (fact->subject == subject && behind && (!next || fact->rank < next->rank))
            next = fact;
    }
    return next;
}
