/* draw/font: the part of the font that a scene needs, to be carried inside its SVG.
 *
 * The same font file that texts were measured with (fontconfig is asked as pango asks it) is cut
 * down to the characters in use and wrapped as WOFF. Faces are opened once a process. Layout
 * features stay as they are by default, so that kerning and ligatures come out as measured.
 *
 * Not embedded: fonts whose licence bits forbid it, variable fonts (a viewer would need to be told
 * which instance was measured), and what the font does not have (CJK, emoji), which viewers take
 * from fonts of their own.
 */
#include <string.h>
#include <fontconfig/fontconfig.h>
#include <hb-ot.h>
#include <hb-subset.h>
#include "draw/font.h"

enum { FACES = 4 }; /* by enum tl_text_flags */

struct face {
	hb_face_t *face; /* NULL: none to embed */
	hb_set_t *characters;
	bool looked_up;
};

static hb_face_t *open_face(unsigned flags)
{
	char families[] = TL_FONT, *rest = families, *family;
	FcPattern *pattern = FcPatternCreate(), *match;
	FcResult result;
	FcChar8 *file = NULL;
	int index = 0;
	hb_face_t *face = NULL;

	while ((family = strsep(&rest, ",")))
		FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)family);
	FcPatternAddInteger(
		pattern, FC_WEIGHT, flags & TL_BOLD ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR);
	FcPatternAddInteger(
		pattern, FC_SLANT, flags & TL_ITALIC ? FC_SLANT_ITALIC : FC_SLANT_ROMAN);
	FcConfigSubstitute(NULL, pattern, FcMatchPattern);
	FcDefaultSubstitute(pattern);
	match = FcFontMatch(NULL, pattern, &result);
	if (match && FcPatternGetString(match, FC_FILE, 0, &file) == FcResultMatch) {
		hb_blob_t *blob = hb_blob_create_from_file_or_fail((const char *)file);

		FcPatternGetInteger(match, FC_INDEX, 0, &index);
		if (blob)
			face = hb_face_create(blob, (unsigned)index);
		hb_blob_destroy(blob);
	}
	if (match)
		FcPatternDestroy(match);
	FcPatternDestroy(pattern);
	return face;
}

/* OS/2.fsType: bit 1 forbids embedding, bit 8 subsetting, bit 9 outlines. */
static bool may_embed(hb_face_t *face)
{
	hb_blob_t *os2 = hb_face_reference_table(face, HB_TAG('O', 'S', '/', '2'));
	unsigned length;
	const unsigned char *bytes = (const unsigned char *)hb_blob_get_data(os2, &length);
	bool allowed = length >= 10 && ((bytes[8] << 8 | bytes[9]) & 0x0302) == 0;

	hb_blob_destroy(os2);
	return allowed && !hb_ot_var_has_data(face);
}

static struct face *face_of(unsigned flags)
{
	static struct face faces[FACES];
	struct face *face = &faces[flags % FACES];

	if (face->looked_up)
		return face;
	face->looked_up = true;
	face->face = open_face(flags);
	face->characters = hb_set_create();
	if (face->face && !may_embed(face->face)) {
		hb_face_destroy(face->face);
		face->face = NULL;
	}
	if (face->face)
		hb_face_collect_unicodes(face->face, face->characters);
	return face;
}

static void add_text(hb_set_t *used[FACES], const struct tl_line *line)
{
	const char *p = line->text, *end = p + strlen(p);

	while (p < end)
		hb_set_add(used[line->flags % FACES], tl_utf8_next(&p, end));
}

static void collect(hb_set_t *used[FACES], const struct tl_scene *scene)
{
	for (size_t i = 0; i < scene->mark_count; i++)
		if (scene->marks[i].kind == TL_MARK_TEXT)
			add_text(used, &scene->marks[i].line);
	for (size_t i = 0; i < scene->box_count; i++)
		for (size_t k = 0; k < scene->boxes[i].line_count; k++)
			add_text(used, &scene->boxes[i].lines[k]);
}

static hb_blob_t *subset(hb_face_t *face, const hb_set_t *characters)
{
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	hb_face_t *small;
	hb_blob_t *blob = NULL;

	if (!input)
		return NULL;
	hb_set_union(hb_subset_input_unicode_set(input), characters);
	hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING);
	small = hb_subset_or_fail(face, input);
	if (small)
		blob = hb_face_reference_blob(small);
	hb_face_destroy(small);
	hb_subset_input_destroy(input);
	return blob;
}

static bool embed_face(
	struct tl_buf *out, unsigned flags, const char *family, const hb_set_t *characters)
{
	struct face *face = face_of(flags);
	struct tl_buf woff = {0};
	hb_blob_t *blob = subset(face->face, characters);
	unsigned size = 0;
	const char *bytes = blob ? hb_blob_get_data(blob, &size) : NULL;
	bool fine = bytes && tl_font_woff(&woff, (const unsigned char *)bytes, size);

	if (fine) {
		tl_buf_printf(out, "@font-face{font-family:\"%s\";", family);
		tl_buf_printf(out, "font-weight:%s;font-style:%s;", flags & TL_BOLD ? "700" : "400",
			flags & TL_ITALIC ? "italic" : "normal");
		tl_buf_puts(out, "src:url(data:font/woff;base64,");
		tl_font_base64(out, woff.data, woff.len);
		tl_buf_puts(out, ")format(\"woff\")}\n");
	}
	hb_blob_destroy(blob);
	tl_buf_release(&woff);
	return fine;
}

bool tl_font_embed(struct tl_buf *out, const struct tl_scene *scene, const char *family)
{
	hb_set_t *used[FACES];
	bool any = false;

	for (unsigned i = 0; i < FACES; i++)
		used[i] = hb_set_create();
	collect(used, scene);
	for (unsigned i = 0; i < FACES; i++) {
		if (!hb_set_is_empty(used[i]) && face_of(i)->face) {
			hb_set_intersect(used[i], face_of(i)->characters);
			if (!hb_set_is_empty(used[i]))
				any |= embed_face(out, i, family, used[i]);
		}
		hb_set_destroy(used[i]);
	}
	return any;
}

void tl_draw_fonts(struct tl_buf *out)
{
	const FcFontSet *fonts = FcConfigGetFonts(NULL, FcSetSystem);

	for (int i = 0; fonts && i < fonts->nfont; i++) {
		FcChar8 *file;
		int version = 0;

		FcPatternGetInteger(fonts->fonts[i], FC_FONTVERSION, 0, &version);
		if (FcPatternGetString(fonts->fonts[i], FC_FILE, 0, &file) == FcResultMatch)
			tl_buf_printf(out, "%s %d\n", (const char *)file, version);
	}
}
