/* The page's style and scripts, taken in as they are by the assembler. */
#include "report/page.h"

#define ASSET(symbol, file)                                                                        \
	__asm__(".pushsection .rodata\n"                                                          \
		".local asset_" #symbol ", asset_" #symbol "_end\n"                               \
		"asset_" #symbol ": .incbin \"src/report/" file "\"\n"                            \
		"asset_" #symbol "_end: .byte 0\n"                                                \
		".popsection\n");                                                                 \
	extern const char asset_##symbol[], asset_##symbol##_end[];
ASSET(style, "page.css")
ASSET(pan, "pan.js")
ASSET(script, "page.js")

struct tl_page_part tl_report_style(void)
{
	return (struct tl_page_part){asset_style, (size_t)(asset_style_end - asset_style)};
}

struct tl_page_part tl_report_pan(void)
{
	return (struct tl_page_part){asset_pan, (size_t)(asset_pan_end - asset_pan)};
}

struct tl_page_part page_script(void)
{
	return (struct tl_page_part){asset_script, (size_t)(asset_script_end - asset_script)};
}
