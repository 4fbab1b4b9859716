/* What comes out of a workshop: decisions, what the store keeps, minutes, a table. */
#include "room_scene.h"

#include <math.h>

static void doing(struct scene *s, int who, const char *fmt, ...)
{
	char form[400];
	va_list args;

	va_start(args, fmt);
	vsnprintf(form, sizeof form, fmt, args);
	va_end(args);
	done(s, who, form);
}

static const char *decisions(struct scene *s, size_t *count)
{
	struct tl_buf out = {0};
	const char *text;

	tl_room_decisions(s->room, &out, count);
	text = tl_arena_strdup(&s->arena, out.data);
	tl_buf_release(&out);
	return text;
}

/* One of each: two notes of a text, an idea for a pain point, a question, actions of all kinds. */
static void hold(struct scene *s)
{
	int ada = join(s, "Ada", "it"), bob = join(s, "Bob", "Board");
	int price, again, idea;

	price = done(s, ada,
		"do=note&at=order%23checkout&kind=pain&friction=confusion&text=Nobody+knows+what+it%27"
		"ll+cost,+mail+ada%40example.com");
	again = done(s, bob,
		"do=note&at=order%23checkout&kind=pain&text=Nobody+knows+what+it%27ll+cost%0A<b>");
	idea = done(s, bob,
		"do=note&at=order%23checkout&kind=idea&pain=slow&text=Cache+%26+%22carry%22");
	done(s, bob, "do=note&at=move%23call&kind=question&text=%3DSUM(A1)%3F");
	done(s, ada, "do=feel&at=order%23checkout&valence=-2");
	done(s, bob, "do=feel&at=order%23checkout&valence=1");
	done(s, LEAD, "do=step&to=vote");
	doing(s, bob, "do=vote&on=note:%d&dots=3", price);
	doing(s, ada, "do=vote&on=order%%23checkout/slow&dots=2");
	doing(s, LEAD, "do=decide&on=note:%d&severity=4&owner=Information+technology&due=2027-01-31",
		price);
	doing(s, LEAD, "do=decide&on=note:%d&text=Nobody+knows+what+it%%27ll+cost!", again);
	doing(s, LEAD, "do=decide&on=note:%d&owner=Nobody+known", idea);
	done(s, LEAD, "do=decide&on=order%23checkout/slow&status=in-progress&owner=&due=2027-02-01");
	done(s, LEAD, "do=decide&at=order%23checkout&valence=-2&feeling=annoyed+%26+lost");
	doing(s, ada, "do=act&on=note:%d&text=Show+the+sum&owner=sales&due=2027-01-15", price);
	done(s, bob, "do=act&on=order%23checkout/slow&text=Measure");
	doing(s, bob, "do=change&action=%d&done=1", (int)tl_room_last(s->room));
	doing(s, bob, "do=act&on=note:%d&text=For+an+idea", idea);
}

static void decisions_are_for_apply(void **state)
{
	struct scene *s = *state;
	size_t count;
	char expected[4000];

	hold(s);
	snprintf(expected, sizeof expected,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<decisions xmlns=\"urn:touchline:decisions:1\" room=\"%s\" date=\"2026-11-22\">\n"
		"  <journey id=\"order\">\n"
		"    <touchpoint id=\"checkout\">\n"
		"      <emotion valence=\"-2\" feeling=\"annoyed &amp; lost\"/>\n"
		"      <pain id=\"slow\" status=\"in-progress\" owner=\"\" due=\"2027-02-01\"/>\n"
		"      <pain id=\"nobody-knows-what-itll-cost-mail-ada\" kind=\"confusion\""
		" severity=\"4\" owner=\"it\" due=\"2027-01-31\">Nobody knows what it'll cost, mail "
		"ada@example.com</pain>\n"
		"      <pain id=\"nobody-knows-what-itll-cost\">Nobody knows what it'll cost!</pain>\n"
		"      <opportunity for=\"slow\">Cache &amp; &quot;carry&quot;</opportunity>\n"
		"      <opportunity for=\"nobody-knows-what-itll-cost-mail-ada\" owner=\"sales\""
		" due=\"2027-01-15\">Show the sum</opportunity>\n"
		"      <opportunity for=\"slow\" status=\"resolved\">Measure</opportunity>\n"
		"      <opportunity for=\"slow\">For an idea</opportunity>\n"
		"    </touchpoint>\n"
		"  </journey>\n"
		"</decisions>\n",
		tl_room_id(s->room));
	assert_string_equal(decisions(s, &count), expected);
	assert_int_equal(count, 8);
	open_again(s);
	assert_string_equal(decisions(s, &count), expected);
}

static void pains_are_named_by_their_text(void **state)
{
	static const struct {
		const char *text, *id;
	} cases[] = {
		{"%C3%84rger+mit+der+Stra%C3%9Fe", "arger-mit-der-strase"},
		{"%E9%81%85%E3%81%84", "pain"},
		{"%E9%81%85%E3%81%84+%F0%9F%98%A1", "pain-2"},
		{"24+hours+late", "pain-24-hours-late"},
		{"24+hours+late!", "pain-24-hours-late-2"},
		{"%3Cscript%3Ealert(1)%3C/script%3E", "script-alert-1-script"},
		{"Donaudampfschifffahrtsgesellschaftskapitaen+x",
			"donaudampfschifffahrtsgesellschaftskapita"},
		{"one+two+three+four+five+six+seven+eight+nine+ten",
			"one-two-three-four-five-six-seven-eight"},
		{"Slow", "slow"}, /* says what the source says already */
		{"slow!", "slow-2"},
	};
	struct scene *s = *state;
	int ada = join(s, "Ada", "it");
	size_t count;

	for (size_t i = 0; i < TL_COUNT(cases); i++) {
		char part[100];

		doing(s, ada, "do=note&at=order%%23checkout&kind=pain&text=%s", cases[i].text);
		doing(s, LEAD, "do=step&to=reveal");
		doing(s, LEAD, "do=decide&on=note:%d", (int)tl_room_last(s->room) - 1);
		snprintf(part, sizeof part, "<pain id=\"%.*s\">", 40, cases[i].id);
		if (!strstr(decisions(s, &count), part))
			fail_msg("%s is not in %s", part, decisions(s, &count));
	}
}

static void what_is_not_shown_is_not_decided(void **state)
{
	struct scene *s = *state;
	int ada = join(s, "Ada", "it");
	int first = done(s, ada, "do=note&at=order%23paid&kind=pain&text=One");
	int other = done(s, ada, "do=note&at=order%23paid&kind=pain&text=Two");
	size_t count;

	done(s, LEAD, "do=step&to=decide");
	doing(s, LEAD, "do=decide&on=note:%d", first);
	doing(s, LEAD, "do=decide&on=note:%d&as=nothing", other);
	decisions(s, &count);
	assert_int_equal(count, 1);
	doing(s, LEAD, "do=merge&note=%d&into=%d", first, other);
	assert_null(strstr(decisions(s, &count), "<journey"));
	doing(s, LEAD, "do=merge&note=%d&into=", first);
	doing(s, ada, "do=withdraw&note=%d", first);
	decisions(s, &count);
	assert_int_equal(count, 0);
}

/* ---- the store ------------------------------------------------------------------------------------- */

struct heard {
	struct tl_buf text;
	int points;
};

static bool hear_note(void *context, const struct tl_note *note)
{
	struct heard *heard = context;

	tl_buf_printf(&heard->text, "%s %d %s\n", note->department, note->kind, note->text);
	return true;
}

static bool hear_vote(void *context, const struct tl_vote *vote)
{
	struct heard *heard = context;

	tl_buf_printf(&heard->text, "%s %s", vote->department, vote->pain ? vote->pain : "-");
	if (!isnan(vote->valence))
		tl_buf_printf(&heard->text, " feels %g", vote->valence);
	tl_buf_printf(&heard->text, " %d\n", vote->points);
	return true;
}

static bool hear_action(void *context, const struct tl_action *action)
{
	struct heard *heard = context;

	tl_buf_printf(&heard->text, "%s %s %d\n", action->pain, action->text,
		action->done != TL_NO_TIME);
	return true;
}

static void the_store_keeps_it(void **state)
{
	struct scene *s = *state;
	struct tl_store *store;
	struct tl_room_kept kept;
	struct heard heard = {0};
	struct tl_note mine = {.journey = "order", .touchpoint = "checkout", .department = "it",
		.text = "By hand", .kind = -1, .created = NOON - 9};
	bool added;

	hold(s);
	assert_true(tl_store_open(&store, &s->diags, "t.db", TL_STORE_CREATE));
	assert_true(tl_store_note(store, &mine, &added));
	for (int times = 0; times < 2; times++) {
		assert_true(tl_room_keep(s->room, store, &kept));
		assert_int_equal(kept.notes, 4);
		assert_int_equal(kept.votes, 4);
		assert_int_equal(kept.actions, 3);
		tl_buf_clear(&heard.text);
		assert_true(tl_store_notes(store, NULL, NULL, hear_note, &heard));
		assert_true(tl_store_votes(store, NULL, NULL, hear_vote, &heard));
		assert_true(tl_store_actions(store, NULL, NULL, hear_action, &heard));
		assert_string_equal(heard.text.data,
			"Board -1 =SUM(A1)?\n"
			"it -1 By hand\n"
			"it 0 Nobody knows what it'll cost, mail [email]\n"
			"Board -1 Nobody knows what it'll cost\n<b>\n"
			"Board -1 Cache & \"carry\"\n"
			"it - feels -2 0\n"
			"Board - feels 1 0\n"
			"it slow 2\n"
			"Board nobody-knows-what-itll-cost-mail-ada 3\n"
			"nobody-knows-what-itll-cost-mail-ada Show the sum 0\n"
			"slow Measure 1\n"
			"slow For an idea 0\n");
	}
	done(s, LEAD, "do=undo&event=3");
	assert_true(tl_room_keep(s->room, store, &kept));
	assert_int_equal(kept.notes, 3);
	assert_int_equal(kept.votes, 3);
	assert_int_equal(kept.actions, 2);
	tl_buf_release(&heard.text);
	tl_store_close(store);
	unlink("t.db");
}

/* ---- minutes, a table ------------------------------------------------------------------------------ */

static void minutes_are_markdown(void **state)
{
	static const char *const parts[] = {
		"# Order & pay\n\nWorkshop of 2026-11-22, minutes of 2027-01-20.\n\n## Decisions\n\n"
		"- **Check \\*out\\* (Order & pay)**: the pain point “Slow”; status: in-progress; "
		"owner: nobody any more; due 2027-02-01\n",
		"| 2027-01-15, **overdue** | Sales | Show the sum | Check \\*out\\* (Order & pay): “Nobody",
		"| no date | **nobody yet** | For an idea |",
		"**, from −2 (very bad) to +2 (very good): Board +1, Information technology −2\n",
		"It feels −0.5 to customers (−2 very bad, +2 very good; median of 2 answers).\n",
		"- pain: Nobody knows what it'll cost \\<b\\> (Bob, Board)\n",
		"## Who was there\n\n- Ada, Information technology\n- Bob, Board\n"};
	struct scene *s = *state;
	struct tl_buf out = {0};

	hold(s);
	tl_room_minutes(s->room, &out, (int64_t)20838 * 86400);
	for (size_t i = 0; i < TL_COUNT(parts); i++)
		if (!strstr(out.data, parts[i]))
			fail_msg("%s is not in %s", parts[i], out.data);
	tl_buf_release(&out);
}

static void a_table_of_all_that_was_said(void **state)
{
	struct scene *s = *state;
	struct tl_buf out = {0};

	hold(s);
	tl_room_csv(s->room, &out);
	assert_non_null(strstr(out.data,
		"\r\nnote,3,order#checkout,,pain,confusion,it,Ada,\"Nobody knows what it'll cost, mail "
		"ada@example.com\",3,,,pain,it,2027-01-31,,2026-11-22T12:00:00Z\r\n"));
	assert_non_null(strstr(out.data, ",Bob,'=SUM(A1)?,0,"));
	assert_non_null(strstr(out.data, "\r\nfeeling,,order#checkout,,,,Board,Bob,,1,"));
	done(s, LEAD, "do=authors&hide=1");
	tl_buf_clear(&out);
	tl_room_csv(s->room, &out);
	assert_null(strstr(out.data, "Bob"));
	tl_buf_release(&out);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_set_up, scene_tear_down)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(decisions_are_for_apply),
		TEST(pains_are_named_by_their_text),
		TEST(what_is_not_shown_is_not_decided),
		TEST(the_store_keeps_it),
		TEST(minutes_are_markdown),
		TEST(a_table_of_all_that_was_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
