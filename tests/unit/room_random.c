/* Any calls in any order, undone and done again: a fresh reading of the log sees what the room saw,
 * byte for byte, whoever looks, since whenever. */
#include "room_scene.h"

static uint32_t seed;

static int draw(int n)
{
	seed = seed * 1664525u + 1013904223u;
	return (int)((seed >> 8) % (uint32_t)n);
}

static void any_call(struct scene *s, int people)
{
	static const char *const targets[] = {"order%23checkout/slow", "order%23checkout/address-twice"};
	static const char *const places[] = {"order%23checkout", "order%23paid", "move%23call"};
	int last = (int)tl_room_last(s->room), some = draw(last + 2), other = draw(last + 2);
	int who = draw(4) ? 1 + draw(people) : LEAD;
	char on[60], form[300];

	snprintf(on, sizeof on, "note:%d", some);
	if (!draw(3))
		snprintf(on, sizeof on, "%s", targets[draw(2)]);
	switch (draw(16)) {
	case 0:
	case 1:
	case 2:
		snprintf(form, sizeof form, "do=note&at=%s&kind=%s&text=T%d", places[draw(3)],
			tl_contributions.words[draw(3)], some);
		break;
	case 3:
		snprintf(form, sizeof form, "do=rewrite&note=%d&text=R%d&friction=delay", some, other);
		break;
	case 4:
		snprintf(form, sizeof form, "do=withdraw&note=%d", some);
		break;
	case 5:
		snprintf(form, sizeof form, "do=feel&at=%s&valence=%d", places[draw(3)], draw(5) - 2);
		break;
	case 6:
	case 7:
		snprintf(form, sizeof form, "do=vote&on=%s&dots=%d", on, draw(4));
		break;
	case 8:
		snprintf(form, sizeof form, "do=ours&on=%s&yes=%d", on, draw(2));
		break;
	case 9:
		snprintf(form, sizeof form, "do=act&on=%s&text=A%d", on, some);
		break;
	case 10:
		snprintf(form, sizeof form, "do=step&to=%s", tl_steps.words[draw(5)]);
		break;
	case 11:
		snprintf(form, sizeof form, "do=merge&note=%d&into=%d", some, other);
		break;
	case 12:
		snprintf(form, sizeof form, "do=hide&note=%d&yes=%d", some, draw(2));
		break;
	case 13:
		snprintf(form, sizeof form, "do=decide&on=%s", on);
		if (draw(2))
			snprintf(form, sizeof form, "do=dots&per=%d", 1 + draw(6));
		break;
	case 14:
		snprintf(form, sizeof form, draw(3) ? "do=cluster&note=%d&name=C" : "do=drop&action=%d", some);
		break;
	default:
		/* Not the people: all that they said would go, and the rest be refused. */
		snprintf(form, sizeof form, "do=undo&event=%d", people + 1 + draw(last - people + 1));
		who = LEAD;
	}
	call(s, draw(3) ? who : LEAD, form);
}

static void same_after_reading_again(struct scene *s, int people)
{
	enum { LOOKS = 20 };
	char *seen[LOOKS];
	int who[LOOKS];
	uint64_t since[LOOKS];

	for (int i = 0; i < LOOKS; i++) {
		who[i] = i % (people + 2) < people ? 1 + i % (people + 2) : i % 2 ? LEAD : GUEST;
		since[i] = i < people + 2 ? 0 : (uint64_t)draw((int)tl_room_last(s->room) + 1);
		seen[i] = strdup(view_since(s, who[i], since[i]));
	}
	open_again(s);
	for (int i = 0; i < LOOKS; i++) {
		assert_string_equal(view_since(s, who[i], since[i]), seen[i]);
		free(seen[i]);
	}
}

static void any_order(void **state)
{
	struct scene *s = *state;
	int people = 4;

	for (int i = 0; i < people; i++)
		join(s, i % 2 ? "Ada" : "Bob", i < 2 ? "it" : "sales");
	for (seed = 1; tl_room_last(s->room) < 1500;) {
		for (int i = 0; i < 150; i++)
			any_call(s, people);
		same_after_reading_again(s, people);
	}
}

static void undoing_all_is_as_if_nothing_was(void **state)
{
	struct scene *s = *state;
	char *before;
	int ada = join(s, "Ada", "it"), first = ada + 1, last;
	char form[60];

	join(s, "Bob", "sales");
	before = strdup(strstr(view(s, ada), "\"people\""));
	first = (int)tl_room_last(s->room) + 1;
	for (seed = 7; tl_room_last(s->room) < 60;) {
		snprintf(form, sizeof form, "do=note&at=order%%23paid&kind=pain&text=%d", draw(99));
		done(s, 1 + draw(2), form);
	}
	last = (int)tl_room_last(s->room);
	for (int n = last; n >= first; n--) {
		snprintf(form, sizeof form, "do=undo&event=%d", n);
		done(s, LEAD, form);
	}
	assert_string_equal(strstr(view(s, ada), "\"people\""), before);
	refused(s, LEAD, form, TL_ROOM_WRONG, "undone already");
	snprintf(form, sizeof form, "do=undo&event=%d", (int)tl_room_last(s->room));
	done(s, LEAD, form);
	shows(s, 1, "order#paid");
	free(before);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_set_up, scene_tear_down)
int main(void)
{
	const struct CMUnitTest tests[] = {TEST(any_order), TEST(undoing_all_is_as_if_nothing_was)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
