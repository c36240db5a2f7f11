/*
 * Words from a file, one a line: somebody's own function words.
 */
#ifndef PM_WORD_LIST_H
#define PM_WORD_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"

struct pm_word_list;

/*
 * Reads a file with a word a line ("#" begins a comment, case does not matter).  PM_ERR_NO_INPUT
 * if it cannot be opened, PM_ERR_SYNTAX naming file and line for more than one word on a line or
 * what is not UTF-8.  An empty file is an empty list.
 */
struct pm_word_list *pm_word_list_open(const char *path, struct pm_error *err);
void pm_word_list_close(struct pm_word_list *list);

/* True if the word is in it, case aside. */
bool pm_word_list_has(const struct pm_word_list *list, const char *word, size_t len);

#endif
