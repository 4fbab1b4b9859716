/* fuzz: any bytes as decisions, about a fixed journey, or, behind a byte 0, about the journey that
 * stands before it. What is applied reads as a journey without errors, says what was decided, so that
 * applying it again changes nothing, and differs by what the diff says.
 */
#include <stdlib.h>
#include <string.h>

#include "touchline/edit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char fixed[] =
	"<journey xmlns='urn:touchline:journey:1' id='j'>\n\t<title>J</title>\n"
	"\t<persona id='ann' name='Ann'/><department id='d'>D</department>\n\t<stage id='s'>\n"
	"\t\t<title>S</title>\n\t\t<touchpoint id='t' owner=\"d\">\n\t\t\t<title>T</title> <!-- c -->\n"
	"\t\t\t<emotion valence='1'\n\t\t\t         persona='ann' />\n"
	"\t\t\t<pain id='p' severity='2'>P &amp; <![CDATA[<p>]]></pain>\n\t\t</touchpoint>\n"
	"\t\t<touchpoint id='u'><title>U</title></touchpoint>\n\t</stage>\n</journey>";

static void require(bool condition)
{
	if (!condition)
		abort();
}

static void check(struct tl_arena *arena, const struct tl_decisions *decisions,
	const struct tl_edit *edit)
{
	struct tl_diags diags;
	struct tl_edit again;
	struct tl_buf diff = {0};

	tl_diags_init(&diags);
	const struct tl_journey *journey = tl_front_parse(
		arena, &diags, "no such folder/j.xml", edit->text.data, edit->text.len);
	require(journey && !diags.errors);
	require(tl_edit_apply(arena, &diags, journey, decisions, &again));
	require(again.changed == 0 && again.already == edit->changed + edit->already);
	require(again.text.len == edit->text.len);
	require(!memcmp(again.text.data, edit->text.data, edit->text.len));
	tl_edit_diff(&diff, "j.xml", edit->before->text, edit->before->length, edit->text.data,
		edit->text.len);
	/* what is set to what it says in other words changes something else */
	require(edit->changed || !diff.len);
	tl_buf_release(&diff);
	tl_buf_release(&again.text);
	tl_diags_release(&diags);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tl_arena arena;
	struct tl_diags diags;
	struct tl_edit edit;
	const char *bytes = (const char *)data, *source = fixed;
	const char *zero = size ? memchr(bytes, 0, size) : NULL;
	size_t length = strlen(fixed);

	if (zero) {
		source = bytes;
		length = (size_t)(zero - bytes);
		bytes = zero + 1;
		size -= length + 1;
	}
	tl_arena_init(&arena);
	tl_diags_init(&diags);
	const struct tl_decisions *decisions =
		tl_decisions_parse(&arena, &diags, "d.xml", bytes, size);
	const struct tl_journey *journey =
		tl_front_parse(&arena, &diags, "no such folder/j.xml", source, length);
	if (decisions && journey && !diags.errors &&
		tl_edit_apply(&arena, &diags, journey, decisions, &edit)) {
		check(&arena, decisions, &edit);
		tl_buf_release(&edit.text);
	}
	tl_diags_release(&diags);
	tl_arena_release(&arena);
	return 0;
}
