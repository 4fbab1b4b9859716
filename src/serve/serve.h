/* serve: what its parts share.
 *
 * One loop in one thread does everything but three things: syncing the log to disk (a thread that
 * does nothing else), and whatever is slow, may crash or wants a store (processes, see studio.h).
 * So the room needs no lock, and nothing in the loop waits.
 *
 * A request is a connection's until libmicrohttpd says that it is over. One that waits (for the
 * disk, for a job) is suspended, and a suspended connection does not end: what points to a request
 * that waits is valid until it is resumed.
 */
#ifndef TL_SERVE_SERVE_H
#define TL_SERVE_SERVE_H

#include <microhttpd.h>
#include "serve/address.h"
#include "serve/studio.h"
#include "touchline/serve.h"

enum {
	TICK_MS = 500,
	HEARTBEAT_MS = 15000,
	TELL_MS = 50,		   /* between two tellings of what the room did */
	FIRST_MS = 20000,	   /* that a client has to say what it wants */
	BODY_MS = 30000,	   /* and to send it */
	NEXT_MS = 75000,	   /* that a connection may be kept for the next request */
	IDLE_SECONDS = 60,	   /* that an answer may wait to be fetched */
	MOST_CONNECTIONS = 2048,
	MOST_BUSY = 1600,	   /* connections beyond are told to come back */
	MOST_OF_ONE = 1200,	   /* connections of an address: many people may share one */
	MOST_STREAMS = 1200,
	MOST_SOURCE = 4 << 20,	   /* bytes of a source that is sent */
	MOST_UNWANTED = 32 << 20,  /* bytes of a body that is refused, and still read */
	CONNECTION_MEMORY = 16 << 10, /* bytes that a request's head may have */
};

struct server;
struct request;

/* Answers in time, or lets the request wait. */
typedef void handler(struct request *request);
struct route {
	const char *method; /* GET is HEAD, too */
	const char *path;   /* below the base; what ends in / takes what comes behind as `rest` */
	enum tl_role role;  /* that it takes at least */
	size_t most;	    /* bytes of a body */
	handler *handle;
};
extern const struct route routes[];
extern const size_t route_count;

enum request_state { REQUEST_READING, REQUEST_WAITING, REQUEST_ANSWERED };
struct request {
	struct server *server;
	struct MHD_Connection *connection;
	const struct route *route;
	const char *rest; /* of the path; in the arena */
	enum tl_role role;
	int person;
	struct tl_arena arena;
	struct tl_buf body;
	enum request_state state;
	struct MHD_Response *response; /* once answered */
	unsigned status;
	bool shared; /* the response is somebody else's; complete with all headers */
	void (*act)(struct request *request); /* what is done when its turn comes */
	struct request *next; /* of those that wait for the same */
};

struct connection { /* what is kept of each from accept to close */
	struct connection *next, *previous;
	int fd;
	int64_t deadline; /* milliseconds, for the next request to be whole; 0: one is being answered */
};
/* What many ask for: one answer for all of them. */
struct tagged {
	struct MHD_Response *response;
	char digest[TL_DIGEST_SIZE];
};

struct server {
	const struct tl_serve_options *options;
	struct tl_diags *diags;
	struct MHD_Daemon *daemon;
	struct address address;
	const char *base; /* begins and ends with '/' */
	char *facilitator, *join; /* links */
	struct tl_arena arena;
	struct tl_room *room;
	char cookie[32], cookie_me[32]; /* names */
	struct connection *connections;
	size_t connection_count;
	struct calls *calls;
	struct streams *streams;
	struct sights *sights;
	struct studio *studio;
	struct keeper *keeper;
	struct tagged *assets; /* as in page.h */
	size_t unfetched; /* bytes of the room that were asked for, and are not taken yet */
	bool stopping;
	int64_t now; /* milliseconds, of this turn of the loop */
};

int64_t now_ms(void); /* of a clock that never jumps */
/* Says on the terminal what nobody in a browser would see. */
void server_complain(struct server *server, const char *fmt, ...) TL_PRINTF(2, 3);
/* Has something done for the request; `end` makes its answer, but where the machine failed. */
typedef void job_answer(
	struct request *request, enum job_outcome outcome, const struct tl_buf *answer);
void request_order(struct request *request, const struct job_order *order, const void *text,
	size_t n, job_answer *end);

void server_raise_limit(void);		  /* of open files, before anything is opened */
bool server_start(struct server *server); /* to listen */
void server_run(struct server *server);	  /* until it is interrupted */

/* ---- reply.c ------------------------------------------------------------------------------------ */

enum freshness { FRESH_NEVER, FRESH_ASK }; /* no-store; revalidated by ETag */
/* The request's answer; bytes are copied. */
void reply_bytes(struct request *request, unsigned status, const char *type, const void *bytes,
	size_t n);
void reply_json(struct request *request, unsigned status, const struct tl_buf *json);
/* With an ETag: 304 where the client has it. policy: a Content-Security-Policy of its own, or NULL.
 * What was made is released after the last that it was given to. */
void tagged_make(struct tagged *tagged, const char *type, const void *bytes, size_t n,
	const char *policy);
void tagged_release(struct tagged *tagged);
void reply_tagged(struct request *request, const struct tagged *tagged);
/* {"error": sentence, "field": null}, or a page for whom opens one. */
void reply_error(struct request *request, unsigned status, const char *fmt, ...) TL_PRINTF(3, 4);
void reply_page(struct request *request, unsigned status, const char *title, const char *text);
void reply_common(struct MHD_Response *response); /* the headers that every answer has */
void reply_redirect(struct request *request, const char *to);
void reply_header(struct request *request, const char *name, const char *value);
void reply_cookie(struct request *request, const char *name, const char *value);
void reply_response(struct request *request, unsigned status, struct MHD_Response *response);
/* A parameter of the query, or NULL. */
const char *request_argument(const struct request *request, const char *name);
const char *request_header(const struct request *request, const char *name);
/* The request is answered later; then wake it. */
void request_wait(struct request *request);
void request_wake(struct request *request);

/* ---- calls.c: what people say ------------------------------------------------------------------- */

bool calls_start(struct server *server);
void calls_stop(struct server *server);
int calls_event(const struct server *server); /* readable when a batch is on disk */
/* A turn of the loop: what is on disk is answered; listeners are told; the next batch begins. */
void calls_end_batch(struct server *server);
void calls_begin_batch(struct server *server);
bool calls_settled(const struct server *server); /* all of the room is on disk */
handler handle_do, handle_state;

/* ---- streams.c: what people see ----------------------------------------------------------------- */

void streams_start(struct server *server);
void streams_stop(struct server *server); /* ends all of them */
void streams_free(struct server *server);
void streams_news(struct server *server);	     /* there is something to tell */
void streams_trouble_changed(struct server *server);
void streams_turn(struct server *server);
void streams_tick(struct server *server);
int64_t streams_due(const struct server *server); /* when its turn is; INT64_MAX: nothing */
uint64_t number_of(const struct server *server, const char *text); /* of an event; 0: none */
handler handle_events;

/* ---- sights.c: maps and panels ------------------------------------------------------------------ */

bool sights_start(struct server *server); /* false: there is nothing to look at */
bool sights_were_wrong(const struct server *server); /* the last reading found errors */
void sights_free(struct server *server);
void sights_stop(struct server *server); /* lets go of who waits for a picture */
void sights_tick(struct server *server);
void sights_look(struct server *server); /* now: something was written */
const struct tl_journey *sights_journey(const struct server *server, const char *id);
/* Those there are, in the arena; themselves, they live until the next look. */
const struct tl_journey *const *sights_journeys(
	const struct server *server, struct tl_arena *arena, size_t *count);
/* A map as an answer, with a policy for it. */
void sights_tag_map(struct tagged *tagged, const char *svg, size_t n);
const char *sights_lang(const struct server *server); /* that the page speaks */
/* Events of maps that changed since a serial number, as a stream has it; the newest. */
uint64_t sights_put_changes(const struct server *server, uint64_t since, struct tl_buf *out);
uint64_t sights_serial(const struct server *server);
void sights_put_trouble(const struct server *server, struct tl_buf *out, size_t *count);
handler handle_map, handle_panel;

/* ---- keeper.c: what was said, into the store ---------------------------------------------------- */

void keeper_start(struct server *server);
void keeper_stop(struct server *server); /* lets go of who waits */
void keeper_free(struct server *server);
void keeper_want(struct server *server); /* soon, and again until it worked */
void keeper_tick(struct server *server);
void keeper_finish(struct server *server); /* the last of it, before the server ends */
void keeper_put_trouble(const struct server *server, struct tl_buf *out, size_t *count);
handler handle_keep;

/* ---- pages.c, outcome.c, source.c --------------------------------------------------------------- */

void assets_start(struct server *server);
void assets_free(struct server *server);
handler handle_page, handle_join, handle_asset, handle_words, handle_outline, handle_links, handle_qr;
handler handle_minutes, handle_notes, handle_decisions, handle_diff, handle_apply;
handler handle_source, handle_check, handle_preview, handle_save;

#endif
