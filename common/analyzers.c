#include "analyzers.h"

#include <stdlib.h>

struct pm_analyzer *pm_analyzers_get(struct pm_analyzers *analyzers, const char *name,
                                     struct pm_error *err)
{
    const struct pm_language *language = name ? pm_language_find(name) : NULL;
    if (!language)
        language = pm_language_find("en");
    for (size_t i = 0; i < analyzers->len; i++)
        if (pm_analyzer_language(analyzers->analyzer[i]) == language)
            return analyzers->analyzer[i];
    struct pm_analyzer **grown = realloc(analyzers->analyzer, (analyzers->len + 1) * sizeof *grown);
    if (!grown) {
        pm_fail_nomem(err);
        return NULL;
    }
    analyzers->analyzer = grown;
    struct pm_analyzer *made = pm_analyzer_new(language, err);
    if (made)
        analyzers->analyzer[analyzers->len++] = made;
    return made;
}

void pm_analyzers_release(struct pm_analyzers *analyzers)
{
    for (size_t i = 0; i < analyzers->len; i++)
        pm_analyzer_free(analyzers->analyzer[i]);
    free(analyzers->analyzer);
    *analyzers = (struct pm_analyzers){0};
}
