#include "qrels.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "array.h"

void qrels_release(struct qrels *qrels)
{
    for (size_t i = 0; i < qrels->len; i++) {
        free(qrels->item[i].qid);
        free(qrels->item[i].id);
    }
    free(qrels->item);
    *qrels = (struct qrels){0};
}

static int add_judgement(struct qrels *qrels, const struct judgement *read, struct pm_error *err)
{
    struct judgement *room = pm_array_room(qrels->item, qrels->len, sizeof *room);
    if (!room)
        return pm_fail_nomem(err);
    qrels->item = room;
    room += qrels->len++;
    *room = (struct judgement){strdup(read->qid), strdup(read->id), read->grade, read->line, 0};
    return room->qid && room->id ? 0 : pm_fail_nomem(err);
}

/* Reads a line into *judgement, which points into it: 1, 0 if it is empty, -1 if malformed. */
static int read_judgement(char *line, size_t len, struct judgement *judgement)
{
    char *word[5], *rest, *end;
    size_t words = 0;
    bool whole = strlen(line) == len;
    char *next = strncmp(line, "\xEF\xBB\xBF", 3) ? line : line + 3; /* byte order mark */
    for (; words < 5; next = NULL, words++)
        if (!(word[words] = strtok_r(next, " \t\r\n\v\f", &rest)))
            break;
    if (!words && whole)
        return 0;
    if (words != 4 || !whole)
        return -1;
    judgement->qid = word[0];
    judgement->id = word[2];
    judgement->grade = strtod(word[3], &end);
    return !*end && isfinite(judgement->grade) ? 1 : -1;
}

static int read_judgements(struct qrels *qrels, FILE *file, const char *path, struct pm_error *err)
{
    struct judgement judgement = {0};
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    int rc = 0;
    while (!rc && (len = getline(&line, &cap, file)) >= 0) {
        int got = read_judgement(line, (size_t)len, &judgement);
        judgement.line++;
        if (got > 0)
            rc = add_judgement(qrels, &judgement, err);
        else if (got < 0)
            rc = pm_fail(err, PM_ERR_SYNTAX,
                         "%s:%zu: not 'QUERY 0 ARTICLE GRADE'; nothing was scored", path,
                         judgement.line);
    }
    if (!rc && !feof(file)) /* no memory for a line sets no error flag */
        rc = pm_fail_errno(err, PM_ERR_IO, "cannot read '%s'", path);
    if (!rc && !qrels->len)
        rc = pm_fail(err, PM_ERR_SYNTAX, "no judgements in '%s'", path);
    free(line);
    return rc;
}

static int by_pair_then_line(const void *left, const void *right)
{
    const struct judgement *a = left, *b = right;
    int order = strcmp(a->qid, b->qid);
    order = order ? order : strcmp(a->id, b->id);
    return order ? order : (a->line > b->line) - (a->line < b->line);
}

static bool same_pair(const struct judgement *a, const struct judgement *b)
{
    return !strcmp(a->qid, b->qid) && !strcmp(a->id, b->id);
}

/* Makes one judgement of those of an article for a query, with the grade of the last. */
static void settle(struct qrels *qrels)
{
    size_t kept = 0;
    for (size_t i = 0; i < qrels->len; i++) {
        struct judgement item = qrels->item[i];
        struct judgement *before = kept ? &qrels->item[kept - 1] : NULL;
        if (!before || !same_pair(before, &item)) {
            qrels->item[kept++] = item;
            continue;
        }
        if (before->grade < item.grade || before->grade > item.grade)
            before->changed = item.line;
        before->grade = item.grade;
        free(item.qid);
        free(item.id);
    }
    qrels->len = kept;
}

int qrels_read(struct qrels *qrels, const char *path, struct pm_error *err)
{
    FILE *file = fopen(path, "r");
    if (!file)
        return pm_fail_errno(err, PM_ERR_NO_INPUT, "cannot open '%s'", path);
    int rc = read_judgements(qrels, file, path, err);
    fclose(file);
    if (rc)
        return -1;
    qsort(qrels->item, qrels->len, sizeof *qrels->item, by_pair_then_line);
    settle(qrels);
    return 0;
}
