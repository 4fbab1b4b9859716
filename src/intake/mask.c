/* Masking: everything in a text that names a person gives way to a word for its kind.
 *
 * A glance at the bytes tells which shapes (mask_shapes.c) are possible at all; each of those looks
 * through the text in turn, and what one has claimed the later ones leave alone. Names come last
 * (names.c). Patterns run on bytes, so that ill-formed text needs no care. Where the matcher gives
 * up, the rest of the text counts as found: nothing passes because it was hard to read.
 *
 * Memory: proportional to the longest text, given back after an unusually long one.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "intake/mask.h"

const char *const mask_words[MASK_KINDS] = {
	"email", "phone", "card", "ip", "iban", "link", "handle", "name"};

enum { JIT_STACK_FIRST = 32 << 10, JIT_STACK_MOST = 512 << 10, SPANS_KEPT = 4096 };

struct tl_mask {
	pcre2_code **codes; /* one a shape */
	pcre2_match_data *match;
	pcre2_match_context *context;
	pcre2_jit_stack *stack;
	struct names *names;
	struct mask_spans taken, fresh, merged;
};

static void *must(void *pointer)
{
	if (!pointer)
		tl_die_of_memory(0);
	return pointer;
}

struct tl_mask *tl_mask_open(void)
{
	struct tl_mask *mask = must(calloc(1, sizeof *mask));

	mask->codes = must(calloc(shape_count, sizeof(pcre2_code *)));
	mask->match = must(pcre2_match_data_create(8, NULL));
	mask->context = must(pcre2_match_context_create(NULL));
	mask->stack = must(pcre2_jit_stack_create(JIT_STACK_FIRST, JIT_STACK_MOST, NULL));
	pcre2_jit_stack_assign(mask->context, NULL, mask->stack);
	for (size_t i = 0; i < shape_count; i++) {
		int error;
		PCRE2_SIZE at;

		mask->codes[i] = pcre2_compile((PCRE2_SPTR)shapes[i].pattern, PCRE2_ZERO_TERMINATED,
			PCRE2_EXTENDED | PCRE2_CASELESS, &error, &at, NULL);
		if (!mask->codes[i])
			tl_die("a pattern of the mask does not compile");
		/* Without a compiler for this machine the patterns are interpreted. */
		pcre2_jit_compile(mask->codes[i], PCRE2_JIT_COMPLETE);
	}
	mask->names = names_open();
	return mask;
}

void tl_mask_close(struct tl_mask *mask)
{
	if (!mask)
		return;
	for (size_t i = 0; i < shape_count; i++)
		pcre2_code_free(mask->codes[i]);
	free(mask->codes);
	pcre2_match_data_free(mask->match);
	pcre2_match_context_free(mask->context);
	pcre2_jit_stack_free(mask->stack);
	names_close(mask->names);
	free(mask->taken.list);
	free(mask->fresh.list);
	free(mask->merged.list);
	free(mask);
}

void mask_spans_add(struct mask_spans *spans, size_t from, size_t to, enum mask_kind kind)
{
	if (spans->count == spans->capacity) {
		spans->capacity = spans->capacity ? 2 * spans->capacity : 64;
		spans->list = must(realloc(spans->list, spans->capacity * sizeof *spans->list));
	}
	spans->list[spans->count++] = (struct mask_span){from, to, kind};
}

/* The fresh spans go in among those that were taken; both are in order and do not overlap. */
static void take_fresh(struct tl_mask *mask)
{
	struct mask_spans *taken = &mask->taken, *fresh = &mask->fresh, swap;
	size_t i = 0, k = 0;

	if (!fresh->count)
		return;
	mask->merged.count = 0;
	while (i < taken->count || k < fresh->count) {
		bool old = k == fresh->count ||
			   (i < taken->count && taken->list[i].from < fresh->list[k].from);
		struct mask_span span = old ? taken->list[i++] : fresh->list[k++];

		mask_spans_add(&mask->merged, span.from, span.to, span.kind);
	}
	swap = mask->taken;
	mask->taken = mask->merged;
	mask->merged = swap;
	fresh->count = 0;
}

static void find_shape(struct tl_mask *mask, size_t index, const char *text, size_t n)
{
	const struct shape *shape = &shapes[index];
	const struct mask_spans *taken = &mask->taken;
	const PCRE2_SIZE *place = pcre2_get_ovector_pointer(mask->match);
	size_t at = 0, next = 0;

	while (at < n) {
		int got = pcre2_match(
			mask->codes[index], (PCRE2_SPTR)text, n, at, 0, mask->match, mask->context);
		if (got == PCRE2_ERROR_NOMATCH)
			break;
		size_t from = got < 0 ? at : place[0], to = got < 0 ? n : place[1];

		while (next < taken->count && taken->list[next].to <= from)
			next++;
		if (next < taken->count && taken->list[next].from < to) {
			at = taken->list[next].to;
		} else if (got < 0 || !shape->check || shape->check(text, &from, &to)) {
			mask_spans_add(&mask->fresh, from, to, shape->kind);
			at = to;
		} else {
			at = from + 1;
		}
	}
	take_fresh(mask);
}

struct glance {
	unsigned has, digits; /* of enum shape_needs; how many */
};
static struct glance look_at(const char *text, size_t n)
{
	static const unsigned char kinds[256] = {['@'] = SHAPE_AT,
		['/'] = SHAPE_SLASH,
		[':'] = SHAPE_COLON,
		['.'] = SHAPE_DOT,
		['('] = SHAPE_BRACKET,
		['['] = SHAPE_BRACKET};
	struct glance glance = {0, 0};

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];

		glance.has |= kinds[c];
		glance.digits += (unsigned)(c - '0') < 10;
	}
	if (memmem(text, n, " dot ", 5))
		glance.has |= SHAPE_SPOKEN;
	return glance;
}

static void find_shapes(
	struct tl_mask *mask, struct glance glance, bool asked, const char *text, size_t n)
{
	for (size_t i = 0; i < shape_count; i++)
		if ((glance.has & shapes[i].needs) == shapes[i].needs &&
			glance.digits >= shapes[i].digits && shapes[i].asked == asked)
			find_shape(mask, i, text, n);
}

const struct mask_spans *mask_find(struct tl_mask *mask, const char *text, size_t n,
	const char *const *names, size_t name_count)
{
	struct glance glance = look_at(text, n);
	bool handles = false;

	if (mask->taken.capacity > SPANS_KEPT) {
		free(mask->taken.list);
		free(mask->fresh.list);
		free(mask->merged.list);
		mask->taken = mask->fresh = mask->merged = (struct mask_spans){0};
	}
	mask->taken.count = mask->fresh.count = 0;
	find_shapes(mask, glance, false, text, n);
	names_find(mask->names, &mask->fresh, &mask->taken, text, n, names, name_count, &handles);
	take_fresh(mask);
	if (handles)
		find_shapes(mask, glance, true, text, n);
	return &mask->taken;
}

void tl_mask_text(struct tl_mask *mask, struct tl_buf *out, const char *text, size_t n,
	const char *const *names, size_t name_count)
{
	const struct mask_spans *spans = mask_find(mask, text, n, names, name_count);
	size_t at = 0;

	for (size_t i = 0; i < spans->count; i++) {
		const struct mask_span *span = &spans->list[i];

		tl_buf_put(out, text + at, span->from - at);
		tl_buf_putc(out, '[');
		tl_buf_puts(out, mask_words[span->kind]);
		tl_buf_putc(out, ']');
		at = span->to;
	}
	tl_buf_put(out, text + at, n - at);
}
