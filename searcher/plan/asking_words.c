#include "asking_words.h"

#include <stdlib.h>
#include <string.h>

#define LONGEST 16

/* Sorted, as the lists of function words are. */
static const char *const english[] = {
    "also",      "anyone",     "anything",   "appreciate", "article",    "articles",
    "available", "concerning", "dealing",    "describe",   "describes",  "describing",
    "discuss",   "discusses",  "discussing", "else",       "especially", "etc",
    "even",      "exist",      "exists",     "find",       "give",       "given",
    "gives",     "grateful",   "hence",      "however",    "identify",   "include",
    "includes",  "including",  "instance",   "interested", "just",       "know",
    "like",      "many",       "much",       "often",      "only",       "particularly",
    "please",    "pleased",    "possible",   "receive",    "reference",  "references",
    "regarding", "related",    "relating",   "relevant",   "said",       "say",
    "says",      "several",    "something",  "therefore",  "thus",       "used",
    "using",     "various",    "very",       "want",       "well",       "wish",
};

static int compare(const void *word, const void *item)
{
    return strcmp(word, *(const char *const *)item);
}

bool pm_asking_word(const struct pm_language *language, const char *word, size_t len)
{
    char folded[LONGEST];
    if (strcmp(language->code, "en") != 0 || len >= sizeof folded)
        return false;
    for (size_t i = 0; i < len; i++)
        folded[i] = word[i] >= 'A' && word[i] <= 'Z' ? (char)(word[i] - 'A' + 'a') : word[i];
    folded[len] = '\0';
    return bsearch(folded, english, sizeof english / sizeof *english, sizeof *english, compare);
}
