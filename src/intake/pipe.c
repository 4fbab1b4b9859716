/* A ring of batches between two threads; see pipe.h.
 *
 * The first batch is read and made by the caller: most files are small, and need no thread. Where none
 * can be started, the caller goes on like that.
 */
#include "intake/pipe.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum {
	BATCHES = 6,
	READ_AHEAD = 2,		/* batches without records, so that both can make some */
	BATCH_BYTES = 20 << 10, /* of rows, so that its arena keeps its block with the records */
	BYTES_MOST = 1 << 20
};

struct intake_pipe {
	struct intake_reader *reader;
	struct intake_input *input;
	struct intake_maker maker, own; /* of the second thread; the caller's */
	size_t path_count;		/* cells of a row */
	pthread_t thread;
	bool threaded;
	struct intake_batch *taken; /* that the caller has; NULL */
	atomic_bool stop;
	pthread_mutex_t lock; /* of what follows, and of what batches are ready */
	pthread_cond_t filled, given_back;
	uint64_t read, claimed, back; /* batches: read; of them, that somebody makes; that came back */
	size_t bytes;		      /* in those that did not */
	bool ended;		      /* nothing is left to be read */
	struct intake_batch batches[BATCHES];
};

/* ---- reading and making ------------------------------------------------------------------------- */

/* The reader uses its cells again. */
static void keep_cells(struct intake_pipe *pipe, struct tl_arena *arena, struct intake_row *row)
{
	const struct intake_cell *cells = row->cells;

	if (row->fault || !pipe->path_count)
		return;
	row->cells = tl_arena_array(arena, struct intake_cell, pipe->path_count);
	memcpy(row->cells, cells, pipe->path_count * sizeof *cells);
}

static void read_rows(struct intake_pipe *pipe, struct intake_batch *batch)
{
	batch->count = 0;
	do {
		struct intake_row *row = &batch->made[batch->count].row;

		batch->step = pipe->reader->next(pipe->reader, &batch->arena, row);
		if (batch->step != INTAKE_ROW)
			break;
		keep_cells(pipe, &batch->arena, row);
		batch->count++;
	} while (batch->count < INTAKE_BATCH && batch->arena.used < BATCH_BYTES &&
		 !atomic_load_explicit(&pipe->stop, memory_order_relaxed));
	intake_input_progress(pipe->input, &batch->done, &batch->total);
}

static void make(struct intake_maker *maker, struct tl_arena *arena, struct intake_made *made)
{
	const struct intake_row *row = &made->row;

	if (row->fault) {
		made->fault = (struct intake_fault){
			row->fault_column ? row->fault_column : "", row->fault};
	} else {
		intake_make(maker, arena, row);
		made->record = maker->record;
		made->fault = maker->fault;
	}
	made->row.cells = NULL;
}

static void make_all(
	struct intake_pipe *pipe, struct intake_maker *maker, struct intake_batch *batch)
{
	for (size_t i = 0; i < batch->count; i++)
		if (!atomic_load_explicit(&pipe->stop, memory_order_relaxed))
			make(maker, &batch->arena, &batch->made[i]);
}

/* ---- with the lock ------------------------------------------------------------------------------ */

static void weigh(struct intake_pipe *pipe, struct intake_batch *batch)
{
	pipe->bytes += batch->arena.used - batch->bytes;
	batch->bytes = batch->arena.used;
}

static void read_next(struct intake_pipe *pipe)
{
	struct intake_batch *batch = &pipe->batches[pipe->read % BATCHES];

	pthread_mutex_unlock(&pipe->lock);
	read_rows(pipe, batch);
	pthread_mutex_lock(&pipe->lock);
	weigh(pipe, batch);
	pipe->ended = batch->step != INTAKE_ROW;
	pipe->read++;
	pthread_cond_signal(&pipe->filled);
}

static void make_next(struct intake_pipe *pipe, struct intake_maker *maker)
{
	struct intake_batch *batch = &pipe->batches[pipe->claimed++ % BATCHES];

	pthread_mutex_unlock(&pipe->lock);
	make_all(pipe, maker, batch);
	pthread_mutex_lock(&pipe->lock);
	weigh(pipe, batch);
	batch->ready = true;
	pthread_cond_signal(&pipe->filled);
}

static bool may_read(const struct intake_pipe *pipe)
{
	return !pipe->ended && pipe->read - pipe->back < BATCHES && pipe->bytes < BYTES_MOST;
}

static void *run(void *context)
{
	struct intake_pipe *pipe = context;

	pthread_mutex_lock(&pipe->lock);
	while (!pipe->stop && !(pipe->ended && pipe->claimed == pipe->read)) {
		uint64_t unmade = pipe->read - pipe->claimed;

		if (may_read(pipe) && unmade < READ_AHEAD)
			read_next(pipe);
		else if (unmade)
			make_next(pipe, &pipe->maker);
		else
			pthread_cond_wait(&pipe->given_back, &pipe->lock);
	}
	pthread_mutex_unlock(&pipe->lock);
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
	batch->bytes = 0;
	batch->ready = false;
	pthread_cond_signal(&pipe->given_back);
	pthread_mutex_unlock(&pipe->lock);
}

static void make_own(struct intake_pipe *pipe)
{
	if (!pipe->own.mask)
		pipe->own.mask = tl_mask_open();
	make_next(pipe, &pipe->own);
}

struct intake_batch *intake_pipe_next(struct intake_pipe *pipe)
{
	bool more;

	if (pipe->taken)
		give_back(pipe, pipe->taken);
	pipe->taken = &pipe->batches[pipe->back % BATCHES];
	pthread_mutex_lock(&pipe->lock);
	if (!pipe->threaded) {
		read_next(pipe);
		make_next(pipe, &pipe->maker);
	}
	while (!pipe->taken->ready)
		if (pipe->claimed < pipe->read)
			make_own(pipe);
		else
			pthread_cond_wait(&pipe->filled, &pipe->lock);
	more = !pipe->threaded && !pipe->ended;
	pthread_mutex_unlock(&pipe->lock);
	if (more)
		start(pipe);
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
	pipe->maker = (struct intake_maker){.intake = intake, .mask = intake->mask};
	pipe->own = (struct intake_maker){.intake = intake};
	pipe->path_count = intake->profile->path_count;
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
	intake_maker_release(&pipe->own);
	tl_mask_close(pipe->own.mask);
	pthread_cond_destroy(&pipe->given_back);
	pthread_cond_destroy(&pipe->filled);
	pthread_mutex_destroy(&pipe->lock);
	free(pipe);
}
