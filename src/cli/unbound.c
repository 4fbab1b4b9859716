/* touchline unbound: what customers say that no touchpoint listens to. */
#include "cli/voice.h"
#include "touchline/xml.h"

#include <stdio.h>
#include <string.h>

struct values {
	struct tl_voice_asked asked;
	unsigned limit;
	bool suggest;
};
static const struct tl_option options[] = {
	{.kind = TL_OPTION_FLAG,
		.name = "suggest",
		.help = "print <listen> lines, ready for a journey, with how many records each would "
			"bind, and commands that bind records like those confirmed",
		.offset = offsetof(struct values, suggest)},
	{.kind = TL_OPTION_NUMBER,
		.letter = 'n',
		.name = "limit",
		.argument = "N",
		.help = "how many terms of each kind, and how many records",
		.fallback = "10",
		.offset = offsetof(struct values, limit),
		.least = 1,
		.most = 1000000},
	TL_VOICE_ASKED(struct values, asked),
};
enum { SAMPLE_COLUMNS = 70 };
static const char *const kind_words[] = {"tag", "field", "words"};

struct listing {
	struct tl_voice *voice;
	const struct tl_filter *filter;
	const struct tl_voice_asked *asked;
	size_t limit;
	struct tl_store_counts counts;
	struct tl_term *terms;
	size_t term_count;
	struct tl_buf out;
	size_t told;
};

/* ---- suggestions -------------------------------------------------------------------------------- */

static void put_attribute(struct tl_buf *out, const char *name, const char *value, bool phrase)
{
	tl_buf_printf(out, phrase ? " %s=\"&quot;" : " %s=\"", name);
	tl_xml_escape(out, value);
	tl_buf_puts(out, phrase ? "&quot;\"" : "\"");
}

/* Two hyphens would end the comment. */
static bool put_sample(void *context, const struct tl_told *told)
{
	struct tl_buf *out = context, text = {0};

	if (!told->text)
		return true;
	tl_voice_put_text(&text, told->text, SAMPLE_COLUMNS);
	tl_buf_puts(out, ": ");
	for (size_t i = 0; i < text.len; i++) {
		tl_buf_putc(out, text.data[i]);
		if (text.data[i] == '-' && text.data[i + 1] == '-')
			tl_buf_putc(out, ' ');
	}
	tl_buf_release(&text);
	return true;
}

static bool put_suggestion(struct listing *list, const struct tl_term *term)
{
	struct tl_buf *out = &list->out;
	bool good;

	tl_buf_printf(out, "<!-- %zu record%s", term->records, term->records == 1 ? "" : "s");
	good = tl_store_tell(list->voice->store, term->sample, put_sample, out);
	tl_buf_puts(out, " -->\n<listen");
	if (term->kind == TL_TERM_TAG)
		put_attribute(out, "tag", term->text, false);
	if (term->kind == TL_TERM_FIELD)
		put_attribute(out, "field", term->text, false);
	if (term->kind == TL_TERM_FIELD && term->value)
		put_attribute(out, "value", term->value, false);
	if (term->kind == TL_TERM_WORDS)
		put_attribute(out, "match", term->text, strchr(term->text, ' '));
	tl_buf_puts(out, "/>\n");
	return good;
}

/* ---- records like those that were confirmed ------------------------------------------------------- */

struct offer { /* the touchpoint that a record is most like those of */
	int64_t record;
	double score;
	const struct tl_journey *journey;
	const struct tl_touchpoint *touchpoint;
};
struct offers {
	struct offer *list;
	size_t count, capacity;
};

static void add_offer(struct tl_arena *arena, struct offers *offers, const struct offer *offer)
{
	for (size_t i = 0; i < offers->count; i++) {
		if (offers->list[i].record != offer->record)
			continue;
		if (offers->list[i].score < offer->score)
			offers->list[i] = *offer;
		return;
	}
	offers->list = tl_arena_grow(
		arena, offers->list, offers->count, &offers->capacity, sizeof *offers->list);
	offers->list[offers->count++] = *offer;
}

static bool find_offers(struct listing *list, struct offers *offers)
{
	struct tl_voice *voice = list->voice;

	for (size_t i = 0; i < voice->set.count; i++)
		for (size_t t = 0; t < voice->set.list[i]->touchpoint_count; t++) {
			struct offer offer = {.journey = voice->set.list[i],
				.touchpoint = &voice->set.list[i]->touchpoints[t]};
			struct tl_alike *alike;
			size_t count;

			if (!tl_store_alike(voice->store, &voice->arena, offer.journey->id,
				    offer.touchpoint->id, list->filter, list->limit, &alike,
				    &count))
				return false;
			for (size_t k = 0; k < count; k++) {
				offer.record = alike[k].record;
				offer.score = alike[k].score;
				add_offer(&voice->arena, offers, &offer);
			}
		}
	return true;
}

/* As one word of a shell. */
static void put_quoted(struct tl_buf *out, const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_-+./:@,%";

	if (*word && !word[strspn(word, plain)]) {
		tl_buf_puts(out, word);
		return;
	}
	tl_buf_putc(out, '\'');
	for (; *word; word++)
		if (*word == '\'')
			tl_buf_puts(out, "'\\''");
		else
			tl_buf_putc(out, *word);
	tl_buf_putc(out, '\'');
}

struct command { /* to be printed for a record */
	struct listing *list;
	const struct offer *offer;
};

static bool put_command(void *context, const struct tl_told *told)
{
	const struct command *command = context;
	const struct tl_voice_asked *asked = command->list->asked;
	struct tl_buf *out = &command->list->out, name = {0}, safe = {0};

	tl_buf_printf(&name, "%s/%s", told->source, told->external_id);
	tl_diag_put_safely(&safe, name.data);
	tl_buf_puts(out, "touchline bind ");
	put_quoted(out, safe.data);
	tl_buf_printf(out, " %s#%s", command->offer->journey->id, command->offer->touchpoint->id);
	if (strcmp(asked->store, "touchline.db") != 0) {
		tl_buf_puts(out, " --store ");
		put_quoted(out, asked->store);
	}
	for (size_t i = 0; !asked->journeys.fallback && i < asked->journeys.count; i++) {
		tl_buf_puts(out, " --journey ");
		put_quoted(out, asked->journeys.list[i]);
	}
	tl_buf_puts(out, "  # ");
	tl_voice_put_text(out, told->text, SAMPLE_COLUMNS);
	tl_buf_putc(out, '\n');
	tl_buf_release(&name);
	tl_buf_release(&safe);
	return true;
}

/* Touchpoint by touchpoint, in the order of the journeys; the most alike first, as they came. */
static bool put_offers(struct listing *list, const struct offers *offers)
{
	struct tl_voice *voice = list->voice;

	for (size_t i = 0; i < voice->set.count; i++)
		for (size_t t = 0; t < voice->set.list[i]->touchpoint_count; t++) {
			const struct tl_touchpoint *point = &voice->set.list[i]->touchpoints[t];
			bool any = false;

			for (size_t k = 0; k < offers->count; k++) {
				struct command command = {list, &offers->list[k]};

				if (command.offer->touchpoint != point)
					continue;
				if (!any)
					tl_buf_printf(&list->out,
						"\n# These read like records of %s#%s:\n",
						command.offer->journey->id, point->id);
				any = true;
				if (!tl_store_tell(voice->store, command.offer->record,
					    put_command, &command))
					return false;
			}
		}
	return true;
}

static bool put_suggestions(struct listing *list)
{
	struct offers offers = {0};

	for (size_t i = 0; i < list->term_count; i++)
		if (!put_suggestion(list, &list->terms[i]))
			return false;
	if (!find_offers(list, &offers) || !put_offers(list, &offers))
		return false;
	if (!list->term_count && !offers.count)
		fputs("Nothing recurs in what is unbound.\n", stderr);
	return true;
}

/* ---- for people --------------------------------------------------------------------------------- */

static bool put_line(void *context, const struct tl_told *told)
{
	tl_voice_put_record(context, told);
	return true;
}

static bool put_text(struct listing *list, size_t limit)
{
	struct tl_buf *out = &list->out;

	tl_buf_printf(out, "%llu of %llu records are unbound\n",
		(unsigned long long)list->counts.unbound, (unsigned long long)list->counts.records);
	if (list->term_count)
		tl_buf_puts(out, "\nWhat recurs in them:\n  records  kind   term\n");
	for (size_t i = 0; i < list->term_count; i++) {
		const struct tl_term *term = &list->terms[i];

		tl_buf_printf(out, "  %7zu  %-5s  ", term->records, kind_words[term->kind]);
		tl_diag_put_safely(out, term->text);
		if (term->value) {
			tl_buf_puts(out, " = ");
			tl_diag_put_safely(out, term->value);
		}
		tl_buf_putc(out, '\n');
	}
	if (list->counts.unbound)
		tl_buf_puts(out, "\nThe worst of them:\n");
	return tl_store_unbound(list->voice->store, list->filter, limit, put_line, out);
}

/* ---- for scripts -------------------------------------------------------------------------------- */

static bool put_object(void *context, const struct tl_told *told)
{
	struct listing *list = context;

	tl_voice_json_item(&list->out, &list->told);
	tl_buf_putc(&list->out, '{');
	tl_voice_json_record(&list->out, told);
	tl_buf_putc(&list->out, '}');
	return true;
}

static bool put_json(struct listing *list, size_t limit)
{
	struct tl_buf *out = &list->out;
	bool good;

	tl_buf_printf(out, "{\"version\":1,\"records\":%llu,\"bound\":%llu,\"unbound\":%llu,\"terms\":[",
		(unsigned long long)list->counts.records, (unsigned long long)list->counts.bound,
		(unsigned long long)list->counts.unbound);
	for (size_t i = 0; i < list->term_count; i++) {
		const struct tl_term *term = &list->terms[i];

		tl_buf_printf(out, "%s{\"kind\":\"%s\"", i ? ",\n" : "\n", kind_words[term->kind]);
		tl_voice_json_text(out, "text", term->text);
		tl_voice_json_text(out, "value", term->value);
		tl_buf_printf(out, ",\"records\":%zu}", term->records);
	}
	tl_buf_puts(out, "],\n\"worst\":[");
	good = tl_store_unbound(list->voice->store, list->filter, limit, put_object, list);
	tl_buf_puts(out, "]}\n");
	return good;
}

static int print(
	struct tl_voice *voice, const struct values *values, const struct tl_filter *filter)
{
	struct listing list = {.voice = voice, .filter = filter, .asked = &values->asked,
		.limit = values->limit};
	bool good = tl_store_count(voice->store, filter, &list.counts) &&
		    tl_store_terms(voice->store, &voice->arena, filter, values->limit,
			    &list.terms, &list.term_count);

	if (good)
		good = values->suggest		       ? put_suggestions(&list) :
		       values->asked.format == TL_VOICE_JSON ? put_json(&list, values->limit) :
							 put_text(&list, values->limit);
	if (good)
		tl_cli_write(&list.out);
	tl_buf_release(&list.out);
	return good ? TL_EXIT_CLEAN : TL_EXIT_SYSTEM;
}

static int run(const struct tl_command *command, int argc, char **argv)
{
	struct values values = {0};
	struct tl_voice voice;
	struct tl_filter filter;
	int status;

	if (!tl_cli_parse(&values, command, &argc, argv, &status))
		return status;
	if (values.suggest && values.asked.format == TL_VOICE_JSON)
		return tl_cli_usage_error(command, NULL,
			"--suggest prints lines for a journey; it has no --format json");
	status = TL_EXIT_SYSTEM;
	if (tl_voice_open_asked(&voice, &values.asked) &&
		tl_voice_filter(&voice, command, &values.asked.filters, NULL, &filter, &status))
		status = print(&voice, &values, &filter);
	return tl_voice_close(&voice, status);
}

const struct tl_command tl_command_unbound = {
	.name = "unbound",
	.job = "Listen to customers",
	.summary = "shows what customers say that no touchpoint listens to",
	.operands = "",
	.about = "Prints what recurs in records that are bound to no touchpoint: tags, fields and\n"
		 "words, and the worst of the records. With --suggest it prints <listen> lines to\n"
		 "put into the touchpoints that they belong to, each with the number of unbound\n"
		 "records that have the term, and one of their texts; and for records that read\n"
		 "like some that a person bound, or that name their touchpoint, the command that\n"
		 "binds them there too.\n",
	.example = "touchline unbound\n"
		   "touchline unbound --suggest\n",
	.options = options,
	.option_count = TL_COUNT(options),
	.run = run,
};
