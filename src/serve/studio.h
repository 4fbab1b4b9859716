/* studio: where what is slow or may go wrong is done: a process with one thread and nothing open,
 * forked before the server has either, which forks a child for every job. A crash costs the job, the
 * memory that drawing leaks comes back, and one that takes too long is ended.
 *
 * A job gets text and gives bytes, and says last how it went; without that, it is lost.
 */
#ifndef TL_SERVE_STUDIO_H
#define TL_SERVE_STUDIO_H

#include "touchline/base.h"
#include "touchline/serve.h"

enum job_kind {
	JOB_SIGHT,   /* journey: map and panels */
	JOB_SOURCE,  /* journey: its file */
	JOB_CHECK,   /* journey, text: diagnostics */
	JOB_PREVIEW, /* the same: map, or diagnostics */
	JOB_SAVE,    /* journey, digest, text */
	JOB_DIFF,    /* decisions */
	JOB_APPLY,
	JOB_KEEP,    /* what was said, into the store */
	JOB_KINDS
};
enum job_outcome {
	JOB_DONE,
	JOB_REFUSED, /* what is asked for cannot be done: text is why */
	JOB_STALE,   /* of a save: the file is another one by now */
	JOB_FAILED,  /* the machine's fault: text is why */
	JOB_LOST,    /* it ended without a word, or had to be ended */
};
struct job_order {
	enum job_kind kind;
	char journey[256]; /* id, or "" */
	char file[4096];   /* that it was read from */
	char digest[TL_DIGEST_SIZE];
};
/* In the child. */
enum job_outcome job_run(const struct tl_serve_options *options, const struct job_order *order,
	const struct tl_buf *text, struct tl_buf *out);

struct studio;
struct pollfd;
typedef void job_end(
	void *context, enum job_outcome outcome, const struct tl_buf *answer);

/* NULL with errno set. Before any thread is started. */
struct studio *studio_new(const struct tl_serve_options *options);
void studio_free(struct studio *studio); /* ends what is at work; nothing is told any more */
/* Does it when its turn comes, and tells. False: there is too much to do already. */
bool studio_order(struct studio *studio, const struct job_order *order, const void *text, size_t n,
	job_end *end, void *context);

enum { STUDIO_AT_ONCE = 2 };
/* What to poll for, STUDIO_AT_ONCE of them at most; then its turn. */
size_t studio_poll(const struct studio *studio, struct pollfd *polled);
void studio_turn(struct studio *studio);

#endif
