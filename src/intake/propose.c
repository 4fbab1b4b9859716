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
	bool repeated;	/* a value stands there twice */
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
		all = reader->next(reader, &row) == INTAKE_ROW && !row.fault;
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
	column->mails += strchr(text, '@') && strchr(text, '.') && !strchr(text, ' ');
	wrong = intake_time(&time, text, -1, 0);
	column->times += !wrong || strstr(wrong, "could be");
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
	} else if (reader && reader->next(reader, &row) == INTAKE_ROW && !row.fault) {
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
	for (int n = 0; reader && n < LOOKED_AT && reader->next(reader, &row) == INTAKE_ROW; n++)
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
	bool has_id, has_created, has_updated, has_resolved, has_channel, ambiguous;
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

static bool propose_time(struct proposal *p, const struct column *column)
{
	const char *role = NULL;

	if (!mostly(column->times, column) ||
		!CALLED(column, "date", "time", "created", "updated", "opened", "closed", "_at",
			" at", "modified", "datum", "resolved", "solved"))
		return false;
	if (CALLED(column, "updat", "modif") && !p->has_updated) {
		role = "updated";
		p->has_updated = true;
	} else if (CALLED(column, "resol", "solved", "closed") && !p->has_resolved) {
		role = "resolved";
		p->has_resolved = true;
	} else if (!CALLED(column, "updat", "modif", "resol", "solved", "closed", "due") &&
		   !p->has_created) {
		role = "created";
		p->has_created = true;
	}
	p->ambiguous |= role && column->ambiguous;
	if (role)
		put_from(p->out, role, column, "");
	return role != NULL;
}

static bool propose_person(struct proposal *p, const struct column *column)
{
	if (mostly(column->mails, column))
		put_from(p->out, "customer", column, " as=\"email\"");
	else if (CALLED(column, "phone", "mobile"))
		put_from(p->out, "customer", column, " as=\"phone\"");
	else if (CALLED(column, "customer", "requester", "contact_id", "user_id", "userid", "caller"))
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
	bool ends = n >= 2 && !strcasecmp(column->from + n - 2, "id") &&
		    (n == 2 || strchr(" _.-", column->from[n - 3]) || column->from[n - 2] == 'I');

	return !column->repeated && column->filled && !mostly(column->mails, column) &&
	       (ends || !strcasecmp(column->from, "number") || !strcasecmp(column->from, "key"));
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
	} else if (CALLED(column, "tags", "labels")) {
		put_from(p->out, "tag", column, strstr(column->from, "[]") ? "" : " split=\",\"");
	} else if (CALLED(column, "channel") && !p->has_channel && column->distinct > 1) {
		p->has_channel = true;
		put_from(p->out, "channel", column, "");
	} else if (CALLED(column, "language", "locale")) {
		put_from(p->out, "language", column, "");
	} else if (CALLED(column, "segment")) {
		put_from(p->out, "segment", column, "");
	} else if (CALLED(column, "subject", "description", "comment", "message") ||
		   (column->words * 2 > column->filled && column->bytes / column->filled >= 20)) {
		put_from(p->out, "text", column, "");
	} else if (!mostly(column->numbers, column) && column->distinct <= 100 &&
		   column->distinct * 2 <= column->filled) {
		tl_buf_puts(p->out, "  <field name=\"");
		tl_xml_escape(p->out, column->from);
		tl_buf_puts(p->out, "\" from=\"");
		tl_xml_escape(p->out, column->from);
		tl_buf_puts(p->out, "\"/>\n");
	} else {
		return false;
	}
	return true;
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

	for (size_t i = 0; i < profile->path_count; i++)
		if (!propose_column(&p, &columns[i])) {
			tl_buf_puts(&unused, "\n       ");
			put_comment(&unused, columns[i].from);
		}
	tl_buf_puts(out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<!-- A proposal, made from what the file holds: look at each line. See "
		"touchline-profile(5). -->\n"
		"<profile xmlns=\"urn:touchline:profile:1\" id=\"my-source\" kind=\"survey\" ");
	tl_buf_printf(out, "format=\"%s\">\n", profile->format == TL_INTAKE_CSV ? "csv" : "json");
	if (profile->format == TL_INTAKE_JSON)
		tl_buf_printf(out, "  <records at=\"%s\"/>\n", containers);
	if (p.ambiguous)
		tl_buf_puts(out, "  <dates order=\"dmy\"/> <!-- or mdy: the file leaves it open -->\n");
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
