/* touchline report: a short briefing for a meeting. */
#include "cli/insights.h"

#include <stdio.h>

enum { DAYS_COMPARED = 91 };

struct values {
	const char *store, *period, *against;
	struct tl_texts_given journeys;
	unsigned worst;
	int format;
};
static const char *const format_words[] = {"text", "md"};
static const struct tl_vocabulary formats = {"format", format_words, TL_COUNT(format_words)};
static const struct tl_option options[] = {
	{.kind = TL_OPTION_WORD,
		.letter = 'f',
		.name = "format",
		.argument = "FORMAT",
		.help = "how to print it",
		.fallback = "text",
		.offset = offsetof(struct values, format),
		.words = &formats},
	{.kind = TL_OPTION_NUMBER,
		.letter = 'n',
		.name = "worst",
		.argument = "N",
		.help = "how many of the worst touchpoints",
		.fallback = "5",
		.offset = offsetof(struct values, worst),
		.least = 1,
		.most = 1000},
	{.kind = TL_OPTION_TEXT,
		.name = "period",
		.argument = "A..B",
		.help = "what became better or worse in these days (the last 13 weeks that have "
			"records where this is not given)",
		.offset = offsetof(struct values, period)},
	{.kind = TL_OPTION_TEXT,
		.name = "against",
		.argument = "C..D",
		.help = "than in these (as many days just before it where this is not given)",
		.offset = offsetof(struct values, against)},
	TL_VOICE_STORE(struct values, store),
	TL_VOICE_JOURNEY(struct values, journeys),
};

/* Up to the newest record, not up to today: the store may be fed once a month. */
static void choose_periods(struct tl_briefing *briefing)
{
	int64_t newest = TL_NO_TIME, length = (int64_t)DAYS_COMPARED * 86400;

	for (size_t i = 0; i < briefing->count; i++)
		if (briefing->insights[i]->newest > newest)
			newest = briefing->insights[i]->newest;
	if (newest == TL_NO_TIME)
		return;
	briefing->after.until = (newest / 86400 + 1) * 86400;
	briefing->after.since = briefing->before.until = briefing->after.until - length;
	briefing->before.since = briefing->before.until - length;
}

static int print(struct tl_voice *voice, const struct values *values,
	const struct tl_chosen *chosen, struct tl_briefing *briefing)
{
	struct tl_report_options how = {
		.format = values->format ? TL_TABLE_MD : TL_TABLE_TEXT};
	struct tl_term *terms;
	struct tl_buf out = {0};

	briefing->worst = values->worst;
	briefing->count = chosen->count;
	briefing->insights = tl_voice_insights(voice, chosen, &tl_filter_none, true);
	if (!briefing->insights ||
		!tl_store_terms(voice->store, &voice->arena, &tl_filter_none, 3, &terms,
			&briefing->term_count))
		return TL_EXIT_SYSTEM;
	briefing->terms = terms;
	if (!values->period)
		choose_periods(briefing);
	if (briefing->after.until) {
		briefing->compared = tl_voice_compare(
			voice, chosen, &tl_filter_none, briefing->before, briefing->after);
		if (!briefing->compared)
			return TL_EXIT_SYSTEM;
	}
	tl_report_briefing(&out, briefing, &how);
	tl_cli_write(&out);
	return TL_EXIT_CLEAN;
}

static int run(const struct tl_command *command, int argc, char **argv)
{
	struct values values = {0};
	struct tl_briefing briefing = {0};
	struct tl_chosen chosen;
	struct tl_voice voice;
	int status;

	if (!tl_cli_parse(&values, command, &argc, argv, &status) ||
		!tl_voice_periods(command, values.period, values.against, &briefing.before,
			&briefing.after, &status))
		return status;
	status = TL_EXIT_SYSTEM;
	if (tl_voice_open(&voice, values.store, &values.journeys) &&
		tl_voice_choose(&voice, command, argv, (size_t)argc, &chosen, &status))
		status = print(&voice, &values, &chosen, &briefing);
	return tl_voice_close(&voice, status);
}

const struct tl_command tl_command_report = {
	.name = "report",
	.job = "Listen to customers",
	.summary = "writes a short briefing for a meeting",
	.operands = "[JOURNEY]…",
	.operands_most = SIZE_MAX,
	.offer = TL_OFFER_JOURNEYS,
	.about = "Prints what is worst, what got better or worse, which pain points were fixed and\n"
		 "whether that helped, which have no owner, are overdue or have no remedy that fits\n"
		 "their cause, where departments disagree, and what customers talk about that the\n"
		 "maps do not know.\n",
	.example = "touchline report\n"
		   "touchline report broadband-order --format md >briefing.md\n",
	.options = options,
	.option_count = TL_COUNT(options),
	.run = run,
};
