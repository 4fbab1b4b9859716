/* What commands say: results, messages, and the status they end with. */
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void tl_cli_write(struct tl_buf *buf)
{
	if (buf->len)
		fwrite(buf->data, 1, buf->len, stdout);
	tl_buf_release(buf);
}

bool tl_cli_colour(FILE *stream)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(fileno(stream)) && !(no_color && *no_color) &&
	       !(term && strcmp(term, "dumb") == 0);
}

/* Messages quote what was typed, which may hold anything that a file name may hold. */
static void put_line(const char *prefix, const char *name, const char *fmt, va_list args)
{
	struct tl_arena arena;
	struct tl_buf line = {0};

	tl_arena_init(&arena);
	tl_diag_put_safely(&line, tl_arena_vprintf(&arena, fmt, args));
	fflush(stdout);
	fprintf(stderr, "%s%s%s: %s\n", prefix, name ? " " : "", name ? name : "", line.data);
	tl_buf_release(&line);
	tl_arena_release(&arena);
}

int tl_cli_usage_error(const struct tl_command *command, const char *nearest, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	put_line("touchline", command ? command->name : NULL, fmt, args);
	va_end(args);
	if (nearest)
		fprintf(stderr, "Did you mean '%s'?\n", nearest);
	fprintf(stderr, "Try 'touchline %s%s--help'.\n", command ? command->name : "",
		command ? " " : "");
	return TL_EXIT_USAGE;
}

int tl_cli_system_error(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	put_line("touchline", NULL, fmt, args);
	va_end(args);
	return TL_EXIT_SYSTEM;
}

void tl_cli_apply_warnings(struct tl_diags *diags, const struct tl_warnings *warnings)
{
	diags->werror = warnings->error;
	memcpy(diags->off, warnings->off, sizeof diags->off);
}

int tl_cli_report(struct tl_diags *diags)
{
	fflush(stdout); /* what was done comes before what was wrong, also in one file */
	tl_diags_print(diags, stderr, tl_cli_colour(stderr));
	return tl_cli_status(diags);
}

int tl_cli_status(const struct tl_diags *diags)
{
	if (diags->failures)
		return TL_EXIT_SYSTEM;
	return diags->errors ? TL_EXIT_INPUT : TL_EXIT_CLEAN;
}
