/* touchline check: everything that is wrong with journeys, in one run. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/hits.h"

enum { TEXT, JSON };
struct values {
	int format;
	const char *store; /* NULL: the rules are not counted */
	bool quiet;
	struct tl_warnings warnings;
};
static const char *const format_words[] = {[TEXT] = "text", [JSON] = "json"};
static const struct tl_vocabulary formats = {"format", format_words, TL_COUNT(format_words)};
static const struct tl_option options[] = {
	{.kind = TL_OPTION_WORD,
		.name = "format",
		.argument = "FORMAT",
		.help = "messages for people, or for editors and CI",
		.fallback = "text",
		.words = &formats,
		.offset = offsetof(struct values, format)},
	{.kind = TL_OPTION_FLAG,
		.letter = 'q',
		.name = "quiet",
		.help = "say nothing of journeys that are in order",
		.offset = offsetof(struct values, quiet)},
	{.kind = TL_OPTION_TEXT,
		.name = "store",
		.argument = "DB",
		.help = "count what each <listen> hits in the store (DB: touchline.db, if it is not "
			"said)",
		.implied = "touchline.db",
		.offset = offsetof(struct values, store),
		.offer = TL_OFFER_FILES},
	TL_WARNING_OPTIONS(struct values, warnings),
};

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

static void put_sound(const struct tl_app_set *set)
{
	struct tl_buf out = {0};

	for (size_t i = 0; i < set->count; i++) {
		const struct tl_journey *journey = set->list[i];

		if (!set->sound[i])
			continue;
		tl_diag_put_safely(&out, journey->sources[0]->name);
		tl_buf_printf(&out, ": ok, %zu stage%s, %zu touchpoint%s, %zu persona%s\n",
			journey->stage_count, plural(journey->stage_count),
			journey->touchpoint_count, plural(journey->touchpoint_count),
			journey->persona_count, plural(journey->persona_count));
	}
	tl_cli_write(&out);
}

static void put_hits(const struct tl_hits *hits)
{
	struct tl_buf out = {0};

	tl_hits_put(&out, hits);
	tl_cli_write(&out);
}

/* What was counted becomes one more member of the object. */
static void put_json(struct tl_diags *diags, const struct tl_hits *hits)
{
	struct tl_buf out = {0};

	tl_diags_json(diags, &out);
	if (hits) {
		out.len -= strlen("}\n");
		tl_buf_puts(&out, ",\"rules\":");
		tl_hits_json(&out, hits);
		tl_buf_puts(&out, "}\n");
	}
	tl_cli_write(&out);
}

static int check(const struct values *values, char *const *arguments, size_t count)
{
	struct tl_arena arena;
	struct tl_diags diags;
	struct tl_app_paths paths;
	struct tl_app_set set;
	struct tl_hits hits = {0};
	int status;

	tl_arena_init(&arena);
	tl_diags_init(&diags);
	tl_cli_apply_warnings(&diags, &values->warnings);
	paths = tl_app_find(&arena, &diags, arguments, count);
	set = tl_app_read(&arena, &diags, &paths);
	if (values->store)
		tl_hits_count(&hits, &arena, &diags, values->store, &set);
	if (values->format == JSON) {
		put_json(&diags, values->store ? &hits : NULL);
		status = tl_cli_status(&diags);
	} else {
		if (!values->quiet)
			put_sound(&set);
		put_hits(&hits);
		status = tl_cli_report(&diags);
	}
	tl_diags_release(&diags);
	tl_arena_release(&arena);
	return status;
}

/* --store takes its value behind = only: what follows is a journey. */
static bool is_store_name(const char *name)
{
	size_t n = strlen(name);

	return n > 3 && strcmp(name + n - 3, ".db") == 0;
}

static int run(const struct tl_command *command, int argc, char **argv)
{
	static char folder[] = "journeys";
	char *standard[] = {folder};
	struct values values = {0};
	int status;

	if (!tl_cli_parse(&values, command, &argc, argv, &status))
		return status;
	if (values.store && argc && is_store_name(argv[0]))
		return tl_cli_usage_error(
			command, NULL, "'%s' is no journey; write --store=%s", argv[0], argv[0]);
	return check(&values, argc ? argv : standard, argc ? (size_t)argc : 1);
}

const struct tl_command tl_command_check = {
	.name = "check",
	.job = "Write journeys",
	.summary = "says what is wrong with journeys, and what to write instead",
	.operands = "[FILE|DIR]…",
	.operands_most = SIZE_MAX,
	.offer = TL_OFFER_JOURNEYS,
	.about = "Reads journeys and reports everything that is wrong with them in one run:\n"
		 "line, column, what is wrong, and what was probably meant. Folders are searched\n"
		 "for .xml files whose root is <journey>; without a FILE or DIR that is the\n"
		 "folder journeys. A FILE of - is standard input.\n"
		 "\n"
		 "Every message ends in a code such as [TL0301], which 'touchline explain TL0301'\n"
		 "explains. A journey in order is named on standard output with its size.\n"
		 "\n"
		 "With --store every <listen> is told with how many records it hits, and for how\n"
		 "many of them it decides where they are bound; what hits none is a warning.\n",
	.example = "touchline check\n"
		   "touchline check --store journeys/ordering.xml\n"
		   "touchline check --format json -Werror journeys/ordering.xml\n",
	.options = options,
	.option_count = TL_COUNT(options),
	.run = run,
};
