/* front: the ways out of a touchpoint. */
#include "front/check.h"

#include <math.h>
#include <string.h>

/* Shares are written with two or three digits: what is more than this above 1 is no rounding. */
static const double TOLERATED = 1e-6;

static void check_itself(
	struct front *front, const struct bound *way, const struct tl_touchpoint *here)
{
	const struct tl_next *next = way->object;

	if (next->to == here)
		tl_diag_add(front->diags, TL0403, tl_front_value_at(way->element, "to"),
			"'%s' leads to itself", here->id);
}

static void check_twice(struct front *front, const struct bound *way, struct tl_table *seen)
{
	const struct tl_next *next = way->object;
	const struct tl_xml_attribute *to = tl_xml_attribute(way->element, "to");

	if (!to)
		return;
	const char *key = tl_arena_printf(front->arena, "%s %s", tl_text_fold(front->arena, to->value),
		next->when ? next->when : "");
	const struct bound *first = tl_table_add(seen, key, (void *)way);
	if (!first)
		return;
	struct tl_diag *diag = tl_diag_add(
		front->diags, TL0404, to->value_at, "a way to '%s' is there already", to->value);
	tl_diag_hint(front->diags, diag, "tell them apart with 'when'");
	tl_diag_note(front->diags, diag, tl_front_value_at(first->element, "to"),
		"the first one is here");
}

static void too_much(struct front *front, const struct bound *way, double sum)
{
	struct tl_buf text = {0};

	tl_buf_number(&text, sum, 6);
	tl_diag_add(front->diags, TL0401, tl_front_value_at(way->element, "share"),
		"the shares of the ways from here add up to %s, more than 1", text.data);
	tl_buf_release(&text);
}

void tl_check_ways(struct front *front, const struct bound *touchpoint)
{
	const struct bound *way, *last = NULL, *unshared = NULL;
	struct tl_table seen;
	double sum = 0;

	tl_table_init(&seen, front->arena);
	for (size_t i = 0; (way = tl_check_next_child(front, touchpoint, EL_NEXT, &i));) {
		const struct tl_next *next = way->object;
		check_itself(front, way, touchpoint->object);
		check_twice(front, way, &seen);
		if (isnan(next->share) && !tl_xml_attribute(way->element, "share")) {
			unshared = way;
		} else if (!isnan(next->share)) {
			sum += next->share;
			last = way;
		}
	}
	if (sum > 1 + TOLERATED)
		too_much(front, last, sum);
	else if (unshared && sum > 1 - TOLERATED)
		tl_diag_add(front->diags, TL0412, tl_front_value_at(unshared->element, "to"),
			"nobody is left for this way: the shares of the others add up to 1");
}
