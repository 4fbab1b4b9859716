/* Calls of a workshop: what is done, what is refused and why, and who sees it. */
#include "room_scene.h"

static void people_join(void **state)
{
	struct scene *s = *state;
	int ada = join(s, "++Ada+%0A+L.+", "INFORMATION+Technology");
	int bob = join(s, "Bob", "Board");
	int eve = join(s, "Eve", "board");

	shows(s, ada, "{\"id\":1,\"name\":\"Ada L.\",\"department\":\"it\"}");
	shows(s, bob, "\"me\":2");
	shows(s, eve, "\"name\":\"Eve\",\"department\":\"Board\"");
	refused(s, ada, "do=join&name=A&department=b", TL_ROOM_FORBIDDEN, "already");
	refused(s, GUEST, "do=join&department=b", TL_ROOM_WRONG, "\"field\":\"name\"");
	refused(s, GUEST, "do=join&name=+&department=b", TL_ROOM_WRONG, "\"field\":\"name\"");
	refused(s, GUEST, "do=join&name=%E2%80%8B&department=b", TL_ROOM_WRONG, "name");
	refused(s, STRANGER, "do=join&name=A&department=b", TL_ROOM_FORBIDDEN, "link");
	done(s, bob, "do=me&name=Robert&department=Care");
	shows(s, ada, "\"name\":\"Robert\",\"department\":\"care\"");
	refused(s, GUEST, "do=me&name=Robert&department=Care", TL_ROOM_FORBIDDEN, "Join first");
}

static void silent_step_hides(void **state)
{
	struct scene *s = *state;
	int ada = join(s, "Ada", "it"), bob = join(s, "Bob", "sales");
	int note = done(s, ada, "do=note&at=order%23checkout&kind=pain&text=Slow+pages");
	char form[80];

	done(s, ada, "do=feel&at=order%23checkout&valence=-2");
	shows(s, ada, "Slow pages");
	hides(s, bob, "Slow pages");
	hides(s, LEAD, "Slow pages");
	shows(s, bob, "{\"at\":\"order#checkout\",\"notes\":1,\"feel\":{\"n\":1,\"median\":null");
	done(s, LEAD, "do=step&to=reveal");
	shows(s, bob, "Slow pages");
	shows(s, bob, "\"median\":-2");
	assert_non_null(strstr(view_since(s, bob, (uint64_t)note), "\"full\":true"));
	done(s, bob, "do=feel&at=order%23checkout&valence=0");
	shows(s, ada, "\"disagree\":true");
	done(s, LEAD, "do=step&to=vote");
	snprintf(form, sizeof form, "do=vote&on=note:%d&dots=3", note);
	done(s, bob, form);
	shows(s, bob, "\"dots_left\":2");
	refused(s, bob, "do=vote&on=order%23checkout/slow&dots=3", TL_ROOM_FULL,
		"You have 2 dots left.");
	snprintf(form, sizeof form, "do=undo&event=%d", note);
	done(s, LEAD, form);
	shows(s, bob, "\"dots_left\":5");
	hides(s, bob, "Slow pages");
	snprintf(form, sizeof form, "do=undo&event=%d", (int)tl_room_last(s->room));
	done(s, LEAD, form);
	shows(s, bob, "\"dots_left\":2");
	shows(s, ada, "Slow pages");
}

static void open_again_is_the_same(void **state)
{
	struct scene *s = *state;
	int ada = join(s, "Ada", "it");
	const char *before;

	done(s, ada, "do=note&at=move%23call&kind=idea&text=%22%5C%0A%3Cscript%3E+%F0%9F%91%A9");
	before = view(s, ada);
	open_again(s);
	assert_string_equal(view(s, ada), before);
	assert_int_equal(s->diags.warnings, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_set_up, scene_tear_down)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(people_join),
		TEST(silent_step_hides),
		TEST(open_again_is_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
