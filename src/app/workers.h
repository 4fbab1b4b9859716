/* workers: jobs done by forked processes.
 *
 * A worker inherits everything that the parent had in memory, pointers included, and answers each
 * job with bytes. What it breaks or leaks stays its own. Jobs are given out one at a time, in
 * order, to whoever is idle: order them by falling length and none is waited for alone at the end.
 */
#ifndef TL_APP_WORKERS_H
#define TL_APP_WORKERS_H

#include "touchline/base.h"

struct tl_work {
	size_t count;
	void *context;
	/* In a worker. SIGTERM ends it at once unless it is blocked, and then SIGKILL after 2 s. */
	void (*run)(void *context, size_t job, struct tl_buf *reply);
	/* In the parent; pid did it. False: give out no further jobs. */
	bool (*done)(void *context, size_t job, const char *reply, size_t length);
	/* In the parent: the worker ended before it answered; status is that of waitpid. */
	bool (*died)(void *context, size_t job, long pid, int status);
};

/* Does the jobs with that many workers at most, and returns when all of them have ended: 0, or
 * -EINTR after `interrupt` (a descriptor, or -1) became readable, or the error for which not a
 * single worker could be started. */
int tl_work_run(const struct tl_work *work, unsigned workers, int interrupt);

#endif
