/* text: the one file that talks to pango.
 *
 * Graphviz's pango plugin lays text out at 96 dpi with full hinting and hinted metrics and scales
 * by 72/96; the same context here gives the same widths to the last digit. Invariant: a (text,
 * size, flags) is measured once, and a (text, size, flags, width, limit) is wrapped once. Both
 * caches live in one arena of the process and start afresh when it grows past CACHE_LIMIT, so that
 * a watching process stays bounded.
 */
#include <math.h>
#include <string.h>
#include <pango/pangocairo.h>
#include "map/text.h"

enum { CACHE_LIMIT = 32 << 20 };
#define TO_POINTS (72.0 / (96.0 * PANGO_SCALE))

struct cached_width {
	double width;
};
struct cached_wrap {
	struct tl_wrapped wrapped;
};

static struct tl_arena cache_arena;
static struct tl_table widths, wraps;
static PangoFontMap *font_map;
static PangoContext *unhinted;
static PangoLayout *single, *multi;
static size_t measured;

static PangoFontDescription *font(double size, unsigned flags)
{
	static struct {
		double size;
		unsigned flags;
		PangoFontDescription *description;
	} fonts[32];
	static size_t count;
	for (size_t i = 0; i < count; i++)
		if (fonts[i].size == size && fonts[i].flags == flags)
			return fonts[i].description;
	PangoFontDescription *d = pango_font_description_from_string(TL_FONT);
	pango_font_description_set_size(d, (gint)(size * PANGO_SCALE));
	if (flags & TL_BOLD)
		pango_font_description_set_weight(d, PANGO_WEIGHT_BOLD);
	if (flags & TL_ITALIC)
		pango_font_description_set_style(d, PANGO_STYLE_ITALIC);
	size_t slot = count < TL_COUNT(fonts) ? count++ : 0;
	if (fonts[slot].description)
		pango_font_description_free(fonts[slot].description);
	fonts[slot].size = size;
	fonts[slot].flags = flags;
	fonts[slot].description = d;
	return d;
}

/* hinted: on the pixels of 96 dpi, as Graphviz measures; else where the font has it at any size. */
static PangoContext *context_new(bool hinted)
{
	PangoContext *context = pango_font_map_create_context(font_map);
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	cairo_font_options_set_hint_style(
		options, hinted ? CAIRO_HINT_STYLE_FULL : CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(
		options, hinted ? CAIRO_HINT_METRICS_ON : CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(context, options);
	pango_cairo_context_set_resolution(context, 96);
	pango_context_set_round_glyph_positions(context, hinted);
	cairo_font_options_destroy(options);
	return context;
}

static void start(void)
{
	if (single)
		return;
	font_map = pango_cairo_font_map_new();
	PangoContext *context = context_new(true);
	single = pango_layout_new(context);
	multi = pango_layout_new(context);
	pango_layout_set_wrap(multi, PANGO_WRAP_WORD_CHAR);
	g_object_unref(context);
	tl_arena_init(&cache_arena);
	tl_table_init(&widths, &cache_arena);
	tl_table_init(&wraps, &cache_arena);
}

static void bound_cache(void)
{
	if (cache_arena.used < CACHE_LIMIT)
		return;
	tl_arena_release(&cache_arena);
	tl_arena_init(&cache_arena);
	tl_table_init(&widths, &cache_arena);
	tl_table_init(&wraps, &cache_arena);
}

/* A key that no other question has: the parameters, then the text. */
static const char *cache_key(const char *text, double size, unsigned flags, double width,
	size_t limit)
{
	static struct tl_buf key;
	tl_buf_clear(&key);
	tl_buf_printf(&key, "%d %u %d %zu ", (int)size, flags, (int)width, limit);
	tl_buf_puts(&key, text);
	return key.data;
}

double tl_text_pitch(double size)
{
	return ceil(1.28 * size);
}

double tl_text_room(double width)
{
	return width - fmax(2, ceil(width * 0.024));
}

size_t tl_text_measured(void)
{
	return measured;
}

static double measure(const char *text, double size, unsigned flags)
{
	PangoRectangle logical;
	pango_layout_set_font_description(single, font(size, flags));
	pango_layout_set_text(single, text, -1);
	pango_layout_get_extents(single, NULL, &logical);
	measured++;
	return logical.width * TO_POINTS;
}

static void remember(const char *text, double size, unsigned flags, double width)
{
	const char *key = cache_key(text, size, flags, 0, 0);
	if (tl_table_get(&widths, key))
		return;
	struct cached_width *entry = tl_arena_new(&cache_arena, struct cached_width);
	entry->width = width;
	tl_table_add(&widths, tl_arena_strdup(&cache_arena, key), entry);
}

double tl_text_width(const char *text, double size, unsigned flags)
{
	if (!text || !*text)
		return 0;
	start();
	const struct cached_width *known =
		tl_table_get(&widths, cache_key(text, size, flags, 0, 0));
	if (known)
		return known->width;
	bound_cache();
	double width = measure(text, size, flags);
	remember(text, size, flags, width);
	return width;
}

/* Cuts text so that it fits with an ellipsis behind it, on a boundary between characters. */
static char *ellipsize(const char *text, size_t length, struct tl_style style, double room)
{
	char *cut = tl_arena_alloc(&cache_arena, length + sizeof "…");
	memcpy(cut, text, length);
	for (;;) {
		while (length && cut[length - 1] == ' ')
			length--;
		memcpy(cut + length, "…", sizeof "…");
		if (length == 0 || measure(cut, style.size, style.flags) <= room)
			return cut;
		do
			length--;
		while (length && ((unsigned char)cut[length] & 0xC0) == 0x80);
	}
}

/* One line of the layout as a text of its own. A word that had to be broken gets a hyphen where
 * its script has one; pango sets it without there being a character. */
static struct tl_line take_line(
	PangoLayoutLine *line, const char *text, struct tl_style style, bool hyphen)
{
	size_t from = (size_t)pango_layout_line_get_start_index(line);
	size_t length = (size_t)pango_layout_line_get_length(line);
	while (length && text[from + length - 1] == ' ')
		length--;
	static const char soft[] = "\xC2\xAD";
	if (hyphen && length >= 2 && memcmp(text + from + length - 2, soft, 2) == 0)
		length -= 2;
	PangoRectangle logical;
	pango_layout_line_get_extents(line, NULL, &logical);
	struct tl_line result = {.size = style.size, .flags = style.flags};
	result.text = tl_arena_printf(
		&cache_arena, "%.*s%s", (int)length, text + from, hyphen ? "-" : "");
	result.width = logical.width * TO_POINTS;
	return result;
}

/* Whether pango breaks before the character at byte `index` with a hyphen. Characters are counted
 * onward from the last call's place, so a whole text costs one pass. */
static bool hyphen_before(const char *text, size_t index, size_t *byte, size_t *character)
{
	gint count;
	const PangoLogAttr *attributes = pango_layout_get_log_attrs_readonly(multi, &count);
	for (; *byte < index; ++*byte)
		*character += ((unsigned char)text[*byte] & 0xC0) != 0x80;
	return *character < (size_t)count && attributes[*character].break_inserts_hyphen &&
		text[index - 1] != ' ';
}

static struct tl_wrapped wrap(
	const char *text, struct tl_style style, double room, size_t max_lines)
{
	pango_layout_set_font_description(multi, font(style.size, style.flags));
	pango_layout_set_text(multi, text, -1);
	pango_layout_set_width(multi, (int)(room / TO_POINTS));
	measured++;
	size_t total = (size_t)pango_layout_get_line_count(multi);
	size_t count = total < max_lines ? total : max_lines, byte = 0, character = 0;
	struct tl_wrapped result = {.count = count};
	result.lines = tl_arena_array(&cache_arena, struct tl_line, count);
	for (size_t i = 0; i < count; i++) {
		PangoLayoutLine *line = pango_layout_get_line_readonly(multi, (int)i);
		size_t end = (size_t)(pango_layout_line_get_start_index(line) +
			pango_layout_line_get_length(line));
		bool hyphen = i + 1 < total && end && hyphen_before(text, end, &byte, &character);
		result.lines[i] = take_line(line, text, style, hyphen);
		if (i == 0)
			result.rtl = pango_layout_line_get_resolved_direction(line) ==
				PANGO_DIRECTION_RTL;
	}
	for (size_t i = 0; i < count; i++) {
		struct tl_line *line = &result.lines[i];
		/* Pango does not break inside a grapheme, however wide that is. */
		if (line->width > room || (i + 1 == count && total > count)) {
			line->text = ellipsize(line->text, strlen(line->text), style, room);
			line->width = measure(line->text, style.size, style.flags);
			result.cut = true;
		}
		result.width = fmax(result.width, result.lines[i].width);
		remember(result.lines[i].text, style.size, style.flags, result.lines[i].width);
	}
	return result;
}

struct tl_wrapped tl_text_wrap(struct tl_arena *arena, const char *text, struct tl_style style,
	double width, size_t max_lines)
{
	struct tl_wrapped result = {0};
	if (!text || !*text || max_lines == 0)
		return result;
	start();
	double room = floor(tl_text_room(width));
	const char *key = cache_key(text, style.size, style.flags, room, max_lines);
	struct cached_wrap *known = tl_table_get(&wraps, key);
	if (!known) {
		bound_cache();
		key = tl_arena_strdup(&cache_arena, key);
		known = tl_arena_new(&cache_arena, struct cached_wrap);
		known->wrapped = wrap(text, style, room, max_lines);
		tl_table_add(&wraps, key, known);
	}
	result = known->wrapped;
	result.lines = tl_arena_array(arena, struct tl_line, result.count);
	for (size_t i = 0; i < result.count; i++) {
		result.lines[i] = known->wrapped.lines[i];
		result.lines[i].color = style.color;
		result.lines[i].text = tl_arena_strdup(arena, result.lines[i].text);
	}
	return result;
}

void *tl_text_layout(
	const char *text, double size, unsigned flags, double *width, double *baseline)
{
	PangoRectangle logical;
	start();
	if (!unhinted)
		unhinted = context_new(false);
	PangoLayout *layout = pango_layout_new(unhinted);
	pango_layout_set_font_description(layout, font(size, flags));
	pango_layout_set_text(layout, text, -1);
	pango_layout_get_extents(layout, NULL, &logical);
	*width = logical.width * TO_POINTS;
	*baseline = pango_layout_get_baseline(layout) * TO_POINTS;
	return layout;
}

void tl_text_layout_free(void *layout)
{
	g_object_unref(layout);
}
