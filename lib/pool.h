/*
 * pool.h - workers that take jobs in order and hand results back in order.
 *
 * One thread submits and collects (the owner); `workers` threads run the work function, each with
 * a context of its own. At most `depth` jobs are under way, so memory has a ceiling. Results come
 * back in the order of submission whatever the number of workers. With 0 workers the work runs in
 * the owner's thread, inside pm_pool_submit().
 */
#ifndef PM_POOL_H
#define PM_POOL_H

#include "buf.h"

struct pm_pool;

/* Runs in a worker. `worker` is that worker's context, `job` what was submitted. */
typedef void pm_pool_work(void *worker, void *job);

/*
 * `contexts` holds max(workers, 1) pointers, borrowed for the pool's life; a context is used by
 * one thread at a time.
 */
int pm_pool_new(struct pm_pool **dst, unsigned workers, unsigned depth, pm_pool_work *work, void *const *contexts,
                struct pm_err *err) PM_MUST_USE;

/* Wait until nothing is under way, end the workers. Jobs not collected are the caller's to free. */
void pm_pool_free(struct pm_pool *p);

/* True when `depth` jobs are under way: collect one before the next submit. */
bool pm_pool_full(const struct pm_pool *p);

/* Submit a job (owned by the caller, who gets it back from collect). The pool must not be full. */
void pm_pool_submit(struct pm_pool *p, void *job);

/* Wait for the oldest job and return it; NULL when none is under way. */
void *pm_pool_collect(struct pm_pool *p);

#endif
