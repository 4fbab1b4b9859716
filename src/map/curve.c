/* curve: see curve.h. Slopes are Steffen's (Astronomy and Astrophysics 239, 1990): local, and zero at
 * every extremum, so that the interpolation is monotone between neighbours. Linear in touchpoints.
 */
#include <math.h>
#include "map/curve.h"

/* ---- series --------------------------------------------------------------------------------- */

struct mean {
	double sum;
	size_t count;
};

static double mean_of(struct mean mean)
{
	return mean.count ? mean.sum / (double)mean.count : NAN;
}

/* What touchpoint declares for a persona, else for everybody; NAN where for neither. Several
 * emotions of one persona at one touchpoint count with their mean. */
static double felt(const struct tl_touchpoint *touchpoint, const struct tl_persona *persona)
{
	struct mean own = {0}, general = {0};
	for (size_t i = 0; i < touchpoint->emotion_count; i++) {
		const struct tl_emotion *emotion = &touchpoint->emotions[i];
		struct mean *mean = !emotion->persona	       ? &general
			: emotion->persona == persona ? &own
							      : NULL;
		if (!mean)
			continue;
		mean->sum += emotion->valence;
		mean->count++;
	}
	return own.count ? mean_of(own) : mean_of(general);
}

/* who: the persona whose measurements count, one of several where the series is everybody's. */
static void fill(
	struct tl_canvas *canvas, struct tl_series *series, const struct tl_persona *who)
{
	const struct tl_journey *journey = canvas->journey;
	size_t count = journey->touchpoint_count;
	double *declared = tl_arena_array(canvas->arena, double, count);
	for (size_t i = 0; i < count; i++)
		declared[i] = felt(&journey->touchpoints[i], series->persona);
	series->valence = declared;
	if (!canvas->insight)
		return;
	double *estimate = tl_arena_array(canvas->arena, double, count);
	series->scores = tl_arena_array(canvas->arena, const struct tl_emotion_score *, count);
	for (size_t i = 0; i < count; i++) {
		const struct tl_emotion_score *score =
			tl_feedback_emotion(&canvas->insight->touchpoints[i], who);
		bool known = score && !isnan(score->estimate);
		series->scores[i] = score;
		estimate[i] = known ? score->estimate : declared[i];
	}
	series->declared = declared;
	series->valence = estimate;
}

static void dress(struct tl_canvas *canvas, struct tl_series *series, size_t look, bool alone)
{
	series->color = alone ? canvas->palette->curve : tl_persona_color(canvas, look);
	series->dash = alone || canvas->insight ? TL_SOLID : tl_persona_dash(look);
	series->plate = (enum tl_plate)(look % TL_PLATES);
}

/* A measurement is a persona's own where the persona has a segment, else it is of everybody. */
static void find_measured(const struct tl_insight *insight, bool *speaks, bool *general)
{
	for (size_t i = 0; i < insight->journey->touchpoint_count; i++) {
		const struct tl_touchpoint_score *score = insight->touchpoints[i].score;
		for (size_t k = 0; k < score->emotion_count; k++) {
			const struct tl_emotion_score *emotion = &score->emotions[k];
			if (!emotion->n || isnan(emotion->estimate))
				continue;
			if (emotion->persona && emotion->persona->segment)
				speaks[emotion->persona->index] = true;
			else
				*general = true;
		}
	}
}

/* Which personas have emotions of their own, and whether some are said for everybody. */
static size_t find_speakers(const struct tl_canvas *canvas, bool *speaks, bool *general)
{
	const struct tl_journey *journey = canvas->journey;
	size_t count = 0;
	*general = false;
	if (canvas->insight)
		find_measured(canvas->insight, speaks, general);
	for (size_t i = 0; i < journey->touchpoint_count; i++) {
		const struct tl_touchpoint *touchpoint = &journey->touchpoints[i];
		for (size_t k = 0; k < touchpoint->emotion_count; k++) {
			const struct tl_persona *persona = touchpoint->emotions[k].persona;
			*general |= !persona;
			if (persona)
				speaks[persona->index] = true;
		}
	}
	for (size_t i = 0; i < journey->persona_count; i++)
		count += speaks[i];
	return count;
}

size_t tl_series_collect(struct tl_canvas *canvas, const struct tl_series **out)
{
	const struct tl_journey *journey = canvas->journey;
	bool general, *speaks = tl_arena_array(canvas->arena, bool, journey->persona_count);
	size_t speakers = find_speakers(canvas, speaks, &general), count = 0;
	bool others = general && (speakers == 0 || speakers < journey->persona_count);
	bool alone = speakers + others == 1;
	struct tl_series *list = tl_arena_array(canvas->arena, struct tl_series, speakers + others);
	const struct tl_persona *silent = NULL; /* the first without a curve */
	for (size_t i = journey->persona_count; i-- > 0;)
		if (!speaks[i])
			silent = &journey->personas[i];
	for (size_t i = 0; i < journey->persona_count; i++) {
		if (!speaks[i])
			continue;
		struct tl_series *series = &list[count++];
		series->persona = &journey->personas[i];
		series->name = series->persona->name;
		dress(canvas, series, i, alone);
		fill(canvas, series, series->persona);
	}
	if (others) {
		struct tl_series *series = &list[count++];
		series->name = tl_canvas_word(canvas, speakers ? TL_SAY_OTHERS : TL_SAY_EVERYBODY);
		if (journey->persona_count == 1)
			series->name = journey->personas[0].name;
		dress(canvas, series, alone ? 0 : journey->persona_count, alone);
		fill(canvas, series, silent);
	}
	*out = list;
	return count;
}

const struct tl_series *tl_series_of(
	const struct tl_series *series, size_t count, const struct tl_persona *persona)
{
	const struct tl_series *others = NULL;
	for (size_t i = 0; i < count; i++) {
		if (persona && series[i].persona == persona)
			return &series[i];
		if (!series[i].persona)
			others = &series[i];
	}
	return others;
}

void tl_series_face(struct tl_canvas *canvas, const struct tl_series *series, bool alone,
	double valence, double x, double y, double radius)
{
	if (!alone)
		tl_icon_plate(canvas, series->plate,
			tl_pen_both(canvas->palette->paper, series->color, 1.6), x, y,
			radius + 2.6);
	tl_icon_face(canvas, valence, x, y, radius);
}

/* ---- curve ---------------------------------------------------------------------------------- */

static double slope(struct tl_point a, struct tl_point b)
{
	return (b.y - a.y) / (b.x - a.x);
}

static double steffen(struct tl_point before, struct tl_point at, struct tl_point after)
{
	double left = slope(before, at), right = slope(at, after);
	if (left * right <= 0)
		return 0;
	double h0 = at.x - before.x, h1 = after.x - at.x;
	double parabola = (left * h1 + right * h0) / (h0 + h1);
	double least = fmin(fmin(fabs(left), fabs(right)), fabs(parabola) / 2);
	return copysign(2 * least, left);
}

struct tl_curve tl_curve_of(
	struct tl_canvas *canvas, const struct tl_series *series, const struct tl_frame *frame)
{
	size_t total = canvas->journey->touchpoint_count, n = 0;
	struct tl_point *through = tl_arena_array(canvas->arena, struct tl_point, total);
	for (size_t i = 0; i < total; i++)
		if (!isnan(series->valence[i]))
			through[n++] = (struct tl_point){
				frame->x[i], tl_frame_y(frame, series->valence[i])};
	if (n < 2)
		return (struct tl_curve){0};
	struct tl_point *points = tl_arena_array(canvas->arena, struct tl_point, 3 * n - 2), *p = points;
	double m = 0;
	*p++ = through[0];
	for (size_t i = 1; i < n; i++) {
		struct tl_point a = through[i - 1], b = through[i];
		double next = i + 1 < n ? steffen(a, b, through[i + 1]) : 0, h = (b.x - a.x) / 3;
		*p++ = (struct tl_point){a.x + h, a.y + m * h};
		*p++ = (struct tl_point){b.x - h, b.y - next * h};
		*p++ = b;
		m = next;
	}
	return (struct tl_curve){points, 3 * n - 2};
}

void tl_curve_stroke(struct tl_canvas *canvas, const struct tl_curve *curve,
	const struct tl_series *series, double width)
{
	if (curve->count)
		tl_mark_points(canvas, TL_MARK_CURVE,
			tl_pen_stroke(series->color, width, series->dash), curve->points,
			curve->count);
}

static struct tl_point mix(struct tl_point a, struct tl_point b, double t)
{
	return (struct tl_point){a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

/* De Casteljau: the four points of the segment become seven, split at t. */
static void split(struct tl_point out[static 7], const struct tl_point *in, double t)
{
	struct tl_point middle = mix(in[1], in[2], t);
	out[0] = in[0];
	out[1] = mix(in[0], in[1], t);
	out[2] = mix(out[1], middle, t);
	out[5] = mix(in[2], in[3], t);
	out[4] = mix(middle, out[5], t);
	out[3] = mix(out[2], out[4], t);
	out[6] = in[3];
}

static struct tl_point at(const struct tl_point *segment, double t)
{
	struct tl_point parts[7];
	split(parts, segment, t);
	return parts[3];
}

/* x and y are both monotone in t along a segment: halve until the side is found. */
static double solve(const struct tl_point *segment, bool for_y, double value)
{
	double from = 0, to = 1, first = for_y ? segment[0].y : segment[0].x;
	bool rising = (for_y ? segment[3].y : segment[3].x) > first;
	for (int i = 0; i < 40; i++) {
		double t = (from + to) / 2;
		struct tl_point p = at(segment, t);
		if (((for_y ? p.y : p.x) < value) == rising)
			from = t;
		else
			to = t;
	}
	return (from + to) / 2;
}

double tl_curve_at(const struct tl_curve *curve, double x)
{
	if (!curve->count || x < curve->points[0].x || x > curve->points[curve->count - 1].x)
		return NAN;
	size_t low = 0, high = (curve->count - 1) / 3 - 1;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (curve->points[3 * middle + 3].x < x)
			low = middle + 1;
		else
			high = middle;
	}
	const struct tl_point *segment = curve->points + 3 * low;
	return at(segment, solve(segment, false, x)).y;
}

/* ---- areas ---------------------------------------------------------------------------------- */

struct area { /* one side of valence 0, until the curve crosses it */
	struct tl_canvas *canvas;
	struct tl_point *points;
	size_t count;
	double zero;
};

static void area_line(struct area *area, struct tl_point to)
{
	struct tl_point from = area->points[area->count - 1];
	area->points[area->count++] = mix(from, to, 1.0 / 3);
	area->points[area->count++] = mix(from, to, 2.0 / 3);
	area->points[area->count++] = to;
}

static void area_begin(struct area *area, struct tl_point at_curve)
{
	area->points[0] = (struct tl_point){at_curve.x, area->zero};
	area->count = 1;
	area_line(area, at_curve);
}

static void area_end(struct area *area)
{
	double peak = area->zero;
	for (size_t i = 3; i < area->count; i += 3)
		if (fabs(area->points[i].y - area->zero) > fabs(peak - area->zero))
			peak = area->points[i].y;
	struct tl_point last = area->points[area->count - 1];
	area_line(area, (struct tl_point){last.x, area->zero});
	area_line(area, area->points[0]);
	const struct tl_palette *palette = area->canvas->palette;
	if (peak != area->zero)
		tl_mark_points(area->canvas, TL_MARK_SHAPE,
			tl_pen_fill(peak < area->zero ? palette->above : palette->below),
			area->points, area->count);
}

static void area_curve(struct area *area, const struct tl_point *segment)
{
	for (int i = 1; i < 4; i++)
		area->points[area->count++] = segment[i];
}

void tl_curve_areas(
	struct tl_canvas *canvas, const struct tl_curve *curve, const struct tl_frame *frame)
{
	if (!curve->count)
		return;
	struct area area = {.canvas = canvas, .zero = frame->zero};
	area.points = tl_arena_array(canvas->arena, struct tl_point, curve->count + 16);
	area_begin(&area, curve->points[0]);
	for (size_t i = 0; i + 3 < curve->count; i += 3) {
		const struct tl_point *segment = curve->points + i;
		double from = segment[0].y - frame->zero, to = segment[3].y - frame->zero;
		if (from * to < 0) {
			struct tl_point parts[7];
			split(parts, segment, solve(segment, true, frame->zero));
			area_curve(&area, parts);
			area_end(&area);
			area_begin(&area, parts[3]);
			area_curve(&area, parts + 3);
		} else {
			if (from == 0 && i) {
				area_end(&area);
				area_begin(&area, segment[0]);
			}
			area_curve(&area, segment);
		}
	}
	area_end(&area);
}
