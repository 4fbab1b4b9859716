/* touchline schema: the language for editors. */
#include "cli/cli.h"
#include "touchline/front.h"

struct values {
	int format;
};
/* In the order of enum tl_schema_format. */
static const char *const format_words[] = {"rng", "xsd", "mdoc"};
static const struct tl_vocabulary formats = {"format", format_words, TL_COUNT(format_words)};
static const struct tl_option options[] = {
	{.kind = TL_OPTION_WORD,
		.name = "format",
		.argument = "FORMAT",
		.help = "RELAX NG, XML Schema, or the reference part of a manual page",
		.fallback = "rng",
		.words = &formats,
		.offset = offsetof(struct values, format)},
};

static int run(const struct tl_command *command, int argc, char **argv)
{
	struct values values = {0};
	struct tl_buf out = {0};
	int status;

	if (!tl_cli_parse(&values, command, &argc, argv, &status))
		return status;
	tl_front_schema(&out, (enum tl_schema_format)values.format);
	tl_cli_write(&out);
	return TL_EXIT_CLEAN;
}

const struct tl_command tl_command_schema = {
	.name = "schema",
	.job = "Look things up",
	.summary = "prints the schema by which editors complete and check journeys",
	.operands = "",
	.about = "Prints the language of journeys as a schema, by which an editor can offer what\n"
		 "may stand where you type. Nearly all that know XML take one of the formats.\n"
		 "\n"
		 "A schema can only say part of the rules; 'touchline check' knows all of them.\n",
	.example = "touchline schema --format xsd > journey.xsd\n",
	.options = options,
	.option_count = TL_COUNT(options),
	.run = run,
};
