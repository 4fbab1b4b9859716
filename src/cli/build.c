/* touchline build: journeys in, maps out; once, or on every save. */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "cli/cli.h"
#include "cli/progress.h"
#include "cli/voice.h"
#include "touchline/app.h"

enum { MAX_JOBS = 256, MAX_SCALE = 16, FEW = 12 };

struct values {
	const char *output, *store;
	struct tl_filters filters;
	uint32_t formats, views, lanes;
	int theme;
	unsigned jobs, scale;
	bool watch, force, prune, no_embed_fonts, quiet, verbose;
	struct tl_warnings warnings;
};

static const struct tl_option options[] = {
	{.kind = TL_OPTION_TEXT,
		.letter = 'o',
		.name = "output",
		.argument = "DIR",
		.help = "folder that the maps go to; - writes the only one to standard output",
		.fallback = "output/maps",
		.offset = offsetof(struct values, output),
		.offer = TL_OFFER_FOLDERS},
	{.kind = TL_OPTION_WORDS,
		.letter = 'f',
		.name = "format",
		.argument = "LIST",
		.help = "kinds of files",
		.fallback = "svg",
		.offset = offsetof(struct values, formats),
		.words = &tl_output_formats},
	{.kind = TL_OPTION_WORDS,
		.name = "view",
		.argument = "LIST",
		.help = "the whole map, one slide, a page for each stage, or all journeys on one page",
		.fallback = "map",
		.offset = offsetof(struct values, views),
		.words = &tl_views},
	{.kind = TL_OPTION_WORD,
		.name = "theme",
		.argument = "NAME",
		.help = "colours",
		.fallback = "light",
		.offset = offsetof(struct values, theme),
		.words = &tl_themes},
	{.kind = TL_OPTION_WORDS,
		.name = "lanes",
		.argument = "LIST",
		.help = "lanes that may be drawn, where not all of them",
		.offset = offsetof(struct values, lanes),
		.words = &tl_lanes},
	TL_VOICE_STORE_IF_ANY(struct values, store),
	TL_FILTERS(struct values, filters),
	{.kind = TL_OPTION_NUMBER,
		.name = "scale",
		.argument = "N",
		.help = "pixels per point of a PNG",
		.fallback = "2",
		.offset = offsetof(struct values, scale),
		.least = 1,
		.most = MAX_SCALE},
	{.kind = TL_OPTION_FLAG,
		.name = "no-embed-fonts",
		.help = "leave the font out of SVG: smaller files that need it installed",
		.offset = offsetof(struct values, no_embed_fonts)},
	{.kind = TL_OPTION_NUMBER,
		.letter = 'j',
		.name = "jobs",
		.argument = "N",
		.help = "maps rendered at a time; without it, one for each processor",
		.offset = offsetof(struct values, jobs),
		.least = 1,
		.most = MAX_JOBS},
	{.kind = TL_OPTION_FLAG,
		.name = "watch",
		.help = "build again whenever a journey, a file it includes or the store changes",
		.offset = offsetof(struct values, watch)},
	{.kind = TL_OPTION_FLAG,
		.name = "force",
		.help = "render everything, changed or not",
		.offset = offsetof(struct values, force)},
	{.kind = TL_OPTION_FLAG,
		.name = "prune",
		.help = "remove maps that an earlier build wrote and whose journey or stage is "
			"gone",
		.offset = offsetof(struct values, prune)},
	{.kind = TL_OPTION_FLAG,
		.letter = 'q',
		.name = "quiet",
		.help = "say nothing but what is wrong",
		.offset = offsetof(struct values, quiet)},
	{.kind = TL_OPTION_FLAG,
		.letter = 'v',
		.name = "verbose",
		.help = "name every file, also those that did not change",
		.offset = offsetof(struct values, verbose)},
	TL_WARNING_OPTIONS(struct values, warnings),
};

/* One build, from reading to the last file. All of it lives until the next one. */
struct run {
	const struct tl_command *command;
	const struct values *values;
	struct tl_build_options options;
	char **arguments;
	size_t argument_count;
	struct tl_app_paths paths;
	struct tl_voice voice; /* its store is open only while it is read */
	struct stat heard;     /* the store as it was then */
	struct tl_build_result result;
};

static unsigned processors(void)
{
	cpu_set_t usable;
	int count = sched_getaffinity(0, sizeof usable, &usable) == 0 ? CPU_COUNT(&usable) : 1;
	return count < 1 ? 1 : count > MAX_JOBS ? MAX_JOBS : (unsigned)count;
}

static void start_over(struct run *run)
{
	tl_diags_release(&run->voice.diags);
	tl_arena_release(&run->voice.arena);
	tl_arena_init(&run->voice.arena);
	tl_diags_init(&run->voice.diags);
	tl_cli_apply_warnings(&run->voice.diags, &run->values->warnings);
}

static void find_and_read(struct run *run)
{
	start_over(run);
	run->paths = tl_app_find(&run->voice.arena, &run->voice.diags, run->arguments, run->argument_count);
	run->voice.set = tl_app_read(&run->voice.arena, &run->voice.diags, &run->paths);
}

/* ---- what customers say ------------------------------------------------------------------------ */

static bool hear_store(struct run *run, int *status)
{
	struct tl_voice *voice = &run->voice;
	struct tl_filter filter;
	struct tl_progress progress;
	bool good;
	if (!tl_store_open(&voice->store, &voice->diags, voice->store_path, TL_STORE_WRITE))
		return false;
	tl_voice_watch(voice->store, &progress, run->values->quiet);
	good = tl_app_listen_also(&voice->arena, voice->store, &voice->set);
	tl_voice_unwatch(voice->store, &progress);
	if (!good ||
		!tl_voice_filter(voice, run->command, &run->values->filters, NULL, &filter, status))
		return false;
	run->options.insights = tl_app_insights(
		&voice->arena, &voice->diags, voice->store, &voice->set, &filter);
	return run->options.insights != NULL;
}

/* Before anything is forked: a store must not be open then. False: nothing is to be drawn, since maps
 * without what is known would look as if nothing were; *status then says whether the command line is
 * why. */
static bool hear(struct run *run, int *status)
{
	struct tl_voice *voice = &run->voice;
	bool heard;
	*status = TL_EXIT_CLEAN;
	run->options.insights = NULL;
	voice->store_path = tl_voice_store_if_any(run->values->store);
	voice->journeys = run->arguments[0];
	if (!voice->store_path && tl_filters_any(&run->values->filters))
		*status = tl_voice_no_store(run->command);
	if (!voice->store_path || !voice->set.count)
		return *status == TL_EXIT_CLEAN;
	heard = hear_store(run, status);
	tl_store_close(voice->store);
	voice->store = NULL;
	if (stat(voice->store_path, &run->heard) != 0)
		run->heard = (struct stat){0};
	return heard;
}

static void on_progress(void *context, size_t done, size_t total, const char *file)
{
	tl_progress_show(context, done, total, file);
}

static void render(struct run *run)
{
	struct tl_progress progress;
	tl_progress_init(&progress, run->values->quiet);
	run->result = tl_app_build(
		&run->voice.arena, &run->voice.diags, &run->voice.set, &run->options, on_progress, &progress);
	tl_progress_clear(&progress);
}

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

/* "3 rendered, 1 unchanged", and what else there is. */
static void put_counts(struct tl_buf *out, const struct tl_build_result *result)
{
	static const struct {
		enum tl_output_state state;
		const char *word;
	} others[] = {{TL_OUTPUT_FAILED, "failed"}, {TL_OUTPUT_SKIPPED, "not reached"},
		{TL_OUTPUT_REMOVED, "removed"}};
	tl_buf_printf(out, "%zu rendered, %zu unchanged", result->states[TL_OUTPUT_RENDERED],
		result->states[TL_OUTPUT_UNCHANGED]);
	for (size_t i = 0; i < TL_COUNT(others); i++)
		if (result->states[others[i].state])
			tl_buf_printf(
				out, ", %zu %s", result->states[others[i].state], others[i].word);
}

static void put_files(const struct run *run)
{
	static const char *const words[TL_OUTPUT_STATES] = {
		"unchanged", "rendered", "failed", "not reached", "stale", "removed"};
	const struct tl_build_result *result = &run->result;
	bool few = result->states[TL_OUTPUT_RENDERED] <= FEW;
	for (size_t i = 0; i < result->count; i++) {
		const struct tl_output *output = &result->outputs[i];
		if (run->values->verbose)
			printf("%-11s  %s\n", words[output->state], output->path);
		else if (few && output->state == TL_OUTPUT_RENDERED)
			printf("%s\n", output->path);
	}
}

static void put_stale(const struct run *run)
{
	size_t count = run->result.states[TL_OUTPUT_STALE], i = 0;
	if (!count)
		return;
	while (run->result.outputs[i].state != TL_OUTPUT_STALE)
		i++;
	printf("%zu map%s of journeys or stages that are gone: %s%s", count, plural(count),
		run->result.outputs[i].path, count > 1 ? " and others" : "");
	puts(run->options.prune ? "; changed since, so left alone"
				: " (--prune removes what was not changed since)");
}

static void put_summary(const struct run *run)
{
	struct tl_buf counts = {0};
	size_t found = run->voice.set.count + run->voice.set.unreadable;
	size_t left_out = found - run->result.journeys;
	if (!found)
		return;
	put_files(run);
	put_counts(&counts, &run->result);
	printf("%zu journey%s: %s, in %s\n", found, plural(found), counts.data,
		run->options.output);
	if (left_out)
		printf("%zu left out because of errors\n", left_out);
	put_stale(run);
	tl_buf_release(&counts);
}

/* A descriptor that becomes readable when somebody wants the program to end. */
static int catch_signals(void)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static int interrupted_status(int signals)
{
	struct signalfd_siginfo info;
	int number =
		read(signals, &info, sizeof info) == sizeof info ? (int)info.ssi_signo : SIGINT;
	return 128 + number;
}

static int build_once(struct run *run)
{
	find_and_read(run);
	if (!run->voice.set.count && !run->voice.diags.errors)
		tl_diag_add(&run->voice.diags, TL0126, (struct tl_span){0},
			"there is no journey to be drawn");
	run->options.interrupt = catch_signals();
	int status;
	if (!hear(run, &status))
		return status ? status : tl_cli_report(&run->voice.diags);
	render(run);
	status = tl_cli_report(&run->voice.diags);
	if (run->result.misused)
		return tl_cli_usage_error(run->command, NULL,
			"-o - takes one journey and one file, and this would be %zu",
			run->result.count);
	if (!run->values->quiet && strcmp(run->options.output, "-") != 0)
		put_summary(run);
	return run->result.interrupted ? interrupted_status(run->options.interrupt) : status;
}

/* "14:02:11 a.xml, b.xml: 2 rendered, 1 unchanged (85 ms)" */
static void put_rebuild(const struct run *run, const char *what, int64_t milliseconds)
{
	char clock[16];
	time_t now = time(NULL);
	struct tl_buf counts = {0};
	strftime(clock, sizeof clock, "%H:%M:%S", localtime(&now));
	put_counts(&counts, &run->result);
	if (run->voice.diags.errors)
		tl_buf_printf(
			&counts, ", %zu error%s", run->voice.diags.errors, plural(run->voice.diags.errors));
	printf("%s %s: %s (%lld ms)\n", clock, what, counts.data, (long long)milliseconds);
	fflush(stdout);
	tl_buf_release(&counts);
}

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Reads until nothing can have changed unseen. False after saying why it cannot watch. */
static bool read_watching(struct run *run, struct tl_watch *watch)
{
	int news;
	do {
		find_and_read(run);
		size_t count = run->argument_count;
		char **watched = tl_arena_array(&run->voice.arena, char *, count + 1);
		memcpy(watched, run->arguments, count * sizeof *watched);
		watched[count] = tl_arena_strdup(&run->voice.arena,
			run->values->store ? run->values->store : tl_voice_default_store);
		news = tl_watch_set(watch, watched, count + 1, &run->paths, &run->voice.diags);
	} while (news > 0);
	if (news < 0)
		tl_cli_system_error("cannot watch: %s", strerror(-news));
	return news == 0;
}

/* To read a store may touch its file, which is no news. */
static bool is_news(const struct run *run, const char *path)
{
	const struct stat *heard = &run->heard;
	struct stat now;
	return stat(path, &now) != 0 || now.st_dev != heard->st_dev || now.st_ino != heard->st_ino ||
	       now.st_size != heard->st_size || now.st_mtim.tv_sec != heard->st_mtim.tv_sec ||
	       now.st_mtim.tv_nsec != heard->st_mtim.tv_nsec;
}

static const char *const *wait_for_news(
	struct run *run, struct tl_watch *watch, struct tl_arena *arena, size_t *count)
{
	for (;;) {
		const char *const *changes =
			tl_watch_wait(watch, arena, count, run->options.interrupt);
		for (size_t i = 0; changes && i < *count; i++)
			if (is_news(run, changes[i]))
				return changes;
		if (!changes)
			return NULL;
	}
}

/* "a.xml, b.xml and 3 more" */
static void put_changes(struct tl_buf *out, const char *const *changes, size_t count)
{
	enum { SHOWN = 3 };
	for (size_t i = 0; i < count && i < SHOWN; i++) {
		tl_buf_puts(out, i ? ", " : "");
		tl_diag_put_safely(out, changes[i]);
	}
	if (count > SHOWN)
		tl_buf_printf(out, " and %zu more", count - SHOWN);
}

static int watch_and_build(struct run *run)
{
	struct tl_watch *watch = tl_watch_new();
	struct tl_arena arena;
	struct tl_buf what = {0};
	int status = TL_EXIT_CLEAN;
	if (!watch)
		return tl_cli_system_error("cannot watch: %s", strerror(errno));
	run->options.interrupt = catch_signals();
	tl_buf_puts(&what, "start");
	tl_arena_init(&arena);
	for (;;) {
		int64_t start = now_ms();
		size_t count;
		if (!read_watching(run, watch)) {
			status = TL_EXIT_SYSTEM;
			break;
		}
		bool heard = hear(run, &status);
		if (status)
			break;
		run->result = (struct tl_build_result){0};
		if (heard)
			render(run);
		tl_cli_report(&run->voice.diags);
		if (run->result.interrupted)
			break;
		if (!run->values->quiet)
			put_rebuild(run, what.data, now_ms() - start);
		run->options.force = false; /* once is what was asked for */
		tl_arena_release(&arena);
		tl_arena_init(&arena);
		const char *const *changes =
			wait_for_news(run, watch, &arena, &count);
		if (!changes)
			break;
		tl_buf_clear(&what);
		put_changes(&what, changes, count);
	}
	tl_buf_release(&what);
	tl_arena_release(&arena);
	tl_watch_free(watch);
	return status;
}

static bool one_bit(uint32_t set)
{
	return set && !(set & (set - 1));
}

static struct tl_build_options build_options(const struct values *values, const char *program)
{
	return (struct tl_build_options){
		.output = values->output,
		.formats = values->formats,
		.views = values->views,
		.map = {.theme = (enum tl_theme)values->theme, .lanes = values->lanes},
		.draw = {.png_scale = values->scale,
			.embed_fonts = !values->no_embed_fonts,
			.timestamp =
				getenv("SOURCE_DATE_EPOCH") ? tl_clock_now() : TL_BUILD_OWN_DATE},
		.jobs = values->jobs ? values->jobs : processors(),
		.force = values->force,
		.prune = values->prune,
		.program = program,
		.interrupt = -1,
	};
}

static int build(const struct tl_command *command, int argc, char **argv)
{
	static char *fallback[] = {"journeys"};
	struct values values = {0};
	char program[TL_DIGEST_SIZE];
	int status;
	if (!tl_cli_parse(&values, command, &argc, argv, &status))
		return status;
	if (strcmp(values.output, "-") == 0 && values.watch)
		return tl_cli_usage_error(command, NULL, "--watch needs a folder to write to");
	if (strcmp(values.output, "-") == 0 && (!one_bit(values.formats) || !one_bit(values.views)))
		return tl_cli_usage_error(command, NULL, "-o - takes one format and one view");
	tl_app_program(program);
	struct run run = {.command = command,
		.values = &values,
		.options = build_options(&values, program),
		.arguments = argc ? argv : fallback,
		.argument_count = argc ? (size_t)argc : TL_COUNT(fallback)};
	tl_arena_init(&run.voice.arena);
	tl_diags_init(&run.voice.diags);
	status = values.watch ? watch_and_build(&run) : build_once(&run);
	if (run.options.interrupt >= 0)
		close(run.options.interrupt);
	tl_diags_release(&run.voice.diags);
	tl_arena_release(&run.voice.arena);
	return status;
}

const struct tl_command tl_command_build = {
	.name = "build",
	.job = "Draw maps",
	.summary = "checks journeys and draws their maps",
	.operands = "[FILE|DIR]…",
	.operands_most = SIZE_MAX,
	.offer = TL_OFFER_JOURNEYS,
	.about = "Draws every journey that has no errors. Folders are searched for .xml files\n"
		 "whose root is <journey>; without a FILE or DIR that is the folder journeys. A\n"
		 "FILE of - is standard input.\n"
		 "\n"
		 "Where there is a store, maps show what customers say: measured friction,\n"
		 "hotspots, quotes. The filters choose which records count.\n"
		 "\n"
		 "Only what changed is rendered again: the journey, a file it includes, what\n"
		 "customers say, an option or the program. A map that is missing or was altered\n"
		 "is rendered again too.\n"
		 "\n"
		 "Files are named after the ids of journeys: ID.svg is the map, ID.overview.svg\n"
		 "the slide, ID.stage-1-STAGE.svg a page of a stage, ID.stages.pdf all of those.\n"
		 "portfolio.svg shows all journeys that were named, and links to their maps.\n",
	.example = "touchline build journeys --format svg,pdf\n"
		   "touchline build order.xml --view overview --format png --scale 4\n"
		   "touchline build --store feedback.db --since 90d\n"
		   "touchline build --view map,portfolio\n"
		   "touchline build --watch\n",
	.options = options,
	.option_count = TL_COUNT(options),
	.run = build,
};
