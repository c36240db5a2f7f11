#include "article.h"

#include <stdlib.h>
#include <string.h>

const char *const pm_date_origins[] = {"field", "jsonld",   "meta",  "feed", "text",
                                       "url",   "filename", "mtime", NULL};
const char *const pm_title_origins[] = {"field", "jsonld", "meta", "feed", "text", "made", NULL};
const char *const pm_entities_origins[] = {"field", "model", "rules", NULL};

bool pm_article_made_title(const struct pm_article *article)
{
    return article->title_from && !strcmp(article->title_from, "made");
}

size_t pm_article_lede(const char *body)
{
    size_t start = strspn(body, " \t\n");
    return start + strcspn(body + start, "\n");
}

bool pm_article_found_entities(const struct pm_article *article)
{
    return article->entities && article->entities_from &&
           strcmp(article->entities_from, "field") != 0;
}

void pm_article_release(struct pm_article *article)
{
    free(article->id);
    free(article->title);
    free(article->body);
    free(article->author);
    free(article->source);
    free(article->section);
    free(article->language);
    free(article->url);
    free(article->path);
    free(article->date_text);
    cJSON_Delete(article->tags);
    cJSON_Delete(article->entities);
    cJSON_Delete(article->extra);
    *article = (struct pm_article){0};
}
