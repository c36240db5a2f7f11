#include "warnings.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"

/* The sentence: each %s of the format is the next of the two words. */
static char *sentence(const char *format, const char *word, const char *instead)
{
    struct pm_buf text = PM_BUF_INIT;
    const char *next = word;
    for (const char *gap; (gap = strstr(format, "%s")); format = gap + 2) {
        pm_buf_add(&text, format, (size_t)(gap - format));
        pm_buf_adds(&text, next);
        next = instead ? instead : word;
    }
    pm_buf_adds(&text, format);
    return pm_buf_detach(&text);
}

static void release_warning(struct pm_warning *warning)
{
    free(warning->word);
    free(warning->instead);
    free(warning->text);
}

int pm_warnings_move(struct pm_warnings *warnings, struct pm_warning *from, struct pm_error *err)
{
    if (warnings->len == warnings->cap) {
        size_t cap = warnings->cap ? warnings->cap * 2 : 4;
        struct pm_warning *grown = reallocarray(warnings->item, cap, sizeof *grown);
        if (!grown)
            return pm_fail_nomem(err);
        warnings->item = grown;
        warnings->cap = cap;
    }
    warnings->item[warnings->len++] = *from;
    *from = (struct pm_warning){0};
    return 0;
}

int pm_warnings_add(struct pm_warnings *warnings, const char *code, const char *word,
                    const char *instead, const char *format, struct pm_error *err)
{
    struct pm_warning warning = {
        .code = code,
        .word = strdup(word),
        .instead = instead ? strdup(instead) : NULL,
        .text = sentence(format, word, instead),
    };
    bool whole = warning.word && (!instead || warning.instead) && warning.text;
    int rc = whole ? pm_warnings_move(warnings, &warning, err) : pm_fail_nomem(err);
    release_warning(&warning);
    return rc;
}

void pm_warnings_release(struct pm_warnings *warnings)
{
    for (size_t i = 0; i < warnings->len; i++)
        release_warning(&warnings->item[i]);
    free(warnings->item);
    *warnings = (struct pm_warnings){0};
}
