#include "pool.h"

#include <pthread.h>
#include <stdlib.h>

struct slot {
    void *job;
    bool done;
};

struct worker {
    struct pm_pool *pool;
    void *context;
    pthread_t thread;
};

/*
 * Jobs sit in a ring of `depth` slots. Serial numbers grow for ever; a serial's slot is serial % depth.
 *   collected <= taken <= submitted <= collected + depth
 */
struct pm_pool {
    pm_pool_work *work;
    void *inline_context; /* with no workers */
    unsigned depth, started;
    struct worker *workers;
    struct slot *ring;
    pthread_mutex_t lock; /* guards what follows and the ring */
    pthread_cond_t submitted_cond, done_cond;
    unsigned long submitted, taken, collected;
    bool closed;
};

static void *
worker_main(void *arg)
{
    struct worker *w = arg;
    struct pm_pool *p = w->pool;

    pthread_mutex_lock(&p->lock);
    for (;;) {
        struct slot *s;

        while (p->taken == p->submitted && !p->closed)
            pthread_cond_wait(&p->submitted_cond, &p->lock);
        if (p->taken == p->submitted)
            break;
        s = &p->ring[p->taken++ % p->depth];
        pthread_mutex_unlock(&p->lock);
        p->work(w->context, s->job);
        pthread_mutex_lock(&p->lock);
        s->done = true;
        pthread_cond_signal(&p->done_cond); /* only the owner waits there */
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

int
pm_pool_new(struct pm_pool **dst, unsigned workers, unsigned depth, pm_pool_work *work, void *const *contexts,
            struct pm_err *err)
{
    struct pm_pool *p = calloc(1, sizeof(*p));

    if (p == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    p->work = work;
    p->inline_context = contexts[0];
    p->depth = depth ? depth : 1;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->submitted_cond, NULL);
    pthread_cond_init(&p->done_cond, NULL);
    p->ring = calloc(p->depth, sizeof(*p->ring));
    p->workers = calloc(workers ? workers : 1, sizeof(*p->workers));
    if (p->ring == NULL || p->workers == NULL) {
        pm_pool_free(p);
        return pm_fail(err, PM_ENOMEM, "out of memory");
    }
    for (; p->started < workers; p->started++) {
        struct worker *w = &p->workers[p->started];

        w->pool = p;
        w->context = contexts[p->started];
        if (pthread_create(&w->thread, NULL, worker_main, w) != 0) {
            pm_pool_free(p);
            return pm_fail(err, PM_ENOMEM, "cannot start a thread");
        }
    }
    *dst = p;
    return PM_OK;
}

void
pm_pool_free(struct pm_pool *p)
{
    if (p == NULL)
        return;
    pthread_mutex_lock(&p->lock);
    p->closed = true;
    pthread_cond_broadcast(&p->submitted_cond);
    pthread_mutex_unlock(&p->lock);
    for (unsigned i = 0; i < p->started; i++)
        pthread_join(p->workers[i].thread, NULL);
    pthread_cond_destroy(&p->done_cond);
    pthread_cond_destroy(&p->submitted_cond);
    pthread_mutex_destroy(&p->lock);
    free(p->workers);
    free(p->ring);
    free(p);
}

bool
pm_pool_full(const struct pm_pool *p)
{
    /* Only the owner writes these two. */
    return p->submitted - p->collected == p->depth;
}

void
pm_pool_submit(struct pm_pool *p, void *job)
{
    struct slot *s = &p->ring[p->submitted % p->depth];

    if (p->started == 0) {
        p->work(p->inline_context, job);
        *s = (struct slot){job, true};
        p->submitted++;
        return;
    }
    pthread_mutex_lock(&p->lock);
    *s = (struct slot){job, false};
    p->submitted++;
    pthread_cond_signal(&p->submitted_cond);
    pthread_mutex_unlock(&p->lock);
}

void *
pm_pool_collect(struct pm_pool *p)
{
    struct slot *s = &p->ring[p->collected % p->depth];
    void *job;

    if (p->submitted == p->collected)
        return NULL;
    pthread_mutex_lock(&p->lock);
    while (!s->done)
        pthread_cond_wait(&p->done_cond, &p->lock);
    job = s->job;
    p->collected++;
    pthread_mutex_unlock(&p->lock);
    return job;
}
