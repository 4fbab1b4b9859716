/* touchline apply: what a workshop decided, put into the journeys. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "touchline/app.h"
#include "touchline/edit.h"

struct values {
	bool dry_run;
	struct tl_texts_given journeys;
};
static const struct tl_option options[] = {
	{.kind = TL_OPTION_TEXTS,
		.name = "journey",
		.argument = "PATH",
		.help = "file or folder of the journeys that are decided about",
		.fallback = "journeys",
		.offset = offsetof(struct values, journeys),
		.offer = TL_OFFER_JOURNEYS},
	{.kind = TL_OPTION_FLAG,
		.letter = 'n',
		.name = "dry-run",
		.help = "write nothing; print what would change, as a unified diff",
		.offset = offsetof(struct values, dry_run)},
};

struct job {
	struct tl_arena arena;
	struct tl_diags diags;
	struct tl_app_paths paths;
	struct tl_app_set set;
	const struct tl_decisions *decisions;
	struct tl_edit *edits;
	size_t count;
};

/* ---- what is to change -------------------------------------------------------------------------- */

static const struct tl_journey *find_journey(struct job *job, const struct tl_decided *decided)
{
	const char **names = tl_arena_array(&job->arena, const char *, job->set.count);

	for (size_t i = 0; i < job->set.count; i++) {
		names[i] = job->set.list[i]->id;
		if (!strcmp(names[i], decided->id))
			return job->set.list[i];
	}
	struct tl_diag *diag = tl_diag_add(&job->diags, TL0303, decided->at,
		"there is no journey '%.80s' among those that were read", decided->id);
	const char *near = tl_text_nearest(decided->id, names, job->set.count);
	if (near)
		tl_diag_hint(&job->diags, diag, "did you mean '%s'?", near);
	else
		tl_diag_hint(&job->diags, diag, "--journey says where the journeys are");
	return NULL;
}

static bool edit(struct job *job)
{
	const struct tl_decided *decided;
	size_t count = tl_decisions_journeys(job->decisions, &decided);

	job->edits = tl_arena_array(&job->arena, struct tl_edit, count);
	for (size_t i = 0; i < count; i++) {
		const struct tl_journey *journey = find_journey(job, &decided[i]);
		if (journey && tl_edit_apply(&job->arena, &job->diags, journey, job->decisions,
				       &job->edits[job->count]))
			job->count++;
	}
	return !job->diags.errors;
}

/* ---- what is said ------------------------------------------------------------------------------- */

static void put_summary(FILE *out, const struct tl_edit *edit)
{
	size_t all = edit->changed + edit->already;
	struct tl_buf line = {0};

	tl_diag_put_safely(&line, edit->before->name);
	tl_buf_printf(&line, ": %zu decision%s", all, all == 1 ? "" : "s");
	if (all && !edit->changed)
		tl_buf_printf(&line, "; %s there already, nothing to change",
			all == 1 ? "it is" : "all are");
	else if (edit->already)
		tl_buf_printf(&line, ", %zu %s there already", edit->already,
			edit->already == 1 ? "was" : "were");
	fprintf(out, "%s\n", line.data);
	tl_buf_release(&line);
}

static const char *colour_of(const char *line)
{
	switch (*line) {
	case '+':
		return strncmp(line, "+++ ", 4) != 0 ? "\033[32m" : "\033[1m";
	case '-':
		return strncmp(line, "--- ", 4) != 0 ? "\033[31m" : "\033[1m";
	case '@':
		return "\033[36m";
	default:
		return "";
	}
}

/* For a terminal: no byte of a journey is a command to it. */
static void put_coloured(struct tl_buf *out, const char *diff)
{
	while (*diff) {
		const char *end = strchrnul(diff, '\n');
		char *line = strndup(diff, (size_t)(end - diff));
		if (!line)
			tl_die_of_memory((size_t)(end - diff));
		tl_buf_puts(out, colour_of(line));
		tl_diag_put_safely(out, line);
		tl_buf_puts(out, "\033[0m\n");
		free(line);
		diff = *end ? end + 1 : end;
	}
}

static void put_diffs(const struct job *job)
{
	for (size_t i = 0; i < job->count; i++) {
		const struct tl_edit *one = &job->edits[i];
		struct tl_buf diff = {0}, coloured = {0};

		if (!one->changed)
			continue;
		tl_edit_diff(&diff, one->before->name, one->before->text, one->before->length,
			one->text.data, one->text.len);
		if (tl_cli_colour(stdout) && diff.data)
			put_coloured(&coloured, diff.data);
		tl_cli_write(coloured.data ? &coloured : &diff);
		tl_buf_release(&diff);
	}
}

static void tell(const struct job *job, const struct values *values, const char *patch)
{
	if (values->dry_run)
		put_diffs(job);
	fflush(stdout);
	for (size_t i = 0; i < job->count; i++)
		put_summary(values->dry_run ? stderr : stdout, &job->edits[i]);
	if (!job->count)
		fprintf(stderr, "touchline apply: %s: nothing is decided in it\n", patch);
}

/* ---- the command -------------------------------------------------------------------------------- */

static void apply(struct job *job, const struct values *values, const char *patch)
{
	char *list[TL_MOST_TEXTS];

	job->decisions = tl_decisions_read(&job->arena, &job->diags, patch);
	if (!job->decisions)
		return;
	for (size_t i = 0; i < values->journeys.count; i++)
		list[i] = tl_arena_strdup(&job->arena, values->journeys.list[i]);
	job->paths = tl_app_find(&job->arena, &job->diags, list, values->journeys.count);
	job->set = tl_app_read(&job->arena, &job->diags, &job->paths);
	if (!job->set.count && job->diags.errors)
		return; /* that there are none was said */
	if (edit(job) && (values->dry_run || tl_edit_write(&job->diags, job->edits, job->count,
						     job->paths.folders, job->paths.folder_count)))
		tell(job, values, patch);
}

static int run(const struct tl_command *command, int argc, char **argv)
{
	struct values values = {0};
	struct job job = {0};
	int status;

	if (!tl_cli_parse(&values, command, &argc, argv, &status))
		return status;
	for (size_t i = 0; i < values.journeys.count; i++)
		if (!strcmp(values.journeys.list[i], "-"))
			return tl_cli_usage_error(command, NULL,
				"journeys are edited in their files, not on standard input");
	tl_arena_init(&job.arena);
	tl_diags_init(&job.diags);
	apply(&job, &values, argv[0]);
	for (size_t i = 0; i < job.count; i++)
		tl_buf_release(&job.edits[i].text);
	status = tl_cli_report(&job.diags);
	tl_diags_release(&job.diags);
	tl_arena_release(&job.arena);
	return status;
}

const struct tl_command tl_command_apply = {
	.name = "apply",
	.job = "Run a workshop",
	.summary = "puts the decisions of a workshop into the journeys",
	.operands = "PATCH",
	.operands_least = 1,
	.operands_most = 1,
	.offer = TL_OFFER_FILES,
	.about = "Reads decisions, as a workshop leaves them, and edits the journeys that they\n"
		 "are about. Everything else stays as it was written, byte for byte: git diff\n"
		 "shows the decided lines and no others. A PATCH of - is standard input.\n"
		 "\n"
		 "Either all decisions are applied or none: where one names a touchpoint or a\n"
		 "department that is not there, or would make an error of a journey, nothing is\n"
		 "written, and the message says where in PATCH. Applying twice changes nothing.\n",
	.example = "touchline apply --dry-run decisions.xml\n"
		   "touchline apply decisions.xml && git diff journeys\n",
	.options = options,
	.option_count = TL_COUNT(options),
	.run = run,
};
