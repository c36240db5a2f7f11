/*
 * For people: some lines for each hit, tables after them.
 */
#include <inttypes.h>
#include <string.h>

#include "format.h"
#include "marks.h"
#include "utf8.h"
#include "values.h"

#define COPIES 5 /* of a story, that are named */
#define NAMES  5 /* of an article, the most salient */

static const struct output_marks plain_marks = {"*", 1, "*"},
                                 color_marks = {"\033[1;31m", 7, "\033[0m"};

static void add_shown(struct pm_buf *out, const char *text)
{
    pm_utf8_printable(out, text, strlen(text));
}

/* Adds a line, its white space folded, and empties it. */
static void add_line(struct output *output, const char *before, struct pm_buf *line)
{
    pm_buf_adds(&output->to, before);
    values_add_folded(&output->to, line);
    pm_buf_addc(&output->to, '\n');
}

static void add_field(struct pm_buf *line, const char *value, const char *between)
{
    if (!value || !*value)
        return;
    pm_buf_adds(line, line->len ? between : "");
    add_shown(line, value);
}

static void add_title(struct output *output, const char *title, struct pm_buf *line)
{
    pm_buf_adds(line, output->style->color ? "\033[1m" : "");
    add_shown(line, title ? title : "(no title)");
    pm_buf_adds(line, output->style->color ? "\033[0m" : "");
    add_line(output, "", line);
}

/* The names that the article is most about. */
static void add_names(struct output *output, const cJSON *entities, struct pm_buf *line)
{
    const cJSON *entity = entities ? entities->child : NULL;
    for (int n = 0; entity && n < NAMES; n++, entity = entity->next)
        add_field(line, cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(entity, "name")),
                  ", ");
    if (line->len)
        add_line(output, "   names: ", line);
}

static void add_copies(struct output *output, const struct pm_hit *hit, struct pm_buf *line)
{
    for (size_t i = 0; i < hit->copies && i < COPIES; i++) {
        const struct pm_copy *copy = &hit->copy[i];
        add_field(line, copy->source, " ");
        add_field(line, copy->date.text, " ");
        add_field(line, copy->title ? copy->title : copy->id, " ");
        add_line(output, "   also: ", line);
    }
    if (hit->copies > COPIES)
        pm_buf_addf(&output->to, "   and %zu more\n", hit->copies - COPIES);
}

void text_hit(struct output *output, const struct pm_hit *hit, bool first)
{
    const struct pm_article *article = &hit->article;
    const struct output_marks marks =
        marks_of(output->style, output->style->color ? color_marks : plain_marks);
    struct pm_buf line = PM_BUF_INIT;
    (void)first;
    pm_buf_addf(&line, "%" PRIu32 ". ", hit->rank);
    add_title(output, article->title, &line);
    if (!values_add_when(&line, article))
        pm_buf_adds(&line, "no date");
    add_field(&line, article->source, " | ");
    add_field(&line, article->author, " | ");
    if (hit->score > 0)
        pm_buf_addf(&line, " | score %.3f", hit->score);
    add_line(output, "   ", &line);
    for (size_t i = 0; i < hit->snippets; i++) {
        if (hit->snippet[i].end == hit->snippet[i].start)
            continue;
        marks_add_cut(&line, article->body, &hit->snippet[i], &marks, pm_utf8_printable);
        add_line(output, "   ", &line);
    }
    add_names(output, article->entities, &line);
    add_shown(&line, article->id);
    add_line(output, "   ", &line);
    add_copies(output, hit, &line);
    pm_buf_addc(&output->to, '\n');
    pm_buf_release(&line);
}

/* The line before an answer of a batch. */
static void add_query(struct output *output, const char *query)
{
    struct pm_buf line = PM_BUF_INIT;
    if (!output->qid)
        return;
    add_shown(&line, output->qid);
    pm_buf_adds(&line, ": ");
    add_shown(&line, query);
    add_line(output, "# ", &line);
    pm_buf_release(&line);
}

void text_begin(struct output *output, const struct pm_results *results)
{
    add_query(output, results->query ? results->query : "");
}

void text_end(struct output *output, const struct pm_results *results)
{
    tables_add_total(&output->to, results, output->request);
    pm_buf_addc(&output->to, '\n');
    tables_add(&output->to, results);
}

void text_failure(struct output *output, const char *query, const struct pm_error *why)
{
    if (!output->qid)
        return;
    add_query(output, query);
    pm_buf_adds(&output->to, "failed: ");
    add_shown(&output->to, why->message);
    pm_buf_addc(&output->to, '\n');
}

/* The body as it stands, line by line, each safe to show. */
static void add_body(struct output *output, const char *body)
{
    while (*body) {
        size_t len = strcspn(body, "\n");
        pm_utf8_printable(&output->to, body, len);
        pm_buf_addc(&output->to, '\n');
        body += len + (body[len] == '\n');
    }
}

void text_article(struct output *output, const struct pm_article *article)
{
    static const char *const keys[] = {"id",   "date",     "source", "author", "section",
                                       "tags", "language", "url",    "path"};
    struct pm_buf line = PM_BUF_INIT;
    add_title(output, article->title, &line);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (!strcmp(keys[i], "date"))
            values_add_when(&line, article);
        else
            values_add_named(&line, article, keys[i]);
        if (!line.len)
            continue;
        pm_buf_addf(&output->to, "%s: ", keys[i]);
        add_line(output, "", &line);
    }
    if (article->body && *article->body) {
        pm_buf_addc(&output->to, '\n');
        add_body(output, article->body);
    }
    pm_buf_release(&line);
}
