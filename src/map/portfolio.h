/* portfolio: all journeys on one picture. First a row for each journey: what it is called and how it
 * fares, then its own stages in order, as many as there are, in the width that all rows share, each by
 * its worst touchpoint. Then channels against kinds of friction, over all journeys: where one channel
 * is the odd one out, customers are treated inconsistently.
 *
 * Rows are measured before they are drawn, and dealt to pages; endless, there is one page. The ground
 * of a cell says the verdict on its worst touchpoint: red only for a hotspot, grey and hatched where
 * there is no evidence. Every page has a legend of what is on it: what is drawn is noted in
 * `used`, and only there. Lives in the arena of the scene.
 */
#ifndef TOUCHLINE_MAP_PORTFOLIO_H
#define TOUCHLINE_MAP_PORTFOLIO_H

#include "map/feedback.h"

enum {
	PORTFOLIO_W = 1400,
	PORTFOLIO_H = 990, /* of a page; both as A4 lies */
	PORTFOLIO_MARGIN = 32,
	PORTFOLIO_LABEL_W = 300,
	PORTFOLIO_LEFT = PORTFOLIO_MARGIN + PORTFOLIO_LABEL_W + 12, /* of the cells */
	PORTFOLIO_RIGHT = PORTFOLIO_W - PORTFOLIO_MARGIN,
	PORTFOLIO_PAD = 6,
	PORTFOLIO_GAP = 4,
};

enum portfolio_sign { /* in the order of the legend */
	PORTFOLIO_HEAT,
	PORTFOLIO_BADGE,
	PORTFOLIO_UNKNOWN,
	PORTFOLIO_ASSUMED,
	PORTFOLIO_SQUARES,
	PORTFOLIO_SHADE,
	PORTFOLIO_MORE,
	PORTFOLIO_LESS,
	PORTFOLIO_SIGNS
};
enum { PORTFOLIO_SHADES = 5 };
struct portfolio_used {
	bool signs[PORTFOLIO_SIGNS];
	bool heat[TL_HOTSPOT + 1], squares[TL_HOTSPOT + 1]; /* by verdict */
};

struct portfolio_entry { /* a journey */
	const struct tl_journey *journey;
	const struct tl_assumed *assumed;
	const struct tl_insight *insight; /* or NULL */
};

/* The channels of all journeys by their names, most episodes first. */
struct portfolio_channel {
	const char *name;
	uint64_t cells[TL_FRICTION_KINDS], total;
	double q[TL_FRICTION_KINDS]; /* that it is as the others together; NAN: not tested */
};

struct portfolio {
	struct tl_canvas canvas; /* of the page; its insight is that of the journey being drawn */
	struct tl_arena *arena;
	const struct tl_palette *palette;
	const struct tl_map_options *options;
	const char *suffix;
	struct tl_journey tongue; /* stands for all of them where only a language is asked for */
	struct portfolio_entry *entries; /* the worst first */
	size_t count;
	struct portfolio_channel *channels;
	size_t channel_count;
	uint64_t kinds[TL_FRICTION_KINDS], episodes; /* of all channels */
	struct portfolio_used used; /* on the page */
	double y, limit;	    /* next free, and where the legend must begin at the latest */
	struct tl_scene *scenes;
	size_t scene_count, scene_capacity;
};

struct tl_style portfolio_text(tl_color color);	  /* 10 */
struct tl_style portfolio_strong(tl_color color); /* 10 bold */
/* Room for so much more; a new page where there is none. True where it began one. */
bool portfolio_make_room(struct portfolio *portfolio, double height);
/* A heading with a line of explanation; what comes next is at portfolio->y. */
void portfolio_heading(struct portfolio *portfolio, const char *title, const char *below);
/* An insight of any of the journeys; NULL: there is no feedback. */
const struct tl_insight *portfolio_known(const struct portfolio *portfolio);
/* How high headings are. */
double portfolio_heading_height(void);

/* portfolio_row.c: the journeys, each a row */
void portfolio_rows(struct portfolio *portfolio);

/* portfolio_stage.c: a cell */
struct portfolio_cell {
	const struct tl_stage *stage;
	const struct tl_touchpoint_insight *worst; /* NULL: no evidence in all of the stage */
	const struct tl_touchpoint *assumed;	   /* most friction assumed, where no evidence; or NULL */
	size_t verdicts[TL_HOTSPOT + 1];
	struct tl_lines lines;
	double w, h, squares_h; /* h: what it needs */
};
struct portfolio_cell portfolio_cell_measure(struct portfolio *portfolio,
	const struct portfolio_entry *entry, const struct tl_stage *stage, double w);
void portfolio_cell_draw(struct portfolio *portfolio, const struct portfolio_entry *entry,
	const struct portfolio_cell *cell, double x, double y, double h);
/* The ground of a verdict, red for hotspots only; and how thick its frame is. */
const struct tl_paint *portfolio_heat(const struct portfolio *portfolio, enum tl_verdict verdict);
double portfolio_frame(enum tl_verdict verdict);
/* The sign of a touchpoint by its verdict, as large as a letter. */
enum { PORTFOLIO_SQUARE = 8 };
void portfolio_square(
	struct portfolio *portfolio, enum tl_verdict verdict, tl_color color, double x, double y);
void portfolio_badge(struct portfolio *portfolio, const char *rank, double x, double y);
void portfolio_dotted(struct portfolio *portfolio, double x, double y, double w, double h);

/* portfolio_channels.c */
/* Adds up, and tests each share against that of all other channels. */
void portfolio_collect_channels(struct portfolio *portfolio);
void portfolio_matrix(struct portfolio *portfolio);
struct tl_pen portfolio_shade(const struct portfolio *portfolio, size_t step);
extern const double portfolio_steps[PORTFOLIO_SHADES]; /* shares that they begin at */
void portfolio_triangle(struct portfolio *portfolio, int direction, double x, double y);

/* portfolio_legend.c; the height is that of the longest there can be. */
double portfolio_legend_height(struct portfolio *portfolio);
void portfolio_legend(struct portfolio *portfolio, double y);
double portfolio_legend_used_height(struct portfolio *portfolio);

#endif
