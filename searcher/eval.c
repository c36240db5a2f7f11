#include "eval.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CUT        10
#define RECALL_CUT 100

struct judgement {
    char *qid, *id;
    double grade;
};

struct eval {
    struct judgement *item; /* by query, then by article */
    size_t len, cap;
    size_t queries; /* with a relevant article */
    double ndcg, map, precision, recall, mrr;
};

static int compare(const void *left, const void *right)
{
    const struct judgement *a = left, *b = right;
    int by_query = strcmp(a->qid, b->qid);
    return by_query ? by_query : strcmp(a->id, b->id);
}

void eval_close(struct eval *eval)
{
    if (!eval)
        return;
    for (size_t i = 0; i < eval->len; i++) {
        free(eval->item[i].qid);
        free(eval->item[i].id);
    }
    free(eval->item);
    free(eval);
}

static int add_judgement(struct eval *eval, const char *qid, const char *id, double grade,
                         struct pm_error *err)
{
    if (eval->len == eval->cap) {
        size_t cap = eval->cap ? eval->cap * 2 : 256;
        struct judgement *grown = realloc(eval->item, cap * sizeof *grown);
        if (!grown)
            return pm_fail_nomem(err);
        eval->item = grown;
        eval->cap = cap;
    }
    struct judgement *judgement = &eval->item[eval->len++];
    *judgement = (struct judgement){strdup(qid), strdup(id), grade};
    return judgement->qid && judgement->id ? 0 : pm_fail_nomem(err);
}

/* The judgements of one query, `*len` of them. */
static const struct judgement *of_query(const struct eval *eval, const char *qid, size_t *len)
{
    size_t low = 0, high = eval->len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(eval->item[middle].qid, qid) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *len = 0;
    while (low + *len < eval->len && !strcmp(eval->item[low + *len].qid, qid))
        ++*len;
    return eval->item + low;
}

static size_t count_relevant(const struct judgement *judgement, size_t len)
{
    size_t relevant = 0;
    for (size_t i = 0; i < len; i++)
        relevant += judgement[i].grade > 0;
    return relevant;
}

struct eval *eval_open(const char *path, struct pm_error *err)
{
    struct eval *eval = calloc(1, sizeof *eval);
    char *line = NULL, qid[256], id[4096], end;
    size_t cap = 0, number = 0;
    double grade;
    FILE *file = fopen(path, "r");
    int rc = eval ? 0 : pm_fail_nomem(err);
    if (!file)
        rc = pm_fail_errno(err, PM_ERR_NO_INPUT, "cannot open '%s'", path);
    while (!rc && getline(&line, &cap, file) > 0) {
        number++;
        int got = sscanf(line, "%255s %*s %4095s %lf %c", qid, id, &grade, &end);
        if (got == 3)
            rc = add_judgement(eval, qid, id, grade, err);
        else if (got > 0)
            rc = pm_fail(err, PM_ERR_SYNTAX, "%s:%zu: not 'QUERY 0 ARTICLE GRADE'", path, number);
    }
    if (file)
        fclose(file);
    free(line);
    if (rc) {
        eval_close(eval);
        return NULL;
    }
    qsort(eval->item, eval->len, sizeof *eval->item, compare);
    for (size_t i = 0, n; i < eval->len; i += n) {
        const struct judgement *first = of_query(eval, eval->item[i].qid, &n);
        eval->queries += count_relevant(first, n) > 0;
    }
    return eval;
}

static double discount(size_t place)
{
    return log2((double)place + 2);
}

static int by_falling_grade(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return a < b ? 1 : a > b ? -1 : 0;
}

/* The discounted gain of the best ranking there could be; -1 when memory ran out. */
static double ideal_gain(const struct judgement *judgement, size_t len)
{
    double gain = 0, *grade = calloc(len, sizeof *grade);
    if (!grade)
        return -1;
    for (size_t i = 0; i < len; i++)
        grade[i] = judgement[i].grade > 0 ? judgement[i].grade : 0;
    qsort(grade, len, sizeof *grade, by_falling_grade);
    for (size_t i = 0; i < len && i < CUT; i++)
        gain += grade[i] / discount(i);
    free(grade);
    return gain;
}

int eval_add(struct eval *eval, const char *qid, const struct pm_results *results,
             struct pm_error *err)
{
    size_t len, found = 0;
    const struct judgement *judged = of_query(eval, qid, &len);
    size_t relevant = count_relevant(judged, len);
    double gain = 0, precision = 0, ideal;
    if (!relevant)
        return 0;
    if ((ideal = ideal_gain(judged, len)) < 0)
        return pm_fail_nomem(err);
    for (size_t i = 0; i < results->len && i < EVAL_DEPTH; i++) {
        struct judgement key = {.qid = judged->qid, .id = results->hit[i].article.id};
        const struct judgement *hit = bsearch(&key, judged, len, sizeof key, compare);
        double grade = hit && hit->grade > 0 ? hit->grade : 0;
        if (!(grade > 0))
            continue;
        found++;
        precision += (double)found / (double)(i + 1);
        if (i < CUT) {
            gain += grade / discount(i);
            eval->precision += 1.0 / CUT;
            if (found == 1)
                eval->mrr += 1.0 / (double)(i + 1);
        }
        if (i < RECALL_CUT)
            eval->recall += 1.0 / (double)relevant;
    }
    eval->ndcg += gain / ideal;
    eval->map += precision / (double)relevant;
    return 0;
}

void eval_print(const struct eval *eval)
{
    double n = eval->queries ? (double)eval->queries : 1;
    printf("queries %zu  ndcg@10 %.4f  map %.4f  p@10 %.4f  recall@100 %.4f  mrr@10 %.4f\n",
           eval->queries, eval->ndcg / n, eval->map / n, eval->precision / n, eval->recall / n,
           eval->mrr / n);
}
