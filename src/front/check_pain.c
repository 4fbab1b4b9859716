/* front: pains and what is to be done about them. */
#include "front/check.h"

#include <string.h>

/* A day must not lie before the one since which the pain is known. */
static void check_after_since(
	struct front *front, const struct bound *bound, int32_t day, const char *name)
{
	const struct tl_pain *pain = bound->object;

	if (day == TL_NO_DATE || pain->since == TL_NO_DATE || day >= pain->since)
		return;
	struct tl_diag *diag = tl_diag_add(front->diags, TL0405,
		tl_front_value_at(bound->element, name), "'%s' lies before 'since'", name);
	tl_diag_note(front->diags, diag, tl_front_value_at(bound->element, "since"),
		"it is known since then");
}

void tl_check_pain(struct front *front, const struct bound *bound)
{
	const struct tl_pain *pain = bound->object;

	check_after_since(front, bound, pain->due, "due");
	check_after_since(front, bound, pain->fixed, "fixed");
	if (pain->fixed == TL_NO_DATE ||
		(pain->status != TL_OPEN && pain->status != TL_IN_PROGRESS))
		return;
	struct tl_diag *diag =
		tl_diag_add(front->diags, TL0406, tl_front_value_at(bound->element, "fixed"),
			"the pain has a day on which it was fixed, and its status is '%s'",
			tl_statuses.words[pain->status]);
	tl_diag_hint(front->diags, diag, "add status=\"resolved\"");
}

void tl_check_opportunity(struct front *front, const struct bound *bound)
{
	const struct tl_opportunity *opportunity = bound->object;

	for (size_t i = 0; opportunity->remedy >= 0 && i < opportunity->pain_count; i++) {
		const struct tl_pain *pain = opportunity->pains[i];
		if (pain->cause < 0 || pain->cause == opportunity->remedy)
			continue;
		const char *cause = tl_causes.words[pain->cause];
		const char *remedy = tl_causes.words[opportunity->remedy];
		struct tl_diag *diag = tl_diag_add(front->diags, TL0409,
			tl_front_value_at(bound->element, "remedy"),
			"a remedy of %s does not cure '%s', whose cause is %s", remedy, pain->id,
			cause);
		tl_diag_hint(front->diags, diag, "the remedy that fits is '%s'", cause);
		tl_diag_note(front->diags, diag, tl_xml_attribute_span(pain->at, "cause"),
			"the cause is given here");
		return; /* one for an opportunity: its remedy is the cause of all of them */
	}
}
