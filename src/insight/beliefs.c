/* beliefs: what the departments say in workshops, by notes and votes. Never counted as evidence. */
#include "insight/insight.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct voice { /* of a department at a touchpoint, or of all of them */
	struct tl_view_of view;
	double *valences;
	size_t count, capacity;
};
struct room { /* one touchpoint */
	struct voice all, *departments;
	size_t count, capacity;
};
struct gathering {
	struct tl_arena *arena;
	struct tl_table touchpoints; /* id → room */
};

static struct voice *voice_of(
	struct gathering *gathering, struct room *room, const char *department)
{
	for (size_t i = 0; i < room->count; i++)
		if (strcmp(room->departments[i].view.department, department) == 0)
			return &room->departments[i];
	room->departments = tl_arena_grow(gathering->arena, room->departments, room->count,
		&room->capacity, sizeof *room->departments);
	room->departments[room->count] = (struct voice){
		.view.department = tl_arena_strdup(gathering->arena, department)};
	return &room->departments[room->count++];
}

/* The voices that something counts for: that of all, and that of the department, if it is known. */
static size_t voices_of(struct gathering *gathering, const char *touchpoint,
	const char *department, struct voice *voices[2])
{
	struct room *room = touchpoint ? tl_table_get(&gathering->touchpoints, touchpoint) : NULL;

	if (!room)
		return 0;
	voices[0] = &room->all;
	if (!department)
		return 1;
	voices[1] = voice_of(gathering, room, department);
	return 2;
}

static bool take_note(void *context, const struct tl_note *note)
{
	struct voice *voices[2];
	size_t count = voices_of(context, note->touchpoint, note->department, voices);

	for (size_t i = 0; i < count; i++)
		voices[i]->view.notes++;
	return true;
}

static bool take_vote(void *context, const struct tl_vote *vote)
{
	struct gathering *gathering = context;
	struct voice *voices[2];
	size_t count = voices_of(gathering, vote->touchpoint, vote->department, voices);

	for (size_t i = 0; i < count; i++) {
		struct voice *voice = voices[i];

		voice->view.votes++;
		voice->view.points += vote->points;
		if (isnan(vote->valence))
			continue;
		voice->valences = tl_arena_grow(gathering->arena, voice->valences, voice->count,
			&voice->capacity, sizeof *voice->valences);
		voice->valences[voice->count++] = vote->valence;
	}
	return true;
}

static int by_value(const void *a, const void *b)
{
	double p = *(const double *)a, q = *(const double *)b;

	return (p > q) - (p < q);
}

static struct tl_view_of summed_up(struct voice *voice)
{
	size_t n = voice->count;
	double *v = voice->valences;

	voice->view.median = voice->view.low = voice->view.high = NAN;
	if (!n)
		return voice->view;
	qsort(v, n, sizeof *v, by_value);
	voice->view.median = (v[(n - 1) / 2] + v[n / 2]) / 2;
	voice->view.low = v[0];
	voice->view.high = v[n - 1];
	return voice->view;
}

static int by_department(const void *a, const void *b)
{
	return strcmp(((const struct voice *)a)->view.department,
		((const struct voice *)b)->view.department);
}

static void believe(struct tl_arena *arena, struct tl_belief *out, struct room *room)
{
	double lowest = INFINITY, highest = -INFINITY;

	out->all = summed_up(&room->all);
	out->departments = tl_arena_array(arena, struct tl_view_of, room->count);
	out->department_count = room->count;
	if (room->count)
		qsort(room->departments, room->count, sizeof *room->departments, by_department);
	for (size_t i = 0; i < room->count; i++) {
		out->departments[i] = summed_up(&room->departments[i]);
		lowest = fmin(lowest, out->departments[i].median);
		highest = fmax(highest, out->departments[i].median);
	}
	out->disagree = highest - lowest >= 2;
}

bool tl_insight_beliefs(struct reading *reading)
{
	const struct tl_journey *journey = reading->journey;
	struct gathering gathering = {.arena = reading->arena};
	struct room *rooms = tl_arena_array(reading->arena, struct room, journey->touchpoint_count);

	tl_table_init(&gathering.touchpoints, reading->arena);
	for (size_t t = 0; t < journey->touchpoint_count; t++)
		tl_table_set(&gathering.touchpoints, journey->touchpoints[t].id, &rooms[t]);
	if (!tl_store_notes(reading->store, journey->id, NULL, take_note, &gathering) ||
		!tl_store_votes(reading->store, journey->id, NULL, take_vote, &gathering))
		return false;
	for (size_t t = 0; t < journey->touchpoint_count; t++)
		believe(reading->arena, &reading->insight->touchpoints[t].belief, &rooms[t]);
	return true;
}
