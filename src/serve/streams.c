/* What people see: the room as it was told to each, and what happened since. A listener who is slow
 * gets everything that happened meanwhile at once; nothing is queued. */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include "serve/serve.h"

enum {
	BLOCK = 4096,
	MOST_UNSENT = 64 << 20, /* bytes that all listeners have not fetched yet */
	NEAR = 100,		/* events that somebody has to be told who is not far behind */
	DEAF_MS = 5000,		/* without fetching any, while others wait for that */
};

struct stream {
	struct stream *next, *previous;
	struct server *server;
	struct MHD_Connection *connection;
	enum tl_role role;
	int person;
	uint64_t seen; /* of the room */
	uint64_t map_seen, here_seen, trouble_seen;
	struct tl_buf out; /* being sent */
	size_t sent;
	bool begun, viewed, suspended, beat;
	int64_t last; /* when something was sent, milliseconds */
	int64_t fetched; /* when some of it was taken */
};

struct streams {
	struct stream *list;
	size_t count, unsent;
	uint64_t here, trouble; /* how often they changed */
	bool news;
	int64_t told; /* when there was a turn */
};

void streams_start(struct server *server)
{
	server->streams = calloc(1, sizeof *server->streams);
	if (!server->streams)
		tl_die_of_memory(sizeof *server->streams);
	server->streams->here = server->streams->trouble = 1;
}

void streams_free(struct server *server)
{
	free(server->streams);
	server->streams = NULL;
}

/* ---- what is sent ---------------------------------------------------------------------------------- */

/* The data of an event, whatever lines it has. */
static void put_data(struct tl_buf *out, const char *text, size_t n)
{
	for (const char *p = text, *end = text + n; p < end;) {
		const char *line = memchr(p, '\n', (size_t)(end - p));
		size_t length = line ? (size_t)(line - p) : (size_t)(end - p);

		tl_buf_puts(out, "data: ");
		tl_buf_put(out, p, length);
		tl_buf_putc(out, '\n');
		p += length + 1;
	}
	tl_buf_putc(out, '\n');
}

static void put_view(struct stream *stream)
{
	struct tl_buf view = {0};
	uint64_t last = tl_room_last(stream->server->room);

	tl_room_view(stream->server->room, stream->role, stream->person, stream->seen, &view);
	tl_buf_printf(&stream->out, "event: view\nid: %llu\n", (unsigned long long)last);
	put_data(&stream->out, view.data, view.len);
	tl_buf_release(&view);
	stream->seen = last;
	stream->viewed = true;
}

/* People have several windows; each is listed once. */
static void put_here(struct stream *stream)
{
	struct streams *streams = stream->server->streams;
	struct tl_buf line = {0};
	size_t watching = 0, listed = 0;
	size_t numbers = (size_t)tl_room_last(stream->server->room) + 1; /* those that people can have */
	bool *seen = calloc(numbers, sizeof *seen);

	if (!seen)
		tl_die_of_memory(numbers);
	tl_buf_puts(&line, "{\"people\":[");
	for (const struct stream *one = streams->list; one; one = one->next) {
		watching += !one->person;
		if (one->person <= 0 || (size_t)one->person >= numbers || seen[one->person])
			continue;
		seen[one->person] = true;
		tl_buf_printf(&line, "%s%d", listed++ ? "," : "", one->person);
	}
	tl_buf_printf(&line, "],\"watching\":%zu}", watching);
	tl_buf_puts(&stream->out, "event: here\n");
	put_data(&stream->out, line.data, line.len);
	tl_buf_release(&line);
	free(seen);
	stream->here_seen = streams->here;
}

static void put_trouble(struct stream *stream)
{
	struct tl_buf line = {0};
	size_t count = 0;

	tl_buf_puts(&line, "{\"list\":[");
	sights_put_trouble(stream->server, &line, &count);
	keeper_put_trouble(stream->server, &line, &count);
	tl_buf_puts(&line, "]}");
	tl_buf_puts(&stream->out, "event: trouble\n");
	put_data(&stream->out, line.data, line.len);
	tl_buf_release(&line);
	stream->trouble_seen = stream->server->streams->trouble;
}

static bool hears_trouble(const struct stream *stream)
{
	return stream->role == TL_FACILITATOR &&
	       stream->trouble_seen != stream->server->streams->trouble;
}

/* Between two batches only: what is told is on disk. */
static bool has_view(const struct stream *stream)
{
	return calls_settled(stream->server) &&
	       (!stream->viewed || stream->seen != tl_room_last(stream->server->room));
}

static bool has_news(const struct stream *stream)
{
	const struct server *server = stream->server;

	return stream->beat || !stream->begun || hears_trouble(stream) ||
	       stream->map_seen != sights_serial(server) ||
	       stream->here_seen != server->streams->here || has_view(stream);
}

static void gather(struct stream *stream)
{
	struct server *server = stream->server;

	if (!stream->begun)
		tl_buf_puts(&stream->out, "retry: 1000\n: welcome\n\n");
	else if (stream->beat)
		tl_buf_puts(&stream->out, ": still here\n\n");
	stream->begun = true;
	stream->beat = false;
	if (has_view(stream))
		put_view(stream);
	if (stream->map_seen != sights_serial(server))
		stream->map_seen = sights_put_changes(server, stream->map_seen, &stream->out);
	if (stream->here_seen != server->streams->here)
		put_here(stream);
	if (hears_trouble(stream))
		put_trouble(stream);
	server->streams->unsent += stream->out.len;
	stream->last = stream->fetched = server->now;
}

/* Whoever has nearly everything already needs little, and does not wait for those who want all. */
static bool has_room_for(const struct stream *stream)
{
	const struct server *server = stream->server;
	bool near = tl_room_last(server->room) - stream->seen <= NEAR;

	return server->streams->unsent < (size_t)(near ? 2 : 1) * MOST_UNSENT;
}

/* libmicrohttpd wants bytes: those that are left, else what is new, else it has to wait. */
static ssize_t give(void *context, uint64_t position, char *bytes, size_t most)
{
	struct stream *stream = context;
	struct server *server = stream->server;
	size_t n;

	(void)position;
	if (server->stopping)
		return MHD_CONTENT_READER_END_OF_STREAM;
	if (stream->sent == stream->out.len) {
		tl_buf_release(&stream->out);
		stream->sent = 0;
		if (has_news(stream) && has_room_for(stream))
			gather(stream);
	}
	if (stream->sent == stream->out.len) {
		stream->suspended = true;
		MHD_suspend_connection(stream->connection);
		return 0;
	}
	n = stream->out.len - stream->sent;
	n = n < most ? n : most;
	memcpy(bytes, stream->out.data + stream->sent, n);
	stream->sent += n;
	stream->fetched = server->now;
	server->streams->unsent -= n;
	return (ssize_t)n;
}

static void end_stream(void *context)
{
	struct stream *stream = context;
	struct streams *streams = stream->server->streams;

	if (stream->previous)
		stream->previous->next = stream->next;
	else
		streams->list = stream->next;
	if (stream->next)
		stream->next->previous = stream->previous;
	streams->count--;
	streams->here++;
	streams->news = true;
	streams->unsent -= stream->out.len - stream->sent;
	tl_buf_release(&stream->out);
	free(stream);
}

/* ---- turns ------------------------------------------------------------------------------------------ */

static void wake(struct stream *stream)
{
	if (!stream->suspended)
		return;
	stream->suspended = false;
	MHD_resume_connection(stream->connection);
}

void streams_news(struct server *server)
{
	server->streams->news = true;
}

void streams_trouble_changed(struct server *server)
{
	server->streams->trouble++;
	streams_news(server);
}

int64_t streams_due(const struct server *server)
{
	return server->streams->news ? server->streams->told + TELL_MS : INT64_MAX;
}

void streams_turn(struct server *server)
{
	struct streams *streams = server->streams;

	if (server->now < streams_due(server) || !calls_settled(server))
		return;
	streams->news = false;
	streams->told = server->now;
	for (struct stream *stream = streams->list; stream; stream = stream->next)
		if (has_news(stream))
			wake(stream);
}

/* Whoever fetches nothing while others are put off is let go; a browser comes back by itself. */
static void end_deaf(struct server *server)
{
	for (struct stream *stream = server->streams->list; stream; stream = stream->next)
		if (stream->sent < stream->out.len && server->now - stream->fetched >= DEAF_MS)
			shutdown(MHD_get_connection_info(stream->connection,
					 MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd, SHUT_RDWR);
}

/* Also those who were put off, since too much was on its way. */
void streams_tick(struct server *server)
{
	if (server->streams->unsent >= MOST_UNSENT)
		end_deaf(server);
	for (struct stream *stream = server->streams->list; stream; stream = stream->next)
		if (server->now - stream->last >= HEARTBEAT_MS)
			stream->beat = true;
	streams_news(server);
}

void streams_stop(struct server *server)
{
	for (struct stream *stream = server->streams->list; stream; stream = stream->next)
		wake(stream);
}

/* ---- requests ---------------------------------------------------------------------------------------- */

/* 0 for what is no number, and for what the room has not come to: then all of it is told. */
uint64_t number_of(const struct server *server, const char *text)
{
	char *end;
	unsigned long long value = text && *text >= '0' && *text <= '9' ? strtoull(text, &end, 10) : 0;

	return value && !*end && value <= tl_room_last(server->room) ? value : 0;
}

void handle_events(struct request *request)
{
	struct server *server = request->server;
	struct streams *streams = server->streams;
	const char *last = request_header(request, "Last-Event-ID");
	struct stream *stream;

	if (streams->count >= MOST_STREAMS) {
		reply_error(request, MHD_HTTP_SERVICE_UNAVAILABLE,
			"Too many windows are open in this room; close some that nobody looks at.");
		reply_header(request, MHD_HTTP_HEADER_RETRY_AFTER, "10");
		return;
	}
	stream = calloc(1, sizeof *stream);
	if (!stream)
		tl_die_of_memory(sizeof *stream);
	*stream = (struct stream){.server = server,
		.connection = request->connection,
		.role = request->role,
		.person = request->person,
		.seen = number_of(server, last ? last : request_argument(request, "since")),
		.map_seen = sights_serial(server),
		.last = server->now,
		.next = streams->list};
	if (streams->list)
		streams->list->previous = stream;
	streams->list = stream;
	streams->count++;
	streams->here++;
	streams->news = true;
	reply_response(request, MHD_HTTP_OK,
		MHD_create_response_from_callback(
			MHD_SIZE_UNKNOWN, BLOCK, give, stream, end_stream));
	reply_header(request, MHD_HTTP_HEADER_CONTENT_TYPE, "text/event-stream");
	reply_header(request, "X-Accel-Buffering", "no"); /* nginx would wait for more */
}
