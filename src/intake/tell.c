/* A record in words, to see how a profile reads an export. */
#include <math.h>
#include <time.h>

#include "intake/profile.h"

static void put_line(struct tl_buf *out, const char *name, const char *value)
{
	if (!value)
		return;
	tl_buf_printf(out, "    %-14s ", name);
	for (const char *p = value; *p; p++) {
		char c[2] = {*p, '\0'};
		tl_buf_puts(out, *p == '\n' ? " / " : c);
	}
	tl_buf_putc(out, '\n');
}

static void put_time(struct tl_buf *out, const char *name, int64_t seconds)
{
	char text[32];
	time_t at = (time_t)seconds;
	struct tm parts;

	if (seconds == TL_NO_TIME || !gmtime_r(&at, &parts))
		return;
	strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S UTC", &parts);
	put_line(out, name, text);
}

static void put_count(struct tl_buf *out, const char *name, int count)
{
	if (count >= 0)
		tl_buf_printf(out, "    %-14s %d\n", name, count);
}

static void put_measure(struct tl_buf *out, const struct tl_measure *measure)
{
	tl_buf_printf(out, "    %-14s ", tl_instruments.words[measure->instrument]);
	tl_buf_number(out, measure->score, 4);
	if (!isnan(measure->min) && !isnan(measure->max)) {
		tl_buf_puts(out, " on the scale ");
		tl_buf_number(out, measure->min, 4);
		tl_buf_puts(out, " to ");
		tl_buf_number(out, measure->max, 4);
	}
	tl_buf_printf(out, "%s, as %s\n", measure->reverse ? " (low is good)" : "", measure->field);
}

void tl_intake_tell(struct tl_buf *out, const struct tl_record *record)
{
	tl_buf_printf(out, "  %s %s\n", tl_record_kinds.words[record->kind], record->external_id);
	put_time(out, "created", record->created);
	put_time(out, "updated", record->updated);
	put_time(out, "replied", record->replied);
	put_time(out, "resolved", record->resolved);
	if (record->identifier_count)
		tl_buf_printf(out, "    %-14s known by %zu identifier%s, hashed\n", "customer",
			record->identifier_count, record->identifier_count == 1 ? "" : "s");
	put_line(out, "segment", record->segment);
	put_line(out, "channel", record->channel);
	put_line(out, "text", record->text);
	for (size_t i = 0; i < record->tag_count; i++)
		put_line(out, "tag", record->tags[i]);
	for (size_t i = 0; i < record->field_count; i++)
		put_line(out, record->fields[i].name, record->fields[i].value);
	put_count(out, "handoffs", record->handoffs);
	put_count(out, "reopens", record->reopens);
	put_line(out, "journey", record->journey);
	put_line(out, "touchpoint", record->touchpoint);
	put_line(out, "department", record->department);
	for (size_t i = 0; i < record->measure_count; i++)
		put_measure(out, &record->measures[i]);
}
