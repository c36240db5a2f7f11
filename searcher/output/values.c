#include "values.h"

#include <inttypes.h>
#include <string.h>

#include "marks.h"
#include "utf8.h"

static void add_text(struct pm_buf *out, const char *text)
{
    if (text)
        pm_utf8_printable(out, text, strlen(text));
}

static void add_rank(struct pm_buf *out, const struct output *output, const struct pm_hit *hit)
{
    (void)output;
    pm_buf_addf(out, "%" PRIu32, hit->rank);
}

static void add_score(struct pm_buf *out, const struct output *output, const struct pm_hit *hit)
{
    (void)output;
    pm_buf_addf(out, "%.9f", hit->score);
}

static void add_qid(struct pm_buf *out, const struct output *output, const struct pm_hit *hit)
{
    (void)hit;
    if (output)
        add_text(out, output->qid);
}

static void add_date(struct pm_buf *out, const struct output *output, const struct pm_hit *hit)
{
    (void)output;
    pm_buf_adds(out, hit->article.date.text);
}

static void add_tags(struct pm_buf *out, const struct output *output, const struct pm_hit *hit)
{
    const char *between = "";
    const cJSON *tag;
    (void)output;
    cJSON_ArrayForEach (tag, hit->article.tags) {
        if (!cJSON_IsString(tag))
            continue;
        pm_buf_adds(out, between);
        add_text(out, tag->valuestring);
        between = ", ";
    }
}

static void add_copies(struct pm_buf *out, const struct output *output, const struct pm_hit *hit)
{
    (void)output;
    for (size_t i = 0; i < hit->copies; i++) {
        pm_buf_adds(out, i ? ", " : "");
        add_text(out, hit->copy[i].id);
    }
}

/* All passages on one line. */
static void add_snippet(struct pm_buf *out, const struct output *output, const struct pm_hit *hit)
{
    static const struct output_marks plain = {"*", 1, "*"};
    if (!output)
        return;
    const struct output_marks marks = marks_of(output->style, plain);
    struct pm_buf line = PM_BUF_INIT;
    const char *body = hit->article.body;
    for (size_t i = 0; i < hit->snippets; i++) {
        const struct pm_snippet *passage = &hit->snippet[i];
        pm_buf_adds(&line, i ? " … " : marks_text_before(body, passage) ? "… " : "");
        marks_add(&line, body, passage, &marks, pm_utf8_printable);
    }
    if (hit->snippets && marks_text_behind(body, &hit->snippet[hit->snippets - 1]))
        pm_buf_adds(&line, " …");
    values_add_folded(out, &line);
    pm_buf_release(&line);
}

#define AT(member) offsetof(struct pm_article, member)

/* Either a text of the article, or what a function adds. */
static const struct value {
    const char *name;
    size_t offset;
    void (*add)(struct pm_buf *out, const struct output *output, const struct pm_hit *hit);
} values[] = {
    {"rank", 0, add_rank},
    {"score", 0, add_score},
    {"qid", 0, add_qid},
    {"id", AT(id), NULL},
    {"title", AT(title), NULL},
    {"date", 0, add_date},
    {"date_from", AT(date_from), NULL},
    {"date_text", AT(date_text), NULL},
    {"source", AT(source), NULL},
    {"author", AT(author), NULL},
    {"section", AT(section), NULL},
    {"tags", 0, add_tags},
    {"language", AT(language), NULL},
    {"url", AT(url), NULL},
    {"path", AT(path), NULL},
    {"snippet", 0, add_snippet},
    {"copies", 0, add_copies},
};
#define VALUES (sizeof values / sizeof *values)

int values_find(const char *name, size_t len)
{
    for (size_t i = 0; i < VALUES; i++)
        if (strlen(values[i].name) == len && !memcmp(values[i].name, name, len))
            return (int)i;
    return -1;
}

void values_names(struct pm_buf *out)
{
    for (size_t i = 0; i < VALUES; i++)
        pm_buf_addf(out, "%s%s", i ? ", " : "", values[i].name);
}

bool values_is_passage(int value)
{
    return values[value].add == add_snippet;
}

void values_add(struct pm_buf *out, const struct output *output, const struct pm_hit *hit,
                int value)
{
    const struct value *row = &values[value];
    if (row->add)
        row->add(out, output, hit);
    else
        add_text(out, *(char *const *)((const char *)&hit->article + row->offset));
}

void values_add_named(struct pm_buf *out, const struct pm_article *article, const char *name)
{
    const struct pm_hit hit = {.article = *article};
    int value = values_find(name, strlen(name));
    if (value >= 0)
        values_add(out, NULL, &hit, value);
}

bool values_add_when(struct pm_buf *out, const struct pm_article *article)
{
    static const char *const around[] = {"url", "filename", "mtime"};
    if (!article->date.text[0]) {
        add_text(out, article->date_text);
        return article->date_text != NULL;
    }
    pm_buf_adds(out, article->date.text);
    for (size_t i = 0; article->date_from && i < sizeof around / sizeof *around; i++)
        if (!strcmp(article->date_from, around[i]))
            pm_buf_addf(out, " (%s)", around[i]);
    return true;
}

void values_add_folded(struct pm_buf *out, struct pm_buf *text)
{
    out->failed = out->failed || text->failed;
    pm_utf8_one_line(out, pm_buf_str(text), text->len);
    pm_buf_clear(text);
}
