/* touchline hotspots: where it hurts, ranked; or what changed between two periods. */
#include "cli/insights.h"

#include <stdio.h>

struct values {
	const char *store, *period, *against;
	struct tl_texts_given journeys;
	struct tl_filters filters;
	unsigned limit;
	int format, fail_on;
};
enum { FAIL_ON_HOTSPOT, FAIL_ON_WATCH };
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
	{.kind = TL_OPTION_NUMBER,
		.letter = 'n',
		.name = "limit",
		.argument = "N",
		.help = "only the first N touchpoints of each journey (JSON has all)",
		.offset = offsetof(struct values, limit),
		.least = 1,
		.most = 100000},
	{.kind = TL_OPTION_WORD,
		.name = "fail-on",
		.argument = "VERDICT",
		.help = "exit 1 where a touchpoint is that bad or worse",
		.offset = offsetof(struct values, fail_on),
		.words = &limits},
	{.kind = TL_OPTION_TEXT,
		.name = "period",
		.argument = "A..B",
		.help = "what became better or worse in these days, months or years",
		.offset = offsetof(struct values, period)},
	{.kind = TL_OPTION_TEXT,
		.name = "against",
		.argument = "C..D",
		.help = "than in these (as many days just before it where this is not given)",
		.offset = offsetof(struct values, against)},
	TL_FILTERS(struct values, filters),
	TL_VOICE_STORE(struct values, store),
	TL_VOICE_JOURNEY(struct values, journeys),
};

/* The periods take the place of --since and --until. */
static bool check_usage(const struct tl_command *command, const struct values *values,
	struct tl_span_of_days *before, struct tl_span_of_days *after, int *status)
{
	if (values->period && (values->filters.since || values->filters.until))
		*status = tl_cli_usage_error(
			command, NULL, "--period takes the place of --since and --until");
	else if (values->period && values->fail_on >= 0)
		*status = tl_cli_usage_error(command, NULL,
			"--fail-on looks at one period: use --since and --until with it");
	else
		return tl_voice_periods(command, values->period, values->against, before, after,
			status);
	return false;
}

static bool is_bad(const struct tl_insight *insight, int fail_on)
{
	const size_t *verdicts = insight->score->verdicts;

	return verdicts[TL_HOTSPOT] || (fail_on == FAIL_ON_WATCH && verdicts[TL_WATCH]);
}

static int rank(struct tl_voice *voice, const struct values *values, const struct tl_chosen *chosen,
	const struct tl_filter *filter)
{
	struct tl_insight **insights = tl_voice_insights(voice, chosen, filter, false);
	struct tl_report_options how = {
		.format = (enum tl_table_format)values->format,
		.colour = tl_cli_colour(stdout),
		.again = tl_voice_again(voice, &values->journeys),
		.most = values->limit};
	int status = TL_EXIT_CLEAN;
	struct tl_buf out = {0};

	if (!insights)
		return TL_EXIT_SYSTEM;
	for (size_t i = 0; values->fail_on >= 0 && i < chosen->count; i++)
		if (is_bad(insights[i], values->fail_on))
			status = TL_EXIT_INPUT;
	tl_report_hotspots(&out, insights, chosen->count, &how);
	tl_cli_write(&out);
	return status;
}

static int compare(struct tl_voice *voice, const struct values *values,
	const struct tl_chosen *chosen, const struct tl_filter *filter,
	struct tl_span_of_days before, struct tl_span_of_days after)
{
	struct tl_compared *compared = tl_voice_compare(voice, chosen, filter, before, after);
	struct tl_report_options how = {.format = (enum tl_table_format)values->format,
		.colour = tl_cli_colour(stdout)};
	struct tl_buf out = {0};

	if (!compared)
		return TL_EXIT_SYSTEM;
	tl_report_comparison(&out, compared, chosen->count, before, after, &how);
	tl_cli_write(&out);
	return TL_EXIT_CLEAN;
}

static int run(const struct tl_command *command, int argc, char **argv)
{
	struct values values = {0};
	struct tl_span_of_days before = {0}, after = {0};
	struct tl_chosen chosen;
	struct tl_filter filter;
	struct tl_voice voice;
	int status;

	if (!tl_cli_parse(&values, command, &argc, argv, &status) ||
		!check_usage(command, &values, &before, &after, &status))
		return status;
	status = TL_EXIT_SYSTEM;
	if (tl_voice_open(&voice, values.store, &values.journeys) &&
		tl_voice_choose(&voice, command, argv, (size_t)argc, &chosen, &status) &&
		tl_voice_filter(&voice, command, &values.filters, NULL, &filter, &status))
		status = values.period ?
				 compare(&voice, &values, &chosen, &filter, before, after) :
				 rank(&voice, &values, &chosen, &filter);
	return tl_voice_close(&voice, status);
}

const struct tl_command tl_command_hotspots = {
	.name = "hotspots",
	.job = "Listen to customers",
	.summary = "ranks touchpoints by the friction that customers meet",
	.operands = "[JOURNEY]…",
	.operands_most = SIZE_MAX,
	.offer = TL_OFFER_JOURNEYS,
	.about = "Prints the touchpoints of each journey, worst first: a verdict, friction from 0\n"
		 "to 100 with its 95 % interval, the impact that ranks it, and what shows it most.\n"
		 "Where fewer than five customers were heard the verdict is no evidence, never ok.\n"
		 "\n"
		 "With --period, prints what became better or worse than in another period, and\n"
		 "where there is no evidence of change.\n",
	.example = "touchline hotspots\n"
		   "touchline hotspots broadband-order --format json --fail-on hotspot\n"
		   "touchline hotspots --period 2026-07..2026-09 --against 2026-04..2026-06\n",
	.options = options,
	.option_count = TL_COUNT(options),
	.run = run,
};
