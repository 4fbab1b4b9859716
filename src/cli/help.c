/* Help, all of it from the tables: the list of commands, a command's --help, and `touchline help`,
 * which can also print an option list for a manual page.
 */
#include "cli/cli.h"

#include <string.h>

enum { WIDTH = 79, MEANING_COLUMN = 26 };

void tl_cli_put_spelling(struct tl_buf *out, const struct tl_option *option)
{
	if (option->letter)
		tl_buf_printf(out, "-%c", option->letter);
	if (option->letter && option->name)
		tl_buf_puts(out, ", ");
	if (option->name)
		tl_buf_printf(out, "--%s", option->name);
	if (option->implied)
		tl_buf_printf(out, "[=%s]", option->argument);
	else if (option->argument) /* -Werror is one word, --format WORD are two */
		tl_buf_printf(out, "%s%s", option->name || option->letter != 'W' ? " " : "",
			option->argument);
}

void tl_cli_put_meaning(struct tl_buf *out, const struct tl_option *option)
{
	tl_buf_puts(out, option->help);
	for (size_t i = 0; option->words && i < option->words->count; i++)
		tl_buf_printf(out, "%s%s", i ? ", " : ": ", option->words->words[i]);
	if (option->kind == TL_OPTION_WORDS)
		tl_buf_puts(out, "; several with commas between");
	if (option->kind == TL_OPTION_TEXTS)
		tl_buf_puts(out, "; may be repeated");
	if (option->kind == TL_OPTION_NUMBER)
		tl_buf_printf(out, ": %u to %u", option->least, option->most);
	if (option->fallback)
		tl_buf_printf(out, " (default: %s)", option->fallback);
}

/* text, wrapped between the columns; the cursor stands in `column`. */
static void put_wrapped(struct tl_buf *out, const char *text, size_t column, size_t indent)
{
	while (*text) {
		size_t length = strcspn(text, " "), width = tl_utf8_columns(text, length);

		if (column > indent && column + 1 + width > WIDTH) {
			tl_buf_printf(out, "\n%*s", (int)indent, "");
			column = indent;
		} else if (column > indent) {
			tl_buf_putc(out, ' ');
			column++;
		}
		tl_buf_put(out, text, length);
		column += width;
		text += length + strspn(text + length, " ");
	}
	tl_buf_putc(out, '\n');
}

static void put_option(struct tl_buf *out, const struct tl_option *option)
{
	struct tl_buf left = {0}, meaning = {0};

	tl_buf_puts(&left, option->letter ? "  " : "      ");
	tl_cli_put_spelling(&left, option);
	tl_cli_put_meaning(&meaning, option);
	tl_buf_put(out, left.data, left.len);
	if (left.len + 2 > MEANING_COLUMN)
		tl_buf_printf(out, "\n%*s", MEANING_COLUMN, "");
	else
		tl_buf_printf(out, "%*s", (int)(MEANING_COLUMN - left.len), "");
	put_wrapped(out, meaning.data, MEANING_COLUMN, MEANING_COLUMN);
	tl_buf_release(&left);
	tl_buf_release(&meaning);
}

static void put_indented(struct tl_buf *out, const char *lines)
{
	while (*lines) {
		size_t length = strcspn(lines, "\n");

		tl_buf_printf(out, "%s%.*s\n", length ? "  " : "", (int)length, lines);
		lines += length + (lines[length] == '\n');
	}
}

void tl_cli_put_command_help(struct tl_buf *out, const struct tl_command *command)
{
	tl_buf_printf(out, "Usage: touchline %s [OPTION]…%s%s\n\n", command->name,
		*command->operands ? " " : "", command->operands);
	tl_buf_puts(out, command->about);
	tl_buf_puts(out, "\nOptions:\n");
	for (size_t i = 0; i < command->option_count; i++)
		put_option(out, &command->options[i]);
	put_option(out, &tl_option_help);
	tl_buf_puts(out, "\nExample:\n");
	put_indented(out, command->example);
	tl_buf_puts(out, "\nExit status: 0 all is well, 1 the input has errors, 2 wrong usage,\n"
			 "3 something outside of the input failed.\n");
}

void tl_cli_put_help(struct tl_buf *out)
{
	const char *job = "";

	tl_buf_puts(out,
		"Usage: touchline COMMAND [OPTION]… [OPERAND]…\n\n"
		"Touchline reads customer journeys written in XML, checks them and draws them as\n"
		"maps.\n");
	for (size_t i = 0; i < tl_command_count; i++) {
		if (strcmp(job, tl_commands[i]->job) != 0)
			tl_buf_printf(out, "\n%s:\n", tl_commands[i]->job);
		job = tl_commands[i]->job;
		tl_buf_printf(out, "  %-12s", tl_commands[i]->name);
		put_wrapped(out, tl_commands[i]->summary, 14, 14);
	}
	tl_buf_puts(out,
		"\n'touchline COMMAND --help' says more about a command, 'touchline --version'\n"
		"which version this is.\n"
		"\nTo start:\n"
		"  touchline init my-journey\n"
		"  touchline build my-journey.xml\n");
}

/* ---- touchline help ------------------------------------------------------------------------ */

struct values {
	bool mdoc;
};
static const struct tl_option options[] = {
	{.kind = TL_OPTION_FLAG,
		.name = "mdoc",
		.help = "print the commands, or the options of COMMAND, as part of a manual page",
		.offset = offsetof(struct values, mdoc)},
};

static int run(const struct tl_command *command, int argc, char **argv)
{
	struct values values = {0};
	struct tl_buf out = {0};
	const struct tl_command *wanted;
	int status;

	if (!tl_cli_parse(&values, command, &argc, argv, &status))
		return status;
	wanted = argc ? tl_cli_command(argv[0]) : NULL;
	if (argc && !wanted)
		return tl_cli_unknown_command(argv[0]);
	if (values.mdoc && wanted)
		tl_cli_put_mdoc_options(&out, wanted);
	else if (values.mdoc)
		tl_cli_put_mdoc_commands(&out);
	else if (wanted)
		tl_cli_put_command_help(&out, wanted);
	else
		tl_cli_put_help(&out);
	tl_cli_write(&out);
	return TL_EXIT_CLEAN;
}

const struct tl_command tl_command_help = {
	.name = "help",
	.job = "Look things up",
	.summary = "lists the commands, or explains one",
	.operands = "[COMMAND]",
	.operands_most = 1,
	.offer = TL_OFFER_COMMANDS,
	.about = "Lists the commands, or prints what 'touchline COMMAND --help' prints.\n",
	.example = "touchline help check\n",
	.options = options,
	.option_count = TL_COUNT(options),
	.run = run,
};
