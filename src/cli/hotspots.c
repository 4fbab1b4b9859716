/* touchline hotspots: where it hurts, ranked. */
#include "cli/voice.h"
#include "touchline/report.h"

#include <stdio.h>
#include <string.h>

struct values {
	const char *store;
	struct tl_texts_given journeys;
	int format, fail_on;
};
static const char *const limit_words[] = {"hotspot", "watch"};
static const struct tl_vocabulary limits = {"verdict", limit_words, TL_COUNT(limit_words)};
static const struct tl_option options[] = {
	{.kind = TL_OPTION_WORD,
		.letter = 'f',
		.name = "format",
		.argument = "FORMAT",
		.help = "how to print it",
		.fallback = "text",
		.offset = offsetof(struct values, format),
		.words = &tl_table_formats},
	{.kind = TL_OPTION_WORD,
		.name = "fail-on",
		.argument = "VERDICT",
		.help = "exit 1 where a touchpoint is that bad or worse",
		.offset = offsetof(struct values, fail_on),
		.words = &limits},
	TL_VOICE_STORE(struct values, store),
	TL_VOICE_JOURNEY(struct values, journeys),
};

/* Those that are named, or all. NULL after saying which there is not. */
static const struct tl_journey **chosen(struct tl_voice *voice, const struct tl_command *command,
	char **names, size_t *count, int *status)
{
	const struct tl_journey **list = tl_arena_array(
		&voice->arena, const struct tl_journey *, voice->set.count + *count);
	const char **ids = tl_arena_array(&voice->arena, const char *, voice->set.count);
	size_t n = 0;

	for (size_t i = 0; i < voice->set.count; i++)
		ids[i] = voice->set.list[i]->id;
	for (size_t i = 0; !*count && i < voice->set.count; i++)
		list[n++] = voice->set.list[i];
	for (size_t k = 0; k < *count; k++) {
		size_t i = 0;

		while (i < voice->set.count && strcmp(ids[i], names[k]) != 0)
			i++;
		if (i == voice->set.count) {
			*status = tl_cli_usage_error(command,
				tl_text_nearest(names[k], ids, voice->set.count),
				"there is no journey '%s' in '%s'; --journey says where they are",
				names[k], voice->journeys);
			return NULL;
		}
		list[n++] = voice->set.list[i];
	}
	*count = n;
	return list;
}

static int print(struct tl_voice *voice, const struct values *values,
	const struct tl_journey **journeys, size_t count)
{
	struct tl_insight_options wanted = {.filter = tl_filter_none, .now = tl_clock_now()};
	struct tl_insight **insights = tl_arena_array(&voice->arena, struct tl_insight *, count);
	struct tl_report_options how = {.format = (enum tl_table_format)values->format,
		.colour = tl_cli_colour(stdout)};
	struct tl_buf out = {0};
	size_t bad = 0;

	for (size_t i = 0; i < count; i++) {
		insights[i] = tl_insight_read(
			&voice->arena, &voice->diags, voice->store, journeys[i], &wanted);
		if (!insights[i])
			return TL_EXIT_SYSTEM;
		bad += insights[i]->score->verdicts[TL_HOTSPOT];
		if (values->fail_on == 1)
			bad += insights[i]->score->verdicts[TL_WATCH];
	}
	tl_report_hotspots(&out, insights, count, &how);
	tl_cli_write(&out);
	return values->fail_on >= 0 && bad ? TL_EXIT_INPUT : TL_EXIT_CLEAN;
}

static int run(const struct tl_command *command, int argc, char **argv)
{
	struct values values = {0};
	const struct tl_journey **journeys;
	struct tl_voice voice;
	size_t count;
	int status;

	if (!tl_cli_parse(&values, command, &argc, argv, &status))
		return status;
	count = (size_t)argc;
	status = TL_EXIT_SYSTEM;
	if (tl_voice_open(&voice, values.store, &values.journeys) &&
		(journeys = chosen(&voice, command, argv, &count, &status)) != NULL)
		status = print(&voice, &values, journeys, count);
	return tl_voice_close(&voice, status);
}

const struct tl_command tl_command_hotspots = {
	.name = "hotspots",
	.job = "Listen to customers",
	.summary = "ranks touchpoints by the friction that customers meet",
	.operands = "[JOURNEY]…",
	.operands_most = SIZE_MAX,
	.about = "Prints the touchpoints of each journey, worst first: a verdict, friction from 0\n"
		 "to 100 with its 95 % interval, the impact that ranks it, and what shows it most.\n"
		 "Where fewer than five customers were heard the verdict is no evidence, never ok.\n",
	.example = "touchline hotspots\n"
		   "touchline hotspots broadband-order --format json --fail-on hotspot\n",
	.options = options,
	.option_count = TL_COUNT(options),
	.run = run,
};
