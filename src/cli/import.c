/* touchline import: what customers said, into the store. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/progress.h"
#include "cli/voice.h"
#include "touchline/intake.h"

struct values {
	const char *as, *store, *lexicon;
	struct tl_texts_given journeys;
	bool dry_run, replace, new_key, quiet;
};
static const struct tl_option options[] = {
	{.kind = TL_OPTION_TEXT,
		.name = "as",
		.argument = "NAME",
		.help = "keep the records as those of the source NAME (default: the profile's id)",
		.offset = offsetof(struct values, as)},
	{.kind = TL_OPTION_FLAG,
		.name = "dry-run",
		.help = "read everything, show the first records as they are understood, and "
			"change nothing",
		.offset = offsetof(struct values, dry_run)},
	{.kind = TL_OPTION_FLAG,
		.name = "replace",
		.help = "let records without a time of update replace those that differ",
		.offset = offsetof(struct values, replace)},
	{.kind = TL_OPTION_FLAG,
		.name = "new-key",
		.help = "make a key where it is lost; customers known so far become strangers",
		.offset = offsetof(struct values, new_key)},
	{.kind = TL_OPTION_TEXT,
		.name = "store",
		.argument = "DB",
		.help = "the store; made where there is none",
		.fallback = "touchline.db",
		.offset = offsetof(struct values, store),
		.offer = TL_OFFER_FILES},
	TL_VOICE_JOURNEY(struct values, journeys),
	{.kind = TL_OPTION_TEXT,
		.name = "lexicon",
		.argument = "FILE",
		.help = "words and their sentiment, in VADER's tab-separated layout",
		.offset = offsetof(struct values, lexicon),
		.offer = TL_OFFER_FILES},
	{.kind = TL_OPTION_FLAG,
		.letter = 'q',
		.name = "quiet",
		.help = "print no progress and no counts",
		.offset = offsetof(struct values, quiet)},
};

enum { TOLD = 3 }; /* records that a dry run shows, and rejected rows that every run shows */

struct import {
	const struct values *values;
	struct tl_arena arena;
	struct tl_diags diags;
	struct tl_store *store; /* NULL in a dry run */
	struct tl_intake intake;
	struct tl_identity_key key;
	struct tl_lexicon *lexicon;
	struct tl_progress progress;
	const char *file;
	struct tl_run_counts counts; /* of all files */
	unsigned told, told_rejected;
	struct tl_buf told_text, rejected_text;
};

static enum tl_put put(void *context, const struct tl_record *record)
{
	struct import *import = context;

	if (import->store)
		return tl_store_put(import->store, record);
	if (import->told < TOLD && !import->values->quiet) {
		import->told++;
		tl_intake_tell(&import->told_text, record);
	}
	return TL_PUT_NEW;
}

static void reject(void *context, uint64_t row, const char *column, const char *reason)
{
	struct import *import = context;

	if (++import->told_rejected > TOLD)
		return;
	tl_buf_printf(&import->rejected_text, "  row %llu", (unsigned long long)row);
	if (*column)
		tl_buf_printf(&import->rejected_text, ", '%s'", column);
	tl_buf_printf(&import->rejected_text, ": %s\n", reason);
}

static void show(void *context, uint64_t done, uint64_t total)
{
	struct import *import = context;

	if (total)
		tl_progress_show(
			&import->progress, (size_t)done, (size_t)total, import->file);
}

/* ---- before ------------------------------------------------------------------------------------ */

/* With another key, customers of the store would be taken for others, and nobody would notice. */
static bool refuse_lost_key(struct import *import)
{
	struct tl_diag *diag = tl_diag_add(&import->diags, TL0507, (struct tl_span){0},
		"%s: the key beside it, which its customers are kept under, is gone",
		import->values->store);

	tl_diag_hint(&import->diags, diag,
		"put it back from a backup; with --new-key another is made, and nobody who is known "
		"so far is known again");
	return false;
}

static bool read_key(struct import *import)
{
	const char *store = import->values->store;
	int error = tl_identity_key_read(&import->key, store, false);

	if (error == -ENOENT && !import->values->new_key && tl_store_knows_anybody(import->store))
		return refuse_lost_key(import);
	if (error == -ENOENT)
		error = tl_identity_key_read(&import->key, store, true);
	if (error)
		tl_diag_add(&import->diags, TL0507, (struct tl_span){0},
			"%s: the key beside it, which customers are kept under, cannot be read or "
			"made: %s",
			store, strerror(-error));
	return !error;
}

static bool listen(struct import *import)
{
	struct tl_progress progress;
	struct tl_app_set set;
	bool good;

	tl_voice_watch(import->store, &progress, import->values->quiet);
	good = tl_voice_listen(&import->arena, &import->diags, import->store,
		&import->values->journeys, &set);
	tl_voice_unwatch(import->store, &progress);
	return good;
}

static bool prepare(struct import *import, const char *profile)
{
	const struct values *values = import->values;
	struct tl_intake *intake = &import->intake;

	intake->profile = tl_profile_find(&import->arena, &import->diags, profile);
	import->lexicon = tl_lexicon_open(&import->diags, values->lexicon);
	if (!intake->profile || !import->lexicon)
		return false;
	intake->source = values->as ? values->as : tl_profile_id(intake->profile);
	intake->mask = tl_mask_open();
	intake->lexicon = import->lexicon;
	intake->key = &import->key;
	intake->put = put;
	intake->rejected = reject;
	intake->progress = show;
	intake->context = import;
	if (values->dry_run)
		return true;
	intake->rejects = tl_voice_rejects(&import->arena, values->store);
	return tl_store_open(&import->store, &import->diags, values->store, TL_STORE_CREATE) &&
	       read_key(import) && listen(import);
}

/* ---- files -------------------------------------------------------------------------------------- */

static void add_counts(struct tl_run_counts *sum, const struct tl_run_counts *counts)
{
	sum->read += counts->read;
	sum->added += counts->added;
	sum->updated += counts->updated;
	sum->unchanged += counts->unchanged;
	sum->rejected += counts->rejected;
	sum->bound += counts->bound;
	sum->unbound += counts->unbound;
}

/* Lines of what others wrote. */
static void put_lines(struct tl_buf *out, const struct tl_buf *lines)
{
	const char *end;

	for (const char *line = lines->len ? lines->data : ""; *line; line = end + 1) {
		char *copy;

		end = strchr(line, '\n');
		copy = strndup(line, (size_t)(end - line));
		if (!copy)
			tl_die_of_memory((size_t)(end - line));
		tl_diag_put_safely(out, copy);
		tl_buf_putc(out, '\n');
		free(copy);
	}
}

static void put_counts(
	const struct import *import, const struct tl_run_counts *counts, const char *rejects)
{
	struct tl_buf out = {0};

	tl_diag_put_safely(&out, import->file);
	if (import->values->dry_run)
		tl_buf_printf(&out, ": %llu read, %llu good, %llu to be rejected\n",
			(unsigned long long)counts->read, (unsigned long long)counts->added,
			(unsigned long long)counts->rejected);
	else
		tl_buf_printf(&out,
			": %llu read: %llu new, %llu updated, %llu unchanged, %llu rejected; "
			"%llu unbound\n",
			(unsigned long long)counts->read, (unsigned long long)counts->added,
			(unsigned long long)counts->updated, (unsigned long long)counts->unchanged,
			(unsigned long long)counts->rejected, (unsigned long long)counts->unbound);
	put_lines(&out, &import->rejected_text);
	if (import->told_rejected > TOLD)
		tl_buf_puts(&out, "  …\n");
	if (rejects) {
		tl_buf_puts(&out, "  rejected, with reasons: ");
		tl_diag_put_safely(&out, rejects);
		tl_buf_puts(&out, " (mend it there, and import it with the same profile)\n");
	}
	if (import->told_text.len)
		tl_buf_puts(&out, "The first of them are read like this:\n");
	put_lines(&out, &import->told_text);
	tl_cli_write(&out);
}

/* What could be read of a broken file is kept: importing it again, whole, adds the rest. */
static bool take_file(struct import *import, const char *path)
{
	struct tl_run run = {import->intake.source, tl_profile_id(import->intake.profile), path,
		import->values->replace};
	struct tl_run_counts counts = {0};
	const char *rejects;
	bool good;

	import->file = path;
	import->told = import->told_rejected = 0;
	tl_buf_clear(&import->told_text);
	tl_buf_clear(&import->rejected_text);
	if (import->store && !tl_store_begin(import->store, &run))
		return false;
	good = tl_intake_file(
		&import->arena, &import->diags, &import->intake, path, &counts, &rejects);
	tl_progress_clear(&import->progress);
	if (import->store && import->diags.failures) {
		tl_store_abort(import->store);
		return false;
	}
	if (import->store && !tl_store_commit(import->store, &counts))
		return false;
	if (!import->values->quiet && (good || counts.read))
		put_counts(import, &counts, rejects);
	add_counts(&import->counts, &counts);
	return good;
}

static void put_next(const struct import *import)
{
	struct tl_buf out = {0};

	if (import->values->quiet || import->values->dry_run)
		return;
	if (import->counts.unbound)
		tl_buf_puts(&out, "Next: touchline unbound --suggest\n");
	else if (import->counts.added || import->counts.updated)
		tl_buf_puts(&out, "Next: touchline build\n");
	tl_cli_write(&out);
}

static int finish(struct import *import)
{
	int status = tl_cli_report(&import->diags);

	if (status == TL_EXIT_CLEAN && import->counts.rejected)
		status = TL_EXIT_INPUT;
	tl_buf_release(&import->told_text);
	tl_buf_release(&import->rejected_text);
	tl_mask_close(import->intake.mask);
	tl_lexicon_close(import->lexicon);
	tl_store_close(import->store);
	tl_diags_release(&import->diags);
	tl_arena_release(&import->arena);
	return status;
}

static int run(const struct tl_command *command, int argc, char **argv)
{
	struct values values = {0};
	struct import import = {.values = &values};
	int status;

	if (!tl_cli_parse(&values, command, &argc, argv, &status))
		return status;
	tl_arena_init(&import.arena);
	tl_diags_init(&import.diags);
	tl_progress_init(&import.progress, values.quiet);
	if (prepare(&import, argv[0])) {
		bool good = true;

		for (int i = 1; i < argc && good; i++)
			good = take_file(&import, argv[i]);
		if (good)
			put_next(&import);
	}
	return finish(&import);
}

const struct tl_command tl_command_import = {
	.name = "import",
	.job = "Listen to customers",
	.summary = "takes in what customers said and did",
	.operands = "PROFILE FILE…",
	.operands_least = 2,
	.operands_most = SIZE_MAX,
	.offer = TL_OFFER_FILES,
	.about = "Reads exports of help desks, surveys and other systems into the store: tables,\n"
		 "JSON and event logs, plain or packed by gzip or zip. A FILE of - is standard\n"
		 "input. PROFILE is a file, or the id of a profile that says how such an export\n"
		 "is read; 'touchline profile FILE' finds out which one.\n"
		 "\n"
		 "Texts are masked on the way in: names, addresses and numbers of people are not\n"
		 "kept. Importing a file again changes nothing. Rows that cannot be read are\n"
		 "written to a file with the reason, and the exit status is 1.\n",
	.example = "touchline import zendesk tickets.json\n"
		   "touchline import --as exit-survey csv answers.csv.gz\n",
	.options = options,
	.option_count = TL_COUNT(options),
	.run = run,
};
