/* The page's style and script, taken in as they are by the assembler. */
#include "report/page.h"

#define ASSET(symbol, file)                                                                        \
	__asm__(".pushsection .rodata\n"                                                          \
		".local asset_" #symbol ", asset_" #symbol "_end\n"                               \
		"asset_" #symbol ": .incbin \"src/report/" file "\"\n"                            \
		"asset_" #symbol "_end: .byte 0\n"                                                \
		".popsection\n");                                                                 \
	extern const char asset_##symbol[], asset_##symbol##_end[];
ASSET(style, "page.css")
ASSET(script, "page.js")

struct page_asset page_style(void)
{
	return (struct page_asset){asset_style, (size_t)(asset_style_end - asset_style)};
}

struct page_asset page_script(void)
{
	return (struct page_asset){asset_script, (size_t)(asset_script_end - asset_script)};
}
