/* pages: the view `stage`, to be read aloud in a meeting. A4 landscape, because it is printed and
 * handed out as often as it is projected; no text is smaller than 10 points, and nothing is cut:
 * what does not fit goes on on a further page.
 *
 * A touchpoint is a card: with feedback a table of what was measured, how it feels, in a row below its
 * title, and up to three columns of blocks:
 * what customers do, expect and do next; what pains them; what the organisation does and could do
 * better. Cards are made first, with all
 * texts wrapped; then they are dealt out to pages, whole where they fit on one, else column by
 * column and at last line by line.
 */
#ifndef TOUCHLINE_MAP_PAGES_H
#define TOUCHLINE_MAP_PAGES_H

#include "map/curve.h"

enum {
	PAGES_W = 842,
	PAGES_H = 595,
	PAGES_MARGIN = 36,
	PAGES_COLUMNS = 3,
	PAGES_PAD = 12,	       /* inside cards */
	PAGES_COLUMN_GAP = 18,
	PAGES_CARD_W = PAGES_W - 2 * PAGES_MARGIN,
	PAGES_HEADING_H = 16,
	PAGES_ROW_GAP = 9,
	PAGES_NUMBER_H = 22,	/* before the title */
	PAGES_TITLE_INDENT = 30,
	PAGES_CHIP_PAD = 4,
	PAGES_ICON_W = 18, /* of a channel, on its chip */
};

/* Something that is said, below the heading of its section. */
struct pages_block {
	enum tl_word section;
	const char *id, *role, *tooltip, *href; /* id: not yet made unique */
	struct tl_lines lines;
	double pad, indent; /* indent: room for the sign */
	struct tl_pen pen;
	tl_color bar; /* at the left, or 0 */
	void (*sign)(struct tl_canvas *canvas, const struct pages_block *block, double x, double y);
	const void *what; /* of the sign */
	const struct tl_series *series; /* of a face */
	bool alone;			/* it is the journey's only series */
	double least_h;
};
struct pages_column {
	struct pages_block *list;
	size_t count, capacity;
	size_t next, next_line; /* what is not on a page yet */
	double x, w;		/* from the card's left */
};

/* A label below a card's title. */
struct pages_chip {
	const char *id, *role, *tooltip;
	struct tl_lines lines;
	struct tl_pen pen;
	const struct tl_channel *channel; /* its pictogram stands before the label */
	double x, y, w, h;		  /* from the card's corner */
};
enum { PAGES_CHIPS = 8 };

struct pages_card {
	const struct tl_touchpoint *touchpoint; /* NULL: about the stage itself */
	struct tl_lines title, again; /* again: on further pages */
	struct pages_chip chips[PAGES_CHIPS];
	size_t chip_count;
	struct pages_column row[PAGES_COLUMNS]; /* feelings, side by side; part of the head */
	size_t row_count;
	double title_w, row_y, row_h, head_h, again_h;
	double known_y, known_h; /* the table of what was measured; 0: none */
	struct pages_column columns[PAGES_COLUMNS];
	size_t column_count;
	bool begun; /* a part of it stands on a page */
};

struct pages_head {
	struct tl_lines title, goals;
};

struct pages {
	struct tl_canvas canvas; /* of the page in the making */
	struct tl_arena *arena;
	const struct tl_journey *journey;
	const struct tl_palette *palette;
	const struct tl_assumed *assumed;
	const struct tl_insight *insight;
	const struct tl_map_options *options;
	const char *suffix;
	const struct tl_series *series;
	size_t series_count;

	const struct tl_stage *stage;
	struct pages_head head;	  /* of the stage's first page */
	struct tl_canvas *parts;  /* the stage's pages that are full */
	double *ends;		  /* y below the last card of each */
	size_t part_count, part_capacity, end_capacity;
	double y, bottom; /* what is left of the page */
	bool empty;	  /* nothing stands on the page yet */

	struct tl_scene *scenes;
	size_t scene_count, scene_capacity;
};

/* pages_blocks.c */
void pages_fill(struct pages *pages, struct pages_card *card);
/* Into the head where they are at most most_h high, else into the first column. */
void pages_fill_feelings(struct pages *pages, struct pages_card *card, double most_h);
struct pages_block *pages_block_add(struct pages *pages, struct pages_column *column);

/* pages_known.c: what was measured, below the labels of a card */
double pages_known_height(const struct pages *pages, const struct tl_touchpoint *touchpoint);
void pages_known_draw(
	struct pages *pages, const struct tl_touchpoint *touchpoint, double x, double y);

/* pages_card.c */
void pages_card_make(
	struct pages *pages, struct pages_card *card, const struct tl_touchpoint *touchpoint);
/* What the head of the stage had to cut, or false where it says it all. */
bool pages_card_intro(struct pages *pages, struct pages_card *card);

/* pages_deal.c */
/* Heights if all stood on one page. */
double pages_column_height(const struct pages_column *column);
double pages_card_height(const struct pages_card *card);
/* Moves sections from the highest column to the lowest while that makes the card lower. */
void pages_card_balance(struct pages *pages, struct pages_card *card);
/* Draws as much of what is left as fits between pages->y and bottom and moves y on; false where
 * something is left for a further page. breaks: a column's first block is broken where it does not
 * fit. */
bool pages_card_draw(struct pages *pages, struct pages_card *card, bool breaks);

/* pages_head.c */
void pages_head_make(struct pages *pages);
/* y of what stands below the head of a page. */
double pages_head_bottom(const struct pages *pages, size_t part);
/* Head of part number `part` of `parts`, from 0. */
void pages_head_draw(struct pages *pages, size_t part, size_t parts);
enum { PAGES_FOOT_H = 38 }; /* with the margin below it */
void pages_foot_draw(struct pages *pages, double bottom);

struct tl_style pages_text(tl_color color); /* 11 */
struct tl_style pages_fact(tl_color color); /* 10 */

#endif
