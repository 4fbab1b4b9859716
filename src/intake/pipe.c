/* A ring of batches between two threads; see pipe.h.
 *
 * The first batch is filled by the caller: most files are small, and need no thread. Where none can
 * be started, the caller goes on like that.
 */
#include "intake/pipe.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>

enum {
	BATCHES = 6,
	BATCH_BYTES = 40 << 10, /* so that its arena keeps its block */
	BYTES_MOST = 1 << 20
};

struct intake_pipe {
	struct intake_reader *reader;
	struct intake_input *input;
	struct intake_maker maker;
	pthread_t thread;
	bool threaded;
	struct intake_batch *taken; /* that the caller has; NULL */
	atomic_bool stop;
	pthread_mutex_t lock; /* of what follows */
	pthread_cond_t filled, given_back;
	uint64_t full, back; /* batches that were filled; of them, that came back */
	size_t bytes;	     /* in those that did not */
	struct intake_batch batches[BATCHES];
};

/* ---- filling ----------------------------------------------------------------------------------- */

static void make(struct intake_pipe *pipe, struct intake_batch *batch, struct intake_made *made)
{
	const struct intake_row *row = &made->row;

	if (row->fault) {
		made->fault = (struct intake_fault){
			row->fault_column ? row->fault_column : "", row->fault};
	} else {
		intake_make(&pipe->maker, &batch->arena, row);
		made->record = pipe->maker.record;
		made->fault = pipe->maker.fault;
	}
	made->row.cells = NULL;
}

static void fill(struct intake_pipe *pipe, struct intake_batch *batch)
{
	batch->count = 0;
	do {
		struct intake_made *made = &batch->made[batch->count];

		batch->step = pipe->reader->next(pipe->reader, &batch->arena, &made->row);
		if (batch->step != INTAKE_ROW)
			break;
		make(pipe, batch, made);
		batch->count++;
	} while (batch->count < INTAKE_BATCH && batch->arena.used < BATCH_BYTES &&
		 !atomic_load_explicit(&pipe->stop, memory_order_relaxed));
	intake_input_progress(pipe->input, &batch->done, &batch->total);
}

/* A batch to fill, once there is one and what waits is not too much; NULL when all is to end. */
static struct intake_batch *await_empty(struct intake_pipe *pipe)
{
	struct intake_batch *batch;

	pthread_mutex_lock(&pipe->lock);
	while (!pipe->stop && (pipe->full - pipe->back == BATCHES || pipe->bytes >= BYTES_MOST))
		pthread_cond_wait(&pipe->given_back, &pipe->lock);
	batch = pipe->stop ? NULL : &pipe->batches[pipe->full % BATCHES];
	pthread_mutex_unlock(&pipe->lock);
	return batch;
}

static void hand_over(struct intake_pipe *pipe, struct intake_batch *batch)
{
	batch->bytes = batch->arena.used;
	pthread_mutex_lock(&pipe->lock);
	pipe->full++;
	pipe->bytes += batch->bytes;
	pthread_cond_signal(&pipe->filled);
	pthread_mutex_unlock(&pipe->lock);
}

static void *run(void *context)
{
	struct intake_pipe *pipe = context;
	struct intake_batch *batch;
	enum intake_step step = INTAKE_ROW;

	while (step == INTAKE_ROW && (batch = await_empty(pipe))) {
		fill(pipe, batch);
		step = batch->step;
		hand_over(pipe, batch);
	}
	return NULL;
}

/* ---- taking ------------------------------------------------------------------------------------- */

/* Signals stay with the caller, as if there were no other thread. */
static void start(struct intake_pipe *pipe)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pipe->threaded = pthread_create(&pipe->thread, NULL, run, pipe) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static void give_back(struct intake_pipe *pipe, struct intake_batch *batch)
{
	tl_arena_reset(&batch->arena);
	pthread_mutex_lock(&pipe->lock);
	pipe->back++;
	pipe->bytes -= batch->bytes;
	pthread_cond_signal(&pipe->given_back);
	pthread_mutex_unlock(&pipe->lock);
}

struct intake_batch *intake_pipe_next(struct intake_pipe *pipe)
{
	if (pipe->taken)
		give_back(pipe, pipe->taken);
	pipe->taken = &pipe->batches[pipe->back % BATCHES];
	if (!pipe->threaded) {
		fill(pipe, pipe->taken);
		hand_over(pipe, pipe->taken);
		if (pipe->taken->step == INTAKE_ROW)
			start(pipe);
		return pipe->taken;
	}
	pthread_mutex_lock(&pipe->lock);
	while (pipe->full == pipe->back)
		pthread_cond_wait(&pipe->filled, &pipe->lock);
	pthread_mutex_unlock(&pipe->lock);
	return pipe->taken;
}

struct intake_pipe *intake_pipe_open(const struct tl_intake *intake, struct intake_reader *reader,
	struct intake_input *input)
{
	struct intake_pipe *pipe = calloc(1, sizeof *pipe);

	if (!pipe)
		tl_die_of_memory(sizeof *pipe);
	pipe->reader = reader;
	pipe->input = input;
	pipe->maker.intake = intake;
	pthread_mutex_init(&pipe->lock, NULL);
	pthread_cond_init(&pipe->filled, NULL);
	pthread_cond_init(&pipe->given_back, NULL);
	for (size_t i = 0; i < BATCHES; i++)
		tl_arena_init(&pipe->batches[i].arena);
	return pipe;
}

void intake_pipe_close(struct intake_pipe *pipe)
{
	pthread_mutex_lock(&pipe->lock);
	pipe->stop = true;
	pthread_cond_signal(&pipe->given_back);
	pthread_mutex_unlock(&pipe->lock);
	if (pipe->threaded)
		pthread_join(pipe->thread, NULL);
	for (size_t i = 0; i < BATCHES; i++)
		tl_arena_release(&pipe->batches[i].arena);
	intake_maker_release(&pipe->maker);
	pthread_cond_destroy(&pipe->given_back);
	pthread_cond_destroy(&pipe->filled);
	pthread_mutex_destroy(&pipe->lock);
	free(pipe);
}
