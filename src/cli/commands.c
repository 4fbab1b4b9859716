/* The table of commands, made from commands.def. */
#include "cli/cli.h"

#include <string.h>

const struct tl_command *const tl_commands[] = {
#define TL_COMMAND(name) &tl_command_##name,
#include "cli/commands.def"
#undef TL_COMMAND
};
const size_t tl_command_count = TL_COUNT(tl_commands);

const struct tl_command *tl_cli_command(const char *name)
{
	for (size_t i = 0; i < tl_command_count; i++)
		if (strcmp(tl_commands[i]->name, name) == 0)
			return tl_commands[i];
	return NULL;
}

int tl_cli_unknown_command(const char *name)
{
	const char *names[TL_COUNT(tl_commands)];

	for (size_t i = 0; i < tl_command_count; i++)
		names[i] = tl_commands[i]->name;
	return tl_cli_usage_error(NULL, tl_text_nearest(name, names, tl_command_count),
		"there is no command '%s'", name);
}
