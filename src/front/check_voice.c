/* front: what customers feel, expect, and how their records are found. */
#include "front/check.h"

#include <math.h>

void tl_check_emotions(struct front *front, const struct bound *touchpoint)
{
	const struct bound *bound;
	struct tl_table seen;

	tl_table_init(&seen, front->arena);
	for (size_t i = 0; (bound = tl_check_next_child(front, touchpoint, EL_EMOTION, &i));) {
		const struct tl_emotion *emotion = bound->object;
		/* one that names an unknown persona is not one for everybody */
		if (!emotion->persona && tl_xml_attribute(bound->element, "persona"))
			continue;
		const char *who = emotion->persona ? emotion->persona->id : "";
		const struct bound *first = tl_table_add(&seen, who, (void *)bound);
		if (!first)
			continue;
		struct tl_diag *diag = tl_diag_add(front->diags, TL0410, bound->element->name_at,
			*who ? "a second emotion of '%s' at one touchpoint"
			     : "a second emotion%s for everybody at one touchpoint",
			who);
		if (!*who)
			tl_diag_hint(front->diags, diag, "say whose it is: persona=\"...\"");
		tl_diag_note(front->diags, diag, first->element->name_at, "the first one is here");
	}
}

void tl_check_expectation(struct front *front, const struct bound *bound)
{
	const struct tl_expectation *expectation = bound->object;
	const struct tl_touchpoint *touchpoint = front->bound[bound->parent].object;
	const struct tl_channel *channel = touchpoint->channel;

	if (expectation->clock < 0 || !isnan(expectation->promise))
		return;
	bool reply = expectation->clock == TL_CLOCK_REPLY;
	if (tl_xml_attribute(bound->element, "promise") ||
		(reply && channel && !isnan(channel->reply_within)))
		return;
	struct tl_diag *diag = tl_diag_add(front->diags, TL0408,
		tl_front_value_at(bound->element, "clock"), "this clock runs against no promise");
	tl_diag_hint(front->diags, diag,
		reply ? "add promise=\"...\", or reply-within=\"...\" to the channel"
		      : "add promise=\"...\"");
}

void tl_check_listen(struct front *front, const struct bound *bound)
{
	const struct tl_listen *listen = bound->object;
	const struct tl_xml_element *element = bound->element;
	const struct tl_xml_attribute *match = tl_xml_attribute(element, "match");
	size_t offset = 0;

	if (!element->attributes ||
		(!tl_xml_attribute(element, "source") && !tl_xml_attribute(element, "tag") &&
			!tl_xml_attribute(element, "field") && !match)) {
		struct tl_diag *diag = tl_diag_add(front->diags, TL0413, element->name_at,
			"this rule does not say which records it listens to");
		tl_diag_hint(front->diags, diag, "add source, tag, field or match");
	} else if (listen->value && !tl_xml_attribute(element, "field")) {
		tl_diag_add(front->diags, TL0413, tl_front_value_at(element, "value"),
			"a value of which field? 'value' needs 'field'");
	}
	const char *problem = listen->match ? tl_match_check(match->value, &offset) : NULL;
	if (problem)
		tl_diag_add(front->diags, TL0414, tl_xml_value_span(match->value_at, offset, 1),
			"%s", problem);
}
