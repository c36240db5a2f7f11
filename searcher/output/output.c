#include "output.h"

#include <inttypes.h>
#include <string.h>

#include "format.h"
#include "utf8.h"

#define PEOPLE   (OUTPUT_PASSAGES | OUTPUT_TABLES | OUTPUT_ARTICLE)
#define PROGRAMS (PEOPLE | OUTPUT_NAMES | OUTPUT_EXTRA | OUTPUT_NOTICES | OUTPUT_FIELDS)

/* clang-format off */
static const struct output_format formats[] = {
    {"text", text_begin, text_hit, text_end, NULL, text_failure, text_article,
     PEOPLE | OUTPUT_NAMES,
     "for people, with marks around what was found (default)"},
    {"json", json_begin, json_hit, json_end, json_tree, json_failure, json_article, PROGRAMS,
     "one object for each query"},
    {"ndjson", ndjson_begin, ndjson_hit, ndjson_end, json_tree, ndjson_failure, json_article,
     PROGRAMS, "an object a line: begin, each hit, end"},
    {"html", html_begin, html_hit, html_end, NULL, html_failure, html_article,
     PEOPLE | OUTPUT_TITLES,
     "an ordered list, escaped"},
    {"template", NULL, template_hit, NULL, NULL, NULL, NULL, OUTPUT_PASSAGES,
     "as --template says, or the word after it: '{rank}\\t{title}\\n'"},
    {"tsv", NULL, tsv_hit, NULL, NULL, NULL, NULL, 0,
     "rank, score, date, source, title and id with tabs between"},
    {"trec", NULL, trec_hit, NULL, NULL, NULL, NULL, 0, "a run, to be judged"},
    {"paths", NULL, paths_hit, NULL, NULL, NULL, NULL, 0,
     "the file of each hit, or its id where it has none"},
    {"paths0", NULL, paths0_hit, NULL, NULL, NULL, NULL, 0, "the same with a NUL after each"},
};
/* clang-format on */
#define FORMATS (sizeof formats / sizeof *formats)

const struct output_format *output_format_find(const char *name, struct pm_error *err)
{
    struct pm_buf names = PM_BUF_INIT;
    for (size_t i = 0; i < FORMATS; i++)
        if (!strcmp(formats[i].name, name))
            return &formats[i];
    for (size_t i = 0; i < FORMATS; i++)
        pm_buf_addf(&names, "%s%s", i ? ", " : "", formats[i].name);
    pm_fail(err, PM_ERR_USAGE, "unknown format '%s': there are %s", name, pm_buf_str(&names));
    pm_buf_release(&names);
    return NULL;
}

void output_format_help(struct pm_buf *out)
{
    for (size_t i = 0; i < FORMATS; i++)
        pm_buf_addf(out, "  %-9s %s\n", formats[i].name, formats[i].help);
}

static const struct output_format *format_of(const struct output_style *style)
{
    return style->format ? style->format : &formats[0];
}

unsigned output_shows(const struct output_style *style)
{
    const struct output_format *format = format_of(style);
    unsigned shown = json_shows(style->fields);
    if (format->hit == template_hit)
        shown = style->template && template_shows_passages(style->template) ? OUTPUT_PASSAGES : 0;
    return format->shows & (shown | ~(unsigned)(OUTPUT_PASSAGES | OUTPUT_NAMES | OUTPUT_EXTRA));
}

int output_check(const struct output_style *style, unsigned needs, struct pm_error *err)
{
    const struct output_format *format = format_of(style);
    bool template = format->hit == template_hit;
    if (template && !style->template)
        return pm_fail(err, PM_ERR_USAGE, "--format template needs a template");
    if (!template && style->template)
        return pm_fail(err, PM_ERR_USAGE, "--template beside --format %s", format->name);
    if (style->fields && !(format->shows & OUTPUT_FIELDS))
        return pm_fail(err, PM_ERR_USAGE, "--fields needs --format json or ndjson");
    if (needs & ~format->shows & OUTPUT_TABLES)
        return pm_fail(err, PM_ERR_USAGE,
                       "--format %s does not show --facet, --timeline or --explain", format->name);
    if (needs & ~format->shows & OUTPUT_ARTICLE)
        return pm_fail(err, PM_ERR_USAGE, "--format %s does not go with --show", format->name);
    return 0;
}

/* Hands over what has gathered. */
static int flush(struct output *output, struct pm_error *err)
{
    if (output->to.failed)
        return pm_fail_nomem(err);
    if (output->to.len)
        fwrite(output->to.data, 1, output->to.len, output->file);
    pm_buf_clear(&output->to);
    return 0;
}

/* A line of one text; in a batch behind the query's id. */
static void add_line(struct output *output, const char *text)
{
    if (output->qid)
        pm_buf_addf(&output->to, "%s\t", output->qid);
    pm_utf8_printable(&output->to, text, strlen(text));
    pm_buf_addc(&output->to, '\n');
}

int output_results(struct output *output, const struct pm_results *results, struct pm_error *err)
{
    const struct output_format *format = format_of(output->style);
    if (output->request->parse_only) {
        if (format->tree)
            format->tree(output, results);
        else
            add_line(output, results->tree ? results->tree : "");
        return flush(output, err);
    }
    if (output->style->count && !(format->shows & OUTPUT_NOTICES)) {
        char number[16];
        snprintf(number, sizeof number, "%" PRIu32, results->total);
        add_line(output, number);
        return flush(output, err);
    }
    if (format->begin)
        format->begin(output, results);
    for (size_t i = 0; i < results->len && !output->style->count; i++) {
        format->hit(output, &results->hit[i], i == 0);
        if (flush(output, err))
            return -1;
    }
    if (format->end)
        format->end(output, results);
    return flush(output, err);
}

int output_failure(struct output *output, const char *query, const struct pm_error *why,
                   struct pm_error *err)
{
    const struct output_format *format = format_of(output->style);
    bool people = !(format->shows & OUTPUT_NOTICES);
    struct pm_buf clean = PM_BUF_INIT;
    if (!format->failure || (people && output->style->count))
        return 0;
    pm_utf8_clean(&clean, query, strlen(query));
    format->failure(output, pm_buf_str(&clean), why);
    output->to.failed = output->to.failed || clean.failed;
    pm_buf_release(&clean);
    return flush(output, err);
}

int output_article(struct output *output, const struct pm_article *article, struct pm_error *err)
{
    const struct output_format *format = format_of(output->style);
    if (format->article)
        format->article(output, article);
    return flush(output, err);
}

void output_release(struct output *output)
{
    pm_buf_release(&output->to);
}
