/* touchline poster: journeys on paper, to be worked on with notes and dots. */
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "cli/insights.h"

struct values {
	const char *output, *store;
	int size, tiles, theme;
	bool upright;
	struct tl_texts_given journeys;
	struct tl_filters filters;
};
static const struct tl_option options[] = {
	{.kind = TL_OPTION_TEXT,
		.letter = 'o',
		.name = "output",
		.argument = "DIR",
		.help = "folder that the posters go to; - writes the only one to standard output",
		.fallback = "output/maps",
		.offset = offsetof(struct values, output),
		.offer = TL_OFFER_FOLDERS},
	{.kind = TL_OPTION_WORD,
		.name = "size",
		.argument = "PAPER",
		.help = "size of the poster",
		.fallback = "a1",
		.offset = offsetof(struct values, size),
		.words = &tl_poster_sizes},
	{.kind = TL_OPTION_WORD,
		.name = "tiles",
		.argument = "PAPER",
		.help = "print it on sheets of this paper, to be cut and glued together",
		.offset = offsetof(struct values, tiles),
		.words = &tl_poster_tiles},
	{.kind = TL_OPTION_FLAG,
		.name = "upright",
		.help = "hang it upright, not across",
		.offset = offsetof(struct values, upright)},
	{.kind = TL_OPTION_WORD,
		.name = "theme",
		.argument = "NAME",
		.help = "colours; print saves ink",
		.fallback = "print",
		.offset = offsetof(struct values, theme),
		.words = &tl_themes},
	TL_VOICE_STORE_IF_ANY(struct values, store),
	TL_VOICE_JOURNEY(struct values, journeys),
	TL_FILTERS(struct values, filters),
};

/* ---- what is drawn ------------------------------------------------------------------------------- */

/* Operands that are files and folders say by themselves where the journeys are. */
static void find_journeys(struct values *values, int *argc, char **argv)
{
	struct stat status;

	for (int i = 0; i < *argc; i++)
		if (stat(argv[i], &status) < 0 || i == TL_MOST_TEXTS)
			return;
	if (!*argc || !values->journeys.fallback)
		return;
	values->journeys = (struct tl_texts_given){.count = (size_t)*argc};
	for (int i = 0; i < *argc; i++)
		values->journeys.list[i] = argv[i];
	*argc = 0;
}

/* Those without errors; what is wrong with the others was reported. */
static void leave_out_unsound(const struct tl_voice *voice, struct tl_chosen *chosen)
{
	size_t kept = 0;

	for (size_t i = 0; i < chosen->count; i++)
		for (size_t s = 0; s < voice->set.count; s++)
			if (voice->set.list[s] == chosen->list[i] && voice->set.sound[s])
				chosen->list[kept++] = chosen->list[i];
	chosen->count = kept;
}

/* NULL where there is no store; false where one cannot be read, or the command line is wrong. */
static bool hear(struct tl_voice *voice, const struct tl_command *command,
	const struct values *values, const struct tl_chosen *chosen,
	struct tl_insight ***insights, int *status)
{
	struct tl_filter filter;

	*insights = NULL;
	voice->store_path = tl_voice_store_if_any(values->store);
	if (!voice->store_path && tl_filters_any(&values->filters)) {
		*status = tl_voice_no_store(command);
		return false;
	}
	if (!voice->store_path)
		return true;
	if (!tl_store_open(&voice->store, &voice->diags, voice->store_path, TL_STORE_WRITE) ||
		!tl_app_listen_also(&voice->arena, voice->store, &voice->set) ||
		!tl_voice_filter(voice, command, &values->filters, NULL, &filter, status))
		return false;
	*insights = tl_voice_insights(voice, chosen, &filter, true);
	return *insights != NULL;
}

/* ---- files --------------------------------------------------------------------------------------- */

/* A run that is interrupted ends when the file is whole. */
static int replace(const char *path, const struct tl_buf *bytes)
{
	sigset_t ends;
	int error;

	sigemptyset(&ends);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGHUP);
	sigprocmask(SIG_BLOCK, &ends, NULL);
	error = tl_file_replace(path, bytes->data, bytes->len);
	sigprocmask(SIG_UNBLOCK, &ends, NULL);
	return error;
}

static void put_facts(const char *path, const struct values *values,
	const struct tl_poster_facts *facts)
{
	const double mm = 25.4 / 72;
	struct tl_buf out = {0};

	tl_diag_put_safely(&out, path);
	if (facts->posters > 1)
		tl_buf_printf(&out, ": %zu posters %s", facts->posters,
			tl_poster_sizes.words[values->size]);
	else
		tl_buf_printf(&out, ": a poster %s", tl_poster_sizes.words[values->size]);
	if (facts->tiles)
		tl_buf_printf(&out, " on %zu sheets %s", facts->tiles,
			tl_poster_tiles.words[values->tiles]);
	tl_buf_printf(&out, ", with %zu field%s of %.0f × %.0f mm for notes at each touchpoint\n",
		facts->fields, facts->fields == 1 ? "" : "s", round(facts->field_w * mm),
		round(facts->field_h * mm));
	if (values->size > 0 && (facts->fields < 2 || facts->posters > 1))
		tl_buf_printf(&out, "  --size %s has more room\n",
			tl_poster_sizes.words[values->size - 1]);
	tl_cli_write(&out);
}

static bool draw(struct tl_voice *voice, const struct values *values,
	const struct tl_journey *journey, const struct tl_insight *insight)
{
	struct tl_poster_options how = {.theme = (enum tl_theme)values->theme,
		.size = (enum tl_paper)values->size,
		.sheet = values->tiles < 0 ? (enum tl_paper)values->size
					   : tl_poster_tile(values->tiles),
		.upright = values->upright};
	int64_t own = journey->updated == TL_NO_DATE ? 0 : (int64_t)journey->updated * 86400;
	struct tl_draw_options with = {
		.timestamp = getenv("SOURCE_DATE_EPOCH") ? tl_clock_now() : own};
	const char *path = tl_arena_printf(
		&voice->arena, "%s/%s.poster.pdf", values->output, journey->id);
	bool standard = strcmp(values->output, "-") == 0;
	struct tl_poster_facts facts;
	struct tl_buf bytes = {0};
	size_t count;
	const struct tl_sheet *sheets =
		tl_map_poster(&count, &voice->arena, journey, insight, &how, &facts);
	bool fine = tl_draw_sheets(&bytes, &voice->diags, sheets, count, &with);
	int error = 0;

	if (fine && standard)
		fwrite(bytes.data, 1, bytes.len, stdout);
	else if (fine)
		error = replace(path, &bytes);
	if (error)
		tl_diag_add(&voice->diags, TL0701, (struct tl_span){0}, "cannot write '%s': %s",
			path, strerror(-error));
	else if (fine && !standard)
		put_facts(path, values, &facts);
	tl_buf_release(&bytes);
	return fine && !error;
}

/* ---- the command --------------------------------------------------------------------------------- */

static int draw_all(struct tl_voice *voice, const struct tl_command *command,
	const struct values *values, char **names, int count)
{
	bool standard = strcmp(values->output, "-") == 0;
	struct tl_insight **insights;
	struct tl_chosen chosen;
	int status = TL_EXIT_SYSTEM, error;

	tl_voice_read(&voice->arena, &voice->diags, &values->journeys, &voice->set);
	if (!voice->set.count && voice->diags.errors)
		return TL_EXIT_INPUT;
	if (!tl_voice_choose(voice, command, names, (size_t)count, &chosen, &status))
		return status;
	if (standard && chosen.count > 1)
		return tl_cli_usage_error(command, NULL,
			"-o - takes one journey, and this would be %zu posters", chosen.count);
	leave_out_unsound(voice, &chosen);
	if (!hear(voice, command, values, &chosen, &insights, &status))
		return status;
	error = standard || !chosen.count ? 0 : tl_file_mkdirs(values->output);
	if (error)
		return tl_cli_system_error(
			"cannot make the folder '%s': %s", values->output, strerror(-error));
	status = TL_EXIT_CLEAN;
	for (size_t i = 0; i < chosen.count; i++)
		if (!draw(voice, values, chosen.list[i], insights ? insights[i] : NULL))
			status = TL_EXIT_SYSTEM;
	return status;
}

static int run(const struct tl_command *command, int argc, char **argv)
{
	struct values values = {0};
	struct tl_voice voice;
	int status;

	if (!tl_cli_parse(&values, command, &argc, argv, &status))
		return status;
	if (values.tiles >= 0 && (int)tl_poster_tile(values.tiles) <= values.size)
		return tl_cli_usage_error(command, NULL,
			"--tiles %s are no smaller than the poster, which is %s",
			tl_poster_tiles.words[values.tiles], tl_poster_sizes.words[values.size]);
	find_journeys(&values, &argc, argv);
	tl_voice_begin(&voice, values.store, &values.journeys);
	status = draw_all(&voice, command, &values, argv, argc);
	return tl_voice_close(&voice, status);
}

const struct tl_command tl_command_poster = {
	.name = "poster",
	.job = "Run a workshop",
	.summary = "draws journeys for the wall, with fields for notes and dots",
	.operands = "[JOURNEY]…",
	.operands_most = SIZE_MAX,
	.offer = TL_OFFER_JOURNEYS,
	.about = "Writes ID.poster.pdf for every journey that is named, by file or id, or for all\n"
		 "there are: cards in bands, each with a short code such as B3 that is read from\n"
		 "afar; below each card a scale for moods, fields for sticky notes of 76 × 76 mm\n"
		 "(51 × 38 mm where the paper has no room), and a box for each department's dots.\n"
		 "The last page is the table of codes. Where there is a store, the poster shows\n"
		 "what was measured, as build does.\n"
		 "\n"
		 "With --tiles it comes on sheets that any printer takes, with marks to cut along\n"
		 "and an edge of 10 mm for glue. Print them at 100 %, not to fit the page.\n"
		 "\n"
		 "What people wrote goes back in by the codes: see touchline note --batch.\n",
	.example = "touchline poster broadband-order --size a0\n"
		   "touchline poster --tiles a4\n"
		   "touchline note --batch workshop.csv\n",
	.options = options,
	.option_count = TL_COUNT(options),
	.run = run,
};
