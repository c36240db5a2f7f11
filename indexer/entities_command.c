#include "entities_command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conll.h"
#include "entities.h"
#include "read.h"
#include "stop.h"
#include "utf8.h"

enum { TITLE, BODY, PARTS };

struct command {
    const struct options *options;
    struct entity_finder *finder;
    struct entities found;
    struct entity_part part[PARTS]; /* of the article at hand */
    bool any;                       /* something was printed */
};

/* The name as it stands, on one line and safe to show. */
static int name_of(const struct command *command, const struct entity *entity, struct pm_buf *name,
                   struct pm_error *err)
{
    struct pm_buf line = PM_BUF_INIT;
    pm_buf_clear(name);
    pm_utf8_one_line(&line, command->part[entity->part].text + entity->start,
                     entity->end - entity->start);
    pm_utf8_printable(name, pm_buf_str(&line), line.len);
    bool failed = line.failed || name->failed;
    pm_buf_release(&line);
    return failed ? pm_fail_nomem(err) : 0;
}

/* ---- text: each name once, with how often it stands there ---- */

struct counted {
    char *name;
    enum entity_type type;
    size_t first, times;
};

static int by_name(const void *a, const void *b)
{
    const struct counted *x = a, *y = b;
    if (x->type != y->type)
        return x->type < y->type ? -1 : 1;
    int order = strcmp(x->name, y->name);
    return order ? order : x->first < y->first ? -1 : x->first > y->first;
}

/* The most frequent first, then in the order of the text. */
static int by_times(const void *a, const void *b)
{
    const struct counted *x = a, *y = b;
    if (x->times != y->times)
        return x->times > y->times ? -1 : 1;
    return x->first < y->first ? -1 : x->first > y->first;
}

static size_t count(struct counted *counted, size_t len)
{
    size_t kept = 0;
    qsort(counted, len, sizeof *counted, by_name);
    for (size_t i = 0; i < len; i++) {
        struct counted *last = kept ? &counted[kept - 1] : NULL;
        if (last && last->type == counted[i].type && !strcmp(last->name, counted[i].name)) {
            last->times++;
            free(counted[i].name);
        } else {
            counted[kept++] = counted[i];
        }
    }
    qsort(counted, kept, sizeof *counted, by_times);
    return kept;
}

static int print_text(struct command *command, const struct pm_article *article,
                      struct pm_error *err)
{
    const struct entities *found = &command->found;
    struct counted *counted = calloc(found->len + 1, sizeof *counted);
    struct pm_buf name = PM_BUF_INIT;
    size_t len = 0;
    int rc = counted ? 0 : pm_fail_nomem(err);
    for (; !rc && len < found->len; len++) {
        rc = name_of(command, &found->entity[len], &name, err);
        char *copy = rc ? NULL : strdup(pm_buf_str(&name));
        if (!copy) {
            rc = rc ? rc : pm_fail_nomem(err);
            break;
        }
        counted[len] = (struct counted){copy, found->entity[len].type, len, 1};
    }
    if (!rc) {
        pm_buf_clear(&name);
        pm_utf8_printable(&name, article->title, strlen(article->title));
        printf("%s%s\n", command->any ? "\n" : "", pm_buf_str(&name));
        len = count(counted, len);
        for (size_t i = 0; i < len; i++)
            printf("%4zu  %-12s  %s\n", counted[i].times, entity_type_name(counted[i].type),
                   counted[i].name);
    }
    while (counted && len)
        free(counted[--len].name);
    free(counted);
    pm_buf_release(&name);
    return rc;
}

/* ---- NDJSON: every name where it stands ---- */

static cJSON *entity_json(const struct command *command, const struct entity *entity,
                          struct pm_buf *name, struct pm_error *err)
{
    cJSON *json = cJSON_CreateObject();
    if (json && !name_of(command, entity, name, err) &&
        cJSON_AddStringToObject(json, "type", entity_type_name(entity->type)) &&
        cJSON_AddStringToObject(json, "name", pm_buf_str(name)) &&
        cJSON_AddStringToObject(json, "in", entity->part == TITLE ? "title" : "body") &&
        cJSON_AddNumberToObject(json, "start", (double)entity->start) &&
        cJSON_AddNumberToObject(json, "end", (double)entity->end) &&
        cJSON_AddNumberToObject(json, "margin", entity->margin))
        return json;
    cJSON_Delete(json);
    return NULL;
}

static int print_ndjson(struct command *command, const struct pm_article *article,
                        struct pm_error *err)
{
    cJSON *json = cJSON_CreateObject(), *list;
    struct pm_buf name = PM_BUF_INIT;
    bool good = json && cJSON_AddStringToObject(json, "id", article->id) &&
                cJSON_AddStringToObject(json, "title", article->title) &&
                (list = cJSON_AddArrayToObject(json, "entities"));
    for (size_t i = 0; good && i < command->found.len; i++) {
        cJSON *item = entity_json(command, &command->found.entity[i], &name, err);
        good = item && cJSON_AddItemToArray(list, item);
    }
    char *line = good ? cJSON_PrintUnformatted(json) : NULL;
    if (line)
        puts(line);
    cJSON_free(line);
    cJSON_Delete(json);
    pm_buf_release(&name);
    return line ? 0 : pm_fail_nomem(err);
}

/* ---- tokens with tags ---- */

static int print_conll(struct command *command, const struct pm_article *article,
                       struct pm_error *err)
{
    const struct entity_token *token;
    size_t len;
    (void)article;
    if (entities_tokens(command->finder, &token, &len, err))
        return -1;
    fputs("-DOCSTART- O\n", stdout);
    for (size_t i = 0; i < len; i++) {
        if (token[i].first)
            putchar('\n');
        fwrite(token[i].text, 1, token[i].len, stdout);
        putchar(' ');
        conll_print_tag(&token[i]);
        putchar('\n');
    }
    putchar('\n');
    return 0;
}

static enum entity_method method_for(const struct options *options, const char *language)
{
    return options->rules ? ENTITY_RULES
                          : entity_method_for(language ? language : options->language->code);
}

static int take_article(const struct pm_article *article, void *with, struct pm_error *err)
{
    static int (*const print[])(struct command *, const struct pm_article *, struct pm_error *) = {
        [NAMES_TEXT] = print_text, [NAMES_NDJSON] = print_ndjson, [NAMES_CONLL] = print_conll};
    struct command *command = with;
    command->part[TITLE] = (struct entity_part){article->title, strlen(article->title)};
    command->part[BODY] =
        (struct entity_part){article->body, article->body ? strlen(article->body) : 0};
    if (entities_find(command->finder, method_for(command->options, article->language),
                      command->part, PARTS, &command->found, err) ||
        print[command->options->names_format](command, article, err))
        return -1;
    command->any = true;
    return 0;
}

static int tag_files(const struct options *options, struct entity_finder *finder)
{
    struct pm_error err = {0};
    if (!options->words_len)
        return options_refuse(options, "nothing to read: name files of tokens, or -");
    stop_watch();
    for (size_t i = 0; i < options->words_len && !err.code; i++)
        conll_run(finder, method_for(options, NULL), options->words[i], &err);
    if (!err.code)
        return PM_EXIT_OK;
    pm_cli_complain(&options->command->cli, &err);
    return stop_signal() ? 128 + stop_signal() : pm_cli_exit_code(err.code);
}

int entities_run(const struct options *options)
{
    struct pm_error err = {0};
    struct command command = {.options = options, .finder = entity_finder_new(&err)};
    int status;
    if (!command.finder) {
        pm_cli_complain(&options->command->cli, &err);
        return pm_cli_exit_code(err.code);
    }
    status = options->conll ? tag_files(options, command.finder)
                            : read_articles(options, take_article, &command);
    entity_finder_free(command.finder);
    entities_release(&command.found);
    return status;
}
