/*
 * Where words end:
 *
 *   - a word is a run of letters, digits and the marks on them;
 *   - an apostrophe between letters joins (Cambodia's, O'Brien), except in languages that
 *     elide (l'armée), where it parts;
 *   - a full stop joins single letters (U.S., e.g.) and, once, digits (3.14);
 *     a comma joins digits in threes (155,221);
 *   - a low line within joins: file names and handles are one word each;
 *   - U+00AD, U+200C and U+200D inside a word are transparent; U+200B parts;
 *   - in scripts written without spaces (Khmer, Thai, Lao, Burmese, Han, kana) each letter is
 *     a token, with the marks on it and the letters below it: dictionaries part a name
 *     differently in different surroundings, letters are always the same;
 *   - all else parts.
 */
#ifndef PM_WORD_END_H
#define PM_WORD_END_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The end of the word that starts with a letter or digit at `start`; `elides` is of its language.
 * Scripts without spaces are the analyzer's.
 */
size_t pm_word_end(const char *text, size_t len, size_t start, bool elides);

#endif
