/* Reporting: diagnostics are collected, counted and put in order; print.c and json.c show them.
 *
 * A diagnostic that is not kept (switched off, said before at the same place, or past the limit)
 * is answered with one shared dummy on which hints and notes are dropped, so that callers need not
 * ask.
 */
#include "diag/diag.h"

#include <stdlib.h>
#include <string.h>

enum { LIMIT = 1000 };

static struct tl_diag not_kept;

static bool same_place(
	const struct tl_diag *diag, enum tl_code code, struct tl_span at, const char *message)
{
	if (diag->code != code || diag->at.source != at.source)
		return false;
	return at.source ? diag->at.offset == at.offset : strcmp(diag->message, message) == 0;
}

static bool said_before(
	const struct tl_diags *diags, enum tl_code code, struct tl_span at, const char *message)
{
	for (size_t i = diags->count; i-- > 0;)
		if (same_place(diags->list[i], code, at, message))
			return true;
	return false;
}

static struct tl_diag *keep(struct tl_diags *diags, const struct tl_diag *diag)
{
	struct tl_diag *kept = tl_arena_new(&diags->arena, struct tl_diag);

	*kept = *diag;
	kept->serial = diags->count;
	diags->list = tl_arena_grow(
		&diags->arena, diags->list, diags->count, &diags->capacity, sizeof *diags->list);
	diags->list[diags->count++] = kept;
	return kept;
}

/* What the machine refused, not what was written wrong: band 07, and of band 05 what is about the
 * store, by the digits of the code. */
static bool is_failure(enum tl_code code)
{
	const char *digits = tl_catalogue[code].code;

	return strncmp(digits, "TL07", 4) == 0 || strncmp(digits, "TL08", 4) == 0 || strncmp(digits, "TL050", 5) == 0;
}

struct tl_diag *tl_diag_add(
	struct tl_diags *diags, enum tl_code code, struct tl_span at, const char *fmt, ...)
{
	struct tl_diag diag = {.code = code, .severity = tl_catalogue[code].severity, .at = at};
	size_t *counter;
	va_list args;

	if (diags->muted || (diag.severity == TL_WARNING && diags->off[code]))
		return &not_kept;
	if (diag.severity == TL_WARNING && diags->werror)
		diag.severity = TL_ERROR;
	if (diag.severity == TL_ERROR && at.source) /* handed out const; made by tl_diags_source */
		((struct tl_source *)at.source)->errors++;
	counter = diag.severity == TL_ERROR ? &diags->errors : &diags->warnings;
	if (*counter >= LIMIT) {
		++*counter;
		diags->suppressed++;
		return &not_kept;
	}
	va_start(args, fmt);
	diag.message = tl_arena_vprintf(&diags->arena, fmt, args);
	va_end(args);
	if (said_before(diags, code, at, diag.message))
		return &not_kept;
	++*counter;
	diags->failures += diag.severity == TL_ERROR && is_failure(code);
	return keep(diags, &diag);
}

void tl_diag_hint(struct tl_diags *diags, struct tl_diag *diag, const char *fmt, ...)
{
	va_list args;

	if (diag == &not_kept)
		return;
	va_start(args, fmt);
	diag->hint = tl_arena_vprintf(&diags->arena, fmt, args);
	va_end(args);
}

void tl_diag_note(
	struct tl_diags *diags, struct tl_diag *diag, struct tl_span at, const char *fmt, ...)
{
	struct tl_diag_note *note;
	va_list args;

	if (diag == &not_kept)
		return;
	note = tl_arena_new(&diags->arena, struct tl_diag_note);
	note->at = at;
	va_start(args, fmt);
	note->message = tl_arena_vprintf(&diags->arena, fmt, args);
	va_end(args);
	if (diag->last_note)
		diag->last_note->next = note;
	else
		diag->notes = note;
	diag->last_note = note;
}

void tl_diags_pass_on(
	struct tl_diags *to, const struct tl_diags *from, tl_diag_place *place, void *context)
{
	for (size_t i = 0; i < from->count; i++) {
		const struct tl_diag *said = from->list[i];
		struct tl_span at = place(context, said->at, said->severity == TL_ERROR);
		struct tl_diag *diag = tl_diag_add(to, said->code, at, "%s", said->message);
		if (said->hint)
			tl_diag_hint(to, diag, "%s", said->hint);
		for (const struct tl_diag_note *note = said->notes; note; note = note->next)
			tl_diag_note(to, diag, place(context, note->at, false), "%s", note->message);
	}
}

static int by_place(const void *a, const void *b)
{
	const struct tl_diag *x = *(struct tl_diag *const *)a, *y = *(struct tl_diag *const *)b;

	if (!x->at.source != !y->at.source)
		return x->at.source ? -1 : 1;
	if (x->at.source != y->at.source)
		return x->at.source->order < y->at.source->order ? -1 : 1;
	if (x->at.source && x->at.offset != y->at.offset)
		return x->at.offset < y->at.offset ? -1 : 1;
	return x->serial < y->serial ? -1 : x->serial > y->serial;
}

void tl_diags_sort(struct tl_diags *diags)
{
	if (diags->count)
		qsort(diags->list, diags->count, sizeof *diags->list, by_place);
}
