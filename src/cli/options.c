/* Options: GNU style, from one table per command. Options may stand between operands; -- ends
 * them; long ones take --name=value or --name value, short ones -ovalue or -o value.
 */
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

const struct tl_option tl_option_help = {
	.kind = TL_OPTION_FLAG, .letter = 'h', .name = "help", .help = "print this help"};

struct parse {
	const struct tl_command *command;
	void *values;
	int status;
	bool fallbacks; /* what is set now was not given */
};

static void *value_of(const struct parse *parse, const struct tl_option *option)
{
	return (char *)parse->values + option->offset;
}

static bool refuse_word(struct parse *parse, const struct tl_option *option, const char *word)
{
	const struct tl_vocabulary *words = option->words;
	struct tl_buf list = {0};

	for (size_t i = 0; i < words->count; i++)
		tl_buf_printf(&list, "%s%s",
			!i                     ? ""
			: i + 1 < words->count ? ", "
					       : " or ",
			words->words[i]);
	parse->status = tl_cli_usage_error(parse->command,
		tl_text_nearest(word, words->words, words->count), "--%s takes %s, not '%s'",
		option->name, list.data, word);
	tl_buf_release(&list);
	return false;
}

static bool set_words(struct parse *parse, const struct tl_option *option, const char *value)
{
	uint32_t bits = 0;

	for (;;) {
		size_t length = strcspn(value, ",");
		char *word = strndup(value, length);
		int index = word ? tl_vocabulary_find(option->words, word) : -1;

		if (index < 0)
			refuse_word(parse, option, word ? word : value);
		free(word);
		if (index < 0)
			return false;
		bits |= UINT32_C(1) << index;
		if (!value[length])
			break;
		value += length + 1;
	}
	*(uint32_t *)value_of(parse, option) = bits;
	return true;
}

static bool add_text(struct parse *parse, const struct tl_option *option, const char *value)
{
	struct tl_texts_given *texts = value_of(parse, option);

	if (texts->fallback)
		texts->count = 0;
	texts->fallback = parse->fallbacks;
	if (texts->count == TL_MOST_TEXTS) {
		parse->status = tl_cli_usage_error(parse->command, NULL,
			"--%s may be given %d times", option->name, TL_MOST_TEXTS);
		return false;
	}
	texts->list[texts->count++] = value;
	return true;
}

static bool set_number(struct parse *parse, const struct tl_option *option, const char *value)
{
	char *end;
	unsigned long number = strtoul(value, &end, 10);

	if (*value < '0' || *value > '9' || *end || number < option->least ||
		number > option->most) {
		parse->status = tl_cli_usage_error(parse->command, NULL,
			"--%s takes a whole number from %u to %u, not '%s'", option->name,
			option->least, option->most, value);
		return false;
	}
	*(unsigned *)value_of(parse, option) = (unsigned)number;
	return true;
}

static const char *nearest_warning(const char *name)
{
	const char *names[TL_CODE_COUNT];
	size_t count = 0;

	for (size_t i = 0; i < TL_CODE_COUNT; i++)
		if (tl_catalogue[i].severity == TL_WARNING)
			names[count++] = tl_catalogue[i].name;
	return tl_text_nearest(name, names, count);
}

/* "-Wno-NAME" with the name that was probably meant, or NULL. */
static const char *nearest_wno(const char *name, char *out, size_t size)
{
	const char *nearest = nearest_warning(name);

	snprintf(out, size, "-Wno-%s", nearest ? nearest : "");
	return nearest ? out : NULL;
}

static bool set_warning_off(struct parse *parse, const struct tl_option *option, const char *name)
{
	const struct tl_catalogue_entry *entry = tl_catalogue_find(name);
	struct tl_warnings *warnings = value_of(parse, option);
	char nearest[64];

	if (!entry)
		parse->status = tl_cli_usage_error(parse->command,
			nearest_wno(name, nearest, sizeof nearest),
			"-Wno-%s: there is no warning of that name", name);
	else if (entry->severity != TL_WARNING)
		parse->status = tl_cli_usage_error(parse->command, NULL,
			"-Wno-%s: '%s' is an error, and errors cannot be left out", name,
			entry->name);
	else
		warnings->off[entry - tl_catalogue] = true;
	return entry && entry->severity == TL_WARNING;
}

static bool set(struct parse *parse, const struct tl_option *option, const char *value)
{
	int index;

	switch (option->kind) {
	case TL_OPTION_FLAG:
		*(bool *)value_of(parse, option) = true;
		return true;
	case TL_OPTION_TEXT:
		*(const char **)value_of(parse, option) = value;
		return true;
	case TL_OPTION_TEXTS:
		return add_text(parse, option, value);
	case TL_OPTION_NUMBER:
		return set_number(parse, option, value);
	case TL_OPTION_WORD:
		index = tl_vocabulary_find(option->words, value);
		if (index < 0)
			return refuse_word(parse, option, value);
		*(int *)value_of(parse, option) = index;
		return true;
	case TL_OPTION_WORDS:
		return set_words(parse, option, value);
	case TL_OPTION_WERROR:
		((struct tl_warnings *)value_of(parse, option))->error = true;
		return true;
	case TL_OPTION_WNO:
		return set_warning_off(parse, option, value + strlen("no-"));
	}
	return false;
}

/* Sets what an option has before any is read; the struct is zero so far. */
static void set_fallbacks(struct parse *parse)
{
	parse->fallbacks = true;
	for (size_t i = 0; i < parse->command->option_count; i++) {
		const struct tl_option *option = &parse->command->options[i];

		if (option->fallback)
			set(parse, option, option->fallback);
		else if (option->kind == TL_OPTION_WORD)
			*(int *)value_of(parse, option) = -1;
	}
	parse->fallbacks = false;
}

static const char *nearest_option(const struct tl_command *command, const char *name)
{
	const char *names[64] = {tl_option_help.name};
	size_t count = 1;

	for (size_t i = 0; i < command->option_count && count < TL_COUNT(names); i++)
		if (command->options[i].name)
			names[count++] = command->options[i].name;
	return tl_text_nearest(name, names, count);
}

static const struct tl_option *find_long(
	const struct tl_command *command, const char *name, size_t length)
{
	for (size_t i = 0; i <= command->option_count; i++) {
		const struct tl_option *option = i ? &command->options[i - 1] : &tl_option_help;

		if (option->name && strlen(option->name) == length &&
			strncmp(option->name, name, length) == 0)
			return option;
	}
	return NULL;
}

/* The letter alone does not tell -Werror from -Wno-NAME, so what follows it is looked at too. */
static const struct tl_option *find_short(const struct tl_command *command, const char *letters)
{
	for (size_t i = 0; i <= command->option_count; i++) {
		const struct tl_option *option = i ? &command->options[i - 1] : &tl_option_help;

		if (option->letter != *letters)
			continue;
		if (option->kind == TL_OPTION_WERROR && strcmp(letters + 1, "error") != 0)
			continue;
		if (option->kind == TL_OPTION_WNO && strncmp(letters + 1, "no-", 3) != 0)
			continue;
		return option;
	}
	return NULL;
}

static bool wrong(struct parse *parse, int status)
{
	parse->status = status;
	return false;
}

static bool show_help(struct parse *parse)
{
	struct tl_buf help = {0};

	tl_cli_put_command_help(&help, parse->command);
	tl_cli_write(&help);
	return wrong(parse, TL_EXIT_CLEAN);
}

/* *next: the argument behind this one, or NULL; set to NULL when it was taken as the value. */
static bool parse_long(struct parse *parse, const char *name, const char **next)
{
	size_t length = strcspn(name, "=");
	const struct tl_option *option = find_long(parse->command, name, length);
	const char *value = name[length] ? name + length + 1 : NULL;

	if (!option) {
		char *word = strndup(name, length);
		const char *nearest = word ? nearest_option(parse->command, word) : NULL;
		char suggestion[64];

		snprintf(suggestion, sizeof suggestion, "--%s", nearest ? nearest : "");
		free(word);
		return wrong(parse, tl_cli_usage_error(parse->command, nearest ? suggestion : NULL,
					    "there is no option --%.*s", (int)length, name));
	}
	if (option == &tl_option_help)
		return show_help(parse);
	if (value && !option->argument)
		return wrong(parse, tl_cli_usage_error(parse->command, NULL, "--%s takes no value",
					    option->name));
	if (!value)
		value = option->implied;
	if (option->argument && !value) {
		value = *next;
		*next = NULL;
		if (!value)
			return wrong(parse, tl_cli_usage_error(parse->command, NULL,
						    "--%s needs a value: --%s %s", option->name,
						    option->name, option->argument));
	}
	return set(parse, option, value);
}

static bool has_warnings(const struct tl_command *command)
{
	for (size_t i = 0; i < command->option_count; i++)
		if (command->options[i].kind == TL_OPTION_WNO)
			return true;
	return false;
}

static int unknown_short(const struct tl_command *command, const char *letters)
{
	const char *name = letters + 1;
	char nearest[64];

	if (*letters != 'W' || !has_warnings(command))
		return tl_cli_usage_error(command, NULL, "there is no option -%.1s", letters);
	return tl_cli_usage_error(command,
		tl_text_distance(name, "error", 2) <= 2
			? "-Werror"
			: nearest_wno(name, nearest, sizeof nearest),
		"there is no option -%s, only -Werror and -Wno-NAME", letters);
}

static bool parse_short(struct parse *parse, const char *letters, const char **next)
{
	for (; *letters; letters++) {
		const struct tl_option *option = find_short(parse->command, letters);
		const char *value = letters[1] ? letters + 1 : NULL;

		if (!option)
			return wrong(parse, unknown_short(parse->command, letters));
		if (option == &tl_option_help)
			return show_help(parse);
		if (!option->argument) {
			set(parse, option, NULL);
			continue;
		}
		if (!value) {
			value = *next;
			*next = NULL;
		}
		if (!value)
			return wrong(parse, tl_cli_usage_error(parse->command, NULL,
						    "-%c needs a value: -%c %s", option->letter,
						    option->letter, option->argument));
		return set(parse, option, value);
	}
	return true;
}

bool tl_cli_parse(
	void *values, const struct tl_command *command, int *argc, char **argv, int *status)
{
	struct parse parse = {.command = command, .values = values};
	size_t operands = 0;
	bool options_over = false, fine = true;

	set_fallbacks(&parse);
	for (int i = 0; i < *argc && fine; i++) {
		const char *argument = argv[i], *next = i + 1 < *argc ? argv[i + 1] : NULL;
		const char *before = next;

		if (options_over || argument[0] != '-' || !argument[1])
			argv[operands++] = argv[i];
		else if (strcmp(argument, "--") == 0)
			options_over = true;
		else if (argument[1] == '-')
			fine = parse_long(&parse, argument + 2, &next);
		else
			fine = parse_short(&parse, argument + 1, &next);
		if (next != before)
			i++;
	}
	*argc = (int)operands;
	*status = parse.status;
	if (fine && operands < command->operands_least)
		*status =
			tl_cli_usage_error(command, NULL, "an argument is missing: touchline %s %s",
				command->name, command->operands);
	else if (fine && operands > command->operands_most)
		*status = tl_cli_usage_error(command, NULL, "'%s' is one argument too many",
			argv[command->operands_most]);
	else
		return fine;
	return false;
}
