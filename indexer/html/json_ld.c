#include "json_ld.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "fill.h"
#include "html_fill.h"
#include "html_text.h"
#include "value.h"

#define SCRIPTS_MAX 100 /* values of a page that are looked at */
#define DEPTH_MAX   6   /* of objects in which an article is looked for */
#define NAMES_MAX   50  /* authors, publishers, tags: more is a mistake */

static const cJSON *get(const cJSON *object, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(object, key);
}

/* ---- parsing ---- */

/* Overwrites every `what` in `text` with spaces. */
static void blank(char *text, size_t len, const char *what)
{
    for (char *at = text; (at = memmem(at, len - (size_t)(at - text), what, strlen(what)));)
        memset(at, ' ', strlen(what));
}

/* Commas before a closing bracket, and after a value, which no JSON has and many pages do. */
static void drop_commas(char *text, size_t len)
{
    char *comma = NULL;
    bool quoted = false;
    for (size_t i = 0; i < len; i++) {
        if (quoted && text[i] == '\\')
            i++;
        else if (text[i] == '"')
            quoted = !quoted;
        if (quoted || (value_is_space(text[i]) && text[i] != '"'))
            continue;
        if (comma && (text[i] == '}' || text[i] == ']'))
            *comma = ' ';
        comma = text[i] == ',' ? text + i : NULL;
    }
}

static cJSON *parse(char *text, size_t len, size_t *at, struct pm_error *err)
{
    struct pm_error why = {0};
    size_t from = *at;
    cJSON *value = value_parse(text, len, at, &why);
    if (!value && why.code == PM_ERR_SYNTAX) {
        why = (struct pm_error){0};
        *at = from;
        drop_commas(text + from, len - from);
        value = value_parse(text, len, at, &why);
    }
    if (why.code == PM_ERR_NOMEM)
        pm_fail_nomem(err);
    return value;
}

/* The values of one script, one after another. */
static int read_script(struct json_ld *ld, char *text, size_t len, struct pm_error *err)
{
    static const char *const marks[] = {"<!--", "-->", "//<![CDATA[", "<![CDATA[", "//]]>", "]]>"};
    struct pm_buf plain = PM_BUF_INIT;
    int rc = 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        blank(text, len, marks[i]);
    size_t at = strcspn(text, "{[");
    if (at < len && !strncmp(text + at + 1 + strspn(text + at + 1, " \t\r\n"), "&quot;", 6)) {
        html_text_add(&plain, text, len, false); /* escaped as text is */
        if (plain.failed)
            rc = pm_fail_nomem(err);
        text = plain.data;
        len = plain.len;
    }
    if (!rc)
        value_mend(text, len);
    while (!rc && at < len && cJSON_GetArraySize(ld->all) < SCRIPTS_MAX) {
        struct pm_error why = {0};
        cJSON *value = parse(text, len, &at, &why);
        if (why.code)
            rc = pm_fail_nomem(err);
        if (!value)
            break;
        if (!cJSON_AddItemToArray(ld->all, value)) {
            cJSON_Delete(value);
            rc = pm_fail_nomem(err);
        }
        at += strcspn(text + at, "{[");
    }
    pm_buf_release(&plain);
    return rc;
}

/* ---- the article ---- */

static bool is_type(const char *type, const char *const *wanted)
{
    const char *colon = strpbrk(type, ":") ? strrchr(type, ':') + 1 : type;
    const char *name = strrchr(colon, '/') ? strrchr(colon, '/') + 1 : colon;
    for (; *wanted; wanted++) {
        size_t len = strlen(name), end = strlen(*wanted);
        if (len >= end && !strcasecmp(name + len - end, *wanted))
            return true;
    }
    return false;
}

/* True if the type of `node` ends in one of `wanted`: "ReportageNewsArticle" is an "Article". */
static bool has_type(const cJSON *node, const char *const *wanted)
{
    const cJSON *type = get(node, "@type"), *item;
    if (cJSON_IsString(type))
        return is_type(type->valuestring, wanted);
    cJSON_ArrayForEach (item, type)
        if (cJSON_IsString(item) && is_type(item->valuestring, wanted))
            return true;
    return false;
}

static const char *const article_types[] = {"Article", "BlogPosting", "Posting", "Report", NULL};
static const char *const site_types[] = {"WebSite", "Organization", "NewsMediaOrganization", NULL};

static const char *string_of(const cJSON *item)
{
    return cJSON_IsString(item) && *item->valuestring ? item->valuestring : NULL;
}

/* An address: a string, or an object with one. */
static const char *address_of(const cJSON *item)
{
    const char *address = string_of(item);
    if (!address)
        address = string_of(get(item, "@id"));
    return address ? address : string_of(get(item, "url"));
}

/* Without what differs between two addresses of one page. */
static size_t address_len(const char **url)
{
    const char *scheme = strstr(*url, "://");
    if (scheme)
        *url = scheme + 3;
    if (!strncasecmp(*url, "www.", 4))
        *url += 4;
    size_t len = strcspn(*url, "#?");
    while (len && (*url)[len - 1] == '/')
        len--;
    return len;
}

static bool same_address(const char *a, const char *b)
{
    if (!a || !b)
        return false;
    size_t len = address_len(&a);
    return len && len == address_len(&b) && !strncasecmp(a, b, len);
}

struct hunt {
    const char *url;
    const cJSON *first, *match;
    bool many;
};

static void consider(struct hunt *hunt, const cJSON *node)
{
    static const char *const keys[] = {"url", "@id", "mainEntityOfPage"};
    const char *headline = string_of(get(node, "headline"));
    const char *first = hunt->first ? string_of(get(hunt->first, "headline")) : NULL;
    for (size_t i = 0; !hunt->match && i < sizeof keys / sizeof *keys; i++)
        if (same_address(address_of(get(node, keys[i])), hunt->url))
            hunt->match = node;
    if (!hunt->first)
        hunt->first = node;
    else if (headline && (!first || strcmp(headline, first)))
        hunt->many = true;
}

/* Looks where the article of a page stands, and not where lists of others do. */
static void hunt_in(struct hunt *hunt, const cJSON *node, int depth)
{
    static const char *const inside[] = {"@graph", "mainEntity", "mainEntityOfPage"};
    const cJSON *item;
    if (!depth)
        return;
    if (cJSON_IsArray(node)) {
        cJSON_ArrayForEach (item, node)
            hunt_in(hunt, item, depth - 1);
    } else if (has_type(node, article_types)) {
        consider(hunt, node);
    } else if (cJSON_IsObject(node)) {
        for (size_t i = 0; i < sizeof inside / sizeof *inside; i++)
            hunt_in(hunt, get(node, inside[i]), depth - 1);
    }
}

int json_ld_read(struct json_ld *ld, char *text, size_t len, const char *url, struct pm_error *err)
{
    struct hunt hunt = {.url = url};
    if (!(ld->all = cJSON_CreateArray()))
        return pm_fail_nomem(err);
    for (size_t at = 0; at < len;) {
        size_t script = strnlen(text + at, len - at);
        if (read_script(ld, text + at, script, err))
            return -1;
        at += script + 1;
    }
    hunt_in(&hunt, ld->all, DEPTH_MAX);
    ld->article = hunt.match ? hunt.match : hunt.many ? NULL : hunt.first;
    ld->many = !hunt.match && hunt.many;
    return 0;
}

void json_ld_release(struct json_ld *ld)
{
    cJSON_Delete(ld->all);
    *ld = (struct json_ld){0};
}

/* ---- what it says ---- */

/* The node of that @id that has a name, among the values and the parts of a graph; or NULL. */
static const cJSON *named(const cJSON *nodes, const char *id, int depth)
{
    const cJSON *node, *found = NULL;
    cJSON_ArrayForEach (node, nodes) {
        const char *own = string_of(get(node, "@id"));
        if (own && !strcmp(own, id) && get(node, "name"))
            return node;
        if (!found && depth && (cJSON_IsArray(node) || get(node, "@graph")))
            found = named(cJSON_IsArray(node) ? node : get(node, "@graph"), id, depth - 1);
    }
    return found;
}

/* A name: a string, an object that has one, or that names another object. */
static const char *name_of(const struct json_ld *ld, const cJSON *item)
{
    const char *name = string_of(item);
    if (!name && cJSON_IsArray(get(item, "name")))
        return string_of(get(item, "name")->child);
    if (!name)
        name = string_of(get(item, "name"));
    if (!name && string_of(get(item, "@id")))
        name = string_of(get(named(ld->all, get(item, "@id")->valuestring, 2), "name"));
    return name;
}

typedef int filler(struct pm_article *article, const char *text, size_t len, struct pm_error *err);

static int fill_jsonld_title(struct pm_article *article, const char *text, size_t len,
                             struct pm_error *err)
{
    return fill_title(article, text, len, "jsonld", err);
}

static int fill_jsonld_date(struct pm_article *article, const char *text, size_t len,
                            struct pm_error *err)
{
    return fill_date_field(article, text, len, "jsonld", err);
}

static int fill_source(struct pm_article *article, const char *text, size_t len,
                       struct pm_error *err)
{
    return fill_line(&article->source, text, len, err);
}

static int fill_section(struct pm_article *article, const char *text, size_t len,
                        struct pm_error *err)
{
    return fill_line(&article->section, text, len, err);
}

static int fill_url(struct pm_article *article, const char *text, size_t len, struct pm_error *err)
{
    return html_is_page_url(text) ? fill_line(&article->url, text, len, err) : 0;
}

static int fill_name(struct pm_article *article, const char *text, size_t len, struct pm_error *err)
{
    return html_author_fill(article, text, len, err);
}

static int fill_tags(struct pm_article *article, const char *text, size_t len, struct pm_error *err)
{
    return html_tags_fill(article, text, len, err);
}

/* In the order of trust. */
static const struct member {
    const char *key;
    filler *fill;
} members[] = {
    {"headline", fill_jsonld_title},
    {"name", fill_jsonld_title},
    {"datePublished", fill_jsonld_date},
    {"author", fill_name},
    {"creator", fill_name},
    {"publisher", fill_source},
    {"sourceOrganization", fill_source},
    {"articleSection", fill_section},
    {"inLanguage", fill_language},
    {"keywords", fill_tags},
    {"url", fill_url},
    {"mainEntityOfPage", fill_url},
    {"@id", fill_url},
};

static int fill_member(const struct json_ld *ld, const struct member *member, const cJSON *item,
                       struct pm_article *article, struct pm_error *err)
{
    struct pm_buf text = PM_BUF_INIT;
    const char *value = member->fill == fill_url ? address_of(item) : name_of(ld, item);
    if (!value)
        return 0;
    html_text_add(&text, value, strlen(value), true);
    int rc =
        text.failed ? pm_fail_nomem(err) : member->fill(article, pm_buf_str(&text), text.len, err);
    pm_buf_release(&text);
    return rc;
}

int json_ld_fill(const struct json_ld *ld, struct pm_article *article, struct pm_error *err)
{
    for (size_t i = 0; ld->article && i < sizeof members / sizeof *members; i++) {
        const cJSON *value = get(ld->article, members[i].key), *item;
        int names = 0;
        if (members[i].fill == fill_name && article->author)
            continue; /* a creator beside an author is the program that wrote the page */
        if (!cJSON_IsArray(value) && fill_member(ld, &members[i], value, article, err))
            return -1;
        if (!cJSON_IsArray(value))
            continue;
        cJSON_ArrayForEach (item, value)
            if (names++ < NAMES_MAX && fill_member(ld, &members[i], item, article, err))
                return -1;
    }
    return 0;
}

void json_ld_body(const struct json_ld *ld, struct pm_buf *out)
{
    const cJSON *body = get(ld->article, "articleBody"), *part;
    const char *text = string_of(body);
    if (text)
        html_text_add(out, text, strlen(text), true);
    if (!cJSON_IsArray(body))
        return;
    cJSON_ArrayForEach (part, body)
        if ((text = string_of(part))) {
            html_text_add(out, text, strlen(text), true);
            pm_buf_adds(out, "\n\n");
        }
}

const char *json_ld_site(const struct json_ld *ld)
{
    const cJSON *node, *part;
    cJSON_ArrayForEach (node, ld->all) {
        const cJSON *graph = cJSON_IsArray(node) ? node : get(node, "@graph");
        if (has_type(node, site_types) && string_of(get(node, "name")))
            return get(node, "name")->valuestring;
        cJSON_ArrayForEach (part, graph)
            if (has_type(part, site_types) && string_of(get(part, "name")))
                return get(part, "name")->valuestring;
    }
    return NULL;
}
