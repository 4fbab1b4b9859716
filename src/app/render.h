/* render: the part of a build that happens in a worker, and how its outcome comes back. */
#ifndef TL_APP_RENDER_H
#define TL_APP_RENDER_H

#include "app/plan.h"

/* Targets of one journey in one view: made by one worker from the same scenes. */
struct tl_render_job {
	struct tl_target **targets;
	size_t count;
	double weight; /* about how long it takes, to no scale */
};

/* In the worker: draws and writes the targets, and puts what became of them into reply. */
void tl_render(struct tl_buf *reply, const struct tl_render_job *job,
	const struct tl_build_options *options, const struct tl_diags *parent);

/* In the parent: takes state and digest of the targets from the reply. What is left of it are
 * packed diagnostics: *rest. False where it makes no sense. */
bool tl_render_result(const struct tl_render_job *job, const char **rest, size_t *rest_length,
	const char *reply, size_t length, int *error);

#endif
