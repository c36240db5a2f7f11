#include "word_list.h"

#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "fold.h"
#include "lines.h"

struct pm_word_list {
    char **word; /* folded, sorted by their bytes */
    size_t len, cap;
};

void pm_word_list_close(struct pm_word_list *list)
{
    if (!list)
        return;
    for (size_t i = 0; i < list->len; i++)
        free(list->word[i]);
    free(list->word);
    free(list);
}

static int add_word(struct pm_word_list *list, const char *word, struct pm_error *err)
{
    if (list->len == list->cap) {
        size_t cap = list->cap ? list->cap * 2 : 64;
        char **grown = realloc(list->word, cap * sizeof *grown);
        if (!grown)
            return pm_fail_nomem(err);
        list->word = grown;
        list->cap = cap;
    }
    if (!(list->word[list->len] = strdup(word)))
        return pm_fail_nomem(err);
    list->len++;
    return 0;
}

static int read_words(struct pm_word_list *list, struct pm_lines *lines, struct pm_fold *fold,
                      struct pm_buf *folded, struct pm_error *err)
{
    const char *line;
    int rc;
    while ((rc = pm_lines_next(lines, &line, err)) == 1) {
        size_t len = strcspn(line, "#");
        while (len && line[len - 1] == ' ')
            len--;
        if (memchr(line, ' ', len))
            return pm_lines_fail(lines, err, "more than one word");
        if (pm_fold_case(fold, line, len, folded, err) || add_word(list, pm_buf_str(folded), err))
            return -1;
    }
    return rc;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

struct pm_word_list *pm_word_list_open(const char *path, struct pm_error *err)
{
    int rc = -1;
    struct pm_lines lines = {0};
    struct pm_buf folded = PM_BUF_INIT;
    struct pm_fold *fold = NULL;
    struct pm_word_list *list = calloc(1, sizeof *list);
    if (!list) {
        pm_fail_nomem(err);
        goto out;
    }
    if (!(fold = pm_fold_new(err)) || pm_lines_open(&lines, path, err) ||
        read_words(list, &lines, fold, &folded, err))
        goto out;
    if (list->len)
        qsort(list->word, list->len, sizeof *list->word, by_bytes);
    rc = 0;
out:
    pm_lines_release(&lines);
    pm_buf_release(&folded);
    pm_fold_free(fold);
    if (rc) {
        pm_word_list_close(list);
        list = NULL;
    }
    return list;
}

bool pm_word_list_has(const struct pm_word_list *list, const char *word, size_t len)
{
    bool has = false;
    struct pm_buf folded = PM_BUF_INIT;
    struct pm_fold *fold = pm_fold_new(NULL);
    /* Without memory the word is not found; whoever asks is about to notice too. */
    if (list->len && fold && !pm_fold_case(fold, word, len, &folded, NULL) &&
        !memchr(folded.data, '\0', folded.len)) {
        const char *key = pm_buf_str(&folded);
        has = bsearch(&key, list->word, list->len, sizeof *list->word, by_bytes) != NULL;
    }
    pm_buf_release(&folded);
    pm_fold_free(fold);
    return has;
}
