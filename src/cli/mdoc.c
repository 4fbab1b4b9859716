/* What the program knows, as mdoc(7): option lists and the list of diagnostics. They are put into
 * the manual pages when those are built, so that nothing is listed twice.
 */
#include "cli/cli.h"

#include <string.h>

enum { WIDTH = 56 }; /* after which the next blank becomes the end of a line */

/* One character, where mdoc would take it for something else than itself. */
static void put_character(struct tl_buf *out, char c)
{
	if (c == '\\')
		tl_buf_puts(out, "\\e");
	else if (c == '`')
		tl_buf_puts(out, "\\(ga");
	else if (c == '\'')
		tl_buf_puts(out, "\\(aq");
	else
		tl_buf_putc(out, c);
}

/* A line shown as it stands. */
static void put_literal(struct tl_buf *out, const char *text, size_t length)
{
	if (length && *text == '.')
		tl_buf_puts(out, "\\&");
	for (size_t i = 0; i < length; i++)
		put_character(out, text[i]);
}

/* Running text: every sentence starts a line, and no line starts like a macro. */
static void put_prose(struct tl_buf *out, const char *text, size_t length)
{
	size_t column = 0;

	for (size_t i = 0; i < length; i++) {
		bool sentence = i && strchr(".!?", text[i - 1]);

		if (text[i] == ' ' && (sentence || column > WIDTH)) {
			tl_buf_putc(out, '\n');
			column = 0;
			continue;
		}
		if (!column++ && text[i] == '.')
			tl_buf_puts(out, "\\&");
		put_character(out, text[i]);
	}
}

static void put_option(struct tl_buf *out, const struct tl_option *option)
{
	struct tl_buf meaning = {0};

	tl_buf_puts(out, ".It");
	if (option->kind == TL_OPTION_WERROR)
		tl_buf_puts(out, " Fl Werror");
	else if (option->kind == TL_OPTION_WNO)
		tl_buf_puts(out, " Fl Wno- Ns Ar NAME");
	else if (option->letter)
		tl_buf_printf(out, " Fl %c%s", option->letter, option->name ? " ," : "");
	if (option->name)
		tl_buf_printf(out, " Fl Fl %s", option->name);
	if (option->implied)
		tl_buf_printf(out, " Ns Op = Ns Ar %s", option->argument);
	else if (option->argument && option->name)
		tl_buf_printf(out, " Ar %s", option->argument);
	tl_buf_putc(out, '\n');
	tl_cli_put_meaning(&meaning, option);
	put_prose(out, meaning.data, meaning.len);
	tl_buf_puts(out, ".\n");
	tl_buf_release(&meaning);
}

void tl_cli_put_mdoc_options(struct tl_buf *out, const struct tl_command *command)
{
	tl_buf_puts(out, ".Bl -tag -width Ds\n");
	for (size_t i = 0; i < command->option_count; i++)
		put_option(out, &command->options[i]);
	put_option(out, &tl_option_help);
	tl_buf_puts(out, ".El\n");
}

void tl_cli_put_mdoc_commands(struct tl_buf *out)
{
	tl_buf_puts(out, ".Bl -tag -width Ds\n");
	for (size_t i = 0; i < tl_command_count; i++) {
		tl_buf_printf(out, ".It Xr touchline-%s 1\n", tl_commands[i]->name);
		put_prose(out, tl_commands[i]->summary, strlen(tl_commands[i]->summary));
		tl_buf_puts(out, "\n");
	}
	tl_buf_puts(out, ".El\n");
}

/* Lines that the catalogue shows as they stand. */
static bool is_literal(const char *line)
{
	return *line == ' ' || strncmp(line, "Wrong:", 6) == 0 || strncmp(line, "Right:", 6) == 0;
}

static void put_explanation(struct tl_buf *out, const char *text)
{
	bool literal = false, gap = false;

	while (*text) {
		size_t length = strcspn(text, "\n");
		bool wants = is_literal(text);

		if (length && wants && !literal)
			tl_buf_puts(out, ".Bd -literal\n");
		else if (length && !wants && literal)
			tl_buf_puts(out, ".Ed\n.Pp\n");
		else if (gap)
			tl_buf_puts(out, literal ? "\n" : ".Pp\n");
		gap = !length;
		if (length) {
			literal = wants;
			(wants ? put_literal : put_prose)(out, text, length);
			tl_buf_putc(out, '\n');
		}
		text += length + (text[length] == '\n');
	}
	if (literal)
		tl_buf_puts(out, ".Ed\n");
}

static void put_capital(struct tl_buf *out, const char *text)
{
	bool lower = *text >= 'a' && *text <= 'z';

	if (lower)
		tl_buf_putc(out, (char)(*text - 'a' + 'A'));
	put_prose(out, text + lower, strlen(text + lower));
}

void tl_cli_put_mdoc_catalogue(struct tl_buf *out)
{
	for (size_t i = 0; i < TL_CODE_COUNT; i++) {
		const struct tl_catalogue_entry *entry = &tl_catalogue[i];

		tl_buf_printf(out, ".Ss %s, %s (%s)\n", entry->code, entry->name,
			entry->severity == TL_ERROR ? "error" : "warning");
		put_capital(out, entry->summary);
		tl_buf_puts(out, ".\n.Pp\n");
		put_explanation(out, entry->explanation);
	}
}
