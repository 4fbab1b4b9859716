/* touchline export: what the store has, as tables or JSON, row by row as it is read. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/insights.h"

enum { SCORES = TL_EXPORT_ACTIONS + 1 };
static const char *const what_words[] = {[TL_EXPORT_RECORDS] = "records",
	[TL_EXPORT_NOTES] = "notes", [TL_EXPORT_BINDINGS] = "bindings",
	[TL_EXPORT_VOTES] = "votes", [TL_EXPORT_ACTIONS] = "actions", [SCORES] = "scores"};
static const struct tl_vocabulary whats = {"export", what_words, TL_COUNT(what_words)};
static const char *const format_words[] = {"csv", "json"};
static const struct tl_vocabulary formats = {"format", format_words, TL_COUNT(format_words)};
enum { CSV, JSON };

struct values {
	int format;
	const char *output, *store;
	struct tl_texts_given journeys;
	struct tl_filters filters;
};
static const struct tl_option options[] = {
	{.kind = TL_OPTION_WORD,
		.letter = 'f',
		.name = "format",
		.argument = "FORMAT",
		.help = "a table, or one JSON object a line",
		.fallback = "csv",
		.offset = offsetof(struct values, format),
		.words = &formats},
	{.kind = TL_OPTION_TEXT,
		.letter = 'o',
		.name = "output",
		.argument = "FILE",
		.help = "where it goes; nobody else may read the file; - is standard output",
		.fallback = "-",
		.offset = offsetof(struct values, output),
		.offer = TL_OFFER_FILES},
	TL_FILTERS(struct values, filters),
	TL_VOICE_STORE(struct values, store),
	TL_VOICE_JOURNEY(struct values, journeys),
};

struct export {
	struct tl_voice *voice;
	int what, format;
	const struct tl_filter *filter;
	FILE *out;
	bool begun; /* the columns were named */
	struct tl_buf line;
};

/* ---- rows ---------------------------------------------------------------------------------------- */

static void put_csv(struct export *export, const struct tl_cell *cells, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i)
			tl_buf_putc(&export->line, ',');
		tl_buf_csv(&export->line, export->begun ? cells[i].text : cells[i].column);
	}
	tl_buf_puts(&export->line, "\r\n");
}

static void put_json(struct export *export, const struct tl_cell *cells, size_t count)
{
	struct tl_buf *line = &export->line;

	if (!export->begun)
		return;
	for (size_t i = 0; i < count; i++) {
		tl_buf_printf(line, "%c\"%s\":", i ? ',' : '{', cells[i].column);
		if (cells[i].kind == TL_CELL_NUMBER || cells[i].kind == TL_CELL_JSON)
			tl_buf_puts(line, cells[i].text);
		else
			tl_buf_json(line, cells[i].text);
	}
	tl_buf_puts(line, "}\n");
}

static bool put_row(void *context, const struct tl_cell *cells, size_t count)
{
	struct export *export = context;

	tl_buf_clear(&export->line);
	(export->format == JSON ? put_json : put_csv)(export, cells, count);
	export->begun = true;
	if (export->line.len)
		fwrite(export->line.data, 1, export->line.len, export->out);
	return !ferror(export->out);
}

/* The table of hotspots. */
static bool put_scores(struct export *export)
{
	struct tl_report_options how = {
		.format = export->format == JSON ? TL_TABLE_JSON : TL_TABLE_CSV};
	struct tl_voice *voice = export->voice;
	struct tl_chosen chosen = {voice->set.list, voice->set.count};
	struct tl_insight **insights = tl_voice_insights(voice, &chosen, export->filter, false);

	if (!insights)
		return false;
	tl_report_hotspots(&export->line, insights, chosen.count, &how);
	fwrite(export->line.data, 1, export->line.len, export->out);
	return true;
}

static bool put_all(struct export *export)
{
	bool good = export->what == SCORES ?
			    put_scores(export) :
			    tl_store_export(export->voice->store, (enum tl_export)export->what,
				    export->format == CSV, export->filter, put_row, export);

	tl_buf_release(&export->line);
	return good;
}

/* ---- where it goes ------------------------------------------------------------------------------- */

/* Written beside and put in place whole. */
static int write_file(struct export *export, const char *path)
{
	const char *beside =
		tl_arena_printf(&export->voice->arena, "%s.%ld.tmp", path, (long)getpid());
	int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool read, good;

	export->out = fd < 0 ? NULL : fdopen(fd, "w");
	if (!export->out)
		return tl_cli_system_error("cannot write '%s': %s", path, strerror(errno));
	read = put_all(export);
	good = fflush(export->out) == 0 && !ferror(export->out) && fsync(fd) == 0;
	good = fclose(export->out) == 0 && good;
	if (read && good && rename(beside, path) == 0)
		return TL_EXIT_CLEAN;
	if (read)
		tl_cli_system_error("cannot write '%s': %s", path, strerror(errno));
	unlink(beside);
	return TL_EXIT_SYSTEM;
}

static int write_out(struct export *export, const char *path)
{
	if (strcmp(path, "-") != 0)
		return write_file(export, path);
	export->out = stdout;
	return put_all(export) ? TL_EXIT_CLEAN : TL_EXIT_SYSTEM;
}

/* ---- the command --------------------------------------------------------------------------------- */

static bool has_filters(const struct tl_filters *filters)
{
	return filters->since || filters->until || filters->channels.count ||
	       filters->segments.count || filters->personas.count || filters->sources.count;
}

static bool check_usage(const struct tl_command *command, const struct values *values,
	const char *name, int *what, int *status)
{
	*what = tl_vocabulary_find(&whats, name);
	if (*what < 0)
		*status = tl_cli_usage_error(command,
			tl_text_nearest(name, what_words, TL_COUNT(what_words)),
			"there are no '%s' to export: records, notes, bindings, votes, actions or "
			"scores",
			name);
	else if (*what != TL_EXPORT_RECORDS && *what != TL_EXPORT_BINDINGS && *what != SCORES &&
		 has_filters(&values->filters))
		*status = tl_cli_usage_error(command, NULL,
			"--since, --source and their like are for records, bindings and scores, not "
			"for %s",
			name);
	else
		return true;
	return false;
}

static int run(const struct tl_command *command, int argc, char **argv)
{
	struct values values = {0};
	struct tl_voice voice;
	struct tl_filter filter;
	struct export export = {.voice = &voice, .filter = &filter};
	int status;

	if (!tl_cli_parse(&values, command, &argc, argv, &status) ||
		!check_usage(command, &values, argv[0], &export.what, &status))
		return status;
	export.format = values.format;
	status = TL_EXIT_SYSTEM;
	if (tl_voice_open(&voice, values.store, &values.journeys) &&
		tl_voice_filter(&voice, command, &values.filters, NULL, &filter, &status))
		status = write_out(&export, values.output);
	return tl_voice_close(&voice, status);
}

const struct tl_command tl_command_export = {
	.name = "export",
	.job = "Listen to customers",
	.summary = "gives out what the store has, as a table or JSON",
	.operands = "records|notes|bindings|votes|actions|scores",
	.operands_least = 1,
	.operands_most = 1,
	.offer = TL_OFFER_WORDS,
	.words = &whats,
	.about = "Prints all records, notes of workshops, bindings that count, votes, actions, or\n"
		 "the scores of touchpoints, for other programs to read. Texts are masked and\n"
		 "customers are pseudonyms, as in the store; times are in UTC.\n"
		 "\n"
		 "What a spreadsheet would take for a formula has an apostrophe before it. A table\n"
		 "of records or notes can be imported again, with the profile csv.\n",
	.example = "touchline export records -o records.csv\n"
		   "touchline export bindings --format json --since 2025-03\n",
	.options = options,
	.option_count = TL_COUNT(options),
	.run = run,
};
