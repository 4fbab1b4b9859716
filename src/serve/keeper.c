/* What was said, into the store: at the facilitator's word, when the workshop ends, and when the server
 * does. A store that somebody else writes to keeps nobody waiting: it is tried again until it works. */
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include "serve/serve.h"

enum { AGAIN_MS = 10000, LAST_MS = 20000, TURN_MS = 100 };

struct keeper {
	uint64_t kept, trying; /* events of the room that are in the store; that are being put there */
	bool wanted, busy;
	int64_t next;  /* not before, milliseconds */
	char *trouble; /* why it did not work last time */
	struct request *waiting;
};

void keeper_start(struct server *server)
{
	server->keeper = calloc(1, sizeof *server->keeper);
	if (!server->keeper)
		tl_die_of_memory(sizeof *server->keeper);
}

static void set_trouble(struct server *server, const char *text)
{
	struct keeper *keeper = server->keeper;

	free(keeper->trouble);
	keeper->trouble = text ? strdup(text) : NULL;
	if (text && !keeper->trouble)
		tl_die_of_memory(strlen(text));
	streams_trouble_changed(server);
}

static void answer(struct request *request, bool done, const struct tl_buf *text)
{
	if (done) {
		reply_json(request, MHD_HTTP_OK, text);
	} else {
		reply_error(request, MHD_HTTP_SERVICE_UNAVAILABLE,
			"It could not be put into the store yet, and is tried again until it can.");
		reply_header(request, MHD_HTTP_HEADER_RETRY_AFTER, "10");
	}
	request_wake(request);
}

static void end_keeping(void *context, enum job_outcome outcome, const struct tl_buf *text)
{
	struct server *server = context;
	struct keeper *keeper = server->keeper;
	struct request *next;

	keeper->busy = false;
	if (outcome == JOB_DONE) {
		keeper->kept = keeper->trying;
		keeper->wanted = false;
		if (keeper->trouble)
			set_trouble(server, NULL);
	} else {
		keeper->next = server->now + AGAIN_MS;
		set_trouble(server,
			outcome == JOB_LOST || !text->len ? "it took too long" : text->data);
	}
	for (struct request *request = keeper->waiting; request; request = next) {
		next = request->next;
		answer(request, outcome == JOB_DONE, text);
	}
	keeper->waiting = NULL;
}

static void try_now(struct server *server)
{
	struct keeper *keeper = server->keeper;
	struct job_order order = {.kind = JOB_KEEP};

	if (keeper->busy)
		return;
	keeper->trying = tl_room_last(server->room);
	keeper->busy = studio_order(server->studio, &order, NULL, 0, end_keeping, server);
}

void keeper_want(struct server *server)
{
	if (server->options->store)
		server->keeper->wanted = true;
}

void keeper_tick(struct server *server)
{
	struct keeper *keeper = server->keeper;

	if (keeper->wanted && server->now >= keeper->next)
		try_now(server);
}

/* What was said since it was put there last, before the server ends. */
void keeper_finish(struct server *server)
{
	struct keeper *keeper = server->keeper;
	int64_t end = now_ms() + LAST_MS;
	struct pollfd polled[STUDIO_AT_ONCE];

	if (!server->options->store)
		return;
	set_trouble(server, NULL);
	/* What is being put there may be from before the last thing that was said. */
	while (keeper->kept != tl_room_last(server->room) && !keeper->trouble && server->now < end) {
		keeper->wanted = true;
		try_now(server);
		studio_turn(server->studio);
		poll(polled, studio_poll(server->studio, polled), TURN_MS);
		server->now = now_ms();
		studio_turn(server->studio);
	}
	if (keeper->kept != tl_room_last(server->room))
		server_complain(server,
			"what was said is not in the store '%s' yet; it will be once the session is "
			"served again and ends%s%s",
			server->options->store, keeper->trouble ? "\n" : "",
			keeper->trouble ? keeper->trouble : "");
}

/* Lets go of who waits. */
void keeper_stop(struct server *server)
{
	struct keeper *keeper = server->keeper;
	struct request *next;

	for (struct request *request = keeper ? keeper->waiting : NULL; request; request = next) {
		next = request->next;
		answer(request, false, NULL);
	}
	if (keeper)
		keeper->waiting = NULL;
}

void keeper_free(struct server *server)
{
	if (server->keeper)
		free(server->keeper->trouble);
	free(server->keeper);
	server->keeper = NULL;
}

void keeper_put_trouble(const struct server *server, struct tl_buf *out, size_t *count)
{
	const struct keeper *keeper = server->keeper;
	struct tl_buf text = {0};

	if (!keeper->wanted || !keeper->trouble)
		return;
	tl_buf_printf(&text,
		"What was said is not in the store yet, and is tried again until it is: %s",
		keeper->trouble);
	tl_buf_puts(out, (*count)++ ? "," : "");
	tl_buf_json(out, text.data);
	tl_buf_release(&text);
}

void handle_keep(struct request *request)
{
	struct server *server = request->server;
	struct keeper *keeper = server->keeper;

	if (!server->options->store) {
		reply_error(request, MHD_HTTP_CONFLICT,
			"There is no store to keep it in. Start the workshop with --store DB.");
		return;
	}
	keeper->wanted = true;
	keeper->next = server->now;
	try_now(server);
	request->next = keeper->waiting;
	keeper->waiting = request;
	request_wait(request);
}
