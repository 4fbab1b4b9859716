/* measure: runs commands in turns and prints what one run of each takes.
 *
 *   measure [-c] [-n ROUNDS] {[-b COMMAND] COMMAND}…
 *
 * A round runs every command once, in order, so that whatever else the machine does hits all of
 * them alike; one round before the first is not counted, but with -c there is none. Commands are split at spaces and run
 * without a shell, their standard output thrown away; -b, for the next command, is run by a shell
 * before each of its runs and is not measured. Exits 1 if a command fails.
 *
 * Prints a line for each command:
 *   WALL CPU MEMORY RATIO    medians over the rounds, separated by tabs:
 * milliseconds from start to end; milliseconds of processor time; the peak memory in KiB of the
 * command's biggest process; and the wall time of a round divided by that of the first command in
 * the same round. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { MAX_ARGUMENTS = 256, MAX_COMMANDS = 8, MAX_ROUNDS = 1000 };

enum figure { WALL, CPU, MEMORY, RATIO, FIGURES };

struct command {
	const char *before;
	char *argv[MAX_ARGUMENTS];
	double figures[FIGURES][MAX_ROUNDS];
};

static _Noreturn void fail(const char *what, const char *why)
{
	fprintf(stderr, "measure: %s: %s\n", what, why);
	exit(1);
}

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double milliseconds(struct timeval t)
{
	return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

static void run(char *const *argv, double *wall, struct rusage *usage)
{
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	double start = now();
	pid_t pid;
	int error = posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ);
	if (error)
		fail(argv[0], strerror(error));
	int status;
	while (wait4(pid, &status, 0, usage) < 0)
		if (errno != EINTR)
			fail(argv[0], strerror(errno));
	*wall = now() - start;
	posix_spawn_file_actions_destroy(&actions);
	if (!WIFEXITED(status) || WEXITSTATUS(status))
		fail(argv[0], WIFEXITED(status) ? "exited with an error" : "was ended by a signal");
}

static void run_round(struct command *commands, size_t count, int round)
{
	for (size_t i = 0; i < count; i++) {
		struct command *c = &commands[i];
		double wall;
		struct rusage usage;
		if (c->before)
			run((char *[]){"sh", "-c", (char *)c->before, NULL}, &wall, &usage);
		run(c->argv, &wall, &usage);
		if (round < 0)
			continue;
		c->figures[WALL][round] = wall;
		c->figures[CPU][round] =
			milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
		c->figures[MEMORY][round] = (double)usage.ru_maxrss;
		c->figures[RATIO][round] = wall / commands[0].figures[WALL][round];
	}
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(double *values, int count)
{
	qsort(values, (size_t)count, sizeof *values, compare);
	return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

static void parse(struct command *c, char *text)
{
	size_t n = 0;
	for (char *save, *word = strtok_r(text, " ", &save); word;
		word = strtok_r(NULL, " ", &save)) {
		if (n == MAX_ARGUMENTS - 1)
			fail(text, "has too many arguments");
		c->argv[n++] = word;
	}
	if (!n)
		fail("usage", "measure [-c] [-n ROUNDS] {[-b COMMAND] COMMAND}…");
}

int main(int argc, char **argv)
{
	static struct command commands[MAX_COMMANDS];
	size_t count = 0;
	int rounds = 9, first = -1;
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "-n") && i + 1 < argc)
			rounds = atoi(argv[++i]);
		else if (!strcmp(argv[i], "-c"))
			first = 0;
		else if (!strcmp(argv[i], "-b") && i + 1 < argc && count < MAX_COMMANDS)
			commands[count].before = argv[++i];
		else if (count < MAX_COMMANDS)
			parse(&commands[count++], argv[i]);
	}
	if (!count || rounds < 1 || rounds > MAX_ROUNDS)
		fail("usage", "measure [-c] [-n ROUNDS] {[-b COMMAND] COMMAND}…");
	for (int round = first; round < rounds; round++)
		run_round(commands, count, round);
	for (size_t i = 0; i < count; i++)
		printf("%.3f\t%.3f\t%.0f\t%.4f\n", median(commands[i].figures[WALL], rounds),
			median(commands[i].figures[CPU], rounds),
			median(commands[i].figures[MEMORY], rounds),
			median(commands[i].figures[RATIO], rounds));
	return fflush(stdout) != 0;
}
