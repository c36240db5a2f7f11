#include "makers.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "vocabulary.h"

#define WORK_PER_JOB 16

/* A place of the ring. */
struct place {
    struct work work;
    bool made;
    struct pm_error err;
};

struct makers {
    struct document_maker *maker; /* the first is the caller's */
    pthread_t *thread;            /* of the others */
    size_t makers, threads;
    struct place *ring;
    size_t size;
    /* What was ever given goes from 0 to `given`; what came back, and what is begun, ends here. */
    uint64_t back, begun, given;
    struct segment *segment;
    uint64_t first;          /* that is for the segment */
    pthread_mutex_t lock;    /* for the last two, and what is `made` */
    pthread_cond_t to_begin; /* something was given, or the end has come */
    pthread_cond_t to_take;  /* something was made */
    bool end;
};

struct worker {
    struct makers *makers;
    size_t number; /* of its maker */
};

static struct place *place_of(const struct makers *makers, uint64_t number)
{
    return &makers->ring[number % makers->size];
}

/* Makes the next document that nobody has begun; the lock is held, but not meanwhile. */
static void make_next(struct makers *makers, size_t number)
{
    struct document_maker *maker = &makers->maker[number];
    uint32_t in_segment = (uint32_t)(makers->begun - makers->first);
    struct place *place = place_of(makers, makers->begun++);
    struct work *work = &place->work;
    pthread_mutex_unlock(&makers->lock);
    if (!document_make(maker, &work->article, &work->document, &place->err))
        segment_invert(makers->segment, number, document_doc(maker, &work->document), in_segment,
                       &place->err);
    pthread_mutex_lock(&makers->lock);
    place->made = true;
    pthread_cond_signal(&makers->to_take);
}

static void *run(void *arg)
{
    struct worker worker = *(struct worker *)arg;
    struct makers *makers = worker.makers;
    free(arg);
    pthread_mutex_lock(&makers->lock);
    while (!makers->end)
        if (makers->begun < makers->given)
            make_next(makers, worker.number);
        else
            pthread_cond_wait(&makers->to_begin, &makers->lock);
    pthread_mutex_unlock(&makers->lock);
    return NULL;
}

/* Starts a thread, which no signal interrupts: they are for the caller's. */
static int start(struct makers *makers, size_t number, struct pm_error *err)
{
    struct worker *worker = malloc(sizeof *worker);
    sigset_t all, before;
    if (!worker)
        return pm_fail_nomem(err);
    *worker = (struct worker){makers, number};
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int rc = pthread_create(&makers->thread[makers->threads], NULL, run, worker);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (rc) {
        free(worker);
        return pm_fail(err, PM_ERR_NOMEM, "cannot start a thread: %s", strerror(rc));
    }
    makers->threads++;
    return 0;
}

static int init(struct makers *makers, size_t jobs, const struct pm_boosts *boosts, bool entities,
                struct pm_error *err)
{
    bool with_docs = segment_wants_docs(makers->segment);
    makers->maker = calloc(jobs, sizeof *makers->maker);
    makers->thread = calloc(jobs, sizeof *makers->thread);
    makers->ring = calloc(jobs * WORK_PER_JOB, sizeof *makers->ring);
    if (!makers->maker || !makers->thread || !makers->ring)
        return pm_fail_nomem(err);
    for (; makers->size < jobs * WORK_PER_JOB; makers->size++)
        if (document_init(&makers->ring[makers->size].work.document, with_docs, err))
            return -1;
    while (makers->makers < jobs)
        if (document_maker_init(&makers->maker[makers->makers++], boosts, entities, err))
            return -1;
    for (size_t i = 1; i < jobs; i++)
        if (start(makers, i, err))
            return -1;
    return 0;
}

struct makers *makers_new(size_t jobs, const struct pm_boosts *boosts, bool entities,
                          struct segment *segment, struct pm_error *err)
{
    struct makers *makers = calloc(1, sizeof *makers);
    if (!makers) {
        pm_fail_nomem(err);
        return NULL;
    }
    pthread_mutex_init(&makers->lock, NULL);
    pthread_cond_init(&makers->to_begin, NULL);
    pthread_cond_init(&makers->to_take, NULL);
    makers->segment = segment;
    if (init(makers, jobs, boosts, entities, err)) {
        makers_free(makers);
        return NULL;
    }
    return makers;
}

void makers_free(struct makers *makers)
{
    if (!makers)
        return;
    pthread_mutex_lock(&makers->lock);
    makers->end = true;
    pthread_cond_broadcast(&makers->to_begin);
    pthread_mutex_unlock(&makers->lock);
    for (size_t i = 0; i < makers->threads; i++)
        pthread_join(makers->thread[i], NULL);
    for (size_t i = 0; i < makers->size; i++) {
        pm_article_release(&makers->ring[i].work.article);
        document_release(&makers->ring[i].work.document);
    }
    for (size_t i = 0; i < makers->makers; i++)
        document_maker_release(&makers->maker[i]);
    pthread_cond_destroy(&makers->to_take);
    pthread_cond_destroy(&makers->to_begin);
    pthread_mutex_destroy(&makers->lock);
    free(makers->ring);
    free(makers->thread);
    free(makers->maker);
    free(makers);
}

void makers_begin(struct makers *makers, struct segment *segment)
{
    assert(makers->back == makers->given);
    makers->segment = segment;
    makers->first = makers->given;
}

struct work *makers_room(struct makers *makers)
{
    if (makers->given - makers->back == makers->size)
        return NULL;
    struct place *place = place_of(makers, makers->given);
    pm_article_release(&place->work.article);
    place->work.document.read = false;
    return &place->work;
}

uint32_t makers_give(struct makers *makers)
{
    uint32_t number = (uint32_t)(makers->given - makers->first);
    struct place *place = place_of(makers, makers->given);
    place->made = false;
    place->err = (struct pm_error){0};
    pthread_mutex_lock(&makers->lock);
    makers->given++;
    pthread_cond_signal(&makers->to_begin);
    pthread_mutex_unlock(&makers->lock);
    return number;
}

int makers_take(struct makers *makers, struct work **work, struct pm_error *err)
{
    if (makers->back == makers->given)
        return 0;
    struct place *place = place_of(makers, makers->back++);
    pthread_mutex_lock(&makers->lock);
    while (!place->made)
        if (makers->begun < makers->given)
            make_next(makers, 0);
        else
            pthread_cond_wait(&makers->to_take, &makers->lock);
    pthread_mutex_unlock(&makers->lock);
    *work = &place->work;
    if (place->err.code)
        return pm_fail(err, place->err.code, "%s", place->err.message);
    return 1;
}

int makers_words(struct makers *makers, struct pm_buf *out, struct pm_error *err)
{
    int rc = 0;
    size_t n = makers->makers;
    assert(makers->back == makers->given);
    if (n == 1)
        return pm_word_counts_format(makers->maker->words, out, err);
    struct pm_buf *list = calloc(n, sizeof *list);
    if (!list)
        return pm_fail_nomem(err);
    for (size_t i = 0; !rc && i < n; i++)
        rc = pm_word_counts_format(makers->maker[i].words, &list[i], err);
    if (!rc)
        rc = pm_vocabulary_merge_bufs(list, n, out, err);
    for (size_t i = 0; i < n; i++)
        pm_buf_release(&list[i]);
    free(list);
    return rc;
}
