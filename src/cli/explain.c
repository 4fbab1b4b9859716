/* touchline explain: what a diagnostic means. */
#include "cli/cli.h"

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
};
static const struct tl_option options[] = {
	{.kind = TL_OPTION_FLAG,
		.name = "mdoc",
		.help = "print all of them as part of a manual page",
		.offset = offsetof(struct values, mdoc)},
};

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
	entry = tl_catalogue_find(argv[0]);
	if (!entry)
		return tl_cli_usage_error(command, nearest(argv[0]),
			"there is no diagnostic '%s'; without an argument all of them are listed",
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
	.summary = "says what a diagnostic means and what to write instead",
	.operands = "[CODE|NAME]",
	.operands_most = 1,
	.offer = TL_OFFER_CODES,
	.about = "Every message ends in a code such as [TL0301]. Explains the code, or the name\n"
		 "that -Wno-NAME takes: what the rule is, why there is one, and what to write\n"
		 "instead. Without an argument, lists all codes.\n",
	.example = "touchline explain TL0301\ntouchline explain unreachable\n",
	.options = options,
	.option_count = TL_COUNT(options),
	.run = run,
};
