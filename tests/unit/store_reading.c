/* What commands read from a store, and what people say to it. */
#include "store_scene.h"

static const struct tl_hash16 ann = {{1}}, ben = {{2}};

struct heard {
	char text[4096];
	size_t calls, enough; /* 0: never */
};

static void hear(struct heard *heard, const char *text)
{
	snprintf(heard->text + strlen(heard->text), sizeof heard->text - strlen(heard->text), "%s",
		text);
}

static bool hear_id(void *context, const struct tl_told *told)
{
	struct heard *heard = context;

	hear(heard, told->external_id);
	hear(heard, " ");
	return ++heard->calls != heard->enough;
}

static bool hear_binding(void *context, const struct tl_told *told)
{
	struct heard *heard = context;
	char line[256];

	snprintf(line, sizeof line, "%s:%s:%s:%s:%.*s ", told->external_id,
		tl_binding_tiers.words[told->tier], told->rule.match ? told->rule.match : "",
		told->pain ? told->pain : "", told->span_start < 0 ? 0 : (int)told->span_length,
		told->span_start < 0 ? "" : told->text + told->span_start);
	hear(heard, line);
	return true;
}

static bool hear_step(void *context, const struct tl_told *told)
{
	struct heard *heard = context;
	char line[256];

	snprintf(line, sizeof line, "%s%s%s(%s) ", told->external_id, told->repeats ? "!" : "",
		told->switches ? "~" : "", told->touchpoints ? told->touchpoints : "");
	hear(heard, line);
	return true;
}

static void put_text(struct scene *scene, const char *id, const char *text, double sentiment)
{
	struct tl_record record = record_of(id);

	record.text = text;
	record.sentiment = sentiment;
	put_one(scene, &record);
}

static const struct tl_rule rules[] = {
	{.journey = "j", .touchpoint = "a", .match = "slow", .as = -1},
	{.journey = "j", .touchpoint = "a", .match = "\"very slow\"", .pain = "slow", .as = -1},
	{.journey = "j", .touchpoint = "b", .match = "slow NOT fast", .as = -1},
};

static void some_records(struct scene *scene)
{
	listen(scene, rules, 2);
	put_text(scene, "mild", "slow", -0.2);
	put_text(scene, "bad", "it is very slow", -0.9);
	put_text(scene, "good", "not slow", 0.5);
	put_text(scene, "other", "the invoice is wrong", -0.4);
	put_text(scene, "same", "your invoice is wrong", -0.3);
}

static void evidence_is_worst_first(void **state)
{
	struct scene *scene = *state;
	struct heard all = {0}, pain = {0}, two = {.enough = 2}, none = {0};

	some_records(scene);
	assert_true(tl_store_evidence(
		scene->store, "j", "a", NULL, &tl_filter_none, 10, hear_id, &all));
	assert_string_equal(all.text, "bad mild good ");
	tl_store_evidence(scene->store, "j", "a", "slow", &tl_filter_none, 10, hear_binding, &pain);
	assert_string_equal(pain.text, "bad:match:\"very slow\":slow:very slow ");
	tl_store_evidence(scene->store, "j", "a", NULL, &tl_filter_none, 10, hear_id, &two);
	assert_string_equal(two.text, "bad mild ");
	tl_store_evidence(scene->store, "j", "b", NULL, &tl_filter_none, 10, hear_id, &none);
	assert_string_equal(none.text, "");
}

static void filters_leave_out(void **state)
{
	struct scene *scene = *state;
	struct tl_filter filter = tl_filter_none;
	static const char *const web[] = {"web", "phone"};
	struct tl_record record = record_of("1");
	struct heard heard = {0};

	listen(scene, rules, 1);
	record.text = "slow";
	for (int i = 0; i < 3; i++) {
		char id[2] = {(char)('1' + i), 0};

		record.external_id = id;
		record.created = 100 * i;
		record.channel = i == 2 ? "web" : "phone";
		put_one(scene, &record);
	}
	filter.since = 100;
	tl_store_evidence(scene->store, "j", "a", NULL, &filter, 10, hear_id, &heard);
	assert_string_equal(heard.text, "3 2 ");
	filter.until = 200;
	tl_store_evidence(scene->store, "j", "a", NULL, &filter, 10, hear_id, &heard);
	assert_string_equal(heard.text, "3 2 2 ");
	filter.channels = (struct tl_choice){web, 1};
	tl_store_evidence(scene->store, "j", "a", NULL, &filter, 10, hear_id, &heard);
	assert_string_equal(heard.text, "3 2 2 ");
	filter = (struct tl_filter){TL_NO_TIME, TL_NO_TIME, .channels = {web, 2}};
	tl_store_evidence(scene->store, "j", "a", NULL, &filter, 10, hear_id, &heard);
	assert_string_equal(heard.text, "3 2 2 3 2 1 ");
	filter.sources = (struct tl_choice){web, 1};
	tl_store_evidence(scene->store, "j", "a", NULL, &filter, 10, hear_id, &heard);
	assert_string_equal(heard.text, "3 2 2 3 2 1 ");
}

static void words_to_filter_by(void **state)
{
	struct scene *scene = *state;
	struct tl_record record = record_of("1");
	struct tl_arena arena;
	struct tl_choice words;

	tl_arena_init(&arena);
	record.channel = "web";
	put_one(scene, &record);
	record.external_id = "2";
	record.channel = "phone";
	put_one(scene, &record);
	assert_true(tl_store_words(scene->store, &arena, TL_BY_CHANNEL, &words));
	assert_int_equal(words.count, 2);
	assert_string_equal(words.list[0], "phone");
	assert_true(tl_store_words(scene->store, &arena, TL_BY_SEGMENT, &words));
	assert_int_equal(words.count, 0);
	assert_true(tl_store_knows_word(scene->store, "web"));
	assert_false(tl_store_knows_word(scene->store, "wep"));
	tl_arena_release(&arena);
}

static void a_person_is_the_reason(void **state)
{
	struct scene *scene = *state;
	struct heard heard = {0};
	bool found;

	some_records(scene);
	assert_true(tl_store_bind(scene->store, tl_store_record_id(scene->store, "desk", "bad"), "j",
		"a", &found));
	tl_store_evidence(scene->store, "j", "a", NULL, &tl_filter_none, 1, hear_binding, &heard);
	tl_store_evidence(scene->store, "j", "a", "slow", &tl_filter_none, 1, hear_binding, &heard);
	assert_string_equal(heard.text, "bad:confirmed:\"very slow\":slow:very slow "
					"bad:confirmed:\"very slow\":slow:very slow ");
}

static void unbound_and_what_recurs(void **state)
{
	struct scene *scene = *state;
	struct tl_arena arena;
	struct tl_record record = record_of("tagged");
	const char *tags[] = {"vip"};
	const struct tl_field field = {"form", "returns"};
	struct tl_term *terms;
	size_t count;
	struct heard heard = {0};

	tl_arena_init(&arena);
	some_records(scene);
	record.tags = tags;
	record.tag_count = 1;
	record.fields = &field;
	record.field_count = 1;
	put_one(scene, &record);
	record.external_id = "tagged too";
	put_one(scene, &record);
	tl_store_unbound(scene->store, &tl_filter_none, 2, hear_id, &heard);
	assert_string_equal(heard.text, "other same ");
	assert_true(tl_store_terms(scene->store, &arena, &tl_filter_none, 5, &terms, &count));
	assert_int_equal(count, 3);
	assert_string_equal(terms[0].text, "vip");
	assert_int_equal(terms[0].records, 2);
	assert_string_equal(terms[1].value, "returns");
	assert_int_equal(terms[2].kind, TL_TERM_WORDS);
	assert_string_equal(terms[2].text, "invoice");
	assert_int_equal(terms[2].records, 2);
	tl_arena_release(&arena);
}

static void a_person_wins(void **state)
{
	struct scene *scene = *state;
	struct heard a = {0}, b = {0}, again = {0};
	uint64_t hits, decides;
	bool found;
	int64_t id;

	some_records(scene);
	id = tl_store_record_id(scene->store, "desk", "mild");
	assert_true(tl_store_bind(scene->store, id, "j", "b", &found));
	tl_store_evidence(scene->store, "j", "a", NULL, &tl_filter_none, 10, hear_id, &a);
	assert_string_equal(a.text, "bad good ");
	tl_store_evidence(scene->store, "j", "b", NULL, &tl_filter_none, 10, hear_binding, &b);
	assert_string_equal(b.text, "mild:confirmed::: ");
	assert_true(tl_store_hits(scene->store, &rules[0], &hits, &decides));
	assert_int_equal(hits, 3);
	assert_int_equal(decides, 2);
	assert_true(tl_store_check(scene->store));
	listen(scene, rules, 3); /* rules that change leave it alone */
	tl_store_evidence(scene->store, "j", "b", NULL, &tl_filter_none, 10, hear_id, &again);
	assert_string_equal(again.text, "bad mild good ");
	assert_true(tl_store_bind(scene->store, id, "j", "a", &found)); /* and be corrected again */
	assert_string_equal(ask("SELECT count(*) FROM binding WHERE tier = 3"), "1");
	assert_false(tl_store_bind(scene->store, 999, "j", "a", &found));
	assert_false(found);
	assert_true(tl_store_check(scene->store));
}

static void trail_in_time_order(void **state)
{
	struct scene *scene = *state;
	struct tl_record record = record_of("second");
	struct tl_filter since = tl_filter_none;
	struct heard heard = {0};

	record.identifiers = &ann;
	record.identifier_count = 1;
	record.journey = "j";
	record.touchpoint = "a";
	record.channel = "web";
	record.created = 2000;
	put_one(scene, &record);
	record.external_id = "first";
	record.created = 1000;
	record.channel = "phone";
	put_one(scene, &record);
	record.external_id = "late";
	record.created = 2000 + TL_EPISODE_GAP + 1;
	put_one(scene, &record);
	record.external_id = "elsewhere";
	record.touchpoint = "aa";
	record.created++;
	put_one(scene, &record);
	record.identifiers = &ben;
	record.external_id = "not hers";
	put_one(scene, &record);
	assert_int_equal(tl_store_customer(scene->store, &ben), 2);
	tl_store_trail(
		scene->store, tl_store_customer(scene->store, &ann), &tl_filter_none, hear_step, &heard);
	assert_string_equal(heard.text, "first(j#a) second!~(j#a) late(j#a) elsewhere(j#aa) ");
	since.since = 2000;
	since.until = 2001;
	tl_store_trail(
		scene->store, tl_store_customer(scene->store, &ann), &since, hear_step, &heard);
	assert_string_equal(heard.text,
		"first(j#a) second!~(j#a) late(j#a) elsewhere(j#aa) second!~(j#a) ");
}

static void counts(void **state)
{
	struct scene *scene = *state;
	struct tl_store_counts counted;
	struct tl_note note = {0, "j", "a", "sales", "They call us", TL_REPETITION, 5};
	bool added;
	struct tl_filter filter = tl_filter_none;
	static const char *const source = "desk";

	some_records(scene);
	assert_true(tl_store_note(scene->store, &note, &added));
	assert_true(added);
	note.created = 6;
	assert_true(tl_store_note(scene->store, &note, &added));
	assert_false(added);
	assert_int_equal(note.id, 1);
	assert_true(tl_store_count(scene->store, &tl_filter_none, &counted));
	assert_int_equal(counted.records, 5);
	assert_int_equal(counted.bound, 3);
	assert_int_equal(counted.unbound, 2);
	assert_int_equal(counted.notes, 1);
	assert_int_equal(counted.first, 1750000000);
	filter.sources = (struct tl_choice){&source, 1};
	assert_true(tl_store_count(scene->store, &filter, &counted));
	assert_int_equal(counted.records, 5);
	assert_int_equal(counted.bound, 3);
	filter.until = counted.first;
	assert_true(tl_store_count(scene->store, &filter, &counted));
	assert_int_equal(counted.records, 0);
	assert_true(counted.first == TL_NO_TIME);
}

static bool hear_action(void *context, const struct tl_action *action)
{
	hear(context, action->text);
	hear(context, action->done == TL_NO_TIME ? " " : "(done) ");
	return true;
}

static void votes_and_actions(void **state)
{
	struct scene *scene = *state;
	struct tl_action late = {.journey = "j", .pain = "slow", .text = "someday",
		.due = TL_NO_TIME, .done = TL_NO_TIME};
	struct tl_action soon = {.journey = "j", .pain = "slow", .text = "soon", .due = 86400,
		.done = TL_NO_TIME};
	struct tl_vote vote = {0, "j", "a", "sales", "slow", -1.5, 3, 0};
	struct heard heard = {0};
	bool found;

	assert_true(tl_store_vote(scene->store, &vote));
	assert_string_equal(ask("SELECT journey, touchpoint, pain, department, valence, points,"
				" created FROM votes"),
		"j|a|slow|sales|-1.5|3|1970-01-01T00:00:00Z");
	assert_true(tl_store_act(scene->store, &late));
	assert_true(tl_store_act(scene->store, &soon));
	assert_true(tl_store_done(scene->store, soon.id, 99, &found));
	assert_false(tl_store_done(scene->store, soon.id, 100, &found));
	assert_true(tl_store_actions(scene->store, "j", NULL, hear_action, &heard));
	assert_string_equal(heard.text, "soon(done) someday ");
	assert_true(tl_store_actions(scene->store, "k", NULL, hear_action, &heard));
	assert_string_equal(heard.text, "soon(done) someday ");
}

/* Words of two characters are most words of Chinese and Japanese; the trigram index knows none. */
static void words_of_two_characters(void **state)
{
	static const struct tl_rule asked[] = {
		{.journey = "j", .touchpoint = "one", .match = "退款", .as = -1},
		{.journey = "j", .touchpoint = "either", .match = "返金 OR \"配送\"", .as = -1},
		{.journey = "j", .touchpoint = "both", .match = "退款 慢", .as = -1},
		{.journey = "j", .touchpoint = "but", .match = "(退款 OR 配送) NOT vip", .as = -1},
		{.journey = "j", .touchpoint = "parts", .match = "退 + 款太慢 AND 了*", .as = -1},
		{.journey = "j", .touchpoint = "first", .match = "^退款", .as = -1},
		{.journey = "j", .touchpoint = "near", .match = "NEAR(款 退, 3) OR 没有", .as = -1},
		{.journey = "j", .touchpoint = "lang", .match = "配送", .lang = "ja", .as = -1},
		{.journey = "j", .touchpoint = "long", .match = "退款太慢", .as = -1},
	};
	static const char *const hits[] = {"a:退款 c:退款 ", "b:返金 d:配送 ", "a:退款 ",
		"a:退款 d:配送 ", "a:退款太慢 ", "a:退款 ", "a:款 c:款 ", "d:配送 ",
		"a:退款太慢 "};
	struct scene *scene = *state;
	struct tl_record japanese = record_of("d");

	listen(scene, asked, 4);
	put_text(scene, "a", "退款太慢了", -0.9);
	put_text(scene, "b", "返金はまだですか", -0.8);
	put_text(scene, "c", "VIP客户的退款", -0.7);
	put_text(scene, "x", "The refund is slow", -0.6);
	japanese.text = "配送が遅い";
	japanese.language = "ja";
	put_one(scene, &japanese);
	listen(scene, asked, TL_COUNT(asked));
	for (size_t i = 0; i < TL_COUNT(asked); i++) {
		struct heard heard = {0};
		char sql[512];

		snprintf(sql, sizeof sql,
			"SELECT group_concat(external_id || ':' || substr(CAST(text AS BLOB),"
			" span_start + 1, span_length) || ' ', '') FROM (SELECT * FROM bindings b"
			" JOIN records r ON r.id = b.record WHERE b.touchpoint = '%s'"
			" ORDER BY external_id)",
			asked[i].touchpoint);
		hear(&heard, ask(sql));
		assert_string_equal(heard.text, hits[i]);
	}
}

/* Records that share telling words with what was confirmed, the most alike first; words that are
 * everywhere, one word alone, and what is bound already count for nothing. */
static void what_reads_like_confirmed_ones(void **state)
{
	struct scene *scene = *state;
	struct tl_arena arena;
	struct tl_alike *list;
	struct heard heard = {0};
	size_t count;
	bool found;

	listen(scene, rules + 1, 1);
	put_text(scene, "a", "The courier left my parcel in the rain again", 0);
	put_text(scene, "b", "My parcel lay in the rain, thank you courier", 0);
	put_text(scene, "near", "Where was the courier? My parcel lay outside", 0);
	put_text(scene, "nearest", "Courier, parcel, rain: never again", 0);
	put_text(scene, "one", "The parcel is fine", 0);
	put_text(scene, "bound", "The courier is very slow with a parcel in rain", 0);
	for (int i = 0; i < 30; i++) {
		char id[8];

		snprintf(id, sizeof id, "x%d", i);
		put_text(scene, id, "My invoice is wrong again, thank you", 0);
	}
	tl_arena_init(&arena);
	assert_true(tl_store_alike(
		scene->store, &arena, "j", "b", &tl_filter_none, 5, &list, &count));
	assert_int_equal(count, 0);
	assert_true(tl_store_bind(scene->store, 1, "j", "b", &found));
	assert_true(tl_store_bind(scene->store, 2, "j", "b", &found));
	assert_true(tl_store_alike(
		scene->store, &arena, "j", "b", &tl_filter_none, 5, &list, &count));
	for (size_t i = 0; i < count; i++)
		tl_store_tell(scene->store, list[i].record, hear_id, &heard);
	assert_string_equal(heard.text, "nearest near ");
	assert_true(list[0].score > list[1].score && list[1].score > 0);
	assert_true(tl_store_alike(
		scene->store, &arena, "j", "b", &tl_filter_none, 1, &list, &count));
	assert_int_equal(count, 1);
	tl_arena_release(&arena);
}

static bool hear_note(void *context, const struct tl_note *note)
{
	hear(context, note->text);
	hear(context, note->kind < 0 ? " " : "! ");
	return true;
}

static bool hear_vote(void *context, const struct tl_vote *vote)
{
	hear(context, vote->department);
	hear(context, isnan(vote->valence) ? " " : "! ");
	return true;
}

static void what_the_room_says_can_be_taken_back(void **state)
{
	struct scene *scene = *state;
	struct tl_note notes[] = {{0, "j", "b", "it", "third", TL_HANDOFF, 1},
		{0, "j", "a", "it", "second", -1, 9}, {0, "j", "a", "it", "first", -1, 2}};
	struct tl_vote votes[] = {{0, "j", "a", "sales", NULL, NAN, 2, 5},
		{0, "j", "a", "it", NULL, 0, 0, 4}};
	struct heard heard = {0};
	bool found, added;

	for (size_t i = 0; i < TL_COUNT(notes); i++)
		assert_true(tl_store_note(scene->store, &notes[i], &added));
	for (size_t i = 0; i < TL_COUNT(votes); i++)
		assert_true(tl_store_vote(scene->store, &votes[i]));
	assert_string_equal(ask("SELECT kind FROM notes WHERE touchpoint = 'b'"), "handoff");
	tl_store_notes(scene->store, "j", NULL, hear_note, &heard);
	tl_store_votes(scene->store, "j", "a", hear_vote, &heard);
	assert_string_equal(heard.text, "first second third! it! sales ");
	assert_true(tl_store_unsay(scene->store, TL_SAID_NOTE, notes[1].id, &found));
	assert_false(tl_store_unsay(scene->store, TL_SAID_NOTE, notes[1].id, &found));
	assert_false(found);
	assert_true(tl_store_unsay(scene->store, TL_SAID_VOTE, votes[0].id, &found));
	heard = (struct heard){0};
	tl_store_notes(scene->store, "j", "a", hear_note, &heard);
	tl_store_votes(scene->store, NULL, NULL, hear_vote, &heard);
	assert_string_equal(heard.text, "first it! ");
}

/* The views are a promise: every one of them can be read, and says words, not codes. */
static void views_say_words(void **state)
{
	some_records(*state);
	assert_string_equal(ask("SELECT group_concat(name, ' ') FROM (SELECT name FROM sqlite_schema"
				" WHERE type = 'view' ORDER BY name)"),
		"actions bindings hotspot_evidence imports measures notes places records rollups"
		" unbound_records votes");
	assert_string_equal(ask("SELECT external_id, kind, source, created, sentiment FROM records"
				" WHERE id = 1"),
		"mild|ticket|desk|2025-06-15T15:06:40Z|-0.2");
	assert_string_equal(ask("SELECT journey, touchpoint, tier, counts, pain, match FROM bindings"
				" WHERE record = 2 AND pain IS NOT NULL"),
		"j|a|match|1|slow|\"very slow\"");
	assert_string_equal(ask("SELECT text FROM hotspot_evidence WHERE pain = 'slow'"),
		"it is very slow");
	assert_string_equal(ask("SELECT count(*) FROM unbound_records"), "2");
	assert_string_equal(ask("SELECT journey, touchpoint, subject, day, n, x FROM rollups WHERE"
				" gauge = 'pain'"),
		"j|a|slow|2025-06-15|1|1");
	assert_string_equal(ask("SELECT count(*), sum(added) FROM imports"), "5|5");
	ask("SELECT * FROM measures, notes, votes, actions, places");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_set_up, scene_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(evidence_is_worst_first),
		TEST(filters_leave_out),
		TEST(words_to_filter_by),
		TEST(a_person_is_the_reason),
		TEST(unbound_and_what_recurs),
		TEST(a_person_wins),
		TEST(trail_in_time_order),
		TEST(counts),
		TEST(votes_and_actions),
		TEST(what_the_room_says_can_be_taken_back),
		TEST(what_reads_like_confirmed_ones),
		TEST(words_of_two_characters),
		TEST(views_say_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
