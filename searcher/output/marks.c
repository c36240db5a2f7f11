#include "marks.h"

#include <string.h>

#include "utf8.h"

int output_marks_parse(const char *text, struct output_marks *marks, struct pm_error *err)
{
    if (!strcmp(text, "none")) {
        *marks = (struct output_marks){"", 0, ""};
        return 0;
    }
    const char *space = strchr(text, ' ');
    if (!space || space == text || !space[1] || strchr(space + 1, ' '))
        return pm_fail(err, PM_ERR_USAGE,
                       "'%s' is not an opening and a closing mark with a space between them", text);
    *marks = (struct output_marks){text, (size_t)(space - text), space + 1};
    return 0;
}

struct output_marks marks_of(const struct output_style *style, struct output_marks otherwise)
{
    return style->marks.open ? style->marks : otherwise;
}

/* True if only a space or a joining sign stands between two marks: they are shown as one. */
static bool adjoin(const char *text, const struct pm_span *a, const struct pm_span *b)
{
    return b->start == a->end ||
           (b->start == a->end + 1 && text[a->end] && strchr(" -&", text[a->end]));
}

void marks_add(struct pm_buf *out, const char *text, const struct pm_snippet *passage,
               const struct output_marks *marks, marks_escape *escape)
{
    size_t at = passage->start;
    for (size_t i = 0; i < passage->marks; i++) {
        size_t start = passage->mark[i].start;
        while (i + 1 < passage->marks && adjoin(text, &passage->mark[i], &passage->mark[i + 1]))
            i++;
        escape(out, text + at, start - at);
        pm_buf_add(out, marks->open, marks->open_len);
        at = passage->mark[i].end;
        escape(out, text + start, at - start);
        pm_buf_adds(out, marks->close);
    }
    escape(out, text + at, passage->end - at);
}

bool marks_text_before(const char *text, const struct pm_snippet *passage)
{
    return pm_utf8_skip_space(text, passage->start) < passage->start;
}

bool marks_text_behind(const char *text, const struct pm_snippet *passage)
{
    const char *rest = text + passage->end;
    return rest[pm_utf8_skip_space(rest, strlen(rest))];
}

void marks_add_cut(struct pm_buf *out, const char *text, const struct pm_snippet *passage,
                   const struct output_marks *marks, marks_escape *escape)
{
    pm_buf_adds(out, marks_text_before(text, passage) ? "… " : "");
    marks_add(out, text, passage, marks, escape);
    pm_buf_adds(out, marks_text_behind(text, passage) ? " …" : "");
}
