/* The pool of workers: jobs that answer, crash, talk a lot, are interrupted. */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>
#include "app/workers.h"

enum { MOST = 64, LONG_REPLY = 3 << 20 };

struct seen {
	unsigned done[MOST], died[MOST];
	int status[MOST];
	long pid[MOST];
	size_t reply_length[MOST];
	size_t answered, stop_after;
	int gate[2]; /* written to by a worker that has begun */
};

static void answer(void *context, size_t job, struct tl_buf *reply)
{
	(void)context;
	tl_buf_printf(reply, "job %zu by %ld", job, (long)getpid());
}

static bool take(void *context, size_t job, const char *reply, size_t length)
{
	struct seen *seen = context;
	char start[32];
	snprintf(start, sizeof start, "job %zu by ", job);
	assert_true(length >= strlen(start) && memcmp(reply, start, strlen(start)) == 0);
	seen->pid[job] = strtol(reply + strlen(start), NULL, 10);
	seen->reply_length[job] = length;
	seen->done[job]++;
	return ++seen->answered != seen->stop_after;
}

static bool bury(void *context, size_t job, long pid, int status)
{
	struct seen *seen = context;
	assert_true(pid > 0);
	seen->died[job]++;
	seen->status[job] = status;
	return true;
}

static struct tl_work work_of(struct seen *seen, size_t count,
	void (*run)(void *context, size_t job, struct tl_buf *reply))
{
	return (struct tl_work){
		.count = count, .context = seen, .run = run, .done = take, .died = bury};
}

static void every_job_is_done_once_by_no_more_workers_than_asked(void **state)
{
	(void)state;
	for (unsigned workers = 1; workers <= 3; workers++) {
		struct seen seen = {0};
		struct tl_work work = work_of(&seen, MOST, answer);
		size_t different = 0;
		assert_int_equal(tl_work_run(&work, workers, -1), 0);
		for (size_t i = 0; i < MOST; i++) {
			bool met = false;
			assert_int_equal(seen.done[i], 1);
			assert_int_not_equal(seen.pid[i], getpid());
			for (size_t k = 0; k < i; k++)
				met |= seen.pid[k] == seen.pid[i];
			different += !met;
		}
		assert_in_range(different, 1, workers);
		assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* nobody is left behind */
		assert_int_equal(errno, ECHILD);
	}
}

static void crash_at_3_and_exit_at_5(void *context, size_t job, struct tl_buf *reply)
{
	if (job == 3) {
		signal(SIGSEGV, SIG_DFL); /* a sanitizer would answer it otherwise */
		raise(SIGSEGV);
	}
	if (job == 5)
		_exit(7);
	answer(context, job, reply);
}

static void a_crash_costs_one_job(void **state)
{
	(void)state;
	for (unsigned workers = 1; workers <= 2; workers++) {
		struct seen seen = {0};
		struct tl_work work = work_of(&seen, 12, crash_at_3_and_exit_at_5);
		assert_int_equal(tl_work_run(&work, workers, -1), 0);
		for (size_t i = 0; i < 12; i++) {
			assert_int_equal(seen.done[i], i != 3 && i != 5);
			assert_int_equal(seen.died[i], i == 3 || i == 5);
		}
		assert_true(WIFSIGNALED(seen.status[3]));
		assert_int_equal(WTERMSIG(seen.status[3]), SIGSEGV);
		assert_true(WIFEXITED(seen.status[5]));
		assert_int_equal(WEXITSTATUS(seen.status[5]), 7);
	}
}

static void talk(void *context, size_t job, struct tl_buf *reply)
{
	answer(context, job, reply);
	for (size_t i = 0; i < LONG_REPLY / 16; i++)
		tl_buf_puts(reply, "blah blah blah, ");
}

static void long_replies_arrive_whole(void **state)
{
	(void)state;
	struct seen seen = {0};
	struct tl_work work = work_of(&seen, 5, talk);
	assert_int_equal(tl_work_run(&work, 2, -1), 0);
	for (size_t i = 0; i < 5; i++)
		assert_true(seen.reply_length[i] > LONG_REPLY);
}

static void nothing_is_given_out_once_a_result_says_so(void **state)
{
	(void)state;
	struct seen seen = {.stop_after = 3};
	struct tl_work work = work_of(&seen, MOST, answer);
	assert_int_equal(tl_work_run(&work, 1, -1), 0);
	assert_int_equal(seen.answered, 3);
}

static void never_end(void *context, size_t job, struct tl_buf *reply)
{
	struct seen *seen = context;
	(void)job;
	(void)reply;
	if (write(seen->gate[1], "!", 1) != 1)
		_exit(1);
	for (;;)
		pause();
}

/* The interrupt comes from a worker that has begun, so there is nothing to wait for. */
static void an_interrupt_ends_workers_that_would_never_end(void **state)
{
	(void)state;
	struct seen seen = {0};
	struct tl_work work = work_of(&seen, 2, never_end);
	assert_int_equal(pipe(seen.gate), 0);
	assert_int_equal(tl_work_run(&work, 2, seen.gate[0]), -EINTR);
	assert_int_equal(seen.answered, 0);
	assert_int_equal(seen.died[0] + seen.died[1], 0);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	close(seen.gate[0]);
	close(seen.gate[1]);
}

static void refuse_to_end(void *context, size_t job, struct tl_buf *reply)
{
	sigset_t all;
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	never_end(context, job, reply);
}

static void a_worker_that_refuses_to_end_is_killed_and_accounted_for(void **state)
{
	(void)state;
	struct seen seen = {0};
	struct tl_work work = work_of(&seen, 1, refuse_to_end);
	assert_int_equal(pipe(seen.gate), 0);
	assert_int_equal(tl_work_run(&work, 1, seen.gate[0]), -EINTR);
	assert_int_equal(seen.died[0], 1);
	assert_true(WIFSIGNALED(seen.status[0]));
	assert_int_equal(WTERMSIG(seen.status[0]), SIGKILL);
	close(seen.gate[0]);
	close(seen.gate[1]);
}

static void no_jobs_are_no_trouble(void **state)
{
	(void)state;
	struct seen seen = {0};
	struct tl_work work = work_of(&seen, 0, answer);
	assert_int_equal(tl_work_run(&work, 4, -1), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_job_is_done_once_by_no_more_workers_than_asked),
		cmocka_unit_test(a_crash_costs_one_job),
		cmocka_unit_test(long_replies_arrive_whole),
		cmocka_unit_test(nothing_is_given_out_once_a_result_says_so),
		cmocka_unit_test(an_interrupt_ends_workers_that_would_never_end),
		cmocka_unit_test(a_worker_that_refuses_to_end_is_killed_and_accounted_for),
		cmocka_unit_test(no_jobs_are_no_trouble),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
