/* What there is to talk about, for the page: the journeys without what their maps and panels say. */
#include "serve/page.h"
#include "touchline/words.h"

/* The list goes on: a comma between what is put, none before the first. */
static void put_comma(struct tl_buf *out, size_t i)
{
	if (i)
		tl_buf_putc(out, ',');
}

static void put_field(struct tl_buf *out, size_t i, const char *name, const char *value)
{
	put_comma(out, i);
	tl_buf_printf(out, "\"%s\":", name);
	tl_buf_json(out, value);
}

static const char *word(const struct tl_vocabulary *vocabulary, int value)
{
	return value < 0 ? NULL : vocabulary->words[value];
}

static void put_pain(struct tl_buf *out, const struct tl_pain *pain)
{
	char due[11];

	if (pain->due != TL_NO_DATE)
		tl_date_format(due, pain->due);
	tl_buf_putc(out, '{');
	put_field(out, 0, "id", pain->id);
	put_field(out, 1, "text", pain->text);
	put_field(out, 2, "friction", word(&tl_friction_kinds, pain->kind));
	put_field(out, 3, "owner", pain->owner ? pain->owner->id : NULL);
	put_field(out, 4, "status", word(&tl_statuses, pain->status));
	put_field(out, 5, "due", pain->due == TL_NO_DATE ? NULL : due);
	tl_buf_puts(out, ",\"severity\":");
	if (pain->severity)
		tl_buf_printf(out, "%d}", pain->severity);
	else
		tl_buf_puts(out, "null}");
}

static void put_touchpoint(struct tl_buf *out, const struct tl_touchpoint *touchpoint)
{
	size_t named = 0;

	tl_buf_putc(out, '{');
	put_field(out, 0, "id", touchpoint->id);
	put_field(out, 1, "title", touchpoint->title);
	tl_buf_puts(out, ",\"pains\":[");
	for (size_t i = 0; i < touchpoint->pain_count; i++) {
		if (!touchpoint->pains[i].id) /* nothing can be said about it */
			continue;
		put_comma(out, named++);
		put_pain(out, &touchpoint->pains[i]);
	}
	tl_buf_puts(out, "]}");
}

static void put_stage(struct tl_buf *out, const struct tl_stage *stage)
{
	tl_buf_putc(out, '{');
	put_field(out, 0, "title", stage->title);
	tl_buf_puts(out, ",\"touchpoints\":[");
	for (size_t i = 0; i < stage->touchpoint_count; i++) {
		put_comma(out, i);
		put_touchpoint(out, &stage->touchpoints[i]);
	}
	tl_buf_puts(out, "]}");
}

static void put_journey(struct tl_buf *out, const struct tl_journey *journey)
{
	tl_buf_putc(out, '{');
	put_field(out, 0, "id", journey->id);
	put_field(out, 1, "title", journey->title);
	put_field(out, 2, "lang", journey->lang);
	tl_buf_printf(out, ",\"rtl\":%s,\"departments\":[",
		tl_language_rtl(journey->lang) ? "true" : "false");
	for (size_t i = 0; i < journey->department_count; i++) {
		put_comma(out, i);
		tl_buf_putc(out, '{');
		put_field(out, 0, "id", journey->departments[i].id);
		put_field(out, 1, "label", journey->departments[i].label);
		tl_buf_putc(out, '}');
	}
	tl_buf_puts(out, "],\"stages\":[");
	for (size_t i = 0; i < journey->stage_count; i++) {
		put_comma(out, i);
		put_stage(out, &journey->stages[i]);
	}
	tl_buf_puts(out, "]}");
}

/* A vocabulary with what its words are called. */
static void put_vocabulary(struct tl_buf *out, const char *name, enum tl_language language,
	const struct tl_vocabulary *vocabulary, enum tl_word first)
{
	tl_buf_printf(out, "\"%s\":[", name);
	for (size_t i = 0; i < vocabulary->count; i++) {
		put_comma(out, i);
		tl_buf_putc(out, '{');
		put_field(out, 0, "id", vocabulary->words[i]);
		put_field(out, 1, "label", tl_word_at(language, first, (int)i));
		tl_buf_putc(out, '}');
	}
	tl_buf_puts(out, "],");
}

void serve_outline(struct tl_buf *out, const struct tl_journey *const *journeys, size_t count)
{
	enum tl_language language = tl_language_of(count ? journeys[0]->lang : NULL);

	tl_buf_putc(out, '{');
	put_vocabulary(out, "frictions", language, &tl_friction_kinds, TL_SAY_KIND_CONFUSION);
	put_vocabulary(out, "statuses", language, &tl_statuses, TL_SAY_STATUS_OPEN);
	tl_buf_puts(out, "\"journeys\":[");
	for (size_t i = 0; i < count; i++) {
		put_comma(out, i);
		put_journey(out, journeys[i]);
	}
	tl_buf_puts(out, "]}");
}
