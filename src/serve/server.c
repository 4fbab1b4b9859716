/* The server: one loop, from the first connection to the last. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <netinet/tcp.h>
#include <time.h>
#include <unistd.h>
#include "serve/serve.h"

int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void server_complain(struct server *server, const char *fmt, ...)
{
	struct tl_buf line = {0};
	va_list args;

	va_start(args, fmt);
	tl_diag_put_safely(&line, tl_arena_vprintf(&server->arena, fmt, args));
	va_end(args);
	fprintf(stderr, "touchline: %s\n", line.data);
	tl_buf_release(&line);
}

/* ---- connections ----------------------------------------------------------------------------------- */

/* A phone that went to sleep, or out of the room, is not waited for longer than this. */
static void give_up_on_silence(int fd)
{
	int on = 1, silence = 30000, idle = 30;

	setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
	setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof idle);
	setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &silence, sizeof silence);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

static void on_connection(void *context, struct MHD_Connection *connection, void **own,
	enum MHD_ConnectionNotificationCode code)
{
	struct server *server = context;
	struct connection *one = *own;

	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		one = calloc(1, sizeof *one);
		if (!one)
			tl_die_of_memory(sizeof *one);
		one->fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)
				  ->connect_fd;
		one->deadline = now_ms() + FIRST_MS;
		one->next = server->connections;
		if (one->next)
			one->next->previous = one;
		server->connections = one;
		server->connection_count++;
		give_up_on_silence(one->fd);
		*own = one;
		return;
	}
	if (one->previous)
		one->previous->next = one->next;
	else
		server->connections = one->next;
	if (one->next)
		one->next->previous = one->previous;
	server->connection_count--;
	free(one);
}

static struct connection *connection_of(struct MHD_Connection *connection)
{
	return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)
		->socket_context;
}

/* libmicrohttpd counts from the last byte; who sends one now and then would stay for ever. */
static void end_slow(struct server *server)
{
	for (struct connection *one = server->connections; one; one = one->next)
		if (one->deadline && server->now > one->deadline)
			shutdown(one->fd, SHUT_RDWR);
}

/* ---- requests -------------------------------------------------------------------------------------- */

static void identify(struct request *request)
{
	struct server *server = request->server;
	const char *token = MHD_lookup_connection_value(
		request->connection, MHD_COOKIE_KIND, server->cookie);
	const char *secret = MHD_lookup_connection_value(
		request->connection, MHD_COOKIE_KIND, server->cookie_me);
	bool expired;

	request->role = token ? tl_room_role(server->room, token, time(NULL), &expired) : TL_NOBODY;
	request->person = request->role != TL_NOBODY && secret ?
		tl_room_person(server->room, secret) : 0;
}

/* The path below the base, or NULL. */
static const char *below_base(const struct server *server, const char *path)
{
	size_t n = strlen(server->base);

	return strncmp(path, server->base, n) == 0 ? path + n : NULL;
}

static bool is_method(const struct route *route, const char *method)
{
	return strcmp(route->method, method) == 0 ||
	       (strcmp(route->method, "GET") == 0 && strcmp(method, "HEAD") == 0);
}

/* A path that ends in / stands for all below it; "/" alone for all that is left. */
static bool is_path(const struct route *route, const char *path)
{
	size_t n = strlen(route->path);

	if (n == 1 && *route->path == '/')
		return *path;
	if (n && route->path[n - 1] == '/')
		return strncmp(path, route->path, n) == 0 && path[n];
	return strcmp(path, route->path) == 0;
}

static void find_route(struct request *request, const char *path, const char *method)
{
	const struct route *other = NULL;

	for (size_t i = 0; i < route_count && !request->route; i++) {
		bool rest = strcmp(routes[i].path, "/") == 0;

		if (!is_path(&routes[i], path) || (rest && other))
			continue;
		if (is_method(&routes[i], method))
			request->route = &routes[i];
		else if (!rest)
			other = &routes[i];
	}
	if (request->route) {
		request->rest = tl_arena_strdup(&request->arena,
			path + (strcmp(request->route->path, "/") ? strlen(request->route->path) : 0));
		return;
	}
	if (!other) {
		reply_error(request, MHD_HTTP_NOT_FOUND, "There is nothing of that name here.");
		return;
	}
	reply_error(request, MHD_HTTP_METHOD_NOT_ALLOWED, "This takes %s only.", other->method);
	reply_header(request, MHD_HTTP_HEADER_ALLOW,
		strcmp(other->method, "GET") == 0 ? "GET, HEAD" : other->method);
}

static bool is_own(const struct request *request)
{
	const struct tl_serve_options *options = request->server->options;
	const char *origin = request_header(request, MHD_HTTP_HEADER_ORIGIN);

	if (!origin)
		return request_header(request, "X-Touchline") != NULL;
	return origin_allowed(origin, request_header(request, MHD_HTTP_HEADER_HOST),
		options->hosts, options->host_count);
}

static void refuse_stranger(struct request *request)
{
	if (request->role != TL_NOBODY)
		reply_error(request, MHD_HTTP_FORBIDDEN, "This is for the facilitator only.");
	else if (*request->route->path)
		reply_error(request, MHD_HTTP_UNAUTHORIZED,
			"This needs the room's link; open it again.");
	else
		reply_page(request, MHD_HTTP_UNAUTHORIZED, "This page needs a link",
			"Open the link that the facilitator of the workshop shows or sent you, or scan "
			"its code. It lets you in; the address alone does not.");
}

static bool is_too_long(const struct request *request)
{
	const char *length = request_header(request, MHD_HTTP_HEADER_CONTENT_LENGTH);

	return length && strtoull(length, NULL, 10) > request->route->most;
}

/* What can be said before a body is read. */
static void admit(struct request *request, const char *url, const char *method)
{
	struct server *server = request->server;
	const char *path;

	if (!host_allowed(request_header(request, MHD_HTTP_HEADER_HOST), server->options->hosts,
		    server->options->host_count)) {
		reply_error(request, MHD_HTTP_FORBIDDEN,
			"This server is not called so. Where it is behind a proxy, start it with --host NAME.");
		return;
	}
	if (server->connection_count > MOST_BUSY) {
		reply_error(request, MHD_HTTP_SERVICE_UNAVAILABLE,
			"Too many people are here at once; try again in a moment.");
		reply_header(request, MHD_HTTP_HEADER_RETRY_AFTER, "5");
		reply_header(request, MHD_HTTP_HEADER_CONNECTION, "close");
		return;
	}
	path = below_base(server, url);
	if (!path) {
		reply_error(request, MHD_HTTP_NOT_FOUND, "There is nothing here; try %s.", server->base);
		return;
	}
	find_route(request, path, method);
	if (request->response)
		return;
	if (strcmp(method, "POST") == 0 && !is_own(request)) {
		reply_error(request, MHD_HTTP_FORBIDDEN,
			"This came from another site, and is not done.");
		return;
	}
	identify(request);
	if (request->role < request->route->role)
		refuse_stranger(request);
	else if (is_too_long(request))
		reply_error(request, MHD_HTTP_CONTENT_TOO_LARGE, "This is more than the %zu bytes that it may be.",
			request->route->most);
}

static enum MHD_Result queue(struct request *request)
{
	enum MHD_Result status;

	if (!request->shared)
		reply_common(request->response);
	status = MHD_queue_response(request->connection, request->status, request->response);
	if (!request->shared)
		MHD_destroy_response(request->response);
	request->response = NULL;
	return status;
}

static void take_body(struct request *request, const char *bytes, size_t n)
{
	if (request->response)
		return;
	if (request->body.len + n > request->route->most)
		reply_error(request, MHD_HTTP_CONTENT_TOO_LARGE, "This is more than the %zu bytes that it may be.",
			request->route->most);
	else
		tl_buf_put(&request->body, bytes, n);
}

/* Whether a body follows that is better read and thrown away: who is still sending it would else see
 * a broken connection, not the answer. */
static bool is_worth_reading(const struct request *request)
{
	const char *length = request_header(request, MHD_HTTP_HEADER_CONTENT_LENGTH);

	return !request_header(request, MHD_HTTP_HEADER_EXPECT) &&
	       (length ? strtoull(length, NULL, 10) <= MOST_UNWANTED :
			 request_header(request, MHD_HTTP_HEADER_TRANSFER_ENCODING) != NULL);
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *upload, size_t *upload_size, void **own)
{
	struct request *request = *own;
	struct connection *one = connection_of(connection);

	(void)version;
	if (!request) {
		request = calloc(1, sizeof *request);
		if (!request)
			tl_die_of_memory(sizeof *request);
		request->server = context;
		request->connection = connection;
		tl_arena_init(&request->arena);
		*own = request;
		one->deadline = now_ms() + BODY_MS;
		admit(request, url, method);
		return request->response && !is_worth_reading(request) ? queue(request) : MHD_YES;
	}
	if (*upload_size) {
		take_body(request, upload, *upload_size);
		*upload_size = 0;
		return MHD_YES;
	}
	one->deadline = 0;
	if (request->state == REQUEST_READING && !request->response)
		request->route->handle(request);
	if (request->state == REQUEST_WAITING)
		return MHD_YES;
	return request->response ? queue(request) : MHD_NO;
}

static void on_end(void *context, struct MHD_Connection *connection, void **own,
	enum MHD_RequestTerminationCode code)
{
	struct request *request = *own;

	(void)context;
	(void)code;
	if (!request)
		return;
	connection_of(connection)->deadline = now_ms() + NEXT_MS;
	if (request->response && !request->shared)
		MHD_destroy_response(request->response);
	tl_buf_release(&request->body);
	tl_arena_release(&request->arena);
	free(request);
	*own = NULL;
}

/* ---- jobs of requests -------------------------------------------------------------------------------- */

struct errand {
	struct request *request;
	job_answer *end;
};

static void end_errand(void *context, enum job_outcome outcome, const struct tl_buf *answer)
{
	struct errand *errand = context;
	struct request *request = errand->request;

	if (outcome == JOB_LOST)
		reply_error(request, MHD_HTTP_SERVICE_UNAVAILABLE,
			"This took too long or came to an unexpected end. Nothing else is "
			"concerned; try it once more.");
	else if (outcome == JOB_FAILED)
		reply_error(request, MHD_HTTP_INTERNAL_SERVER_ERROR, "%s", answer->data);
	else
		errand->end(request, outcome, answer);
	request_wake(request);
}

void request_order(struct request *request, const struct job_order *order, const void *text,
	size_t n, job_answer *end)
{
	struct errand *errand = tl_arena_new(&request->arena, struct errand);

	*errand = (struct errand){request, end};
	if (studio_order(request->server->studio, order, text, n, end_errand, errand)) {
		request_wait(request);
		return;
	}
	reply_error(request, MHD_HTTP_SERVICE_UNAVAILABLE,
		"Too much is being drawn at once; try again in a moment.");
	reply_header(request, MHD_HTTP_HEADER_RETRY_AFTER, "2");
}

/* ---- the loop ---------------------------------------------------------------------------------------- */

void server_raise_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
		limit.rlim_cur = limit.rlim_max < 65536 ? limit.rlim_max : 65536;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
}

static unsigned most_connections(void)
{
	enum { OTHERS = 64 };
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur > MOST_CONNECTIONS + OTHERS)
		return MOST_CONNECTIONS;
	return limit.rlim_cur > 2 * OTHERS ? (unsigned)limit.rlim_cur - OTHERS : OTHERS;
}

static void log_nothing(void *context, const char *fmt, va_list args)
{
	(void)context;
	(void)fmt;
	(void)args; /* what clients send is not this terminal's business */
}

/* Names end with a NUL; one that has it in the middle is no name of anything here, and stays spelt. */
static size_t unescape(void *context, struct MHD_Connection *connection, char *text)
{
	(void)context;
	(void)connection;
	return strstr(text, "%00") ? strlen(text) : MHD_http_unescape(text);
}

bool server_start(struct server *server)
{
	server->daemon = MHD_start_daemon(
		MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, NULL, NULL,
		on_request, server, MHD_OPTION_EXTERNAL_LOGGER, log_nothing, NULL,
		MHD_OPTION_LISTEN_SOCKET, server->address.socket,
		MHD_OPTION_NOTIFY_COMPLETED, on_end, NULL,
		MHD_OPTION_UNESCAPE_CALLBACK, unescape, NULL,
		MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,
		MHD_OPTION_CONNECTION_LIMIT, most_connections(),
		MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)MOST_OF_ONE,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
		MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_END);
	return server->daemon != NULL;
}

static int until_next(const struct server *server, int64_t tick)
{
	MHD_UNSIGNED_LONG_LONG asked;
	int64_t due = streams_due(server);
	int64_t wait = (due < tick ? due : tick) - now_ms();

	if (MHD_get_timeout(server->daemon, &asked) == MHD_YES && (int64_t)asked < wait)
		wait = (int64_t)asked;
	return wait < 0 ? 0 : (int)wait;
}

static void tick_all(struct server *server)
{
	end_slow(server);
	sights_tick(server);
	keeper_tick(server);
	streams_tick(server);
}

void server_run(struct server *server)
{
	enum { INTERRUPT, HTTP, SYNC, JOBS };
	struct pollfd polled[JOBS + STUDIO_AT_ONCE] = {
		{.fd = server->options->interrupt, .events = POLLIN},
		{.fd = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd,
			.events = POLLIN},
		{.fd = calls_event(server), .events = POLLIN}};
	int64_t tick = now_ms();

	for (;;) {
		size_t count = JOBS + studio_poll(server->studio, polled + JOBS);

		if (poll(polled, count, until_next(server, tick)) < 0 && errno != EINTR)
			return;
		if (polled[INTERRUPT].revents)
			return;
		server->now = now_ms();
		calls_end_batch(server);
		studio_turn(server->studio);
		if (server->now >= tick) {
			tick_all(server);
			tick = server->now + TICK_MS;
		}
		streams_turn(server);
		MHD_run(server->daemon);
		calls_begin_batch(server);
		studio_turn(server->studio);
	}
}
