/*
 * The analyzers of all languages met so far, each made when it is first asked for.
 */
#ifndef PM_ANALYZERS_H
#define PM_ANALYZERS_H

#include "analyzer.h"

struct pm_analyzers {
    struct pm_analyzer **analyzer;
    size_t len;
};

/*
 * The analyzer of the language that `name` names (NULL or an unknown one: of English),
 * owned by `analyzers`.  NULL with `err` set when it cannot be made.
 */
struct pm_analyzer *pm_analyzers_get(struct pm_analyzers *analyzers, const char *name,
                                     struct pm_error *err);
void pm_analyzers_release(struct pm_analyzers *analyzers);

#endif
