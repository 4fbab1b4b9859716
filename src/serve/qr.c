/* A text as a QR code: for terminals, two modules a character; and as SVG. */
#include <qrencode.h>
#include "touchline/serve.h"

enum { QUIET = 4, QUIET_TEXT = 2 }; /* modules around it; on a terminal, there is little room */

static bool is_dark(const QRcode *code, int x, int y)
{
	return x >= 0 && y >= 0 && x < code->width && y < code->width &&
	       (code->data[y * code->width + x] & 1);
}

static QRcode *encode(const char *text)
{
	return QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
}

/* Light modules are drawn: on a dark terminal they are light, and most readers take it the other way
 * round as well. */
bool tl_serve_qr_text(struct tl_buf *out, const char *text)
{
	static const char *const halves[] = {"█", "▀", "▄", " "}; /* dark below, dark above */
	QRcode *code = encode(text);

	if (!code)
		return false;
	for (int y = -QUIET_TEXT; y < code->width + QUIET_TEXT; y += 2) {
		for (int x = -QUIET_TEXT; x < code->width + QUIET_TEXT; x++) {
			bool above = is_dark(code, x, y), below = is_dark(code, x, y + 1);

			tl_buf_puts(out, halves[above * 2 + below]);
		}
		tl_buf_putc(out, '\n');
	}
	QRcode_free(code);
	return true;
}

bool tl_serve_qr_svg(struct tl_buf *out, const char *text)
{
	QRcode *code = encode(text);
	int size;

	if (!code)
		return false;
	size = code->width + 2 * QUIET;
	tl_buf_printf(out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
		"shape-rendering=\"crispEdges\"><rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>"
		"<path d=\"",
		size, size, size, size);
	for (int y = 0; y < code->width; y++)
		for (int x = 0, run; x < code->width; x += run) {
			for (run = 0; is_dark(code, x + run, y); run++)
				;
			if (run)
				tl_buf_printf(out, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, run, run);
			run += !run;
		}
	tl_buf_puts(out, "\" fill=\"#000\"/></svg>\n");
	QRcode_free(code);
	return true;
}
