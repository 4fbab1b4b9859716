/* build: the pipeline from journeys to files, as tl_app_build at the end reads: plan what there is
 * to make, leave out what is good already, render the rest in workers, remember what was written.
 *
 * Nothing is rendered in the parent, not even a single picture: to fork costs less than a
 * millisecond, and in return no journey can bring down the run, Graphviz's leaks end with the
 * worker, and Ctrl-C takes effect at once. Nor is pango started in the parent, so that workers
 * would have it: it looks fonts up in threads, and a fork while one of them holds a lock leaves the
 * worker waiting for it for ever. Workers start it side by side.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "app/render.h"
#include "app/stale.h"
#include "app/workers.h"

enum { MAX_THREADS = 15 };

static const struct tl_span nowhere;

struct job {
	struct tl_render_job work;
	const char
		*diags; /* packed, of its worker; NULL where it gave no answer that makes sense */
	size_t diags_length;
	bool answered; /* or its worker ended */
	int status;    /* of waitpid where the worker ended before it answered */
};

struct build {
	struct tl_arena *arena;
	struct tl_diags *diags;
	const struct tl_build_options *options; /* with a clean output */
	struct tl_plan plan;
	struct tl_manifest manifest;
	struct job *jobs; /* in the order of the plan */
	size_t job_count;
	size_t *order;      /* of the jobs: the long ones first */
	size_t done, total; /* targets */
	tl_build_progress *progress;
	void *progress_context;
};

static bool to_standard_output(const struct build *build)
{
	return strcmp(build->options->output, "-") == 0;
}

/* One report for the folder, where else there would be one for each file. */
static bool open_folder(struct build *build)
{
	const char *folder = build->options->output;
	int error = -tl_file_mkdirs(folder);
	if (error) {
		tl_diag_add(build->diags, TL0701, nowhere, "cannot make the folder '%s': %s",
			folder, strerror(error));
		return false;
	}
	if (access(folder, W_OK | X_OK) != 0) {
		tl_diag_add(build->diags, TL0701, nowhere, "cannot write to the folder '%s': %s",
			folder, strerror(errno));
		return false;
	}
	return true;
}

/* A target that was made before from the same things; is it still there? */
struct candidate {
	struct tl_target *target;
	const struct tl_made *record;
};

struct candidates {
	struct candidate *list;
	size_t count;
	atomic_size_t next;
};

static void *check_candidates(void *context)
{
	struct candidates *all = context;
	for (size_t i; (i = atomic_fetch_add(&all->next, 1)) < all->count;) {
		const struct candidate *one = &all->list[i];
		char digest[TL_DIGEST_SIZE];
		if (tl_digest_file(digest, one->target->path) == 0 &&
			strcmp(digest, one->record->digest) == 0)
			one->target->state = TL_OUTPUT_UNCHANGED;
	}
	return NULL;
}

/* In threads, which are gone before anything is forked. */
static void check_all(struct candidates *all, unsigned threads)
{
	pthread_t others[MAX_THREADS];
	unsigned count = 0;
	while (count < MAX_THREADS && count + 1 < threads && count + 1 < all->count &&
		pthread_create(&others[count], NULL, check_candidates, all) == 0)
		count++;
	check_candidates(all);
	while (count)
		pthread_join(others[--count], NULL);
}

/* Marks the targets that are on disk as this run would make them. */
static void find_unchanged(struct build *build)
{
	struct candidates all = {
		.list = tl_arena_array(build->arena, struct candidate, build->plan.count)};
	const struct tl_journey *journey = NULL;
	const char *source = "";
	tl_manifest_read(&build->manifest, build->arena, build->options->output);
	for (size_t i = 0; i < build->plan.count; i++) {
		struct tl_target *target = &build->plan.targets[i];
		struct tl_made *record = tl_manifest_record(&build->manifest, target->name);
		if (target->journey != journey) {
			journey = target->journey;
			source = journey ? tl_manifest_source(
						   &build->manifest, journey->sources[0]->name)
					 : "";
		}
		record->source = source;
		record->current = true;
		if (target->state == TL_OUTPUT_SKIPPED && !build->options->force &&
			strcmp(record->key, target->key) == 0 && *record->digest)
			all.list[all.count++] = (struct candidate){target, record};
	}
	check_all(&all, build->options->jobs);
}

static int by_weight(const void *a, const void *b, void *context)
{
	const struct build *build = context;
	size_t x = *(const size_t *)a, y = *(const size_t *)b;
	double p = build->jobs[x].work.weight, q = build->jobs[y].work.weight;
	return p > q ? -1 : p < q ? 1 : x < y ? -1 : x > y;
}

/* About how long a picture takes: touchpoints. */
static double weigh(const struct tl_target *target)
{
	size_t sum = 0;
	if (target->journey)
		return (double)target->journey->touchpoint_count;
	for (size_t i = 0; i < target->set->count; i++)
		if (target->set->sound[i])
			sum += target->set->list[i]->stage_count;
	return (double)sum;
}

/* Targets of one journey in one view become one job. */
static void make_jobs(struct build *build)
{
	struct tl_plan *plan = &build->plan;
	struct tl_target **pending = tl_arena_array(build->arena, struct tl_target *, plan->count);
	build->jobs = tl_arena_array(build->arena, struct job, plan->count);
	build->order = tl_arena_array(build->arena, size_t, plan->count);
	struct tl_render_job *last = NULL;
	for (size_t i = 0; i < plan->count; i++) {
		struct tl_target *target = &plan->targets[i];
		if (target->state != TL_OUTPUT_SKIPPED)
			continue;
		if (!last || last->targets[0]->journey != target->journey ||
			last->targets[0]->view != target->view) {
			build->order[build->job_count] = build->job_count;
			last = &build->jobs[build->job_count++].work;
			last->targets = pending + build->total;
		}
		last->targets[last->count++] = target;
		last->weight += weigh(target);
		build->total++;
	}
	if (build->job_count)
		qsort_r(build->order, build->job_count, sizeof *build->order, by_weight, build);
}

static void run_job(void *context, size_t number, struct tl_buf *reply)
{
	struct build *build = context;
	tl_render(reply, &build->jobs[build->order[number]].work, build->options, build->diags);
}

static void say_progress(struct build *build, const struct tl_render_job *job)
{
	if (job)
		build->done += job->count;
	if (build->progress)
		build->progress(build->progress_context, build->done, build->total,
			job ? job->targets[job->count - 1]->path : NULL);
}

/* No further output would fare better. */
static bool is_hopeless(int error)
{
	return error == ENOSPC || error == EDQUOT || error == EROFS || error == EIO ||
	       error == EACCES || error == EPERM;
}

static bool take_result(void *context, size_t number, const char *reply, size_t length)
{
	struct build *build = context;
	struct job *job = &build->jobs[build->order[number]];
	const char *rest;
	int error;
	job->answered = true;
	if (tl_render_result(&job->work, &rest, &job->diags_length, reply, length, &error)) {
		char *copy = tl_arena_alloc(build->arena, job->diags_length);
		job->diags = memcpy(copy, rest, job->diags_length);
	}
	say_progress(build, &job->work);
	return !is_hopeless(error);
}

static bool take_death(void *context, size_t number, long pid, int status)
{
	struct build *build = context;
	struct job *job = &build->jobs[build->order[number]];
	job->answered = true;
	job->status = status;
	for (size_t i = 0; i < job->work.count; i++) {
		job->work.targets[i]->state = TL_OUTPUT_FAILED;
		tl_file_abandoned(job->work.targets[i]->path, pid);
	}
	say_progress(build, &job->work);
	return true;
}

static const char *explain_death(int status)
{
	int number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	if (number == SIGKILL || number == SIGTERM || number == SIGXFSZ || number == SIGXCPU)
		return "somebody ended it, or a limit on memory, time or the size of files did";
	return "this is a fault of Touchline, not of the journey";
}

static void report_death(struct build *build, const struct job *job)
{
	const struct tl_journey *journey = job->work.targets[0]->journey;
	const char *how = "gave no proper answer";
	if (WIFSIGNALED(job->status))
		how = tl_arena_printf(
			build->arena, "was ended by SIG%s", sigabbrev_np(WTERMSIG(job->status)));
	else if (job->status)
		how = tl_arena_printf(
			build->arena, "ended with status %d", WEXITSTATUS(job->status));
	const char *view = tl_views.words[job->work.targets[0]->view];
	struct tl_diag *diag = tl_diag_add(build->diags, TL0705, tl_plan_place(journey),
		"the process that rendered the %s%s %s", view,
		journey ? tl_arena_printf(build->arena, " of journey '%s'", journey->id) : "", how);
	tl_diag_hint(build->diags, diag, "%s", explain_death(job->status));
}

/* Reports in the order of the plan, whoever was first. */
static void report(struct build *build)
{
	for (size_t i = 0; i < build->job_count; i++) {
		struct job *job = &build->jobs[i];
		if (job->answered && (!job->diags || !tl_diags_unpack(build->diags, job->diags,
							     job->diags_length)))
			report_death(build, job);
	}
}

static void render(struct build *build, struct tl_build_result *result)
{
	struct tl_work work = {.count = build->job_count,
		.context = build,
		.run = run_job,
		.done = take_result,
		.died = take_death};
	if (!build->job_count)
		return;
	say_progress(build, NULL);
	int error = -tl_work_run(&work, build->options->jobs, build->options->interrupt);
	result->interrupted = error == EINTR;
	if (error && !result->interrupted)
		tl_diag_add(build->diags, TL0705, nowhere, "cannot start a rendering process: %s",
			strerror(error));
	report(build);
}

/* Also after an interrupted run: what was finished is good. */
static void remember(struct build *build)
{
	for (size_t i = 0; i < build->plan.count; i++) {
		const struct tl_target *target = &build->plan.targets[i];
		struct tl_made *record = tl_manifest_find(&build->manifest, target->name);
		if (target->state != TL_OUTPUT_RENDERED)
			continue;
		memcpy(record->key, target->key, sizeof record->key);
		memcpy(record->digest, target->digest, sizeof record->digest);
	}
	int error = -tl_manifest_write(&build->manifest);
	if (error)
		tl_diag_add(build->diags, TL0701, nowhere, "cannot write '%s': %s",
			build->manifest.path, strerror(error));
}

static void collect(struct build *build, struct tl_made **stale, size_t stale_count,
	struct tl_build_result *result)
{
	struct tl_output *outputs =
		tl_arena_array(build->arena, struct tl_output, build->plan.count + stale_count);
	for (size_t i = 0; i < build->plan.count; i++) {
		const struct tl_target *target = &build->plan.targets[i];
		outputs[result->count++] =
			(struct tl_output){target->path, target->journey, target->state};
	}
	for (size_t i = 0; i < stale_count; i++) {
		bool removed = build->options->prune && tl_stale_remove(&build->manifest, stale[i]);
		outputs[result->count++] =
			(struct tl_output){tl_arena_printf(build->arena, "%s/%s",
						   build->options->output, stale[i]->name),
				NULL, removed ? TL_OUTPUT_REMOVED : TL_OUTPUT_STALE};
	}
	for (size_t i = 0; i < result->count; i++)
		result->states[outputs[i].state]++;
	result->outputs = outputs;
}

static struct tl_build_options tidied(
	const struct tl_build_options *options, struct tl_arena *arena)
{
	struct tl_build_options tidy = *options;
	size_t n = strlen(options->output);
	while (n > 1 && options->output[n - 1] == '/')
		n--;
	tidy.output = tl_arena_strndup(arena, options->output, n);
	return tidy;
}

struct tl_build_result tl_app_build(struct tl_arena *arena, struct tl_diags *diags,
	const struct tl_app_set *set, const struct tl_build_options *given,
	tl_build_progress *progress, void *context)
{
	struct tl_build_options options = tidied(given, arena);
	struct tl_build_result result = {0};
	struct build build = {.arena = arena,
		.diags = diags,
		.options = &options,
		.progress = progress,
		.progress_context = context};
	for (size_t i = 0; i < set->count; i++)
		result.journeys += set->sound[i];
	tl_plan_make(&build.plan, arena, diags, set, &options);
	if (to_standard_output(&build)) {
		result.misused = build.plan.count > 1;
		if (!result.misused) {
			make_jobs(&build);
			render(&build, &result);
		}
		collect(&build, NULL, 0, &result);
	} else if (!build.plan.count || !open_folder(&build)) {
		collect(&build, NULL, 0, &result);
	} else {
		size_t count;
		find_unchanged(&build);
		make_jobs(&build);
		render(&build, &result);
		struct tl_made **stale = tl_stale_find(&count, &build.manifest, arena, set);
		collect(&build, stale, count, &result);
		remember(&build);
	}
	return result;
}
