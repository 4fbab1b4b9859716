/* edit: the decisions about one journey put into its text.
 *
 * Touchpoints are edited in the order of the source. Each child is edited where it stands; what is
 * new goes behind the last of its kind, or of those that usually stand before it. Then the front
 * reads the whole as if it were the file, and judges it: nothing is judged here that it knows.
 */
#include <stdlib.h>
#include <string.h>

#include "edit/edit.h"

enum { MAX_CANDIDATES = 2000, MAX_HINTS = 100 };

/* What happens to a child of a touchpoint, and behind it. */
struct place {
	const struct tl_xml_element *element;
	const struct tl_xml_element *decision; /* about it; NULL: it stays */
	struct tl_part part;
	const struct tl_xml_element **added; /* behind it, in order */
	size_t added_count, added_capacity;
};

struct work { /* one touchpoint */
	const struct tl_xml_element *touchpoint, *decision;
};

struct applying {
	struct tl_arena *arena;
	struct tl_diags *diags;
	const struct tl_journey *journey;
	const struct tl_xml_element *decided; /* the journey's element in the decisions */
	struct edit_rope rope;
	struct tl_edit *edit;
	struct work *work;
	size_t work_count, work_capacity;
};

/* ---- touchpoints -------------------------------------------------------------------------------- */

static void unknown_touchpoint(
	struct applying *applying, const struct tl_xml_element *decision, const char *id)
{
	const struct tl_journey *journey = applying->journey;
	struct tl_diag *diag = tl_diag_add(applying->diags, TL0301,
		tl_xml_attribute_span(decision->at, "id"), "unknown touchpoint '%.80s'", id);
	const char *names[MAX_CANDIDATES];
	size_t count = 0;

	if (applying->diags->errors > MAX_HINTS)
		return;
	for (; count < journey->touchpoint_count && count < MAX_CANDIDATES; count++)
		names[count] = journey->touchpoints[count].id;
	const char *near = tl_text_nearest(id, names, count);
	if (near)
		tl_diag_hint(applying->diags, diag, "did you mean '%s'?", near);
	else
		tl_diag_hint(applying->diags, diag, "'%s' has no such touchpoint now", journey->id);
	if (count)
		tl_diag_note(applying->diags, diag, journey->touchpoints[0].at,
			"touchpoints of '%s' begin here", journey->id);
}

static void index_touchpoints(struct tl_arena *arena, struct tl_table *table, struct tl_xml_element *root)
{
	tl_table_init(table, arena);
	for (struct tl_xml_element *stage = root->first; stage; stage = stage->next)
		for (struct tl_xml_element *t = stage->first; t; t = t->next)
			if (!strcmp(t->name, "touchpoint"))
				tl_table_add(table, tl_edit_value(arena, t, "id"), t);
}

static int by_offset(const void *a, const void *b)
{
	const struct work *x = a, *y = b;

	return x->touchpoint->at.offset < y->touchpoint->at.offset ? -1 : 1;
}

/* What is to be done, in the order of the source. */
static void find_work(struct applying *applying, struct tl_xml_element *root)
{
	struct tl_table table;

	index_touchpoints(applying->arena, &table, root);
	for (const struct tl_xml_element *d = applying->decided->first; d; d = d->next) {
		const char *id = tl_edit_value(applying->arena, d, "id");
		const struct tl_xml_element *touchpoint = tl_table_get(&table, id);
		if (!touchpoint) {
			unknown_touchpoint(applying, d, id);
			continue;
		}
		applying->work = tl_arena_grow(applying->arena, applying->work,
			applying->work_count, &applying->work_capacity, sizeof *applying->work);
		applying->work[applying->work_count++] = (struct work){touchpoint, d};
	}
	if (applying->work_count)
		qsort(applying->work, applying->work_count, sizeof *applying->work, by_offset);
}

/* A pain may stand at another touchpoint: adding it here would make a second one. */
static void refuse_elsewhere(struct applying *applying, const struct tl_table *pains)
{
	for (size_t i = 0; i < applying->work_count; i++) {
		const struct work *work = &applying->work[i];
		const char *here = tl_edit_value(applying->arena, work->touchpoint, "id");
		for (const struct tl_xml_element *d = work->decision->first; d; d = d->next) {
			const char *id = tl_edit_value(applying->arena, d, "id");
			const struct tl_touchpoint *there =
				strcmp(d->name, "pain") != 0 ? NULL : tl_table_get(pains, id);
			if (!there || !strcmp(there->id, here))
				continue;
			struct tl_diag *diag = tl_diag_add(applying->diags, TL0309,
				tl_xml_attribute_span(d->at, "id"),
				"the pain '%s' stands at the touchpoint '%s', not at '%s'", id,
				there->id, here);
			tl_diag_hint(applying->diags, diag,
				"put it into <touchpoint id=\"%s\">, or give a new pain another id",
				there->id);
			tl_diag_note(applying->diags, diag, there->at, "it stands there");
		}
	}
}

static void index_pains(struct applying *applying, struct tl_table *pains)
{
	const struct tl_journey *journey = applying->journey;

	tl_table_init(pains, applying->arena);
	for (size_t i = 0; i < journey->touchpoint_count; i++)
		for (size_t p = 0; p < journey->touchpoints[i].pain_count; p++)
			tl_table_add(pains, journey->touchpoints[i].pains[p].id,
				(void *)(uintptr_t)&journey->touchpoints[i]);
}

/* ---- what is where ------------------------------------------------------------------------------ */

static struct place *list_places(
	struct applying *applying, const struct tl_xml_element *touchpoint, size_t *count)
{
	size_t n = 0;

	for (const struct tl_xml_element *e = touchpoint->first; e; e = e->next)
		n++;
	struct place *places = tl_arena_array(applying->arena, struct place, n);
	*count = 0;
	for (const struct tl_xml_element *e = touchpoint->first; e; e = e->next) {
		struct place *place = &places[*count];
		place->element = e;
		if (tl_front_part(&place->part, e->name))
			++*count;
	}
	return places;
}

static void index_places(
	struct applying *applying, struct tl_table *table, struct place *places, size_t count)
{
	tl_table_init(table, applying->arena);
	for (size_t i = 0; i < count; i++) {
		struct place *place = &places[i];
		tl_table_add(table,
			tl_edit_key(applying->arena, &place->part, place->element, false), place);
		/* a decision that names no id may mean it by its text */
		tl_table_add(table,
			tl_edit_key(applying->arena, &place->part, place->element, true), place);
	}
}

/* The last of its kind, or of the kinds that usually stand before it: there is one, for every
 * touchpoint has a title. */
static struct place *last_before(struct place *places, size_t count, const struct tl_part *part)
{
	struct place *last = NULL, *before = NULL;

	for (size_t i = 0; i < count; i++) {
		if (places[i].part.order == part->order)
			last = &places[i];
		if (places[i].part.order < part->order)
			before = &places[i];
	}
	return last ? last : before ? before : &places[0];
}

static void add_behind(
	struct applying *applying, struct place *place, const struct tl_xml_element *decision)
{
	struct tl_part part, other;
	size_t at = place->added_count;

	place->added = tl_arena_grow(applying->arena, place->added, at, &place->added_capacity,
		sizeof *place->added);
	tl_front_part(&part, decision->name);
	for (; at > 0; at--) {
		tl_front_part(&other, place->added[at - 1]->name);
		if (other.order <= part.order)
			break;
		place->added[at] = place->added[at - 1];
	}
	place->added[at] = decision;
	place->added_count++;
}

static void decided_twice(struct applying *applying, const struct place *place,
	const struct tl_xml_element *decision)
{
	struct tl_diag *diag = tl_diag_add(applying->diags, TL0308, decision->name_at,
		"this %s is decided about twice, by its id and by its text", place->part.name);

	tl_diag_note(applying->diags, diag, place->decision->name_at, "the first time is here");
}

/* Which decision is about which child; the others are new. */
static void match(struct applying *applying, const struct tl_xml_element *decisions,
	struct place *places, size_t count)
{
	struct tl_table table;
	struct tl_part part;

	index_places(applying, &table, places, count);
	for (const struct tl_xml_element *d = decisions->first; d; d = d->next) {
		if (!tl_front_part(&part, d->name))
			continue;
		struct place *place =
			tl_table_get(&table, tl_edit_key(applying->arena, &part, d, false));
		if (!place)
			add_behind(applying, last_before(places, count, &part), d);
		else if (place->decision)
			decided_twice(applying, place, d);
		else
			place->decision = d;
	}
}

/* ---- writing ------------------------------------------------------------------------------------ */

static void count_one(struct applying *applying, bool changed)
{
	if (changed)
		applying->edit->changed++;
	else
		applying->edit->already++;
}

/* The columns that an element takes on one line, nearly. */
static size_t width_of(const struct tl_xml_element *element)
{
	size_t width = 2 * strlen(element->name) + 5 + tl_utf8_columns(element->text, strlen(element->text));

	for (const struct tl_xml_attribute *a = element->attributes; a; a = a->next)
		width += strlen(a->name) + 4 + tl_utf8_columns(a->value, strlen(a->value));
	return width;
}

/* How new elements are set off in a touchpoint. */
struct style {
	const char *line; /* a line end, and the indentation of children */
	const char *close; /* the same of the end tag, where a touchpoint on one line gets lines */
};

/* A touchpoint on one line gets lines where it has no room for what is new. */
static bool is_split(const struct tl_xml_element *touchpoint, const struct place *places, size_t count)
{
	const struct tl_source *source = touchpoint->at.source;
	size_t start = touchpoint->at.offset, end = edit_end(touchpoint->end_at);
	size_t width = tl_utf8_columns(source->text + start, end - start);
	bool added = false, blank;

	for (size_t i = 0; i < count; i++)
		for (size_t n = 0; n < places[i].added_count; n++, added = true)
			width += width_of(places[i].added[n]);
	if (!added || memchr(source->text + start, '\n', end - start) ||
		memchr(source->text + start, '\r', end - start))
		return false;
	tl_edit_rest_of_line(source, end, &blank);
	return blank && tl_edit_starts_line(source, start) && width > EDIT_WIDTH;
}

static struct style choose_style(struct applying *applying,
	const struct tl_xml_element *touchpoint, const struct place *places, size_t count)
{
	struct tl_arena *arena = applying->arena;
	const struct tl_source *source = touchpoint->at.source;
	const char *end = tl_edit_line_end(source, touchpoint->at.offset);
	struct style style = {
		.line = tl_arena_printf(arena, "%s%s", end, tl_edit_child_indent(arena, touchpoint))};

	if (is_split(touchpoint, places, count))
		style.close = tl_arena_printf(arena, "%s%s", end,
			tl_edit_indent(arena, source, touchpoint->at.offset));
	return style;
}

static void put_line(struct applying *applying, const struct tl_xml_element *touchpoint,
	const struct tl_xml_element *decision, const char *line)
{
	struct edit_rope *rope = &applying->rope;
	size_t below = 2 + touchpoint->name_at.length - strlen(touchpoint->name) + strlen(decision->name);

	tl_rope_put(rope, line, decision->name_at);
	tl_edit_add(rope, touchpoint, decision,
		tl_arena_printf(applying->arena, "%s%*s", line, (int)below, ""));
}

/* White space on the line before an element that does not begin it. */
static const char *space_before(struct applying *applying, const struct tl_xml_element *element)
{
	const char *text = element->at.source->text;
	size_t end = element->at.offset, start = end;

	while (edit_is_blank(text[start - 1]))
		start--;
	return tl_arena_strndup(applying->arena, text + start, end - start);
}

static void put_added(struct applying *applying, const struct tl_xml_element *touchpoint,
	const struct place *place, const struct style *style)
{
	const struct tl_source *source = touchpoint->at.source;
	size_t end = edit_end(place->element->end_at);
	bool blank, lines;
	size_t rest = tl_edit_rest_of_line(source, end, &blank);

	lines = blank || style->close;
	tl_rope_keep(&applying->rope, blank ? rest : end);
	const char *line = style->line;
	if (tl_edit_starts_line(source, place->element->at.offset))
		line = tl_arena_printf(applying->arena, "%s%s", tl_edit_line_end(source, end),
			tl_edit_indent(applying->arena, source, place->element->at.offset));
	for (size_t i = 0; i < place->added_count; i++) {
		const struct tl_xml_element *added = place->added[i];
		if (lines) {
			put_line(applying, touchpoint, added, line);
		} else {
			tl_rope_put(&applying->rope, space_before(applying, place->element),
				added->name_at);
			tl_edit_add(&applying->rope, touchpoint, added, NULL);
		}
		count_one(applying, true);
	}
}

/* A line end instead of the white space between two tags, if there is nothing else. */
static void break_line(struct edit_rope *rope, size_t until, const char *line, struct tl_span cause)
{
	for (size_t at = rope->done; at < until; at++)
		if (!edit_is_space(rope->source->text[at]))
			return;
	tl_rope_skip(rope, until);
	tl_rope_put(rope, line, cause);
}

static void edit_child(struct applying *applying, const struct place *place)
{
	struct edit_rope *rope = &applying->rope;

	if (!place->decision)
		return;
	bool changed = tl_edit_tag(rope, place->element,
		tl_edit_is_nameless(&place->part, place->decision) ? NULL : place->part.key,
		place->decision);
	changed |= place->part.has_text && tl_edit_text(rope, place->element, place->decision);
	count_one(applying, changed);
}

static void edit_touchpoint(struct applying *applying, const struct work *work)
{
	struct edit_rope *rope = &applying->rope;
	size_t count;
	struct place *places = list_places(applying, work->touchpoint, &count);

	match(applying, work->decision, places, count);
	struct style style = choose_style(applying, work->touchpoint, places, count);
	bool changed = tl_edit_tag(rope, work->touchpoint, "id", work->decision);
	if (work->decision->attributes->next) /* more than its id */
		count_one(applying, changed);
	tl_rope_keep(rope, edit_end(work->touchpoint->at));
	for (size_t i = 0; i < count; i++) {
		if (style.close)
			break_line(rope, places[i].element->at.offset, style.line,
				work->decision->name_at);
		edit_child(applying, &places[i]);
		if (places[i].added_count)
			put_added(applying, work->touchpoint, &places[i], &style);
		else if (style.close)
			tl_rope_keep(rope, edit_end(places[i].element->end_at));
	}
	if (style.close)
		break_line(rope, work->touchpoint->end_at.offset, style.close,
			work->decision->name_at);
}

/* ---- judging the result ------------------------------------------------------------------------- */

struct origin {
	struct applying *applying;
	const struct tl_source *text; /* as it will be */
	bool outside; /* there are errors in places that no decision wrote */
};

static struct tl_span place_of(void *context, struct tl_span at, bool error)
{
	struct origin *origin = context;
	bool kept;

	if (!at.source)
		return at;
	if (at.source == origin->text) {
		struct tl_span from = tl_rope_origin(&origin->applying->rope, at, &kept);
		origin->outside |= kept && error;
		return from;
	}
	origin->outside |= error;
	return (struct tl_span){tl_diags_source(origin->applying->diags, at.source->name,
					at.source->text, at.source->length),
		at.offset, at.length};
}

/* Reads the text as the front would read the file. What it says is passed on. */
static bool judge(struct applying *applying)
{
	struct tl_diags result;
	struct tl_arena arena;
	const struct tl_source *source = applying->rope.source;
	struct tl_diags *diags = applying->diags;
	size_t before = diags->errors;

	tl_diags_init(&result);
	tl_arena_init(&arena);
	tl_front_parse(&arena, &result, source->name, applying->rope.text.data,
		applying->rope.text.len);
	struct origin origin = {.applying = applying,
		.text = result.source_count ? result.sources[0] : NULL};
	bool wrong = result.errors > 0;
	tl_diags_pass_on(diags, &result, place_of, &origin);
	if (wrong && (origin.outside || diags->errors == before))
		tl_diag_add(diags, TL0418, tl_xml_attribute_span(applying->decided->at, "id"),
			"with these decisions the journey '%s' would have errors",
			applying->journey->id);
	tl_diags_release(&result);
	tl_arena_release(&arena);
	return !wrong;
}

/* ---- the whole ---------------------------------------------------------------------------------- */

static bool is_sound(const struct tl_journey *journey)
{
	for (size_t i = 0; i < journey->source_count; i++)
		if (journey->sources[i]->errors)
			return false;
	return true;
}

static const struct tl_xml_element *find_decided(
	const struct tl_decisions *decisions, const char *id)
{
	const struct tl_xml_element *element = decisions->root->first;

	for (size_t i = 0; i < decisions->count; i++, element = element->next)
		if (!strcmp(decisions->journeys[i].id, id))
			return element;
	return NULL;
}

static bool apply(struct applying *applying)
{
	size_t before = applying->diags->errors;
	struct tl_table pains;
	struct tl_xml_element *root =
		tl_xml_parse(applying->arena, applying->diags, applying->rope.source);

	if (!root)
		return false;
	find_work(applying, root);
	index_pains(applying, &pains);
	refuse_elsewhere(applying, &pains);
	if (applying->diags->errors > before)
		return false;
	for (size_t i = 0; i < applying->work_count; i++)
		edit_touchpoint(applying, &applying->work[i]);
	tl_rope_keep(&applying->rope, applying->rope.source->length);
	if (applying->diags->errors > before)
		return false;
	return !applying->edit->changed || judge(applying);
}

bool tl_edit_apply(struct tl_arena *arena, struct tl_diags *diags,
	const struct tl_journey *journey, const struct tl_decisions *decisions,
	struct tl_edit *edit)
{
	struct applying applying = {
		.arena = arena, .diags = diags, .journey = journey, .edit = edit};

	*edit = (struct tl_edit){.before = journey->sources[0]};
	applying.decided = find_decided(decisions, journey->id);
	applying.rope = (struct edit_rope){.arena = arena, .source = edit->before};
	bool good = true;
	if (!applying.decided) {
		tl_rope_keep(&applying.rope, edit->before->length);
	} else if (!is_sound(journey)) {
		struct tl_diag *diag = tl_diag_add(diags, TL0419,
			tl_xml_attribute_span(applying.decided->at, "id"),
			"the journey '%s' has errors already, and is not edited before they are mended",
			journey->id);
		tl_diag_hint(diags, diag, "touchline check %s", edit->before->name);
		good = false;
	} else {
		good = apply(&applying);
	}
	if (good)
		edit->text = applying.rope.text;
	else
		tl_buf_release(&applying.rope.text);
	return good;
}
