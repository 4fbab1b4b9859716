/* A made-up insight into any journey, with everything that one can hold: every verdict, conflicts,
 * drift both ways, quotes short and long, beliefs, trails. The figures fit each other only as far as a
 * picture can tell. */
#ifndef TESTS_UNIT_MAP_INSIGHT_H
#define TESTS_UNIT_MAP_INSIGHT_H

#include <math.h>
#include <stdio.h>
#include <string.h>
#include "touchline/insight.h"

#define MADE_UP_NOW INT64_C(1790000000) /* 2026-09-21 */

struct made_up {
	struct tl_arena *arena;
	const struct tl_journey *journey;
	struct tl_insight *insight;
	struct tl_journey_score *score;
	int64_t *starts;
};
enum { MADE_UP_PERIODS = 12 };

/* By index of touchpoint: hotspot, ok, watch, no evidence, ok, hotspot. */
static enum tl_verdict made_up_verdict(size_t index)
{
	static const enum tl_verdict verdicts[] = {TL_VERDICT_OK, TL_HOTSPOT, TL_WATCH,
		TL_NO_EVIDENCE, TL_VERDICT_OK, TL_HOTSPOT, TL_VERDICT_OK};

	return verdicts[index % TL_COUNT(verdicts)];
}

static struct tl_quote made_up_quote(size_t i)
{
	static const struct tl_quote quotes[] = {
		{"Waited all day for the engineer, and nobody came or called.", "surveys", "phone",
			"s-1", MADE_UP_NOW - 9 * 86400},
		{"I told my story to [NAME] on the phone, then again in the chat, then again by "
		 "e-mail to [EMAIL], and each time somebody else asked me for the order number that "
		 "they had sent to me themselves. After the fourth time I gave up and went to a "
		 "competitor, who had me connected within a week. Never again!",
			"tickets", NULL, "t-77", MADE_UP_NOW - 86400},
		{"Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft!",
			"chat", "chat", "c-3", TL_NO_TIME},
		{"¿Por qué nadie contesta? 😡 もう三回も説明しました。", "social", "social", "x-9",
			MADE_UP_NOW - 40 * 86400},
	};

	return quotes[i % TL_COUNT(quotes)];
}

static void made_up_family(struct tl_family_score *family, size_t which, double score, uint64_t n)
{
	static const enum tl_witness witnesses[] = {
		TL_BY_CSAT, TL_BY_CES, TL_BY_RESOLUTION, TL_BY_CONTACTS, TL_BY_SENTIMENT};
	static const double promise[] = {.2, .1, .1, .05, .3}, worst[] = {.6, .4, .5, .25, .8};
	double rate = promise[which] + (worst[which] - promise[which]) * score / 100;

	*family = (struct tl_family_score){.witness = n ? (int)witnesses[which] : -1, .n = n,
		.x = (uint64_t)(rate * (double)n), .rate = n ? rate : NAN, .pool = promise[which],
		.shrunk = rate, .promise = promise[which], .intolerable = worst[which],
		.weight = 3 - (double)which / 2, .sound = true, .scored = n >= TL_LEAST,
		.score = NAN, .interval = {NAN, NAN}, .p = NAN, .q = NAN};
	if (!family->scored)
		return;
	family->score = score;
	family->interval = (struct tl_interval){fmax(0, score - 18), fmin(100, score + 11)};
	family->p = score >= 50 ? 6.783e-8 : .02;
	family->q = score >= 50 ? 4.296e-7 : .04;
}

static void made_up_emotions(struct made_up *m, struct tl_touchpoint_score *score, size_t i)
{
	const struct tl_touchpoint *touchpoint = score->touchpoint;
	size_t personas = m->journey->persona_count;

	score->emotion_count = personas ? personas : 1;
	score->emotions = tl_arena_array(m->arena, struct tl_emotion_score, score->emotion_count);
	for (size_t p = 0; p < score->emotion_count; p++) {
		struct tl_emotion_score *e = &score->emotions[p];
		bool measured = score->verdict != TL_NO_EVIDENCE && (i + p) % 5 != 4;

		*e = (struct tl_emotion_score){.persona = personas ? &m->journey->personas[p] : NULL,
			.declared = NAN, .measured = NAN, .estimate = NAN, .interval = {NAN, NAN},
			.witness = -1};
		for (size_t k = 0; k < touchpoint->emotion_count; k++)
			if (!touchpoint->emotions[k].persona ||
				touchpoint->emotions[k].persona == e->persona)
				e->declared = touchpoint->emotions[k].valence;
		if (measured) {
			e->n = 8 + 17 * (i % 4);
			e->witness = (i + p) % 2 ? TL_BY_CSAT : TL_BY_SENTIMENT;
			e->measured = score->verdict == TL_HOTSPOT ? -1.3 - .2 * (double)p
								   : .9 - .35 * (double)(i % 4);
			e->interval = (struct tl_interval){
				fmax(-2, e->measured - 1.4 / sqrt((double)e->n / 4)),
				fmin(2, e->measured + 1.4 / sqrt((double)e->n / 4))};
			e->estimate = isnan(e->declared)
				? e->measured
				: (5 * e->declared + (double)e->n * e->measured) / (5 + (double)e->n);
			e->conflict = e->n >= 10 && fabs(e->measured - e->declared) >= 1;
		} else {
			e->estimate = e->declared;
		}
	}
}

static void made_up_score(struct made_up *m, size_t i)
{
	static const double frictions[] = {8.0808, 87.9388, 31.4, NAN, 2.2233, 64.25, 14.9};
	struct tl_touchpoint_score *score = &m->score->touchpoints[i];
	struct tl_counts *counts = tl_arena_new(m->arena, struct tl_counts);
	const struct tl_touchpoint *touchpoint = &m->journey->touchpoints[i];

	*score = (struct tl_touchpoint_score){.touchpoint = touchpoint, .counts = counts,
		.verdict = made_up_verdict(i), .friction = frictions[i % TL_COUNT(frictions)],
		.interval = {NAN, NAN}, .mean = NAN, .worst = NAN, .impact = NAN, .worst_family = -1,
		.reach = 1, .reach_source = TL_REACH_SHARES};
	bool evidence = score->verdict != TL_NO_EVIDENCE;
	counts->episodes = evidence ? 40 + 137 * (i % 9) : i % 2 * 3;
	counts->records = counts->episodes + counts->episodes / 3;
	if (i % 11 == 5)
		counts->episodes += 1234567;
	for (size_t f = 0; f < TL_FAMILIES; f++)
		made_up_family(&score->families[f], f,
			evidence ? fmin(100, fmax(0, score->friction + 12 - 6 * (double)f)) : NAN,
			evidence && (f + i) % 4 ? 52 + f : evidence ? 0 : 2);
	score->gaps = tl_arena_array(m->arena, struct tl_gap, touchpoint->expectation_count);
	for (size_t k = 0; k < touchpoint->expectation_count; k++)
		score->gaps[k] = (struct tl_gap){(i * 3 + k) % 20, evidence ? 52 : 0,
			evidence ? (double)((i * 3 + k) % 20) / 52 : NAN,
			{evidence ? .08 : NAN, evidence ? .42 : NAN}};
	made_up_emotions(m, score, i);
	m->score->verdicts[score->verdict]++;
	if (!evidence)
		return;
	score->interval = (struct tl_interval){
		fmax(0, score->friction - 19), fmin(100, score->friction + 9)};
	score->mean = score->friction - 6;
	score->worst = score->friction + 6;
	score->impact = score->friction * touchpoint->importance / 5;
	score->worst_family = (i + 1) % 4 ? TL_DISSATISFACTION : TL_EFFORT;
}

static void made_up_ranks(struct made_up *m)
{
	size_t n = 0, count = m->journey->touchpoint_count;

	m->score->ranking =
		tl_arena_array(m->arena, const struct tl_touchpoint_score *, count);
	for (enum tl_verdict v = TL_HOTSPOT; v > TL_NO_EVIDENCE; v--)
		for (size_t i = 0; i < count; i++)
			if (m->score->touchpoints[i].verdict == v) {
				m->score->ranking[n++] = &m->score->touchpoints[i];
				m->score->touchpoints[i].rank = n;
			}
	m->score->ranked = n;
}

static void made_up_trend(struct made_up *m, struct tl_trend *trend, size_t i)
{
	double end = i % 7 == 1 ? .7 : i % 7 == 2 ? .05 : .25;

	*trend = (struct tl_trend){.family = TL_DISSATISFACTION, .kind = TL_PERIOD_MONTH,
		.starts = m->starts, .count = i % 4 == 0 ? 5 : MADE_UP_PERIODS};
	trend->periods = tl_arena_array(m->arena, struct tl_period, trend->count);
	for (size_t k = 0; k < trend->count; k++) {
		struct tl_period *period = &trend->periods[k];
		double at = (double)k / (double)(trend->count - 1);

		period->n = (k + i) % 7 == 3 ? 0 : 20 + k;
		period->rate = period->n ? .3 + (end - .3) * at + .03 * (double)((k * 7 + i) % 3)
					 : NAN;
		period->x = period->n ? (uint64_t)(period->rate * (double)period->n) : 0;
		period->average = .3 + (end - .3) * at;
		period->low = .18;
		period->high = .42;
		period->out = period->average > .42 || period->average < .18;
	}
	trend->drift.direction = end > .42 ? 1 : end < .18 ? -1 : 0;
	trend->drift.trend = (struct tl_mann_kendall){end > .3 ? 40 : -40, 200, end > .3 ? 2.8 : -2.8,
		trend->count >= 8 ? .005 : NAN};
}

static void made_up_belief(struct made_up *m, struct tl_belief *belief, size_t i)
{
	size_t n = m->journey->department_count ? m->journey->department_count : 2;

	*belief = (struct tl_belief){.all = {NULL, i % 3, 1 + i % 6, -.5, -2, 1, 7},
		.departments = tl_arena_array(m->arena, struct tl_view_of, n),
		.department_count = n, .disagree = i % 4 == 1};
	for (size_t d = 0; d < n; d++)
		belief->departments[d] = (struct tl_view_of){
			m->journey->department_count ? m->journey->departments[d].label : "Sales", 1,
			2, -1.5 + (double)(d % 5) * .8, -2, 1, 3};
}

static void made_up_touchpoint(struct made_up *m, size_t i)
{
	struct tl_touchpoint_insight *t = &m->insight->touchpoints[i];
	const struct tl_touchpoint *touchpoint = &m->journey->touchpoints[i];

	*t = (struct tl_touchpoint_insight){.score = &m->score->touchpoints[i],
		.trend = {.family = -1}, .newest = MADE_UP_NOW - 3600,
		.pains = tl_arena_array(m->arena, struct tl_pain_insight, touchpoint->pain_count),
		.passages = tl_arena_array(m->arena, struct tl_passage, touchpoint->next_count)};
	for (size_t k = 0; k < touchpoint->pain_count; k++) {
		t->pains[k] = (struct tl_pain_insight){.pain = &touchpoint->pains[k],
			.records = (i + k) % 5 * 9 + (i + k) % 2, .overdue = (i + k) % 3 == 0,
			.unowned = (i + k) % 2 == 0, .unremedied = (i + k) % 4 == 0,
			.fixed = TL_NO_TIME};
		if (t->pains[k].records)
			t->pains[k].quote = made_up_quote(i + k);
	}
	for (size_t k = 0; k < touchpoint->next_count; k++)
		t->passages[k] = (struct tl_passage){(i * 17 + 5) % 60, i % 3 ? 63 : 0};
	if (i % 5 == 1 || i % 5 == 2)
		made_up_belief(m, &t->belief, i);
	if (t->score->verdict == TL_NO_EVIDENCE)
		return;
	made_up_trend(m, &t->trend, i);
	t->quote_count = 1 + i % 3;
	t->quotes = tl_arena_array(m->arena, struct tl_quote, t->quote_count);
	for (size_t k = 0; k < t->quote_count; k++)
		t->quotes[k] = made_up_quote(i + k + 1);
}

static void made_up_personas(struct made_up *m)
{
	size_t n = m->journey->persona_count, last = m->journey->touchpoint_count;

	m->score->persona_count = n ? n : 1;
	m->score->personas =
		tl_arena_array(m->arena, struct tl_persona_score, m->score->persona_count);
	for (size_t p = 0; p < m->score->persona_count; p++)
		m->score->personas[p] = (struct tl_persona_score){
			n ? &m->journey->personas[p] : NULL, .8604 - (double)p, .3605, -1.0035,
			last ? &m->journey->touchpoints[last / 2] : NULL,
			last ? &m->journey->touchpoints[last - 1] : NULL,
			last ? &m->journey->touchpoints[last / 2] : NULL};
}

static const char *const made_up_channels[] = {"app", "phone"};

__attribute__((unused)) static const struct tl_insight *make_up_insight(
	struct tl_arena *arena, const struct tl_journey *journey)
{
	struct made_up m = {.arena = arena, .journey = journey};
	size_t count = journey->touchpoint_count;

	m.insight = tl_arena_new(arena, struct tl_insight);
	m.score = tl_arena_new(arena, struct tl_journey_score);
	m.starts = tl_arena_array(arena, int64_t, MADE_UP_PERIODS);
	for (int k = 0; k < MADE_UP_PERIODS; k++)
		m.starts[k] = MADE_UP_NOW - (int64_t)(MADE_UP_PERIODS - k) * 30 * 86400;
	*m.score = (struct tl_journey_score){.journey = journey, .tests = 19, .episodes = 3000,
		.records = 4200, .csat = {412, 3.4712}, .ces = {210, 4.9},
		.nps = {-11.2, -10.9, {-15.1, -6.7}}, .nps_n = 655, .solved = 310, .contacted = 420,
		.touchpoints = tl_arena_array(arena, struct tl_touchpoint_score, count)};
	*m.insight = (struct tl_insight){.journey = journey, .score = m.score, .bound = 4200,
		.all_records = 5655, .all_unbound = 731, .oldest = MADE_UP_NOW - 400 * 86400,
		.newest = MADE_UP_NOW - 86400, .reply = {300, 5400, 90000},
		.resolution = {280, 97200, 4.5 * 86400},
		.options = {.filter = {.since = MADE_UP_NOW - 180 * 86400, .until = MADE_UP_NOW,
				    .channels = {made_up_channels, TL_COUNT(made_up_channels)}},
			.now = MADE_UP_NOW, .words = true},
		.touchpoints = tl_arena_array(arena, struct tl_touchpoint_insight, count)};
	snprintf(m.insight->digest, sizeof m.insight->digest, "made up");
	for (size_t i = 0; i < count; i++)
		made_up_score(&m, i);
	made_up_ranks(&m);
	for (size_t i = 0; i < count; i++)
		made_up_touchpoint(&m, i);
	made_up_personas(&m);
	return m.insight;
}

#endif
