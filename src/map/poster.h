/* poster: a journey on a wall, to be worked on with pens, sticky notes and dots.
 *
 * Columns are touchpoints; they wrap into bands below each other, by stages where that goes. From the
 * top of a band: the stages; cards with their codes; a scale for moods; fields for sticky notes, as
 * large as those really are; boxes for dots, one a department. poster_plan chooses bands and fields
 * for the paper; what is left of the height goes to the cards, where there is room to write then.
 * Where a band ends early stands a field for what belongs to no touchpoint.
 *
 * Sizes of type go by the paper, because people stand as far from it as it is large: see types in
 * poster_plan.c.
 */
#ifndef TOUCHLINE_MAP_POSTER_H
#define TOUCHLINE_MAP_POSTER_H

#include "map/feedback.h"

enum poster_kind { POSTER_PAIN, POSTER_IDEA, POSTER_QUESTION };

struct poster_type { /* sizes of type, and of what goes with it */
	double small, body, title, code, head; /* whole points */
	double gap, pad, line;		       /* between things, inside cards, of outlines */
	double dot;			       /* room for one that is stuck on */
};
struct poster_band {
	size_t first, count; /* touchpoints */
};
struct poster_plan {
	size_t columns;
	double column_w, inner_w; /* inner: of the card */
	double note_w, note_h;
	size_t note_columns, note_rows; /* a touchpoint */
	size_t items;			/* that a card says beside its title */
	struct poster_band *bands;
	size_t band_count, per_sheet;
	bool by_stages; /* no stage is broken over two bands */
};

struct poster {
	struct tl_canvas canvas; /* of the sheet in the making */
	struct tl_arena *arena;
	const struct tl_journey *journey;
	const struct tl_insight *insight;
	const struct tl_palette *palette;
	enum tl_theme theme;
	const struct poster_type *type;
	double width, height; /* of the paper */
	double left, right, top, bottom; /* what is not margin, in whole points */
	double head_h, foot_h;
	const struct tl_party **departments; /* that have a part in the journey */
	size_t department_count;
	struct poster_plan plan;
};

struct poster_card { /* what a card says */
	const struct tl_touchpoint *touchpoint;
	const struct tl_touchpoint_insight *known;
	const char *code;
	struct tl_lines lines;
	double head_h, h; /* head: of the code and the signs beside it */
};

/* poster_plan.c */
const struct poster_type *poster_type_of(enum tl_paper paper);
void poster_plan(struct poster *poster);
/* Heights that do not depend on a card. */
double poster_stage_height(struct poster *poster, const struct poster_band *band);
double poster_mood_height(const struct poster *poster);
double poster_notes_height(const struct poster *poster);
double poster_dots_height(const struct poster *poster);
/* How many boxes for dots stand side by side, and rows of them. */
size_t poster_dots_columns(const struct poster *poster);
size_t poster_dots_rows(const struct poster *poster);
/* All of a band, and its highest card. */
double poster_band_height(struct poster *poster, const struct poster_band *band, double *card_h);

/* poster_card.c */
void poster_card_make(
	struct poster *poster, struct poster_card *card, const struct tl_touchpoint *touchpoint);
void poster_card_draw(
	struct poster *poster, const struct poster_card *card, double x, double y, double h);

/* poster_fields.c: all there is to be filled in; each from (x, y) on, as wide as a card */
void poster_mood_draw(
	struct poster *poster, const struct tl_touchpoint *touchpoint, double x, double y);
void poster_notes_draw(
	struct poster *poster, const struct tl_touchpoint *touchpoint, double x, double y);
void poster_dots_draw(
	struct poster *poster, const struct tl_touchpoint *touchpoint, double x, double y);
void poster_parking_draw(struct poster *poster, double x, double y, double w, double h);
enum poster_kind poster_kind_of(size_t field, size_t fields);

/* poster_head.c */
void poster_departments(struct poster *poster);
void poster_head_measure(struct poster *poster);
void poster_head_draw(struct poster *poster, size_t sheet, size_t sheets);

/* poster_key.c: the table of codes, on as many pages as it needs */
void poster_key(struct poster *poster, enum tl_paper paper, struct tl_scene **pages, size_t *count);

/* tiles.c */
/* How many sheets of the paper a scene makes, and the sheets themselves. */
struct tl_sheet *poster_tiles(size_t *count, struct poster *poster, const struct tl_scene *scene,
	enum tl_paper paper);

const char *poster_code(struct poster *poster, const struct tl_touchpoint *touchpoint);
/* A new sheet, and the scene of one that is complete. */
void poster_begin(struct poster *poster);
struct tl_scene poster_finish(
	struct poster *poster, const char *name, size_t number, double width, double height);

#endif
