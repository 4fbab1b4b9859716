/* seen: who may see what. All that views tell goes through here. */
#include "room/room.h"

/* While people collect silently everybody sees their own, the facilitator too: what is on that screen
 * is often on the wall. Hidden by the facilitator: whose it is sees it still, and that it is hidden. */
struct sight room_sees(const struct viewer *viewer, const struct person *by, bool hidden)
{
	const struct state *state = viewer->room->state;
	bool own = by && by == viewer->person;
	bool what = own ||
		(state->step != TL_STEP_COLLECT && (!hidden || viewer->facilitator));

	return (struct sight){what, what && (own || !state->nameless || viewer->facilitator)};
}

struct viewer room_viewer(const struct tl_room *room, enum tl_role role, int person)
{
	return (struct viewer){room, room_find_person(room, person), role == TL_FACILITATOR};
}
