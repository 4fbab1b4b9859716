/* A look at an unknown export: whose layout is it, and if nobody's, what may its columns mean?
 *
 * Recognising is trying: a built-in profile fits where everything that it recognises its vendor by is
 * there. A proposal goes by the names of columns first, and by what the first rows hold.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "intake/reader.h"
#include "touchline/xml.h"

enum { LOOKED_AT = 200 }; /* rows */

static const char containers[] =
	"records results result items data rows values tickets conversations issues responses "
	"survey_responses";

struct look {
	struct tl_arena *arena;
	struct tl_diags *diags; /* of what is tried: nobody sees it */
	const char *path;
};
struct column {
	const char *from; /* as the profile names it */
	size_t filled, words, numbers, times, mails, bytes;
	double min, max;
	bool ambiguous; /* dates that could be day or month first */
	size_t day_first, month_first; /* how many are dates if read that way */
	bool repeated;	/* a value stands there twice */
	size_t truths;	/* true, false, yes, no */
	struct tl_table seen;
	size_t distinct;
};

/* ---- whose layout ------------------------------------------------------------------------------- */

static struct intake_reader *open_as(
	struct look *look, const struct tl_profile *profile, struct intake_input **input)
{
	const char *name;

	*input = intake_input_open(look->diags, look->path);
	if (!*input)
		return NULL;
	if (!intake_input_next(*input, &name))
		return NULL;
	return profile->format == TL_INTAKE_CSV
		       ? intake_csv_open(look->diags, profile, *input, look->path)
		       : intake_json_open(look->diags, profile, *input, look->path);
}

static void close_both(struct intake_reader *reader, struct intake_input *input)
{
	if (reader)
		reader->close(reader);
	if (input)
		intake_input_close(input);
}

/* Whether all marks are there: as columns of a table, as values of the first record of JSON. */
static bool fits(struct look *look, const struct tl_profile *profile)
{
	struct tl_profile marks = *profile;
	struct intake_reader *reader;
	struct intake_input *input;
	struct intake_row row;
	bool all;

	marks.paths = tl_arena_array(look->arena, struct intake_path, profile->mark_count);
	marks.path_count = profile->mark_count;
	for (size_t i = 0; i < profile->mark_count; i++)
		marks.paths[i] = (struct intake_path){.from = profile->marks[i]};
	reader = open_as(look, &marks, &input);
	all = reader != NULL;
	if (all && profile->format == TL_INTAKE_JSON) {
		all = reader->next(reader, look->arena, &row) == INTAKE_ROW && !row.fault;
		for (size_t i = 0; all && i < marks.path_count; i++)
			all = row.cells[i].text != NULL;
	}
	close_both(reader, input);
	return all;
}

/* The format, by the first character that is no space; −1 where the file cannot be read. */
static int format_of(struct look *look, struct tl_diags *diags)
{
	struct intake_input *input = intake_input_open(diags, look->path);
	struct tl_buf bytes = {0};
	const char *name, *p;
	int format = -1;

	if (!input)
		return -1;
	if (intake_input_next(input, &name) && intake_input_read(input, &bytes)) {
		p = bytes.data + (strncmp(bytes.data, "\xef\xbb\xbf", 3) ? 0 : 3);
		p += strspn(p, " \t\r\n");
		format = *p == '<'		  ? TL_INTAKE_XES
			 : *p == '{' || *p == '[' ? TL_INTAKE_JSON
						  : TL_INTAKE_CSV;
	} else if (!intake_input_failed(input)) {
		tl_diag_add(diags, TL0533, (struct tl_span){0}, "%s: is empty", look->path);
	}
	tl_buf_release(&bytes);
	intake_input_close(input);
	return format;
}

static const char *recognise(struct look *look, int format, struct tl_buf *out)
{
	const char *text, *id;
	size_t length;

	for (size_t i = 0; (id = tl_profile_builtin(i, &text, &length)); i++) {
		const struct tl_profile *profile =
			tl_profile_parse(look->arena, look->diags, id, text, length);
		bool known;

		if (!profile || profile->format != format)
			continue;
		known = format == TL_INTAKE_XES || (profile->mark_count && fits(look, profile));
		if (!known)
			continue;
		tl_buf_put(out, text, length);
		return id;
	}
	return NULL;
}

/* ---- what columns hold --------------------------------------------------------------------------- */

static void look_at_cell(struct look *look, struct column *column, const char *text)
{
	const char *wrong;
	int64_t time;
	double number;
	char *copy = tl_arena_strdup(look->arena, text);

	column->filled++;
	column->bytes += strlen(text);
	column->words += strchr(text, ' ') != NULL;
	column->truths += !strcasecmp(text, "true") || !strcasecmp(text, "false") ||
			  !strcasecmp(text, "yes") || !strcasecmp(text, "no");
	column->mails += strchr(text, '@') && strchr(text, '.') && !strchr(text, ' ');
	wrong = intake_time(&time, text, -1, 0);
	column->times += !wrong || strstr(wrong, "could be");
	column->day_first += !intake_time(&time, text, 0, 0);
	column->month_first += !intake_time(&time, text, 1, 0);
	column->ambiguous |= wrong && strstr(wrong, "could be");
	if (!intake_number(&number, text) && !text[strspn(text, "+-0123456789.,")]) {
		column->numbers++;
		column->min = column->numbers == 1 || number < column->min ? number : column->min;
		column->max = column->numbers == 1 || number > column->max ? number : column->max;
	}
	if (tl_table_add(&column->seen, copy, copy))
		column->repeated = true;
	else
		column->distinct++;
}

static size_t list_columns(struct look *look, struct tl_profile *profile)
{
	struct intake_input *input;
	struct intake_reader *reader = open_as(look, profile, &input);
	struct intake_row row;
	struct tl_buf paths = {0};
	size_t n = 0, capacity = 0;

	if (reader && profile->format == TL_INTAKE_CSV) {
		const char *const *names;
		n = intake_csv_columns(reader, &names);
		profile->paths = tl_arena_array(look->arena, struct intake_path, n);
		for (size_t i = 0; i < n; i++)
			profile->paths[i].from =
				*names[i] ? tl_arena_strdup(look->arena, names[i])
					  : tl_arena_printf(look->arena, "#%zu", i + 1);
	} else if (reader && reader->next(reader, look->arena, &row) == INTAKE_ROW && !row.fault) {
		intake_json_paths(&paths, &row);
		for (size_t at = 0; at < paths.len && n < INTAKE_MOST_COLUMNS;
			at += strlen(paths.data + at) + 1) {
			profile->paths = tl_arena_grow(look->arena, profile->paths, n, &capacity,
				sizeof *profile->paths);
			profile->paths[n++] = (struct intake_path){
				.from = tl_arena_strdup(look->arena, paths.data + at)};
		}
	}
	tl_buf_release(&paths);
	close_both(reader, input);
	return profile->path_count = n;
}

static struct column *look_at_rows(struct look *look, struct tl_profile *profile)
{
	struct column *columns =
		tl_arena_array(look->arena, struct column, profile->path_count);
	struct intake_input *input;
	struct intake_reader *reader;
	struct intake_row row;

	for (size_t i = 0; i < profile->path_count; i++) {
		profile->paths[i].optional = true;
		columns[i].from = profile->paths[i].from;
		tl_table_init(&columns[i].seen, look->arena);
	}
	reader = open_as(look, profile, &input);
	for (int n = 0; reader && n < LOOKED_AT && reader->next(reader, look->arena, &row) == INTAKE_ROW; n++)
		for (size_t i = 0; !row.fault && i < profile->path_count; i++)
			if (row.cells[i].text)
				look_at_cell(look, &columns[i], row.cells[i].text);
	close_both(reader, input);
	return columns;
}

/* ---- what they may mean --------------------------------------------------------------------------- */

static bool is_called(const struct column *column, const char *const *words)
{
	for (; *words; words++)
		if (strcasestr(column->from, *words))
			return true;
	return false;
}
#define CALLED(column, ...) is_called((column), (const char *const[]){__VA_ARGS__, NULL})

static bool mostly(size_t part, const struct column *column)
{
	return column->filled && part * 10 >= column->filled * 9;
}

struct proposal {
	struct tl_buf *out;
	const struct column *created; /* the one that says best when it was */
	bool has_id, has_updated, has_resolved, has_channel, ambiguous;
	size_t day_first, month_first;
	bool event; /* an event log as a table */
};

static void put_from(struct tl_buf *out, const char *element, const struct column *column,
	const char *more)
{
	tl_buf_printf(out, "  <%s from=\"", element);
	tl_xml_escape(out, column->from);
	tl_buf_printf(out, "\"%s/>\n", more);
}

static void put_measure(struct tl_buf *out, const struct column *column, const char *as)
{
	struct tl_buf more = {0};

	tl_buf_printf(&more, " as=\"%s\"", as);
	if (strcmp(as, "nps") != 0) {
		double top = column->max <= 5 ? 5 : column->max <= 7 ? 7 : column->max <= 10 ? 10 : 100;
		tl_buf_printf(&more, " min=\"%d\" max=\"%g\"", column->min < 1 ? 0 : 1, top);
	}
	put_from(out, "measure", column, more.data);
	tl_buf_release(&more);
}

/* The instrument that a column of small numbers is called after, or NULL. */
static const char *instrument_of(const struct column *column)
{
	if (!mostly(column->numbers, column) || column->min < 0 || column->max > 100)
		return NULL;
	if (CALLED(column, "nps", "recommend", "recommand", "empfehl"))
		return column->max <= 10 ? "nps" : NULL;
	if (CALLED(column, "csat", "satisf", "zufried"))
		return "csat";
	if (CALLED(column, "ces", "effort"))
		return "ces";
	return CALLED(column, "rating", "score", "stars") ? "rating" : NULL;
}

#define TIMES_OF_CHANGE "updat", "modif", "geänd"
#define TIMES_OF_END "resol", "solved", "closed", "end", "finish", "complet"
#define NO_MOMENTS "due", "deadline", "planned", "sync", "left", "duration", "spent", "expir", "until"

/* How well a column says when a record came to be; 0: not at all. */
static int start_rank(const struct column *column)
{
	if (!mostly(column->times, column) || CALLED(column, NO_MOMENTS) ||
		CALLED(column, TIMES_OF_CHANGE))
		return 0;
	if (!strcmp(column->from, "time:timestamp")) /* of event logs as tables */
		return 5;
	if (CALLED(column, "creat", "opened", "submitted", "recorded", "eingang", "erstellt"))
		return 4;
	if (CALLED(column, "timestamp", "start", "begin"))
		return 3;
	if (CALLED(column, TIMES_OF_END))
		return 0;
	return CALLED(column, "date", "time", "_at", " at", "datum", "zeit") ? 2 : 0;
}

static bool propose_time(struct proposal *p, const struct column *column)
{
	const char *role = NULL;

	if (!mostly(column->times, column) || CALLED(column, NO_MOMENTS))
		return false;
	if (column == p->created) {
		role = "created";
	} else if (CALLED(column, TIMES_OF_CHANGE) && !p->has_updated) {
		role = "updated";
		p->has_updated = true;
	} else if (CALLED(column, TIMES_OF_END) && !CALLED(column, "weekend", "send") &&
		   !p->has_resolved && p->created && !p->event) {
		role = "resolved";
		p->has_resolved = true;
	}
	if (role && column->ambiguous) {
		p->ambiguous = true;
		p->day_first += column->day_first;
		p->month_first += column->month_first;
	}
	if (role)
		put_from(p->out, role, column, "");
	return role != NULL;
}

static bool propose_person(struct proposal *p, const struct column *column)
{
	if (mostly(column->mails, column))
		put_from(p->out, "customer", column, " as=\"email\"");
	else if (CALLED(column, "phone", "mobile", "telefon"))
		put_from(p->out, "customer", column, " as=\"phone\"");
	else if (CALLED(column, "customer", "requester", "contact_id", "user_id", "userid", "caller", "kundennummer", "client"))
		put_from(p->out, "customer", column, "");
	else if (CALLED(column, "first name", "last name", "firstname", "lastname", "full name"))
		put_from(p->out, "name", column, "");
	else
		return false;
	return true;
}

static bool is_id(const struct column *column)
{
	size_t n = strlen(column->from);
	static const char *const ends_with[] = {"uuid", "number", "key", "nr", "no.", "nummer"};
	bool ends = n >= 2 && !strcasecmp(column->from + n - 2, "id") &&
		    (n == 2 || strchr(" _.-", column->from[n - 3]) || column->from[n - 2] == 'I');

	for (size_t i = 0; i < TL_COUNT(ends_with) && !ends; i++)
		ends = n >= strlen(ends_with[i]) &&
		       !strcasecmp(column->from + n - strlen(ends_with[i]), ends_with[i]);
	ends |= !strcmp(column->from, "#1"); /* the first column, without a name, often counts */
	return !column->repeated && column->filled && !mostly(column->mails, column) && ends;
}

static void put_field(struct proposal *p, const struct column *column)
{
	tl_buf_puts(p->out, "  <field name=\"");
	tl_xml_escape(p->out, column->from);
	tl_buf_puts(p->out, "\"");
	tl_buf_puts(p->out, " from=\"");
	tl_xml_escape(p->out, column->from);
	tl_buf_puts(p->out, "\"/>\n");
}

static bool is_text(const struct column *column)
{
	if (mostly(column->numbers, column) || mostly(column->truths, column) ||
		mostly(column->times, column))
		return false;
	return CALLED(column, "subject", "summary", "description", "comment", "message", "utterance",
		       "transcript", "remark", "feedback", "explica", "kommentar", "anmerkung",
		       "nachricht", "review", "body") ||
	       !strcasecmp(column->from, "text") ||
	       (column->words * 2 > column->filled && column->bytes / column->filled >= 20);
}

/* Values that come again and again, or what is called like something that has few. */
static bool is_field(const struct column *column)
{
	return !mostly(column->numbers, column) && column->distinct <= 100 &&
	       (column->distinct * 2 <= column->filled ||
		       CALLED(column, "status", "state", "priority", "category", "reason", "intent",
			       "group", "product", "type"));
}

static bool propose_column(struct proposal *p, const struct column *column)
{
	const char *as = instrument_of(column);

	if (!column->filled)
		return false;
	if (!p->has_id && is_id(column)) {
		p->has_id = true;
		put_from(p->out, "id", column, "");
	} else if (propose_time(p, column) || propose_person(p, column)) {
		return true;
	} else if (mostly(column->times, column)) {
		return false;
	} else if (as) {
		put_measure(p->out, column, as);
	} else if (CALLED(column, "tags", "labels") && !strstr(column->from, "slot")) {
		put_from(p->out, "tag", column, strstr(column->from, "[]") ? "" : " split=\",\"");
	} else if (CALLED(column, "channel", "kanal") && !p->has_channel && column->distinct > 1 &&
		   !mostly(column->truths, column)) {
		p->has_channel = true;
		put_from(p->out, "channel", column, "");
	} else if (CALLED(column, "language", "locale")) {
		put_from(p->out, "language", column, "");
	} else if (CALLED(column, "segment")) {
		put_from(p->out, "segment", column, "");
	} else if (!p->event && is_text(column)) {
		put_from(p->out, "text", column, "");
	} else if (is_field(column)) {
		put_field(p, column);
	} else {
		return false;
	}
	return true;
}

/* What has to be known of all columns before one is proposed. */
static const char *guess(struct proposal *p, const struct column *columns, size_t count)
{
	bool ticket = false, chat = false, activity = false, cases = false;
	int best = 0;

	for (size_t i = 0; i < count; i++) {
		const struct column *column = &columns[i];
		int rank = column->filled ? start_rank(column) : 0;

		if (rank > best) {
			best = rank;
			p->created = column;
		}
		ticket |= CALLED(column, "ticket", "priority", "requester", "assignee");
		chat |= CALLED(column, "conversation", "utterance", "transcript", "chat");
		activity |= !strcmp(column->from, "concept:name");
		cases |= !strcmp(column->from, "case:concept:name");
	}
	p->event = activity && cases && p->created;
	return p->event ? "event" : chat ? "chat" : ticket ? "ticket" : "survey";
}

/* Nothing that would end a comment early. */
static void put_comment(struct tl_buf *out, const char *text)
{
	size_t start = out->len;

	tl_xml_escape(out, text);
	for (size_t i = start; i + 1 < out->len; i++)
		if (out->data[i] == '-' && out->data[i + 1] == '-')
			out->data[i] = ' ';
}

static void propose(struct look *look, struct tl_profile *profile, struct tl_buf *out)
{
	struct tl_buf body = {0}, unused = {0};
	struct proposal p = {.out = &body};
	const struct column *columns = look_at_rows(look, profile);
	const char *kind = guess(&p, columns, profile->path_count);

	if (p.event) { /* an event log as a table: a case is a customer's way */
		p.has_id = true;
		tl_buf_puts(&body, "  <id from=\"case:concept:name\"/> <id from=\"concept:name\"/>\n");
		put_from(&body, "id", p.created, "");
		tl_buf_puts(&body, "  <customer from=\"case:concept:name\"/>\n"
				   "  <tag from=\"concept:name\"/>\n");
	}
	for (size_t i = 0; i < profile->path_count; i++)
		if (!propose_column(&p, &columns[i])) {
			tl_buf_puts(&unused, "\n       ");
			put_comment(&unused, columns[i].from);
		}
	tl_buf_puts(out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<!-- A proposal, made from what the file holds: look at each line. See "
		"touchline-profile(5). -->\n"
		"<profile xmlns=\"urn:touchline:profile:1\" id=\"my-source\" ");
	tl_buf_printf(out, "kind=\"%s\" format=\"%s\">\n", kind, profile->format == TL_INTAKE_CSV ? "csv" : "json");
	if (profile->format == TL_INTAKE_JSON)
		tl_buf_printf(out, "  <records at=\"%s\"/>\n", containers);
	if (p.ambiguous)
		tl_buf_printf(out, "  <dates order=\"%s\"/>%s\n",
			p.month_first > p.day_first ? "mdy" : "dmy",
			p.month_first == p.day_first ? " <!-- or mdy: the file leaves it open -->"
						     : "");
	tl_buf_puts(out, "  <null>NA</null> <null>N/A</null> <null>?</null>\n");
	if (!p.has_id)
		tl_buf_puts(out, "  <id from=\"#\"/> <!-- the number of the row: no column is "
				 "different in every row -->\n");
	tl_buf_puts(out, body.data ? body.data : "");
	if (unused.len)
		tl_buf_printf(out, "  <!-- Not used:%s -->\n", unused.data);
	tl_buf_puts(out, "</profile>\n");
	tl_buf_release(&body);
	tl_buf_release(&unused);
}

bool tl_profile_propose(
	struct tl_diags *diags, const char *path, struct tl_buf *out, const char **known)
{
	static const char *const nulls[] = {"NA", "N/A", "?"};
	struct tl_arena arena;
	struct tl_diags unseen;
	struct look look = {&arena, &unseen, path};
	struct tl_profile profile = {
		.header_rows = 1, .order = -1, .records = containers, .nulls = nulls, .null_count = 3};
	bool good = false;

	*known = NULL;
	if (!strcmp(path, "-")) {
		tl_diag_hint(diags,
			tl_diag_add(diags, TL0533, (struct tl_span){0},
				"<stdin>: an unknown export is looked at more than once"),
			"save it in a file first");
		return false;
	}
	tl_arena_init(&arena);
	tl_diags_init(&unseen);
	profile.format = format_of(&look, diags);
	if (profile.format >= 0)
		*known = recognise(&look, profile.format, out);
	if (profile.format >= 0 && !*known) {
		good = list_columns(&look, &profile) > 0;
		if (good)
			propose(&look, &profile, out);
		else
			tl_diag_add(diags, TL0533, (struct tl_span){0},
				"%s: no record can be read from it", path);
	}
	tl_diags_release(&unseen);
	tl_arena_release(&arena);
	return good || *known;
}
