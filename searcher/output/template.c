/*
 * A line of somebody's own making: text, escapes and values of the hit in braces.
 */
#include <string.h>

#include "format.h"
#include "values.h"

static const char escapes[][2] = {{'t', '\t'},  {'n', '\n'}, {'0', '\0'},
                                  {'\\', '\\'}, {'{', '{'},  {'}', '}'}};

/* A byte, or a value of the hit. */
struct piece {
    char byte;
    int value; /* -1: the byte */
};

static int unknown_value(const char *name, size_t len, struct pm_error *err)
{
    struct pm_buf names = PM_BUF_INIT;
    values_names(&names);
    int shown = len < 40 ? (int)len : 40;
    pm_fail(err, PM_ERR_USAGE, "unknown value '{%.*s}' in the template: there are %s", shown, name,
            pm_buf_str(&names));
    pm_buf_release(&names);
    return -1;
}

/* The piece at **at, which is moved behind it: 1, 0 at the end, -1. */
static int next_piece(const char **at, struct piece *piece, struct pm_error *err)
{
    const char *text = *at;
    *piece = (struct piece){*text, -1};
    if (!*text)
        return 0;
    *at = text + 1;
    if (*text == '\\') {
        for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++)
            if (text[1] == escapes[i][0]) {
                piece->byte = escapes[i][1];
                *at = text + 2;
                return 1;
            }
        return pm_fail(err, PM_ERR_USAGE,
                       "unknown escape '\\%.*s' in the template: there are "
                       "\\t, \\n, \\0, \\\\, \\{ and \\}",
                       (signed char)text[1] > 0, text + 1);
    }
    if (*text == '{') {
        size_t len = strcspn(text + 1, "{}");
        if (text[1 + len] != '}')
            return pm_fail(err, PM_ERR_USAGE,
                           "'{' without '}' in the template: a brace of its own is '\\{'");
        piece->value = values_find(text + 1, len);
        *at = text + len + 2;
        if (piece->value < 0)
            return unknown_value(text + 1, len, err);
    }
    return 1;
}

int output_template_check(const char *text, struct pm_error *err)
{
    struct piece piece;
    int got;
    while ((got = next_piece(&text, &piece, err)) > 0)
        ;
    return got;
}

bool template_shows_passages(const char *text)
{
    struct piece piece;
    while (next_piece(&text, &piece, NULL) > 0)
        if (piece.value >= 0 && values_is_passage(piece.value))
            return true;
    return false;
}

void template_hit(struct output *output, const struct pm_hit *hit, bool first)
{
    const char *at = output->style->template;
    struct piece piece;
    (void)first;
    while (next_piece(&at, &piece, NULL) > 0) {
        if (piece.value < 0)
            pm_buf_addc(&output->to, piece.byte);
        else
            values_add(&output->to, output, hit, piece.value);
    }
}
