/* The workshop: set up in the order that its parts need, and put down in the other. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include "serve/serve.h"

static const struct tl_span nowhere;

/* ---- links ------------------------------------------------------------------------------------------- */

static char *make_link(struct server *server, const char *host, enum tl_role role)
{
	const struct tl_serve_options *options = server->options;
	const char *token = tl_room_token(server->room, role);

	if (options->host_count)
		return tl_arena_printf(&server->arena, "%s://%s%sjoin/%s",
			options->plain ? "http" : "https", options->hosts[0], server->base, token);
	return tl_arena_printf(&server->arena, "http://%s:%u%sjoin/%s", host, server->address.port,
		server->base, token);
}

/* Others come by the first address that they can reach; the facilitator sits at this machine. */
static void make_links(struct server *server, struct tl_serving *serving)
{
	struct address *address = &server->address;
	size_t count = address->reachable_count;
	const char **also = tl_arena_array(&server->arena, const char *, count);
	size_t n = 0;

	server->facilitator = make_link(server, address->host, TL_FACILITATOR);
	server->join = make_link(
		server, count ? address->reachable[0] : address->host, TL_PARTICIPANT);
	for (size_t i = 1; i < count && !server->options->host_count; i++)
		also[n++] = make_link(server, address->reachable[i], TL_PARTICIPANT);
	*serving = (struct tl_serving){.facilitator = server->facilitator,
		.join = server->join,
		.also = also,
		.also_count = n,
		.session = server->options->session,
		.reachable = count || server->options->host_count};
}

/* Begins and ends with a slash. */
static const char *make_base(struct tl_arena *arena, const char *given)
{
	struct tl_buf base = {0};
	const char *made;

	tl_buf_putc(&base, '/');
	for (const char *p = given ? given : ""; *p; p++)
		if (*p != '/' || base.data[base.len - 1] != '/')
			tl_buf_putc(&base, *p);
	if (base.data[base.len - 1] != '/')
		tl_buf_putc(&base, '/');
	made = tl_arena_strdup(arena, base.data);
	tl_buf_release(&base);
	return made;
}

/* ---- up and down -------------------------------------------------------------------------------------- */

static bool open_room(struct server *server)
{
	const struct tl_serve_options *options = server->options;
	struct tl_room_options room = {.title = options->title,
		.expires = (int64_t)time(NULL) + (int64_t)(options->hours * 3600)};
	size_t count;
	const struct tl_journey *const *journeys = sights_journeys(server, &server->arena, &count);

	if (!tl_room_open(&server->room, server->diags, options->session, journeys, count, &room))
		return false;
	snprintf(server->cookie, sizeof server->cookie, "touchline-%s", tl_room_id(server->room));
	snprintf(server->cookie_me, sizeof server->cookie_me, "touchline-%s-me",
		tl_room_id(server->room));
	return true;
}

static bool report(struct server *server, const char *what)
{
	tl_diag_add(server->diags, TL0822, nowhere, "cannot start %s: %s", what, strerror(errno));
	return false;
}

static bool start(struct server *server)
{
	if (!sights_start(server)) {
		if (sights_were_wrong(server))
			return false; /* that was said */
		tl_diag_hint(server->diags,
			tl_diag_add(server->diags, TL0126, nowhere,
				"there is no journey without errors to talk about"),
			"'touchline check' says what is wrong, 'touchline init NAME' writes one to start from");
		return false;
	}
	if (!address_listen(&server->address, server->diags, server->options) || !open_room(server))
		return false;
	assets_start(server);
	streams_start(server);
	keeper_start(server);
	if (!calls_start(server) || !server_start(server))
		return report(server, "the server");
	return true;
}

/* Everybody is answered or let go before the ground goes. */
static void put_down(struct server *server)
{
	enum { TURNS = 100 };

	server->stopping = true;
	if (server->daemon) {
		MHD_quiesce_daemon(server->daemon); /* the socket is ours to close */
		calls_stop(server);
		sights_stop(server);
		keeper_stop(server);
		streams_stop(server);
		for (int i = 0; i < TURNS && server->connection_count; i++)
			MHD_run(server->daemon);
		MHD_stop_daemon(server->daemon);
	} else {
		calls_stop(server);
	}
	studio_free(server->studio);
	if (server->streams)
		streams_free(server);
	keeper_free(server);
	assets_free(server);
	tl_room_close(server->room);
	sights_free(server);
	address_close(&server->address);
	tl_arena_release(&server->arena);
}

bool tl_serve(struct tl_diags *diags, const struct tl_serve_options *options,
	tl_serve_ready *ready, void *context)
{
	struct server server = {
		.options = options, .diags = diags, .address.socket = -1, .now = now_ms()};
	struct tl_serving serving;
	struct stat status;
	bool continued = stat(options->session, &status) == 0 && status.st_size;
	bool started;

	tl_arena_init(&server.arena);
	server.base = make_base(&server.arena, options->base);
	server_raise_limit();
	server.studio = studio_new(options);
	started = server.studio ? start(&server) : report(&server, "the process that draws");
	if (started) {
		make_links(&server, &serving);
		serving.continued = continued;
		tl_room_role(server.room, tl_room_token(server.room, TL_PARTICIPANT), time(NULL),
			&serving.expired);
		ready(context, &serving);
		server_run(&server);
		keeper_finish(&server);
	}
	put_down(&server);
	return started;
}
