/* Reading a file from end to end: rows in, records out, rejects beside. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "intake/pipe.h"

enum { MOST_NAME = 200 }; /* bytes, of a file of rejects; a folder takes 255 */

struct import {
	struct tl_arena *arena;
	struct tl_diags *diags;
	struct tl_diags read; /* what input and reader report; they may do so on another thread */
	const struct tl_intake *intake;
	struct intake_input *input;
	struct intake_reader *reader;
	const char *path, *name; /* name: with the file inside of a zip */
	struct tl_run_counts *counts;
	FILE *rejects;
	const char *rejects_path, *rejects_new; /* where they end up; where they are written */
};

/* ---- rejects ----------------------------------------------------------------------------------- */

/* What the file is called, with its folders, so that no two files share their rejects: q1/answers.csv
 * has q1_answers.csv. A mended file of rejects has itself. */
static char *rejects_name(struct import *import)
{
	const char *folder = import->intake->rejects, *name = import->name;
	size_t n = strlen(folder);
	char *copy;

	if (strcmp(import->path, "-") == 0)
		return tl_arena_strdup(import->arena, "stdin");
	if (!strncmp(name, folder, n) && name[n] == '/')
		name += n;
	while (*name == '/' || !strncmp(name, "./", 2) || !strncmp(name, "../", 3))
		name += *name == '/' ? 1 : strcspn(name, "/") + 1;
	n = strlen(name);
	if (n > MOST_NAME)
		name += n - MOST_NAME;
	copy = tl_arena_strdup(import->arena, name);
	for (char *p = copy; (p = strchr(p, '/'));)
		*p = '_';
	return copy;
}

static void cut_end(char *name, const char *end)
{
	size_t n = strlen(name), m = strlen(end);

	if (n > m && strcmp(name + n - m, end) == 0)
		name[n - m] = '\0';
}

static const char *rejects_path(struct import *import, const char *suffix)
{
	char *name = rejects_name(import);

	cut_end(name, ".gz");
	cut_end(name, suffix);
	return tl_arena_printf(import->arena, "%s/%s%s", import->intake->rejects, name, suffix);
}

static bool fail_rejects(struct import *import, int error)
{
	tl_diag_add(import->diags, TL0535, (struct tl_span){0}, "%s: cannot be written: %s",
		import->rejects_path, strerror(error));
	return false;
}

static bool open_rejects(struct import *import)
{
	int fd, error;

	if (import->rejects)
		return true;
	error = mkdir(import->intake->rejects, 0700) < 0 && errno != EEXIST ? errno : 0;
	if (error)
		return fail_rejects(import, error);
	import->rejects_new = tl_arena_printf(
		import->arena, "%s.%ld.tmp", import->rejects_path, (long)getpid());
	fd = open(import->rejects_new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	import->rejects = fd < 0 ? NULL : fdopen(fd, "w");
	if (!import->rejects)
		return fail_rejects(import, errno);
	import->reader->rejects_head(import->reader, import->rejects);
	return true;
}

static bool reject(struct import *import, const struct intake_row *row, const char *column,
	const char *reason)
{
	import->counts->rejected++;
	if (import->intake->rejected)
		import->intake->rejected(import->intake->context, row->number, column, reason);
	if (!import->intake->rejects)
		return true;
	if (!open_rejects(import))
		return false;
	import->reader->reject(
		import->reader, import->rejects, row, import->name, column, reason);
	return true;
}

/* Puts what was rejected in the place of what was rejected by an earlier import of the file. */
static bool close_rejects(struct import *import, const char **path)
{
	bool good;

	*path = NULL;
	if (!import->intake->rejects)
		return true;
	if (!import->rejects)
		return unlink(import->rejects_path) == 0 || errno == ENOENT || errno == ENOTDIR ||
		       fail_rejects(import, errno);
	import->reader->rejects_tail(import->reader, import->rejects);
	good = !ferror(import->rejects);
	if (fclose(import->rejects) != 0)
		good = false;
	import->rejects = NULL;
	if (good && rename(import->rejects_new, import->rejects_path) == 0) {
		*path = import->rejects_path;
		return true;
	}
	fail_rejects(import, errno);
	unlink(import->rejects_new);
	return false;
}

/* ---- rows -------------------------------------------------------------------------------------- */

static bool take(struct import *import, struct tl_arena *arena, const struct intake_made *made)
{
	const struct tl_intake *intake = import->intake;
	struct tl_run_counts *counts = import->counts;
	const struct tl_record *record = &made->record;
	const char *column = "", *refused = NULL;

	counts->read++;
	if (made->fault.reason)
		return reject(import, &made->row, made->fault.column, made->fault.reason);
	if (intake->refuse)
		refused = intake->refuse(intake->context, arena, record, &column);
	if (refused)
		return reject(import, &made->row, column, refused);
	switch (intake->put(intake->context, record)) {
	case TL_PUT_NEW:
		counts->added++;
		return true;
	case TL_PUT_UPDATED:
		counts->updated++;
		return true;
	case TL_PUT_UNCHANGED:
		counts->unchanged++;
		return true;
	case TL_PUT_CONFLICT:
		return reject(import, &made->row, "",
			tl_arena_printf(arena,
				"there is another record '%.60s' of '%s' already, and %s which is "
				"newer: use --as for another source, --replace to correct it",
				record->external_id, intake->source,
				record->updated == TL_NO_TIME ?
					"no time of update says" :
					"its time of update does not say"));
	case TL_PUT_FAILED:
		break;
	}
	return false;
}

static bool take_batch(struct import *import, struct intake_batch *batch)
{
	const struct tl_intake *intake = import->intake;

	if (intake->progress)
		intake->progress(intake->context, batch->done, batch->total);
	for (size_t i = 0; i < batch->count; i++)
		if (!take(import, &batch->arena, &batch->made[i]))
			return false;
	return true;
}

/* What reading had to report comes to light behind the rows before it, and not at all where taking
 * them ended before. */
static void tell_read(struct import *import, bool reached)
{
	struct tl_buf packed = {0};

	tl_diags_pack(&packed, &import->read, import->diags);
	if (reached)
		tl_diags_unpack(import->diags, packed.data, packed.len);
	tl_buf_release(&packed);
	tl_diags_release(&import->read);
	tl_diags_init(&import->read);
}

static bool take_rows(struct import *import)
{
	struct intake_pipe *pipe = intake_pipe_open(import->intake, import->reader, import->input);
	struct intake_batch *batch;
	enum intake_step step;
	bool good;

	do {
		batch = intake_pipe_next(pipe);
		step = batch->step;
		good = take_batch(import, batch);
	} while (good && step == INTAKE_ROW);
	intake_pipe_close(pipe);
	tell_read(import, good);
	return good && step == INTAKE_END;
}

static bool take_file(struct import *import, const char **rejects)
{
	static struct intake_reader *(*const open_as[])(struct tl_diags *,
		const struct tl_profile *, struct intake_input *, const char *) = {
		[TL_INTAKE_CSV] = intake_csv_open,
		[TL_INTAKE_JSON] = intake_json_open,
		[TL_INTAKE_XES] = intake_xes_open};
	const struct tl_profile *profile = import->intake->profile;
	const char *suffix = strrchr(import->name, '.');
	/* what was rejected of an event log comes back as JSON */
	int format = profile->format == TL_INTAKE_XES && suffix && !strcmp(suffix, ".ndjson")
			     ? TL_INTAKE_JSON
			     : profile->format;
	bool good;

	import->reader = open_as[format](&import->read, profile, import->input, import->name);
	if (!import->reader)
		return false;
	if (import->intake->rejects)
		import->rejects_path = rejects_path(import, import->reader->suffix);
	good = take_rows(import);
	good = close_rejects(import, rejects) && good;
	import->reader->close(import->reader);
	return good;
}

bool tl_intake_file(struct tl_arena *arena, struct tl_diags *diags, const struct tl_intake *intake,
	const char *path, struct tl_run_counts *counts, const char **rejects)
{
	struct import import = {.arena = arena, .diags = diags, .intake = intake, .path = path,
		.counts = counts};
	bool good = true, any = false;

	*rejects = NULL;
	tl_diags_init(&import.read);
	import.input = intake_input_open(&import.read, path);
	while (import.input && good && intake_input_next(import.input, &import.name)) {
		const char *of_this = NULL;

		any = true;
		good = take_file(&import, &of_this);
		if (of_this)
			*rejects = of_this;
	}
	good = good && import.input && !intake_input_failed(import.input);
	if (good && !any) {
		tl_diag_add(diags, TL0533, (struct tl_span){0}, "%s: is empty", path);
		good = false;
	}
	tell_read(&import, true);
	tl_diags_release(&import.read);
	if (import.input)
		intake_input_close(import.input);
	return good;
}
