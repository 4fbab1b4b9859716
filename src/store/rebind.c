/* store: bindings become what changed rules say, at the cost of what that concerns.
 *
 * What the rules hit now and what they were bound to is sorted by record; where both are the same,
 * nothing is done. Otherwise the record's bindings are read, what wins is settled among them, and what
 * differs is written. Only where what wins differs in what it counts is the customer taken out of the
 * roll-ups, before the first such record of theirs is written, and put back in the end. Where that comes
 * to concern too much, the rest is only written, and the roll-ups are rebuilt.
 */
#include "store/rebind.h"

#include <stdlib.h>
#include <string.h>

/* Taking out and putting back more than this part of the records costs more than to count all of
 * them. At no time are more customers than MOST remembered. */
enum { MUCH = 8, MOST = 1 << 18, EARLY = 8 };

/* What a binding counts for, in the order of these numbers. */
struct effect {
	int64_t measure, touchpoint, journey, instrument, pain, expectation;
};
struct line { /* a binding of the record in hand */
	struct effect effect;
	int64_t rule, tier, badness, start, length;
	bool was, is; /* before and after the change */
	bool won, wins;
};

struct rebind tl_rebind_begin(struct tl_store *store)
{
	static const char unknown[] = "SELECT EXISTS (SELECT 1 FROM promise WHERE clock < 0)";
	struct rebind rebind = {.store = store, .records = tl_tally(store, "records")};

	/* Where nothing was bound, or not all is counted yet, all is to be counted. */
	rebind.all = !tl_tally(store, "bound") || !tl_roll_is_settled(store) ||
		     tl_sql_number(store, unknown, "");
	return rebind;
}

/* Told early, from how much it is until now: what was taken out until then was in vain. */
static bool will_be_much(const struct rebind *rebind)
{
	const struct tl_store *store = rebind->store;
	double out = -(double)store->more_records, most = (double)rebind->records / MUCH;

	if (out > most || store->dirty.count >= MOST)
		return true;
	return out * EARLY > most &&
	       out * (double)rebind->total > most * (double)(rebind->done + 1);
}

void tl_rebind_concern(struct rebind *rebind, int64_t whose)
{
	struct tl_store *store = rebind->store;

	if (rebind->all)
		return;
	tl_roll_touch(store, whose);
	if (!will_be_much(rebind))
		return;
	rebind->all = true;
	tl_roll_clear(store);
}

void tl_rebind_end(struct rebind *rebind)
{
	rebind->store->recounted = rebind->all ? -1 : -rebind->store->more_records;
	if (rebind->all)
		tl_roll_everything(rebind->store);
	else
		tl_roll_put_back(rebind->store);
	free(rebind->lines);
}

/* ---- one record ------------------------------------------------------------------------------------ */

static struct line *add_line(struct rebind *rebind)
{
	if (rebind->count == rebind->capacity) {
		rebind->capacity = rebind->capacity ? 2 * rebind->capacity : 16;
		rebind->lines = realloc(rebind->lines, rebind->capacity * sizeof *rebind->lines);
		if (!rebind->lines)
			tl_die_of_memory(rebind->capacity * sizeof *rebind->lines);
	}
	return &rebind->lines[rebind->count++];
}

static int64_t number_at(sqlite3_stmt *row, int column) /* or none */
{
	return sqlite3_column_type(row, column) == SQLITE_NULL ? TL_NO_TIME :
								 sqlite3_column_int64(row, column);
}

static void read_lines(struct rebind *rebind, int64_t record)
{
	static const char sql[] =
		"SELECT measure, touchpoint, journey, instrument, pain, expectation, rule, tier, wins"
		" FROM binding WHERE record = ?";
	sqlite3_stmt *row = tl_sql(rebind->store, sql, "i", record);

	rebind->count = 0;
	while (tl_sql_row(rebind->store, row))
		*add_line(rebind) = (struct line){
			.effect = {sqlite3_column_int64(row, 0), sqlite3_column_int64(row, 1),
				sqlite3_column_int64(row, 2), number_at(row, 3),
				sqlite3_column_int64(row, 4), sqlite3_column_int64(row, 5)},
			.rule = sqlite3_column_int64(row, 6),
			.tier = sqlite3_column_int64(row, 7),
			.was = true,
			.is = true,
			.won = sqlite3_column_int64(row, 8)};
}

static void lose(struct rebind *rebind, const struct change *change)
{
	for (size_t i = 0; i < rebind->count; i++)
		if (rebind->lines[i].rule == change->rule &&
			rebind->lines[i].effect.measure == change->hit.measure)
			rebind->lines[i].is = false;
}

static const struct rule *rule_of(const struct tl_store *store, int64_t id)
{
	for (size_t low = 0, high = store->rule_count; low < high;) {
		size_t middle = low + (high - low) / 2;

		if (store->rules[middle].id == id)
			return &store->rules[middle];
		if (store->rules[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static void find(struct rebind *rebind, const struct change *change)
{
	const struct rule *rule = rule_of(rebind->store, change->rule);

	if (!rule)
		return;
	*add_line(rebind) = (struct line){
		.effect = {change->hit.measure, rule->touchpoint, rule->journey,
			rule->as < 0 || rule->match ? TL_NO_TIME : rule->as, rule->pain,
			rule->expectation},
		.rule = rule->id,
		.tier = rule->match ? TIER_MATCH : TIER_NAMED,
		.badness = change->hit.badness,
		.start = change->hit.start,
		.length = change->hit.length,
		.is = true};
}

/* As tl_bind_settle says it. */
static bool may_win(const struct rebind *rebind, const struct line *line)
{
	const struct line *best = line;

	for (size_t i = 0; i < rebind->count; i++) {
		const struct line *other = &rebind->lines[i];

		if (other->is && !other->effect.measure &&
			other->effect.journey == line->effect.journey &&
			(other->tier > best->tier ||
				(other->tier == best->tier &&
					other->effect.touchpoint == line->effect.touchpoint)))
			best = other;
	}
	return best->effect.touchpoint == line->effect.touchpoint;
}

static bool has_effect(const struct rebind *rebind, const struct effect *effect, bool after)
{
	for (size_t i = 0; i < rebind->count; i++) {
		const struct line *line = &rebind->lines[i];

		if ((after ? line->wins : line->won) &&
			memcmp(&line->effect, effect, sizeof *effect) == 0)
			return true;
	}
	return false;
}

/* Whether what wins counts otherwise than before: how often a rule says the same makes none. */
static bool has_other_effects(const struct rebind *rebind)
{
	for (size_t i = 0; i < rebind->count; i++) {
		const struct line *line = &rebind->lines[i];

		if ((line->won && !has_effect(rebind, &line->effect, true)) ||
			(line->wins && !has_effect(rebind, &line->effect, false)))
			return true;
	}
	return false;
}

static void write_line(struct tl_store *store, int64_t record, const struct line *line)
{
	static const char drop[] = "DELETE FROM binding WHERE record = ? AND measure = ?"
				   " AND touchpoint = ? AND rule = ?";
	static const char turn[] = "UPDATE binding SET wins = ? WHERE record = ? AND measure = ?"
				   " AND touchpoint = ? AND rule = ?";
	static const char add[] =
		"INSERT INTO binding (record, measure, touchpoint, rule, tier, journey, wins,"
		" instrument, pain, expectation, span_start, span_length, badness)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
	const struct effect *e = &line->effect;

	if (line->was && !line->is)
		tl_sql_run(store, drop, "iiii", record, e->measure, e->touchpoint, line->rule);
	else if (!line->was)
		tl_sql_run(store, add, "iiiiiiidwwddi", record, e->measure, e->touchpoint,
			line->rule, line->tier, e->journey, (int64_t)line->wins, e->instrument,
			e->pain, e->expectation, line->start, line->length, line->badness);
	else if (line->won != line->wins)
		tl_sql_run(store, turn, "iiiii", (int64_t)line->wins, record, e->measure,
			e->touchpoint, line->rule);
}

static void write_lines(struct rebind *rebind, int64_t record)
{
	static const char sql[] = "SELECT coalesce(customer, -id) FROM record WHERE id = ?";

	for (size_t i = 0; i < rebind->count; i++) {
		struct line *line = &rebind->lines[i];

		line->wins = line->is && (line->effect.measure || may_win(rebind, line));
	}
	if (!rebind->all && has_other_effects(rebind))
		tl_rebind_concern(rebind, tl_sql_number(rebind->store, sql, "i", record));
	for (size_t i = 0; i < rebind->count; i++)
		write_line(rebind->store, record, &rebind->lines[i]);
}

/* ---- all records ------------------------------------------------------------------------------------ */

static int by_record(const void *a, const void *b)
{
	const struct change *p = a, *q = b;
	const int64_t x[] = {p->hit.record, p->rule, p->hit.measure, q->was};
	const int64_t y[] = {q->hit.record, q->rule, q->hit.measure, p->was};

	for (size_t i = 0; i < TL_COUNT(x); i++)
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	return 0;
}

/* The rule hits what it hit, if elsewhere in the text. */
static void move_span(struct tl_store *store, const struct change *was, const struct change *is)
{
	static const char sql[] = "UPDATE binding SET span_start = ?, span_length = ?"
				  " WHERE record = ? AND measure = ? AND touchpoint = ? AND rule = ?";
	const struct rule *rule = rule_of(store, is->rule);

	if (!rule || (was->hit.start == is->hit.start && was->hit.length == is->hit.length))
		return;
	tl_sql_run(store, sql, "ddiiii", is->hit.start, is->hit.length, is->hit.record,
		is->hit.measure, rule->touchpoint, rule->id);
}

static bool is_of_one(const struct change *was, const struct change *is)
{
	return was->was && !is->was && was->hit.record == is->hit.record &&
	       was->rule == is->rule && was->hit.measure == is->hit.measure;
}

/* Behind the last change of a record that has some. */
static void end_record(struct rebind *rebind, int64_t *record)
{
	if (*record)
		write_lines(rebind, *record);
	*record = 0;
}

/* record: that which lines are of; 0: none yet. */
static void take(struct rebind *rebind, const struct change *change, int64_t *record)
{
	if (*record != change->hit.record) {
		end_record(rebind, record);
		*record = change->hit.record;
		read_lines(rebind, *record);
	}
	if (change->was)
		lose(rebind, change);
	else
		find(rebind, change);
}

static void take_all(struct rebind *rebind, struct sorter *sorter)
{
	struct change last = {0};
	int64_t record = 0;
	const struct change *next;
	size_t length;

	rebind->total = tl_sorter_count(sorter);
	for (rebind->done = 0; !rebind->store->failed && (next = tl_sorter_next(sorter, &length));
		rebind->done++) {
		tl_tick(rebind->store, rebind->done, rebind->total, "binding records again");
		if (last.rule && is_of_one(&last, next)) {
			move_span(rebind->store, &last, next);
			last.rule = 0;
			continue;
		}
		if (last.rule)
			take(rebind, &last, &record);
		last = *next;
	}
	if (last.rule)
		take(rebind, &last, &record);
	end_record(rebind, &record);
}

void tl_rebind_rules(
	struct rebind *rebind, const struct numbers *lost, const struct numbers *found)
{
	struct sorter *sorter = tl_sorter_new(by_record);

	tl_hits_that_were(rebind->store, lost, sorter);
	tl_hits_that_come(rebind->store, found, sorter);
	take_all(rebind, sorter);
	if (tl_sorter_error(sorter))
		tl_sql_fail_file(rebind->store, tl_sorter_error(sorter));
	tl_sorter_free(sorter);
}
