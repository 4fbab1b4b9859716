/* front: tolerances. */
#include "front/check.h"

#include <math.h>

void tl_check_tolerance(struct front *front, const struct bound *bound)
{
	const struct tl_tolerance *tolerance = bound->object;

	if (!(tolerance->promise >= tolerance->intolerable)) /* also where one is not given */
		return;
	struct tl_diag *diag =
		tl_diag_add(front->diags, TL0407, tl_front_value_at(bound->element, "promise"),
			"what is promised is not less than what is intolerable");
	if (tolerance->promise > tolerance->intolerable)
		tl_diag_hint(front->diags, diag, "are they the wrong way round?");
}

struct settled {
	struct tl_tolerance *place;
	bool shared;
};

/* A journey's own tolerance wins over the one that a vocabulary brings for all journeys. */
static void settle(struct front *front, struct settled *first, const struct bound *bound)
{
	const struct tl_tolerance *again = bound->object;
	bool shared = tl_check_is_shared(bound);

	if (first->shared == shared) {
		struct tl_diag *diag = tl_diag_add(front->diags, TL0411,
			tl_front_value_at(bound->element, "family"), "a second tolerance for '%s'",
			tl_families.words[again->family]);
		tl_diag_note(front->diags, diag, tl_xml_attribute_span(first->place->at, "family"),
			"the first one is here");
	} else if (first->shared) {
		*first->place = *again;
		first->shared = false;
	}
}

void tl_check_tolerances(struct front *front, const struct bound *owner)
{
	struct settled of_family[TL_FAMILIES] = {{NULL, false}};
	struct tl_tolerance *start = NULL, *to = NULL;
	const struct bound *bound;

	for (size_t i = 0; (bound = tl_check_next_child(front, owner, EL_TOLERANCE, &i));) {
		const struct tl_tolerance *tolerance = bound->object;
		if (!start)
			start = to = bound->object;
		if (tolerance->family < 0)
			continue; /* reported, and of no use to anybody */
		struct settled *settled = &of_family[tolerance->family];
		if (settled->place) {
			settle(front, settled, bound);
			continue;
		}
		*settled = (struct settled){to, tl_check_is_shared(bound)};
		*to++ = *tolerance;
	}
	if (!start)
		return;
	size_t count = (size_t)(to - start);
	if (owner->kind == EL_JOURNEY)
		((struct tl_journey *)owner->object)->tolerance_count = count;
	else
		((struct tl_touchpoint *)owner->object)->tolerance_count = count;
}
