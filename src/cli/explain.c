/* touchline explain: what a diagnostic means, or how a touchpoint's score came about. */
#include "cli/insights.h"

#include <string.h>

static const char *nearest(const char *word)
{
	const char *words[2 * TL_CODE_COUNT];

	for (size_t i = 0; i < TL_CODE_COUNT; i++) {
		words[2 * i] = tl_catalogue[i].name;
		words[2 * i + 1] = tl_catalogue[i].code;
	}
	return tl_text_nearest(word, words, TL_COUNT(words));
}

static const char *severity(const struct tl_catalogue_entry *entry)
{
	return entry->severity == TL_ERROR ? "error" : "warning";
}

static void list_all(void)
{
	for (size_t i = 0; i < TL_CODE_COUNT; i++)
		printf("%s  %-7s  %-24s %s\n", tl_catalogue[i].code, severity(&tl_catalogue[i]),
			tl_catalogue[i].name, tl_catalogue[i].summary);
}

struct values {
	bool mdoc;
	const char *store;
	struct tl_texts_given journeys;
	struct tl_filters filters;
};
static const struct tl_option options[] = {
	{.kind = TL_OPTION_FLAG,
		.name = "mdoc",
		.help = "print all of them as part of a manual page",
		.offset = offsetof(struct values, mdoc)},
	TL_FILTERS(struct values, filters),
	TL_VOICE_STORE(struct values, store),
	TL_VOICE_JOURNEY(struct values, journeys),
};

static int explain_place(
	const struct tl_command *command, const struct values *values, const char *name)
{
	struct tl_voice_place place;
	struct tl_filter filter;
	struct tl_voice voice;
	int status = TL_EXIT_SYSTEM;

	if (tl_voice_open(&voice, values->store, &values->journeys) &&
		tl_voice_find_place(&voice, command, name, &place, &status) &&
		tl_voice_filter(&voice, command, &values->filters, place.journey, &filter, &status)) {
		struct tl_chosen chosen = {&place.journey, 1};
		struct tl_insight **insights = tl_voice_insights(&voice, &chosen, &filter, true);
		struct tl_report_options how = {.again = tl_voice_again(&voice, &values->journeys)};
		struct tl_buf out = {0};

		status = insights ? TL_EXIT_CLEAN : TL_EXIT_SYSTEM;
		if (insights)
			tl_report_explain(&out, insights[0], place.touchpoint, &how);
		tl_cli_write(&out);
	}
	return tl_voice_close(&voice, status);
}

static int run(const struct tl_command *command, int argc, char **argv)
{
	const struct tl_catalogue_entry *entry;
	struct values values = {0};
	struct tl_buf out = {0};
	int status;

	if (!tl_cli_parse(&values, command, &argc, argv, &status))
		return status;
	if (values.mdoc) {
		tl_cli_put_mdoc_catalogue(&out);
		tl_cli_write(&out);
		return TL_EXIT_CLEAN;
	}
	if (!argc) {
		list_all();
		return TL_EXIT_CLEAN;
	}
	if (strchr(argv[0], '#'))
		return explain_place(command, &values, argv[0]);
	entry = tl_catalogue_find(argv[0]);
	if (!entry)
		return tl_cli_usage_error(command, nearest(argv[0]),
			"there is no diagnostic '%s'; without an argument all of them are listed, and a "
			"touchpoint is JOURNEY#TOUCHPOINT",
			argv[0]);
	printf("%s, %s: %s (%s)\n\n%s", entry->code, entry->name, entry->summary, severity(entry),
		entry->explanation);
	if (entry->severity == TL_WARNING)
		printf("\nTo leave this warning out: -Wno-%s\n", entry->name);
	return TL_EXIT_CLEAN;
}

const struct tl_command tl_command_explain = {
	.name = "explain",
	.job = "Look things up",
	.summary = "explains a diagnostic, or the score of a touchpoint",
	.operands = "[CODE|NAME|JOURNEY#TOUCHPOINT]",
	.operands_most = 1,
	.offer = TL_OFFER_CODES,
	.about = "Every message ends in a code such as [TL0301]. Explains the code, or the name\n"
		 "that -Wno-NAME takes: what the rule is, why there is one, and what to write\n"
		 "instead. Without an argument, lists all codes.\n"
		 "\n"
		 "For a touchpoint it says what was counted there, how that becomes friction and a\n"
		 "verdict, and what would change the verdict.\n",
	.example = "touchline explain TL0301\ntouchline explain unreachable\n"
		   "touchline explain broadband-order#checkout\n",
	.options = options,
	.option_count = TL_COUNT(options),
	.run = run,
};
