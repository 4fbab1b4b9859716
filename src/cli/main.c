/* touchline: finds the command and runs it.
 *
 * This is the only place that decides how the process ends. Standard output is flushed and checked
 * here, once, so that a full disk or a closed pipe never looks like success.
 */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* A caller may have closed standard streams; then the next file that is opened would become one
 * of them, and messages would be written into it. Opened for reading, they fail as they should. */
static void occupy_standard_streams(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF && open("/dev/null", O_RDONLY) != fd)
			return;
}

static int finish(int status)
{
	bool failed = ferror(stdout);

	errno = 0;
	if (fflush(stdout) != 0 || failed)
		return tl_cli_system_error("cannot write to standard output%s%s", errno ? ": " : "",
			errno ? strerror(errno) : "");
	return status;
}

static int print_help(FILE *stream, int status)
{
	struct tl_buf help = {0};

	tl_cli_put_help(&help);
	fwrite(help.data, 1, help.len, stream);
	tl_buf_release(&help);
	return status;
}

static int dispatch(int argc, char **argv)
{
	static const char *const options[] = {"--help", "--version"};
	const struct tl_command *command;

	if (argc < 2)
		return print_help(stderr, TL_EXIT_USAGE);
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
		return print_help(stdout, TL_EXIT_CLEAN);
	if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0) {
		puts("touchline " TL_VERSION);
		return TL_EXIT_CLEAN;
	}
	if (argv[1][0] == '-')
		return tl_cli_usage_error(NULL,
			tl_text_nearest(argv[1], options, TL_COUNT(options)),
			"there is no option %s before the command", argv[1]);
	command = tl_cli_command(argv[1]);
	if (!command)
		return tl_cli_unknown_command(argv[1]);
	return command->run(command, argc - 2, argv + 2);
}

int main(int argc, char **argv)
{
	occupy_standard_streams();
	signal(SIGPIPE, SIG_IGN);
	return finish(dispatch(argc, argv));
}
