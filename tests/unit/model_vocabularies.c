/* The words of the language stand in the order of their enumerations. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "touchline/model.h"

static void words_match_their_enumerations(void **state)
{
	static const struct {
		const struct tl_vocabulary *vocabulary;
		const char *word;
		int value, count; /* value: the last of the enumeration */
	} cases[] = {
		{&tl_states, "planned", TL_PLANNED, 3},
		{&tl_channel_kinds, "other", TL_OTHER, 12},
		{&tl_families, "voice", TL_VOICE, TL_FAMILIES},
		{&tl_initiators, "company", TL_COMPANY, 2},
		{&tl_expectation_kinds, "fairness", TL_EXPECT_FAIRNESS, 7},
		{&tl_clocks, "resolution", TL_CLOCK_RESOLUTION, 2},
		{&tl_friction_kinds, "handoff", TL_HANDOFF, 10},
		{&tl_causes, "capacity", TL_CAPACITY, 7},
		{&tl_statuses, "accepted", TL_ACCEPTED, 4},
		{&tl_handoffs, "cold", TL_COLD, 2},
		{&tl_instruments, "visits", TL_VISITS, 5},
		{&tl_yes_no, "yes", true, 2},
	};
	(void)state;
	for (size_t i = 0; i < TL_COUNT(cases); i++) {
		assert_int_equal(
			tl_vocabulary_find(cases[i].vocabulary, cases[i].word), cases[i].value);
		assert_int_equal(cases[i].vocabulary->count, cases[i].count);
		assert_int_equal(cases[i].value, cases[i].count - 1);
	}
	assert_int_equal(tl_vocabulary_find(&tl_channel_kinds, "messaging"), TL_MESSAGING);
	assert_int_equal(tl_vocabulary_find(&tl_friction_kinds, "unfairness-procedural"),
		TL_UNFAIR_PROCEDURAL);
	assert_int_equal(tl_vocabulary_find(&tl_causes, "policy"), TL_POLICY);
}

static void words_are_exact(void **state)
{
	(void)state;
	assert_int_equal(tl_vocabulary_find(&tl_states, "As-Is"), -1);
	assert_int_equal(tl_vocabulary_find(&tl_states, ""), -1);
	assert_int_equal(tl_vocabulary_find(&tl_states, "as-i"), -1);
}

static void touchpoints_are_found_by_id(void **state)
{
	static const struct tl_touchpoint touchpoints[] = {{.id = "pay"}, {.id = "call"}};
	static const struct tl_journey journey = {.touchpoints = touchpoints,
					       .touchpoint_count = 2},
				       empty;
	(void)state;

	assert_ptr_equal(tl_journey_touchpoint(&journey, "call"), &touchpoints[1]);
	assert_null(tl_journey_touchpoint(&journey, "cal"));
	assert_null(tl_journey_touchpoint(&empty, "pay"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_match_their_enumerations),
		cmocka_unit_test(words_are_exact),
		cmocka_unit_test(touchpoints_are_found_by_id),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
