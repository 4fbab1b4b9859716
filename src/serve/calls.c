/* What people say: into the room, onto the disk, and only then answered and told to others.
 *
 * Calls that come while a batch is on its way to the disk wait, and make the next one; so one sync
 * answers many, and between two batches all that the room knows is on disk. */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>
#include "serve/serve.h"

enum { MOST_WAITING_CALLS = 2000, MOST_BATCH = 500, MOST_UNFETCHED = 64 << 20 };
/* Calls that somebody may make at once, and a second: more than fingers can, less than would be in the
 * way of others. Those who have not joined yet share one allowance, and facilitators another. */
enum { AT_ONCE = 400, A_SECOND = 40 };

struct allowance {
	int64_t counted; /* until then, milliseconds */
	double left;
};

struct calls {
	struct server *server;
	struct request *waiting, **last; /* for the next batch */
	size_t waiting_count;
	struct request *batch; /* done, and on its way to the disk */
	bool syncing, broken;
	int begin, done; /* eventfds */
	pthread_t thread;
	bool started;
	atomic_bool ending;
	atomic_int error;
	struct allowance strangers, facilitators; /* who have not joined */
	struct allowance *allowances; /* by number of the person, which is that of an event */
	size_t allowance_count;
};

static void *sync_on_demand(void *context)
{
	struct calls *calls = context;
	uint64_t count;

	while (read(calls->begin, &count, sizeof count) == sizeof count &&
		!atomic_load(&calls->ending)) {
		int status = fdatasync(tl_room_sync_handle(calls->server->room));

		/* A log on what has no disk behind it, such as a pipe of /proc, cannot be synced. */
		atomic_store(&calls->error, status < 0 && errno != EINVAL ? errno : 0);
		count = 1;
		if (write(calls->done, &count, sizeof count) < 0)
			tl_die("an event cannot be written");
	}
	return NULL;
}

bool calls_start(struct server *server)
{
	struct calls *calls = calloc(1, sizeof *calls);

	if (!calls)
		tl_die_of_memory(sizeof *calls);
	server->calls = calls;
	calls->server = server;
	calls->last = &calls->waiting;
	calls->begin = eventfd(0, EFD_CLOEXEC);
	calls->done = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	calls->started = calls->begin >= 0 && calls->done >= 0 &&
			 pthread_create(&calls->thread, NULL, sync_on_demand, calls) == 0;
	return calls->started;
}

static void begin_sync(struct calls *calls)
{
	uint64_t one = 1;

	calls->syncing = true;
	if (write(calls->begin, &one, sizeof one) < 0)
		tl_die("an event cannot be written");
}

int calls_event(const struct server *server)
{
	return server->calls->done;
}

bool calls_settled(const struct server *server)
{
	return !server->calls->syncing;
}

/* ---- one call -------------------------------------------------------------------------------------- */

/* The name of what the call does, as far as that matters here. */
static bool does(const struct request *request, const char *what)
{
	const char *form = request->body.data, *end = form + request->body.len;
	size_t n = strlen(what);

	for (const char *p = form; p && p < end; p = memchr(p, '&', (size_t)(end - p))) {
		p += *p == '&';
		if ((size_t)(end - p) >= 3 + n && memcmp(p, "do=", 3) == 0)
			return memcmp(p + 3, what, n) == 0 &&
			       (p + 3 + n == end || p[3 + n] == '&');
	}
	return false;
}

/* Takes the secret out of the reply, which scripts may read, into a cookie, which they may not. Of what
 * was done, nothing that people wrote is in the reply. */
static void take_secret(struct request *request, struct tl_buf *reply)
{
	static const char key[] = "\"secret\":";
	char *start = strstr(reply->data, key), *value, *end;

	if (!start)
		return;
	value = start + sizeof key - 1;
	value += strspn(value, " \"");
	end = value + strcspn(value, "\"");
	const char *secret = tl_arena_strndup(&request->arena, value, (size_t)(end - value));
	end += *end == '"';
	while (start > reply->data && (start[-1] == ' ' || start[-1] == ','))
		start--;
	memmove(start, end, strlen(end) + 1);
	reply->len = strlen(reply->data);
	reply_json(request, MHD_HTTP_OK, reply);
	reply_cookie(request, request->server->cookie_me, secret);
}

static unsigned status_of(enum tl_room_verdict verdict)
{
	switch (verdict) {
	case TL_ROOM_DONE: return MHD_HTTP_OK;
	case TL_ROOM_WRONG: return MHD_HTTP_BAD_REQUEST;
	case TL_ROOM_FORBIDDEN: return MHD_HTTP_FORBIDDEN;
	case TL_ROOM_UNKNOWN: return MHD_HTTP_NOT_FOUND;
	case TL_ROOM_FULL: return MHD_HTTP_CONFLICT;
	case TL_ROOM_FAILED: break;
	}
	return MHD_HTTP_INTERNAL_SERVER_ERROR;
}

static void refuse_unsafe(struct request *request)
{
	reply_error(request, MHD_HTTP_INTERNAL_SERVER_ERROR,
		"The session could not be written to disk, so nothing more is taken in. Tell whoever "
		"runs this room to look at the disk and start it again.");
}

static void do_call(struct request *request)
{
	struct tl_buf reply = {0};

	if (request->server->calls->broken) {
		refuse_unsafe(request);
		return;
	}
	struct tl_room_call call = {.role = request->role,
		.person = request->person,
		.now = time(NULL),
		.form = request->body.data ? request->body.data : "",
		.length = request->body.len};
	enum tl_room_verdict verdict = tl_room_do(request->server->room, &call, &reply);

	reply_json(request, status_of(verdict), &reply);
	if (verdict == TL_ROOM_DONE)
		take_secret(request, &reply);
	if (verdict == TL_ROOM_DONE && does(request, "end"))
		keeper_want(request->server);
	tl_buf_release(&reply);
}

/* ---- batches --------------------------------------------------------------------------------------- */

/* What cannot be told apart is refused as a whole: some of it may be on disk. */
static void answer_batch(struct calls *calls)
{
	struct request *next;

	for (struct request *request = calls->batch; request; request = next) {
		next = request->next;
		if (calls->broken && request->act == do_call)
			refuse_unsafe(request);
		request_wake(request);
	}
	calls->batch = NULL;
}

static void make_batch(struct calls *calls)
{
	uint64_t before = tl_room_last(calls->server->room);
	struct request **end = &calls->batch;

	for (size_t i = 0; calls->waiting && i < MOST_BATCH; i++) {
		struct request *request = calls->waiting;

		calls->waiting = request->next;
		calls->waiting_count--;
		request->next = NULL;
		request->act(request);
		*end = request;
		end = &request->next;
	}
	if (!calls->waiting)
		calls->last = &calls->waiting;
	if (tl_room_last(calls->server->room) > before)
		begin_sync(calls);
	else
		answer_batch(calls);
}

static void end_sync(struct calls *calls)
{
	struct server *server = calls->server;
	uint64_t count;

	if (read(calls->done, &count, sizeof count) != sizeof count)
		return;
	calls->syncing = false;
	if (atomic_load(&calls->error) && !calls->broken) {
		calls->broken = true;
		server_complain(server, "the session '%s' could not be written to disk: %s",
			server->options->session, strerror(atomic_load(&calls->error)));
	}
	answer_batch(calls);
	if (!calls->broken)
		streams_news(server);
}

void calls_end_batch(struct server *server)
{
	if (server->calls->syncing)
		end_sync(server->calls);
}

void calls_begin_batch(struct server *server)
{
	struct calls *calls = server->calls;

	while (!calls->syncing && calls->waiting)
		make_batch(calls);
}

/* What was done is answered; what was not yet begun is refused. */
void calls_stop(struct server *server)
{
	struct calls *calls = server->calls;
	uint64_t one = 1;

	if (!calls)
		return;
	if (calls->started) {
		atomic_store(&calls->ending, true);
		if (write(calls->begin, &one, sizeof one) == sizeof one)
			pthread_join(calls->thread, NULL);
		if (fdatasync(tl_room_sync_handle(server->room)) < 0 && errno != EINVAL)
			calls->broken = true;
	}
	answer_batch(calls);
	while (calls->waiting) {
		struct request *request = calls->waiting;

		calls->waiting = request->next;
		reply_error(request, MHD_HTTP_SERVICE_UNAVAILABLE,
			"The room was just closed; this was not taken in.");
		request_wake(request);
	}
	if (calls->begin >= 0)
		close(calls->begin);
	if (calls->done >= 0)
		close(calls->done);
	free(calls->allowances);
	free(calls);
	server->calls = NULL;
}

/* What is seen of the room, on its way to somebody. */
struct sent {
	struct server *server;
	struct tl_buf view;
};

static void release_sent(void *context)
{
	struct sent *sent = context;

	sent->server->unfetched -= sent->view.len;
	tl_buf_release(&sent->view);
	free(sent);
}

/* It takes its turn, too: else it could show what is not on disk yet. A full room is some megabytes,
 * and who asks for it many times at once may never fetch them. */
static void show_state(struct request *request)
{
	struct server *server = request->server;
	struct sent *sent;

	if (server->unfetched >= MOST_UNFETCHED) {
		reply_error(request, MHD_HTTP_SERVICE_UNAVAILABLE,
			"The room is busy; try again in a moment.");
		reply_header(request, MHD_HTTP_HEADER_RETRY_AFTER, "1");
		return;
	}
	sent = calloc(1, sizeof *sent);
	if (!sent)
		tl_die_of_memory(sizeof *sent);
	sent->server = server;
	tl_room_view(server->room, request->role, request->person,
		number_of(server, request_argument(request, "since")), &sent->view);
	server->unfetched += sent->view.len;
	reply_response(request, MHD_HTTP_OK,
		MHD_create_response_from_buffer_with_free_callback_cls(
			sent->view.len, sent->view.data, release_sent, sent));
	reply_header(request, MHD_HTTP_HEADER_CONTENT_TYPE, "application/json");
}

static void queue(struct request *request, void (*act)(struct request *))
{
	struct calls *calls = request->server->calls;

	if (calls->waiting_count == MOST_WAITING_CALLS) {
		reply_error(request, MHD_HTTP_SERVICE_UNAVAILABLE,
			"The room is busy; try again in a moment.");
		reply_header(request, MHD_HTTP_HEADER_RETRY_AFTER, "1");
		return;
	}
	request->act = act;
	request->next = NULL;
	*calls->last = request;
	calls->last = &request->next;
	calls->waiting_count++;
	request_wait(request);
}

static struct allowance *allowance_of(struct calls *calls, const struct request *request)
{
	size_t count = (size_t)request->person + 1, before = calls->allowance_count;

	if (!request->person)
		return request->role == TL_FACILITATOR ? &calls->facilitators : &calls->strangers;
	if (count > before) {
		count = count > 2 * before ? count : 2 * before;
		calls->allowances = realloc(calls->allowances, count * sizeof *calls->allowances);
		if (!calls->allowances)
			tl_die_of_memory(count * sizeof *calls->allowances);
		memset(calls->allowances + before, 0, (count - before) * sizeof *calls->allowances);
		calls->allowance_count = count;
	}
	return &calls->allowances[request->person];
}

static bool is_too_often(const struct request *request)
{
	int64_t now = request->server->now;
	struct allowance *allowance = allowance_of(request->server->calls, request);

	if (!allowance->counted)
		allowance->left = AT_ONCE;
	allowance->left += (double)(now - allowance->counted) * A_SECOND / 1000;
	allowance->counted = now;
	if (allowance->left > AT_ONCE)
		allowance->left = AT_ONCE;
	if (allowance->left < 1)
		return true;
	allowance->left--;
	return false;
}

void handle_do(struct request *request)
{
	if (!is_too_often(request)) {
		queue(request, do_call);
		return;
	}
	reply_error(request, MHD_HTTP_TOO_MANY_REQUESTS,
		"This is more than a person can say; wait a moment.");
	reply_header(request, MHD_HTTP_HEADER_RETRY_AFTER, "1");
}

void handle_state(struct request *request)
{
	queue(request, show_state);
}
