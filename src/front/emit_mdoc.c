/* front: the element reference of the manual, in mdoc: a subsection for each element. */
#include "front/emit.h"

#include <string.h>

/* Text for a line of its own: nothing in it is taken for a request or an escape. */
static void put_text(struct tl_buf *out, const char *text)
{
	if (*text == '.' || *text == '\'')
		tl_buf_puts(out, "\\&");
	for (; *text; text++) {
		if (*text == '\\')
			tl_buf_puts(out, "\\e");
		else if (*text == '-')
			tl_buf_puts(out, "\\-");
		else
			tl_buf_putc(out, *text);
	}
}

/* A new line for each sentence, and none longer than a terminal's: as mdoc wants it. */
static void put_line(struct tl_buf *out, const char *text)
{
	char word[128];
	size_t column = 0;

	while (*text) {
		size_t n = strcspn(text, " ");
		size_t kept = n < sizeof word - 1 ? n : sizeof word - 1;
		memcpy(word, text, kept);
		word[kept] = 0;
		if (column > 0)
			tl_buf_putc(out, column + 1 + n > 78 ? '\n' : ' ');
		column = column > 0 && column + 1 + n <= 78 ? column + 1 + n : n;
		put_text(out, word);
		text += n + (text[n] == ' ');
		if (kept > 0 && word[kept - 1] == '.' && *text) {
			tl_buf_putc(out, '\n');
			column = 0;
		}
	}
	tl_buf_putc(out, '\n');
}

static void put_range(struct tl_buf *out, const struct schema_attribute *row)
{
	tl_buf_puts(out, row->type == TYPE_INTEGER ? "A whole number from " : "A number from ");
	tl_buf_puts(out, row->min < 0 ? "\\-" : "");
	tl_buf_number(out, row->min < 0 ? -row->min : row->min, 6);
	tl_buf_puts(out, " to ");
	tl_buf_number(out, row->max, 6);
	tl_buf_puts(out, ".\n");
}

static void put_words(struct tl_buf *out, const struct tl_vocabulary *words)
{
	tl_buf_puts(out, "One of");
	for (size_t i = 0; i < words->count; i++) {
		tl_buf_puts(out, "\n.Cm ");
		put_text(out, words->words[i]);
		tl_buf_puts(out, i + 1 < words->count ? " ," : " .");
	}
	tl_buf_putc(out, '\n');
}

static void put_type(struct tl_buf *out, const struct schema_attribute *row)
{
	switch (row->type) {
	case TYPE_WORD:
	case TYPE_FLAG:
		put_words(out, row->words);
		break;
	case TYPE_INTEGER:
	case TYPE_NUMBER:
		put_range(out, row);
		break;
	case TYPE_DATE:
		put_line(out, "A day, as year-month-day.");
		break;
	case TYPE_DURATION:
		put_line(out, "A duration, as in ISO 8601.");
		break;
	case TYPE_LANGUAGE:
		put_line(out, "A language code, such as en or pt-BR.");
		break;
	default: /* the sentence says it */
		break;
	}
}

static void put_attribute(struct tl_buf *out, const struct schema_attribute *row)
{
	tl_buf_puts(out, ".It Cm ");
	put_text(out, row->name);
	tl_buf_puts(out, row->required ? " Pq required\n" : "\n");
	put_line(out, row->doc);
	put_type(out, row);
	if (!row->preset)
		return;
	tl_buf_puts(out, "The default is\n.Cm ");
	put_text(out, row->preset);
	tl_buf_puts(out, " .\n");
}

static void put_parents(struct tl_buf *out, enum schema_kind kind)
{
	const char *lead = "Stands in";

	for (enum schema_kind parent = 0; parent < EL_KINDS; parent++) {
		const struct schema_child *child = tl_schema_child(parent, kind);
		if (!child)
			continue;
		tl_buf_printf(out, "%s\n.Sy %s", lead, tl_schema_elements[parent].name);
		tl_buf_puts(out, child->required && child->many ? " Pq at least one"
				 : child->required              ? " Pq exactly one"
								: "");
		lead = " ,";
	}
	tl_buf_puts(out, *lead == 'S' ? "The root of a file.\n" : " .\n");
}

static void put_element(struct tl_buf *out, enum schema_kind kind)
{
	const struct schema_element *element = &tl_schema_elements[kind];

	tl_buf_printf(out, ".Ss %s\n", element->name);
	put_line(out, element->doc);
	put_parents(out, kind);
	if (element->content != CONTENT_NONE)
		put_line(out,
			element->content == CONTENT_REQUIRED ? "Has a text." : "May have a text.");
	if (element->attribute_count == 0)
		return;
	tl_buf_puts(out, ".Bl -tag -width Ds\n");
	for (size_t i = 0; i < element->attribute_count; i++)
		put_attribute(out, &element->attributes[i]);
	tl_buf_puts(out, ".El\n");
}

void tl_emit_mdoc(struct tl_buf *out)
{
	for (enum schema_kind kind = 0; kind < EL_KINDS; kind++)
		put_element(out, kind);
}
