/* What an insight says about a journey, against records of which every figure can be counted by hand. */
#include "store_scene.h"
#include "touchline/front.h"
#include "touchline/insight.h"

enum { DAY = 86400 };

static const char source[] =
	"<journey xmlns='urn:touchline:journey:1' id='j'><title>J</title>"
	"<persona id='p' name='P' segment='new'/><department id='it'>IT</department>"
	"<stage id='s'><title>S</title>"
	"<touchpoint id='a'><title>A</title><expectation id='fast'>Soon</expectation>"
	"<pain id='slow' since='2025-01-01' due='2025-03-01' cause='tools'>Slow</pain>"
	"<pain id='gone' owner='it' status='resolved' fixed='2025-06-01' cause='skill'>Gone</pain>"
	"<opportunity for='slow' remedy='skill'>Learn</opportunity>"
	"<next to='b'/></touchpoint>"
	"<touchpoint id='b'><title>B</title></touchpoint></stage></journey>";

struct fixture {
	struct scene *scene;
	struct tl_arena arena;
	const struct tl_journey *journey;
};

static void begin_with(struct fixture *f, void **state)
{
	static const struct tl_rule rules[] = {
		{.journey = "j", .touchpoint = "a", .tag = "a", .as = -1},
		{.journey = "j", .touchpoint = "b", .tag = "b", .as = -1},
		{.journey = "j", .touchpoint = "a", .match = "slow", .pain = "slow", .as = -1},
		{.journey = "j", .touchpoint = "a", .match = "late", .expectation = "fast", .as = -1}};

	*f = (struct fixture){.scene = *state};
	tl_arena_init(&f->arena);
	f->journey = tl_front_parse(
		&f->arena, &f->scene->diags, "j.xml", source, sizeof source - 1);
	assert_non_null(f->journey);
	assert_int_equal(f->scene->diags.errors, 0);
	listen(f->scene, rules, TL_COUNT(rules));
}

static void put(struct fixture *f, const char *id, int32_t day, const char *tag, const char *text,
	double csat)
{
	const char *tags[] = {tag};
	struct tl_measure measure = {"q", TL_CSAT, csat, NAN, NAN, false};
	struct tl_record record = record_of(id);

	record.created = (int64_t)day * DAY + 3600;
	record.tags = tags;
	record.tag_count = 1;
	record.text = text;
	record.channel = "web";
	record.segment = csat > 3 ? "new" : NULL;
	record.sentiment = text ? -.5 : NAN;
	record.friction_kinds = 1u << TL_DELAYED;
	record.measures = &measure;
	record.measure_count = !isnan(csat);
	put_one(f->scene, &record);
}

static int32_t date(const char *text)
{
	int32_t day = 0;

	assert_true(tl_date_parse(&day, text));
	return day;
}

static struct tl_insight *read_at(struct fixture *f, const char *today, const struct tl_filter *filter)
{
	struct tl_insight_options options = {
		.filter = *filter, .now = (int64_t)date(today) * DAY, .words = true};
	struct tl_insight *insight = tl_insight_read(
		&f->arena, &f->scene->diags, f->scene->store, f->journey, &options);

	assert_non_null(insight);
	return insight;
}

static void counts_are_mapped(void **state)
{
	struct fixture f;
	const struct tl_insight *in;
	const struct tl_counts *a;

	begin_with(&f, state);
	put(&f, "1", date("2025-05-10"), "a", "so slow", 1);
	put(&f, "2", date("2025-05-12"), "a", "late", 5);
	put(&f, "3", date("2025-05-14"), "b", "so slow", NAN); /* at both touchpoints */
	in = read_at(&f, "2025-06-01", &tl_filter_none);
	a = in->score->touchpoints[0].counts;
	assert_int_equal(a->by[TL_BY_CSAT].n, 2);
	assert_int_equal(a->by[TL_BY_CSAT].x, 1);
	assert_true(a->by[TL_BY_CSAT].sum == 0 && a->by[TL_BY_CSAT].squares == 8);
	assert_int_equal(a->by[TL_BY_SENTIMENT].x, 2);
	assert_int_equal(a->by[TL_BY_CONTACTS].x, 2);
	assert_int_equal(a->by[TL_BY_CONTACTS].n, 0); /* nobody counted visits */
	assert_int_equal(a->solved, 2);
	assert_int_equal(a->pain_records[0], 1);
	assert_int_equal(a->broken[0], 1);
	assert_int_equal(a->personas[0][TL_BY_CSAT].n, 1);
	assert_int_equal(in->touchpoints[0].kinds[TL_DELAYED], 2);
	assert_int_equal(in->touchpoints[0].newest, (int64_t)date("2025-05-12") * DAY);
	assert_int_equal(in->bound, 3);
	assert_int_equal(in->all_records, 3);
	assert_int_equal(in->matrix.channel_count, 1);
	assert_int_equal(in->matrix.totals[0], 3);
	assert_int_equal(in->matrix.cells[0][TL_DELAYED], 3);
	assert_string_equal(in->touchpoints[0].pains[0].quote.text, "so slow");
	assert_int_equal(in->touchpoints[0].quote_count, 2);
	tl_arena_release(&f.arena);
}

static void quotes_are_told_once(void **state)
{
	struct fixture f;
	const struct tl_insight *in;

	begin_with(&f, state);
	put(&f, "1", date("2025-05-10"), "a", "so slow", NAN);
	put(&f, "2", date("2025-05-12"), "a", "so slow", NAN);
	put(&f, "3", date("2025-05-14"), "a", "so slow. Kind regards", NAN);
	put(&f, "4", date("2025-05-11"), "a", "slow again", NAN);
	in = read_at(&f, "2025-06-01", &tl_filter_none);
	assert_int_equal(in->touchpoints[0].quote_count, 2);
	assert_string_equal(in->touchpoints[0].pains[0].quote.text, "so slow. Kind regards");
	tl_arena_release(&f.arena);
}

static const struct tl_trend *trend_of(
	struct fixture *f, const char *first, const char *last, const char *today)
{
	put(f, "first", date(first), "a", "slow", 1);
	put(f, "last", date(last), "a", "slow", 1);
	return &read_at(f, today, &tl_filter_none)->touchpoints[0].trend;
}

static void periods_fit(void **state)
{
	static const struct {
		const char *first, *last, *today, *start;
		int kind;
		size_t count;
		uint64_t in_first;
	} cases[] = {
		{"2025-05-07", "2025-05-12", "2025-06-01", "2025-05-05", TL_PERIOD_WEEK, 2, 1},
		{"2025-01-31", "2025-12-01", "2026-01-01", "2025-01-01", TL_PERIOD_MONTH, 12, 1},
		{"2024-12-31", "2025-12-01", "2026-01-01", "2025-01-01", TL_PERIOD_MONTH, 12, 0},
		{"2024-02-29", "2025-12-31", "2026-01-01", "2024-01-01", TL_PERIOD_QUARTER, 8, 1},
		{"2025-05-07", "2099-01-01", "2025-05-20", "2025-05-05", TL_PERIOD_WEEK, 3, 1}};

	for (size_t i = 0; i < TL_COUNT(cases); i++) {
		struct fixture f;
		const struct tl_trend *trend;

		if (i) {
			assert_int_equal(scene_tear_down(state), 0);
			assert_int_equal(scene_set_up(state), 0);
		}
		begin_with(&f, state);
		trend = trend_of(&f, cases[i].first, cases[i].last, cases[i].today);
		assert_int_equal(trend->kind, cases[i].kind);
		assert_int_equal(trend->count, cases[i].count);
		assert_int_equal(trend->starts[0], (int64_t)date(cases[i].start) * DAY);
		assert_int_equal(trend->periods[0].n, cases[i].in_first);
		tl_arena_release(&f.arena);
	}
}

static void pains_are_looked_after(void **state)
{
	struct fixture f;
	const struct tl_pain_insight *slow, *gone;
	struct tl_action action = {.journey = "j", .pain = "slow", .owner = "Ann", .text = "Fix",
		.created = 1, .due = (int64_t)date("2025-08-01") * DAY, .done = TL_NO_TIME};

	begin_with(&f, state);
	slow = read_at(&f, "2025-03-01", &tl_filter_none)->touchpoints[0].pains;
	assert_false(slow->overdue); /* the day itself is still good */
	assert_true(slow->unowned && slow->unremedied);
	assert_int_equal(slow->fixed, TL_NO_TIME);
	slow = read_at(&f, "2025-03-02", &tl_filter_none)->touchpoints[0].pains;
	assert_true(slow->overdue);
	gone = slow + 1;
	assert_false(gone->overdue || gone->unowned || gone->unremedied);
	assert_int_equal(gone->fixed, (int64_t)date("2025-06-01") * DAY);
	assert_true(tl_store_act(f.scene->store, &action));
	slow = read_at(&f, "2025-02-01", &tl_filter_none)->touchpoints[0].pains;
	assert_false(slow->overdue || slow->unowned || slow->unremedied);
	assert_int_equal(slow->action_count, 1);
	tl_arena_release(&f.arena);
}

static void before_and_after_are_told_apart(void **state)
{
	struct fixture f;
	const struct tl_change *change;
	char id[16];

	begin_with(&f, state);
	for (int i = 0; i < 40; i++) {
		snprintf(id, sizeof id, "%d", i);
		put(&f, id, date("2025-06-01") + (i < 20 ? -1 - i : i - 20), "a", NULL,
			i < 20 ? 1 : 5);
	}
	change = &read_at(&f, "2025-07-01", &tl_filter_none)->touchpoints[0].pains[1].change;
	assert_int_equal(change->n1, 20);
	assert_int_equal(change->n2, 20);
	assert_int_equal(change->verdict, TL_CHANGE_BETTER);
	tl_arena_release(&f.arena);
}

static void periods_are_compared(void **state)
{
	struct fixture f;
	struct tl_filter before = tl_filter_none, after = tl_filter_none;
	const struct tl_comparison *both;
	char id[16];

	begin_with(&f, state);
	for (int i = 0; i < 40; i++) {
		snprintf(id, sizeof id, "%d", i);
		put(&f, id, date("2025-06-01") + (i < 20 ? -1 - i : i - 20), "a", NULL,
			i < 20 ? 5 : 1);
	}
	before.until = after.since = (int64_t)date("2025-06-01") * DAY;
	both = tl_insight_compare(&f.arena, f.scene->store, f.journey, &before, &after);
	assert_non_null(both);
	assert_int_equal(both->changes[0][TL_DISSATISFACTION].change.x1, 0);
	assert_int_equal(both->changes[0][TL_DISSATISFACTION].change.x2, 20);
	assert_int_equal(both->changes[0][TL_DISSATISFACTION].change.verdict, TL_CHANGE_WORSE);
	assert_int_equal(both->changes[1][TL_DISSATISFACTION].change.n1, 0);
	assert_int_equal(both->changes[0][TL_DELAY].change.n2, 0);
	tl_arena_release(&f.arena);
}

static void vote(struct fixture *f, const char *department, double valence)
{
	struct tl_vote cast = {.journey = "j", .touchpoint = "a", .department = department,
		.valence = valence, .points = 2, .created = 1};

	assert_true(tl_store_vote(f->scene->store, &cast));
}

static void departments_disagree(void **state)
{
	struct fixture f;
	const struct tl_belief *belief;

	begin_with(&f, state);
	vote(&f, "sales", 1);
	vote(&f, "care", -1);
	vote(&f, "care", 0);
	belief = &read_at(&f, "2025-06-01", &tl_filter_none)->touchpoints[0].belief;
	assert_int_equal(belief->department_count, 2);
	assert_string_equal(belief->departments[0].department, "care");
	assert_true(belief->departments[0].median == -.5 && belief->all.median == 0);
	assert_false(belief->disagree);
	vote(&f, "care", -2);
	belief = &read_at(&f, "2025-06-01", &tl_filter_none)->touchpoints[0].belief;
	assert_true(belief->disagree && belief->all.low == -2 && belief->all.points == 8);
	tl_arena_release(&f.arena);
}

static void digests_tell_what_changed(void **state)
{
	struct fixture f;
	char first[TL_DIGEST_SIZE];
	struct tl_filter filter = tl_filter_none;

	begin_with(&f, state);
	put(&f, "1", date("2025-05-10"), "a", "so slow", 1);
	memcpy(first, read_at(&f, "2025-02-01", &tl_filter_none)->digest, sizeof first);
	assert_string_equal(read_at(&f, "2025-02-02", &tl_filter_none)->digest, first);
	assert_string_not_equal(read_at(&f, "2025-12-01", &tl_filter_none)->digest, first); /* overdue */
	filter.since = 0;
	assert_string_not_equal(read_at(&f, "2025-02-01", &filter)->digest, first);
	put(&f, "2", date("2025-05-10"), "a", "so slow", 1);
	assert_string_not_equal(read_at(&f, "2025-02-01", &tl_filter_none)->digest, first);
	tl_arena_release(&f.arena);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_set_up, scene_tear_down)
	const struct CMUnitTest tests[] = {TEST(counts_are_mapped), TEST(quotes_are_told_once),
		TEST(periods_fit), TEST(pains_are_looked_after),
		TEST(before_and_after_are_told_apart), TEST(periods_are_compared),
		TEST(departments_disagree), TEST(digests_tell_what_changed)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
