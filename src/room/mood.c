/* mood: what is counted at a touchpoint: notes, and how it feels to whom. */
#include "room/room.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct felt {
	const char *department;
	int valence;
};

static int by_department(const void *a, const void *b)
{
	const struct felt *p = a, *q = b;
	int order = strcmp(p->department, q->department);

	return order ? order : (p->valence > q->valence) - (p->valence < q->valence);
}

static int by_valence(const void *a, const void *b)
{
	const struct felt *p = a, *q = b;

	return (p->valence > q->valence) - (p->valence < q->valence);
}

static double median_of(const struct felt *felt, size_t n)
{
	return n ? (felt[(n - 1) / 2].valence + felt[n / 2].valence) / 2.0 : NAN;
}

void room_mood(struct room_mood *mood, const struct place *place)
{
	double lowest = INFINITY, highest = -INFINITY;
	struct felt *felt;
	size_t n = 0, end;

	*mood = (struct room_mood){.all.median = NAN};
	tl_arena_init(&mood->arena);
	for (const struct feeling *f = place->feelings; f; f = f->next)
		n++;
	mood->all.n = n;
	if (!n)
		return;
	felt = tl_arena_array(&mood->arena, struct felt, n);
	mood->departments = tl_arena_array(&mood->arena, struct mood_of, n);
	n = 0;
	for (const struct feeling *f = place->feelings; f; f = f->next)
		felt[n++] = (struct felt){f->person->department, f->valence};
	qsort(felt, n, sizeof *felt, by_department);
	for (size_t i = 0; i < n; i = end) {
		struct mood_of *of = &mood->departments[mood->count++];

		for (end = i; end < n && strcmp(felt[end].department, felt[i].department) == 0;)
			end++;
		*of = (struct mood_of){felt[i].department, end - i, median_of(felt + i, end - i)};
		lowest = fmin(lowest, of->median);
		highest = fmax(highest, of->median);
	}
	mood->disagree = highest - lowest >= 2;
	qsort(felt, n, sizeof *felt, by_valence);
	mood->all.median = median_of(felt, n);
}

void room_mood_release(struct room_mood *mood)
{
	tl_arena_release(&mood->arena);
}

size_t room_note_count(struct place *place)
{
	if (place->counted)
		return place->count;
	place->count = 0;
	for (size_t i = 0; i < place->said_count; i++)
		place->count += room_shown(place->said[i]) && room_root(place->said[i]) == place->said[i];
	place->counted = true;
	return place->count;
}
