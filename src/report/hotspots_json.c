/* The ranked table for scripts: JSON, version 1 of a public contract. New members may come; a change
 * of meaning changes the version. */
#include "report/table.h"

#include <math.h>

void report_json_number(struct tl_buf *out, const char *name, double value, int decimals)
{
	tl_buf_printf(out, ",\"%s\":", name);
	if (isfinite(value))
		tl_buf_number(out, value, decimals);
	else
		tl_buf_puts(out, "null");
}

void report_json_text(struct tl_buf *out, const char *name, const char *value)
{
	tl_buf_printf(out, ",\"%s\":", name);
	tl_buf_json(out, value);
}

void report_json_interval(struct tl_buf *out, struct tl_interval interval, int decimals)
{
	if (isnan(interval.low)) {
		tl_buf_puts(out, ",\"interval\":null");
		return;
	}
	tl_buf_puts(out, ",\"interval\":[");
	tl_buf_number(out, interval.low, decimals);
	tl_buf_putc(out, ',');
	tl_buf_number(out, interval.high, decimals);
	tl_buf_putc(out, ']');
}

/* A probability keeps its digits however small it is. */
static void put_probability(struct tl_buf *out, const char *name, double p)
{
	if (isnan(p))
		tl_buf_printf(out, ",\"%s\":null", name);
	else
		tl_buf_printf(out, ",\"%s\":%.4g", name, p);
}

static void put_family(struct tl_buf *out, const struct tl_family_score *family)
{
	tl_buf_printf(out, "{\"x\":%llu,\"n\":%llu", (unsigned long long)family->x,
		(unsigned long long)family->n);
	report_json_number(out, "rate", family->rate, 6);
	report_json_number(out, "pool", family->pool, 6);
	report_json_number(out, "shrunk", family->shrunk, 6);
	report_json_number(out, "promise", family->promise, 6);
	report_json_number(out, "intolerable", family->intolerable, 6);
	report_json_number(out, "weight", family->weight, 6);
	report_json_number(out, "score", family->scored ? family->score : NAN, 4);
	put_probability(out, "p", family->scored ? family->p : NAN);
	put_probability(out, "q", family->scored ? family->q : NAN);
	report_json_text(out, "instrument", tl_witnesses.words[family->witness]);
	tl_buf_putc(out, '}');
}

static void put_families(struct tl_buf *out, const struct tl_touchpoint_score *touchpoint)
{
	bool first = true;

	tl_buf_puts(out, ",\n   \"families\":{");
	for (int family = 0; family < TL_FAMILIES; family++) {
		if (touchpoint->families[family].witness < 0)
			continue;
		tl_buf_printf(out, "%s\n    \"%s\":", first ? "" : ",", tl_families.words[family]);
		put_family(out, &touchpoint->families[family]);
		first = false;
	}
	tl_buf_putc(out, '}');
}

static void put_emotions(struct tl_buf *out, const struct tl_touchpoint_score *touchpoint)
{
	tl_buf_puts(out, ",\n   \"emotion\":[");
	for (size_t i = 0; i < touchpoint->emotion_count; i++) {
		const struct tl_emotion_score *emotion = &touchpoint->emotions[i];

		tl_buf_puts(out, i ? ",{\"persona\":" : "{\"persona\":");
		tl_buf_json(out, emotion->persona ? emotion->persona->id : NULL);
		report_json_number(out, "declared", emotion->declared, 4);
		report_json_number(out, "measured", emotion->measured, 4);
		report_json_interval(out, emotion->interval, 4);
		tl_buf_printf(out, ",\"n\":%llu", (unsigned long long)emotion->n);
		report_json_text(out, "instrument",
			emotion->witness < 0 ? NULL : tl_witnesses.words[emotion->witness]);
		report_json_number(out, "estimate", emotion->estimate, 4);
		tl_buf_printf(out, ",\"conflict\":%s}", emotion->conflict ? "true" : "false");
	}
	tl_buf_putc(out, ']');
}

static void put_gaps(struct tl_buf *out, const struct tl_touchpoint_score *score)
{
	const struct tl_touchpoint *touchpoint = score->touchpoint;

	tl_buf_puts(out, ",\n   \"expectations\":[");
	for (size_t i = 0; i < touchpoint->expectation_count; i++) {
		const struct tl_gap *gap = &score->gaps[i];

		tl_buf_puts(out, i ? ",{\"id\":" : "{\"id\":");
		tl_buf_json(out, touchpoint->expectations[i].id);
		tl_buf_printf(out, ",\"broken\":%llu,\"n\":%llu", (unsigned long long)gap->broken,
			(unsigned long long)gap->n);
		report_json_number(out, "rate", gap->rate, 6);
		report_json_interval(out, gap->interval, 4);
		tl_buf_putc(out, '}');
	}
	tl_buf_putc(out, ']');
}

static void put_pains(struct tl_buf *out, const struct tl_touchpoint_insight *touchpoint)
{
	const struct tl_touchpoint *declared = touchpoint->score->touchpoint;

	tl_buf_puts(out, ",\n   \"pains\":[");
	for (size_t i = 0; i < declared->pain_count; i++) {
		tl_buf_puts(out, i ? ",{\"id\":" : "{\"id\":");
		tl_buf_json(out, declared->pains[i].id);
		tl_buf_printf(out, ",\"records\":%llu,\"episodes\":%llu",
			(unsigned long long)touchpoint->pains[i].records,
			(unsigned long long)touchpoint->pains[i].episodes);
		report_json_number(out, "declared_severity",
			declared->pains[i].severity ? declared->pains[i].severity : NAN, 0);
		tl_buf_putc(out, '}');
	}
	tl_buf_putc(out, ']');
}

static void put_touchpoint(struct tl_buf *out, const struct tl_touchpoint_insight *touchpoint)
{
	const struct tl_touchpoint_score *score = touchpoint->score;

	tl_buf_puts(out, "  {\"id\":");
	tl_buf_json(out, score->touchpoint->id);
	report_json_text(out, "stage", score->touchpoint->stage->id);
	report_json_number(out, "rank", score->rank ? (double)score->rank : NAN, 0);
	report_json_text(out, "verdict", tl_verdicts.words[score->verdict]);
	report_json_number(out, "friction", score->friction, 4);
	report_json_interval(out, score->interval, 2);
	report_json_number(out, "impact", score->impact, 4);
	report_json_number(out, "assumed", score->assumed.friction, 4);
	report_json_number(out, "reach", score->reach, 6);
	tl_buf_printf(out, ",\"importance\":%d", score->touchpoint->importance);
	put_families(out, score);
	put_emotions(out, score);
	put_gaps(out, score);
	put_pains(out, touchpoint);
	tl_buf_putc(out, '}');
}

static void put_journey(struct tl_buf *out, const struct tl_insight *insight)
{
	const struct tl_journey_score *score = insight->score;

	tl_buf_puts(out, " {\"id\":");
	tl_buf_json(out, insight->journey->id);
	tl_buf_printf(out, ",\"bound\":%llu", (unsigned long long)insight->bound);
	tl_buf_puts(out, ",\n  \"emotion\":[");
	for (size_t i = 0; i < score->persona_count; i++) {
		const struct tl_persona_score *persona = &score->personas[i];

		tl_buf_puts(out, i ? ",{\"persona\":" : "{\"persona\":");
		tl_buf_json(out, persona->persona ? persona->persona->id : NULL);
		report_json_number(out, "peak_end", persona->peak_end, 4);
		report_json_number(out, "mean", persona->mean, 4);
		report_json_number(out, "trough", persona->trough, 4);
		tl_buf_putc(out, '}');
	}
	tl_buf_puts(out, "],\n  \"touchpoints\":[\n");
	for (size_t i = 0; i < insight->journey->touchpoint_count; i++) {
		tl_buf_puts(out, i ? ",\n" : "");
		put_touchpoint(out, &insight->touchpoints[i]);
	}
	tl_buf_puts(out, "]}");
}

void report_json_hotspots(struct tl_buf *out, struct tl_insight *const *insights, size_t count)
{
	uint64_t records = count ? insights[0]->all_records : 0;
	uint64_t unbound = count ? insights[0]->all_unbound : 0;

	tl_buf_printf(out,
		"{\"version\":1,\"records\":%llu,\"bound\":%llu,\"unbound\":%llu,\"journeys\":[\n",
		(unsigned long long)records, (unsigned long long)(records - unbound),
		(unsigned long long)unbound);
	for (size_t i = 0; i < count; i++) {
		tl_buf_puts(out, i ? ",\n" : "");
		put_journey(out, insights[i]);
	}
	tl_buf_puts(out, "]}\n");
}
