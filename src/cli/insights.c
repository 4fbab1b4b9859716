/* What the commands over insights share. */
#include "cli/insights.h"

#include <string.h>

/* ---- journeys -------------------------------------------------------------------------------- */

static bool is_named(const struct tl_journey *journey, const char *name)
{
	return strcmp(journey->id, name) == 0 ||
	       (journey->source_count && strcmp(journey->sources[0]->name, name) == 0);
}

static const struct tl_journey *find(struct tl_voice *voice, const char *name)
{
	for (size_t i = 0; i < voice->set.count; i++)
		if (is_named(voice->set.list[i], name))
			return voice->set.list[i];
	return NULL;
}

static int refuse(struct tl_voice *voice, const struct tl_command *command, const char *name)
{
	const char **ids = tl_arena_array(&voice->arena, const char *, voice->set.count);

	if (!voice->set.count)
		return tl_cli_usage_error(command, NULL,
			"there are no journeys in '%s'; --journey says where they are",
			voice->journeys);
	for (size_t i = 0; i < voice->set.count; i++)
		ids[i] = voice->set.list[i]->id;
	return tl_cli_usage_error(command, tl_text_nearest(name, ids, voice->set.count),
		"there is no journey '%s' in '%s'; --journey says where they are", name,
		voice->journeys);
}

bool tl_voice_choose(struct tl_voice *voice, const struct tl_command *command, char **names,
	size_t count, struct tl_chosen *chosen, int *status)
{
	chosen->list = tl_arena_array(
		&voice->arena, const struct tl_journey *, count ? count : voice->set.count);
	chosen->count = 0;
	if (!voice->set.count) {
		*status = refuse(voice, command, count ? names[0] : "");
		return false;
	}
	for (size_t i = 0; !count && i < voice->set.count; i++)
		chosen->list[chosen->count++] = voice->set.list[i];
	for (size_t i = 0; i < count; i++) {
		const struct tl_journey *journey = find(voice, names[i]);

		if (!journey) {
			*status = refuse(voice, command, names[i]);
			return false;
		}
		chosen->list[chosen->count++] = journey;
	}
	return true;
}

struct tl_insight **tl_voice_insights(struct tl_voice *voice, const struct tl_chosen *chosen,
	const struct tl_filter *filter, bool words)
{
	struct tl_insight_options options = {
		.filter = *filter, .now = tl_clock_now(), .words = words};
	struct tl_insight **list =
		tl_arena_array(&voice->arena, struct tl_insight *, chosen->count);

	for (size_t i = 0; i < chosen->count; i++) {
		list[i] = tl_insight_read(
			&voice->arena, &voice->diags, voice->store, chosen->list[i], &options);
		if (!list[i])
			return NULL;
	}
	return list;
}

static const char *quoted(struct tl_arena *arena, const char *path)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				    "._/-";

	return path[strspn(path, plain)] ? tl_arena_printf(arena, "'%s'", path) : path;
}

const char *tl_voice_again(struct tl_voice *voice, const struct tl_texts_given *journeys)
{
	const char *again = "";

	if (strcmp(voice->store_path, "touchline.db") != 0)
		again = tl_arena_printf(
			&voice->arena, " --store %s", quoted(&voice->arena, voice->store_path));
	for (size_t i = 0; !journeys->fallback && i < journeys->count; i++)
		again = tl_arena_printf(&voice->arena, "%s --journey %s", again,
			quoted(&voice->arena, journeys->list[i]));
	return again;
}

/* ---- periods ----------------------------------------------------------------------------------- */

static bool read_period(const struct tl_command *command, const char *option, const char *text,
	struct tl_span_of_days *period, int *status)
{
	const char *dots = strstr(text, "..");
	size_t length = dots ? (size_t)(dots - text) : strlen(text);
	int32_t first, last, ignored;
	char from[32];

	if (length < sizeof from) {
		memcpy(from, text, length);
		from[length] = '\0';
		if (tl_filter_days(&first, &last, from) &&
			(!dots || tl_filter_days(&ignored, &last, dots + 2))) {
			period->since = (int64_t)first * 86400;
			period->until = ((int64_t)last + 1) * 86400;
			if (first <= last)
				return true;
			*status = tl_cli_usage_error(command, NULL,
				"--%s %s ends before it begins", option, text);
			return false;
		}
	}
	*status = tl_cli_usage_error(command, NULL,
		"--%s takes two days (2025-07-01..2025-09-30), two months (2025-07..2025-09), or one "
		"of them, not '%s'",
		option, text);
	return false;
}

bool tl_voice_periods(const struct tl_command *command, const char *period, const char *against,
	struct tl_span_of_days *before, struct tl_span_of_days *after, int *status)
{
	if (against && !period)
		*status = tl_cli_usage_error(command, NULL, "--against needs --period");
	if (!period)
		return !against;
	if (!read_period(command, "period", period, after, status))
		return false;
	if (!against) {
		*before = (struct tl_span_of_days){
			after->since - (after->until - after->since), after->since};
		return true;
	}
	if (!read_period(command, "against", against, before, status))
		return false;
	if (before->since < after->until && after->since < before->until) {
		*status = tl_cli_usage_error(command, NULL,
			"--period %s and --against %s overlap: no record may count twice", period,
			against);
		return false;
	}
	return true;
}

struct tl_compared *tl_voice_compare(struct tl_voice *voice, const struct tl_chosen *chosen,
	const struct tl_filter *filter, struct tl_span_of_days before, struct tl_span_of_days after)
{
	struct tl_compared *list =
		tl_arena_array(&voice->arena, struct tl_compared, chosen->count);
	struct tl_filter one = *filter, two = *filter;

	one.since = before.since;
	one.until = before.until;
	two.since = after.since;
	two.until = after.until;
	for (size_t i = 0; i < chosen->count; i++) {
		list[i].journey = chosen->list[i];
		list[i].comparison = tl_insight_compare(&voice->arena, voice->store,
			chosen->list[i], &one, &two);
		if (!list[i].comparison)
			return NULL;
	}
	return list;
}
