/*
 * Which country a name stands for: its names, old ones among them, and what its people are called.
 */
#ifndef NAMES_COUNTRIES_H
#define NAMES_COUNTRIES_H

#include <stddef.h>

/*
 * The country that a folded name stands for, in natural capitals ("cambodians" is Cambodia, "u s"
 * the United States), or NULL.  Folded is: small ASCII letters without accents, single spaces
 * between words, hyphens a space, apostrophes in a word kept ("people's"), other marks gone; "the"
 * may stand before it, and "peoples" for "people's". Countries are the members of the United
 * Nations, Hong Kong, Kosovo, Macau, Palestine, Taiwan, the Vatican, and those of the 20th century
 * that are no more ("Soviet Union"); a country that only changed its name has the new one ("burma"
 * is Myanmar); "korea" and "congo" are names that two share.  The caller must know that the name is
 * a place's: "jordan" and "chad" are countries here, "us" is no pronoun and "turkey" no bird.
 * The name lives as long as the program.
 */
const char *country_of(const char *key, size_t len);

/*
 * The two countries, folded, that share a name which country_of() gives ("Korea", "Congo"): with
 * nothing else known it is of neither.  NULL of all others.
 */
const char *const *country_sharers(const char *country);

/* The name at i of all that country_of() knows, which are in order; NULL behind the last. */
const char *country_key(size_t i);

#endif
