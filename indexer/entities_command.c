#include "entities_command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conll.h"
#include "names.h"
#include "read.h"
#include "stop.h"
#include "utf8.h"

struct command {
    const struct options *options;
    struct name_finder *finder;
    struct names names;
    bool any; /* something was printed */
};

/* ---- text: an entity a line ---- */

static void add_shown(struct pm_buf *line, const char *before, const char *text)
{
    pm_buf_adds(line, before);
    pm_utf8_printable(line, text, strlen(text));
}

static int print_text(struct command *command, const struct pm_article *article,
                      struct pm_error *err)
{
    struct pm_buf line = PM_BUF_INIT;
    add_shown(&line, command->any ? "\n" : "", article->title);
    pm_buf_addc(&line, '\n');
    for (size_t i = 0; i < command->names.len; i++) {
        const struct name *name = &command->names.name[i];
        pm_buf_addf(&line, "%4zu  %-12s  ", name->mentions, entity_type_name(name->type));
        add_shown(&line, "", name->text);
        for (size_t j = 0; j < name->aliases; j++)
            add_shown(&line, j ? ", " : " (", name->alias[j]);
        pm_buf_adds(&line, name->aliases ? ")\n" : "\n");
    }
    int rc = line.failed ? pm_fail_nomem(err) : 0;
    if (!rc)
        fwrite(line.data, 1, line.len, stdout);
    pm_buf_release(&line);
    return rc;
}

/* ---- NDJSON: entities as an article has them ---- */

static int print_ndjson(struct command *command, const struct pm_article *article,
                        struct pm_error *err)
{
    cJSON *json = cJSON_CreateObject(), *list = names_to_json(&command->names, err);
    bool good = json && list && cJSON_AddStringToObject(json, "id", article->id) &&
                cJSON_AddStringToObject(json, "title", article->title) &&
                cJSON_AddItemToObject(json, "entities", list);
    char *line = good ? cJSON_PrintUnformatted(json) : NULL;
    if (line)
        puts(line);
    if (!good)
        cJSON_Delete(list);
    cJSON_free(line);
    cJSON_Delete(json);
    return line ? 0 : pm_fail_nomem(err);
}

/* ---- tokens with tags ---- */

static int print_conll(struct command *command, const struct pm_article *article,
                       struct pm_error *err)
{
    const struct entity_token *token;
    size_t len;
    (void)article;
    if (entities_tokens(name_finder_entities(command->finder), &token, &len, err))
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
    const struct options *options = command->options;
    if (names_find(command->finder, method_for(options, article->language), article,
                   &command->names, err) ||
        print[options->names_format](command, article, err))
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
    struct command command = {.options = options, .finder = name_finder_new(&err)};
    int status;
    if (!command.finder) {
        pm_cli_complain(&options->command->cli, &err);
        return pm_cli_exit_code(err.code);
    }
    status = options->conll ? tag_files(options, name_finder_entities(command.finder))
                            : read_articles(options, take_article, &command);
    name_finder_free(command.finder);
    names_release(&command.names);
    return status;
}
