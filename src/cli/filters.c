/* Filters: which records a command looks at, as it was typed. Days are those of UTC. What is asked
 * for and cannot be there is an error, so that nobody takes a misspelling for good news. */
#include "cli/voice.h"

#include <stdlib.h>
#include <string.h>

enum { NAMES_SHOWN = 12, LONGEST_AGO = 9 /* digits and a letter */ };

/* ---- days --------------------------------------------------------------------------------------- */

static bool days_ago(int32_t *day, const char *text)
{
	size_t digits = strspn(text, "0123456789");
	long count = strtol(text, NULL, 10);

	if (!digits || digits >= LONGEST_AGO || !strchr("dw", text[digits]) || !text[digits] ||
		text[digits + 1])
		return false;
	count *= text[digits] == 'w' ? 7 : 1;
	*day = (int32_t)(tl_clock_now() / 86400 - count);
	return count < 1000 * 365;
}

bool tl_filter_days(int32_t *first, int32_t *last, const char *text)
{
	static const char *const ends[] = {"31", "30", "29", "28"};
	char day[11] = "0000-01-01";
	size_t n = strlen(text);

	if (days_ago(first, text) || tl_date_parse(first, text)) {
		*last = *first;
		return true;
	}
	if (n != strlen("2025") && n != strlen("2025-03"))
		return false;
	memcpy(day, text, n);
	if (!tl_date_parse(first, day))
		return false;
	if (n == strlen("2025"))
		memcpy(day, "0000-12", strlen("0000-12"));
	memcpy(day, text, n);
	for (size_t i = 0; i < TL_COUNT(ends); i++) {
		memcpy(day + strlen("2025-03-"), ends[i], 2);
		if (tl_date_parse(last, day))
			return true;
	}
	return false;
}

static bool read_day(const struct tl_command *command, const char *name, const char *text,
	int32_t *first, int32_t *last, int *status)
{
	if (tl_filter_days(first, last, text))
		return true;
	*status = tl_cli_usage_error(command, NULL,
		"--%s takes a day (2025-03-31), a month (2025-03), a year, or how long ago (30d, 12w), "
		"not '%s'",
		name, text);
	return false;
}

static bool read_period(const struct tl_command *command, const struct tl_filters *given,
	struct tl_filter *filter, int *status)
{
	int32_t from = 0, to = 0, ignored;

	if (given->since && !read_day(command, "since", given->since, &from, &ignored, status))
		return false;
	if (given->until && !read_day(command, "until", given->until, &ignored, &to, status))
		return false;
	if (given->since && given->until && from > to) {
		*status = tl_cli_usage_error(command, NULL,
			"--since %s is after --until %s: there is no day between them", given->since,
			given->until);
		return false;
	}
	if (given->since)
		filter->since = (int64_t)from * 86400;
	if (given->until)
		filter->until = ((int64_t)to + 1) * 86400;
	return true;
}

/* ---- names --------------------------------------------------------------------------------------- */

static const char *join(struct tl_arena *arena, const struct tl_choice *words)
{
	const char *list = "";

	for (size_t i = 0; i < words->count && i < NAMES_SHOWN; i++)
		list = tl_arena_printf(arena, "%s%s'%s'", list, i ? ", " : "", words->list[i]);
	return words->count > NAMES_SHOWN ? tl_arena_printf(arena, "%s …", list) : list;
}

static int refuse_name(struct tl_voice *voice, const struct tl_command *command,
	const char *dimension, const char *name, const struct tl_choice *known)
{
	return tl_cli_usage_error(command, tl_text_nearest(name, known->list, known->count),
		known->count ? "no record has the %s '%s'; there are %s" :
			       "no record has the %s '%s', or any",
		dimension, name, join(&voice->arena, known));
}

static bool check_names(struct tl_voice *voice, const struct tl_command *command,
	const struct tl_texts_given *given, enum tl_dimension dimension, int *status)
{
	static const char *const words[] = {
		[TL_BY_SOURCE] = "source", [TL_BY_CHANNEL] = "channel", [TL_BY_SEGMENT] = "segment"};
	struct tl_choice known;

	for (size_t i = 0; i < given->count; i++) {
		if (tl_store_knows_word(voice->store, given->list[i]))
			continue;
		*status = TL_EXIT_SYSTEM;
		if (!voice->diags.errors &&
			tl_store_words(voice->store, &voice->arena, dimension, &known))
			*status = refuse_name(
				voice, command, words[dimension], given->list[i], &known);
		return false;
	}
	return true;
}

/* ---- personas ------------------------------------------------------------------------------------ */

struct segments {
	struct tl_arena *arena;
	const char **list;
	size_t count, capacity;
};

static void add_segment(struct segments *segments, const char *segment)
{
	segments->list = tl_arena_grow(segments->arena, segments->list, segments->count,
		&segments->capacity, sizeof *segments->list);
	segments->list[segments->count++] = segment;
}

/* A persona that names no segment stands for one of its own id. */
static bool add_persona(
	struct segments *segments, const struct tl_journey *journey, const char *id)
{
	for (size_t i = 0; i < journey->persona_count; i++) {
		const struct tl_persona *persona = &journey->personas[i];

		if (strcmp(persona->id, id) != 0)
			continue;
		add_segment(segments, persona->segment ? persona->segment : id);
		return true;
	}
	return false;
}

static int refuse_persona(struct tl_voice *voice, const struct tl_command *command,
	const struct tl_journey *only, const char *id)
{
	const char **ids = NULL;
	size_t count = 0, capacity = 0;

	for (size_t i = 0; i < voice->set.count; i++)
		for (size_t k = 0; k < voice->set.list[i]->persona_count; k++) {
			if (only && voice->set.list[i] != only)
				continue;
			ids = tl_arena_grow(&voice->arena, ids, count, &capacity, sizeof *ids);
			ids[count++] = voice->set.list[i]->personas[k].id;
		}
	return tl_cli_usage_error(command, tl_text_nearest(id, ids, count),
		only ? "there is no persona '%s' in the journey '%s'" :
		       "there is no persona '%s' in the journeys of '%s'",
		id, only ? only->id : voice->journeys);
}

static bool add_personas(struct tl_voice *voice, const struct tl_command *command,
	const struct tl_texts_given *given, const struct tl_journey *only,
	struct segments *segments, int *status)
{
	for (size_t i = 0; i < given->count; i++) {
		bool found = false;

		for (size_t k = 0; k < voice->set.count; k++)
			if (!only || voice->set.list[k] == only)
				found |= add_persona(segments, voice->set.list[k], given->list[i]);
		if (found)
			continue;
		*status = refuse_persona(voice, command, only, given->list[i]);
		return false;
	}
	return true;
}

bool tl_voice_filter(struct tl_voice *voice, const struct tl_command *command,
	const struct tl_filters *given, const struct tl_journey *journey, struct tl_filter *filter,
	int *status)
{
	struct segments segments = {.arena = &voice->arena};

	*filter = tl_filter_none;
	if (!read_period(command, given, filter, status) ||
		!check_names(voice, command, &given->channels, TL_BY_CHANNEL, status) ||
		!check_names(voice, command, &given->segments, TL_BY_SEGMENT, status) ||
		!check_names(voice, command, &given->sources, TL_BY_SOURCE, status) ||
		!add_personas(voice, command, &given->personas, journey, &segments, status))
		return false;
	for (size_t i = 0; i < given->segments.count; i++)
		add_segment(&segments, given->segments.list[i]);
	filter->channels = (struct tl_choice){given->channels.list, given->channels.count};
	filter->sources = (struct tl_choice){given->sources.list, given->sources.count};
	filter->segments = (struct tl_choice){segments.list, segments.count};
	return true;
}

bool tl_filters_any(const struct tl_filters *filters)
{
	return filters->since || filters->until || filters->channels.count ||
	       filters->segments.count || filters->personas.count || filters->sources.count;
}
