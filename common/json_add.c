#include "json_add.h"

static void add_escape(struct pm_buf *out, unsigned char c)
{
    static const char letters[32] = {
        ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
    char letter = c < sizeof letters ? letters[c] : (char)c;
    if (!letter) {
        pm_buf_addf(out, "\\u%04x", c);
        return;
    }
    pm_buf_addc(out, '\\');
    pm_buf_addc(out, letter);
}

void pm_json_add_string(struct pm_buf *out, const char *text)
{
    const char *kept = text ? text : "", *at = kept;
    pm_buf_addc(out, '"');
    for (; *at; at++) {
        unsigned char c = (unsigned char)*at;
        if (c >= ' ' && c != '"' && c != '\\')
            continue;
        pm_buf_add(out, kept, (size_t)(at - kept));
        add_escape(out, c);
        kept = at + 1;
    }
    pm_buf_add(out, kept, (size_t)(at - kept));
    pm_buf_addc(out, '"');
}

/* Has cJSON print what is seldom there: a number. */
static void add_printed(struct pm_buf *out, const cJSON *item)
{
    char *printed = cJSON_PrintUnformatted(item);
    if (printed)
        pm_buf_adds(out, printed);
    else
        out->failed = true;
    cJSON_free(printed);
}

static void add_children(struct pm_buf *out, const cJSON *item, bool named)
{
    const cJSON *child;
    pm_buf_addc(out, named ? '{' : '[');
    cJSON_ArrayForEach (child, item) {
        if (child != item->child)
            pm_buf_addc(out, ',');
        if (named) {
            pm_json_add_string(out, child->string);
            pm_buf_addc(out, ':');
        }
        pm_json_add(out, child);
    }
    pm_buf_addc(out, named ? '}' : ']');
}

void pm_json_add(struct pm_buf *out, const cJSON *item)
{
    if (cJSON_IsString(item))
        pm_json_add_string(out, item->valuestring);
    else if (cJSON_IsObject(item) || cJSON_IsArray(item))
        add_children(out, item, cJSON_IsObject(item));
    else if (cJSON_IsRaw(item))
        pm_buf_adds(out, item->valuestring);
    else
        add_printed(out, item);
}
