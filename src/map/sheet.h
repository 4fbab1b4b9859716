/* sheet: the view `map` in the making. One column a touchpoint in document order, stages as runs
 * of columns, lanes as bands below each other; the flow lane has tracks.
 *
 * Order of work: grid (tracks), plan (routes, ports, channels, gutters), columns (x), lanes
 * (wrapped text, heights), then drawing from the top down. All coordinates of boxes are whole
 * points, because Graphviz's tables are.
 */
#ifndef TOUCHLINE_MAP_SHEET_H
#define TOUCHLINE_MAP_SHEET_H

#include "map/canvas.h"
#include "map/curve.h"
#include "map/feedback.h"

enum {
	SHEET_MARGIN = 32,
	SHEET_LABEL_W = 120, /* lane labels at the left */
	SHEET_CARD_W = 144,
	SHEET_MIN_W = 680,
	SHEET_PAD = 8,	    /* inside cards */
	SHEET_BADGE = 10,   /* radius of a rank */
	SHEET_MAX_LINES = 60, /* of one text; what is longer ends in an ellipsis */
	SHEET_NONE = -1,
};

struct sheet_card {
	const struct tl_touchpoint *touchpoint;
	const struct tl_touchpoint_insight *known; /* NULL: no feedback */
	const char *id;
	size_t track;
	bool main, worst;
	double x, y, h; /* on the canvas once placed */
	struct tl_lines lines;
	double text_h; /* without the rows for friction and beliefs */
	int previous, next; /* cards on the same track, or SHEET_NONE */
	int highest, lowest; /* slots that its verticals reach: tracks at 2t, channels at 2k − 1 */
	bool start, end;    /* nothing leads here; nothing leads on */
};

enum sheet_side { SIDE_LEFT, SIDE_RIGHT, SIDE_TOP, SIDE_BOTTOM };
enum sheet_way {
	WAY_ROW,     /* along the row of a track, bending once at most */
	WAY_CHANNEL, /* through the space between two tracks */
	WAY_STUB,    /* down to a chip with the name of another journey */
};
enum sheet_flow_kind { FLOW_MAIN, FLOW_BRANCH, FLOW_SHORTCUT, FLOW_LOOP };

struct sheet_port {
	enum sheet_side side;
	double x; /* from the card's left, for top and bottom */
};
struct sheet_route {
	const char *id;
	const struct tl_touchpoint *from, *to; /* to: NULL for a stub */
	const struct tl_next *next;
	const struct tl_passage *passage; /* NULL: no feedback */
	enum sheet_way way;
	enum sheet_flow_kind kind;
	size_t channel; /* k lies above track k */
	bool hangs;	/* from the track above it; else it stands on the one below */
	double level;	/* of the line, from where it hangs or stands */
	double item_h;	/* what it takes of the channel */
	struct sheet_port out, in;
	struct tl_lines label;
	double label_w, label_h, label_pad; /* with padding; 0 for none */
};

struct sheet_channel {
	double height; /* in use */
};

struct sheet_stack;

struct sheet {
	struct tl_canvas canvas;
	struct tl_arena *arena;
	const struct tl_journey *journey;
	const struct tl_palette *palette;
	const struct tl_assumed *assumed;
	const char *suffix;
	const char *card_links; /* see tl_map_options */
	uint32_t lanes; /* that may be drawn */

	struct sheet_card *cards; /* by touchpoint index */
	size_t count;
	size_t tracks;
	double *track_top, *track_h, *track_mid; /* mid: where rows run, from the top */
	double *gutter;			/* right of each column */
	double field_x, field_w;	/* all columns, with the bands' edges */
	double card_w;
	double width;

	struct sheet_route *routes;
	size_t route_count;
	struct sheet_channel *channels; /* tracks + 1 */

	const struct tl_series *series; /* emotion curves */
	size_t series_count;

	double worst_from; /* assumed friction from which a touchpoint counts as worst */
	struct sheet_stack *stacks; /* cells of each lane, or NULL before they are filled */
	uint64_t used;	   /* encodings that the legend must explain, bit per enum sheet_code */
};

/* What a map may show that needs explaining. */
enum sheet_code {
	CODE_MAIN, CODE_BRANCH, CODE_SHORTCUT, CODE_LOOP, CODE_COLD, CODE_WARM, CODE_START, CODE_END,
	CODE_STUB, CODE_TRUTH, CODE_COMPANY, CODE_ASSUMED, CODE_WORST, CODE_SELF, CODE_THOUGHT, CODE_QUOTE,
	CODE_VALENCE, CODE_SEVERITY, CODE_SETTLED, CODE_IMPACT,
	/* of feedback */
	CODE_HEAT, CODE_HOTSPOT, CODE_WATCH, CODE_NO_EVIDENCE, CODE_TREND, CODE_DRIFT, CODE_MEASURED,
	CODE_DECLARED, CODE_CONFLICT, CODE_BELIEF, CODES
};
static inline void sheet_use(struct sheet *sheet, enum sheet_code code)
{
	sheet->used |= UINT64_C(1) << code;
}

/* cells.c: lanes whose cells are stacks of small boxes */
struct sheet_cell {
	const char *id, *role, *tooltip, *href;
	struct tl_lines lines;
	double pad, indent;	 /* indent: room at the left */
	double h;		 /* 0: as high as its lines and padding */
	double w;		 /* of what is drawn; 0: as wide as a card */
	double foot;		 /* of h: room below the text */
	struct tl_pen pen;
	bool bare;		 /* `decorate` draws the ground itself */
	double radius;
	tl_color bar; /* a bar at the left, or 0 */
	void (*decorate)(struct sheet *sheet, const struct sheet_cell *cell, double x, double y);
	const void *what;
};
struct sheet_cells {
	struct sheet_cell *list;
	size_t count, capacity;
};
struct sheet_stack { /* the cells of a lane, by touchpoint */
	struct sheet_cells *cells;
};
typedef void sheet_fill(
	struct sheet *sheet, struct sheet_cells *cells, const struct tl_touchpoint *touchpoint);

/* A lane: one row in the table of sheet.c and one file. */
struct sheet_lane {
	const char *name;
	enum tl_word label, sub;
	/* The height that the content needs; 0: nothing to show, no lane. */
	double (*measure)(struct sheet *sheet, unsigned lane);
	void (*draw)(struct sheet *sheet, unsigned lane, double y, double h);
	sheet_fill *fill;	 /* for lane_cells_…: the boxes of a touchpoint */
	enum tl_word line_above; /* label of a line across the map above it, or 0 */
	enum tl_word sub_known;	 /* instead of sub where there is feedback, or 0 */
};
extern const struct sheet_lane sheet_lanes[];
extern const size_t sheet_lane_count;

/* grid.c */
void sheet_grid(struct sheet *sheet);
void sheet_columns(struct sheet *sheet);
/* plan.c, ports.c, channels.c: where flows run, in slots; flow.c: in points */
void sheet_plan(struct sheet *sheet);
void sheet_ports(struct sheet *sheet);
void sheet_channels(struct sheet *sheet);
double sheet_flow_measure(struct sheet *sheet, unsigned lane);
void sheet_flow_draw(struct sheet *sheet, unsigned lane, double y, double h);
void sheet_flow_routes(struct sheet *sheet);
/* cards.c */
void sheet_cards_wrap(struct sheet *sheet);
void sheet_cards_draw(struct sheet *sheet, unsigned lane);
/* card_known.c: what feedback adds to a card: height at its foot, outline of hot ones, all else */
double sheet_card_known_height(const struct sheet_card *card);
struct tl_pen sheet_card_known_pen(const struct sheet *sheet, const struct sheet_card *card);
void sheet_card_known_draw(struct sheet *sheet, const struct sheet_card *card, unsigned lane);
/* head.c: title block and stages */
double sheet_title(struct sheet *sheet, double y);
/* head_known.c: figures of feedback; returns the y below them */
double sheet_figures(struct sheet *sheet, double y);
double sheet_stages_measure(struct sheet *sheet);
void sheet_stages_draw(struct sheet *sheet, double y, double h);
/* legend.c: returns the height */
double sheet_legend(struct sheet *sheet, double y);

/* Edges of a stage's band. */
double sheet_stage_left(const struct sheet *sheet, const struct tl_stage *stage);
double sheet_stage_right(const struct sheet *sheet, const struct tl_stage *stage);

struct sheet_cell *sheet_cell_add(struct sheet *sheet, struct sheet_cells *cells);
/* Where the text of a cell may run. */
double sheet_cell_room(const struct sheet *sheet, const struct sheet_cell *cell);

double lane_friction_measure(struct sheet *sheet, unsigned lane);
/* lane_friction_known.c: the same with feedback */
double lane_friction_known_measure(struct sheet *sheet);
void lane_friction_known_draw(struct sheet *sheet, unsigned lane, double y);
/* A dotted meter of assumed friction, of the height given. */
void lane_friction_assumed(struct sheet *sheet, double friction, double x, double y, double h);
void lane_friction_draw(struct sheet *sheet, unsigned lane, double y, double h);
double lane_emotion_measure(struct sheet *sheet, unsigned lane);
void lane_emotion_draw(struct sheet *sheet, unsigned lane, double y, double h);
/* Room at the right end for the names of the curves. */
double lane_emotion_name_room(struct sheet *sheet);
double lane_cells_measure(struct sheet *sheet, unsigned lane);
void lane_cells_draw(struct sheet *sheet, unsigned lane, double y, double h);
sheet_fill lane_channel_fill, lane_goals_fill, lane_thoughts_fill, lane_expectations_fill,
	lane_pains_fill, lane_opportunities_fill, lane_backstage_fill, lane_support_fill;

/* Several texts of one kind as one list of styles. */
struct tl_style sheet_body(tl_color color);  /* 9 */
struct tl_style sheet_small(tl_color color); /* 8 */
struct tl_style sheet_strong(tl_color color); /* 8 bold */
/* A persona's name up to the comma: "Maya" of "Maya, 27, first flat of her own". */
const char *sheet_short_name(struct sheet *sheet, const char *name);
/* “text”, as the language quotes. */
const char *sheet_quoted(struct sheet *sheet, const char *text);

#endif
