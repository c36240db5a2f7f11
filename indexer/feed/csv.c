/*
 * Tables with a header, an article a row: CSV as in RFC 4180, and with tabs or semicolons.
 *
 * libcsv knows quotation marks; it is handed line after line until a record is whole.  What has no
 * end is found out at a bound, and costs the line that it began in.
 */
#include <cjson/cJSON.h>
#include <csv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "article_json.h"
#include "charset.h"
#include "reader.h"
#include "utf8.h"
#include "value.h"

enum {
    LOOK = 64 * 1024, /* the longest header that is recognised */
    BLOCK = 64 * 1024,
    NAMES_SHOWN = 200, /* bytes of the header's names in a message */
};

/* What parts cells, the likeliest first where there are as many of them. */
static const char delimiters[] = {',', '\t', ';'};

struct csv {
    struct csv_parser parser;
    struct pm_buf cells; /* of the record being read, a NUL behind each */
    size_t count;        /* of them */
    bool whole;          /* the record has ended */
    char *names;         /* of the columns, a NUL behind each */
    size_t columns;      /* 0 before the header is read */
    uint64_t next_line;  /* its number */
    uint64_t distrusted; /* up to this byte a record may not go over its line */
};

/* ---- records ---- */

static void add_cell(void *cell, size_t len, void *own)
{
    struct csv *csv = own;
    size_t from = csv->cells.len;
    pm_buf_add(&csv->cells, cell, len);
    char *nul = csv->cells.data + from;
    while (!csv->cells.failed &&
           (nul = memchr(nul, '\0', csv->cells.len - (size_t)(nul - csv->cells.data))))
        *nul++ = ' ';
    pm_buf_addc(&csv->cells, '\0');
    csv->count++;
}

static void end_record(int mark, void *own)
{
    struct csv *csv = own;
    (void)mark;
    csv->whole = true;
}

/* A return inside of a line is data. */
static int is_line_end(unsigned char c)
{
    return c == '\n';
}

static bool is_line_feed(char c)
{
    return c == '\n';
}

static int open_parser(struct csv_parser *parser, char delimiter, struct pm_error *err)
{
    if (csv_init(parser, 0))
        return pm_fail(err, PM_ERR_INTERNAL, "libcsv cannot begin");
    csv_set_delim(parser, (unsigned char)delimiter);
    csv_set_term_func(parser, is_line_end);
    csv_set_blk_size(parser, BLOCK);
    return 0;
}

static int parse_line(struct csv *csv, const char *line, size_t len, struct pm_error *err)
{
    if (len && line[len - 1] == '\r')
        len--;
    if (csv_parse(&csv->parser, line, len, add_cell, end_record, csv) != len ||
        csv_parse(&csv->parser, "\n", 1, add_cell, end_record, csv) != 1 || csv->cells.failed)
        return pm_fail_nomem(err);
    return 0;
}

static void begin_record(struct csv *csv)
{
    csv_fini(&csv->parser, NULL, NULL, NULL);
    pm_buf_clear(&csv->cells);
    csv->count = 0;
    csv->whole = false;
}

/* Takes a record's first line alone, since its end is not to be found: what follows may be fine. */
static int fail_endless(struct reading *reading, size_t looked, struct pm_error *err)
{
    struct csv *csv = reading->own;
    char *line;
    size_t len;
    csv->distrusted = input_offset(&reading->input) + looked;
    csv->next_line = reading->line + 1;
    if (input_line(&reading->input, &line, &len, err) < 0)
        return -1;
    return pm_fail(err, PM_ERR_SYNTAX, "a quotation mark without its partner");
}

static bool is_blank(const char *text, size_t len)
{
    while (len && value_is_space(*text))
        text++, len--;
    return !len;
}

/* Reads the next record into `cells`: 1, 0 at the end, or -1. */
static int read_record(struct reading *reading, struct pm_error *err)
{
    struct csv *csv = reading->own;
    struct input *input = &reading->input;
    size_t from = 0, lines = 0;
    begin_record(csv);
    reading->line = csv->next_line;
    reading->byte = input_offset(input);
    while (!csv->whole) {
        size_t end = from, len;
        int found = input_find(input, &end, is_line_feed, err);
        const char *text = input_text(input, &len);
        if (found < 0 || (!found && !end))
            return found;
        if (!found && !input->ended && !from)
            return fail_endless(reading, end, err);
        if (from && ((!found && (!input->ended || end == from)) || end > INPUT_RECORD_MAX ||
                     reading->byte < csv->distrusted))
            return fail_endless(reading, end, err);
        lines++;
        if (!from && is_blank(text, end)) {
            input_take(input, end + (size_t)found);
            reading->line = csv->next_line += lines;
            reading->byte = input_offset(input);
            lines = 0;
            continue;
        }
        if (parse_line(csv, text + from, end - from, err))
            return -1;
        from = end + (size_t)found;
    }
    input_take(input, from);
    csv->next_line += lines;
    return 1;
}

/* ---- the header ---- */

/* The likeliest delimiter of a line. */
static char find_delimiter(const char *line, size_t len)
{
    size_t count[sizeof delimiters] = {0}, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < len; i++) {
        const char *is = memchr(delimiters, line[i], sizeof delimiters);
        quoted ^= line[i] == '"';
        count[is ? is - delimiters : 0] += is && !quoted;
    }
    for (size_t i = 1; i < sizeof delimiters; i++)
        if (count[i] > count[best])
            best = i;
    return delimiters[best];
}

static const char *next_cell(const char *cell)
{
    return cell + strlen(cell) + 1;
}

/* How many of the names are known, and whether one is of a title or body. */
static size_t count_known(const char *names, size_t count, bool *has_text)
{
    size_t known = 0;
    *has_text = false;
    for (; count; count--, names = next_cell(names)) {
        const char *key = pm_article_key(names);
        known += key != NULL;
        *has_text |= key && (!strcmp(key, "title") || !strcmp(key, "body"));
    }
    return known;
}

/* Parses the first line by itself: its cells in *csv, which the caller releases. */
static int parse_header(struct csv *csv, const char *line, size_t len, struct pm_error *err)
{
    if (open_parser(&csv->parser, find_delimiter(line, len), err))
        return -1;
    return parse_line(csv, line, len, err);
}

static void release(struct csv *csv)
{
    csv_free(&csv->parser);
    pm_buf_release(&csv->cells);
    free(csv->names);
}

/* By its name; else by a first line of at least two known keys, with a title or body among them. */
static int csv_sniff(struct input *input, struct pm_error *err)
{
    static const char *const suffixes[] = {".csv", ".tsv", ".tab"};
    struct csv csv = {0};
    const char *text, *end = NULL;
    size_t len = 0;
    bool has_text = false;
    int rc = 1;
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (input_has_suffix(input, suffixes[i]))
            return 1;
    do {
        text = input_text(input, &len);
        end = len ? memchr(text, '\n', len) : NULL;
    } while (!end && len < LOOK && (rc = input_more(input, err)) > 0);
    if (rc < 0 || !end)
        return rc < 0 ? -1 : 0;
    if (!parse_header(&csv, text, (size_t)(end - text), err))
        rc = csv.whole && count_known(pm_buf_str(&csv.cells), csv.count, &has_text) > 1 && has_text;
    else
        rc = -1;
    release(&csv);
    return rc;
}

/* Without a text there is no article, so nothing more is read. */
static int fail_header(struct csv *csv, struct pm_error *err)
{
    struct pm_buf are = PM_BUF_INIT, could = PM_BUF_INIT, shown = PM_BUF_INIT;
    const char *name = csv->names;
    for (size_t i = 0; i < csv->columns; i++, name = next_cell(name))
        pm_buf_addf(&are, "%s%s", i ? ", " : "", name);
    pm_article_key_names(&could, "title");
    pm_buf_adds(&could, ", ");
    pm_article_key_names(&could, "body");
    size_t cut = pm_utf8_cut(pm_buf_str(&are), are.len, NAMES_SHOWN);
    pm_utf8_printable(&shown, pm_buf_str(&are), cut);
    pm_fail(err, PM_ERR_SYNTAX, "no column has a title or body: there are %s%s, and none of %s",
            pm_buf_str(&shown), cut < are.len ? " ..." : "", pm_buf_str(&could));
    pm_buf_release(&are);
    pm_buf_release(&could);
    pm_buf_release(&shown);
    csv->columns = 0;
    return -1;
}

/* The cells of the record as UTF-8; they are valid until the next record. */
static int mend_cells(struct reading *reading, char **cells, struct pm_error *err)
{
    struct csv *csv = reading->own;
    size_t len = csv->cells.len, ends = 0;
    *cells = csv->cells.data;
    if (charset_mend(cells, &len, &reading->utf8, err))
        return -1;
    for (size_t i = 0; i < len; i++)
        ends += !(*cells)[i];
    if (ends == csv->count)
        return 0;
    /* Taken for a character set of two bytes, they ran together. */
    const char *cell = csv->cells.data;
    pm_buf_clear(&reading->utf8);
    for (size_t i = 0; i < csv->count; i++, cell += strlen(cell) + 1) {
        pm_utf8_clean(&reading->utf8, cell, strlen(cell));
        pm_buf_addc(&reading->utf8, '\0');
    }
    *cells = reading->utf8.data;
    return reading->utf8.failed ? pm_fail_nomem(err) : 0;
}

/* Opens the table: 1, 0 if there is nothing in it, or -1. */
static int read_header(struct reading *reading, struct pm_error *err)
{
    struct csv *csv = calloc(1, sizeof *csv);
    size_t at = 0, len, size = 0;
    char *cells;
    bool has_text;
    if (!csv)
        return pm_fail_nomem(err);
    reading->own = csv;
    csv->next_line = 1;
    if (input_find(&reading->input, &at, value_is_ink, err) < 0 ||
        input_find(&reading->input, &at, is_line_feed, err) < 0)
        return -1;
    const char *text = input_text(&reading->input, &len);
    char delimiter = find_delimiter(text, at);
    /* Spreadsheets write a first line that says what parts the cells. */
    if (at >= 5 && at <= 6 && !strncasecmp(text, "sep=", 4)) {
        delimiter = text[4];
        input_take(&reading->input, at < len ? at + 1 : at);
        csv->next_line++;
    }
    if (open_parser(&csv->parser, delimiter, err))
        return -1;
    int rc = read_record(reading, err);
    if (rc <= 0)
        return rc;
    if (mend_cells(reading, &cells, err))
        return -1;
    for (size_t i = 0; i < csv->count; i++)
        size += strlen(cells + size) + 1;
    if (!(csv->names = malloc(size)))
        return pm_fail_nomem(err);
    memcpy(csv->names, cells, size);
    csv->columns = csv->count;
    count_known(csv->names, csv->columns, &has_text);
    return has_text ? 1 : fail_header(csv, err);
}

/* ---- articles ---- */

/* The record as an object, or NULL. */
static cJSON *make_object(const struct csv *csv, const char *cell, struct pm_error *err)
{
    cJSON *object = cJSON_CreateObject();
    const char *name = csv->names;
    char number[32];
    for (size_t i = 0; object && i < csv->columns; i++) {
        snprintf(number, sizeof number, "column %zu", i + 1);
        if (*cell && !cJSON_AddStringToObject(object, *name ? name : number, cell)) {
            cJSON_Delete(object);
            object = NULL;
        }
        name = next_cell(name);
        cell = next_cell(cell);
    }
    if (!object)
        pm_fail_nomem(err);
    return object;
}

static bool is_empty(const struct csv *csv)
{
    return csv->cells.len == csv->count;
}

static int csv_next(struct reading *reading, struct pm_article *article, struct pm_error *err)
{
    struct csv *csv = reading->own;
    char *cells;
    int rc;
    if (!csv) {
        if ((rc = read_header(reading, err)) <= 0)
            return rc;
        csv = reading->own;
    } else if (!csv->columns) {
        return 0;
    }
    do
        rc = read_record(reading, err);
    while (rc > 0 && is_empty(csv)); /* spreadsheets end in rows of nothing */
    if (!rc)
        return 0;
    reading->records++;
    if (rc < 0)
        return -1;
    if (csv->count != csv->columns)
        return pm_fail(err, PM_ERR_SYNTAX, "%zu cells where the header has %zu columns", csv->count,
                       csv->columns);
    if (mend_cells(reading, &cells, err))
        return -1;
    cJSON *object = make_object(csv, cells, err);
    rc = object && !pm_article_from_json(object, article, err) ? 1 : -1;
    cJSON_Delete(object);
    return rc;
}

static void csv_close(struct reading *reading)
{
    struct csv *csv = reading->own;
    if (csv)
        release(csv);
    free(csv);
}

const struct reader csv_reader = {"csv", csv_sniff, csv_next, csv_close};
