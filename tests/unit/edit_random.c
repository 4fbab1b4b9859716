/* Random decisions about the example journeys: they go in, the result is in order, applying them
 * again changes nothing, and every line that no decision is about is still there, in order; the diff
 * takes the old text to the new one, whatever texts they are. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "touchline/edit.h"

static const char *const examples[] = {"broadband-order", "employee-onboarding", "furniture-online",
	"furniture-online-to-be", "hospital-appointment"};
enum { ROUNDS = 30 };

static uint32_t seed;

static uint32_t random_below(uint32_t n)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

/* ---- decisions ---------------------------------------------------------------------------------- */

/* Elements of the touchpoint whose lines may change. */
struct touched {
	struct tl_span spans[400];
	size_t count;
};

static void touch(struct touched *touched, struct tl_span at)
{
	if (touched->count < TL_COUNT(touched->spans))
		touched->spans[touched->count++] = at;
}

static void decide_pains(struct tl_buf *out, const struct tl_touchpoint *t, struct touched *touched)
{
	static const char *const changes[] = {"status='resolved'", "owner='' cause=''",
		"severity='1' evidence='“Kim” &amp; &lt;Alex&gt;'", "status='accepted' due='' since=''",
		"kind='handoff' occurrence='4' detection='3'"};

	for (size_t i = 0; i < t->pain_count; i++) {
		if (random_below(2))
			continue;
		tl_buf_printf(out, "<pain id='%s' %s>%s</pain>", t->pains[i].id,
			changes[random_below(TL_COUNT(changes))],
			random_below(2) ? "Said otherwise &amp; better" : "");
		touch(touched, t->pains[i].at);
	}
}

static void decide_new(struct tl_buf *out, const struct tl_touchpoint *t)
{
	if (random_below(2))
		tl_buf_printf(out, "<pain id='new-%zu' kind='delay' severity='%u'>New &lt;%zu&gt;</pain>",
			t->index, 1 + random_below(5), t->index);
	if (random_below(2))
		tl_buf_printf(out, "<opportunity impact='2'>Better %zu</opportunity>", t->index);
	if (random_below(3) == 0)
		tl_buf_puts(out, "<thought>Why?</thought><backstage>Somebody looks</backstage>");
	if (random_below(3) == 0)
		tl_buf_puts(out, "<expectation id='new' kind='time'>Soon</expectation>");
}

static void decide_emotions(
	struct tl_buf *out, const struct tl_touchpoint *t, struct touched *touched)
{
	for (size_t i = 0; i < t->emotion_count; i++) {
		const struct tl_persona *persona = t->emotions[i].persona;
		if (random_below(2))
			continue;
		tl_buf_printf(out, "<emotion persona='%s' valence='%d' feeling='%s'/>",
			persona ? persona->id : "", (int)random_below(5) - 2,
			random_below(2) ? "torn" : "");
		touch(touched, t->emotions[i].at);
	}
}

static void decide(struct tl_buf *out, const struct tl_journey *journey, struct touched *touched)
{
	tl_buf_printf(out, "<decisions xmlns='" TL_DECISIONS_NS "'><journey id='%s'>", journey->id);
	for (size_t i = 0; i < journey->touchpoint_count; i++) {
		const struct tl_touchpoint *t = &journey->touchpoints[i];
		if (random_below(3))
			continue;
		tl_buf_printf(out, "<touchpoint id='%s'", t->id);
		if (random_below(2)) {
			tl_buf_printf(out, " importance='%u' reach='0.5'", 1 + random_below(5));
			touch(touched, t->at);
		}
		tl_buf_puts(out, ">");
		decide_emotions(out, t, touched);
		decide_new(out, t);
		decide_pains(out, t, touched);
		tl_buf_puts(out, "</touchpoint>");
	}
	tl_buf_puts(out, "</journey></decisions>");
}

/* ---- what has to hold --------------------------------------------------------------------------- */

static size_t line_length(const char *at, const char *end)
{
	const char *feed = memchr(at, '\n', (size_t)(end - at));

	return feed ? (size_t)(feed + 1 - at) : (size_t)(end - at);
}

static bool is_touched(const struct touched *touched, size_t from, size_t to)
{
	for (size_t i = 0; i < touched->count; i++)
		if (touched->spans[i].offset < to &&
			touched->spans[i].offset + touched->spans[i].length > from)
			return true;
	return false;
}

/* Every line without a decided element is in the new text, in order. */
static void expect_lines(const struct tl_source *before, const struct tl_buf *after,
	const struct touched *touched)
{
	const char *end = before->text + before->length, *to = after->data,
		   *to_end = after->data + after->len;
	size_t n, m;

	for (const char *at = before->text; at < end; at += n) {
		n = line_length(at, end);
		size_t offset = (size_t)(at - before->text);
		if (is_touched(touched, offset, offset + n))
			continue;
		for (;; to += m) {
			m = line_length(to, to_end);
			assert_true(m > 0); /* else the line is gone */
			if (m == n && !memcmp(at, to, n))
				break;
		}
		to += m;
	}
}

/* Puts a unified diff into a text: the lines that it keeps and takes away have to be there. */
static void patch(struct tl_buf *out, const char *text, size_t length, const char *diff)
{
	const char *end = text + length;
	size_t line = 1;

	for (const char *at = diff; *at; at = strchrnul(at, '\n'), at += *at != 0) {
		size_t n = strcspn(at, "\n");
		bool open = !strncmp(at + n, "\n\\ No", 5);
		if (!strncmp(at, "--- ", 4) || !strncmp(at, "+++ ", 4) || *at == '\\')
			continue;
		if (*at == '@') {
			size_t from = strtoul(at + 4, NULL, 10);
			bool nothing = !strncmp(at + 4 + strcspn(at + 4, ", "), ",0 ", 3);
			for (; line < from + nothing; line++, text += n) {
				n = line_length(text, end);
				tl_buf_put(out, text, n);
			}
			continue;
		}
		if (*at != '+') {
			size_t m = line_length(text, end);
			assert_int_equal(m, n - 1 + !open);
			assert_memory_equal(text, at + 1, n - 1);
			text += m;
			line++;
		}
		if (*at != '-')
			tl_buf_put(out, at + 1, n - 1 + !open);
	}
	tl_buf_put(out, text, (size_t)(end - text));
}

static void expect_diff(const char *before, size_t n, const char *after, size_t m)
{
	struct tl_buf diff = {0}, patched = {0};

	tl_edit_diff(&diff, "x.xml", before, n, after, m);
	patch(&patched, before, n, diff.data ? diff.data : "");
	assert_int_equal(patched.len, m);
	assert_memory_equal(patched.data ? patched.data : "", after, m);
	tl_buf_release(&diff);
	tl_buf_release(&patched);
}

static void apply_again(struct tl_arena *arena, const struct tl_decisions *decisions,
	const char *name, const struct tl_edit *first)
{
	struct tl_diags diags;
	struct tl_edit again;

	tl_diags_init(&diags);
	const struct tl_journey *journey =
		tl_front_parse(arena, &diags, name, first->text.data, first->text.len);
	assert_int_equal(diags.errors, 0);
	assert_true(tl_edit_apply(arena, &diags, journey, decisions, &again));
	assert_int_equal(again.changed, 0);
	assert_int_equal(again.already, first->changed + first->already);
	assert_int_equal(again.text.len, first->text.len);
	assert_memory_equal(again.text.data, first->text.data, first->text.len);
	tl_buf_release(&again.text);
	tl_diags_release(&diags);
}

static void one_round(const char *path)
{
	struct tl_arena arena;
	struct tl_diags diags;
	struct tl_buf text = {0};
	struct touched touched = {.count = 0};
	struct tl_edit edit;

	tl_arena_init(&arena);
	tl_diags_init(&diags);
	const struct tl_journey *journey = tl_front_read(&arena, &diags, path, false);
	assert_non_null(journey);
	decide(&text, journey, &touched);
	const struct tl_decisions *decisions =
		tl_decisions_parse(&arena, &diags, "d.xml", text.data, text.len);
	if (!decisions || !tl_edit_apply(&arena, &diags, journey, decisions, &edit)) {
		print_error("%s\n", text.data);
		tl_diags_print(&diags, stderr, false);
		fail();
	}
	expect_lines(edit.before, &edit.text, &touched);
	expect_diff(edit.before->text, edit.before->length, edit.text.data, edit.text.len);
	apply_again(&arena, decisions, path, &edit);
	tl_buf_release(&edit.text);
	tl_buf_release(&text);
	tl_diags_release(&diags);
	tl_arena_release(&arena);
}

static void decisions_about_examples_go_in(void **state)
{
	const char *folder = getenv("JOURNEYS");
	char path[4096];
	(void)state;

	for (size_t i = 0; i < TL_COUNT(examples); i++) {
		snprintf(path, sizeof path, "%s/%s.xml", folder ? folder : "journeys", examples[i]);
		for (seed = 1; seed < ROUNDS * 1000; seed = (seed / 1000 + 1) * 1000) {
			uint32_t round = seed;
			one_round(path);
			seed = round;
		}
	}
}

/* ---- any texts ----------------------------------------------------------------------------------- */

static void random_text(struct tl_buf *out)
{
	static const char *const lines[] = {"a\n", "b\n", "b\n", "\n", "longer\r\n", "c"};

	tl_buf_clear(out);
	for (uint32_t n = random_below(40); n > 0; n--)
		tl_buf_puts(out, lines[random_below(TL_COUNT(lines) - 1)]);
	for (uint32_t n = random_below(4); n > 0; n--)
		tl_buf_printf(out, "only %u\n", random_below(9));
	if (random_below(3) == 0)
		tl_buf_puts(out, "open");
}

static void a_diff_leads_from_any_text_to_any_other(void **state)
{
	struct tl_buf before = {0}, after = {0};
	(void)state;

	for (seed = 7; seed < 20000; seed++) {
		uint32_t round = seed;
		random_text(&before);
		random_text(&after);
		expect_diff(before.data ? before.data : "", before.len, after.data ? after.data : "",
			after.len);
		seed = round;
	}
	tl_buf_release(&before);
	tl_buf_release(&after);
}

/* Texts that have nothing in common, and such whose lines are all alike: beyond all bounds of the
 * comparison the diff is still right. */
static void a_diff_is_right_beyond_its_bounds(void **state)
{
	struct tl_buf before = {0}, after = {0};
	(void)state;

	seed = 3;
	for (int i = 0; i < 20000; i++) {
		tl_buf_printf(&before, "%u\n", random_below(3));
		tl_buf_printf(&after, "%u\n", random_below(3));
	}
	expect_diff(before.data, before.len, after.data, after.len);
	tl_buf_release(&before);
	tl_buf_release(&after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decisions_about_examples_go_in),
		cmocka_unit_test(a_diff_leads_from_any_text_to_any_other),
		cmocka_unit_test(a_diff_is_right_beyond_its_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
