/* overview: a whole journey on one slide. 960 x 540 points are 13.33 x 7.5 inches; no text is
 * smaller than 10 points, so it is readable from where the slide is. What does not fit is cut with
 * an ellipsis or left to tooltips, never set smaller.
 *
 * From the top: title, personas, stages, moments of truth, the emotion curves, a bar of assumed
 * friction per touchpoint, the worst of them called out, legend. Everything has a height that
 * follows from the texts but the curves, which take what is left.
 */
#ifndef TOUCHLINE_MAP_OVERVIEW_H
#define TOUCHLINE_MAP_OVERVIEW_H

#include "map/curve.h"

enum {
	OVERVIEW_W = 960,
	OVERVIEW_H = 540,
	OVERVIEW_MARGIN = 28,
	OVERVIEW_LABEL_W = 88, /* left of the curves */
	OVERVIEW_WORST = 5,
	OVERVIEW_BAR_H = 24,
};

struct overview_worst {
	const struct tl_touchpoint *touchpoint;
	size_t rank; /* 1: the worst */
};

/* A persona, or everybody, with its curve. */
struct overview_who {
	const struct tl_persona *persona; /* or NULL */
	const struct tl_series *series;	  /* or NULL */
};

struct overview {
	struct tl_canvas canvas;
	struct tl_arena *arena;
	const struct tl_journey *journey;
	const struct tl_palette *palette;
	const struct tl_assumed *assumed;

	const struct tl_series *series; /* those that have a key in the head */
	size_t series_count;
	const struct overview_who *who;
	size_t who_count, who_shown;
	struct tl_peak_end *peaks; /* by series; peak NULL: nothing known on the main path */

	double left, right;	     /* where the journey runs */
	double *stage_x, *stage_w;   /* by stage */
	double *x;		     /* middle of each touchpoint's column */
	double *w;		     /* its width */
	struct overview_worst worst[OVERVIEW_WORST]; /* in journey order */
	size_t worst_count;
	bool truths;
	bool bare_counts; /* stages are too narrow to write "touchpoints" */
};

struct tl_style overview_text(tl_color color);	 /* 10 */
struct tl_style overview_strong(tl_color color); /* 10 bold */
/* text as far as it fits into one line. */
const char *overview_cut(
	struct overview *overview, const char *text, struct tl_style style, double width);

/* Pushes n intervals of the given widths, in order, apart around the wished middles, inside from
 * and to. */
void overview_spread(
	double *middles, const double *widths, size_t n, double gap, double from, double to);

/* Collects series and who they belong to; curves without room for a key are left out. */
void overview_collect(struct overview *overview);
/* Each returns the y below it. */
double overview_head(struct overview *overview, double y);
double overview_stages(struct overview *overview, double y);
/* How wide a stage must be to say how many touchpoints it has. */
double overview_least_stage(struct overview *overview);
double overview_truths(struct overview *overview, double y);

void overview_emotion(struct overview *overview, double top, double bottom);
/* Whether what was declared is drawn beside the estimates. */
bool overview_shows_declared(const struct overview *overview);

/* overview_known.c: the heat of each stage's worst touchpoint; returns the y below it */
double overview_heat(struct overview *overview, double y);

/* overview_worst.c */
void overview_rank(struct overview *overview);
void overview_bars(struct overview *overview, double y);
/* Height of the callouts with the lines that lead to them; 0 where there are none. */
double overview_callouts_measure(struct overview *overview);
void overview_callouts(struct overview *overview, double y, double h);

/* overview_legend.c */
double overview_legend_measure(struct overview *overview);
void overview_legend(struct overview *overview, double y);

#endif
