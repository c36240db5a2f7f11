#include "html_tags.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define BLOCK    HTML_TAG_BLOCK
#define SKIP     HTML_TAG_SKIP
#define ASIDE    HTML_ROLE_ASIDE
#define COMMENTS HTML_ROLE_COMMENTS
#define CAPTION  HTML_ROLE_CAPTION
#define BYLINE   HTML_ROLE_BYLINE
#define DATE     HTML_ROLE_DATE

/* In the order of strcmp().  What is not here is a part of a line. */
static const struct tag {
    const char *name;
    unsigned bits, roles;
} tags[] = {
    {"a", HTML_TAG_LINK, 0},
    {"address", BLOCK, 0},
    {"article", BLOCK | HTML_TAG_ARTICLE, HTML_ROLE_ARTICLE},
    {"aside", BLOCK, ASIDE},
    {"audio", SKIP, 0},
    {"blockquote", BLOCK | HTML_TAG_QUOTE, 0},
    {"body", BLOCK | HTML_TAG_ROOT, 0},
    {"br", HTML_TAG_BREAK, 0},
    {"button", SKIP, 0},
    {"canvas", SKIP, 0},
    {"caption", BLOCK, CAPTION},
    {"center", BLOCK, 0},
    {"datalist", SKIP, 0},
    {"dd", BLOCK | HTML_TAG_ITEM, 0},
    {"details", BLOCK, 0},
    {"dialog", BLOCK, ASIDE},
    {"dir", BLOCK, 0},
    {"div", BLOCK, 0},
    {"dl", BLOCK, 0},
    {"dt", BLOCK | HTML_TAG_ITEM, 0},
    {"fieldset", BLOCK, 0},
    {"figcaption", BLOCK, CAPTION},
    {"figure", BLOCK, 0},
    {"footer", BLOCK, ASIDE},
    {"form", BLOCK, ASIDE},
    {"frameset", SKIP, 0},
    {"h1", BLOCK | HTML_TAG_HEADING | HTML_TAG_H1, 0},
    {"h2", BLOCK | HTML_TAG_HEADING, 0},
    {"h3", BLOCK | HTML_TAG_HEADING, 0},
    {"h4", BLOCK | HTML_TAG_HEADING, 0},
    {"h5", BLOCK | HTML_TAG_HEADING, 0},
    {"h6", BLOCK | HTML_TAG_HEADING, 0},
    {"header", BLOCK, 0},
    {"hgroup", BLOCK, 0},
    {"hr", BLOCK, 0},
    {"html", BLOCK | HTML_TAG_ROOT, 0},
    {"iframe", SKIP, 0},
    {"legend", BLOCK, 0},
    {"li", BLOCK | HTML_TAG_ITEM, 0},
    {"link", HTML_TAG_REL, 0},
    {"main", BLOCK, HTML_ROLE_ARTICLE},
    {"menu", BLOCK, ASIDE},
    {"meta", HTML_TAG_META, 0},
    {"nav", BLOCK, ASIDE},
    {"noembed", SKIP, 0},
    {"noframes", SKIP, 0},
    {"noscript", SKIP, 0},
    {"object", SKIP, 0},
    {"ol", BLOCK, 0},
    {"optgroup", SKIP, 0},
    {"option", SKIP, 0},
    {"p", BLOCK | HTML_TAG_P, 0},
    {"pre", BLOCK | HTML_TAG_P, 0},
    {"script", SKIP | HTML_TAG_SCRIPT, 0},
    {"section", BLOCK, 0},
    {"select", SKIP, 0},
    {"style", SKIP, 0},
    {"summary", BLOCK, 0},
    {"svg", SKIP, 0},
    {"table", BLOCK, 0},
    {"tbody", BLOCK, 0},
    {"td", BLOCK, 0},
    {"template", SKIP, 0},
    {"textarea", SKIP, 0},
    {"tfoot", BLOCK, 0},
    {"th", BLOCK, 0},
    {"thead", BLOCK, 0},
    {"time", HTML_TAG_TIME, 0},
    {"title", SKIP | HTML_TAG_TITLE, 0},
    {"tr", BLOCK, 0},
    {"ul", BLOCK, 0},
    {"video", SKIP, 0},
};

static int by_tag(const void *name, const void *tag)
{
    return strcmp(name, ((const struct tag *)tag)->name);
}

unsigned html_tag(const char *name, unsigned *roles)
{
    const struct tag *tag = bsearch(name, tags, sizeof tags / sizeof *tags, sizeof *tags, by_tag);
    *roles = tag ? tag->roles : 0;
    return tag ? tag->bits : 0;
}

/* ---- classes ---- */

#define WORD_MAX 40 /* bytes of a class that are looked at */

/* Parts of a class, as of "article-share"; in the order of strcmp(). */
static const struct word {
    const char *word;
    unsigned roles;
} words[] = {
    {"ad", ASIDE},
    {"ads", ASIDE},
    {"adsense", ASIDE},
    {"advert", ASIDE},
    {"advertisement", ASIDE},
    {"advertising", ASIDE},
    {"adverts", ASIDE},
    {"aside", ASIDE},
    {"author", BYLINE},
    {"authors", BYLINE},
    {"banner", ASIDE},
    {"bio", ASIDE},
    {"breadcrumb", ASIDE},
    {"breadcrumbs", ASIDE},
    {"byline", BYLINE},
    {"bylines", BYLINE},
    {"caption", CAPTION},
    {"captions", CAPTION},
    {"comment", COMMENTS},
    {"comments", COMMENTS},
    {"consent", ASIDE},
    {"cookie", ASIDE},
    {"cookies", ASIDE},
    {"copyright", ASIDE},
    {"credit", CAPTION},
    {"date", DATE},
    {"dateline", DATE},
    {"datetime", DATE},
    {"disqus", COMMENTS},
    {"donate", ASIDE},
    {"figcaption", CAPTION},
    {"footer", ASIDE},
    {"gdpr", ASIDE},
    {"login", ASIDE},
    {"masthead", ASIDE},
    {"menu", ASIDE},
    {"meta", BYLINE},
    {"modal", ASIDE},
    {"modified", HTML_ROLE_CHANGED},
    {"nav", ASIDE},
    {"navbar", ASIDE},
    {"navigation", ASIDE},
    {"newsletter", ASIDE},
    {"outbrain", ASIDE},
    {"pager", ASIDE},
    {"pagination", ASIDE},
    {"photocredit", CAPTION},
    {"popular", ASIDE},
    {"popup", ASIDE},
    {"posted", DATE},
    {"promo", ASIDE},
    {"promos", ASIDE},
    {"promotion", ASIDE},
    {"pubdate", DATE},
    {"published", DATE},
    {"recirculation", ASIDE},
    {"recommendation", ASIDE},
    {"recommendations", ASIDE},
    {"recommended", ASIDE},
    {"related", ASIDE},
    {"replies", COMMENTS},
    {"reporter", BYLINE},
    {"share", ASIDE},
    {"sharing", ASIDE},
    {"sidebar", ASIDE},
    {"signup", ASIDE},
    {"social", ASIDE},
    {"sponsor", ASIDE},
    {"sponsored", ASIDE},
    {"subscribe", ASIDE},
    {"subscription", ASIDE},
    {"taboola", ASIDE},
    {"tagcloud", ASIDE},
    {"tags", ASIDE},
    {"timestamp", DATE},
    {"toolbar", ASIDE},
    {"trending", ASIDE},
    {"updated", HTML_ROLE_CHANGED},
    {"writer", BYLINE},
};

/* Found in a class without its hyphens, as in "td-post-content". */
static const struct word runs[] = {
    {"articlebody", HTML_ROLE_BODY},
    {"articlecontent", HTML_ROLE_BODY},
    {"articlecopy", HTML_ROLE_BODY},
    {"articletext", HTML_ROLE_BODY},
    {"bodycopy", HTML_ROLE_BODY},
    {"bodytext", HTML_ROLE_BODY},
    {"entrycontent", HTML_ROLE_BODY},
    {"fieldnamebody", HTML_ROLE_BODY},
    {"newsbody", HTML_ROLE_BODY},
    {"newscontent", HTML_ROLE_BODY},
    {"newstext", HTML_ROLE_BODY},
    {"postbody", HTML_ROLE_BODY},
    {"postcontent", HTML_ROLE_BODY},
    {"storybody", HTML_ROLE_BODY},
    {"storycontent", HTML_ROLE_BODY},
    {"storytext", HTML_ROLE_BODY},
    {"alsoread", ASIDE},
    {"latestnews", ASIDE},
    {"mostpopular", ASIDE},
    {"mostread", ASIDE},
    {"morefrom", ASIDE},
    {"morenews", ASIDE},
    {"morestories", ASIDE},
    {"readmore", ASIDE},
    {"readnext", ASIDE},
    {"screenreader", ASIDE},
    {"seealso", ASIDE},
    {"sronly", ASIDE},
    {"taglist", ASIDE},
    {"visuallyhidden", ASIDE},
    {"youmaylike", ASIDE},
    {"youmightlike", ASIDE},
};

/* Classes that begin so tell of a page and not of a part: "has-sidebar", "tag-elections". */
static const char *const of_pages[] = {"has-", "no-",  "with-",     "without-", "is-",
                                       "js-",  "tag-", "category-", "type-",    "theme-"};

static int by_word(const void *key, const void *word)
{
    return strcmp(key, ((const struct word *)word)->word);
}

static unsigned word_roles(const char *word)
{
    const struct word *found =
        bsearch(word, words, sizeof words / sizeof *words, sizeof *words, by_word);
    return found ? found->roles : 0;
}

static unsigned run_roles(const char *run)
{
    unsigned roles = 0;
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++)
        if (strstr(run, runs[i].word))
            roles |= runs[i].roles;
    return roles;
}

static bool is_of_page(const char *class)
{
    for (size_t i = 0; i < sizeof of_pages / sizeof *of_pages; i++)
        if (!strncasecmp(class, of_pages[i], strlen(of_pages[i])))
            return true;
    return false;
}

/* The roles of one class, of `len` bytes. */
static unsigned class_roles(const char *class, size_t len)
{
    char word[WORD_MAX + 1], run[WORD_MAX + 1];
    size_t in_word = 0, in_run = 0;
    unsigned roles = 0;
    if (is_of_page(class))
        return 0;
    for (size_t i = 0; i <= len && in_run < WORD_MAX; i++) {
        char c = i < len ? class[i] : '-';
        bool upper = c >= 'A' && c <= 'Z', lower = c >= 'a' && c <= 'z';
        bool hump = upper && i && class[i - 1] >= 'a' && class[i - 1] <= 'z';
        if (in_word && (hump || (!upper && !lower))) {
            word[in_word] = '\0';
            roles |= word_roles(word);
            in_word = 0;
        }
        if (upper || lower)
            word[in_word++] = run[in_run++] = (char)(c | 0x20);
    }
    run[in_run] = '\0';
    if (in_run >= 6)
        roles |= run_roles(run);
    /* "entry-content-share" is a part of the text's box that is none of the text. */
    return roles & (ASIDE | COMMENTS | CAPTION) ? roles & ~(unsigned)HTML_ROLE_BODY : roles;
}

unsigned html_class_roles(const char *value)
{
    unsigned roles = 0;
    while (*value) {
        size_t len = strcspn(value, " \t\r\n\f");
        if (len)
            roles |= class_roles(value, len);
        value += len + !!value[len];
    }
    return roles;
}

unsigned html_aria_roles(const char *value)
{
    static const struct word roles[] = {
        {"navigation", ASIDE},       {"banner", ASIDE},
        {"complementary", ASIDE},    {"contentinfo", ASIDE},
        {"search", ASIDE},           {"dialog", ASIDE},
        {"alertdialog", ASIDE},      {"menu", ASIDE},
        {"menubar", ASIDE},          {"article", HTML_ROLE_ARTICLE},
        {"main", HTML_ROLE_ARTICLE},
    };
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (!strcasecmp(value, roles[i].word))
            return roles[i].roles;
    return 0;
}
