/* Maps and panels, as the studio makes them from the journeys: kept while there is room, and given to
 * who asks. Who asks before they are there waits. */
#include <stdlib.h>
#include <string.h>
#include "serve/sights.h"

enum {
	MOST_KEPT = 64 << 20, /* bytes of maps and panels */
	AGAIN_MS = 3000,      /* before what could not be drawn is tried again */
};

static void forget_picture(struct sight *sight)
{
	tagged_release(&sight->map);
	for (size_t i = 0; i < sight->panel_count; i++) {
		tagged_release(&sight->panels[i].html);
		free(sight->panels[i].touchpoint);
	}
	free(sight->panels);
	sight->panels = NULL;
	sight->panel_count = 0;
	sight->server->sights->bytes -= sight->bytes;
	sight->bytes = 0;
}

void sight_free(struct sight *sight)
{
	forget_picture(sight);
	free(sight->trouble);
	free(sight->undrawn);
	free(sight->id);
	free(sight);
}

/* Those that were not asked for longest go first. */
static void make_room(struct sights *sights, const struct sight *kept)
{
	while (sights->bytes > MOST_KEPT) {
		struct sight *oldest = NULL;

		for (struct sight *sight = sights->list; sight; sight = sight->next)
			if (sight != kept && sight->bytes && (!oldest || sight->asked < oldest->asked))
				oldest = sight;
		if (!oldest)
			return;
		forget_picture(oldest);
	}
}

/* A map, opened by itself, has a style of its own: this one, and no other. */
static char *policy_of_map(struct tl_arena *arena, const char *svg, size_t n)
{
	char integrity[TL_INTEGRITY_SIZE];
	const char *start = memmem(svg, n, "<style>", 7), *end = NULL;

	if (start)
		end = memmem(start, n - (size_t)(start - svg), "</style>", 8);
	if (!end)
		return tl_arena_strdup(arena, "default-src 'none'; frame-ancestors 'none'");
	start += 7;
	tl_digest_integrity(integrity, start, (size_t)(end - start));
	return tl_arena_printf(arena,
		"default-src 'none'; style-src '%s'; font-src data:; img-src data:; "
		"frame-ancestors 'none'",
		integrity);
}

void sights_tag_map(struct tagged *tagged, const char *svg, size_t n)
{
	struct tl_arena arena;

	tl_arena_init(&arena);
	tagged_make(tagged, "image/svg+xml", svg, n, policy_of_map(&arena, svg, n));
	tl_arena_release(&arena);
}

/* The next part of what a drawing says: a name and bytes. */
static bool next_part(const char **p, const char *end, const char **name, const char **bytes,
	size_t *n)
{
	uint32_t lengths[2];

	if ((size_t)(end - *p) < sizeof lengths)
		return false;
	memcpy(lengths, *p, sizeof lengths);
	*name = *p + sizeof lengths;
	if ((size_t)(end - *name) < (size_t)lengths[0] + lengths[1] || !lengths[0] ||
		(*name)[lengths[0] - 1])
		return false;
	*bytes = *name + lengths[0];
	*n = lengths[1];
	*p = *bytes + *n;
	return true;
}

static void install(struct sight *sight, const struct tl_buf *answer)
{
	struct sights *sights = sight->server->sights;
	const char *p = answer->data, *end = p + answer->len, *name, *bytes;
	char digest[TL_DIGEST_SIZE];
	size_t n;

	tl_digest(digest, answer->data, answer->len);
	if (sight->map.response && strcmp(digest, sight->digest) == 0)
		return;
	bool again = sight->serial != 0;

	forget_picture(sight);
	memcpy(sight->digest, digest, sizeof digest);
	if (!next_part(&p, end, &name, &bytes, &n))
		return;
	sights_tag_map(&sight->map, bytes, n);
	while (next_part(&p, end, &name, &bytes, &n)) {
		sight->panels = realloc(
			sight->panels, (sight->panel_count + 1) * sizeof *sight->panels);
		if (!sight->panels)
			tl_die_of_memory(sizeof *sight->panels);
		struct panel *panel = &sight->panels[sight->panel_count++];
		panel->touchpoint = sight_copy(name);
		tagged_make(&panel->html, "text/html; charset=utf-8", bytes, n, NULL);
	}
	sight->bytes = answer->len;
	sights->bytes += sight->bytes;
	make_room(sights, sight);
	sight->serial = ++sights->serial;
	if (again)
		streams_news(sight->server);
}

static void end_drawing(void *context, enum job_outcome outcome, const struct tl_buf *answer)
{
	struct sight *sight = context;
	struct request *next, *waiting = sight->waiting;

	sight->waiting = NULL;
	sight->drawing = false;
	if (outcome == JOB_DONE) {
		install(sight, answer);
		if (sight->undrawn)
			streams_trouble_changed(sight->server);
		sight_set(&sight->undrawn, NULL);
		sight->failed = 0;
	} else if (outcome == JOB_LOST || outcome == JOB_FAILED) {
		sight->failed = sight->server->now;
		sight_set(&sight->undrawn, outcome == JOB_FAILED ? answer->data :
			"The map could not be drawn: this took too long or came to an unexpected end.");
		streams_trouble_changed(sight->server);
	}
	for (struct request *request = waiting; request; request = next) {
		next = request->next;
		request->act(request);
		request_wake(request);
	}
	if (sight->dirty && !sight->gone)
		sight_draw(sight);
}

void sight_draw(struct sight *sight)
{
	struct job_order order = {.kind = JOB_SIGHT};

	sight->dirty = true;
	if (sight->drawing)
		return;
	if (strlen(sight->id) >= sizeof order.journey)
		return;
	memcpy(order.journey, sight->id, strlen(sight->id) + 1);
	sight->drawing = studio_order(sight->server->studio, &order, NULL, 0, end_drawing, sight);
	sight->dirty = !sight->drawing;
}

/* ---- requests ---------------------------------------------------------------------------------------- */

/* The part of the path up to `mark`, which may be several characters at its end. */
static char *id_before(struct request *request, const char *mark)
{
	const char *end = strstr(request->rest, mark);

	return end ? tl_arena_strndup(&request->arena, request->rest, (size_t)(end - request->rest)) :
		     NULL;
}

static void reply_undrawn(struct request *request, const struct sight *sight)
{
	reply_error(request, MHD_HTTP_SERVICE_UNAVAILABLE, "%s",
		sight->undrawn ? sight->undrawn :
		sight->trouble ? sight->trouble :
				 "The map is being drawn; try again in a moment.");
	reply_header(request, MHD_HTTP_HEADER_RETRY_AFTER, "3");
}

/* Its map and panels are there: told by `act`; else drawn first. */
static void show(struct request *request, const char *id, void (*act)(struct request *))
{
	struct sight *sight = id ? sight_find(request->server->sights, id) : NULL;

	if (!sight) {
		reply_error(request, MHD_HTTP_NOT_FOUND, "There is no journey of that name here.");
		return;
	}
	sight->asked = request->server->now;
	if (sight->map.response) {
		act(request);
		return;
	}
	if (!sight->drawing && sight->failed && request->server->now - sight->failed < AGAIN_MS) {
		reply_undrawn(request, sight);
		return;
	}
	sight_draw(sight);
	if (!sight->drawing) {
		reply_undrawn(request, sight);
		return;
	}
	request->act = act;
	request->next = sight->waiting;
	sight->waiting = request;
	request_wait(request);
}

static void show_map(struct request *request)
{
	struct sight *sight = sight_find(request->server->sights, id_before(request, ".svg"));

	if (sight && sight->map.response)
		reply_tagged(request, &sight->map);
	else if (sight)
		reply_undrawn(request, sight);
	else
		reply_error(request, MHD_HTTP_NOT_FOUND, "This journey is not there any more.");
}

void handle_map(struct request *request)
{
	const char *end = strstr(request->rest, ".svg");

	show(request, end && !end[4] ? id_before(request, ".svg") : NULL, show_map);
}

static void show_panel(struct request *request)
{
	struct sight *sight = sight_find(request->server->sights, id_before(request, "/"));
	const char *touchpoint = strchr(request->rest, '/') + 1;

	for (size_t i = 0; sight && i < sight->panel_count; i++)
		if (strcmp(sight->panels[i].touchpoint, touchpoint) == 0) {
			reply_tagged(request, &sight->panels[i].html);
			return;
		}
	if (sight && !sight->map.response)
		reply_undrawn(request, sight);
	else
		reply_error(request, MHD_HTTP_NOT_FOUND, "There is no touchpoint of that name here.");
}

void handle_panel(struct request *request)
{
	show(request, id_before(request, "/"), show_panel);
}
