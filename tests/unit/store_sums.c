/* Sums are a function of the records and the filter: what is kept apart adds up to what is not, the
 * table of totals says the same as the days, and a period has the days that begin in it. */
#include "store_scene.h"

enum { RECORDS = 400, DAYS = 40, FIRST = 20000 };

static uint64_t seed = 7;

static unsigned draw(unsigned below)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % below;
}

static void fill(struct scene *scene)
{
	static const struct tl_rule rules[] = {
		{.journey = "j", .touchpoint = "a", .tag = "pay", .as = -1},
		{.journey = "j", .touchpoint = "b", .match = "slow", .pain = "slow", .as = -1},
		{.journey = "k", .touchpoint = "a", .match = "slow", .as = -1}};
	static const char *const tags[] = {"pay"};
	static const char *const channels[] = {"web", "phone", NULL};
	static const char *const segments[] = {"new", "old", NULL};

	listen(scene, rules, TL_COUNT(rules));
	begin(scene, false);
	for (unsigned i = 0; i < RECORDS; i++) {
		struct tl_measure measure = {"q", TL_CSAT, 1 + draw(5), NAN, NAN, false};
		struct tl_hash16 person = {{(uint8_t)(1 + draw(60))}};
		char id[16];
		struct tl_record record = record_of(id);

		snprintf(id, sizeof id, "%u", i);
		record.source = draw(3) ? "desk" : "survey";
		record.created = draw(25) ?
			(FIRST + (int64_t)draw(DAYS)) * 86400 + draw(86400) : TL_NO_TIME;
		record.replied = record.created == TL_NO_TIME || draw(2) ? TL_NO_TIME :
			record.created + draw(100000);
		record.text = draw(2) ? "slow" : "fine";
		record.tags = tags;
		record.tag_count = draw(2);
		record.channel = channels[draw(3)];
		record.segment = segments[draw(3)];
		record.identifiers = &person;
		record.identifier_count = draw(2);
		record.measures = &measure;
		record.measure_count = draw(2);
		record.friction_kinds = draw(2) ? 1u << TL_DELAYED : 0;
		assert_int_equal(tl_store_put(scene->store, &record), TL_PUT_NEW);
	}
	commit(scene);
}

/* A line a sum of what does not depend on what is kept apart, and their total by gauge. */
struct told {
	size_t count;
	int64_t n[TL_GAUGES], x[TL_GAUGES];
	double sum[TL_GAUGES], squares[TL_GAUGES];
	const char *channel, *segment; /* all sums are to be of */
	int64_t first, last;	       /* days */
	char order[64];		       /* touchpoint and gauge of the sum before */
};

static bool tell(void *context, const struct tl_sum *sum)
{
	struct told *told = context;
	char order[64];

	snprintf(order, sizeof order, "%s %02d", sum->touchpoint, sum->gauge);
	assert_true(strcmp(told->order, order) <= 0);
	memcpy(told->order, order, sizeof order);
	told->count++;
	told->n[sum->gauge] += sum->n;
	told->x[sum->gauge] += sum->x;
	told->sum[sum->gauge] += sum->sum;
	told->squares[sum->gauge] += sum->squares;
	if (told->channel)
		assert_string_equal(sum->channel, told->channel);
	if (sum->gauge == TL_GAUGE_PAIN)
		assert_string_equal(sum->subject, "slow");
	if (sum->gauge == TL_GAUGE_KIND)
		assert_int_equal(sum->number, TL_DELAYED);
	told->first = sum->day < told->first ? sum->day : told->first;
	told->last = sum->day > told->last ? sum->day : told->last;
	return true;
}

static struct told sums(struct scene *scene, const struct tl_filter *filter, unsigned apart)
{
	struct told told = {.first = INT64_MAX, .last = INT64_MIN};

	assert_true(tl_store_sums(scene->store, "j", filter, 0, apart, tell, &told));
	return told;
}

static void add(struct told *to, const struct told *from)
{
	for (int i = 0; i < TL_GAUGES; i++) {
		to->n[i] += from->n[i];
		to->x[i] += from->x[i];
		to->sum[i] += from->sum[i];
		to->squares[i] += from->squares[i];
	}
}

static void assert_same(const struct told *a, const struct told *b)
{
	for (int i = 0; i < TL_GAUGES; i++) {
		assert_int_equal(a->n[i], b->n[i]);
		assert_int_equal(a->x[i], b->x[i]);
		assert_true(fabs(a->sum[i] - b->sum[i]) < 1e-6);
		assert_true(fabs(a->squares[i] - b->squares[i]) < 1e-6);
	}
}

static void apart_adds_up(void **state)
{
	struct told all, apart;

	fill(*state);
	all = sums(*state, &tl_filter_none, 0);
	assert_true(all.n[TL_GAUGE_EPISODES] > 50 && all.n[TL_GAUGE_CSAT] > 20 &&
		    all.n[TL_GAUGE_NEXT] > 5 && all.n[TL_GAUGE_REPLY_TIME] > 20);
	assert_int_equal(all.first, 0);
	for (unsigned how = 1; how < 8; how++) {
		apart = sums(*state, &tl_filter_none, how);
		assert_same(&all, &apart);
		assert_true(apart.count > all.count);
	}
	assert_int_equal(apart.first, TL_NO_DAY);
	assert_int_equal(apart.last, FIRST + DAYS - 1);
}

static void days_add_up(void **state)
{
	struct told all, days = {0}, none, one;
	struct tl_filter filter = tl_filter_none;

	fill(*state);
	/* Records without a time are in no period: taken from the sums that are apart by day. */
	all = sums(*state, &tl_filter_none, 0);
	none = sums(*state, &tl_filter_none, TL_APART_DAY);
	assert_int_equal(none.first, TL_NO_DAY);
	for (int64_t day = FIRST - 1; day <= FIRST + DAYS; day++) {
		filter.since = day * 86400;
		filter.until = filter.since + 86400;
		one = sums(*state, &filter, TL_APART_DAY);
		assert_true(!one.count || (one.first == day && one.last == day));
		add(&days, &one);
	}
	filter = tl_filter_none;
	filter.since = FIRST * 86400;
	one = sums(*state, &filter, 0);
	assert_same(&one, &days);
	filter = tl_filter_none;
	filter.until = (FIRST + DAYS) * 86400;
	one = sums(*state, &filter, 0);
	assert_same(&one, &days);
	assert_true(one.n[TL_GAUGE_EPISODES] < all.n[TL_GAUGE_EPISODES]);
}

static void words_add_up(void **state)
{
	static const char *const web[] = {"web"}, *const both[] = {"phone", "web"};
	static const char *const desk[] = {"desk"}, *const survey[] = {"survey"};
	static const char *const nobody[] = {"nobody"};
	struct told all, one, other, two;
	struct tl_filter filter = tl_filter_none;

	fill(*state);
	filter.sources = (struct tl_choice){desk, 1};
	one = sums(*state, &filter, 0);
	filter.sources = (struct tl_choice){survey, 1};
	other = sums(*state, &filter, TL_APART_CHANNEL);
	add(&one, &other);
	all = sums(*state, &tl_filter_none, 0);
	assert_same(&all, &one);
	filter = tl_filter_none;
	filter.channels = (struct tl_choice){web, 1};
	one = (struct told){.channel = "web"};
	assert_true(tl_store_sums(
		((struct scene *)*state)->store, "j", &filter, 0, TL_APART_CHANNEL, tell, &one));
	filter.channels = (struct tl_choice){both, 2};
	two = sums(*state, &filter, 0);
	assert_true(one.n[TL_GAUGE_EPISODES] < two.n[TL_GAUGE_EPISODES]);
	assert_true(two.n[TL_GAUGE_EPISODES] < all.n[TL_GAUGE_EPISODES]);
	filter.channels = (struct tl_choice){nobody, 1};
	one = sums(*state, &filter, 0);
	assert_int_equal(one.count, 0);
}

static void only_what_is_asked_for(void **state)
{
	struct told told = {0};
	int64_t first, last;
	struct scene *scene = *state;

	fill(scene);
	assert_true(tl_store_sums(scene->store, "j", &tl_filter_none, 1u << TL_GAUGE_CSAT, 0, tell,
		&told));
	assert_true(told.n[TL_GAUGE_CSAT] > 0);
	assert_int_equal(told.n[TL_GAUGE_EPISODES], 0);
	assert_true(tl_store_sums(scene->store, "nowhere", &tl_filter_none, 0, 0, tell, &told));
	assert_true(tl_store_days(scene->store, "j", "a", &tl_filter_none, &first, &last));
	assert_in_range(first, FIRST, FIRST + 5);
	assert_in_range(last, FIRST + DAYS - 6, FIRST + DAYS - 1);
	assert_true(tl_store_days(scene->store, "j", "z", &tl_filter_none, &first, &last));
	assert_int_equal(first, TL_NO_DAY);
}

/* Seconds that fall into a class are at most 1 % from its middle. */
static void classes_are_exact(void **state)
{
	struct scene *scene = *state;
	struct tl_rule rule = {.journey = "j", .touchpoint = "a", .tag = "pay", .as = -1};
	static const int64_t seconds[] = {1, 59, 3600, 86399, 31536000};
	static const char *const tags[] = {"pay"};

	(void)scene;
	listen(scene, &rule, 1);
	for (size_t i = 0; i < TL_COUNT(seconds); i++) {
		char id[16];
		struct tl_record record = record_of(id);
		double middle;

		snprintf(id, sizeof id, "%zu", i);
		record.tags = tags;
		record.tag_count = 1;
		record.resolved = record.created + seconds[i];
		put_one(scene, &record);
		middle = tl_store_class_seconds(strtoll(
			ask("SELECT max(subject) FROM total WHERE gauge = 16"), NULL, 10));
		assert_true(fabs(middle / (double)seconds[i] - 1) <= .0101);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(apart_adds_up, scene_set_up, scene_tear_down),
		cmocka_unit_test_setup_teardown(days_add_up, scene_set_up, scene_tear_down),
		cmocka_unit_test_setup_teardown(words_add_up, scene_set_up, scene_tear_down),
		cmocka_unit_test_setup_teardown(
			only_what_is_asked_for, scene_set_up, scene_tear_down),
		cmocka_unit_test_setup_teardown(classes_are_exact, scene_set_up, scene_tear_down)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
