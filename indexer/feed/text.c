/*
 * Plain text: one article a file, as it was saved.
 */
#include <string.h>

#include "charset.h"
#include "layout.h"
#include "reader.h"
#include "utf8.h"

#define BINARY_LOOK (8 * 1024) /* bytes in which a file that is no text shows a NUL */

static int text_sniff(struct input *input, struct pm_error *err)
{
    (void)input, (void)err;
    return 1;
}

/* Looked at before the rest is read: a film among the articles may not fit in memory. */
static int refuse_binary(struct input *input, struct pm_error *err)
{
    static const struct {
        const char *magic, *what;
    } kinds[] = {
        {"%PDF-", "a PDF: make a text of it first, with pdftotext"},
        {"PK\3\4", "a ZIP archive (or DOCX, ODT, EPUB): unpack it first"},
        {"{\\rtf", "RTF: save it as text first"},
        {"\xD0\xCF\x11\xE0", "an old Word document: save it as text first"},
        {"\x1F\x8B", "packed twice: unpack it first"},
        {"BZh", "packed with bzip2: unpack it first"},
        {"\xFD"
         "7zXZ",
         "packed with xz: unpack it first"},
    };
    size_t len;
    char *text;
    if (input_peek(input, BINARY_LOOK, &text, &len, err))
        return -1;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (len >= strlen(kinds[i].magic) && !memcmp(text, kinds[i].magic, strlen(kinds[i].magic)))
            return pm_fail(err, PM_ERR_SYNTAX, "not a text but %s", kinds[i].what);
    if (len && memchr(text, '\0', len < BINARY_LOOK ? len : BINARY_LOOK))
        return pm_fail(err, PM_ERR_SYNTAX,
                       "not a text: it has NUL bytes (binary, or UTF-16 without a mark)");
    return 0;
}

static int text_next(struct reading *reading, struct pm_article *article, struct pm_error *err)
{
    int rc = -1;
    struct pm_buf utf8 = PM_BUF_INIT, clean = PM_BUF_INIT;
    char *raw;
    size_t len;
    if (reading->records++)
        return 0;
    reading->line = 1;
    reading->alone = true;
    if (refuse_binary(&reading->input, err) ||
        input_all(&reading->input, INPUT_RECORD_MAX, &raw, &len, err) ||
        charset_to_utf8(raw, len, NULL, &utf8, err))
        goto out;
    pm_utf8_clean(&clean, pm_buf_str(&utf8), utf8.len);
    if (clean.failed) {
        pm_fail_nomem(err);
        goto out;
    }
    const char *text = pm_buf_str(&clean), *end = text + clean.len;
    text += pm_utf8_skip_space(text, clean.len);
    if (text == end) {
        pm_fail(err, PM_ERR_SYNTAX, "an empty text");
        goto out;
    }
    if (!layout_read(article, text, (size_t)(end - text), err))
        rc = 1;
out:
    pm_buf_release(&utf8);
    pm_buf_release(&clean);
    return rc;
}

const struct reader text_reader = {"text", text_sniff, text_next, NULL};
