/* store: what rules hit among the records that are there: those that are new, and those that were.
 *
 * Named rules are held against all records in one pass, matches are searched one by one. Which records
 * come into question at all is told by the lists as they are stored, without reading them: few do.
 */
#include "store/rebind.h"

#include <stdlib.h>
#include <string.h>

struct seen { /* what rules look at */
	struct tl_arena arena;
	struct tl_record record;
	size_t tag_capacity, field_capacity, measure_capacity;
};

static const char *keep(struct seen *seen, sqlite3_stmt *row, int column)
{
	const char *text = (const char *)sqlite3_column_text(row, column);

	return text ? tl_arena_strdup(&seen->arena, text) : NULL;
}

static void see_lists(struct tl_store *store, struct seen *seen, const char *tags, const char *fields)
{
	static const char list[] = "SELECT value FROM json_each(?)";
	static const char pairs[] = "SELECT key, value FROM json_each(?)";
	struct tl_record *r = &seen->record;
	const char **tag = NULL;
	struct tl_field *field = NULL;
	sqlite3_stmt *row;

	for (row = tags ? tl_sql(store, list, "t", tags) : NULL; tl_sql_row(store, row);) {
		tag = tl_arena_grow(
			&seen->arena, tag, r->tag_count, &seen->tag_capacity, sizeof *tag);
		tag[r->tag_count++] = keep(seen, row, 0);
	}
	for (row = fields ? tl_sql(store, pairs, "t", fields) : NULL; tl_sql_row(store, row);) {
		field = tl_arena_grow(
			&seen->arena, field, r->field_count, &seen->field_capacity, sizeof *field);
		field[r->field_count++] = (struct tl_field){keep(seen, row, 0), keep(seen, row, 1)};
	}
	r->tags = tag;
	r->fields = field;
}

static void see_measures(struct tl_store *store, struct seen *seen, int64_t id)
{
	static const char sql[] = "SELECT field FROM measure WHERE record = ? ORDER BY number";
	struct tl_measure *measures = NULL;
	sqlite3_stmt *row = tl_sql(store, sql, "i", id);

	while (tl_sql_row(store, row)) {
		measures = tl_arena_grow(&seen->arena, measures, seen->record.measure_count,
			&seen->measure_capacity, sizeof *measures);
		measures[seen->record.measure_count++] =
			(struct tl_measure){.field = keep(seen, row, 0)};
	}
	seen->record.measures = measures;
}

/* ---- named rules ---------------------------------------------------------------------------------- */

/* What stands in the lists of each record that the rule names, whatever else does: JSON, with its
 * quotes. NULL: the rule does not ask. */
struct trace {
	char *tag, *field;
};
struct looking {
	struct sorter *to;
	struct rule *rules;
	struct trace *traces;
	size_t count;
};

static void take_new(void *context, const struct rule *rule, const struct hit *hit)
{
	tl_sorter_add(context, &(struct change){.rule = rule->id, .hit = *hit}, sizeof(struct change));
}

static char *trace_of(const char *text)
{
	struct tl_buf buf = {0};

	if (!text)
		return NULL;
	tl_buf_json(&buf, text);
	tl_buf_putc(&buf, '\0');
	return buf.data;
}

static void add_rule(struct looking *looking, const struct rule *rule)
{
	looking->rules[looking->count] = *rule;
	looking->traces[looking->count++] = (struct trace){
		trace_of(rule->tag), rule->as < 0 ? trace_of(rule->field) : NULL};
}

static bool may_hit(const struct rule *rule, const struct trace *trace, const char *source,
	const char *tags, const char *fields, bool measured)
{
	return (!rule->source || strcmp(rule->source, source) == 0) &&
	       (!trace->tag || (tags && strcasestr(tags, trace->tag))) &&
	       (!trace->field || (fields && strcasestr(fields, trace->field))) &&
	       (rule->as < 0 || measured);
}

static void look_at(struct tl_store *store, struct looking *looking, sqlite3_stmt *row)
{
	struct seen seen = {0};
	int64_t id = sqlite3_column_int64(row, 0);

	tl_arena_init(&seen.arena);
	seen.record.source = keep(&seen, row, 1);
	seen.record.language = keep(&seen, row, 2);
	see_lists(store, &seen, keep(&seen, row, 3), keep(&seen, row, 4));
	if (sqlite3_column_int64(row, 5))
		see_measures(store, &seen, id);
	tl_bind_look(&seen.record, id, sqlite3_column_int64(row, 6), looking->rules, looking->count,
		take_new, looking->to);
	tl_arena_release(&seen.arena);
}

static void look_at_all(struct tl_store *store, struct looking *looking)
{
	static const char sql[] =
		"SELECT r.id, s.text, l.text, r.tags, r.fields, r.measures, r.badness FROM record r"
		" CROSS JOIN word s ON s.id = r.source LEFT JOIN word l ON l.id = r.language";
	size_t all = (size_t)tl_tally(store, "records");
	sqlite3_stmt *row = looking->count ? tl_sql(store, sql, "") : NULL;

	for (size_t done = 0; tl_sql_row(store, row); done++) {
		const char *source = (const char *)sqlite3_column_text(row, 1);
		const char *tags = (const char *)sqlite3_column_text(row, 3);
		const char *fields = (const char *)sqlite3_column_text(row, 4);
		bool may = false;

		tl_tick(store, done, all, "looking for what new rules hit");
		for (size_t i = 0; i < looking->count && !may; i++)
			may = may_hit(&looking->rules[i], &looking->traces[i], source, tags, fields,
				sqlite3_column_int64(row, 5));
		if (may)
			look_at(store, looking, row);
	}
}

void tl_hits_that_come(struct tl_store *store, const struct numbers *rules, struct sorter *to)
{
	struct looking looking = {.to = to,
		.rules = calloc(store->rule_count + 1, sizeof *looking.rules),
		.traces = calloc(store->rule_count + 1, sizeof *looking.traces)};

	if (!looking.rules || !looking.traces)
		tl_die_of_memory(store->rule_count * sizeof *looking.rules);
	for (size_t i = 0; i < store->rule_count; i++) {
		const struct rule *rule = &store->rules[i];

		if (!tl_numbers_has(rules, rule->id))
			continue;
		if (rule->match)
			tl_bind_search(store, rule, 0, INT64_MAX, take_new, to);
		else
			add_rule(&looking, rule);
	}
	look_at_all(store, &looking);
	for (size_t i = 0; i < looking.count; i++) {
		free(looking.traces[i].tag);
		free(looking.traces[i].field);
	}
	free(looking.rules);
	free(looking.traces);
}

/* ---- those that were ------------------------------------------------------------------------------- */

static int64_t number_at(sqlite3_stmt *row, int column) /* or none */
{
	return sqlite3_column_type(row, column) == SQLITE_NULL ? TL_NO_TIME :
								 sqlite3_column_int64(row, column);
}

void tl_hits_that_were(struct tl_store *store, const struct numbers *rules, struct sorter *to)
{
	static const char sql[] = "SELECT record, measure, badness, span_start, span_length"
				  " FROM binding INDEXED BY binding_rule WHERE rule = ?";

	for (size_t i = 0; i < rules->capacity; i++) {
		struct change change = {.rule = rules->slots[i], .was = 1};
		sqlite3_stmt *row = change.rule ? tl_sql(store, sql, "i", change.rule) : NULL;

		while (tl_sql_row(store, row)) {
			change.hit = (struct hit){sqlite3_column_int64(row, 0),
				sqlite3_column_int64(row, 1), sqlite3_column_int64(row, 2),
				number_at(row, 3), number_at(row, 4)};
			tl_sorter_add(to, &change, sizeof change);
		}
	}
}
