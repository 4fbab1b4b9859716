/* Records in: idempotence, customers, binding by tiers, and what roll-ups make of episodes. */
#include "store_scene.h"

static const struct tl_hash16 ann = {{1}}, ann_mail = {{2}}, ann_phone = {{3}};

static void same_again_changes_nothing(void **state)
{
	struct tl_record record = record_of("1");

	record.text = "The address had to be typed twice";
	assert_int_equal(put_one(*state, &record), TL_PUT_NEW);
	assert_int_equal(put_one(*state, &record), TL_PUT_UNCHANGED);
	record.source = "other";
	assert_int_equal(put_one(*state, &record), TL_PUT_NEW);
	assert_string_equal(ask("SELECT count(*) FROM record"), "2");
}

static void differs_without_a_time(void **state)
{
	struct tl_record record = record_of("1");

	record.text = "before";
	put_one(*state, &record);
	record.text = "after";
	assert_int_equal(put_one(*state, &record), TL_PUT_CONFLICT);
	assert_string_equal(ask("SELECT text FROM record"), "before");
	begin(*state, true);
	assert_int_equal(tl_store_put(((struct scene *)*state)->store, &record), TL_PUT_UPDATED);
	commit(*state);
	assert_string_equal(ask("SELECT text FROM record"), "after");
	assert_string_equal(ask("SELECT count(*) FROM record_text WHERE record_text MATCH 'before'"), "0");
	assert_string_equal(ask("SELECT count(*) FROM record_text WHERE record_text MATCH 'after'"), "1");
}

/* What is made of a text changes with rules, lexicon and key; what the source said does not. */
static void read_otherwise_is_unchanged(void **state)
{
	struct scene *scene = *state;
	struct tl_record record = record_of("1");

	record.said = 0x0001000000000007;
	record.text = "call [phone]";
	record.sentiment = 0.5;
	record.identifiers = &ann;
	record.identifier_count = 1;
	put_one(scene, &record);
	record.text = "call [name] [phone]";
	assert_int_equal(put_one(scene, &record), TL_PUT_UNCHANGED);
	assert_string_equal(ask("SELECT text FROM record"), "call [phone]");
	begin(scene, true);
	assert_int_equal(tl_store_put(scene->store, &record), TL_PUT_UPDATED);
	assert_int_equal(tl_store_put(scene->store, &record), TL_PUT_UNCHANGED);
	commit(scene);
	assert_string_equal(ask("SELECT text FROM record"), "call [name] [phone]");
	/* Another key: what was said cannot be compared, and nobody is known. */
	record.said = 0x0002000000000009;
	record.identifiers = &ann_mail;
	assert_int_equal(put_one(scene, &record), TL_PUT_UNCHANGED);
	begin(scene, true);
	assert_int_equal(tl_store_put(scene->store, &record), TL_PUT_UPDATED);
	commit(scene);
	assert_string_equal(ask("SELECT count(*) FROM alias"), "2");
	/* Under one key, another customer is a difference. */
	record.said = 0x000200000000000a;
	record.identifiers = &ann_phone;
	assert_int_equal(put_one(scene, &record), TL_PUT_CONFLICT);
	/* Written otherwise, and means the same. */
	record.identifiers = &ann_mail;
	assert_int_equal(put_one(scene, &record), TL_PUT_UNCHANGED);
}

static void newer_replaces_older(void **state)
{
	struct tl_record record = record_of("1");

	record.updated = 100;
	record.text = "second";
	put_one(*state, &record);
	record.updated = 50;
	record.text = "first";
	assert_int_equal(put_one(*state, &record), TL_PUT_UNCHANGED);
	record.updated = 150;
	record.text = "third";
	assert_int_equal(put_one(*state, &record), TL_PUT_UPDATED);
	assert_string_equal(ask("SELECT text FROM record"), "third");
}

static void shared_identifier_is_one_customer(void **state)
{
	struct tl_record a = record_of("1"), b = record_of("2"), c = record_of("3");
	const struct tl_hash16 both[] = {ann_mail, ann};

	a.identifiers = &ann;
	b.identifiers = &ann_mail;
	c.identifiers = both;
	a.identifier_count = b.identifier_count = 1;
	put_one(*state, &a);
	put_one(*state, &b);
	assert_string_equal(ask("SELECT count(DISTINCT customer) FROM record"), "2");
	c.identifier_count = 2;
	put_one(*state, &c);
	assert_string_equal(ask("SELECT count(DISTINCT customer), min(customer) FROM record"), "1|1");
	assert_string_equal(ask("SELECT merged_into FROM customer WHERE id = 2"), "1");
	b.external_id = "4";
	b.identifiers = (const struct tl_hash16[]){ann_phone, ann_mail};
	b.identifier_count = 2;
	put_one(*state, &b);
	assert_string_equal(ask("SELECT count(*) FROM record WHERE customer = 1"), "4");
	assert_string_equal(ask("SELECT count(*) FROM alias WHERE customer = 1"), "3");
}

/* ---- binding ------------------------------------------------------------------------------------ */

#define WINNERS                                                                                    \
	"SELECT w.text, b.tier, coalesce(p.text, '') FROM binding b JOIN touchpoint t"             \
	" ON t.id = b.touchpoint JOIN word w ON w.id = t.name LEFT JOIN word p ON p.id = b.pain"   \
	" WHERE b.wins AND b.measure = 0 ORDER BY b.record, w.text, 3"

static void highest_tier_wins(void **state)
{
	const struct tl_rule rules[] = {
		{.journey = "j", .touchpoint = "pay", .tag = "checkout", .as = -1},
		{.journey = "j", .touchpoint = "pay", .match = "twice", .pain = "again", .as = -1},
		{.journey = "j", .touchpoint = "call", .match = "typing", .as = -1},
		{.journey = "k", .touchpoint = "far", .match = "address", .as = -1},
	};
	struct tl_record record = record_of("1");
	const char *tags[] = {"other", "Checkout"};

	listen(*state, rules, TL_COUNT(rules));
	record.text = "Typed the address twice";
	put_one(*state, &record);
	assert_string_equal(ask(WINNERS), "call|1| far|1| pay|1|again");
	record.external_id = "2";
	record.tags = tags;
	record.tag_count = 2;
	put_one(*state, &record);
	assert_string_equal(ask(WINNERS), "call|1| far|1| pay|1|again far|1| pay|2| pay|1|again");
	assert_string_equal(
		ask("SELECT span_start, span_length FROM binding WHERE rule = 2 AND record = 2"), "18|5");
}

static void rules_have_conditions(void **state)
{
	const struct tl_rule rules[] = {
		{.journey = "j", .touchpoint = "a", .source = "desk", .field = "form", .value = "Pay",
			.as = -1},
		{.journey = "j", .touchpoint = "b", .match = "liefer*", .lang = "de", .as = -1},
		{.journey = "j", .touchpoint = "c", .match = "liefer*", .source = "else", .as = -1},
		{.journey = "j", .touchpoint = "d", .match = "配送遅", .as = -1},
	};
	struct tl_record record = record_of("1");
	const struct tl_field field = {"form", "pay"};

	listen(*state, rules, TL_COUNT(rules));
	record.fields = &field;
	record.field_count = 1;
	put_one(*state, &record);
	record = record_of("2");
	record.text = "Die Lieferung kam nie";
	record.language = "en";
	put_one(*state, &record);
	record.external_id = "3";
	record.language = "de-AT";
	put_one(*state, &record);
	record.external_id = "4";
	record.text = "商品の配送遅延でした";
	put_one(*state, &record);
	assert_string_equal(ask("SELECT b.record, w.text FROM binding b JOIN touchpoint t ON"
				" t.id = b.touchpoint JOIN word w ON w.id = t.name ORDER BY 1"),
		"1|a 3|b 4|d");
}

static void named_outright(void **state)
{
	const struct tl_rule rule = {.journey = "j", .touchpoint = "a", .match = "slow", .as = -1};
	struct tl_record record = record_of("1");

	listen(*state, &rule, 1);
	record.text = "slow";
	record.journey = "j";
	record.touchpoint = "b";
	put_one(*state, &record);
	assert_string_equal(ask(WINNERS), "b|2|");
}

/* A survey with a question for each touchpoint. */
static void measures_bind_on_their_own(void **state)
{
	const struct tl_rule rules[] = {
		{.journey = "j", .touchpoint = "a", .field = "q1", .as = TL_CSAT},
		{.journey = "j", .touchpoint = "b", .field = "q2", .as = TL_CSAT},
	};
	const struct tl_measure answers[] = {{"q1", TL_CSAT, 1, NAN, NAN, false},
		{"q2", TL_CSAT, 5, NAN, NAN, false}, {"other", TL_CSAT, 5, NAN, NAN, false}};
	struct tl_record record = record_of("1");

	listen(*state, rules, TL_COUNT(rules));
	record.kind = TL_SURVEY;
	record.measures = answers;
	record.measure_count = 3;
	put_one(*state, &record);
	assert_string_equal(ask("SELECT touchpoint, gauge, n, x, sum FROM total ORDER BY 1, 2"),
		"1|0|1|1|-20000 2|0|1|0|20000 3|18|1|0|0");
	/* The only answer takes the text along. */
	record.external_id = "2";
	record.measure_count = 1;
	put_one(*state, &record);
	assert_string_equal(ask(WINNERS), "a|2|");
}

static void rules_that_change_bind_again(void **state)
{
	struct tl_rule rule = {.journey = "j", .touchpoint = "a", .tag = "x", .as = -1};
	struct tl_record record = record_of("1");
	const char *tags[] = {"x", "y"};

	record.tags = tags;
	record.tag_count = 2;
	record.text = "quick and dirty";
	put_one(*state, &record);
	listen(*state, &rule, 1);
	assert_string_equal(ask(WINNERS), "a|2|");
	rule.touchpoint = "b";
	listen(*state, &rule, 1);
	assert_string_equal(ask(WINNERS), "b|2|");
	rule.tag = NULL;
	rule.match = "dirty";
	listen(*state, &rule, 1);
	assert_string_equal(ask(WINNERS), "b|1|");
	listen(*state, NULL, 0);
	assert_string_equal(ask("SELECT count(*) FROM binding"), "0");
	assert_string_equal(ask("SELECT count(*) FROM total"), "0");
}

/* ---- episodes ------------------------------------------------------------------------------------- */

enum { DAY = 86400, CSAT = 0, SEEN = 6, CONTACTS = 7, FIRST = 8, REPLY_LATE = 9, NEXT = 17 };

static char *gauge(int which)
{
	char sql[128];

	snprintf(sql, sizeof sql, "SELECT n, x FROM total WHERE gauge = %d ORDER BY touchpoint", which);
	return ask(sql);
}

static void put_contact(struct scene *scene, const char *id, int64_t created, const char *touchpoint)
{
	struct tl_record record = record_of(id);

	record.identifiers = &ann;
	record.identifier_count = 1;
	record.created = created;
	record.journey = "j";
	record.touchpoint = touchpoint;
	put_one(scene, &record);
}

static void a_week_apart_is_one_episode(void **state)
{
	put_contact(*state, "1", 0, "a");
	assert_string_equal(gauge(SEEN), "1|0");
	assert_string_equal(gauge(FIRST), "1|1");
	put_contact(*state, "3", 14 * DAY + 1, "a");
	assert_string_equal(gauge(CONTACTS), "2|2");
	put_contact(*state, "2", 7 * DAY, "a"); /* joins 1, and a second too early for 3 */
	assert_string_equal(gauge(CONTACTS), "2|3");
	assert_string_equal(gauge(SEEN), "2|1");
	assert_string_equal(gauge(FIRST), "2|1");
	put_contact(*state, "4", 10 * DAY, "a"); /* now all are one */
	assert_string_equal(gauge(CONTACTS), "1|4");
	put_contact(*state, "5", 11 * DAY, "b");
	assert_string_equal(gauge(NEXT), "1|0");
}

static void last_answer_counts(void **state)
{
	struct tl_measure answer = {"", TL_CSAT, 1, NAN, NAN, false};
	struct tl_record record = record_of("9");

	record.identifiers = &ann;
	record.identifier_count = 1;
	record.journey = "j";
	record.touchpoint = "a";
	record.measures = &answer;
	record.measure_count = 1;
	put_one(*state, &record);
	assert_string_equal(gauge(CSAT), "1|1");
	record.external_id = "10";
	record.created += DAY;
	answer.score = 5;
	put_one(*state, &record);
	assert_string_equal(gauge(CSAT), "1|0");
	record.external_id = "11";
	answer = (struct tl_measure){"", TL_CSAT, 9, 1, 10, true}; /* the low end is the good one */
	record.created += DAY;
	put_one(*state, &record);
	assert_string_equal(gauge(CSAT), "1|1");
}

static void open_and_older_than_promised_is_late(void **state)
{
	struct scene *scene = *state;
	const struct tl_promise promise = {"j", "a", TL_CLOCK_REPLY, 3600};
	struct tl_record record = record_of("1");

	assert_true(tl_store_listen(scene->store, NULL, 0, &promise, 1));
	record.journey = "j";
	record.touchpoint = "a";
	record.exported = record.created + 3600;
	put_one(scene, &record);
	assert_string_equal(gauge(REPLY_LATE), "");
	record.exported++;
	assert_int_equal(put_one(scene, &record), TL_PUT_UNCHANGED);
	assert_string_equal(gauge(REPLY_LATE), "1|1");
	record.replied = record.created + 3600;
	record.updated = record.created + 3600;
	begin(scene, true);
	assert_int_equal(tl_store_put(scene->store, &record), TL_PUT_UPDATED);
	commit(scene);
	assert_string_equal(gauge(REPLY_LATE), "1|0");
}

static void a_clock_that_runs_backwards_says_nothing(void **state)
{
	struct scene *scene = *state;
	const struct tl_promise promise = {"j", "a", TL_CLOCK_REPLY, 3600};
	struct tl_record record = record_of("1");

	assert_true(tl_store_listen(scene->store, NULL, 0, &promise, 1));
	record.journey = "j";
	record.touchpoint = "a";
	record.replied = record.created - 60;
	put_one(scene, &record);
	assert_string_equal(gauge(REPLY_LATE), "");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_set_up, scene_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(same_again_changes_nothing),
		TEST(differs_without_a_time),
		TEST(read_otherwise_is_unchanged),
		TEST(newer_replaces_older),
		TEST(shared_identifier_is_one_customer),
		TEST(highest_tier_wins),
		TEST(rules_have_conditions),
		TEST(named_outright),
		TEST(measures_bind_on_their_own),
		TEST(rules_that_change_bind_again),
		TEST(a_week_apart_is_one_episode),
		TEST(last_answer_counts),
		TEST(open_and_older_than_promised_is_late),
		TEST(a_clock_that_runs_backwards_says_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
