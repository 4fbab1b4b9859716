/* The files of the page, taken in as they are by the assembler, and its words. */
#include "serve/page.h"
#include "touchline/report.h"
#include "touchline/words.h"

#define HTML "text/html; charset=utf-8"
#define CSS "text/css; charset=utf-8"
#define JS "text/javascript; charset=utf-8"

/* The one list: ASSET(symbol, name, type). */
#define ASSETS                                                                                     \
	ASSET(page, "page.html", HTML)                                                             \
	ASSET(style, "page.css", CSS)                                                              \
	ASSET(icon, "icon.svg", "image/svg+xml")                                                   \
	ASSET(theme, "theme.js", JS)                                                               \
	ASSET(dom, "dom.js", JS)                                                                   \
	ASSET(words, "words.js", JS)                                                               \
	ASSET(state, "state.js", JS)                                                               \
	ASSET(connection, "connection.js", JS)                                                     \
	ASSET(dialog, "dialog.js", JS)                                                             \
	ASSET(map, "map.js", JS)                                                                   \
	ASSET(list, "list.js", JS)                                                                 \
	ASSET(panel, "panel.js", JS)                                                               \
	ASSET(things, "things.js", JS)                                                             \
	ASSET(feel, "feel.js", JS)                                                                 \
	ASSET(board, "board.js", JS)                                                               \
	ASSET(join, "join.js", JS)                                                                 \
	ASSET(facilitator, "facilitator.js", JS)                                                   \
	ASSET(outcome, "outcome.js", JS)                                                           \
	ASSET(editor, "editor.js", JS)                                                             \
	ASSET(main, "main.js", JS)

#define ASSET(symbol, name, type)                                                                  \
	__asm__(".pushsection .rodata\n"                                                          \
		".local asset_" #symbol ", asset_" #symbol "_end\n"                               \
		"asset_" #symbol ": .incbin \"src/serve/page/" name "\"\n"                        \
		"asset_" #symbol "_end: .byte 0\n"                                                \
		".popsection\n");                                                                 \
	extern const char asset_##symbol[], asset_##symbol##_end[];
ASSETS
#undef ASSET

static const struct {
	const char *name, *type, *text, *end;
} own[] = {
#define ASSET(symbol, name, type) {name, type, asset_##symbol, asset_##symbol##_end},
	ASSETS
#undef ASSET
};

/* What it shares with the pages of `build`. */
static const struct {
	const char *name, *type;
	struct tl_page_part (*part)(void);
} shared[] = {{"report.css", CSS, tl_report_style}, {"pan.js", JS, tl_report_pan}};

size_t serve_asset_count(void)
{
	return TL_COUNT(own) + TL_COUNT(shared);
}

struct serve_asset serve_asset(size_t i)
{
	if (i < TL_COUNT(own))
		return (struct serve_asset){own[i].name, own[i].type, own[i].text,
			(size_t)(own[i].end - own[i].text)};
	i -= TL_COUNT(own);
	struct tl_page_part part = shared[i].part();
	return (struct serve_asset){shared[i].name, shared[i].type, part.text, part.length};
}

void serve_words(struct tl_buf *out, const char *lang)
{
	static const char *const prefixes[] = {"ROOM_", "DO_"};

	tl_words_json(out, tl_language_of(lang), prefixes, TL_COUNT(prefixes));
}
