/* What a journey says arrives in the model, with its defaults and its places. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "touchline/front.h"

#define HEAD "<journey xmlns='urn:touchline:journey:1' id='j'"
#define STAGE(touchpoints) "<title>J</title><stage id='s'><title>S</title>" touchpoints "</stage>"
#define ROOT(head, touchpoints) HEAD ">" head STAGE(touchpoints) "</journey>"

struct fixture {
	struct tl_arena arena;
	struct tl_diags diags;
};

static const struct tl_journey *parse(struct fixture *fixture, const char *text)
{
	tl_arena_init(&fixture->arena);
	tl_diags_init(&fixture->diags);
	return tl_front_parse(
		&fixture->arena, &fixture->diags, "nowhere/test.xml", text, strlen(text));
}

static void release(struct fixture *fixture)
{
	tl_arena_release(&fixture->arena);
	tl_diags_release(&fixture->diags);
}

static void what_is_not_said_has_its_default(void **state)
{
	struct fixture fixture;
	(void)state;
	const struct tl_journey *j = parse(&fixture,
		ROOT("<channel id='c'>C</channel>",
			"<touchpoint id='t' channel='c'><title>T</title><pain id='p'>P</pain>"
			"<expectation>E</expectation><emotion valence='1'/>"
			"<listen tag='x'/><tolerance family='voice'/></touchpoint>"));
	assert_non_null(j);
	assert_int_equal(fixture.diags.errors + fixture.diags.warnings, 0);
	assert_int_equal(j->state, TL_AS_IS);
	assert_string_equal(j->lang, "en");
	assert_int_equal(j->updated, TL_NO_DATE);
	assert_null(j->of);
	assert_int_equal(j->channels[0].kind, TL_OTHER);
	assert_false(j->channels[0].self_service);
	assert_true(isnan(j->channels[0].reply_within));
	const struct tl_touchpoint *t = j->touchpoints;
	assert_ptr_equal(t->channel, j->channels);
	assert_int_equal(t->importance, 3);
	assert_int_equal(t->initiator, TL_CUSTOMER);
	assert_true(isnan(t->reach));
	assert_null(t->owner);
	assert_int_equal(t->pains[0].severity, 0);
	assert_int_equal(t->pains[0].kind, -1);
	assert_int_equal(t->pains[0].status, TL_OPEN);
	assert_int_equal(t->pains[0].due, TL_NO_DATE);
	assert_null(t->expectations[0].id);
	assert_true(isnan(t->expectations[0].promise));
	assert_null(t->expectations[0].promise_text);
	assert_int_equal(t->expectations[0].clock, -1);
	assert_null(t->emotions[0].quote);
	assert_null(t->emotions[0].persona);
	assert_int_equal(t->listens[0].as, -1);
	assert_true(isnan(t->tolerances[0].promise));
	assert_int_equal(t->next_count, 0);
	release(&fixture);
}

static void values_and_references_arrive(void **state)
{
	struct fixture fixture;
	(void)state;
	const struct tl_journey *j = parse(&fixture,
		ROOT("<persona id='m' name=' Maya,\n first '><goal>G</goal><goal>H</goal></persona>"
		     "<department id='d'>D</department><system id='y'>Y</system>"
		     "<channel id='c' kind='email' self-service='yes' "
		     "reply-within='PT4H'>C</channel>",
			"<touchpoint id='t' channel='c' owner='d' moment-of-truth='yes' reach='.5'>"
			"<next to='u' share='0.25' handoff='cold' when='late'/>"
			"<next to='other#place'/><next to='j#u' when='again'/>"
			"<expectation id='e' promise='P1DT1H' kind='time' "
			"clock='resolution'>E</expectation>"
			"<pain id='p' cause='tools' expectation='e' since='1970-01-02'>P\n  "
			"Q</pain>"
			"<pain id='q'>Q</pain>"
			"<opportunity for=' q  p ' remedy='tools'>O</opportunity>"
			"<emotion valence='-1.5' persona='m'> so  so </emotion>"
			"<backstage owner='d' serves='d' system='y' promise='PT30M'>B</backstage>"
			"<title>T</title></touchpoint>"
			"<touchpoint id='u'><title>U</title></touchpoint>"));
	assert_non_null(j);
	assert_int_equal(fixture.diags.errors + fixture.diags.warnings, 0);
	assert_string_equal(j->personas[0].name, "Maya, first");
	assert_int_equal(j->personas[0].goals.count, 2);
	assert_string_equal(j->personas[0].goals.list[1].text, "H");
	const struct tl_touchpoint *t = &j->touchpoints[0], *u = &j->touchpoints[1];
	assert_string_equal(t->title, "T");
	assert_ptr_equal(t->stage, j->stages);
	assert_ptr_equal(j->stages[0].touchpoints, j->touchpoints);
	assert_int_equal(u->index, 1);
	assert_ptr_equal(tl_journey_touchpoint(j, "u"), u);
	assert_true(t->moment_of_truth);
	assert_float_equal(t->reach, 0.5, 0);
	assert_ptr_equal(t->owner, j->departments);
	assert_int_equal(t->next_count, 3);
	assert_ptr_equal(t->nexts[0].to, u);
	assert_int_equal(t->nexts[0].handoff, TL_COLD);
	assert_float_equal(t->nexts[0].share, 0.25, 0);
	assert_null(t->nexts[1].to);
	assert_string_equal(t->nexts[1].journey, "other");
	assert_string_equal(t->nexts[1].touchpoint, "place");
	assert_ptr_equal(t->nexts[2].to, u);
	assert_float_equal(t->expectations[0].promise, 90000, 0);
	assert_string_equal(t->expectations[0].promise_text, "P1DT1H");
	assert_ptr_equal(t->pains[0].breaks, t->expectations);
	assert_int_equal(t->pains[0].since, 1);
	assert_string_equal(t->pains[0].text, "P Q");
	assert_int_equal(t->opportunities[0].pain_count, 2);
	assert_ptr_equal(t->opportunities[0].pains[0], &t->pains[1]);
	assert_ptr_equal(t->opportunities[0].pains[1], &t->pains[0]);
	assert_float_equal(t->emotions[0].valence, -1.5, 0);
	assert_string_equal(t->emotions[0].quote, "so so");
	assert_ptr_equal(t->emotions[0].persona, j->personas);
	assert_ptr_equal(t->backstage[0].system, j->systems);
	release(&fixture);
}

static void document_order_is_the_way_where_none_is_written(void **state)
{
	struct fixture fixture;
	(void)state;
	const struct tl_journey *j =
		parse(&fixture, HEAD "><title>J</title>"
				     "<stage id='a'><title>A</title><touchpoint "
				     "id='x'><title>X</title></touchpoint></stage>"
				     "<stage id='b'><title>B</title><touchpoint "
				     "id='y'><title>Y</title></touchpoint></stage>"
				     "</journey>");
	assert_non_null(j);
	assert_int_equal(j->touchpoints[0].next_count, 1);
	assert_true(j->touchpoints[0].nexts[0].implied);
	assert_ptr_equal(j->touchpoints[0].nexts[0].to, &j->touchpoints[1]);
	assert_true(isnan(j->touchpoints[0].nexts[0].share));
	assert_int_equal(j->touchpoints[0].nexts[0].handoff, -1);
	assert_int_equal(j->touchpoints[1].next_count, 0);
	assert_ptr_equal(j->touchpoints[1].stage, &j->stages[1]);
	assert_int_equal(j->stages[1].index, 1);
	release(&fixture);
}

/* Nobody who reads a journey with errors has to ask for NULL where the language requires a text. */
static void what_is_missing_is_empty(void **state)
{
	struct fixture fixture;
	(void)state;
	const struct tl_journey *j =
		parse(&fixture, "<journey xmlns='urn:touchline:journey:1'><persona/><channel/>"
				"<stage><touchpoint><pain/><opportunity/><next/><emotion/></"
				"touchpoint></stage></journey>");
	assert_non_null(j);
	assert_true(fixture.diags.errors > 5);
	assert_string_equal(j->id, "");
	assert_string_equal(j->title, "");
	assert_string_equal(j->personas[0].name, "");
	assert_string_equal(j->channels[0].label, "");
	assert_string_equal(j->stages[0].title, "");
	assert_string_equal(j->touchpoints[0].id, "");
	assert_string_equal(j->touchpoints[0].pains[0].text, "");
	assert_true(isnan(j->touchpoints[0].emotions[0].valence));
	release(&fixture);
}

static void a_tolerance_of_its_own_wins(void **state)
{
	struct fixture fixture;
	(void)state;
	const struct tl_journey *j =
		parse(&fixture, ROOT("<vocabulary><tolerance family='delay' promise='0.1'/>"
				     "<tolerance family='voice' promise='0.2'/></vocabulary>"
				     "<tolerance family='delay' promise='0.3'/>",
					"<touchpoint id='t'><title>T</title></touchpoint>"));
	assert_non_null(j);
	assert_int_equal(fixture.diags.errors + fixture.diags.warnings, 0);
	assert_int_equal(j->tolerance_count, 2);
	for (size_t i = 0; i < 2; i++)
		assert_float_equal(j->tolerances[i].promise,
			j->tolerances[i].family == TL_DELAY ? 0.3 : 0.2, 0);
	release(&fixture);
}

static void other_roots_are_no_journeys(void **state)
{
	static const struct {
		const char *text;
		size_t errors;
	} cases[] = {
		{"<vocabulary xmlns='urn:touchline:journey:1'><channel "
		 "id='c'>C</channel></vocabulary>",
			0},
		{"<vocabulary xmlns='urn:touchline:journey:1'><stage/></vocabulary>", 1},
		{"<html/>", 1},
		{"<journey/>", 1},
	};
	(void)state;
	for (size_t i = 0; i < TL_COUNT(cases); i++) {
		struct fixture fixture;
		assert_null(parse(&fixture, cases[i].text));
		assert_int_equal(fixture.diags.errors, cases[i].errors);
		release(&fixture);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_said_has_its_default),
		cmocka_unit_test(values_and_references_arrive),
		cmocka_unit_test(document_order_is_the_way_where_none_is_written),
		cmocka_unit_test(what_is_missing_is_empty),
		cmocka_unit_test(a_tolerance_of_its_own_wins),
		cmocka_unit_test(other_roots_are_no_journeys),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
