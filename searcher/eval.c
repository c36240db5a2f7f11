#include "eval.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "qrels.h"

#define CUT        10
#define RECALL_CUT 100
#define SHOWN      5 /* of each gap, by name */

enum { NDCG, MAP, PRECISION, RECALL, MRR, FIGURES };

static const char *const figure_names[FIGURES] = {"ndcg@10", "map", "p@10", "recall@100", "mrr@10"};

struct query {
    const char *qid;
    const struct judgement *judged; /* by article */
    size_t len;
    size_t relevant; /* of them */
    size_t line;     /* of the first */
    bool asked;
    double figure[FIGURES];
};

struct gap {
    size_t len, line; /* how many; the line of the first */
    struct pm_buf names;
};

struct eval {
    struct qrels qrels;
    struct query *query;    /* by their ids */
    struct query **in_file; /* by their lines */
    size_t queries;
    struct gap gap[EVAL_GAPS];
};

void eval_close(struct eval *eval)
{
    if (!eval)
        return;
    for (size_t i = 0; i < EVAL_GAPS; i++)
        pm_buf_release(&eval->gap[i].names);
    qrels_release(&eval->qrels);
    free(eval->query);
    free(eval->in_file);
    free(eval);
}

/* ---- gaps ---- */

static void add_gap(struct gap *gap, size_t line, const char *qid, const char *id)
{
    if (!gap->len || line < gap->line)
        gap->line = line;
    if (++gap->len <= SHOWN)
        pm_buf_addf(&gap->names, "%s'%s%s%s'", gap->len > 1 ? ", " : "", qid, id ? " " : "",
                    id ? id : "");
}

/* The queries that were to be asked but are no topics, in the order of the file. */
static struct gap without_topics(const struct eval *eval)
{
    struct gap gap = {.names = PM_BUF_INIT};
    for (size_t i = 0; i < eval->queries; i++) {
        const struct query *query = eval->in_file[i];
        if (query->relevant && !query->asked)
            add_gap(&gap, query->line, query->qid, NULL);
    }
    return gap;
}

bool eval_tell(const struct eval *eval, enum eval_gap which, size_t *line, bool *of_topics,
               struct pm_buf *text)
{
    static const struct {
        const char *what;
        bool of_topics;
    } texts[EVAL_GAPS] = {
        [EVAL_NOT_JUDGED] = {"topics without judgements, left out", true},
        [EVAL_NOTHING_RELEVANT] = {"topics without a relevant article, left out", true},
        [EVAL_NO_TOPIC] = {"judged queries without a topic, scored 0", false},
        [EVAL_JUDGED_TWICE] = {"articles with several grades, of which the last counts", false},
    };
    struct gap missing = without_topics(eval);
    const struct gap *gap = which == EVAL_NO_TOPIC ? &missing : &eval->gap[which];
    *line = gap->line;
    *of_topics = texts[which].of_topics;
    pm_buf_addf(text, "%s: %zu (%s%s)", texts[which].what, gap->len, pm_buf_str(&gap->names),
                gap->len > SHOWN ? ", ..." : "");
    bool any = gap->len > 0;
    pm_buf_release(&missing.names);
    return any;
}

/* ---- queries ---- */

static int by_article(const void *left, const void *right)
{
    return strcmp(((const struct judgement *)left)->id, ((const struct judgement *)right)->id);
}

static int by_query(const void *left, const void *right)
{
    return strcmp(((const struct query *)left)->qid, ((const struct query *)right)->qid);
}

static int by_line(const void *left, const void *right)
{
    const struct query *a = *(struct query *const *)left, *b = *(struct query *const *)right;
    return (a->line > b->line) - (a->line < b->line);
}

/* Makes the queries of the judgements. */
static int make_queries(struct eval *eval, struct pm_error *err)
{
    const struct qrels *qrels = &eval->qrels;
    for (size_t i = 0; i < qrels->len; i++)
        eval->queries += !i || strcmp(qrels->item[i].qid, qrels->item[i - 1].qid);
    eval->query = calloc(eval->queries, sizeof *eval->query);
    eval->in_file = calloc(eval->queries, sizeof(struct query *));
    if (!eval->query || !eval->in_file)
        return pm_fail_nomem(err);
    struct query *query = eval->query;
    for (size_t i = 0; i < qrels->len; i++) {
        const struct judgement *item = &qrels->item[i];
        if (query->qid && strcmp(query->qid, item->qid))
            query++;
        if (!query->qid)
            *query = (struct query){.qid = item->qid, .judged = item, .line = item->line};
        query->len++;
        query->relevant += item->grade > 0;
        query->line = item->line < query->line ? item->line : query->line;
        if (item->changed)
            add_gap(&eval->gap[EVAL_JUDGED_TWICE], item->changed, item->qid, item->id);
    }
    for (size_t i = 0; i < eval->queries; i++)
        eval->in_file[i] = &eval->query[i];
    qsort(eval->in_file, eval->queries, sizeof(struct query *), by_line);
    return 0;
}

struct eval *eval_open(const char *path, struct pm_error *err)
{
    struct eval *eval = calloc(1, sizeof *eval);
    if (!eval) {
        pm_fail_nomem(err);
        return NULL;
    }
    if (qrels_read(&eval->qrels, path, err) || make_queries(eval, err)) {
        eval_close(eval);
        return NULL;
    }
    return eval;
}

/* ---- figures ---- */

static struct query *find_query(const struct eval *eval, const char *qid)
{
    struct query key = {.qid = qid};
    return bsearch(&key, eval->query, eval->queries, sizeof key, by_query);
}

int eval_wants(struct eval *eval, const char *qid, size_t line, struct pm_error *err)
{
    struct query *query = find_query(eval, qid);
    if (!query || !query->relevant) {
        add_gap(&eval->gap[query ? EVAL_NOTHING_RELEVANT : EVAL_NOT_JUDGED], line, qid, NULL);
        return 0;
    }
    if (query->asked)
        return pm_fail(err, PM_ERR_SYNTAX, "a second topic with the id '%s'", qid);
    query->asked = true;
    return 1;
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
static double ideal_gain(const struct query *query)
{
    double gain = 0, *grade = calloc(query->len, sizeof *grade);
    if (!grade)
        return -1;
    for (size_t i = 0; i < query->len; i++)
        grade[i] = query->judged[i].grade > 0 ? query->judged[i].grade : 0;
    qsort(grade, query->len, sizeof *grade, by_falling_grade);
    for (size_t i = 0; i < query->len && i < CUT; i++)
        gain += grade[i] / discount(i);
    free(grade);
    return gain;
}

/* The ids of a ranking as a TREC run has them, each once. */
struct ranking {
    struct pm_buf text;
    const char *id[EVAL_DEPTH];
    size_t len;
};

static int by_text_then_place(const void *left, const void *right)
{
    const char *const *a = *(const char *const *const *)left;
    const char *const *b = *(const char *const *const *)right;
    int order = strcmp(*a, *b);
    return order ? order : (a > b) - (a < b);
}

/* Takes ids out that came before. */
static void drop_repeats(struct ranking *ranking)
{
    const char **sorted[EVAL_DEPTH] = {NULL};
    size_t kept = 0;
    for (size_t i = 0; i < ranking->len; i++)
        sorted[i] = &ranking->id[i];
    qsort(sorted, ranking->len, sizeof *sorted, by_text_then_place);
    for (size_t i = ranking->len; i-- > 1;)
        if (!strcmp(*sorted[i], *sorted[i - 1]))
            *sorted[i] = NULL;
    for (size_t i = 0; i < ranking->len; i++)
        if (ranking->id[i])
            ranking->id[kept++] = ranking->id[i];
    ranking->len = kept;
}

static int make_ranking(struct ranking *ranking, const struct pm_results *results,
                        struct pm_error *err)
{
    const char *at;
    ranking->len = results->len < EVAL_DEPTH ? results->len : EVAL_DEPTH;
    for (size_t i = 0; i < ranking->len; i++) {
        output_word(&ranking->text, results->hit[i].article.id);
        pm_buf_addc(&ranking->text, '\0');
    }
    if (ranking->text.failed)
        return pm_fail_nomem(err);
    at = pm_buf_str(&ranking->text);
    for (size_t i = 0; i < ranking->len; i++, at += strlen(at) + 1)
        ranking->id[i] = at;
    drop_repeats(ranking);
    return 0;
}

/* In the order of additions and divisions of the reference, to have its last digits too. */
static void score(struct query *query, const struct ranking *ranking, double ideal)
{
    double gain = 0, precision = 0, *figure = query->figure;
    size_t found = 0, early = 0, recalled = 0;
    for (size_t i = 0; i < ranking->len; i++) {
        struct judgement key = {.id = (char *)ranking->id[i]};
        const struct judgement *hit =
            bsearch(&key, query->judged, query->len, sizeof key, by_article);
        if (!hit || !(hit->grade > 0))
            continue;
        found++;
        precision += (double)found / (double)(i + 1);
        recalled += i < RECALL_CUT;
        if (i < CUT) {
            early++;
            gain += hit->grade / discount(i);
            if (found == 1)
                figure[MRR] = 1 / (double)(i + 1);
        }
    }
    figure[NDCG] = gain / ideal;
    figure[MAP] = precision / (double)query->relevant;
    figure[PRECISION] = (double)early / CUT;
    figure[RECALL] = (double)recalled / (double)query->relevant;
}

int eval_add(struct eval *eval, const char *qid, const struct pm_results *results,
             struct pm_error *err)
{
    struct query *query = find_query(eval, qid);
    struct ranking ranking = {.text = PM_BUF_INIT};
    double ideal;
    int rc;
    if (!query || !query->relevant)
        return 0;
    if ((ideal = ideal_gain(query)) < 0)
        return pm_fail_nomem(err);
    if (!(rc = make_ranking(&ranking, results, err)))
        score(query, &ranking, ideal);
    pm_buf_release(&ranking.text);
    return rc;
}

void eval_print(const struct eval *eval, bool per_query)
{
    double sum[FIGURES] = {0};
    size_t queries = 0;
    if (per_query) {
        printf("query");
        for (size_t f = 0; f < FIGURES; f++)
            printf("\t%s", figure_names[f]);
        putchar('\n');
    }
    for (size_t i = 0; i < eval->queries; i++) {
        const struct query *query = eval->in_file[i];
        if (!query->relevant)
            continue;
        queries++;
        if (per_query)
            printf("%s", query->qid);
        for (size_t f = 0; f < FIGURES; f++) {
            sum[f] += query->figure[f];
            if (per_query)
                printf("\t%.4f", query->figure[f]);
        }
        if (per_query)
            putchar('\n');
    }
    printf("queries %zu", queries);
    for (size_t f = 0; f < FIGURES; f++)
        printf("  %s %.4f", figure_names[f], sum[f] / (double)(queries ? queries : 1));
    putchar('\n');
}
