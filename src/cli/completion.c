/* touchline completion: scripts for bash, zsh and fish, made from the option tables.
 *
 * Everything that is put between single quotes comes from our own tables, and quote() keeps what
 * is in them from ending the quotes.
 */
#include "cli/cli.h"

#include <string.h>

static void put_words(struct tl_buf *out, const struct tl_vocabulary *words)
{
	for (size_t i = 0; i < words->count; i++)
		tl_buf_printf(out, "%s%s", i ? " " : "", words->words[i]);
}

static void put_commands(struct tl_buf *out)
{
	for (size_t i = 0; i < tl_command_count; i++)
		tl_buf_printf(out, "%s%s", i ? " " : "", tl_commands[i]->name);
}

static void put_codes(struct tl_buf *out)
{
	for (size_t i = 0; i < TL_CODE_COUNT; i++)
		tl_buf_printf(
			out, "%s%s %s", i ? " " : "", tl_catalogue[i].code, tl_catalogue[i].name);
}

/* The words that an offer consists of; false where it is files or nothing. */
static bool put_offer(struct tl_buf *out, enum tl_offer offer, const struct tl_vocabulary *words)
{
	if (words)
		put_words(out, words);
	else if (offer == TL_OFFER_COMMANDS)
		put_commands(out);
	else if (offer == TL_OFFER_CODES)
		put_codes(out);
	else
		return false;
	return true;
}

static bool is_warning_option(const struct tl_option *option)
{
	return option->kind == TL_OPTION_WERROR || option->kind == TL_OPTION_WNO;
}

/* ---- bash ------------------------------------------------------------------------------- */

static void bash_offer(
	struct tl_buf *out, enum tl_offer offer, const struct tl_vocabulary *words, bool several)
{
	struct tl_buf list = {0};

	if (put_offer(&list, offer, words))
		tl_buf_printf(out, "%s '%s'", several ? "_touchline_list" : "_touchline_words",
			list.data);
	else if (offer == TL_OFFER_FOLDERS)
		tl_buf_puts(out, "_touchline_files -d");
	else if (offer == TL_OFFER_JOURNEYS)
		tl_buf_puts(out, "_touchline_journeys");
	else if (offer == TL_OFFER_FILES)
		tl_buf_puts(out, "_touchline_files -f");
	else
		tl_buf_puts(out, ":");
	tl_buf_release(&list);
}

static void bash_option_words(struct tl_buf *out, const struct tl_command *command)
{
	tl_buf_puts(out, "-h --help");
	for (size_t i = 0; i < command->option_count; i++) {
		const struct tl_option *option = &command->options[i];

		if (option->kind == TL_OPTION_WERROR)
			tl_buf_puts(out, " -Werror");
		for (size_t n = 0; option->kind == TL_OPTION_WNO && n < TL_CODE_COUNT; n++)
			if (tl_catalogue[n].severity == TL_WARNING)
				tl_buf_printf(out, " -Wno-%s", tl_catalogue[n].name);
		if (option->letter && !is_warning_option(option))
			tl_buf_printf(out, " -%c", option->letter);
		if (option->name)
			tl_buf_printf(out, " --%s", option->name);
	}
}

static void bash_values(struct tl_buf *out, const struct tl_command *command)
{
	tl_buf_puts(out, "\t\tcase $before in\n");
	for (size_t i = 0; i < command->option_count; i++) {
		const struct tl_option *option = &command->options[i];

		if (!option->argument || option->implied || is_warning_option(option))
			continue;
		tl_buf_puts(out, "\t\t");
		if (option->letter)
			tl_buf_printf(out, "-%c%s", option->letter, option->name ? "|" : "");
		if (option->name)
			tl_buf_printf(out, "--%s", option->name);
		tl_buf_puts(out, ") ");
		bash_offer(out, option->offer, option->words, option->kind == TL_OPTION_WORDS);
		tl_buf_puts(out, "; return ;;\n");
	}
	tl_buf_puts(out, "\t\tesac\n");
}

static void bash_command(struct tl_buf *out, const struct tl_command *command)
{
	tl_buf_printf(out, "\t%s)\n", command->name);
	bash_values(out, command);
	tl_buf_puts(out, "\t\tcase $word in\n\t\t-*) _touchline_words '");
	bash_option_words(out, command);
	tl_buf_puts(out, "' ;;\n\t\t*) ");
	bash_offer(out, command->offer, command->words, false);
	tl_buf_puts(out, " ;;\n\t\tesac ;;\n");
}

static void put_bash(struct tl_buf *out)
{
	tl_buf_puts(out,
		"# bash completion for touchline, made by `touchline completion bash`\n"
		"_touchline_words() { COMPREPLY=($(compgen -W \"$1\" -- \"$word\")); }\n"
		"_touchline_list() {\n"
		"\tlocal done=\n"
		"\t[[ $word == *,* ]] && done=${word%,*},\n"
		"\tCOMPREPLY=($(compgen -P \"$done\" -W \"$1\" -- \"${word##*,}\"))\n"
		"\tcompopt -o nospace 2>/dev/null\n"
		"}\n"
		"_touchline_files() {\n"
		"\tlocal IFS=$'\\n'\n"
		"\tcompopt -o filenames 2>/dev/null\n"
		"\tCOMPREPLY=($(compgen \"$1\" -- \"$word\"))\n"
		"}\n"
		"_touchline_journeys() {\n"
		"\tlocal IFS=$'\\n'\n"
		"\tcompopt -o filenames 2>/dev/null\n"
		"\tCOMPREPLY=($(compgen -d -- \"$word\"; compgen -f -X '!*.xml' -- \"$word\"))\n"
		"}\n"
		"_touchline() {\n"
		"\tlocal word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
		"\tCOMPREPLY=()\n"
		"\t# --name=value arrives as three words\n"
		"\tif [[ $word == = ]]; then\n"
		"\t\tword=\n"
		"\telif [[ $before == = ]]; then\n"
		"\t\tbefore=${COMP_WORDS[COMP_CWORD-2]}\n"
		"\tfi\n"
		"\tif ((COMP_CWORD == 1)); then\n"
		"\t\t_touchline_words '--help --version ");
	put_commands(out);
	tl_buf_puts(out, "'\n\t\treturn\n\tfi\n\tcase ${COMP_WORDS[1]} in\n");
	for (size_t i = 0; i < tl_command_count; i++)
		bash_command(out, tl_commands[i]);
	tl_buf_puts(out, "\tesac\n}\ncomplete -F _touchline touchline\n");
}

/* ---- zsh -------------------------------------------------------------------------------- */

/* Text inside single quotes; the characters that _arguments or fish read are escaped. */
static void quote(struct tl_buf *out, const char *text, const char *special)
{
	for (; *text; text++) {
		if (*text == '\'')
			tl_buf_puts(out, "'\\'");
		else if (strchr(special, *text))
			tl_buf_putc(out, '\\');
		tl_buf_putc(out, *text);
	}
}

static void zsh_offer(struct tl_buf *out, const char *what, enum tl_offer offer,
	const struct tl_vocabulary *words, bool several)
{
	struct tl_buf list = {0};

	tl_buf_printf(out, ":%s:", what);
	if (put_offer(&list, offer, words)) {
		if (several)
			tl_buf_printf(out, "_values -s , %s %s", what, list.data);
		else
			tl_buf_printf(out, "(%s)", list.data);
	} else if (offer == TL_OFFER_FOLDERS) {
		tl_buf_puts(out, "_files -/");
	} else if (offer == TL_OFFER_JOURNEYS) {
		tl_buf_puts(out, "_files -g \"*.xml\"");
	} else if (offer == TL_OFFER_FILES) {
		tl_buf_puts(out, "_files");
	}
	tl_buf_release(&list);
}

static void zsh_line(
	struct tl_buf *out, const char *spelling, const struct tl_option *option, const char *help)
{
	bool is_long = spelling[1] == '-';

	tl_buf_printf(out, " \\\n\t\t\t'%s%s%s[", option->kind == TL_OPTION_TEXTS ? "*" : "",
		spelling,
		!option->argument || is_warning_option(option) ? ""
		: option->implied                              ? "=-"
		: is_long                                      ? "="
							       : "+");
	quote(out, help, "[]:\\");
	tl_buf_puts(out, option->implied ? "]:" : "]");
	if (option->argument && !is_warning_option(option))
		zsh_offer(out, option->argument, option->offer, option->words,
			option->kind == TL_OPTION_WORDS);
	tl_buf_putc(out, '\'');
}

static void zsh_option(struct tl_buf *out, const struct tl_option *option)
{
	char spelling[64];

	if (option->kind == TL_OPTION_WERROR)
		zsh_line(out, "-Werror", option, option->help);
	for (size_t i = 0; option->kind == TL_OPTION_WNO && i < TL_CODE_COUNT; i++) {
		if (tl_catalogue[i].severity != TL_WARNING)
			continue;
		snprintf(spelling, sizeof spelling, "-Wno-%s", tl_catalogue[i].name);
		zsh_line(out, spelling, option, tl_catalogue[i].summary);
	}
	if (is_warning_option(option))
		return;
	if (option->letter) {
		snprintf(spelling, sizeof spelling, "-%c", option->letter);
		zsh_line(out, spelling, option, option->help);
	}
	if (option->name) {
		snprintf(spelling, sizeof spelling, "--%s", option->name);
		zsh_line(out, spelling, option, option->help);
	}
}

static void put_zsh(struct tl_buf *out)
{
	tl_buf_puts(out, "#compdef touchline\n"
			 "# zsh completion for touchline, made by `touchline completion zsh`\n"
			 "_touchline() {\n"
			 "\tlocal -a commands=(\n");
	for (size_t i = 0; i < tl_command_count; i++) {
		tl_buf_printf(out, "\t\t'%s:", tl_commands[i]->name);
		quote(out, tl_commands[i]->summary, ":\\");
		tl_buf_puts(out, "'\n");
	}
	tl_buf_puts(out, "\t)\n"
			 "\tif ((CURRENT == 2)); then\n"
			 "\t\t_describe command commands -- '(--help --version)'\n"
			 "\t\treturn\n"
			 "\tfi\n"
			 "\tlocal command=$words[2]\n"
			 "\tshift words\n"
			 "\t((CURRENT--))\n"
			 "\tcase $command in\n");
	for (size_t i = 0; i < tl_command_count; i++) {
		const struct tl_command *command = tl_commands[i];

		tl_buf_printf(out, "\t%s)\n\t\t_arguments", command->name);
		for (size_t n = 0; n < command->option_count; n++)
			zsh_option(out, &command->options[n]);
		zsh_option(out, &tl_option_help);
		if (command->operands_most) {
			tl_buf_printf(out, " \\\n\t\t\t'%s", command->operands_most > 1 ? "*" : "");
			zsh_offer(out, "operand", command->offer, command->words, false);
			tl_buf_putc(out, '\'');
		}
		tl_buf_puts(out, " ;;\n");
	}
	tl_buf_puts(out, "\tesac\n"
			 "}\n"
			 "# autoloaded from a folder in $fpath, or sourced\n"
			 "if [[ $funcstack[1] == _touchline ]]; then\n"
			 "\t_touchline \"$@\"\n"
			 "else\n"
			 "\tcompdef _touchline touchline\n"
			 "fi\n");
}

/* ---- fish ------------------------------------------------------------------------------- */

static void fish_start(struct tl_buf *out, const struct tl_command *command)
{
	tl_buf_printf(
		out, "complete -c touchline -n '__fish_seen_subcommand_from %s'", command->name);
}

static void fish_offer(
	struct tl_buf *out, enum tl_offer offer, const struct tl_vocabulary *words, bool several)
{
	struct tl_buf list = {0};

	if (put_offer(&list, offer, words))
		tl_buf_printf(
			out, several ? " -xa '(__fish_append , %s)'" : " -xa '%s'", list.data);
	else if (offer == TL_OFFER_FOLDERS)
		tl_buf_puts(out, " -xa '(__fish_complete_directories)'");
	else if (offer == TL_OFFER_JOURNEYS)
		tl_buf_puts(out, " -xa '(__fish_complete_suffix .xml)'");
	else if (offer == TL_OFFER_FILES)
		tl_buf_puts(out, " -rF");
	else
		tl_buf_puts(out, " -x");
	tl_buf_release(&list);
}

static void fish_help(struct tl_buf *out, const char *help)
{
	tl_buf_puts(out, " -d '");
	quote(out, help, "\\");
	tl_buf_puts(out, "'\n");
}

static void fish_option(
	struct tl_buf *out, const struct tl_command *command, const struct tl_option *option)
{
	for (size_t i = 0; option->kind == TL_OPTION_WNO && i < TL_CODE_COUNT; i++) {
		if (tl_catalogue[i].severity != TL_WARNING)
			continue;
		fish_start(out, command);
		tl_buf_printf(out, " -o Wno-%s", tl_catalogue[i].name);
		fish_help(out, tl_catalogue[i].summary);
	}
	if (option->kind == TL_OPTION_WNO)
		return;
	fish_start(out, command);
	if (option->kind == TL_OPTION_WERROR) {
		tl_buf_puts(out, " -o Werror");
	} else {
		if (option->letter)
			tl_buf_printf(out, " -s %c", option->letter);
		if (option->name)
			tl_buf_printf(out, " -l %s", option->name);
		if (option->argument && !option->implied)
			fish_offer(
				out, option->offer, option->words, option->kind == TL_OPTION_WORDS);
	}
	fish_help(out, option->help);
}

static void put_fish(struct tl_buf *out)
{
	tl_buf_puts(out, "# fish completion for touchline, made by `touchline completion fish`\n"
			 "complete -c touchline -f\n"
			 "complete -c touchline -n __fish_use_subcommand -l help\n"
			 "complete -c touchline -n __fish_use_subcommand -l version\n");
	for (size_t i = 0; i < tl_command_count; i++) {
		tl_buf_printf(out, "complete -c touchline -n __fish_use_subcommand -a %s",
			tl_commands[i]->name);
		fish_help(out, tl_commands[i]->summary);
	}
	for (size_t i = 0; i < tl_command_count; i++) {
		const struct tl_command *command = tl_commands[i];

		if (command->offer != TL_OFFER_NOTHING) {
			fish_start(out, command);
			fish_offer(out, command->offer, command->words, false);
			tl_buf_putc(out, '\n');
		}
		for (size_t n = 0; n < command->option_count; n++)
			fish_option(out, command, &command->options[n]);
		fish_option(out, command, &tl_option_help);
	}
}

/* ---- the command ------------------------------------------------------------------------ */

static const char *const shell_words[] = {"bash", "zsh", "fish"};
static const struct tl_vocabulary shells = {"shell", shell_words, TL_COUNT(shell_words)};

static int run(const struct tl_command *command, int argc, char **argv)
{
	static void (*const writers[])(struct tl_buf *) = {put_bash, put_zsh, put_fish};
	struct tl_buf out = {0};
	int status, shell;

	if (!tl_cli_parse(NULL, command, &argc, argv, &status))
		return status;
	shell = tl_vocabulary_find(&shells, argv[0]);
	if (shell < 0)
		return tl_cli_usage_error(command,
			tl_text_nearest(argv[0], shells.words, shells.count),
			"there are completions for bash, zsh and fish, not for '%s'", argv[0]);
	writers[shell](&out);
	tl_cli_write(&out);
	return TL_EXIT_CLEAN;
}

const struct tl_command tl_command_completion = {
	.name = "completion",
	.job = "Look things up",
	.summary = "prints a script that lets a shell complete what you type",
	.operands = "bash|zsh|fish",
	.operands_least = 1,
	.operands_most = 1,
	.offer = TL_OFFER_WORDS,
	.words = &shells,
	.about = "Prints a script by which bash, zsh or fish completes commands, options, their\n"
		 "values, and the names of diagnostics. 'make install' puts all three in place.\n",
	.example = "source <(touchline completion bash)\n"
		   "touchline completion fish > ~/.config/fish/completions/touchline.fish\n",
	.run = run,
};
