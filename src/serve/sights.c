/* What there is to be looked at: journeys as they are in the files. A file with errors leaves what it
 * said before; so each journey keeps alive the reading that it is from. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "serve/sights.h"

enum { STORE_MS = 10000 }; /* between two looks at a store that changes all the time */

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

struct sight *sight_find(const struct sights *sights, const char *id)
{
	for (struct sight *sight = sights->list; sight; sight = sight->next)
		if (!sight->gone && strcmp(sight->id, id) == 0)
			return sight;
	return NULL;
}

char *sight_copy(const char *text)
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
	sight->id = sight_copy(id);
	while (*link)
		link = &(*link)->next;
	*link = sight;
	return sight;
}

void sight_set(char **trouble, const char *text)
{
	free(*trouble);
	*trouble = text ? sight_copy(text) : NULL;
}

static void complain(struct sight *sight, struct tl_arena *arena, size_t errors)
{
	if (errors)
		sight_set(&sight->trouble, tl_arena_printf(arena,
			"%s has %zu error%s; the map shows what it said before.",
			file_of(sight->journey), errors, errors == 1 ? "" : "s"));
	else
		sight_set(&sight->trouble, tl_arena_printf(arena,
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
		struct sight *sight = sight_find(sights, journey->id);

		if (!reading->set.sound[i]) {
			if (sight)
				complain(sight, &reading->arena, errors_of(journey));
			continue;
		}
		if (!sight)
			sight = add(server, journey->id);
		sight->journey = journey;
		sight->reading = reading;
		sight_set(&sight->trouble, NULL);
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
		sights->trouble = sight_copy("Files with errors are left out; touchline check says what is wrong.");
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

/* ---- turns ------------------------------------------------------------------------------------------- */

/* What nobody looked at is drawn when somebody does. */
static void draw_again(struct sights *sights)
{
	for (struct sight *sight = sights->list; sight; sight = sight->next)
		if (sight->map.response && !sight->gone && !sight->trouble)
			sight_draw(sight);
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
		sight_free(sight);
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
			sight_draw(sight);
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
		sight_free(sight);
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
	const struct sight *sight = sight_find(server->sights, id);

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
