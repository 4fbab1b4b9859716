/* Masking, measured: tests/data/masking.tsv says what must go from invented texts. Recall is how
 * many of the marked items are gone whole; precision, how many of the spans that were masked touch
 * an item of their kind. Both are printed by kind, and must not fall below what we promise. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "intake/mask.h"

enum { OWN_NAME = MASK_KINDS, TALLIES, ITEMS = 16, ITEMS_LEAST = 470 };

static const struct {
	const char *word;
	double recall;
} promised[TALLIES] = {{"email", .99}, {"phone", .99}, {"card", .99}, {"ip", .99}, {"iban", .99},
	{"link", .9}, {"handle", .9}, {"name", .9}, {"own", .99}};
static const double promised_precision = .95;

struct tally {
	size_t items, gone, spans, right;
};
struct sample { /* one line of the file, its marks taken out */
	struct tl_buf text;
	struct {
		size_t from, to;
		int kind;
	} items[ITEMS];
	size_t count;
};

static int kind_of(const char *word, size_t n)
{
	for (int i = 0; i < TALLIES; i++)
		if (strlen(promised[i].word) == n && !memcmp(promised[i].word, word, n))
			return i;
	fail_msg("%.*s is no kind", (int)n, word);
	return -1;
}

static void read_marks(struct sample *sample, const char *line)
{
	tl_buf_clear(&sample->text);
	tl_buf_puts(&sample->text, "");
	sample->count = 0;
	for (const char *p = line; *p; p++) {
		if (*p == '{') {
			size_t word = strcspn(p + 1, ":");

			assert_true(sample->count < ITEMS);
			sample->items[sample->count].kind = kind_of(p + 1, word);
			sample->items[sample->count].from = sample->text.len;
			p += word + 1;
		} else if (*p == '}') {
			sample->items[sample->count++].to = sample->text.len;
		} else if (*p == '\\' && p[1] == 'n') {
			tl_buf_putc(&sample->text, '\n');
			p++;
		} else {
			tl_buf_putc(&sample->text, *p);
		}
	}
}

static bool touches(const struct sample *sample, size_t i, const struct mask_span *span)
{
	return span->from < sample->items[i].to && sample->items[i].from < span->to;
}

static void count_items(
	struct tally *tallies, const struct sample *sample, const struct mask_spans *spans)
{
	for (size_t i = 0; i < sample->count; i++) {
		size_t at = sample->items[i].from;

		for (size_t k = 0; k < spans->count; k++) {
			while (at < sample->items[i].to && strchr(" ,.", sample->text.data[at]))
				at++; /* "Doe, Jane" may be two spans */
			if (spans->list[k].from <= at && spans->list[k].to > at)
				at = spans->list[k].to;
		}
		tallies[sample->items[i].kind].items++;
		if (at >= sample->items[i].to)
			tallies[sample->items[i].kind].gone++;
		else
			print_message("missed %s: %s\n", promised[sample->items[i].kind].word,
				sample->text.data);
	}
}

static void count_spans(
	struct tally *tallies, const struct sample *sample, const struct mask_spans *spans)
{
	for (size_t k = 0; k < spans->count; k++) {
		const struct mask_span *span = &spans->list[k];
		int kind = (int)span->kind;
		bool right = false;

		for (size_t i = 0; i < sample->count && !right; i++) {
			bool own = sample->items[i].kind == OWN_NAME && span->kind == MASK_NAME;

			right = touches(sample, i, span) && (own || sample->items[i].kind == kind);
			if (right && own)
				kind = OWN_NAME;
		}
		tallies[kind].spans++;
		tallies[kind].right += right;
		if (!right)
			print_message("wrong %s '%.*s': %s\n", mask_words[span->kind],
				(int)(span->to - span->from), sample->text.data + span->from,
				sample->text.data);
	}
}

static size_t split_names(char *names, const char *out[static ITEMS])
{
	size_t count = 0;

	for (char *rest = names, *name; (name = strsep(&rest, ";"));)
		if (*name && count < ITEMS)
			out[count++] = name;
	return count;
}

static void the_sample_is_masked_as_promised(void **state)
{
	struct tally tallies[TALLIES] = {0};
	struct tl_mask *mask = tl_mask_open();
	FILE *file = fopen("tests/data/masking.tsv", "r");
	struct sample sample = {0};
	char *line = NULL;
	size_t size = 0, items = 0, spans = 0, right = 0;
	(void)state;

	assert_non_null(file);
	while (getline(&line, &size, file) > 0) {
		const char *names[ITEMS];
		char *tab = strchr(line, '\t');

		if (*line == '#')
			continue;
		assert_non_null(tab);
		*tab = line[strcspn(line, "\n")] = '\0';
		read_marks(&sample, tab + 1);
		const struct mask_spans *found = mask_find(
			mask, sample.text.data, sample.text.len, names, split_names(line, names));
		count_items(tallies, &sample, found);
		count_spans(tallies, &sample, found);
	}
	fclose(file);
	free(line);
	tl_buf_release(&sample.text);
	tl_mask_close(mask);
	for (int i = 0; i < TALLIES; i++) {
		const struct tally *t = &tallies[i];

		print_message("%-7s %3zu items, recall %.3f; %3zu masked, precision %.3f\n",
			promised[i].word, t->items, (double)t->gone / (double)t->items, t->spans,
			(double)t->right / (double)t->spans);
		items += t->items;
		spans += t->spans;
		right += t->right;
	}
	print_message("%zu items; precision of all %.3f\n", items, (double)right / (double)spans);
	assert_true(items >= ITEMS_LEAST);
	for (int i = 0; i < TALLIES; i++) {
		const struct tally *t = &tallies[i];

		assert_true(t->items > 0 && t->spans > 0);
		assert_true((double)t->gone >= promised[i].recall * (double)t->items);
		assert_true((double)t->right >= promised_precision * (double)t->spans);
	}
}

static void check_mask(const char *text, size_t n, const char *name, const char *expected)
{
	struct tl_mask *mask = tl_mask_open();
	struct tl_buf out = {0};

	tl_buf_puts(&out, "");
	tl_mask_text(mask, &out, text, n, &name, name ? 1 : 0);
	assert_string_equal(out.data, expected);
	tl_buf_release(&out);
	tl_mask_close(mask);
}

static void kinds_stand_in_for_what_was_there(void **state)
{
	(void)state;
	check_mask("", 0, NULL, "");
#define CHECK(text, name, expected) check_mask(text, sizeof(text) - 1, name, expected)
	CHECK("nothing here", NULL, "nothing here");
	CHECK("a@b.example, 4111 1111 1111 1111, 192.0.2.1 and Jane", "Jane",
		"[email], [card], [ip] and [name]");
	CHECK("Mr Fox: DE89370400440532013000 @fox_77", NULL, "Mr [name]: [iban] [handle]");
	CHECK("https://a.example/?id=7 or +44 20 7946 0958.", NULL, "[link] or [phone].");
}

static void ill_formed_text_is_masked_all_the_same(void **state)
{
	(void)state;
	CHECK("\xff\xfe jane \xc3", "Jane", "\xff\xfe [name] \xc3");
	CHECK("M\xfcller a@b.example \x80", NULL, "M\xfcller [email] \x80");
}
#undef CHECK

/* Texts that invite to be read again and again; the limit of the run would end a slow one. */
static void long_texts_take_no_longer_than_their_length(void **state)
{
	static const char *const units[] = {"a", "1", "1 ", "a.", "a@", "@", ":", "1:", "http://a.",
		"x'", "+1", "(0", "de12", "Jane ", "mr ", "my name is ", "phone ", "1.", "u/",
		"skype:", "a dot ", "a at ", "(", "my son, ",
		"regards\n", "A. ", "A and ", "Ann van der ", "Regards A "};
	enum { LONG = 1 << 18 };
	struct tl_mask *mask = tl_mask_open();
	struct tl_buf text = {0}, out = {0};
	(void)state;

	for (size_t i = 0; i < TL_COUNT(units); i++) {
		tl_buf_clear(&text);
		tl_buf_clear(&out);
		while (text.len < LONG)
			tl_buf_puts(&text, units[i]);
		tl_mask_text(mask, &out, text.data, text.len, NULL, 0);
		assert_true(out.len > 0);
	}
	tl_buf_release(&text);
	tl_buf_release(&out);
	tl_mask_close(mask);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_sample_is_masked_as_promised),
		cmocka_unit_test(kinds_stand_in_for_what_was_there),
		cmocka_unit_test(ill_formed_text_is_masked_all_the_same),
		cmocka_unit_test(long_texts_take_no_longer_than_their_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
