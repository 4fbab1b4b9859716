/* What a call may not hold, how much a room holds, and calls that come twice. */
#include "room_scene.h"

static void texts(void **state)
{
	static const char *const taken[][2] = {
		{"%3Cscript%3Ealert(1)%3C%2Fscript%3E", "<script>alert(1)</script>"},
		{"Robert%27)%3B+DROP+TABLE+note%3B--", "Robert'); DROP TABLE note;--"},
		{"%F0%9F%91%A9%E2%80%8D%F0%9F%92%BB", "\U0001F469\u200D\U0001F4BB"},
		{"%D7%A9%D7%9C%D7%95%D7%9D", "\u05E9\u05DC\u05D5\u05DD"},
		{"a%E2%80%AEb", "ab"}, /* it would turn round what stands behind it */
		{"++a%0D%0A%0D%0A%0D%0Ab++", "a\\n\\nb"},
	};
	static const char *const refused_texts[] = {"a%00b", "%ED%A0%80", "a%1Bb", "a%C2%9Bb", "%FF",
		"%EF%BF%BF", "a%zz", "a%2", "", "+%0A", "%E2%80%8B"};
	struct scene *s = *state;
	int ada = join(s, "Ada", "it");
	char form[300];

	for (size_t i = 0; i < TL_COUNT(taken); i++) {
		snprintf(form, sizeof form, "do=note&at=order%%23paid&kind=idea&text=%s", taken[i][0]);
		done(s, ada, form);
		snprintf(form, sizeof form, "\"text\":\"%s\"", taken[i][1]);
		shows(s, ada, form);
	}
	for (size_t i = 0; i < TL_COUNT(refused_texts); i++) {
		snprintf(form, sizeof form, "do=note&at=order%%23paid&kind=idea&text=%s",
			refused_texts[i]);
		refused(s, ada, form, TL_ROOM_WRONG, "error");
	}
}

static void lengths_are_of_characters(void **state)
{
	struct scene *s = *state;
	int ada = join(s, "Ada", "it");
	struct tl_buf form = {0};

	tl_buf_puts(&form, "do=note&at=order%23paid&kind=idea&text=");
	for (int i = 0; i < TL_ROOM_TEXT; i++)
		tl_buf_puts(&form, "%F0%9F%98%A1");
	done(s, ada, form.data);
	tl_buf_putc(&form, 'x');
	refused(s, ada, form.data, TL_ROOM_WRONG, "2001 characters long; 2000 is the most");
	while (form.len <= 1 << 20)
		tl_buf_puts(&form, "aaaaaaaaaaaaaaaa");
	refused(s, ada, form.data, TL_ROOM_WRONG, "too long");
	tl_buf_release(&form);
	open_again(s);
	assert_int_equal(tl_room_last(s->room), 2);
}

static void forms(void **state)
{
	struct scene *s = *state;
	int ada = join(s, "Ada", "it");

	refused(s, ada, "", TL_ROOM_WRONG, "\"do\"");
	refused(s, ada, "do=fly", TL_ROOM_WRONG, "\"do\"");
	refused(s, ada, "do=feel&at=order%23paid", TL_ROOM_WRONG, "\"valence\"");
	refused(s, ada, "do=feel&at=order%23paid&valence=3", TL_ROOM_WRONG, "from -2 to 2");
	refused(s, ada, "do=feel&at=order%23paid&valence=1.5", TL_ROOM_WRONG, "from -2 to 2");
	refused(s, ada, "do=feel&at=order%23paid&valence=1&valence=1", TL_ROOM_WRONG, "twice");
	refused(s, ada, "do=feel&at=order%23paid&valence=1&dots=1", TL_ROOM_WRONG, "'dots'");
	refused(s, ada, "do=feel&at=paid&valence=1", TL_ROOM_WRONG, "JOURNEY#TOUCHPOINT");
	refused(s, ada, "do=feel&at=order%23gone&valence=1", TL_ROOM_UNKNOWN, "order#gone");
	refused(s, ada, "do=note&at=order%23paid&kind=pain&pain=slow&text=a", TL_ROOM_UNKNOWN, "slow");
	refused(s, ada, "do=act&on=order%23checkout/slow&text=a&due=2027-02-30", TL_ROOM_WRONG, "due");
	refused(s, ada, "do=join&name=a&department=b&secret=x", TL_ROOM_WRONG, "secret");
	refused(s, ada, "do=vote&on=order%23checkout/slow&dots=1", TL_ROOM_FORBIDDEN, "Voting");
	refused(s, ada, "do=step&to=vote", TL_ROOM_FORBIDDEN, "facilitator");
	refused(s, LEAD, "do=note&at=order%23paid&kind=pain&text=a", TL_ROOM_FORBIDDEN, "Join");
	refused(s, LEAD, "do=undo&event=99", TL_ROOM_UNKNOWN, "event");
	done(s, LEAD, "do=close&yes=1");
	refused(s, ada, "do=feel&at=order%23paid&valence=1", TL_ROOM_FORBIDDEN, "closed");
	refused(s, GUEST, "do=join&name=a&department=b", TL_ROOM_FORBIDDEN, "closed");
	done(s, LEAD, "do=close&yes=0");
	done(s, ada, "do=feel&at=order%23paid&valence=1");
	done(s, LEAD, "do=end");
	refused(s, LEAD, "do=undo&event=1", TL_ROOM_FORBIDDEN, "ended");
}

static void others_things(void **state)
{
	struct scene *s = *state;
	int ada = join(s, "Ada", "it"), bob = join(s, "Bob", "sales");

	done(s, ada, "do=note&at=order%23paid&kind=idea&text=Mine");
	refused(s, bob, "do=rewrite&note=3&text=a", TL_ROOM_UNKNOWN, "not there");
	done(s, LEAD, "do=step&to=vote");
	refused(s, bob, "do=rewrite&note=3&text=a", TL_ROOM_FORBIDDEN, "somebody else");
	refused(s, bob, "do=ours&on=note:3&yes=1", TL_ROOM_WRONG, "Only a pain");
	done(s, LEAD, "do=authors&hide=1");
	shows(s, bob, "\"text\":\"Mine\",\"by\":null,\"department\":\"it\"");
	shows(s, ada, "\"text\":\"Mine\",\"by\":1");
	shows(s, LEAD, "\"text\":\"Mine\",\"by\":1");
	done(s, bob, "do=vote&on=note:3&dots=5");
	done(s, LEAD, "do=hide&note=3&yes=1");
	hides(s, bob, "Mine");
	shows(s, ada, "\"own\":true,\"hidden\":true");
	shows(s, bob, "\"dots_left\":5");
	done(s, LEAD, "do=hide&note=3&yes=0");
	shows(s, bob, "\"dots_left\":0");
	done(s, ada, "do=withdraw&note=3");
	shows(s, bob, "\"dots_left\":5");
	assert_non_null(strstr(view_since(s, bob, tl_room_last(s->room) - 1),
		"{\"id\":3,\"gone\":true}"));
}

static void merging_adds_up(void **state)
{
	struct scene *s = *state;
	int ada = join(s, "Ada", "it"), bob = join(s, "Bob", "sales");

	done(s, ada, "do=note&at=order%23paid&kind=pain&text=One");
	done(s, bob, "do=note&at=order%23paid&kind=pain&text=Two");
	done(s, LEAD, "do=step&to=vote");
	done(s, ada, "do=vote&on=note:3&dots=2");
	done(s, ada, "do=vote&on=note:4&dots=1");
	done(s, bob, "do=vote&on=note:3&dots=1");
	done(s, LEAD, "do=merge&note=3&into=4");
	shows(s, ada, "\"cluster\":null,\"dots\":4,\"mine\":3");
	refused(s, LEAD, "do=merge&note=4&into=3", TL_ROOM_WRONG, "already");
	refused(s, LEAD, "do=merge&note=4&into=4", TL_ROOM_WRONG, "itself");
	done(s, ada, "do=vote&on=note:3&dots=5"); /* counts for the one that it is part of */
	shows(s, ada, "\"dots\":6,\"mine\":5");
	shows(s, ada, "\"dots_left\":0");
	done(s, LEAD, "do=undo&event=9"); /* apart, those 5 would be too many */
	shows(s, ada, "\"dots_left\":2");
	done(s, LEAD, "do=undo&event=11");
	shows(s, ada, "\"dots\":6,\"mine\":5");
	done(s, LEAD, "do=hide&note=4&yes=1"); /* what was merged into it stands for itself */
	shows(s, bob, "\"text\":\"One\"");
	shows(s, bob, "\"into\":null");
}

static void the_same_key_is_once(void **state)
{
	struct scene *s = *state;
	const char *first, *form = "do=join&name=Ada&department=it&key=0123456789abcdef";
	int ada = done(s, GUEST, form);

	first = tl_arena_strdup(&s->arena, s->reply.data);
	done(s, GUEST, form);
	assert_string_equal(s->reply.data, first);
	assert_int_equal(tl_room_last(s->room), 1);
	refused(s, GUEST, "do=join&name=Ada&department=it&key=1", TL_ROOM_WRONG, "\"key\"");
	assert_int_equal(done(s, ada, "do=note&at=order%23paid&kind=pain&text=a&key=1"), 2);
	open_again(s);
	assert_int_equal(done(s, ada, "do=note&at=order%23paid&kind=pain&text=a&key=1"), 2);
	assert_non_null(strstr(s->reply.data, "\"id\":2"));
	join(s, "Bob", "it");
	assert_int_equal(done(s, 3, "do=note&at=order%23paid&kind=pain&text=a&key=1"), 4);
	assert_int_equal(tl_room_last(s->room), 4);
}

static void ten_thousand_notes(void **state)
{
	struct scene *s = *state;
	int ada = join(s, "Ada", "it");
	const char *last;

	for (int i = 0; i < TL_ROOM_NOTES; i++)
		done(s, ada, "do=note&at=order%23paid&kind=pain&text=Slow");
	refused(s, ada, "do=note&at=order%23paid&kind=pain&text=Slow", TL_ROOM_FULL, "10000 notes");
	done(s, LEAD, "do=step&to=reveal");
	done(s, LEAD, "do=undo&event=17");
	last = view_since(s, ada, tl_room_last(s->room));
	assert_non_null(strstr(last, "\"notes\":[]"));
	shows(s, ada, "\"at\":\"order#paid\",\"notes\":9999");
	open_again(s);
	shows(s, ada, "\"at\":\"order#paid\",\"notes\":9999");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_set_up, scene_tear_down)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(texts),
		TEST(lengths_are_of_characters),
		TEST(forms),
		TEST(others_things),
		TEST(merging_adds_up),
		TEST(the_same_key_is_once),
		TEST(ten_thousand_notes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
