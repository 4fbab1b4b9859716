/* front: which rules are applied to what. */
#include "front/check.h"

#include <string.h>

const struct bound *tl_check_next_child(
	const struct front *front, const struct bound *parent, enum schema_kind kind, size_t *index)
{
	size_t self = (size_t)(parent - front->bound);

	if (*index == 0)
		*index = self;
	/* what stands in a thing follows it, up to the next thing beside it */
	while (++*index < front->bound_count && front->bound[*index].parent >= self) {
		const struct bound *bound = &front->bound[*index];
		if (bound->parent == self && bound->kind == kind)
			return bound;
	}
	return NULL;
}

bool tl_check_is_shared(const struct bound *bound)
{
	const struct tl_xml_element *parent = bound->element->parent;

	return parent && !strcmp(parent->name, tl_schema_elements[EL_VOCABULARY].name);
}

static void check_touchpoint(struct front *front, const struct bound *bound)
{
	tl_check_emotions(front, bound);
	tl_check_ways(front, bound);
	tl_check_tolerances(front, bound);
}

static void check_journey(struct front *front, const struct bound *bound)
{
	const struct tl_journey *journey = bound->object;
	struct tl_span at = tl_front_value_at(bound->element, "of");

	tl_check_tolerances(front, bound);
	tl_check_unused(front);
	if (!journey->of)
		return;
	if (!strcmp(journey->of, journey->id))
		tl_diag_add(front->diags, TL0416, at, "'%s' is this journey itself", journey->of);
	else if (journey->state == TL_AS_IS) {
		struct tl_diag *diag = tl_diag_add(front->diags, TL0415, at,
			"a journey of today cannot be the one that replaces '%s'", journey->of);
		tl_diag_hint(front->diags, diag, "add state=\"to-be\" or state=\"planned\"");
	}
}

void tl_front_check(struct front *front)
{
	static void (*const checks[EL_KINDS])(struct front *, const struct bound *) = {
		[EL_JOURNEY] = check_journey,
		[EL_TOLERANCE] = tl_check_tolerance,
		[EL_TOUCHPOINT] = check_touchpoint,
		[EL_EXPECTATION] = tl_check_expectation,
		[EL_PAIN] = tl_check_pain,
		[EL_OPPORTUNITY] = tl_check_opportunity,
		[EL_LISTEN] = tl_check_listen,
	};

	for (size_t i = 0; i < front->bound_count; i++)
		if (checks[front->bound[i].kind])
			checks[front->bound[i].kind](front, &front->bound[i]);
}
