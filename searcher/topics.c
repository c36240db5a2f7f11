#include "topics.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "buf.h"

struct topics {
    const char *path;
    FILE *file;
    char *line;
    size_t cap, len, number; /* of the line; its number from 1 on */
    size_t at;               /* where TREC's topics are read on in it */
    char number_id[32];
    enum { UNKNOWN, LINES, TREC } form;

    /* of the topic that is being read, in TREC's form */
    bool inside;
    bool stray; /* text outside of topics was told */
    size_t start;
    struct pm_buf id, title;
    struct pm_buf *element; /* where text goes, or NULL */
};

struct topics *topics_open(const char *path, struct pm_error *err)
{
    struct topics *topics = calloc(1, sizeof *topics);
    if (!topics) {
        pm_fail_nomem(err);
        return NULL;
    }
    topics->path = path;
    topics->file = strcmp(path, "-") ? fopen(path, "r") : stdin;
    if (!topics->file) {
        pm_fail_errno(err, PM_ERR_NO_INPUT, "cannot open '%s'", path);
        topics_close(topics);
        return NULL;
    }
    return topics;
}

void topics_close(struct topics *topics)
{
    if (!topics)
        return;
    if (topics->file && topics->file != stdin)
        fclose(topics->file);
    pm_buf_release(&topics->id);
    pm_buf_release(&topics->title);
    free(topics->line);
    free(topics);
}

static bool ends_line(char c)
{
    return c == '\n' || c == '\r';
}

static bool blank(const struct topics *topics)
{
    return strspn(topics->line, " \t") == topics->len;
}

/* The next line with text, without its end: 1, 0 or -1. */
static int next_line(struct topics *topics, struct pm_error *err)
{
    ssize_t len;
    while ((len = getline(&topics->line, &topics->cap, topics->file)) >= 0) {
        topics->len = (size_t)len;
        topics->at = 0;
        while (topics->len && ends_line(topics->line[topics->len - 1]))
            topics->line[--topics->len] = '\0';
        if (!topics->number++ && !strncmp(topics->line, "\xEF\xBB\xBF", 3)) /* byte order mark */
            memmove(topics->line, topics->line + 3, (topics->len -= 3) + 1);
        if (!blank(topics))
            return 1;
    }
    topics->len = topics->at = 0;
    if (!feof(topics->file)) /* no memory for a line sets no error flag */
        return pm_fail_errno(err, PM_ERR_IO, "cannot read '%s'", topics->path);
    return 0;
}

/* ---- lines ---- */

/* The text without the spaces around it. */
static char *trimmed(char *text)
{
    size_t len;
    text += strspn(text, " ");
    len = strlen(text);
    while (len && text[len - 1] == ' ')
        text[--len] = '\0';
    return text;
}

static void read_line(struct topics *topics, struct topic *topic)
{
    char *tab = strchr(topics->line, '\t');
    topic->query = topics->line;
    topic->len = topics->len;
    if (tab) {
        *tab = '\0';
        topic->id = trimmed(topics->line);
        topic->numbered = false;
        topic->query = tab + 1;
        topic->len -= (size_t)(tab + 1 - topics->line);
    }
}

/* ---- TREC's topics ---- */

/* The length of the tag that the text begins with, "<title>" or "</title>"; 0 without one. */
static size_t tag_len(const char *text)
{
    size_t len = 1;
    if (*text != '<')
        return 0;
    len += text[len] == '/';
    while (isalnum((unsigned char)text[len]) || text[len] == '-' || text[len] == '_')
        len++;
    return len > 1 && text[len] == '>' ? len + 1 : 0;
}

static bool is_tag(const char *text, const char *tag)
{
    return !strncasecmp(text, tag, strlen(tag));
}

/* Adds text with single spaces for white space, and none before all of it. */
static void add_text(struct pm_buf *to, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        bool space = isspace((unsigned char)text[i]);
        if (!space)
            pm_buf_addc(to, text[i]);
        else if (to->len && to->data[to->len - 1] != ' ')
            pm_buf_addc(to, ' ');
    }
}

static void drop_last_space(struct pm_buf *text)
{
    if (text->len && text->data[text->len - 1] == ' ')
        text->data[--text->len] = '\0';
}

/* The text behind a label, if it begins with that. */
static const char *behind(const struct pm_buf *text, const char *label)
{
    const char *start = pm_buf_str(text);
    if (strncasecmp(start, label, strlen(label)))
        return start;
    start += strlen(label);
    return start + strspn(start, " ");
}

/* A number without zeros before it; anything else as it is. */
static const char *without_zeros(const char *id)
{
    size_t len = strlen(id);
    if (strspn(id, "0123456789") == len)
        while (*id == '0' && id[1])
            id++;
    return id;
}

static void begin_topic(struct topics *topics)
{
    topics->inside = true;
    topics->stray = false;
    topics->start = topics->number;
    topics->element = NULL;
    pm_buf_clear(&topics->id);
    pm_buf_clear(&topics->title);
}

static int end_topic(struct topics *topics, struct topic *topic, struct pm_error *err)
{
    topics->inside = false;
    topic->line = topics->start;
    drop_last_space(&topics->id);
    drop_last_space(&topics->title);
    if (topics->id.failed || topics->title.failed)
        return pm_fail_nomem(err);
    topic->query = behind(&topics->title, "Topic:");
    topic->len = topics->title.len - (size_t)(topic->query - pm_buf_str(&topics->title));
    if (!*behind(&topics->id, "Number:"))
        return pm_fail(err, PM_ERR_SYNTAX, "a topic without a <num>");
    if (!topic->len)
        return pm_fail(err, PM_ERR_SYNTAX, "a topic without a <title>");
    topic->id = without_zeros(behind(&topics->id, "Number:"));
    topic->numbered = false;
    return 1;
}

static int unfinished(struct topics *topics, struct topic *topic, struct pm_error *err)
{
    topics->inside = false;
    topic->line = topics->start;
    return pm_fail(err, PM_ERR_SYNTAX, "a topic without its </top>");
}

/* Reads a tag: 1 if a topic ends with it, else 0; or -1. */
static int read_tag(struct topics *topics, const char *tag, struct topic *topic,
                    struct pm_error *err)
{
    topics->element = NULL;
    if (is_tag(tag, "<top>")) {
        int rc = topics->inside ? unfinished(topics, topic, err) : 0;
        begin_topic(topics);
        return rc;
    }
    if (is_tag(tag, "</top>") && topics->inside)
        return end_topic(topics, topic, err);
    if (is_tag(tag, "<num>"))
        topics->element = &topics->id;
    else if (is_tag(tag, "<title>"))
        topics->element = &topics->title;
    return 0;
}

/* Reads text between tags: 0, or -1 where there should be none. */
static int read_text(struct topics *topics, const char *text, size_t len, struct topic *topic,
                     struct pm_error *err)
{
    if (topics->element)
        add_text(topics->element, text, len);
    if (topics->inside || topics->stray || strspn(text, " \t") >= len)
        return 0;
    topics->stray = true;
    topic->line = topics->number;
    return pm_fail(err, PM_ERR_SYNTAX, "text outside of <top> and </top>");
}

static int next_trec(struct topics *topics, struct topic *topic, struct pm_error *err)
{
    int rc = 0;
    while (!rc) {
        if (topics->at >= topics->len) {
            if (topics->element)
                add_text(topics->element, " ", 1);
            if ((rc = next_line(topics, err)) <= 0)
                return !rc && topics->inside ? unfinished(topics, topic, err) : rc;
        }
        const char *text = topics->line + topics->at;
        size_t left = topics->len - topics->at, len = tag_len(text);
        topics->at += len;
        if (len) {
            rc = read_tag(topics, text, topic, err);
            continue;
        }
        const char *tag = memchr(text + 1, '<', left - 1);
        len = tag ? (size_t)(tag - text) : left;
        topics->at += len;
        rc = read_text(topics, text, len, topic, err);
    }
    return rc;
}

int topics_next(struct topics *topics, struct topic *topic, struct pm_error *err)
{
    int rc = 1;
    *topic = (struct topic){.id = topics->number_id, .numbered = true, .query = ""};
    if (topics->form != TREC)
        rc = next_line(topics, err);
    if (rc == 1 && topics->form == UNKNOWN) {
        const char *start = topics->line + strspn(topics->line, " \t");
        topics->form = is_tag(start, "<top>") ? TREC : LINES;
    }
    topic->line = topics->number;
    if (rc == 1 && topics->form == TREC)
        rc = next_trec(topics, topic, err);
    else if (rc == 1)
        read_line(topics, topic);
    snprintf(topics->number_id, sizeof topics->number_id, "%zu", topic->line);
    return rc;
}
