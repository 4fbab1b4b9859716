/* draw/trim: page boxes. cairo writes how large a page is (MediaBox) and nothing else; where a sheet
 * is to be cut (TrimBox) goes into its pages afterwards, and the table of where each object begins is
 * set right. That table is text of fixed width, as PDF 1.4 has it.
 */
#include <stdlib.h>
#include <string.h>
#include "draw/pages.h"

enum { ENTRY = 20, DIGITS = 10 }; /* of the table: a line, and the place in it */

struct insertion {
	size_t at, length;
};

static const char *find(const struct tl_buf *in, size_t from, const char *what)
{
	return memmem(in->data + from, in->len - from, what, strlen(what));
}

/* The end of the line that says how large the next page is; NULL: there is none. */
static const char *page_line(const struct tl_buf *in, size_t from)
{
	const char *page = find(in, from, "<< /Type /Page ");
	const char *media = page ? find(in, (size_t)(page - in->data), "/MediaBox [") : NULL;

	return media ? find(in, (size_t)(media - in->data), "\n") : NULL;
}

static void put_box(struct tl_buf *out, const struct tl_sheet *sheet)
{
	double bottom = sheet->scene->height - sheet->top - sheet->h;
	double edges[] = {sheet->left, bottom, sheet->left + sheet->w, bottom + sheet->h};

	tl_buf_puts(out, "\n   /TrimBox [ ");
	for (size_t i = 0; i < TL_COUNT(edges); i++) {
		tl_buf_number(out, edges[i], 6);
		tl_buf_putc(out, ' ');
	}
	tl_buf_puts(out, "]");
}

/* Copies with a box for every page. False: this is not as cairo writes it. */
static bool copy(struct tl_buf *out, const struct tl_buf *in, const struct tl_sheet *sheets,
	size_t count, struct insertion *made)
{
	size_t from = 0;

	for (size_t i = 0; i < count; i++) {
		const char *line = page_line(in, from);
		size_t to = line ? (size_t)(line - in->data) : 0, before;

		if (!line)
			return false;
		tl_buf_put(out, in->data + from, to - from);
		before = out->len;
		put_box(out, &sheets[i]);
		made[i] = (struct insertion){to, out->len - before};
		from = to;
	}
	tl_buf_put(out, in->data + from, in->len - from);
	return true;
}

static size_t moved(size_t place, const struct insertion *made, size_t count)
{
	size_t by = 0;

	for (size_t i = 0; i < count && made[i].at < place; i++)
		by += made[i].length;
	return place + by;
}

/* Sets the table right, and the line that says where it is. */
static bool mend(struct tl_buf *out, size_t table, const struct insertion *made, size_t count)
{
	size_t n, place = moved(table, made, count);
	char *at = out->data + place, *end;

	if (place >= out->len || strncmp(at, "xref\n0 ", 7) != 0)
		return false;
	n = strtoul(at + 7, &end, 10);
	if (*end != '\n' || (size_t)(out->data + out->len - end) < n * ENTRY)
		return false;
	for (char *entry = end + 1; n--; entry += ENTRY) {
		char digits[DIGITS + 24];

		snprintf(digits, sizeof digits, "%0*zu", DIGITS,
			moved(strtoul(entry, NULL, 10), made, count));
		if (entry[DIGITS + 7] == 'n')
			memcpy(entry, digits, DIGITS);
	}
	out->len = (size_t)(strstr(end, "startxref\n") - out->data);
	tl_buf_printf(out, "startxref\n%zu\n%%%%EOF\n", place);
	return true;
}

bool tl_pdf_trim(struct tl_buf *out, size_t start, struct tl_diags *diags,
	const struct tl_sheet *sheets, size_t count)
{
	static const struct tl_span nowhere;
	const struct tl_buf in = {.data = out->data + start, .len = out->len - start};
	struct insertion *made = calloc(count, sizeof *made);
	struct tl_buf boxed = {0};
	const char *last = NULL, *next = in.data;
	bool fine;

	if (!made)
		tl_die_of_memory(count * sizeof *made);
	while ((next = find(&in, (size_t)(next - in.data), "startxref\n")))
		last = next++;
	fine = last && copy(&boxed, &in, sheets, count, made) &&
	       mend(&boxed, strtoul(last + strlen("startxref\n"), NULL, 10), made, count);
	out->len = start;
	if (fine)
		tl_buf_put(out, boxed.data, boxed.len);
	else
		tl_diag_add(diags, TL0702, nowhere,
			"cairo on '%s': the pages of its PDF are not where they were expected",
			sheets[0].scene->id);
	free(made);
	tl_buf_release(&boxed);
	return fine;
}
