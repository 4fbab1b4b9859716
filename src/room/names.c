/* names: what journeys, and those in the room, call things. */
#include "room/room.h"

#include <string.h>
#include <strings.h>

const struct tl_touchpoint *room_touchpoint(
	const struct tl_room *room, const char *at, const struct tl_journey **journey)
{
	const char *mark = strchr(at, '#');
	size_t n = mark ? (size_t)(mark - at) : 0;

	for (size_t i = 0; mark && i < room->journey_count; i++) {
		*journey = room->journeys[i];
		if (strncmp((*journey)->id, at, n) == 0 && !(*journey)->id[n])
			return tl_journey_touchpoint(*journey, mark + 1);
	}
	*journey = NULL;
	return NULL;
}

const struct tl_pain *room_pain(const struct tl_room *room, const char *on)
{
	const struct tl_touchpoint *touchpoint;
	const struct tl_journey *journey;
	struct tl_arena arena;
	const char *slash = strchr(on, '/');

	if (!slash)
		return NULL;
	tl_arena_init(&arena);
	touchpoint = room_touchpoint(
		room, tl_arena_strndup(&arena, on, (size_t)(slash - on)), &journey);
	tl_arena_release(&arena);
	for (size_t i = 0; touchpoint && i < touchpoint->pain_count; i++)
		if (strcmp(touchpoint->pains[i].id, slash + 1) == 0)
			return &touchpoint->pains[i];
	return NULL;
}

/* Its id where a journey has it, by id or label; as others in the room wrote it; as it is. */
const char *room_department(const struct tl_room *room, const char *name)
{
	for (size_t i = 0; i < room->journey_count; i++)
		for (size_t d = 0; d < room->journeys[i]->department_count; d++) {
			const struct tl_party *party = &room->journeys[i]->departments[d];

			if (strcasecmp(party->id, name) == 0 ||
				(party->label && strcasecmp(party->label, name) == 0))
				return party->id;
		}
	for (const struct link *link = room->state->people.newest; link; link = link->older) {
		const struct person *person = (const struct person *)link;

		if (strcasecmp(person->department, name) == 0)
			return person->department;
	}
	return name;
}
