/* map: where everything stands. A journey becomes a scene: placed, measured, format-neutral.
 * Only user of pango, through which all text is measured exactly as it will be drawn.
 *
 * Units are points (1/72 inch); x grows to the right, y DOWN from the top left corner of the page.
 * Colours are 0xRRGGBBAA. Texts are UTF-8 that has passed the front or tl_scene_text (no control
 * characters). All of a scene lives in the arena that was given.
 *
 * A scene has three kinds of things, drawn in this order:
 *   marks  decoration without meaning of its own: bands, areas, icons, headings
 *   flows  the arrows between cards
 *   boxes  what has meaning: an id, a class, a tooltip; in reading order (journey order)
 */
#ifndef TOUCHLINE_MAP_H
#define TOUCHLINE_MAP_H

#include "touchline/insight.h"
#include "touchline/model.h"
#include "touchline/score.h"

typedef uint32_t tl_color; /* 0xRRGGBBAA; alpha 00: nothing is drawn */

/* The family list every text is set in; passes through to pango, SVG and PDF. */
#define TL_FONT "Inter,Noto Sans,Segoe UI,Helvetica Neue,Arial,sans-serif"

enum tl_text_flags { TL_BOLD = 1, TL_ITALIC = 2 };
enum tl_align { TL_START, TL_MIDDLE, TL_END }; /* left/top, centre, right/bottom */
enum tl_dash { TL_SOLID, TL_DASHED, TL_DOTTED };

struct tl_point {
	double x, y;
};

struct tl_pen {
	tl_color fill, stroke;
	double width;
	enum tl_dash dash;
};

/* One line of text, measured: its width is what the renderer will find. */
struct tl_line {
	const char *text;
	double width;
	double size; /* integer number of points */
	unsigned flags;
	tl_color color;
};

enum tl_mark_kind {
	TL_MARK_POLYGON,  /* closed */
	TL_MARK_POLYLINE, /* open */
	TL_MARK_CURVE,	  /* open cubic Bézier: 3n+1 points */
	TL_MARK_SHAPE,	  /* closed cubic Bézier: 3n+1 points */
	TL_MARK_ELLIPSE,  /* points[0] centre, points[1] radii */
	TL_MARK_TEXT,	  /* points[0] anchor on the baseline */
};
struct tl_mark {
	enum tl_mark_kind kind;
	struct tl_pen pen;
	const struct tl_point *points;
	size_t point_count;
	struct tl_line line; /* TL_MARK_TEXT */
	enum tl_align anchor;
};

enum tl_box_shape { TL_BOX_BARE, TL_BOX_RECT, TL_BOX_ROUND, TL_BOX_ELLIPSE };
/* A rectangle with lines of text, each on a pitch of ceil(1.28·size), inside `pad`. A line without
 * text is a space of its pitch. A bare box has its ground among the marks, where it may have icons. */
struct tl_box {
	const char *id;	     /* unique in the scene, [A-Za-z0-9_.-]+, stable under edits elsewhere */
	const char *role;    /* class, space-separated: "touchpoint hotspot", "pain", "quote" … */
	const char *tooltip; /* a sentence; also what a screen reader says */
	const char *href;    /* http, https, mailto or relative; NULL for none */
	enum tl_box_shape shape;
	double x, y, w, h, pad;
	struct tl_pen pen;
	const struct tl_line *lines;
	size_t line_count;
	enum tl_align halign, valign;
	const struct tl_touchpoint *touchpoint; /* what it belongs to, or NULL */
	const char *lane;			/* name of the lane it stands in, or NULL */
};

struct tl_flow {
	const char *id, *role, *tooltip; /* role: "flow", "flow shortcut", "flow loop" */
	const char *from, *to;		 /* ids of boxes */
	const struct tl_point *points;	 /* cubic Bézier: 3n+1, ends at the arrow's tip */
	size_t point_count;
	struct tl_pen pen;
	const struct tl_next *next; /* what it draws, or NULL */
};

struct tl_lane {
	const char *name;  /* "emotion" */
	const char *label; /* in the journey's language */
	double y, h;
};

enum tl_view { TL_VIEW_MAP, TL_VIEW_OVERVIEW, TL_VIEW_STAGE, TL_VIEW_PORTFOLIO, TL_VIEWS,
	TL_VIEW_POSTER = TL_VIEWS /* made by tl_map_poster alone; no word of tl_views */ };

struct tl_scene {
	enum tl_view view;
	const char *id;		 /* prefix of all ids when several stand on one page */
	const char *title;	 /* "Ordering home broadband" */
	const char *description; /* two or three sentences that say what the picture shows */
	const char *lang;	 /* BCP 47 */
	double width, height;
	tl_color paper;
	const struct tl_mark *marks;
	size_t mark_count;
	const struct tl_flow *flows;
	size_t flow_count;
	const struct tl_box *boxes;
	size_t box_count;
	const struct tl_lane *lanes;
	size_t lane_count;
	const struct tl_journey *journey; /* NULL: of several, a portfolio */
	const struct tl_insight *insight; /* or NULL */
	const char *bookmark; /* what a page of a PDF is called in its outline */
};

enum tl_theme { TL_THEME_LIGHT, TL_THEME_DARK, TL_THEME_PRINT, TL_THEMES };
extern const struct tl_vocabulary tl_views, tl_themes;
extern const struct tl_vocabulary tl_lanes; /* names of all lanes, top to bottom, for --lanes */

struct tl_map_options {
	enum tl_view view;
	enum tl_theme theme;
	uint32_t lanes; /* bit per word of tl_lanes that may be drawn; 0: all of them */
	bool endless;	/* stage: one page per stage, as high as it needs, for formats that hold one
			 * page a file; otherwise A4 pages, on which a stage may continue.
			 * portfolio: one page, as high as all journeys need */
	const char *cards; /* map: what a card links to, with its touchpoint's id behind; NULL: none */
};

/* The pages of a view: one for map and overview; for stage at least one per stage, in order (exactly
 * one where options->endless). *count > 0. assumed has one place per touchpoint. A `next` into
 * another journey links to its id with `suffix` (".svg") appended, beside this map; NULL for no
 * links. insight: what feedback says about the journey; NULL: nothing is known, and nothing of it is
 * drawn. A journey in a language written from right to left gives a scene that reads so. */
const struct tl_scene *tl_map_build(size_t *count, struct tl_arena *arena,
	const struct tl_journey *journey, const struct tl_assumed *assumed,
	const struct tl_insight *insight, const struct tl_map_options *options, const char *suffix);

/* The pages of a portfolio: n > 0 journeys by their stages, and channels by kinds of friction; in the
 * language that most of the journeys are in, else in English, from left to right. Each journey links
 * to its id with `suffix` appended. By index of journey: assumed, and insights (NULL in it, or NULL:
 * nothing is known). The view portfolio of tl_map_build is the portfolio of one journey. */
const struct tl_scene *tl_map_portfolio(size_t *count, struct tl_arena *arena,
	const struct tl_journey *const *journeys, const struct tl_assumed *const *assumed,
	const struct tl_insight *const *insights, size_t n, const struct tl_map_options *options,
	const char *suffix);

/* ---- posters --------------------------------------------------------------------------------- */

enum tl_paper { TL_A0, TL_A1, TL_A2, TL_A3, TL_A4, TL_LETTER, TL_PAPERS };
extern const struct tl_vocabulary tl_papers; /* a0 a1 a2 a3 a4 letter */
extern const struct tl_vocabulary tl_poster_sizes; /* a0 a1 a2 a3, as they begin tl_papers */
extern const struct tl_vocabulary tl_poster_tiles; /* a3 a4 letter */
enum tl_paper tl_poster_tile(int word);		   /* of tl_poster_tiles */
/* In points, lying; not rounded. */
void tl_paper_size(enum tl_paper paper, double *width, double *height);

/* A sheet of paper: a scene, and where `part` is there a window into that, w by h points from (x, y)
 * on, drawn below the scene at (left, top). Where nothing is shown through a window, it is as large
 * as the sheet. The sheet is to be cut along the window's edges. All whole points but the sizes of
 * paper. */
struct tl_sheet {
	const struct tl_scene *scene, *part;
	double x, y, w, h, left, top;
};

struct tl_poster_options {
	enum tl_theme theme;
	enum tl_paper size;  /* of the poster */
	enum tl_paper sheet; /* of what it is printed on: the same, or smaller, for tiles */
	bool upright;
};
struct tl_poster_facts { /* what a person wants to know before it is printed */
	size_t posters, tiles; /* how many posters of `size`; sheets for all of them, or 0 */
	size_t fields;	       /* for notes, a touchpoint */
	double field_w, field_h;
};

/* The journey as a poster to be worked on: cards that carry their code, fields for sticky notes of a
 * real size, a scale for moods and boxes for dots. As many posters as a journey that is too long for
 * one needs; at last the table of codes, on a sheet that any printer takes. insight: NULL where
 * nothing is known. */
const struct tl_sheet *tl_map_poster(size_t *count, struct tl_arena *arena,
	const struct tl_journey *journey, const struct tl_insight *insight,
	const struct tl_poster_options *options, struct tl_poster_facts *facts);

/* Width of a text as Graphviz's pango text layout finds it, points. Cached per process: the same
 * text is never measured twice. */
double tl_text_width(const char *text, double size, unsigned flags);

/* A PangoLayout at 96 dpi for who draws with pango: its letters stand as the font has them, not on
 * the pixels that texts are measured on, and may be wider or narrower by a fiftieth. Points. */
void *tl_text_layout(
	const char *text, double size, unsigned flags, double *width, double *baseline);
void tl_text_layout_free(void *layout);

#endif
