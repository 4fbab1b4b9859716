/* serve: the workshop in a browser. One HTTP server (the only user of libmicrohttpd), one room, the
 * maps of its journeys; the page is plain HTML, CSS and JavaScript that are part of the program.
 *
 * Roles come from links: GET join/TOKEN sets a cookie (HttpOnly, SameSite=Lax, named after the
 * room, so that two rooms on one machine do not mix) and leads to the page. Joining (do=join) sets a
 * second one, which is the person. Everything else asks for the first. All paths are below the base
 * path, and every link in the page is relative, so that a reverse proxy may put it anywhere.
 *
 *   GET  .                       the page; without a cookie: what to do, 401
 *   GET  join/TOKEN              303 to the page; 403 with a page that says why
 *   GET  page.js page.css …      with ETag
 *   GET  words                   what the page says, {"NAME": text}, in the language of the journeys
 *   GET  outline                 JSON: journeys, departments, stages, touchpoints, pain points; ETag
 *   GET  map/JOURNEY.svg         as `build` draws it, its cards linking to "#at:TOUCHPOINT"; ETag
 *   GET  panel/JOURNEY/TOUCHPOINT  HTML of tl_report_panel: what is known about it
 *   GET  api/state?since=N       JSON of tl_room_view
 *   GET  api/events?since=N      text/event-stream; Last-Event-ID wins over since
 *          event: view   id: N   data: tl_room_view since what this listener has
 *          event: map            data: {"journey", "digest"}: fetch the map and open panels again
 *          event: here           data: {"people": [id], "watching": n}: who is connected
 *          event: trouble        data: {"list": [sentence]}: what is wrong at the moment, for the
 *                                facilitator: sources with errors, maps that could not be drawn,
 *                                what could not be put into the store yet
 *          a comment every 15 seconds
 *   POST api/do                  form: tl_room_do
 * and for the facilitator
 *   GET  api/links               {"join", "facilitator"}; GET qr.svg: of the join link
 *   GET  out/minutes.md, out/notes.csv, out/decisions.xml
 *   GET  out/decisions.diff      what apply would change, as a unified diff
 *   POST api/apply               puts the decisions into the source; {"files": [path]}
 *   POST api/keep                what was said into the store; {"notes", "votes", "actions"}
 *   GET  api/source?journey=ID   {"journey", "file", "text", "digest"}
 *   POST api/check?journey=ID    body: the text; {"errors", "warnings", "diagnostics": as diags_json}
 *   POST api/preview?journey=ID  body: the text; SVG, or 422 with diagnostics
 *   POST api/save?journey=ID     body: the text; If-Match: the digest it was made from; {"digest"}; 412
 *                                where the file changed on disk meanwhile: nothing is written
 *
 * Errors are JSON {"error": sentence, "field"}: 400, 401 (no cookie), 403, 404, 405, 409, 412, 413, 422, 429,
 * 503. A POST needs an Origin of its own (or none, and the header X-Touchline: 1), and a Host that the
 * server answers to: any address as such, localhost, and the names given; so neither other sites nor DNS
 * rebinding reach it. Policy of every page: nothing but what comes from the server; no inline script.
 */
#ifndef TOUCHLINE_SERVE_H
#define TOUCHLINE_SERVE_H

#include "touchline/app.h"
#include "touchline/room.h"

struct tl_serve_options {
	char *const *journeys; /* files and folders, as build takes them */
	size_t journey_count;
	const char *store;   /* or NULL: without feedback */
	const char *session; /* the room's log */
	const char *title;
	const char *listen;  /* ADDRESS, ADDRESS:PORT, [ADDRESS]:PORT, or NULL */
	unsigned port;	     /* 0: the usual one, or the next that is free */
	const char *base;    /* base path, "/" */
	const char *const *hosts; /* names that it is also called by; links name the first */
	size_t host_count;
	bool plain; /* links to such a name begin with http, not https */
	bool room; /* others on the network may come */
	double hours; /* until the links end */
	int interrupt; /* descriptor that becomes readable when it is to stop */
	/* Called after each reading of the journeys with what is wrong in them. */
	void (*told)(void *context, struct tl_diags *diags);
	void *told_context;
};
struct tl_serving { /* once it answers */
	const char *facilitator, *join; /* links */
	const char *const *also; /* join links by the machine's other addresses */
	size_t also_count;
	const char *session;
	bool continued; /* the session was there before */
	bool expired;	/* its links have come to their end: nobody gets in */
	bool reachable; /* it has an address that others can reach, or a name */
};
typedef void tl_serve_ready(void *context, const struct tl_serving *serving);
/* Serves until interrupted; then ends connections, and what was said is in the session's file. False
 * after reporting why it could not (band 08: the address is in use, not this machine's, …). */
bool tl_serve(struct tl_diags *diags, const struct tl_serve_options *options,
	tl_serve_ready *ready, void *context);

/* Opens a copy of a session, as it is at the moment: it may be open in a server, which goes on. The copy
 * is nobody's but the caller's, and gone once it is closed. */
bool tl_serve_open_copy(struct tl_room **room, struct tl_diags *diags, const char *session,
	const struct tl_journey *const *journeys, size_t count);

/* A text as a QR code for a terminal, two modules a character; or as SVG. */
bool tl_serve_qr_text(struct tl_buf *out, const char *text);
bool tl_serve_qr_svg(struct tl_buf *out, const char *text);

#endif
