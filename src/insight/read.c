/* read: an insight, step by step: count, score, then what stands behind the figures. All of it is of
 * one moment of the store.
 */
#include "insight/insight.h"
#include "touchline/xml.h"

#include <inttypes.h>

static void make_touchpoints(struct reading *reading, const struct counted *counted)
{
	const struct tl_journey *journey = reading->journey;
	struct tl_insight *insight = reading->insight;

	insight->touchpoints = tl_arena_array(
		reading->arena, struct tl_touchpoint_insight, journey->touchpoint_count);
	for (size_t t = 0; t < journey->touchpoint_count; t++) {
		const struct tl_touchpoint *touchpoint = &journey->touchpoints[t];
		struct tl_touchpoint_insight *out = &insight->touchpoints[t];

		out->score = &insight->score->touchpoints[t];
		out->trend.family = -1;
		out->passages = counted->passages[t];
		out->newest = TL_NO_TIME;
		for (size_t k = 0; k < TL_FRICTION_KINDS; k++)
			out->kinds[k] = counted->kinds[t][k];
		out->pains = tl_arena_array(
			reading->arena, struct tl_pain_insight, touchpoint->pain_count);
		for (size_t i = 0; i < touchpoint->pain_count; i++)
			out->pains[i] = (struct tl_pain_insight){.pain = &touchpoint->pains[i],
				.records = counted->counts[t].pain_records[i],
				.episodes = counted->counts[t].pain_episodes[i]};
	}
}

/* ---- what could not be counted -------------------------------------------------------------------- */

static void report_lost(const struct reading *reading, const struct counted *counted)
{
	for (size_t i = 0; i < counted->lost_count; i++) {
		const struct lost_place *lost = &counted->lost[i];
		struct tl_diag *diag;

		if (!lost->records)
			continue;
		diag = tl_diag_add(reading->diags, TL0601,
			tl_xml_attribute_span(reading->journey->at, "id"),
			"%" PRIu64 " record%s name%s the touchpoint '%s', which the journey '%s' does "
			"not have",
			lost->records, lost->records == 1 ? "" : "s", lost->records == 1 ? "s" : "",
			lost->touchpoint, reading->journey->id);
		tl_diag_hint(reading->diags, diag, "they are left out");
	}
}

static const struct tl_tolerance *tolerance_of(
	const struct tl_tolerance *list, size_t count, int family)
{
	for (size_t i = 0; i < count; i++)
		if (list[i].family == family)
			return &list[i];
	return NULL;
}

/* One that the journey declares is said once, not for each touchpoint. */
static void report_narrow(const struct reading *reading)
{
	const struct tl_journey *journey = reading->journey;
	bool said[TL_FAMILIES] = {false};

	for (size_t t = 0; t < journey->touchpoint_count; t++)
		for (int f = 0; f < TL_FAMILIES; f++) {
			const struct tl_touchpoint *at = &journey->touchpoints[t];
			const struct tl_family_score *family =
				&reading->insight->score->touchpoints[t].families[f];
			const struct tl_tolerance *own =
				tolerance_of(at->tolerances, at->tolerance_count, f);
			const struct tl_tolerance *all = tolerance_of(
				journey->tolerances, journey->tolerance_count, f);

			if (family->sound || (!own && said[f]) || !(own || all))
				continue;
			said[f] |= !own;
			tl_diag_add(reading->diags, TL0602, (own ? own : all)->at,
				"%s is promised at %g and intolerable at %g, so that it cannot be "
				"scored",
				tl_families.words[f], family->promise, family->intolerable);
		}
}

/* ---- reading -------------------------------------------------------------------------------------- */

static int64_t time_of(int64_t day)
{
	return day == TL_NO_DAY ? TL_NO_TIME : day * 86400;
}

static bool read_days(struct reading *reading)
{
	const struct tl_journey *journey = reading->journey;
	struct tl_insight *insight = reading->insight;
	const struct tl_filter *filter = &insight->options.filter;
	int64_t first, last;

	if (!tl_store_days(reading->store, journey->id, "", filter, &first, &last))
		return false;
	insight->oldest = time_of(first);
	insight->newest = time_of(last);
	for (size_t t = 0; t < journey->touchpoint_count; t++) {
		if (!tl_store_days(reading->store, journey->id, journey->touchpoints[t].id, filter,
			    &first, &last))
			return false;
		insight->touchpoints[t].newest = time_of(last);
	}
	return true;
}

static bool read_store_counts(struct reading *reading)
{
	uint64_t bound;

	if (!tl_store_tallies(reading->store, &reading->insight->all_records, &bound))
		return false;
	reading->insight->all_unbound = reading->insight->all_records - bound;
	return true;
}

static bool read_words(struct reading *reading)
{
	return tl_insight_matrix(reading) && tl_insight_periods(reading) &&
	       tl_insight_beliefs(reading) && tl_insight_quotes(reading);
}

static bool read_all(struct reading *reading)
{
	struct tl_insight *insight = reading->insight;
	struct counted counted;

	if (!tl_insight_count(&counted, reading->arena, reading->store, reading->journey,
		    &insight->options.filter))
		return false;
	insight->score = tl_score_journey(reading->arena, reading->journey, counted.counts);
	insight->reply = counted.reply;
	insight->resolution = counted.resolution;
	make_touchpoints(reading, &counted);
	insight->bound = counted.records;
	report_lost(reading, &counted);
	report_narrow(reading);
	return read_days(reading) && read_store_counts(reading) && tl_insight_actions(reading) &&
	       (!insight->options.words || read_words(reading));
}

struct tl_insight *tl_insight_read(struct tl_arena *arena, struct tl_diags *diags,
	struct tl_store *store, const struct tl_journey *journey,
	const struct tl_insight_options *options)
{
	struct tl_insight *insight = tl_arena_new(arena, struct tl_insight);
	struct reading reading = {arena, diags, store, journey, insight};
	bool read;

	insight->journey = journey;
	insight->options = *options;
	if (!tl_store_freeze(store))
		return NULL;
	read = read_all(&reading);
	tl_store_thaw(store);
	if (!read)
		return NULL;
	tl_insight_digest(insight);
	return insight;
}
