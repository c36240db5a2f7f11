#include "article_line.h"

#include <stdio.h>

#include "article_json.h"

int article_line_print(const struct pm_article *article, struct pm_error *err)
{
    cJSON *json = cJSON_CreateObject();
    bool good = json && !pm_article_to_json(article, true, json, err);
    if (good && !article->path) /* else 'add' would take the path of the file with the lines */
        good = cJSON_AddStringToObject(json, "path", "");
    char *line = good ? cJSON_PrintUnformatted(json) : NULL;
    cJSON_Delete(json);
    if (!line)
        return pm_fail_nomem(err);
    puts(line);
    cJSON_free(line);
    return 0;
}
