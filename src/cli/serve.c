/* touchline serve: the workshop, in a browser. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>
#include "cli/cli.h"
#include "touchline/serve.h"

enum { MOST_HOURS = 24 * 366 };
static const char default_session[] = "workshop.room", default_store[] = "touchline.db";

struct values {
	const char *listen, *base, *session, *title, *store;
	struct tl_texts_given hosts;
	unsigned port, hours;
	bool room, renew, qr, minutes, notes, decisions;
};

static const struct tl_option options[] = {
	{.kind = TL_OPTION_FLAG,
		.name = "room",
		.help = "let others on the local network in, by a link",
		.offset = offsetof(struct values, room)},
	{.kind = TL_OPTION_TEXT,
		.name = "session",
		.argument = "FILE",
		.help = "where all that is said is kept; one that is there is continued",
		.fallback = default_session,
		.offset = offsetof(struct values, session),
		.offer = TL_OFFER_FILES},
	{.kind = TL_OPTION_FLAG,
		.name = "new",
		.help = "begin a new session; the old one is kept under its date",
		.offset = offsetof(struct values, renew)},
	{.kind = TL_OPTION_TEXT,
		.name = "title",
		.argument = "TEXT",
		.help = "what a new session is called; without it, as its first journey",
		.offset = offsetof(struct values, title)},
	{.kind = TL_OPTION_NUMBER,
		.name = "hours",
		.argument = "N",
		.help = "how long the links of a new session let people in",
		.fallback = "12",
		.offset = offsetof(struct values, hours),
		.least = 1,
		.most = MOST_HOURS},
	{.kind = TL_OPTION_TEXT,
		.name = "store",
		.argument = "DB",
		.help = "what customers say; without it touchline.db, where there is one",
		.offset = offsetof(struct values, store),
		.offer = TL_OFFER_FILES},
	{.kind = TL_OPTION_NUMBER,
		.letter = 'p',
		.name = "port",
		.argument = "N",
		.help = "port to listen on; without it 7353, or the next one that is free",
		.offset = offsetof(struct values, port),
		.least = 1,
		.most = 65535},
	{.kind = TL_OPTION_TEXT,
		.name = "listen",
		.argument = "ADDRESS",
		.help = "address of this machine to listen on, also ADDRESS:PORT",
		.offset = offsetof(struct values, listen)},
	{.kind = TL_OPTION_TEXTS,
		.name = "host",
		.argument = "NAME",
		.help = "name that browsers call it by, behind a proxy; http://NAME without TLS",
		.offset = offsetof(struct values, hosts)},
	{.kind = TL_OPTION_TEXT,
		.name = "base-path",
		.argument = "PATH",
		.help = "path below which it answers, behind a proxy",
		.fallback = "/",
		.offset = offsetof(struct values, base)},
	{.kind = TL_OPTION_FLAG,
		.name = "qr",
		.help = "print the link's code also where the output is no terminal",
		.offset = offsetof(struct values, qr)},
	{.kind = TL_OPTION_FLAG,
		.name = "minutes",
		.help = "print the session's minutes as Markdown, and do not serve",
		.offset = offsetof(struct values, minutes)},
	{.kind = TL_OPTION_FLAG,
		.name = "notes",
		.help = "print all that was said as CSV, and do not serve",
		.offset = offsetof(struct values, notes)},
	{.kind = TL_OPTION_FLAG,
		.name = "decisions",
		.help = "print what the session decided, for touchline apply, and do not serve",
		.offset = offsetof(struct values, decisions)},
};

struct run {
	const struct values *values;
	size_t operands; /* journeys that were named */
	struct tl_serve_options options;
};

/* ---- what it says --------------------------------------------------------------------------------------- */

static void put_code(const struct run *run, const struct tl_serving *serving)
{
	struct tl_buf code = {0};

	if ((run->values->qr || (run->values->room && isatty(STDOUT_FILENO))) &&
		tl_serve_qr_text(&code, serving->join))
		printf("\n%s", code.data);
	tl_buf_release(&code);
}

static void put_invitation(const struct run *run, const struct tl_serving *serving)
{
	bool open = run->values->room || run->values->listen || run->values->hosts.count;

	if (!open)
		printf("\nOnly this machine can reach it. For others on your network:\n"
		       "  touchline serve --room\n");
	else
		printf("\nEverybody else joins here, without an account:\n  %s\n", serving->join);
	for (size_t i = 0; open && i < serving->also_count; i++)
		printf("  %s\n", serving->also[i]);
	if (run->values->room && !run->values->listen && !serving->reachable)
		printf("This machine has no network address at the moment, so nobody else can.\n");
	put_code(run, serving);
}

static void on_ready(void *context, const struct tl_serving *serving)
{
	const struct run *run = context;

	printf("The workshop is open; %s is %s.\n\n"
	       "You, who lead it, open this link. Keep it to yourself: it can do everything.\n  %s\n",
		serving->session, serving->continued ? "continued" : "where it is kept",
		serving->facilitator);
	put_invitation(run, serving);
	if (serving->expired)
		printf("\nThe links of this session have come to their end, and let nobody in any more.\n"
		       "A new session is begun by --new; --minutes prints what came of this one.\n");
	if (!run->options.store)
		printf("\nThere is no store, so maps show what is assumed; see touchline import.\n");
	printf("\nCtrl-C ends it. Nothing that was said is lost.\n");
	fflush(stdout);
}

static void on_told(void *context, struct tl_diags *diags)
{
	(void)context;
	tl_cli_report(diags);
}

/* What has to be given again to mean the same session, journeys and store. */
static void put_again(struct tl_buf *out, const struct run *run)
{
	const struct values *values = run->values;

	if (strcmp(values->session, default_session) != 0)
		tl_buf_printf(out, " --session %s", values->session);
	if (values->store)
		tl_buf_printf(out, " --store %s", values->store);
	for (size_t i = 0; i < run->operands; i++)
		tl_buf_printf(out, " %s", run->options.journeys[i]);
}

static void put_goodbye(const struct run *run)
{
	struct tl_buf again = {0};

	tl_buf_puts(&again, "");
	put_again(&again, run);
	printf("\nThe workshop is closed; all that was said is in %s.\n"
	       "To go on:         touchline serve%s%s\n"
	       "Its minutes:      touchline serve%s --minutes >minutes.md\n"
	       "Into the source:  touchline serve%s --decisions | touchline apply -\n",
		run->values->session, run->values->room ? " --room" : "", again.data, again.data,
		again.data);
	tl_buf_release(&again);
}

/* ---- running it ------------------------------------------------------------------------------------------ */

/* A descriptor that becomes readable when somebody wants the program to end. */
static int catch_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* "workshop.room" to "workshop-2026-11-22.room"; where that is taken, "-2" and so on. */
static bool move_aside(const char *session)
{
	enum { MOST = 1000 };
	const char *dot = strrchr(session, '.'), *slash = strrchr(session, '/');
	int stem = dot && dot > session && (!slash || dot > slash + 1) ? (int)(dot - session) :
									 (int)strlen(session);
	struct stat status;
	struct tl_buf name = {0};
	char date[11];
	bool moved = false;

	if (stat(session, &status) < 0)
		return true;
	tl_date_format(date, tl_date_of(status.st_mtime));
	for (int i = 1; i < MOST; i++) {
		tl_buf_clear(&name);
		tl_buf_printf(&name, "%.*s-%s", stem, session, date);
		if (i > 1)
			tl_buf_printf(&name, "-%d", i);
		tl_buf_puts(&name, session + stem);
		moved = link(session, name.data) == 0;
		if (moved || errno != EEXIST)
			break;
	}
	moved = moved && unlink(session) == 0;
	if (moved)
		printf("The session before is kept as %s.\n", name.data);
	else
		tl_cli_system_error("cannot move '%s' aside: %s", session, strerror(errno));
	tl_buf_release(&name);
	return moved;
}

/* Names without what stands before them; whether the first is to be called by http. */
static bool read_hosts(struct tl_texts_given *hosts)
{
	bool plain = false;

	for (size_t i = 0; i < hosts->count; i++) {
		const char *mark = strstr(hosts->list[i], "://");

		if (i == 0)
			plain = mark && strncmp(hosts->list[i], "http:", 5) == 0;
		if (mark)
			hosts->list[i] = mark + 3;
	}
	return plain;
}

static const char *choose_store(const struct values *values)
{
	struct stat status;

	if (values->store)
		return values->store;
	return stat(default_store, &status) == 0 ? default_store : NULL;
}

/* ---- what came out of it ---------------------------------------------------------------------------------- */

static void put_outcome(const struct values *values, const struct tl_room *room)
{
	struct tl_buf out = {0};
	size_t count;

	if (values->minutes)
		tl_room_minutes(room, &out, tl_clock_now());
	else if (values->notes)
		tl_room_csv(room, &out);
	else
		tl_room_decisions(room, &out, &count);
	tl_cli_write(&out);
}

/* The session may be open in a server meanwhile. */
static int print_outcome(const struct values *values, char **journeys, size_t count)
{
	struct tl_room *room = NULL;
	struct tl_arena arena;
	struct tl_diags diags;
	int status;

	tl_arena_init(&arena);
	tl_diags_init(&diags);
	diags.muted = true; /* what is wrong with journeys is not asked */
	struct tl_app_paths paths = tl_app_find(&arena, &diags, journeys, count);
	struct tl_app_set set = tl_app_read(&arena, &diags, &paths);
	diags.muted = false;
	if (tl_serve_open_copy(&room, &diags, values->session, set.list, set.count))
		put_outcome(values, room);
	tl_room_close(room);
	status = tl_cli_report(&diags);
	tl_diags_release(&diags);
	tl_arena_release(&arena);
	return status;
}

static int run(const struct tl_command *command, int argc, char **argv)
{
	static char *fallback[] = {"journeys"};
	struct values values = {0};
	struct tl_diags diags;
	int status;

	if (!tl_cli_parse(&values, command, &argc, argv, &status))
		return status;
	if (values.minutes + values.notes + values.decisions > 1)
		return tl_cli_usage_error(command, NULL,
			"--minutes, --notes and --decisions print one thing at a time");
	if (values.minutes || values.notes || values.decisions)
		return print_outcome(&values, argc ? argv : fallback,
			argc ? (size_t)argc : TL_COUNT(fallback));
	struct stat there;
	if (values.store && stat(values.store, &there) < 0)
		return tl_cli_usage_error(command, NULL,
			"there is no store '%s'; touchline import makes one", values.store);
	if (values.renew && !move_aside(values.session))
		return TL_EXIT_SYSTEM;
	bool plain = read_hosts(&values.hosts);
	struct run run = {.values = &values,
		.operands = (size_t)argc,
		.options = {.journeys = argc ? argv : fallback,
			.journey_count = argc ? (size_t)argc : TL_COUNT(fallback),
			.store = choose_store(&values),
			.session = values.session,
			.title = values.title,
			.listen = values.listen,
			.port = values.port,
			.base = values.base,
			.hosts = values.hosts.list,
			.host_count = values.hosts.count,
			.plain = plain,
			.room = values.room,
			.hours = values.hours,
			.interrupt = catch_signals(),
			.told = on_told}};
	tl_diags_init(&diags);
	bool served = tl_serve(&diags, &run.options, on_ready, &run);
	status = tl_cli_report(&diags);
	if (served)
		put_goodbye(&run);
	if (run.options.interrupt >= 0)
		close(run.options.interrupt);
	tl_diags_release(&diags);
	return served || status ? status : TL_EXIT_INPUT;
}

const struct tl_command tl_command_serve = {
	.name = "serve",
	.job = "Run a workshop",
	.summary = "opens journeys in browsers, for one person or a room",
	.operands = "[FILE|DIR]…",
	.operands_most = SIZE_MAX,
	.offer = TL_OFFER_JOURNEYS,
	.about = "Shows the maps of journeys in a browser, where people add what they know,\n"
		 "vote and decide together. It prints two links: one for whoever leads the\n"
		 "workshop, one for everybody else. Nobody needs an account, and nothing leaves\n"
		 "this machine's network.\n"
		 "\n"
		 "Without --room or --listen, only this machine can open it. All that is said is\n"
		 "in the session's file before anybody is told that it was said; the same command\n"
		 "goes on where it ended, with the same links.\n",
	.example = "touchline serve\n"
		   "touchline serve --room journeys/order.xml\n"
		   "touchline serve --minutes >minutes.md\n"
		   "touchline serve --decisions >decisions.xml\n",
	.options = options,
	.option_count = TL_COUNT(options),
	.run = run,
};
