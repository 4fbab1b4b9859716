/* What there is to be looked at: journeys as they are in the files, their maps and panels as the
 * studio made them. A file with errors leaves what it said before; so each journey keeps alive the
 * reading that it is from. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "serve/serve.h"

enum {
	MOST_KEPT = 64 << 20, /* bytes of maps and panels */
	STORE_MS = 10000,     /* between two looks at a store that changes all the time */
	AGAIN_MS = 3000,      /* before what could not be drawn is tried again */
};

struct reading { /* all journeys, once */
	struct reading *next;
	struct tl_arena arena;
	struct tl_diags diags;
	struct tl_app_paths paths;
	struct tl_app_set set;
};

struct panel {
	char *touchpoint;
	struct tagged html;
};

struct sight {
	struct sight *next;
	struct server *server;
	char *id;
	const struct tl_journey *journey;
	const struct reading *reading;
	char *trouble; /* why it is not as the file says; NULL: it is */
	char *undrawn; /* why it could not be drawn; NULL: it was not tried, or it could */
	struct tagged map;
	struct panel *panels;
	size_t panel_count;
	char digest[TL_DIGEST_SIZE]; /* of all of it */
	size_t bytes;
	uint64_t serial; /* when it changed */
	int64_t asked, failed;
	bool drawing, dirty, gone;
	struct request *waiting;
};

struct sights {
	struct sight *list; /* in the order of the journeys */
	struct reading *readings; /* the newest first */
	uint64_t serial;
	size_t bytes;
	char sources[TL_DIGEST_SIZE], store[TL_DIGEST_SIZE]; /* as they were seen last */
	char store_shown[TL_DIGEST_SIZE];
	bool sources_moved;
	int64_t store_looked;
	char *trouble; /* about files that no journey could be made of */
};

/* ---- whether anything changed ------------------------------------------------------------------------ */

static void put_stamp(struct tl_buf *out, const char *path)
{
	struct stat status;

	if (stat(path, &status) < 0)
		return;
	tl_buf_printf(out, "%s:%llx:%llx:%lld:%lld.%ld\n", path, (unsigned long long)status.st_dev,
		(unsigned long long)status.st_ino, (long long)status.st_size,
		(long long)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}

static void stamp_sources(const struct server *server, char out[static TL_DIGEST_SIZE])
{
	const struct tl_serve_options *options = server->options;
	const struct reading *reading = server->sights->readings;
	struct tl_arena arena;
	struct tl_diags diags;
	struct tl_buf text = {0};

	tl_arena_init(&arena);
	tl_diags_init(&diags);
	struct tl_app_paths paths =
		tl_app_find(&arena, &diags, options->journeys, options->journey_count);
	for (size_t i = 0; i < paths.count; i++)
		put_stamp(&text, paths.list[i]);
	for (size_t i = 0; reading && i < reading->diags.source_count; i++)
		put_stamp(&text, reading->diags.sources[i]->name);
	tl_digest(out, text.data, text.len);
	tl_buf_release(&text);
	tl_diags_release(&diags);
	tl_arena_release(&arena);
}

/* To open and close a store makes and removes an empty log beside it, which is no news. */
static void stamp_store(const struct server *server, char out[static TL_DIGEST_SIZE])
{
	struct tl_buf text = {0}, log = {0};
	struct stat status;

	tl_buf_puts(&text, "");
	if (server->options->store) {
		put_stamp(&text, server->options->store);
		tl_buf_printf(&log, "%s-wal", server->options->store);
		if (stat(log.data, &status) == 0 && status.st_size)
			put_stamp(&text, log.data);
	}
	tl_digest(out, text.data, text.len);
	tl_buf_release(&log);
	tl_buf_release(&text);
}

/* ---- reading ----------------------------------------------------------------------------------------- */

static void free_reading(struct reading *reading)
{
	tl_diags_release(&reading->diags);
	tl_arena_release(&reading->arena);
	free(reading);
}

static struct reading *read_all(const struct server *server)
{
	const struct tl_serve_options *options = server->options;
	struct reading *reading = calloc(1, sizeof *reading);

	if (!reading)
		tl_die_of_memory(sizeof *reading);
	tl_arena_init(&reading->arena);
	tl_diags_init(&reading->diags);
	reading->paths = tl_app_find(
		&reading->arena, &reading->diags, options->journeys, options->journey_count);
	reading->set = tl_app_read(&reading->arena, &reading->diags, &reading->paths);
	return reading;
}

static void drop_unused(struct sights *sights)
{
	struct reading **link = &sights->readings;

	while (*link) {
		struct reading *reading = *link;
		bool used = reading == sights->readings;

		for (const struct sight *sight = sights->list; sight; sight = sight->next)
			used |= sight->reading == reading;
		if (used) {
			link = &reading->next;
			continue;
		}
		*link = reading->next;
		free_reading(reading);
	}
}

static const char *file_of(const struct tl_journey *journey)
{
	return journey->sources[0]->name;
}

static struct sight *find(const struct sights *sights, const char *id)
{
	for (struct sight *sight = sights->list; sight; sight = sight->next)
		if (!sight->gone && strcmp(sight->id, id) == 0)
			return sight;
	return NULL;
}

static char *copy(const char *text)
{
	char *copied = strdup(text);

	if (!copied)
		tl_die_of_memory(strlen(text));
	return copied;
}

static struct sight *add(struct server *server, const char *id)
{
	struct sight **link = &server->sights->list, *sight = calloc(1, sizeof *sight);

	if (!sight)
		tl_die_of_memory(sizeof *sight);
	sight->server = server;
	sight->id = copy(id);
	while (*link)
		link = &(*link)->next;
	*link = sight;
	return sight;
}

static void set(char **trouble, const char *text)
{
	free(*trouble);
	*trouble = text ? copy(text) : NULL;
}

static void complain(struct sight *sight, struct tl_arena *arena, size_t errors)
{
	if (errors)
		set(&sight->trouble, tl_arena_printf(arena,
			"%s has %zu error%s; the map shows what it said before.",
			file_of(sight->journey), errors, errors == 1 ? "" : "s"));
	else
		set(&sight->trouble, tl_arena_printf(arena,
			"%s cannot be read as a journey; the map shows what it said before.",
			file_of(sight->journey)));
}

static size_t errors_of(const struct tl_journey *journey)
{
	size_t errors = 0;

	for (size_t i = 0; i < journey->source_count; i++)
		errors += journey->sources[i]->errors;
	return errors;
}

static bool file_is_another(const struct reading *reading, const char *file)
{
	for (size_t i = 0; i < reading->set.count; i++)
		if (strcmp(file_of(reading->set.list[i]), file) == 0)
			return true;
	return false;
}

/* A journey that is not there any more: its file is gone, or of another one, or nothing can be made
 * of it for now. */
static void miss(struct sight *sight, struct reading *reading)
{
	struct stat status;
	const char *file = file_of(sight->journey);

	if (file_is_another(reading, file) || stat(file, &status) < 0)
		sight->gone = true;
	else
		complain(sight, &reading->arena, 0);
}

static void take_in(struct server *server, struct reading *reading)
{
	struct sights *sights = server->sights;

	for (struct sight *sight = sights->list; sight; sight = sight->next) {
		bool there = false;

		for (size_t i = 0; i < reading->set.count; i++)
			there |= strcmp(reading->set.list[i]->id, sight->id) == 0;
		if (!there && !sight->gone)
			miss(sight, reading);
	}
	for (size_t i = 0; i < reading->set.count; i++) {
		const struct tl_journey *journey = reading->set.list[i];
		struct sight *sight = find(sights, journey->id);

		if (!reading->set.sound[i]) {
			if (sight)
				complain(sight, &reading->arena, errors_of(journey));
			continue;
		}
		if (!sight)
			sight = add(server, journey->id);
		sight->journey = journey;
		sight->reading = reading;
		set(&sight->trouble, NULL);
	}
}

/* Files that never were anything but errors. */
static void find_trouble(struct sights *sights, const struct reading *reading)
{
	size_t left_out = reading->set.unreadable;

	for (size_t i = 0; i < reading->set.count; i++)
		left_out += !reading->set.sound[i];
	for (const struct sight *sight = sights->list; sight; sight = sight->next)
		left_out -= left_out && !sight->gone && sight->trouble;
	free(sights->trouble);
	sights->trouble = NULL;
	if (left_out)
		sights->trouble = copy("Files with errors are left out; touchline check says what is wrong.");
}

const struct tl_journey *const *sights_journeys(
	const struct server *server, struct tl_arena *arena, size_t *count)
{
	const struct tl_journey **list;
	size_t n = 0;

	for (const struct sight *sight = server->sights->list; sight; sight = sight->next)
		n += !sight->gone;
	list = tl_arena_array(arena, const struct tl_journey *, n);
	*count = 0;
	for (const struct sight *sight = server->sights->list; sight; sight = sight->next)
		if (!sight->gone)
			list[(*count)++] = sight->journey;
	return list;
}

static void look_at_files(struct server *server)
{
	struct sights *sights = server->sights;
	struct reading *reading = read_all(server);

	reading->next = sights->readings;
	sights->readings = reading;
	take_in(server, reading);
	find_trouble(sights, reading);
	if (server->options->told)
		server->options->told(server->options->told_context, &reading->diags);
}

bool sights_start(struct server *server)
{
	server->sights = calloc(1, sizeof *server->sights);
	if (!server->sights)
		tl_die_of_memory(sizeof *server->sights);
	look_at_files(server);
	stamp_sources(server, server->sights->sources);
	stamp_store(server, server->sights->store);
	memcpy(server->sights->store_shown, server->sights->store, TL_DIGEST_SIZE);
	return server->sights->list != NULL;
}

bool sights_were_wrong(const struct server *server)
{
	return server->sights->readings->diags.errors != 0;
}

/* ---- pictures ---------------------------------------------------------------------------------------- */

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

static void free_sight(struct sight *sight)
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
		panel->touchpoint = copy(name);
		tagged_make(&panel->html, "text/html; charset=utf-8", bytes, n, NULL);
	}
	sight->bytes = answer->len;
	sights->bytes += sight->bytes;
	make_room(sights, sight);
	sight->serial = ++sights->serial;
	if (again)
		streams_news(sight->server);
}

static void draw(struct sight *sight);

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
		set(&sight->undrawn, NULL);
		sight->failed = 0;
	} else if (outcome == JOB_LOST || outcome == JOB_FAILED) {
		sight->failed = sight->server->now;
		set(&sight->undrawn, outcome == JOB_FAILED ? answer->data :
			"The map could not be drawn: this took too long or came to an unexpected end.");
		streams_trouble_changed(sight->server);
	}
	for (struct request *request = waiting; request; request = next) {
		next = request->next;
		request->act(request);
		request_wake(request);
	}
	if (sight->dirty && !sight->gone)
		draw(sight);
}

static void draw(struct sight *sight)
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

/* ---- turns ------------------------------------------------------------------------------------------- */

/* What nobody looked at is drawn when somebody does. */
static void draw_again(struct sights *sights)
{
	for (struct sight *sight = sights->list; sight; sight = sight->next)
		if (sight->map.response && !sight->gone && !sight->trouble)
			draw(sight);
}

static void drop_gone(struct sights *sights)
{
	struct sight **link = &sights->list;

	while (*link) {
		struct sight *sight = *link;

		if (!sight->gone || sight->drawing) {
			link = &sight->next;
			continue;
		}
		*link = sight->next;
		free_sight(sight);
	}
}

void sights_look(struct server *server)
{
	struct sights *sights = server->sights;
	size_t count;

	look_at_files(server);
	stamp_sources(server, sights->sources);
	sights->sources_moved = false;
	const struct tl_journey *const *journeys = sights_journeys(server, &sights->readings->arena, &count);
	tl_room_journeys(server->room, journeys, count);
	drop_gone(sights);
	drop_unused(sights);
	draw_again(sights);
	streams_trouble_changed(server);
}

/* Editors save in several steps: a change counts once it stands still. */
static void watch_sources(struct server *server)
{
	struct sights *sights = server->sights;
	char now[TL_DIGEST_SIZE];

	stamp_sources(server, now);
	if (strcmp(now, sights->sources) != 0) {
		memcpy(sights->sources, now, sizeof now);
		sights->sources_moved = true;
	} else if (sights->sources_moved) {
		sights_look(server);
	}
}

static void watch_store(struct server *server)
{
	struct sights *sights = server->sights;
	char now[TL_DIGEST_SIZE];
	bool still;

	stamp_store(server, now);
	still = strcmp(now, sights->store) == 0;
	memcpy(sights->store, now, sizeof now);
	if (strcmp(now, sights->store_shown) == 0 ||
		(!still && server->now - sights->store_looked < STORE_MS))
		return;
	memcpy(sights->store_shown, now, sizeof now);
	sights->store_looked = server->now;
	draw_again(sights);
}

void sights_tick(struct server *server)
{
	watch_sources(server);
	if (server->options->store)
		watch_store(server);
	for (struct sight *sight = server->sights->list; sight; sight = sight->next)
		if (sight->dirty && !sight->gone)
			draw(sight);
}

void sights_free(struct server *server)
{
	struct sights *sights = server->sights;
	struct sight *next_sight;
	struct reading *next;

	if (!sights)
		return;
	for (struct sight *sight = sights->list; sight; sight = next_sight) {
		next_sight = sight->next;
		free_sight(sight);
	}
	for (struct reading *reading = sights->readings; reading; reading = next) {
		next = reading->next;
		free_reading(reading);
	}
	free(sights->trouble);
	free(sights);
	server->sights = NULL;
}

/* At the end: whoever waits for a picture is let go. */
void sights_stop(struct server *server)
{
	for (struct sight *sight = server->sights->list; sight; sight = sight->next)
		for (struct request *request = sight->waiting, *next; request; request = next) {
			next = request->next;
			reply_error(request, MHD_HTTP_SERVICE_UNAVAILABLE, "The room was just closed.");
			request_wake(request);
		}
}

/* ---- what others ask --------------------------------------------------------------------------------- */

const struct tl_journey *sights_journey(const struct server *server, const char *id)
{
	const struct sight *sight = find(server->sights, id);

	return sight ? sight->journey : NULL;
}

const char *sights_lang(const struct server *server)
{
	for (const struct sight *sight = server->sights->list; sight; sight = sight->next)
		if (!sight->gone)
			return sight->journey->lang;
	return NULL;
}

uint64_t sights_serial(const struct server *server)
{
	return server->sights->serial;
}

uint64_t sights_put_changes(const struct server *server, uint64_t since, struct tl_buf *out)
{
	for (const struct sight *sight = server->sights->list; sight; sight = sight->next) {
		if (sight->gone || sight->serial <= since)
			continue;
		tl_buf_puts(out, "event: map\ndata: {\"journey\":");
		tl_buf_json(out, sight->id);
		tl_buf_printf(out, ",\"digest\":\"%s\"}\n\n", sight->digest);
	}
	return server->sights->serial;
}

static void put_sentence(struct tl_buf *out, size_t *count, const char *text)
{
	if (!text)
		return;
	tl_buf_puts(out, (*count)++ ? "," : "");
	tl_buf_json(out, text);
}

void sights_put_trouble(const struct server *server, struct tl_buf *out, size_t *count)
{
	for (const struct sight *sight = server->sights->list; sight; sight = sight->next)
		if (!sight->gone) {
			put_sentence(out, count, sight->trouble);
			put_sentence(out, count, sight->undrawn);
		}
	put_sentence(out, count, server->sights->trouble);
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
	struct sight *sight = id ? find(request->server->sights, id) : NULL;

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
	draw(sight);
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
	struct sight *sight = find(request->server->sights, id_before(request, ".svg"));

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
	struct sight *sight = find(request->server->sights, id_before(request, "/"));
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
