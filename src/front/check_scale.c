/* front: tolerances. */
#include "front/check.h"

#include <math.h>

void check_tolerance(struct front *front, const struct bound *bound)
{
	const struct tl_tolerance *tolerance = bound->object;

	if (!(tolerance->promise >= tolerance->intolerable)) /* also where one is not given */
		return;
	struct tl_diag *diag = tl_diag_add(front->diags, TL0407,
		front_value_at(bound->element, "promise"),
		"what is promised is not less than what is intolerable");
	if (tolerance->promise > tolerance->intolerable)
		tl_diag_hint(front->diags, diag, "are they the wrong way round?");
}

/* A journey's own tolerance wins over the one that a vocabulary brings for all journeys. */
static void settle(struct front *front, const struct bound *owner, struct tl_tolerance *first,
	const struct tl_tolerance *again)
{
	const struct tl_source *own = owner->element->at.source;

	if (first->at.source == again->at.source) {
		struct tl_diag *diag = tl_diag_add(front->diags, TL0411,
			tl_xml_attribute_span(again->at, "family"),
			"a second tolerance for '%s'", tl_families.words[again->family]);
		tl_diag_note(front->diags, diag, tl_xml_attribute_span(first->at, "family"),
			"the first one is here");
	} else if (again->at.source == own) {
		*first = *again;
	}
}

void check_tolerances(struct front *front, const struct bound *owner)
{
	struct tl_tolerance *of_family[TL_FAMILIES] = {NULL};
	struct tl_tolerance *start = NULL, *to;
	const struct bound *bound;

	for (size_t i = 0; (bound = check_next_child(front, owner, EL_TOLERANCE, &i));) {
		struct tl_tolerance *tolerance = bound->object;
		if (!start)
			start = to = tolerance;
		if (tolerance->family >= 0 && of_family[tolerance->family]) {
			settle(front, owner, of_family[tolerance->family], tolerance);
			continue;
		}
		if (tolerance->family >= 0)
			of_family[tolerance->family] = to;
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
