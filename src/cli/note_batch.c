/* What was said in a room and typed up as a table: notes and votes, row by row. Touchpoints go by
 * their ids or by the codes of a poster. */
#include "cli/hear.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "touchline/words.h"

/* In lines of their own, since what is missing gets quoted. */
static const char batch_profile[] =
	"<profile xmlns='urn:touchline:profile:1' id='notes' title='Notes' kind='note' format='csv'>\n"
	"  <id from='#'/>\n"
	"  <created from='at' optional='yes'/>\n"
	"  <text from='text' optional='yes'/>\n"
	"  <field name='kind' from='kind' optional='yes'/>\n"
	"  <field name='mood' from='mood' optional='yes'/>\n"
	"  <field name='dots' from='dots' optional='yes'/>\n"
	"  <journey from='journey' optional='yes'/>\n"
	"  <touchpoint from='touchpoint'/>\n"
	"  <department from='department' optional='yes'/>\n"
	"</profile>\n";

struct batch {
	struct tl_voice *voice;
	const struct tl_hear_table *table;
	struct tl_note note; /* what refuse made of the row; text NULL: no note, */
	struct tl_vote vote; /* and neither mood nor dots: no vote */
	struct tl_buf unknown, rejected, codes;
	size_t rejected_count, votes;
};
enum { TOLD = 10, MOST_DOTS = 1000 }; /* TOLD: rejected rows that are shown */

static const char *nearest_touchpoint(struct batch *batch, struct tl_arena *arena, const char *name)
{
	const struct tl_app_set *set = &batch->voice->set;
	const char *best = NULL;
	unsigned least = 1 + (unsigned)strlen(name) / 4;

	for (size_t i = 0; i < set->count; i++)
		for (size_t t = 0; t < set->list[i]->touchpoint_count; t++) {
			const char *id = set->list[i]->touchpoints[t].id;
			const char *whole = tl_arena_printf(arena, "%s#%s", set->list[i]->id, id);
			unsigned far = tl_text_distance(name, strchr(name, '#') ? whole : id, least);

			if (far < least || (far == least && !best)) {
				best = whole;
				least = far;
			}
		}
	return best;
}

/* ---- columns ------------------------------------------------------------------------------------- */

struct found {
	struct tl_voice_place place;
	size_t journeys; /* that have one */
	bool by_code;
	bool both; /* in one journey an id, and the code of another touchpoint */
};

/* JOURNEY#TOUCHPOINT, or the touchpoint alone where only one journey has it; its code does as well. */
static struct found find_touchpoint(struct batch *batch, const char *journey, const char *name)
{
	const struct tl_app_set *set = &batch->voice->set;
	const char *mark = strchr(name, '#'), *own = mark ? mark + 1 : name;
	size_t n = mark ? (size_t)(mark - name) : 0;
	struct found found = {0};

	for (size_t i = 0; i < set->count; i++) {
		const struct tl_touchpoint *point = tl_journey_touchpoint(set->list[i], own);
		const struct tl_touchpoint *place = tl_journey_place(set->list[i], own);
		const char *id = set->list[i]->id;

		if ((!point && !place) || (mark && (strncmp(id, name, n) != 0 || id[n])) ||
			(!mark && journey && strcmp(id, journey) != 0))
			continue;
		found.both = point && place && point != place && !mark;
		found.by_code = !point;
		found.place = (struct tl_voice_place){set->list[i], point ? point : place};
		found.journeys++;
	}
	return found;
}

/* What a code was taken for, once for each: journeys change, and paper does not. */
static void tell_code(struct batch *batch, const struct tl_voice_place *place)
{
	struct tl_buf line = {0};
	char code[TL_PLACE_SIZE];

	tl_place_code(code, place->touchpoint);
	tl_buf_printf(&line, "  %s is %s#%s, “", code, place->journey->id, place->touchpoint->id);
	tl_diag_put_safely(&line, place->touchpoint->title);
	tl_buf_puts(&line, "”\n");
	if (!batch->codes.len || !strstr(batch->codes.data, line.data))
		tl_buf_puts(&batch->codes, line.data);
	tl_buf_release(&line);
}

static const char *refuse_place(struct batch *batch, struct tl_arena *arena,
	const struct tl_record *record, const char **column, struct found *found)
{
	const char *name = record->touchpoint, *nearest;

	*column = "touchpoint";
	if (!name)
		return "is empty; write JOURNEY#TOUCHPOINT";
	*found = find_touchpoint(batch, record->journey, name);
	if (found->journeys == 1 && found->both)
		return tl_arena_printf(arena,
			"'%.80s' is the id of one touchpoint and the code of another; write "
			"JOURNEY#ID",
			name);
	if (found->journeys == 1)
		return NULL;
	if (found->journeys > 1)
		return tl_arena_printf(arena,
			"'%.80s' is in more than one journey; write JOURNEY#TOUCHPOINT", name);
	nearest = nearest_touchpoint(batch, arena, name);
	return nearest ? tl_arena_printf(arena, "there is no touchpoint '%.80s'; did you mean '%s'?",
				 name, nearest)
		       : tl_arena_printf(arena, "there is no touchpoint '%.80s'", name);
}

static const char *field_of(const struct tl_record *record, const char *name)
{
	for (size_t i = 0; i < record->field_count; i++)
		if (strcmp(record->fields[i].name, name) == 0)
			return record->fields[i].value;
	return NULL;
}

/* What a field of a poster is for, as the poster says it or in English: its word; −1: none. */
static int find_field(const struct tl_journey *journey, const char *word)
{
	static const char *const english[] = {"pain", "idea", "question"};
	enum tl_language language = tl_language_of(journey->lang);

	for (int i = 0; i < (int)TL_COUNT(english); i++)
		if (strcasecmp(word, english[i]) == 0 ||
			strcasecmp(word, tl_word_at(language, TL_SAY_POSTER_PAIN, i)) == 0)
			return TL_SAY_POSTER_PAIN + i;
	return -1;
}

static int find_kind(const char *word)
{
	for (size_t i = 0; i < tl_friction_kinds.count; i++)
		if (strcasecmp(tl_friction_kinds.words[i], word) == 0)
			return (int)i;
	return -1;
}

/* field: what kind of field of a poster it was in, where that is what the column says. */
static const char *refuse_kind(struct tl_arena *arena, const struct tl_record *record,
	const struct tl_journey *journey, const char **column, int *kind, int *field)
{
	const char *word = field_of(record, "kind"), *nearest;

	*kind = word ? find_kind(word) : -1;
	*field = word && *kind < 0 ? find_field(journey, word) : -1;
	if (!word || *kind >= 0 || *field >= 0)
		return NULL;
	*column = "kind";
	nearest = tl_text_nearest(word, tl_friction_kinds.words, tl_friction_kinds.count);
	return nearest ? tl_arena_printf(arena, "'%.80s' is no kind of friction; did you mean '%s'?",
				 word, nearest)
		       : tl_arena_printf(arena,
				 "'%.80s' is no kind of friction, nor pain, idea or question", word);
}

static const char *refuse_vote(struct tl_arena *arena, const struct tl_record *record,
	const char **column, struct tl_vote *vote)
{
	static const char minus[] = "−";
	const char *mood = field_of(record, "mood"), *dots = field_of(record, "dots");
	long points = 0;
	char *end = "";

	vote->valence = NAN;
	*column = "mood";
	if (mood && strncmp(mood, minus, strlen(minus)) == 0)
		mood = tl_arena_printf(arena, "-%s", mood + strlen(minus));
	if (mood && !tl_hear_valence(&vote->valence, mood))
		return tl_arena_printf(arena, "'%.80s' is no number from -2 to 2", mood);
	*column = "dots";
	if (dots)
		points = strtol(dots, &end, 10);
	if (*end || points < 0 || points > MOST_DOTS)
		return tl_arena_printf(arena, "'%.80s' is no number from 0 to 1000", dots);
	vote->points = (int)points;
	return NULL;
}

/* Once for each name. */
static void tell_unknown(struct batch *batch, struct tl_arena *arena, const char *department,
	const char *journey, const char *nearest)
{
	struct tl_buf line = {0};

	tl_diag_put_safely(&line,
		tl_arena_printf(arena, "  '%s' is no department of '%s'; did you mean '%s'? ",
			department, journey, nearest));
	tl_buf_puts(&line, "It is kept as it is\n");
	if (!batch->unknown.len || !strstr(batch->unknown.data, line.data))
		tl_buf_puts(&batch->unknown, line.data);
	tl_buf_release(&line);
}

static bool is_vote(const struct tl_vote *vote)
{
	return !isnan(vote->valence) || vote->points;
}

/* The row's note and vote. What a field of a poster was for is kept in the words of the note. */
static void take(struct batch *batch, struct tl_arena *arena, const struct tl_record *record,
	const struct tl_voice_place *place, const char *department, int kind, int field)
{
	const char *text = record->text;
	int64_t at = record->created == TL_NO_TIME ? batch->table->at : record->created;

	if (text && (field == TL_SAY_POSTER_IDEA || field == TL_SAY_POSTER_QUESTION))
		text = tl_arena_printf(arena, "%s: %s",
			tl_word(tl_language_of(place->journey->lang), (enum tl_word)field), text);
	batch->note = (struct tl_note){.journey = place->journey->id,
		.touchpoint = place->touchpoint->id,
		.department = department,
		.text = text,
		.kind = kind < 0 && field < 0 ? batch->table->kind : kind,
		.created = at};
	batch->vote.journey = place->journey->id;
	batch->vote.touchpoint = place->touchpoint->id;
	batch->vote.department = department;
	batch->vote.created = at;
}

static const char *refuse(void *context, struct tl_arena *arena, const struct tl_record *record,
	const char **column)
{
	struct batch *batch = context;
	const char *department = record->department, *wrong, *nearest;
	struct found found = {0};
	int kind = -1, field = -1;

	batch->vote = (struct tl_vote){0};
	wrong = refuse_place(batch, arena, record, column, &found);
	if (!wrong)
		wrong = refuse_kind(arena, record, found.place.journey, column, &kind, &field);
	if (!wrong)
		wrong = refuse_vote(arena, record, column, &batch->vote);
	if (wrong)
		return wrong;
	if (!department)
		department = batch->table->department;
	*column = "department";
	if (!department)
		return "is empty, and there is no --department";
	*column = "text";
	if (!record->text && !is_vote(&batch->vote))
		return "is empty, and so are mood and dots";
	take(batch, arena, record, &found.place,
		tl_hear_department(found.place.journey, department, &nearest), kind, field);
	if (nearest)
		tell_unknown(batch, arena, department, found.place.journey->id, nearest);
	if (found.by_code)
		tell_code(batch, &found.place);
	return NULL;
}

static enum tl_put put(void *context, const struct tl_record *record)
{
	struct batch *batch = context;
	bool added = false, voted = is_vote(&batch->vote);

	(void)record;
	if (batch->note.text && !tl_store_note(batch->voice->store, &batch->note, &added))
		return TL_PUT_FAILED;
	if (voted && !tl_store_vote(batch->voice->store, &batch->vote))
		return TL_PUT_FAILED;
	batch->votes += voted;
	return added || voted ? TL_PUT_NEW : TL_PUT_UNCHANGED;
}

static void rejected(void *context, uint64_t row, const char *column, const char *reason)
{
	struct batch *batch = context;
	struct tl_buf line = {0};

	if (++batch->rejected_count > TOLD)
		return;
	tl_buf_printf(&line, "line %llu", (unsigned long long)row);
	if (*column)
		tl_buf_printf(&line, ", '%s'", column);
	tl_buf_printf(&line, ": %s", reason);
	tl_buf_puts(&batch->rejected, "  ");
	tl_diag_put_safely(&batch->rejected, line.data);
	tl_buf_putc(&batch->rejected, '\n');
	tl_buf_release(&line);
}

static void put_counts(
	const struct batch *batch, const struct tl_run_counts *counts, const char *rejects)
{
	struct tl_buf out = {0};

	tl_diag_put_safely(&out, batch->table->file);
	tl_buf_printf(&out, ": %llu read: %llu new, %llu there already, %llu rejected\n",
		(unsigned long long)counts->read, (unsigned long long)counts->added,
		(unsigned long long)counts->unchanged, (unsigned long long)counts->rejected);
	if (batch->rejected.len)
		tl_buf_puts(&out, batch->rejected.data);
	if (batch->rejected_count > TOLD)
		tl_buf_puts(&out, "  …\n");
	if (batch->unknown.len)
		tl_buf_puts(&out, batch->unknown.data);
	if (batch->codes.len)
		tl_buf_puts(&out, batch->codes.data);
	if (batch->votes)
		tl_buf_printf(&out, "  %zu vote%s; each counts again if this file is run again\n",
			batch->votes, batch->votes == 1 ? "" : "s");
	if (rejects) {
		tl_buf_puts(&out, "Mend what was rejected, and run: touchline note --batch ");
		tl_diag_put_safely(&out, rejects);
		tl_buf_putc(&out, '\n');
	}
	tl_cli_write(&out);
}

int tl_hear_batch(struct tl_voice *voice, const struct tl_hear_table *table)
{
	struct batch batch = {.voice = voice, .table = table};
	struct tl_run_counts counts = {0};
	struct tl_lexicon *lexicon = tl_lexicon_open(&voice->diags, NULL);
	struct tl_intake intake = {.source = "workshop", .key = &(struct tl_identity_key){{0}},
		.lexicon = lexicon, .refuse = refuse, .put = put, .rejected = rejected,
		.context = &batch};
	const char *rejects = NULL;
	bool good = false;

	intake.profile = tl_profile_parse(&voice->arena, &voice->diags, "columns of a batch",
		batch_profile, strlen(batch_profile));
	intake.rejects = tl_voice_rejects(&voice->arena, table->store);
	intake.mask = tl_mask_open();
	if (lexicon && intake.profile && tl_hear_open(voice))
		good = tl_intake_file(&voice->arena, &voice->diags, &intake, table->file, &counts,
			&rejects);
	if (good || counts.read)
		put_counts(&batch, &counts, rejects);
	tl_mask_close(intake.mask);
	tl_lexicon_close(lexicon);
	tl_buf_release(&batch.unknown);
	tl_buf_release(&batch.codes);
	tl_buf_release(&batch.rejected);
	return !good ? TL_EXIT_SYSTEM : counts.rejected ? TL_EXIT_INPUT : TL_EXIT_CLEAN;
}
