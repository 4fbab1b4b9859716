/* Random journeys: flows in all directions, texts of all lengths and scripts, anything missing. The
 * same seed gives the same journey, on every machine. */
#ifndef TESTS_UNIT_MAP_RANDOM_H
#define TESTS_UNIT_MAP_RANDOM_H

#include <string.h>
#include "touchline/base.h"

static uint32_t seed_state;

static unsigned dice(unsigned sides)
{
	seed_state = seed_state * 1664525u + 1013904223u;
	return (seed_state >> 8) % sides;
}

static void random_words(struct tl_buf *out, unsigned most)
{
	static const char *const words[] = {"asks", "again", "waits", "for", "the", "parcel",
		"confirmation", "Terminvereinbarung", "a", "支払い", "😀", "العنوان", "no"};

	for (unsigned n = 1 + dice(most); n > 0; n--)
		tl_buf_printf(out, "%s%s", words[dice(TL_COUNT(words))], n > 1 ? " " : "");
}

static void random_next(struct tl_buf *out, unsigned count)
{
	tl_buf_puts(out, "<next to=\"");
	if (dice(12) == 0)
		tl_buf_printf(out, "elsewhere#t%u\"", dice(9));
	else
		tl_buf_printf(out, "t%u\"", dice(count));
	if (dice(2)) {
		tl_buf_puts(out, " when=\"");
		random_words(out, dice(5) ? 4 : 30);
		tl_buf_puts(out, "\"");
	}
	if (dice(2))
		tl_buf_printf(out, " share=\"0.%02u\"", 1 + dice(15));
	if (dice(4) == 0)
		tl_buf_printf(out, " handoff=\"%s\"", dice(2) ? "warm" : "cold");
	tl_buf_puts(out, "/>");
}

static void random_touchpoint(struct tl_buf *out, unsigned i, unsigned count)
{
	tl_buf_printf(out, "<touchpoint id=\"t%u\" channel=\"c\" owner=\"d\"%s%s><title>", i,
		dice(5) ? "" : " moment-of-truth=\"yes\"", dice(5) ? "" : " initiator=\"company\"");
	random_words(out, dice(8) ? 5 : 40);
	tl_buf_puts(out, "</title>");
	for (unsigned n = dice(3); n > 0; n--) {
		tl_buf_puts(out, "<action>");
		random_words(out, 12);
		tl_buf_puts(out, "</action>");
	}
	for (unsigned p = 0; p < 3; p++)
		if (dice(3))
			tl_buf_printf(out, "<emotion persona=\"p%u\" valence=\"%g\" feeling=\"%s\"/>", p,
				(int)dice(9) / 2.0 - 2, dice(2) ? "calm" : "overwhelmed");
	if (dice(2)) {
		tl_buf_printf(out, "<pain id=\"x%u\" severity=\"%u\" kind=\"delay\" owner=\"d\">", i,
			1 + dice(5));
		random_words(out, 9);
		tl_buf_puts(out, "</pain>");
	}
	static const char *const texts[] = {"thought", "goal", "expectation", "backstage", "support",
		"opportunity impact=\"3\" effort=\"2\""};
	for (size_t k = 0; k < TL_COUNT(texts); k++) {
		if (dice(3))
			continue;
		tl_buf_printf(out, "<%s>", texts[k]);
		random_words(out, 10);
		tl_buf_printf(out, "</%.*s>", (int)strcspn(texts[k], " "), texts[k]);
	}
	if (i + 1 == count || dice(2))
		for (unsigned n = dice(dice(4) ? 3 : 7); n > 0; n--)
			random_next(out, count);
	tl_buf_puts(out, "</touchpoint>");
}

/* `count` touchpoints in a few stages; the same seed gives the same journey. */
static void random_journey(struct tl_buf *out, uint32_t seed, unsigned count)
{
	seed_state = seed * 2654435761u + 12345;
	tl_buf_clear(out);
	tl_buf_puts(out, "<journey xmlns=\"urn:touchline:journey:1\" id=\"j\"><title>Random</title>"
		"<persona id=\"p0\" name=\"Ann\"/><persona id=\"p1\" name=\"Bob, 40\"/>"
		"<persona id=\"p2\" name=\"Cy\"/><channel id=\"c\" kind=\"web\">Web</channel>"
		"<department id=\"d\">Sales</department>");
	for (unsigned i = 0, stage = 0; i < count; stage++) {
		tl_buf_printf(out, "<stage id=\"s%u\"><title>Stage</title>", stage);
		for (unsigned n = 1 + dice(6); n > 0 && i < count; n--, i++)
			random_touchpoint(out, i, count);
		tl_buf_puts(out, "</stage>");
	}
	tl_buf_puts(out, "</journey>");
}

#endif
