/* lane channel: a pill with a pictogram; self-service has a mark of its own. */
#include <math.h>
#include "map/sheet.h"
#include "map/tell.h"

enum { PILL_H = 24, ICON = 22, SELF = 16 };

static void decorate(struct sheet *sheet, const struct sheet_cell *cell, double x, double y)
{
	const struct tl_channel *channel = cell->what;
	const struct tl_paint *paint = &sheet->palette->pill;
	tl_icon_channel(&sheet->canvas, (enum tl_channel_kind)channel->kind, paint->ink, x + 15,
		y + cell->h / 2);
	if (channel->self_service)
		tl_icon_self_service(&sheet->canvas, paint->soft, x + cell->w - 13, y + cell->h / 2);
}

void lane_channel_fill(
	struct sheet *sheet, struct sheet_cells *cells, const struct tl_touchpoint *touchpoint)
{
	const struct tl_channel *channel = touchpoint->channel;
	struct tl_canvas *canvas = &sheet->canvas;
	if (!channel)
		return;
	struct sheet_cell *cell = sheet_cell_add(sheet, cells);
	const char *kind = tl_word_at(canvas->language, TL_SAY_CHANNEL_WEB, channel->kind);
	const char *label = channel->label ? channel->label : kind;
	double self = channel->self_service ? SELF : 0;
	struct tl_style style = {9, TL_BOLD, sheet->palette->pill.ink};
	cell->id = tl_canvas_id(canvas, "%s.channel", touchpoint->id);
	cell->role = "channel";
	cell->pad = 4;
	cell->indent = ICON;
	cell->radius = PILL_H / 2.0;
	cell->pen = tl_pen_both(sheet->palette->pill.fill, sheet->palette->pill.stroke, 0.9);
	tl_lines_wrap(canvas, &cell->lines, label, style, sheet_cell_room(sheet, cell) - self - 6,
		SHEET_MAX_LINES);
	cell->h = fmax(PILL_H, cell->lines.height + 2 * cell->pad);
	cell->w = fmin(sheet->card_w, ICON + ceil(cell->lines.width * 1.03) + self + 16);
	cell->decorate = decorate;
	cell->what = channel;
	cell->tooltip = tl_tell_channel(canvas, channel);
	if (channel->self_service)
		sheet_use(sheet, CODE_SELF);
}
