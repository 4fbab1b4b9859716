/* Mapping: what a profile takes from a row. Where several elements of one kind are given, the first
 * that has a value counts; texts, tags, customers, fields and measures add up; several ids make one.
 */
#include "intake/record.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct lists { /* of the record, while it grows */
	struct tl_hash16 *identifiers;
	const char **tags, **names;
	struct tl_field *fields;
	struct tl_measure *measures;
	size_t identifier_capacity, tag_capacity, field_capacity, measure_capacity;
	size_t name_count, name_capacity;
};
struct making {
	struct intake_maker *maker;
	const struct tl_profile *profile;
	const struct intake_row *row;
	struct lists lists;
	struct tl_buf id;
};

#define ADD(m, list, count, capacity)                                                              \
	((list) = tl_arena_grow((m)->maker->arena, (list), (count), &(capacity), sizeof *(list)),  \
		&(list)[(count)++])

static bool fail(struct making *m, const struct intake_take *take, const char *value,
	const char *reason)
{
	struct intake_maker *maker = m->maker;

	maker->fault.column = take->from ? take->from : "";
	maker->fault.reason =
		value ? tl_arena_printf(maker->arena, "'%.60s' %s", value, reason) : reason;
	return false;
}

/* What a word of the profile means, or the value itself; NULL where it means nothing. */
static const char *meaning(const struct intake_take *take, const char *value)
{
	for (const struct intake_word *word = take->words; word; word = word->next)
		if (!strcasecmp(word->is, value))
			return word->means && *word->means ? word->means : NULL;
	return value;
}

/* The cell's value, or NULL where there is none. */
static const char *value_of(struct making *m, const struct intake_take *take)
{
	const char *value = take->value;

	if (take->slot == INTAKE_ROW_NUMBER)
		return tl_arena_printf(
			m->maker->arena, "%llu", (unsigned long long)m->row->number);
	if (take->slot >= 0 && m->row->cells[take->slot].text)
		value = m->row->cells[take->slot].text;
	return value ? meaning(take, value) : NULL;
}

/* ---- single values ---------------------------------------------------------------------------- */

static bool set_time(struct making *m, const struct intake_take *take, int64_t *time,
	const char *value)
{
	const struct tl_profile *profile = m->profile;
	int64_t created = m->maker->record.created;
	const char *wrong;
	double seconds;

	if (isnan(take->unit)) {
		wrong = intake_time(time, value, profile->order, profile->offset);
	} else {
		wrong = intake_duration(&seconds, value, take->unit);
		if (!wrong && created != TL_NO_TIME)
			*time = created + (int64_t)seconds;
	}
	return !wrong || fail(m, take, value, wrong);
}

static bool set_count(
	struct making *m, const struct intake_take *take, int *count, const char *value)
{
	double number;
	const char *wrong = intake_number(&number, value);

	if (!wrong && !(number >= 0 && number <= 1e6))
		wrong = "is no count";
	if (wrong)
		return fail(m, take, value, wrong);
	*count = (int)number;
	return true;
}

static void set_once(const char **to, const char *value)
{
	if (!*to)
		*to = value;
}

/* ---- lists ------------------------------------------------------------------------------------ */

/* Calls add for each of the values of a cell. */
static void each_value(struct making *m, const char *value, char split,
	void (*add)(struct making *m, const char *value))
{
	char ends[3] = {INTAKE_SEPARATOR, split, '\0'};

	while (*value) {
		size_t n = strcspn(value, ends);
		char *copy = tl_arena_strndup(m->maker->arena, value, n);
		size_t length = n;

		while (*copy == ' ')
			copy++, length--;
		while (length && copy[length - 1] == ' ')
			copy[--length] = '\0';
		if (*copy)
			add(m, copy);
		value += n;
		value += *value != '\0';
	}
}

static void add_tag(struct making *m, const char *value)
{
	struct tl_record *record = &m->maker->record;

	*ADD(m, m->lists.tags, record->tag_count, m->lists.tag_capacity) = value;
}

static void add_name(struct making *m, const char *value)
{
	*ADD(m, m->lists.names, m->lists.name_count, m->lists.name_capacity) = value;
}

static void add_customer(struct making *m, const struct intake_take *take, const char *value)
{
	struct tl_record *record = &m->maker->record;
	const struct tl_intake *intake = m->maker->intake;
	struct tl_hash16 hash;

	if (tl_identity_hash(&hash, intake->key, (enum tl_identity_kind)take->as, intake->source,
		    value))
		*ADD(m, m->lists.identifiers, record->identifier_count,
			m->lists.identifier_capacity) = hash;
}

/* later-than: whether the one time is behind the other, where both are there. */
static const char *compare_times(struct making *m, const struct intake_take *take,
	const char *value)
{
	const char *other = m->row->cells[take->later_slot].text;
	const struct tl_profile *profile = m->profile;
	int64_t a, b;

	if (!other || intake_milliseconds(&a, value, profile->order, profile->offset) ||
		intake_milliseconds(&b, other, profile->order, profile->offset))
		return NULL;
	return tl_yes_no.words[a > b];
}

static void put_field(struct making *m, const char *name, const char *value)
{
	*ADD(m, m->lists.fields, m->maker->record.field_count, m->lists.field_capacity) =
		(struct tl_field){name, value};
}

/* As exports of ours have them. */
static bool add_object(struct making *m, const struct intake_take *take, const char *value)
{
	struct tl_arena *arena = m->maker->arena;
	json_t *object = json_loads(value, JSON_REJECT_DUPLICATES, NULL), *one;
	bool good = json_is_object(object);
	const char *name;

	if (good)
		json_object_foreach(object, name, one)
		{
			good = good && json_is_string(one);
			if (good)
				put_field(m, tl_arena_strdup(arena, name),
					tl_arena_strdup(arena, json_string_value(one)));
		}
	json_decref(object);
	return good || fail(m, take, value, "is no object of JSON with texts");
}

static bool add_field(struct making *m, const struct intake_take *take, const char *value)
{
	if (take->object)
		return add_object(m, take, value);
	if (take->later_slot != INTAKE_NO_SLOT)
		value = compare_times(m, take, value);
	if (value)
		put_field(m, take->name, value);
	return true;
}

/* What else the row says of its measure: its instrument, its name, the ends of its scale. */
static const char *cell_of(const struct making *m, int slot)
{
	return slot >= 0 ? m->row->cells[slot].text : NULL;
}

static bool read_end(struct making *m, const struct intake_take *take, int slot, double *end)
{
	const char *cell = cell_of(m, slot), *wrong = cell ? intake_number(end, cell) : NULL;

	return !wrong || fail(m, take, cell, wrong);
}

static bool read_reverse(struct making *m, const struct intake_take *take, bool *reverse)
{
	const char *cell = cell_of(m, take->reverse_slot);
	int yes = cell ? tl_vocabulary_find(&tl_yes_no, cell) : *reverse;

	*reverse = yes == 1;
	return yes >= 0 || fail(m, take, cell, "is neither yes nor no: is the low end the good one?");
}

static bool describe_measure(
	struct making *m, const struct intake_take *take, struct tl_measure *measure)
{
	const char *as = cell_of(m, take->as_slot), *name = cell_of(m, take->name_slot);

	*measure = (struct tl_measure){.field = name ? name : take->name,
		.instrument = as ? tl_vocabulary_find(&tl_instruments, as) : take->as,
		.min = take->min,
		.max = take->max,
		.reverse = take->reverse};
	if (as && measure->instrument < 0)
		return fail(m, take, as, "is no instrument: csat, nps, ces, rating or visits");
	if (measure->instrument < 0)
		return fail(m, take, NULL, "has a score and no instrument");
	if (!read_end(m, take, take->min_slot, &measure->min) ||
		!read_end(m, take, take->max_slot, &measure->max) ||
		!read_reverse(m, take, &measure->reverse))
		return false;
	if (measure->min >= measure->max)
		return fail(m, take, NULL, "has a scale whose ends are the wrong way round");
	return true;
}

static bool add_measure(struct making *m, const struct intake_take *take, const char *value)
{
	static const struct {
		double min, max;
	} scales[] = {[TL_CSAT] = {-1e9, 1e9}, [TL_NPS] = {0, 10}, [TL_CES] = {-1e9, 1e9},
		[TL_RATING] = {-1e9, 1e9}, [TL_VISITS] = {0, 1e9}};
	struct tl_record *record = &m->maker->record;
	const char *wrong;
	struct tl_measure measure;
	double min, max;

	if (!describe_measure(m, take, &measure))
		return false;
	wrong = intake_number(&measure.score, value);
	if (wrong)
		return fail(m, take, value, wrong);
	min = isnan(measure.min) ? scales[measure.instrument].min : measure.min;
	max = isnan(measure.max) ? scales[measure.instrument].max : measure.max;
	if (measure.score < min || measure.score > max)
		return fail(m, take, value,
			tl_arena_printf(m->maker->arena, "is not on the scale from %g to %g", min,
				max));
	*ADD(m, m->lists.measures, record->measure_count, m->lists.measure_capacity) = measure;
	return true;
}

static bool set_kind(struct making *m, const struct intake_take *take, const char *value)
{
	int kind = tl_vocabulary_find(&tl_record_kinds, value);

	if (kind < 0)
		return fail(m, take, value,
			"is no kind of record: survey, ticket, chat, call, social, interview, event "
			"or note");
	m->maker->record.kind = (enum tl_record_kind)kind;
	return true;
}

static void add_text(struct making *m, const struct intake_take *take, const char *value)
{
	struct tl_buf *text = &m->maker->text;
	size_t start;

	if (text->len)
		tl_buf_putc(text, '\n');
	start = text->len;
	if (take->html)
		intake_html(text, value, strlen(value));
	else
		tl_buf_puts(text, value);
	for (char *p; (p = memchr(text->data + start, INTAKE_SEPARATOR, text->len - start));)
		*p = '\n';
}

/* ---- the record -------------------------------------------------------------------------------- */

static bool take_value(struct making *m, const struct intake_take *take, const char *value)
{
	struct tl_record *record = &m->maker->record;
	int64_t *times[] = {[INTAKE_CREATED] = &record->created,
		[INTAKE_UPDATED] = &record->updated, [INTAKE_REPLIED] = &record->replied,
		[INTAKE_RESOLVED] = &record->resolved, [INTAKE_EXPORTED] = &record->exported};

	switch (take->role) {
	case INTAKE_ID:
		if (m->id.len)
			tl_buf_putc(&m->id, '/');
		tl_buf_puts(&m->id, value);
		break;
	case INTAKE_CREATED:
	case INTAKE_UPDATED:
	case INTAKE_REPLIED:
	case INTAKE_RESOLVED:
	case INTAKE_EXPORTED:
		return *times[take->role] != TL_NO_TIME ||
		       set_time(m, take, times[take->role], value);
	case INTAKE_CUSTOMER:
		add_customer(m, take, value);
		break;
	case INTAKE_NAME:
		each_value(m, value, 0, add_name);
		break;
	case INTAKE_SEGMENT:
		set_once(&record->segment, value);
		break;
	case INTAKE_CHANNEL:
		set_once(&record->channel, value);
		break;
	case INTAKE_LANGUAGE:
		set_once(&record->language, value);
		break;
	case INTAKE_TEXT:
		add_text(m, take, value);
		break;
	case INTAKE_TAG:
		each_value(m, value, take->split, add_tag);
		break;
	case INTAKE_FIELD:
		return add_field(m, take, value);
	case INTAKE_HANDOFFS:
		return record->handoffs >= 0 || set_count(m, take, &record->handoffs, value);
	case INTAKE_REOPENS:
		return record->reopens >= 0 || set_count(m, take, &record->reopens, value);
	case INTAKE_JOURNEY:
		set_once(&record->journey, value);
		break;
	case INTAKE_TOUCHPOINT:
		set_once(&record->touchpoint, value);
		break;
	case INTAKE_DEPARTMENT:
		set_once(&record->department, value);
		break;
	case INTAKE_KIND:
		return set_kind(m, take, value);
	case INTAKE_MEASURE:
		return add_measure(m, take, value);
	}
	return true;
}

/* Masks first: nobody sees the text as it came. */
static void finish_text(struct making *m)
{
	struct intake_maker *maker = m->maker;
	struct tl_record *record = &maker->record;
	const struct tl_intake *intake = maker->intake;
	struct tl_reading reading;

	if (!maker->text.len)
		return;
	tl_buf_clear(&maker->masked);
	tl_mask_text(maker->mask, &maker->masked, maker->text.data, maker->text.len,
		m->lists.names, m->lists.name_count);
	record->text = tl_arena_strndup(maker->arena, maker->masked.data, maker->masked.len);
	tl_text_read(intake->lexicon, record->text, maker->masked.len, record->language, &reading);
	record->sentiment = reading.sentiment;
	record->friction_kinds = reading.friction_kinds;
	set_once(&record->language, reading.language);
}

static bool finish(struct making *m)
{
	static const struct intake_take whole = {.from = ""};
	struct tl_record *record = &m->maker->record;

	if (!m->id.len)
		return fail(m, &whole, NULL, "has no id");
	record->external_id = tl_arena_strdup(m->maker->arena, m->id.data);
	record->identifiers = m->lists.identifiers;
	record->tags = m->lists.tags;
	record->fields = m->lists.fields;
	record->measures = m->lists.measures;
	finish_text(m);
	return true;
}

static void begin(struct intake_maker *maker, struct tl_arena *arena)
{
	maker->arena = arena;
	maker->record = (struct tl_record){.source = maker->intake->source,
		.kind = (enum tl_record_kind)maker->intake->profile->kind,
		.created = TL_NO_TIME,
		.updated = TL_NO_TIME,
		.replied = TL_NO_TIME,
		.resolved = TL_NO_TIME,
		.exported = TL_NO_TIME,
		.handoffs = -1,
		.reopens = -1,
		.sentiment = NAN};
	maker->fault = (struct intake_fault){"", NULL};
	tl_buf_clear(&maker->text);
}

/* ---- what the source said ----------------------------------------------------------------------- */

static uint64_t keyed(const struct intake_maker *maker, const void *bytes, size_t n)
{
	uint8_t hash[TL_KEYED_SIZE];
	uint64_t number;

	tl_digest_keyed(hash, maker->intake->key->bytes, bytes, n);
	memcpy(&number, hash, sizeof number);
	return number;
}

static void put_cell(struct making *m, int slot)
{
	const struct intake_cell *cell = slot >= 0 ? &m->row->cells[slot] : NULL;

	if (cell && cell->text)
		tl_buf_put(&m->maker->said, cell->text, cell->length + 1); /* and its NUL */
	else if (cell)
		tl_buf_putc(&m->maker->said, '\1');
}

/* Of all cells that the profile takes, as they came, but those that differ with every export. The
 * key keeps anybody from trying which text or which address it is. */
static void digest_cells(struct making *m)
{
	static const struct tl_identity_key none;
	struct intake_maker *maker = m->maker;

	if (memcmp(maker->intake->key, &none, sizeof none) == 0)
		return;
	if (!maker->key_mark)
		maker->key_mark = (keyed(maker, "", 0) | 1) << 48;
	tl_buf_clear(&maker->said);
	for (const struct intake_take *t = m->profile->takes; t; t = t->next) {
		if (t->role == INTAKE_UPDATED || t->role == INTAKE_EXPORTED)
			continue;
		put_cell(m, t->slot);
		put_cell(m, t->later_slot);
		put_cell(m, t->as_slot);
		put_cell(m, t->name_slot);
		put_cell(m, t->min_slot);
		put_cell(m, t->max_slot);
	}
	maker->record.said =
		maker->key_mark | keyed(maker, maker->said.data, maker->said.len) >> 16;
}

bool intake_make(
	struct intake_maker *maker, struct tl_arena *arena, const struct intake_row *row)
{
	struct making m = {.maker = maker, .profile = maker->intake->profile, .row = row};
	bool good = true;

	begin(maker, arena);
	/* created first, since other times may be counted from it */
	for (int pass = 0; pass < 2 && good; pass++)
		for (const struct intake_take *t = m.profile->takes; t && good; t = t->next) {
			const char *value;

			if ((t->role == INTAKE_CREATED) == (pass == 1))
				continue;
			value = value_of(&m, t);
			good = !value || take_value(&m, t, value);
		}
	good = good && finish(&m);
	if (good)
		digest_cells(&m);
	tl_buf_release(&m.id);
	return good;
}

void intake_maker_release(struct intake_maker *maker)
{
	tl_buf_release(&maker->text);
	tl_buf_release(&maker->masked);
	tl_buf_release(&maker->said);
}
