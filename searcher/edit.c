#include "edit.h"

#include <stdbool.h>
#include <string.h>
#include <unicode/utf8.h>

void pm_edit_start(struct pm_edit *edit, const char *word, size_t len, uint32_t most)
{
    *edit = (struct pm_edit){.most = most < PM_EDIT_MOST ? most : PM_EDIT_MOST};
    for (size_t i = 0; i < len;) {
        UChar32 c;
        U8_NEXT(word, i, len, c);
        if (edit->letters == PM_EDIT_LETTERS) {
            edit->letters++; /* far from all */
            return;
        }
        edit->letter[edit->letters++] = c;
    }
    for (size_t j = 0; j <= edit->letters; j++)
        edit->row[0][j] = j < PM_EDIT_FAR ? (uint8_t)j : PM_EDIT_FAR;
}

/*
 * Works out row i from those above it, within `most` columns of the diagonal: true unless all
 * of it is far.
 */
static bool fill_row(struct pm_edit *edit, size_t i)
{
    const uint8_t *above = edit->row[i - 1];
    uint8_t *row = edit->row[i];
    size_t first = i > edit->most ? i - edit->most : 0;
    size_t last = i + edit->most < edit->letters ? i + edit->most : edit->letters;
    uint8_t least = PM_EDIT_FAR;
    if (first > last)
        return false;
    for (size_t j = first; j <= last; j++) {
        uint8_t best = PM_EDIT_FAR;
        if (j > 0) {
            bool same = edit->other[i] == edit->letter[j - 1];
            best = (uint8_t)(above[j - 1] + !same);
        }
        /* cppcheck-suppress arrayIndexOutOfBoundsCond */
        if (i > 1 && j > 1 && edit->other[i] == edit->letter[j - 2] &&
            edit->other[i - 1] == edit->letter[j - 1] && edit->row[i - 2][j - 2] + 1 < best)
            best = (uint8_t)(edit->row[i - 2][j - 2] + 1);
        if (j > first && row[j - 1] + 1 < best)
            best = (uint8_t)(row[j - 1] + 1);
        if (j < i + edit->most && above[j] + 1 < best)
            best = (uint8_t)(above[j] + 1);
        row[j] = best < PM_EDIT_FAR ? best : PM_EDIT_FAR;
        if (row[j] < least)
            least = row[j];
    }
    return least <= edit->most;
}

/* Forgets the rows that are of no use for `word`, and remembers it. */
static void keep_shared(struct pm_edit *edit, const char *word, size_t len)
{
    size_t shared = 0;
    while (shared < len && shared < edit->last_len && word[shared] == edit->last[shared])
        shared++;
    for (; edit->rows && edit->end[edit->rows] > shared; edit->rows--)
        edit->dead = false;
    memcpy(edit->last + shared, word + shared, len - shared);
    edit->last_len = len;
}

uint32_t pm_edit_distance(struct pm_edit *edit, const char *word, size_t len)
{
    if (edit->letters > PM_EDIT_LETTERS || len > PM_EDIT_BYTES)
        return PM_EDIT_FAR;
    keep_shared(edit, word, len);
    for (size_t at = edit->end[edit->rows]; at < len && !edit->dead;) {
        UChar32 c;
        if (edit->rows == PM_EDIT_LETTERS)
            return PM_EDIT_FAR;
        U8_NEXT(word, at, len, c);
        edit->rows++;
        edit->other[edit->rows] = c;
        edit->end[edit->rows] = at;
        edit->dead = !fill_row(edit, edit->rows);
    }
    bool near =
        edit->rows <= edit->letters + edit->most && edit->letters <= edit->rows + edit->most;
    if (edit->dead || !near || edit->row[edit->rows][edit->letters] > edit->most)
        return PM_EDIT_FAR;
    return edit->row[edit->rows][edit->letters];
}
