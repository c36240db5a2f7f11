#include "lists.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"

#define TABLE_SLOTS ((size_t)1 << 18) /* a power of two, far more than there are words */
#define SMALL_LEAST 2                 /* occurrences of a word in small letters */

static const char *const names[WORD_CLASSES] = {
    [WORD_GIVEN] = "given",       [WORD_FAMILY] = "family",     [WORD_COUNTRY] = "country",
    [WORD_CITY] = "city",         [WORD_PEOPLE] = "people",     [WORD_TITLE] = "title",
    [WORD_BODY] = "body",         [WORD_FEATURE] = "feature",   [WORD_TIME] = "time",
    [WORD_SYLLABLE] = "syllable", [WORD_PARTICLE] = "particle", [WORD_ACRONYM] = "acronym",
    [WORD_WORK] = "work",
};

#define TOWNS WORD_CLASSES /* the number of their list, behind those of classes */

struct entry {
    uint64_t lower; /* 0: free */
    uint32_t small, capital;
    uint16_t class;
};

struct table {
    struct entry *entry;
    size_t slots;
};

static void quit(const char *what)
{
    fprintf(stderr, "%s\n", what);
    exit(1);
}

static struct entry *find(const struct table *table, uint64_t lower)
{
    size_t i = (size_t)(lower >> 20) & (table->slots - 1);
    while (table->entry[i].lower && table->entry[i].lower != lower)
        i = (i + 1) & (table->slots - 1);
    table->entry[i].lower = lower;
    return &table->entry[i];
}

static int class_of(const char *name)
{
    if (!strcmp(name, "town"))
        return TOWNS;
    for (int i = 0; i < WORD_CLASSES; i++)
        if (names[i] && !strcmp(names[i], name))
            return i;
    fprintf(stderr, "unknown class '%s'\n", name);
    exit(1);
}

static void add_word(struct lists *lists, int class, char *word)
{
    struct pm_error err = {0};
    char *second = class == TOWNS ? strchr(word, '_') : NULL;
    struct tokens *to = class == TOWNS ? &lists->town[second != NULL][0] : &lists->word[class];
    if (second)
        *second++ = 0;
    if (tokens_add(to, word, strlen(word), false, &err) ||
        (second && tokens_add(&lists->town[1][1], second, strlen(second), false, &err)))
        quit(err.message);
}

void lists_read(struct lists *lists, const char *path)
{
    struct pm_error err = {0};
    int class = 0;
    if (pm_file_read(path, (size_t)1 << 24, &lists->text, &err))
        quit(err.message);
    char *rest = lists->text.data, *line, *word;
    while ((line = strsep(&rest, "\n"))) {
        line[strcspn(line, "#")] = 0;
        char *colon = strchr(line, ':');
        if (colon) {
            *colon = 0;
            class = class_of(line);
            line = colon + 1;
        }
        while ((word = strsep(&line, " \t")))
            if (*word)
                add_word(lists, class, word);
    }
}

static void count_small(const struct table *table, const struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->len; i++) {
        const struct token *token = &tokens->token[i];
        if (!(token->kind & TOKEN_LETTER) || token->kind & TOKEN_FIRST)
            continue;
        struct entry *entry = find(table, token->lower);
        if (token->kind & TOKEN_UPPER)
            entry->capital++;
        else
            entry->small++;
    }
    for (size_t i = 0; i < table->slots; i++) {
        struct entry *entry = &table->entry[i];
        if (entry->small < SMALL_LEAST)
            continue;
        int often = entry->small >= 8 * entry->capital ? WORD_MOSTLY_SMALL
                    : entry->small >= entry->capital   ? 2
                                                       : 1;
        entry->class |= (uint16_t)(often << WORD_SMALL);
    }
}

static void mark_words(const struct table *table, const struct tokens *words, int class)
{
    for (size_t i = 0; i < words->len; i++)
        find(table, words->token[i].lower)->class |= (uint16_t)(1 << class);
}

static void fill_slots(struct lists *lists, const struct table *table, uint32_t classes)
{
    for (size_t i = 0; i < table->slots; i++) {
        uint16_t mark;
        if (!table->entry[i].class)
            continue;
        uint32_t at = model_class_slot(table->entry[i].lower, classes, &mark);
        while (lists->slot[at] && lists->slot[at] >> 16 != mark)
            at = at + 1 == classes ? 0 : at + 1;
        lists->slot[at] |= (uint32_t)mark << 16 | table->entry[i].class;
    }
}

void lists_finish(struct lists *lists, const struct tokens *tokens)
{
    struct table table = {calloc(TABLE_SLOTS, sizeof *table.entry), TABLE_SLOTS};
    size_t used = 0;
    if (!table.entry)
        quit("out of memory");
    for (int class = 0; class < WORD_CLASSES; class ++)
        mark_words(&table, &lists->word[class], class);
    mark_words(&table, &lists->town[0][0], WORD_CITY);
    mark_words(&table, &lists->town[1][0], WORD_CITY);
    mark_words(&table, &lists->town[1][1], WORD_CITY);
    count_small(&table, tokens);
    for (size_t i = 0; i < table.slots; i++)
        used += table.entry[i].class != 0;
    uint32_t classes = (uint32_t)(used + used / 4 + 1);
    lists->slot = calloc(classes, sizeof *lists->slot);
    if (!lists->slot)
        quit("out of memory");
    fill_slots(lists, &table, classes);
    free(table.entry);
    lists->model = (struct model){.class = lists->slot, .classes = classes};
    printf("%zu words have classes\n", used);
}
