/* Edits look as if the author had made them, and touch nothing else: layouts that people use, each
 * with decisions and the exact text that they are to lead to. Applying them again changes nothing. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "touchline/edit.h"

/* What stands in the stage; before and behind it the same in all. */
struct layout {
	const char *name, *source, *decisions, *expected;
};

static const char head[] =
	"<journey xmlns='urn:touchline:journey:1' id='j'><title>J</title>"
	"<persona id='ann' name='Ann'/><department id='d'>D</department>"
	"<department id='e'>E</department><stage id='s'><title>S</title>";
static const char tail[] = "</stage></journey>";

static const struct layout layouts[] = {
	{"tabs, and a comment that stays with its line",
		"\n\t<touchpoint id=\"t\">\n\t\t<title>T</title>\n"
		"\t\t<pain id=\"p\">Slow</pain> <!-- ask Kim -->\n\t\t<!-- ways -->\n\t</touchpoint>\n",
		"<pain id='q' severity='2'>Dear</pain>",
		"\n\t<touchpoint id=\"t\">\n\t\t<title>T</title>\n"
		"\t\t<pain id=\"p\">Slow</pain> <!-- ask Kim -->\n"
		"\t\t<pain id=\"q\" severity=\"2\">Dear</pain>\n\t\t<!-- ways -->\n\t</touchpoint>\n"},
	{"CRLF, single quotes, no indentation",
		"\r\n<touchpoint id='t'>\r\n<title>T</title>\r\n<emotion valence='1'/>\r\n</touchpoint>",
		"<emotion valence='-1' feeling=\"can't\"/><pain id='p'>Slow</pain>",
		"\r\n<touchpoint id='t'>\r\n<title>T</title>\r\n"
		"<emotion valence='-1' feeling='can&apos;t'/>\r\n<pain id='p'>Slow</pain>\r\n</touchpoint>"},
	{"line ends of old", "\r<touchpoint id='t'>\r <title>T</title>\r</touchpoint>",
		"<goal>G</goal>", "\r<touchpoint id='t'>\r <title>T</title>\r <goal>G</goal>\r</touchpoint>"},
	{"an element without text gets one",
		"<touchpoint id='t'><title>T</title><emotion valence='1' /></touchpoint>",
		"<emotion valence='1'>Fine &lt;&amp; dandy></emotion>",
		"<touchpoint id='t'><title>T</title>"
		"<emotion valence='1'>Fine &lt;&amp; dandy&gt;</emotion></touchpoint>"},
	{"one that has only white space", "<touchpoint id='t'><title>T</title><emotion valence='1'>\n </emotion></touchpoint>",
		"<emotion>Fine</emotion>",
		"<touchpoint id='t'><title>T</title><emotion valence='1'>Fine</emotion></touchpoint>"},
	{"CDATA and comments in a text, and white space around it",
		"<touchpoint id='t'><title>T</title>"
		"<pain id='p'>\n  <!-- a -->Old <![CDATA[<b>]]> <!-- b --> text\n </pain></touchpoint>",
		"<pain id='p'>New</pain>",
		"<touchpoint id='t'><title>T</title>"
		"<pain id='p'>\n  <!-- a -->New <!-- b -->\n </pain></touchpoint>"},
	{"a touchpoint on one line that has room",
		"\n  <touchpoint id='t'><title>T</title></touchpoint>\n", "<emotion valence='0'/>",
		"\n  <touchpoint id='t'><title>T</title><emotion valence='0'/></touchpoint>\n"},
	{"with spaces between", "\n  <touchpoint id='t'> <title>T</title> <next to='t2'/> </touchpoint>"
				"<touchpoint id='t2'><title>U</title></touchpoint>",
		"<goal>G</goal>",
		"\n  <touchpoint id='t'> <title>T</title> <goal>G</goal> <next to='t2'/> </touchpoint>"
		"<touchpoint id='t2'><title>U</title></touchpoint>"},
	{"one that has none",
		"\n  <touchpoint id='t'><title>T</title><goal>G</goal></touchpoint> <!-- c -->\n",
		"<pain id='p'>A sentence of which nobody will say that it has room on the line of a "
		"touchpoint</pain><emotion valence='0'/>",
		"\n  <touchpoint id='t'>\n    <title>T</title>\n    <goal>G</goal>\n    <emotion valence='0'/>\n"
		"    <pain id='p'>A sentence of which nobody will say that it has room on the line of a "
		"touchpoint</pain>\n  </touchpoint> <!-- c -->\n"},
	{"a title behind the start tag, the rest below",
		"\n <touchpoint id='t'><title>T</title>\n   <next to='t'/>\n </touchpoint>",
		"<goal>G</goal>",
		"\n <touchpoint id='t'><title>T</title>\n   <goal>G</goal>\n   <next to='t'/>\n </touchpoint>"},
	{"attributes: set, added where they usually stand, taken away",
		"<touchpoint id='t'><title>T</title>\n<pain id='p' severity = \"2\" cause='tools'\n"
		"  owner='d' due='2027-01-01'\n  evidence='x'>Slow</pain></touchpoint>",
		"<pain id='p' kind='delay' severity='5' cause='' owner='' evidence='' status='open'/>",
		"<touchpoint id='t'><title>T</title>\n<pain id='p' kind='delay' severity = \"5\" status='open'\n"
		"  due='2027-01-01'>Slow</pain></touchpoint>"},
	{"a tag that gets long",
		"\n\t<touchpoint id='t'>\n\t\t<title>T</title>\n"
		"\t\t<pain id='p' evidence='A long story that goes on nearly to the end of the line'>Slow</pain>\n"
		"\t</touchpoint>",
		"<pain id='p' status='in-progress' owner='d'/>"
		"<pain id='q' kind='unfairness-procedural' evidence='Another long story, which goes on and on'"
		" expectation='x'>U</pain><expectation id='x'>X</expectation>",
		"\n\t<touchpoint id='t'>\n\t\t<title>T</title>\n\t\t<expectation id='x'>X</expectation>\n"
		"\t\t<pain id='p' owner='d'\n"
		"\t\t      status='in-progress' evidence='A long story that goes on nearly to the end of the line'>Slow</pain>\n"
		"\t\t<pain id='q' kind='unfairness-procedural' evidence='Another long story, which goes on and on'\n"
		"\t\t      expectation='x'>U</pain>\n\t</touchpoint>"},
	{"what it says in other words", "<touchpoint id='t' owner=' d '><title>T</title>"
					 "<pain id='p'>A &#x26; b\n  c</pain></touchpoint>",
		"<pain id='p'>A &amp; b c</pain>", NULL},
	{"an expectation without an id is known by its text",
		"<touchpoint id='t'><title>T</title><expectation>Soon</expectation></touchpoint>",
		"<expectation kind='time'>Soon</expectation>",
		"<touchpoint id='t'><title>T</title><expectation kind='time'>Soon</expectation></touchpoint>"},
	{"each persona has an emotion",
		"<touchpoint id='t'><title>T</title><emotion persona='ann' valence='1'/></touchpoint>",
		"<emotion valence='-1'/><emotion persona='ann' valence='2'/>",
		"<touchpoint id='t'><title>T</title><emotion persona='ann' valence='2'/>"
		"<emotion valence='-1'/></touchpoint>"},
	{"the title", "<touchpoint id='t'><title>T</title></touchpoint>", "<title>U</title>",
		"<touchpoint id='t'><title>U</title></touchpoint>"},
};

static void around(struct tl_buf *out, const char *before, const char *inner, const char *behind)
{
	tl_buf_printf(out, "%s%s%s", before, inner, behind);
}

static void expect_text(const struct layout *layout, const struct tl_buf *text, const char *expected)
{
	if (text->len == strlen(expected) && !memcmp(text->data, expected, text->len))
		return;
	print_error("%s:\n%s\n-- instead of --\n%s\n", layout->name, text->data, expected);
	fail();
}

/* expected NULL: the decisions change nothing. */
static void apply(const struct layout *layout, const char *decisions, const char *source,
	const char *expected)
{
	struct tl_arena arena;
	struct tl_diags diags;
	struct tl_edit edit;

	tl_arena_init(&arena);
	tl_diags_init(&diags);
	const struct tl_decisions *decided =
		tl_decisions_parse(&arena, &diags, "d.xml", decisions, strlen(decisions));
	const struct tl_journey *journey =
		tl_front_parse(&arena, &diags, "j.xml", source, strlen(source));
	if (!decided || !journey || !tl_edit_apply(&arena, &diags, journey, decided, &edit)) {
		print_error("%s:\n", layout->name);
		tl_diags_print(&diags, stderr, false);
		fail();
	}
	expect_text(layout, &edit.text, expected ? expected : source);
	assert_int_equal(edit.changed > 0, expected != NULL);
	assert_true(edit.changed + edit.already > 0);
	tl_buf_release(&edit.text);
	tl_diags_release(&diags);
	tl_arena_release(&arena);
}

static void every_layout_is_kept(void **state)
{
	static const char bom[] = "\357\273\277";
	(void)state;

	for (size_t i = 0; i < TL_COUNT(layouts) * 2; i++) {
		const struct layout *layout = &layouts[i / 2];
		struct tl_buf before = {0}, after = {0}, decisions = {0};
		const char *expected = layout->expected ? layout->expected : layout->source;

		if (i % 2) {
			tl_buf_puts(&before, bom);
			tl_buf_puts(&after, bom);
		}
		around(&before, head, layout->source, tail);
		around(&after, head, expected, tail);
		around(&decisions,
			"<d:decisions xmlns:d='urn:touchline:decisions:1' xmlns='urn:touchline:decisions:1'>"
			"<journey id='j'><touchpoint id='t'>",
			layout->decisions, "</touchpoint></journey></d:decisions>");
		apply(layout, decisions.data, before.data, layout->expected ? after.data : NULL);
		apply(layout, decisions.data, after.data, NULL);
		tl_buf_release(&before);
		tl_buf_release(&after);
		tl_buf_release(&decisions);
	}
}

static void prefixes_of_the_source_are_used(void **state)
{
	static const struct layout layout = {.name = "prefixes"};
	static const char decisions[] =
		"<decisions xmlns='urn:touchline:decisions:1'><journey id='j'><touchpoint id='t'>"
		"<emotion valence='1'>E</emotion></touchpoint></journey></decisions>";
	static const char frame[] =
		"<x:journey xmlns:x='urn:touchline:journey:1' id='j'><x:title>J</x:title><x:stage id='s'>"
		"<x:title>S</x:title><x:touchpoint id='t'><x:title>T</x:title>%s</x:touchpoint>"
		"</x:stage></x:journey>\n";
	char before[1000], after[1000];
	(void)state;

	snprintf(before, sizeof before, frame, "");
	snprintf(after, sizeof after, frame, "<x:emotion valence='1'>E</x:emotion>");
	apply(&layout, decisions, before, after);
	snprintf(before, sizeof before, frame, "<x:emotion valence='1'/>");
	apply(&layout, decisions, before, after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_layout_is_kept),
		cmocka_unit_test(prefixes_of_the_source_are_used),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
