/* front: what is declared and never used.
 *
 * What comes from a shared vocabulary is there for all journeys, so it is not reported.
 */
#include "front/check.h"

struct use {
	bool *channels, *departments, *systems, *personas;
	bool by_persona, for_all; /* emotions of one persona, of everybody */
};

static void use_party(bool *used, const struct tl_party *party)
{
	if (party)
		used[party->index] = true;
}

static void use_touchpoint(struct use *use, const struct tl_touchpoint *touchpoint)
{
	if (touchpoint->channel)
		use->channels[touchpoint->channel->index] = true;
	use_party(use->departments, touchpoint->owner);
	for (size_t i = 0; i < touchpoint->pain_count; i++)
		use_party(use->departments, touchpoint->pains[i].owner);
	for (size_t i = 0; i < touchpoint->opportunity_count; i++)
		use_party(use->departments, touchpoint->opportunities[i].owner);
	for (size_t i = 0; i < touchpoint->backstage_count; i++) {
		use_party(use->departments, touchpoint->backstage[i].owner);
		use_party(use->departments, touchpoint->backstage[i].serves);
		use_party(use->systems, touchpoint->backstage[i].system);
	}
	for (size_t i = 0; i < touchpoint->support_count; i++) {
		use_party(use->departments, touchpoint->support[i].owner);
		use_party(use->systems, touchpoint->support[i].system);
	}
	for (size_t i = 0; i < touchpoint->emotion_count; i++) {
		const struct tl_persona *persona = touchpoint->emotions[i].persona;
		use->by_persona |= persona != NULL;
		use->for_all |= persona == NULL;
		if (persona)
			use->personas[persona->index] = true;
	}
}

static bool is_used(const struct use *use, const struct bound *bound)
{
	switch (bound->kind) {
	case EL_CHANNEL:
		return use->channels[((const struct tl_channel *)bound->object)->index];
	case EL_DEPARTMENT:
		return use->departments[((const struct tl_party *)bound->object)->index];
	case EL_SYSTEM:
		return use->systems[((const struct tl_party *)bound->object)->index];
	case EL_PERSONA:
		return !use->by_persona || use->for_all ||
		       use->personas[((const struct tl_persona *)bound->object)->index];
	default:
		return true;
	}
}

/* A reference that was written wrong is reported; what it meant is not unused. */
static bool has_broken_references(const struct front *front)
{
	for (size_t i = 0; i < front->pending_count; i++) {
		const struct pending *pending = &front->pending[i];
		void *const *place = (void *)((char *)front->bound[pending->owner].object +
					      pending->row->offset);
		if (pending->row->type == TYPE_REF && !*place)
			return true;
	}
	return false;
}

void tl_check_unused(struct front *front)
{
	const struct tl_journey *journey = front->journey;
	struct use use = {
		.channels = tl_arena_array(front->arena, bool, journey->channel_count),
		.departments = tl_arena_array(front->arena, bool, journey->department_count),
		.systems = tl_arena_array(front->arena, bool, journey->system_count),
		.personas = tl_arena_array(front->arena, bool, journey->persona_count),
	};

	if (has_broken_references(front))
		return;
	for (size_t i = 0; i < journey->touchpoint_count; i++)
		use_touchpoint(&use, &journey->touchpoints[i]);
	for (size_t i = 0; i < front->bound_count; i++) {
		const struct bound *bound = &front->bound[i];
		if (is_used(&use, bound) || tl_check_is_shared(bound))
			continue;
		const struct tl_xml_attribute *id = tl_xml_attribute(bound->element, "id");
		/* of two with one id only the first can be used */
		if (id && tl_front_bound_of(front, bound->kind, tl_text_fold(front->arena, id->value)) ==
				  bound)
			tl_diag_add(front->diags, TL0306, id->value_at, "the %s '%s' is never used",
				tl_schema_elements[bound->kind].name, id->value);
	}
}
