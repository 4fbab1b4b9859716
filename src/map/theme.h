/* theme: every colour that a map uses, by what it is for. Three palettes: light, dark, and print
 * (white paper, no areas of ink). Pairs of text and ground reach WCAG AA (4.5:1); the unit test
 * computes this from finished scenes. */
#ifndef TOUCHLINE_MAP_THEME_H
#define TOUCHLINE_MAP_THEME_H

#include "touchline/map.h"

enum { TL_STAGE_HUES = 12, TL_PERSONA_HUES = 6, TL_VALENCES = 5, TL_HEAT = 3, TL_HEAT_CELLS = 5 };

struct tl_paint { /* a filled thing with text on it */
	tl_color fill, stroke, ink, soft;
};

struct tl_palette {
	tl_color paper, band, band_stroke, label, hair, axis, grid;
	tl_color ink, soft; /* text on paper, band and label */
	struct tl_paint stage[TL_STAGE_HUES]; /* header; soft: the goal */
	tl_color stage_disc, stage_disc_ink[TL_STAGE_HUES];
	tl_color stage_text[TL_STAGE_HUES]; /* the stage's colour as text on card and paper */
	struct tl_paint card;
	tl_color shadow;
	struct tl_paint truth;		      /* moment of truth */
	tl_color flow, main, shortcut, loop;  /* lines, and text of their labels */
	struct tl_paint tag;		      /* label on a flow */
	struct tl_paint cold, warm;	      /* handoffs */
	struct tl_paint pill;		      /* channel */
	struct tl_paint thought, quote, expectation, goal, opportunity, backstage, support, stub;
	struct tl_paint pain[TL_HEAT], settled; /* settled: resolved or accepted */
	tl_color dot;				/* severity, impact and effort */
	tl_color heat[TL_HEAT];			/* assumed friction: hatch and outline */
	tl_color heat_ground, heat_ink[TL_HEAT], heat_band;
	struct tl_paint heat_cell[TL_HEAT_CELLS]; /* measured friction, by tl_heat_cell */
	struct tl_paint unknown; /* no evidence; stroke: of the hatching */
	struct tl_paint conflict; /* between belief and measurement */
	tl_color valence[TL_VALENCES]; /* −2 … +2: face and figure */
	tl_color face_ink, above, below;
	tl_color persona[TL_PERSONA_HUES], curve;
	struct tl_paint state; /* as-is, to-be, planned */
};

const struct tl_palette *tl_palette_get(enum tl_theme theme);
/* Spreads few stages over all hues. */
size_t tl_stage_hue(size_t stage, size_t stage_count);
/* 0 … 4, nearest. */
size_t tl_valence_step(double valence);
/* 0 … TL_HEAT − 1, for friction of 0 … 100; a pain counts 20 for each step of its severity. */
size_t tl_heat_step(double friction);
/* 0 … TL_HEAT_CELLS − 1: the steps are those of the verdicts, 10, 25 and 50, and 75; but no warmer than
 * the verdict lets one say: much friction from little evidence is no alarm. */
size_t tl_heat_cell(double friction, enum tl_verdict verdict);

#endif
