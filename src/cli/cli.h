/* cli: what the commands share. One file per command, one table of options per command.
 *
 * To add a command NAME: write src/cli/NAME.c, which defines
 *
 *     struct values { bool force; unsigned jobs; const char *output; uint32_t formats; };
 *     static const struct tl_option options[] = {
 *     	{.kind = TL_OPTION_TEXT, .letter = 'o', .name = "output", .argument = "DIR",
 *     	 .help = "folder that the maps go to", .fallback = "output/maps",
 *     	 .offset = offsetof(struct values, output), .offer = TL_OFFER_FOLDERS},
 *     	TL_WARNING_OPTIONS(struct values, warnings),
 *     };
 *     static int run(const struct tl_command *command, int argc, char **argv)
 *     {
 *     	struct values values = {0};
 *     	int status;
 *
 *     	if (!tl_cli_parse(&values, command, &argc, argv, &status))
 *     		return status;
 *     	… argv[0] to argv[argc - 1] are the operands now …
 *     }
 *     const struct tl_command tl_command_NAME = {.name = "NAME", …, .run = run};
 *
 * and add TL_COMMAND(NAME) to src/cli/commands.def, where the order is that of `touchline --help`.
 * --help, the suggestions for near misses, the completions and the OPTIONS of the manual page all
 * come from that table. Write a page src/man/touchline-NAME.1 (see touchline-check.1).
 *
 * Conventions: results on standard output, messages on standard error. Standard output is checked
 * once, at the end, by main: commands need not look at what printf returns.
 */
#ifndef TL_CLI_CLI_H
#define TL_CLI_CLI_H

#include "touchline/diag.h"
#include "touchline/model.h"

#define TL_VERSION "0.1.0"

enum tl_exit { TL_EXIT_CLEAN, TL_EXIT_INPUT, TL_EXIT_USAGE, TL_EXIT_SYSTEM };

enum tl_option_kind {     /* and the type of the value at `offset` */
	TL_OPTION_FLAG,   /* bool */
	TL_OPTION_TEXT,   /* const char *; NULL where not given */
	TL_OPTION_TEXTS,  /* struct tl_texts_given: may be given more than once */
	TL_OPTION_NUMBER, /* unsigned, within least and most; 0 where not given */
	TL_OPTION_WORD,   /* int, index into words; -1 where not given */
	TL_OPTION_WORDS,  /* uint32_t, a bit for each word given ("svg,pdf"); 0 where not given */
	TL_OPTION_WERROR, /* struct tl_warnings */
	TL_OPTION_WNO,    /* the same */
};

enum tl_offer { /* what completion offers for an argument or operand */
	TL_OFFER_NOTHING,
	TL_OFFER_FILES,
	TL_OFFER_FOLDERS,
	TL_OFFER_JOURNEYS, /* .xml files and folders */
	TL_OFFER_WORDS,
	TL_OFFER_CODES,
	TL_OFFER_COMMANDS,
};

struct tl_option {
	enum tl_option_kind kind;
	char letter;          /* -o, or 0 */
	const char *name;     /* --output, or NULL */
	const char *argument; /* "DIR" as --help shows it; NULL for a flag */
	const char *help;     /* no capital, no full stop; words and fallback are added to it */
	const char *fallback; /* taken as if it had been given first; NULL for none */
	const char *implied;  /* of a text: its value where --name stands alone; then only
			       * --name=VALUE gives another. NULL: there has to be one */
	size_t offset;        /* of the value in the command's struct */
	const struct tl_vocabulary *words;
	unsigned least, most; /* of a number */
	enum tl_offer offer;  /* of a text */
};

enum { TL_MOST_TEXTS = 64 };
struct tl_texts_given {
	const char *list[TL_MOST_TEXTS];
	size_t count;
	bool fallback; /* none was given: this is the fallback */
};

struct tl_warnings {
	bool error;              /* -Werror */
	bool off[TL_CODE_COUNT]; /* -Wno-NAME */
};
void tl_cli_apply_warnings(struct tl_diags *diags, const struct tl_warnings *warnings);
#define TL_WARNING_OPTIONS(type, field)                                                            \
	{.kind = TL_OPTION_WERROR,                                                                 \
		.letter = 'W',                                                                     \
		.argument = "error",                                                               \
		.help = "treat warnings as errors",                                                \
		.offset = offsetof(type, field)},                                                  \
	{                                                                                          \
		.kind = TL_OPTION_WNO, .letter = 'W', .argument = "no-NAME",                       \
		.help = "leave out the warnings called NAME (see touchline explain)",              \
		.offset = offsetof(type, field)                                                    \
	}

struct tl_command {
	const char *name;
	const char *job;      /* what --help lists it under: "Write journeys" */
	const char *summary;  /* one line, no capital, no full stop */
	const char *operands; /* "[FILE|DIR]…", "" for none */
	size_t operands_least, operands_most;
	enum tl_offer offer; /* of the operands */
	const struct tl_vocabulary *words;
	const char *about;   /* what it does, for --help: paragraphs of lines up to 78 columns */
	const char *example; /* lines to be typed; may be more than one */
	const struct tl_option *options;
	size_t option_count;
	int (*run)(const struct tl_command *command, int argc, char **argv);
};
#define TL_COMMAND(name) extern const struct tl_command tl_command_##name;
#include "cli/commands.def"
#undef TL_COMMAND
extern const struct tl_command *const tl_commands[];
extern const size_t tl_command_count;
const struct tl_command *tl_cli_command(const char *name); /* or NULL */

/* --help is the one option that every command has without naming it. */
extern const struct tl_option tl_option_help;

/* Fills values, which are zero before, with fallbacks and then what was given, and leaves the
 * operands in argv. False where the command is over with *status: --help was asked, or the usage is
 * wrong and that has been said. argv[0] is the first argument behind the command's name. */
bool tl_cli_parse(
	void *values, const struct tl_command *command, int *argc, char **argv, int *status);

/* "touchline check: …" on standard error, and where to find help; TL_EXIT_USAGE. command may be
 * NULL. nearest: what was probably meant, or NULL. */
int tl_cli_usage_error(const struct tl_command *command, const char *nearest, const char *fmt, ...)
	TL_PRINTF(3, 4);
/* "touchline: …" on standard error for failures of the environment; TL_EXIT_SYSTEM. */
int tl_cli_system_error(const char *fmt, ...) TL_PRINTF(1, 2);
/* Says that there is no such command; TL_EXIT_USAGE. */
int tl_cli_unknown_command(const char *name);

/* Whether to colour what goes to this stream: a terminal, NO_COLOR unset, TERM not "dumb". */
bool tl_cli_colour(FILE *stream);
/* Prints what was reported to standard error, and says how the command should end: 3 where an
 * failure of the machine is among it, 1 for other errors, else 0. */
int tl_cli_report(struct tl_diags *diags);
int tl_cli_status(const struct tl_diags *diags); /* the second half of it alone */

/* help.c: a command's --help, the list of commands, the option list of a manual page. */
void tl_cli_put_command_help(struct tl_buf *out, const struct tl_command *command);
void tl_cli_put_help(struct tl_buf *out);

/* mdoc.c: parts of manual pages, made from the tables. */
void tl_cli_put_mdoc_options(struct tl_buf *out, const struct tl_command *command);
void tl_cli_put_mdoc_commands(struct tl_buf *out);
void tl_cli_put_mdoc_catalogue(struct tl_buf *out);
void tl_cli_put_spelling(struct tl_buf *out, const struct tl_option *option);
/* help, with words, range and fallback: "how: text, json (default: text)". */
void tl_cli_put_meaning(struct tl_buf *out, const struct tl_option *option);
void tl_cli_write(struct tl_buf *buf); /* to standard output; releases it */

#endif
