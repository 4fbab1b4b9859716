/* front: what needs several journeys at once.
 *
 * Reachability belongs here too: another journey may lead to a touchpoint that nothing leads to in
 * its own.
 */
#include <string.h>

#include "front/bind.h"

struct place { /* a touchpoint of one of the journeys */
	size_t journey, touchpoint;
};

struct link {
	struct tl_arena arena;
	struct tl_diags *diags;
	const struct tl_journey **journeys; /* to be checked, then the siblings */
	bool **reached;                     /* by journey and touchpoint */
	size_t count, known, suggestions;
	struct tl_table ids;    /* journey id to its place in journeys */
	struct tl_table places; /* "journey#touchpoint" to struct place */
};

/* ---- what there is
 * ------------------------------------------------------------------------------- */

static void add_journey(struct link *link, const struct tl_journey *journey, bool checked)
{
	size_t index = link->known++;

	link->journeys[index] = journey;
	link->reached[index] = tl_arena_array(&link->arena, bool, journey->touchpoint_count);
	if (!*journey->id)
		return;
	const struct tl_journey **first =
		tl_table_add(&link->ids, journey->id, &link->journeys[index]);
	if (first && checked) {
		struct tl_diag *diag =
			tl_diag_add(link->diags, TL0304, tl_xml_attribute_span(journey->at, "id"),
				"two journeys have the id '%s'", journey->id);
		tl_diag_note(link->diags, diag, tl_xml_attribute_span((*first)->at, "id"),
			"the first one is here");
	}
	for (size_t i = 0; !first && i < journey->touchpoint_count; i++) {
		struct place *place = tl_arena_new(&link->arena, struct place);
		*place = (struct place){index, i};
		tl_table_add(&link->places,
			tl_arena_printf(
				&link->arena, "%s#%s", journey->id, journey->touchpoints[i].id),
			place);
	}
}

/* ---- references
 * ------------------------------------------------------------------------------------ */

/* Nobody reads the suggestions for more. */
enum { MAX_SUGGESTIONS = 1000, MAX_CANDIDATES = 2000 };

static const char *nearest(struct link *link, const char *id, const char **names, size_t count)
{
	return link->suggestions++ < MAX_SUGGESTIONS ? tl_text_nearest(id, names, count) : NULL;
}

static void unknown_journey(struct link *link, const char *id, struct tl_span at)
{
	struct tl_diag *diag = tl_diag_add(link->diags, TL0303, at, "unknown journey '%.80s'", id);
	const char *names[MAX_CANDIDATES];
	size_t count = link->known < MAX_CANDIDATES ? link->known : MAX_CANDIDATES;

	for (size_t i = 0; i < count; i++)
		names[i] = link->journeys[i]->id;
	const char *near = nearest(link, id, names, count);
	if (near)
		tl_diag_hint(link->diags, diag, "did you mean '%s'?", near);
	else
		tl_diag_hint(link->diags, diag, "what counts is the id inside of the file");
}

static void unknown_touchpoint(
	struct link *link, const struct tl_journey *other, const char *id, struct tl_span at)
{
	struct tl_diag *diag = tl_diag_add(link->diags, TL0301, at,
		"unknown touchpoint '%.80s' in the journey '%s'", id, other->id);
	const char *names[MAX_CANDIDATES];
	size_t count =
		other->touchpoint_count < MAX_CANDIDATES ? other->touchpoint_count : MAX_CANDIDATES;

	for (size_t i = 0; i < count; i++)
		names[i] = other->touchpoints[i].id;
	const char *near = nearest(link, id, names, count);
	if (near)
		tl_diag_hint(link->diags, diag, "did you mean '%s'?", near);
	tl_diag_note(link->diags, diag, other->at, "the journey is here");
}

/* A way into another journey: reported where it leads nowhere, else its end is reached. */
static void follow_outside(struct link *link, const struct tl_next *next, bool checked)
{
	const struct tl_journey **other = tl_table_get(&link->ids, next->journey);
	size_t length = strlen(next->journey);

	if (!other) {
		if (checked)
			unknown_journey(
				link, next->journey, tl_xml_value_span(next->at, 0, length));
		return;
	}
	const char *key = tl_arena_printf(&link->arena, "%s#%s", next->journey, next->touchpoint);
	const struct place *place = tl_table_get(&link->places, key);
	if (place)
		link->reached[place->journey][place->touchpoint] = true;
	else if (checked)
		unknown_touchpoint(link, *other, next->touchpoint,
			tl_xml_value_span(next->at, length + 1, strlen(next->touchpoint)));
}

static void follow_all(struct link *link, size_t index)
{
	const struct tl_journey *journey = link->journeys[index];
	bool checked = index < link->count;

	if (checked && journey->of && strcmp(journey->of, journey->id) != 0 &&
		!tl_table_get(&link->ids, journey->of))
		unknown_journey(link, journey->of, tl_xml_attribute_span(journey->at, "of"));
	for (size_t t = 0; t < journey->touchpoint_count; t++)
		for (size_t n = 0; n < journey->touchpoints[t].next_count; n++)
			if (journey->touchpoints[t].nexts[n].journey)
				follow_outside(link, &journey->touchpoints[t].nexts[n], checked);
}

/* ---- reachability
 * ------------------------------------------------------------------------------------ */

/* False where a way is broken: then what it should lead to is not known. */
static bool is_complete(const struct tl_journey *journey)
{
	for (size_t t = 0; t < journey->touchpoint_count; t++)
		for (size_t n = 0; n < journey->touchpoints[t].next_count; n++) {
			const struct tl_next *next = &journey->touchpoints[t].nexts[n];
			if (!next->to && !next->journey)
				return false;
		}
	return true;
}

/* Marks all that can be reached from a touchpoint, itself included. */
static void spread(const struct tl_journey *journey, bool *reached, size_t from, size_t *stack)
{
	size_t depth = 0;

	reached[from] = true;
	stack[depth++] = from;
	while (depth > 0) {
		const struct tl_touchpoint *touchpoint = &journey->touchpoints[stack[--depth]];
		for (size_t n = 0; n < touchpoint->next_count; n++) {
			const struct tl_touchpoint *to = touchpoint->nexts[n].to;
			if (!to || reached[to->index])
				continue;
			reached[to->index] = true;
			stack[depth++] = to->index;
		}
	}
}

/* From the first touchpoint, from those that are reached already, and from what the company starts.
 */
static void spread_from_entries(const struct tl_journey *journey, bool *reached, size_t *stack)
{
	for (size_t t = 0; t < journey->touchpoint_count; t++)
		if (t == 0 || reached[t] || journey->touchpoints[t].initiator == TL_COMPANY)
			spread(journey, reached, t, stack);
}

bool tl_front_wants_siblings(const struct tl_journey *journey)
{
	struct tl_arena arena;
	bool wants = false;

	tl_arena_init(&arena);
	bool *reached = tl_arena_array(&arena, bool, journey->touchpoint_count);
	spread_from_entries(
		journey, reached, tl_arena_array(&arena, size_t, journey->touchpoint_count));
	for (size_t t = 0; t < journey->touchpoint_count; t++)
		wants |= !reached[t];
	tl_arena_release(&arena);
	return wants;
}

static void check_reach(struct link *link, size_t index)
{
	const struct tl_journey *journey = link->journeys[index];
	bool *reached = link->reached[index];
	size_t *stack = tl_arena_array(&link->arena, size_t, journey->touchpoint_count);

	if (!is_complete(journey))
		return;
	spread_from_entries(journey, reached, stack);
	for (size_t t = 0; t < journey->touchpoint_count; t++) {
		if (reached[t])
			continue;
		tl_diag_add(link->diags, TL0402,
			tl_xml_attribute_span(journey->touchpoints[t].at, "id"),
			"no way leads to '%s'", journey->touchpoints[t].id);
		/* what only this one leads to has the same cause */
		spread(journey, reached, t, stack);
	}
}

void tl_front_link(struct tl_diags *diags, const struct tl_journey *const *journeys, size_t count,
	const struct tl_journey *const *siblings, size_t sibling_count)
{
	struct link link = {.diags = diags, .count = count};

	tl_arena_init(&link.arena);
	link.journeys =
		tl_arena_array(&link.arena, const struct tl_journey *, count + sibling_count);
	link.reached = tl_arena_array(&link.arena, bool *, count + sibling_count);
	tl_table_init(&link.ids, &link.arena);
	tl_table_init(&link.places, &link.arena);
	for (size_t i = 0; i < count; i++)
		add_journey(&link, journeys[i], true);
	for (size_t i = 0; i < sibling_count; i++)
		add_journey(&link, siblings[i], false);
	for (size_t i = 0; i < link.known; i++)
		follow_all(&link, i);
	for (size_t i = 0; i < count; i++)
		check_reach(&link, i);
	tl_arena_release(&link.arena);
}
