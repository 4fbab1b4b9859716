/* One touchpoint, explained: what was counted, how that becomes a score, why the verdict follows,
 * and what would change it. The last is found by scoring the journey again with other counts. */
#include "report/table.h"

#include <math.h>
#include <string.h>

struct explain {
	struct tl_buf *out;
	const struct tl_insight *insight;
	const struct tl_touchpoint_insight *here;
	const struct tl_touchpoint_score *score;
	const struct tl_report_options *options;
};

/* ---- words ---------------------------------------------------------------------------------------- */

/* {0} episodes in all, {1} bad ones. */
static const struct {
	const char *all, *bad;
} witnessed[TL_WITNESSES] = {
	[TL_BY_CSAT] = {"customers gave a satisfaction score (CSAT)", "were dissatisfied"},
	[TL_BY_CES] = {"customers said how much effort it took (CES)", "found it hard"},
	[TL_BY_NPS] = {"customers said whether they would recommend it (NPS)", "were detractors"},
	[TL_BY_RATING] = {"customers rated it", "rated it badly"},
	[TL_BY_SENTIMENT] = {"customers wrote words whose mood is known", "were negative"},
	[TL_BY_CONDUCT] = {"customers contacted support",
		"had to come back, were passed on, or changed channel"},
	[TL_BY_REPLY] = {"requests had a promised time to reply", "were answered late"},
	[TL_BY_RESOLUTION] = {"requests had a promised time to be solved", "were solved late"},
	[TL_BY_CONTACTS] = {"visits were counted", "support contacts came of them"},
};

static void say_counts(struct tl_buf *out, const struct tl_family_score *family)
{
	if (family->witness == TL_BY_CONTACTS && !family->n)
		tl_buf_printf(out,
			"%llu support contacts; nobody counted visits, so this is shown, not scored.",
			(unsigned long long)family->x);
	else
		tl_buf_printf(out, "%llu %s, %llu %s.", (unsigned long long)family->n,
			witnessed[family->witness].all, (unsigned long long)family->x,
			witnessed[family->witness].bad);
}

static void say_text(struct tl_buf *out, const char *text)
{
	tl_buf_puts(out, "“");
	tl_diag_put_safely(out, text);
	tl_buf_puts(out, "”");
}

/* ---- families ---------------------------------------------------------------------------------- */

static void explain_score(struct tl_buf *out, const struct tl_family_score *family)
{
	tl_buf_puts(out, "    That is ");
	report_percent(out, family->rate);
	tl_buf_puts(out, "; promised ");
	report_percent(out, family->promise);
	tl_buf_puts(out, ", intolerable ");
	report_percent(out, family->intolerable);
	tl_buf_puts(out, family->declared ? ", as the journey declares.\n" : " (defaults: a judgement).\n");
	tl_buf_puts(out, "    Drawn towards the journey's ");
	report_percent(out, family->pool);
	tl_buf_printf(out, " by %d imagined episodes: (%llu + %d × %.4f) / (%llu + %d) = ", TL_PRIOR,
		(unsigned long long)family->x, TL_PRIOR, family->pool,
		(unsigned long long)family->n, TL_PRIOR);
	report_percent(out, family->shrunk);
	tl_buf_printf(out,
		".\n    Score: 100 × (%.4f − %.2f) / (%.2f − %.2f) = %.1f, between %.1f and %.1f; "
		"weight ",
		family->shrunk, family->promise, family->intolerable, family->promise,
		family->score, family->interval.low, family->interval.high);
	tl_buf_number(out, family->weight, 3);
	tl_buf_puts(out, ".\n    If the promise were kept, so much or more by chance: ");
	report_probability(out, "p", family->p);
	tl_buf_puts(out, "; over all tests of the journey: ");
	report_probability(out, "q", family->q);
	tl_buf_puts(out, ".\n");
}

static void explain_family(struct explain *e, int which)
{
	const struct tl_family_score *family = &e->score->families[which];

	if (family->witness < 0)
		return;
	tl_buf_printf(e->out, "\n  %s\n    ", report_family_name(which, family->witness));
	say_counts(e->out, family);
	tl_buf_putc(e->out, '\n');
	if (family->scored)
		explain_score(e->out, family);
	else if (!family->sound)
		tl_buf_puts(e->out, "    Left out: what is promised is no better than what is "
				    "intolerable.\n");
	else if (family->weight <= 0)
		tl_buf_puts(e->out, "    Left out: the journey gives it no weight.\n");
	else if (family->n)
		tl_buf_printf(e->out, "    Left out: fewer than %d.\n", TL_LEAST);
}

static void explain_friction(struct explain *e)
{
	struct tl_buf *out = e->out;
	double weights = 0;
	const char *between = "";

	tl_buf_puts(out, "\nHow friction follows\n  By weight: (");
	for (int i = 0; i < TL_FAMILIES; i++) {
		const struct tl_family_score *family = &e->score->families[i];

		if (!family->scored)
			continue;
		tl_buf_puts(out, between);
		tl_buf_number(out, family->weight, 3);
		tl_buf_printf(out, " × %.1f", family->score);
		weights += family->weight;
		between = " + ";
	}
	tl_buf_puts(out, ") / ");
	tl_buf_number(out, weights, 3);
	tl_buf_printf(out, " = %.1f. The worst: %.1f.\n  Half of each: friction %.1f, ",
		e->score->mean, e->score->worst, e->score->friction);
	tl_buf_printf(out, "between %.1f and %.1f (95 %%).\n", e->score->interval.low,
		e->score->interval.high);
	tl_buf_printf(out, "  Impact: %.1f × reach ", e->score->friction);
	tl_buf_number(out, e->score->reach, 3);
	tl_buf_printf(out, " (%s) × importance %d / 5 = %.1f.\n",
		e->score->reach_source == TL_REACH_DECLARED ? "declared" :
		e->score->reach_source == TL_REACH_VISITS   ? "from visits" :
							      "from the shares of the ways",
		e->score->touchpoint->importance, e->score->impact);
}

/* ---- the verdict ----------------------------------------------------------------------------------- */

/* The family whose score and q carry a verdict; −1 where none does. */
static int witness_of(const struct tl_touchpoint_score *score, double least_score, double most_q)
{
	int best = -1;

	for (int i = 0; i < TL_FAMILIES; i++) {
		const struct tl_family_score *family = &score->families[i];

		if (family->scored && family->score >= least_score && family->q <= most_q &&
			(best < 0 || family->q < score->families[best].q))
			best = i;
	}
	return best;
}

static void say_family_q(struct explain *e, int family)
{
	tl_buf_puts(e->out, report_family_name(family, e->score->families[family].witness));
	tl_buf_puts(e->out, " has ");
	report_probability(e->out, "q", e->score->families[family].q);
}

static void explain_verdict(struct explain *e)
{
	struct tl_buf *out = e->out;
	double friction = e->score->friction;

	tl_buf_puts(out, "\nWhy the verdict is ");
	tl_buf_printf(out, "%s\n  ", report_verdict_names[e->score->verdict]);
	switch (e->score->verdict) {
	case TL_HOTSPOT:
		tl_buf_puts(out, "Friction is 50 or more, and ");
		say_family_q(e, witness_of(e->score, 50, .05));
		tl_buf_puts(out, ", which is 0.05 or less, and a score of 50 or more itself.\n");
		break;
	case TL_WATCH:
		tl_buf_puts(out, friction >= 25 ? "Friction is 25 or more, and " :
						  "Friction is 10 or more, and ");
		say_family_q(e, witness_of(e->score, 0, friction >= 25 ? .1 : .05));
		tl_buf_puts(out, friction >= 25 ? ", which is 0.1 or less" : ", which is 0.05 or less");
		tl_buf_puts(out, friction < 50 ? "; a hotspot has friction of 50 or more.\n" :
						 "; for a hotspot a family that scores 50 or more would "
						 "need q of 0.05 or less.\n");
		break;
	case TL_VERDICT_OK:
		tl_buf_puts(out, friction < 10 ? "Friction is below 10.\n" :
				 "No family differs from its promise by more than chance explains.\n");
		break;
	default:
		tl_buf_printf(out, "No family but demand has %d episodes or more.\n", TL_LEAST);
	}
}

/* ---- what would change it ----------------------------------------------------------------------- */

static enum tl_verdict verdict_with(struct explain *e, struct tl_arena *arena, int family, double part)
{
	const struct tl_journey *journey = e->insight->journey;
	const struct tl_counts *counts = e->insight->score->touchpoints[0].counts;
	struct tl_counts *other = tl_arena_array(arena, struct tl_counts, journey->touchpoint_count);
	size_t here = e->score->touchpoint->index;

	memcpy(other, counts, journey->touchpoint_count * sizeof *other);
	for (int i = 0; i < TL_FAMILIES; i++) {
		const struct tl_family_score *score = &e->score->families[i];
		double x = (double)score->x * part;

		if (score->witness < 0 || (family >= 0 && family != i))
			continue;
		if (score->witness != TL_BY_CONTACTS)
			x = fmin(x, (double)score->n);
		other[here].by[score->witness].x = (uint64_t)llround(x);
	}
	return tl_score_journey(arena, journey, other)->touchpoints[here].verdict;
}

/* The part of today's bad episodes, in hundredths, at which the verdict is first better (step −1) or
 * worse (1) than it is; −1: never. */
static int turning_point(struct explain *e, int family, int step)
{
	int last = step < 0 ? 0 : 1000, found = -1;
	struct tl_arena arena;

	for (int part = 100 + step; found < 0 && part != last + step; part += step) {
		enum tl_verdict verdict;

		tl_arena_init(&arena);
		verdict = verdict_with(e, &arena, family, part / 100.);
		tl_arena_release(&arena);
		if (step < 0 ? verdict < e->score->verdict : verdict > e->score->verdict)
			found = part;
	}
	return found;
}

static void explain_turn(struct explain *e, int family, int step)
{
	int part = turning_point(e, family, step);
	const struct tl_family_score *score = family < 0 ? NULL : &e->score->families[family];
	struct tl_arena arena;

	if (part < 0)
		return;
	tl_arena_init(&arena);
	tl_buf_printf(e->out, "  It would be %s ", report_verdict_names[verdict_with(e, &arena, family, part / 100.)]);
	tl_arena_release(&arena);
	if (score)
		tl_buf_printf(e->out, "with %s alone at %lld of %llu instead of %llu.\n",
			report_family_name(family, score->witness),
			llround((double)score->x * part / 100), (unsigned long long)score->n,
			(unsigned long long)score->x);
	else
		tl_buf_printf(e->out, "with %d %% %s of it in every family.\n",
			part < 100 ? 100 - part : part - 100, part < 100 ? "less" : "more");
}

static void explain_changes(struct explain *e)
{
	size_t before = e->out->len, head;

	tl_buf_puts(e->out, "\nWhat would change it\n");
	head = e->out->len;
	if (e->score->verdict == TL_NO_EVIDENCE) {
		uint64_t most = 0;

		for (int i = 0; i < TL_FAMILIES; i++)
			if (i != TL_DEMAND && e->score->families[i].witness >= 0 &&
				e->score->families[i].n > most)
				most = e->score->families[i].n;
		if (most < TL_LEAST)
			tl_buf_printf(e->out, "  %d more episodes that a family can count; a listen in "
					      "the journey, or a survey here, brings them.\n",
				TL_LEAST - (int)most);
	}
	if (e->score->verdict > TL_VERDICT_OK) {
		explain_turn(e, -1, -1);
		for (int i = 0; i < TL_FAMILIES; i++)
			if (e->score->families[i].scored)
				explain_turn(e, i, -1);
	}
	if (e->score->verdict == TL_VERDICT_OK || e->score->verdict == TL_WATCH)
		explain_turn(e, -1, 1);
	if (e->out->len == head) {
		e->out->len = before;
		e->out->data[before] = '\0';
	}
}

/* ---- emotion, expectations, pains ---------------------------------------------------------------- */

static void explain_emotion(struct explain *e, const struct tl_emotion_score *emotion)
{
	struct tl_buf *out = e->out;

	if (isnan(emotion->declared) && emotion->witness < 0)
		return;
	tl_buf_puts(out, "\nEmotion");
	if (emotion->persona)
		tl_buf_printf(out, ", %s", emotion->persona->name);
	tl_buf_puts(out, " (−2 to +2)\n  ");
	if (isnan(emotion->declared)) {
		tl_buf_puts(out, "The journey declares none");
	} else {
		tl_buf_puts(out, "The journey declares ");
		report_signed(out, emotion->declared, 2);
	}
	if (emotion->witness < 0) {
		tl_buf_puts(out, "; nothing was measured.\n");
		return;
	}
	tl_buf_puts(out, "; measured ");
	report_signed(out, emotion->measured, 2);
	if (!isnan(emotion->interval.low)) {
		tl_buf_puts(out, ", between ");
		report_signed(out, emotion->interval.low, 2);
		tl_buf_puts(out, " and ");
		report_signed(out, emotion->interval.high, 2);
	}
	tl_buf_printf(out, " (%s, n %llu).\n", tl_witnesses.words[emotion->witness],
		(unsigned long long)emotion->n);
	if (!isnan(emotion->declared) && !isnan(emotion->estimate)) {
		tl_buf_puts(out, "  Both, the declared one as five voices: ");
		report_signed(out, emotion->estimate, 2);
		tl_buf_puts(out, ".\n");
	}
	if (emotion->conflict)
		tl_buf_puts(out, "  Belief and measurement conflict: at least 1 apart, and the interval "
				 "excludes what is declared.\n");
}

static void explain_gaps(struct explain *e)
{
	const struct tl_touchpoint *touchpoint = e->score->touchpoint;
	const char *before = "\nExpectations\n  ";

	for (size_t i = 0; i < touchpoint->expectation_count; i++) {
		const struct tl_gap *gap = &e->score->gaps[i];

		if (!gap->n)
			continue;
		tl_buf_puts(e->out, before);
		before = "  ";
		say_text(e->out, touchpoint->expectations[i].text);
		tl_buf_printf(e->out, ": broken in %llu of %llu episodes, ",
			(unsigned long long)gap->broken, (unsigned long long)gap->n);
		report_percent(e->out, gap->rate);
		tl_buf_puts(e->out, ", between ");
		report_percent(e->out, gap->interval.low);
		tl_buf_puts(e->out, " and ");
		report_percent(e->out, gap->interval.high);
		tl_buf_puts(e->out, ".\n");
	}
}

static void explain_pain(struct explain *e, const struct tl_pain_insight *insight)
{
	struct tl_buf *out = e->out;
	const struct tl_pain *pain = insight->pain;

	tl_buf_puts(out, "  ");
	say_text(out, pain->text);
	tl_buf_printf(out, " (%s): %llu record%s", pain->id ? pain->id : "no id",
		(unsigned long long)insight->records, insight->records == 1 ? "" : "s");
	if (pain->severity)
		tl_buf_printf(out, ", declared severity %d", pain->severity);
	if (pain->severity && pain->occurrence && pain->detection)
		tl_buf_printf(out, ", RPN %d (shown, never ranked by)",
			pain->severity * pain->occurrence * pain->detection);
	tl_buf_printf(out, "; %s", tl_statuses.words[pain->status]);
	tl_buf_puts(out, insight->unowned ? ", nobody owns it" : "");
	tl_buf_puts(out, insight->overdue ? ", overdue" : "");
	tl_buf_puts(out, insight->unremedied ? ", no remedy fits its cause" : "");
	tl_buf_puts(out, ".\n");
	if (insight->quote.text) {
		tl_buf_puts(out, "    ");
		say_text(out, insight->quote.text);
		tl_buf_putc(out, '\n');
	}
	if (insight->change.n1 && insight->change.n2) {
		tl_buf_puts(out, "    Fixed; ");
		tl_report_fixed(out, e->here, insight);
		tl_buf_puts(out, ".\n");
	}
}

static void explain_rest(struct explain *e)
{
	const struct tl_touchpoint *touchpoint = e->score->touchpoint;
	struct tl_buf *out = e->out;

	for (size_t i = 0; i < e->score->emotion_count; i++)
		explain_emotion(e, &e->score->emotions[i]);
	explain_gaps(e);
	if (touchpoint->pain_count)
		tl_buf_puts(out, "\nPain points\n");
	for (size_t i = 0; i < touchpoint->pain_count; i++)
		explain_pain(e, &e->here->pains[i]);
	if (e->here->quote_count)
		tl_buf_puts(out, "\nIn customers' words, worst first\n");
	for (size_t i = 0; i < e->here->quote_count && i < 3; i++) {
		tl_buf_puts(out, "  ");
		say_text(out, e->here->quotes[i].text);
		tl_buf_printf(out, " (%s/%s, ", e->here->quotes[i].source,
			e->here->quotes[i].external_id);
		report_day(out, e->here->quotes[i].created);
		tl_buf_puts(out, ")\n");
	}
	tl_buf_printf(out, "\nAll of them: touchline evidence%s '%s#%s'\n",
		e->options->again ? e->options->again : "", e->insight->journey->id, touchpoint->id);
}

/* ---- all of it -------------------------------------------------------------------------------------- */

static void explain_head(struct explain *e)
{
	struct tl_buf *out = e->out;
	const struct tl_touchpoint *touchpoint = e->score->touchpoint;

	tl_diag_put_safely(out, touchpoint->title);
	tl_buf_printf(out, " (%s#%s)\n", e->insight->journey->id, touchpoint->id);
	if (e->score->verdict == TL_NO_EVIDENCE) {
		tl_buf_puts(out, "No evidence");
		if (e->score->assumed.friction > 0)
			tl_buf_printf(out, "; assumed friction %.1f, from what the journey declares",
				e->score->assumed.friction);
		tl_buf_puts(out, ".\n");
	} else {
		tl_buf_printf(out, "%s, rank %zu of %zu: friction %.1f of 100, between %.1f and %.1f.\n",
			report_verdict_names[e->score->verdict], e->score->rank,
			e->insight->score->ranked, e->score->friction, e->score->interval.low,
			e->score->interval.high);
	}
	tl_buf_printf(out, "%llu records in %llu episodes (one customer, records at most 7 days "
			   "apart) speak about it.\n",
		(unsigned long long)e->score->counts->records,
		(unsigned long long)e->score->counts->episodes);
}

void tl_report_explain(struct tl_buf *out, const struct tl_insight *insight,
	const struct tl_touchpoint *touchpoint, const struct tl_report_options *options)
{
	struct explain e = {out, insight, &insight->touchpoints[touchpoint->index],
		&insight->score->touchpoints[touchpoint->index], options};

	explain_head(&e);
	tl_buf_puts(out, "\nWhat was counted\n");
	for (int family = 0; family < TL_FAMILIES; family++)
		explain_family(&e, family);
	if (e.score->verdict != TL_NO_EVIDENCE)
		explain_friction(&e);
	explain_verdict(&e);
	explain_changes(&e);
	explain_rest(&e);
}
