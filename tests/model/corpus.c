#include "corpus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "file.h"

enum { PERSON, ORGANISATION, PLACE, OTHER, NONE };

/* What the sets call what. */
static const struct {
    const char *name;
    int type;
} types[] = {
    {"per", PERSON},
    {"person", PERSON},
    {"politician", PERSON},
    {"org", ORGANISATION},
    {"organisation", ORGANISATION},
    {"corporation", ORGANISATION},
    {"group", ORGANISATION},
    {"politicalparty", ORGANISATION},
    {"loc", PLACE},
    {"location", PLACE},
    {"country", PLACE},
    {"geo", PLACE},
    {"gpe", PLACE}, /* countries and demonyms ("Iraqi officials") alike */
    {"misc", OTHER},
    {"art", OTHER},
    {"eve", OTHER},
    {"nat", OTHER},
    {"event", OTHER},
    {"election", OTHER},
    {"product", OTHER},
    {"creative-work", OTHER},
    {"tim", NONE}, /* dates */
};

/*
 * The sets, and how much a mistake in each counts: GMB is by far the largest, and made by
 * machines; the other two of edited text are people's work.
 */
static const struct {
    const char *name;
    int weight;
} sets[] = {
    {"gmb", 1}, {"wikigold", 3}, {"wnut17", 1}, {"btc", 1}, {"crossner-politics", 4},
};
_Static_assert(sizeof sets / sizeof *sets == CORPUS_SETS, "a set has no room");

static void quit(const char *what)
{
    fprintf(stderr, "%s\n", what);
    exit(1);
}

static uint8_t tag_of(const char *text)
{
    if ((*text != 'B' && *text != 'I') || text[1] != '-')
        return 0;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (!strcasecmp(types[i].name, text + 2))
            return types[i].type == NONE
                       ? 0
                       : (uint8_t)(1 + types[i].type + (*text == 'I' ? TOKEN_TYPES : 0));
    fprintf(stderr, "unknown type '%s'\n", text);
    exit(1);
}

static void read_set(struct corpus *corpus, size_t set, const char *path)
{
    struct pm_error err = {0};
    struct pm_buf *text = &corpus->file[set];
    bool first = true;
    if (pm_file_read(path, (size_t)1 << 30, text, &err))
        quit(err.message);
    char *rest = text->data, *line;
    while ((line = strsep(&rest, "\n"))) {
        size_t len = strcspn(line, " \t\r");
        const char *tag = strrchr(line, ' ');
        if (!len) {
            first = true;
            continue;
        }
        if (tokens_add(&corpus->tokens, line, len, first, &err))
            quit(err.message);
        first = false;
        struct token *token = &corpus->tokens.token[corpus->tokens.len - 1];
        token->tag = tag ? tag_of(tag + 1) : 0;
        token->margin = sets[set].weight;
    }
}

static bool is_word(const struct token *token, const char *word)
{
    return token->len == strlen(word) && !memcmp(token->text, word, token->len);
}

/*
 * GMB has "Prime" as a name of its own in half of all "Prime Minister X", and calls the US an
 * organisation three times in four; nobody wants to find that.
 */
static void mend(struct token *token, size_t len)
{
    for (size_t i = 0; i + 2 < len; i++) {
        if (is_word(&token[i], "Prime") && is_word(&token[i + 1], "Minister") &&
            token[i].tag == 1 + PERSON && !token[i + 1].tag && token[i + 2].tag == 1 + PERSON) {
            token[i + 1].tag = token[i + 2].tag = 1 + TOKEN_TYPES + PERSON;
        }
        if (is_word(&token[i], "US") && token[i].tag == 1 + ORGANISATION &&
            token[i + 1].tag != 1 + TOKEN_TYPES + ORGANISATION)
            token[i].tag = 1 + PLACE;
    }
}

void corpus_read(struct corpus *corpus, const char *folder)
{
    struct pm_buf path = PM_BUF_INIT;
    for (size_t i = 0; i < CORPUS_SETS; i++) {
        pm_buf_clear(&path);
        pm_buf_addf(&path, "%s/%s/train.conll", folder, sets[i].name);
        read_set(corpus, i, pm_buf_str(&path));
    }
    pm_buf_release(&path);
    mend(corpus->tokens.token, corpus->tokens.len);
}
