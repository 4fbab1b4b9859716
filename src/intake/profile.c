/* Profiles, read from XML. Every element has one table of what it may carry; what is wrong is said
 * with its place, and with what was probably meant. */
#include "intake/profile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "touchline/xml.h"

static const char namespace_uri[] = "urn:touchline:profile:1";

static const char *const role_words[] = {"id", "created", "updated", "replied", "resolved",
	"exported", "customer", "name", "segment", "channel", "language", "text", "tag", "field",
	"handoffs", "reopens", "journey", "touchpoint", "department", "kind", "measure"};
const struct tl_vocabulary intake_roles = {"element", role_words, TL_COUNT(role_words)};
static const char *const format_words[] = {"csv", "json", "xes"};
static const struct tl_vocabulary formats = {"format", format_words, TL_COUNT(format_words)};
static const char *const order_words[] = {"dmy", "mdy", "ymd"};
static const struct tl_vocabulary orders = {"order", order_words, TL_COUNT(order_words)};
static const char *const encoding_words[] = {"guess", "utf-8", "windows-1252"};
static const struct tl_vocabulary encodings = {
	"encoding", encoding_words, TL_COUNT(encoding_words)};
static const char *const each_words[] = {"event", "trace"};
static const struct tl_vocabulary eachs = {"each", each_words, TL_COUNT(each_words)};
static const char *const unit_words[] = {"seconds", "minutes", "hours", "days"};
static const struct tl_vocabulary units = {"unit", unit_words, TL_COUNT(unit_words)};
static const double unit_seconds[] = {1, 60, 3600, 86400};

/* What the elements that are no takes are called, and may carry. */
struct shape {
	const char *name;
	const char *attributes[6];
};
static const struct shape shapes[] = {{"records", {"at", "each"}},
	{"table", {"header-rows", "delimiter", "encoding", "short-rows"}},
	{"recognise", {"from"}}, {"dates", {"order", "offset"}}, {"null", {NULL}}};
static const char *const take_attributes[] = {"from", "value", "optional", "later-than", "name",
	"as", "min", "max", "reverse", "html", "split", "after-created", "as-from", "name-from",
	"min-from", "max-from", "reverse-from", "object"};

struct reading {
	struct tl_arena *arena;
	struct tl_diags *diags;
	struct tl_profile *profile;
	struct intake_take **last;
	size_t path_capacity, null_capacity, mark_capacity;
	bool failed;
};

/* ---- attributes ------------------------------------------------------------------------------ */

static void suggest(struct reading *r, struct tl_diag *diag, const char *word,
	const char *const *words, size_t count)
{
	const char *nearest = tl_text_nearest(word, words, count);

	r->failed = true;
	if (nearest)
		tl_diag_hint(r->diags, diag, "did you mean '%s'?", nearest);
}

/* known: up to count of them, or to NULL. */
static void check_attributes(struct reading *r, const struct tl_xml_element *element,
	const char *const *known, size_t count)
{
	size_t n = 0;

	while (n < count && known[n])
		n++;
	for (const struct tl_xml_attribute *a = element->attributes; a; a = a->next) {
		bool found = a->ns != NULL;

		for (size_t i = 0; i < n && !found; i++)
			found = !strcmp(a->name, known[i]);
		if (!found)
			suggest(r,
				tl_diag_add(r->diags, TL0203, a->name_at,
					"<%s> has no attribute '%s'", element->name, a->name),
				a->name, known, n);
	}
}

static const char *optional_value(const struct tl_xml_element *element, const char *name)
{
	const struct tl_xml_attribute *a = tl_xml_attribute(element, name);

	return a ? a->value : NULL;
}

static const char *required(struct reading *r, const struct tl_xml_element *element,
	const char *name)
{
	const struct tl_xml_attribute *a = tl_xml_attribute(element, name);

	if (a && *a->value)
		return a->value;
	r->failed = true;
	tl_diag_add(r->diags, a ? TL0218 : TL0204, a ? a->value_at : element->at,
		a ? "<%s> has an empty '%s'" : "<%s> lacks the attribute '%s'", element->name, name);
	return NULL;
}

/* The index of the word, or otherwise where the attribute is absent or wrong. */
static int word(struct reading *r, const struct tl_xml_element *element, const char *name,
	const struct tl_vocabulary *vocabulary, int otherwise)
{
	const struct tl_xml_attribute *a = tl_xml_attribute(element, name);
	int index = a ? tl_vocabulary_find(vocabulary, a->value) : otherwise;

	if (a && index < 0) {
		struct tl_diag *diag = tl_diag_add(r->diags, TL0212, a->value_at,
			"'%s' is no possible value of '%s'", a->value, name);
		suggest(r, diag, a->value, vocabulary->words, vocabulary->count);
		return otherwise;
	}
	return index;
}

static bool yes(struct reading *r, const struct tl_xml_element *element, const char *name)
{
	return word(r, element, name, &tl_yes_no, 0) == 1;
}

static double number(struct reading *r, const struct tl_xml_element *element, const char *name)
{
	const struct tl_xml_attribute *a = tl_xml_attribute(element, name);
	double value;
	char *end;

	if (!a)
		return NAN;
	value = strtod(a->value, &end);
	if (end != a->value && !*end && isfinite(value))
		return value;
	r->failed = true;
	tl_diag_add(r->diags, TL0213, a->value_at, "'%s' is not a number", a->value);
	return NAN;
}

/* ---- takes ------------------------------------------------------------------------------------ */

static int path_slot(struct reading *r, const char *from, bool is_optional, struct tl_span at)
{
	struct tl_profile *profile = r->profile;

	if (!strcmp(from, "#"))
		return INTAKE_ROW_NUMBER;
	for (size_t i = 0; i < profile->path_count; i++)
		if (!strcmp(profile->paths[i].from, from)) {
			profile->paths[i].optional &= is_optional;
			return (int)i;
		}
	profile->paths = tl_arena_grow(r->arena, profile->paths, profile->path_count,
		&r->path_capacity, sizeof *profile->paths);
	profile->paths[profile->path_count] = (struct intake_path){from, is_optional, at};
	return (int)profile->path_count++;
}

static int slot_of(struct reading *r, const struct tl_xml_element *element, const char *name,
	bool is_optional)
{
	const struct tl_xml_attribute *a = tl_xml_attribute(element, name);

	return a ? path_slot(r, a->value, is_optional, a->value_at) : INTAKE_NO_SLOT;
}

static const struct intake_word *read_words(
	struct reading *r, const struct tl_xml_element *element)
{
	static const char *const known[] = {"is", "means"};
	const struct intake_word *first = NULL;
	const struct intake_word **last = &first;

	for (const struct tl_xml_element *e = element->first; e; e = e->next) {
		struct intake_word *entry;

		if (strcmp(e->name, "word") != 0) {
			static const char *const names[] = {"word"};
			suggest(r,
				tl_diag_add(r->diags, TL0201, e->name_at,
					"<%s> may hold <word> only, not <%s>", element->name, e->name),
				e->name, names, 1);
			continue;
		}
		check_attributes(r, e, known, TL_COUNT(known));
		entry = tl_arena_new(r->arena, struct intake_word);
		entry->is = required(r, e, "is");
		entry->means = optional_value(e, "means");
		if (!entry->is)
			continue;
		*last = entry;
		last = &entry->next;
	}
	return first;
}

/* What a measure, field or customer needs beyond what every take may have. */
static void read_special(
	struct reading *r, const struct tl_xml_element *element, struct intake_take *take)
{
	if (take->role == INTAKE_CUSTOMER) {
		take->as = word(r, element, "as", &tl_identity_kinds, TL_IDENTITY_ID);
	} else if (take->role == INTAKE_MEASURE) {
		if (take->as_slot == INTAKE_NO_SLOT)
			required(r, element, "as");
		take->as = word(r, element, "as", &tl_instruments, -1);
		if (!take->name)
			take->name = take->from ? take->from : "score";
		if (take->min >= take->max) {
			r->failed = true;
			tl_diag_add(r->diags, TL0214, element->at,
				"min is not smaller than max: a scale whose low end is the good "
				"one is written reverse=\"yes\"");
		}
	} else if (take->role == INTAKE_FIELD && !take->object) {
		required(r, element, "name");
	}
}

static void read_take(struct reading *r, const struct tl_xml_element *element, int role)
{
	struct intake_take *take = tl_arena_new(r->arena, struct intake_take);
	const struct tl_xml_attribute *from = tl_xml_attribute(element, "from");
	int unit = word(r, element, "after-created", &units, -1);
	const char *split = optional_value(element, "split");

	check_attributes(r, element, take_attributes, TL_COUNT(take_attributes));
	take->role = (enum intake_role)role;
	take->value = optional_value(element, "value");
	take->from = take->value ? optional_value(element, "from") : required(r, element, "from");
	take->optional = yes(r, element, "optional");
	take->slot = slot_of(r, element, "from", take->optional);
	take->later_slot = slot_of(r, element, "later-than", take->optional);
	take->as_slot = slot_of(r, element, "as-from", take->optional);
	take->name_slot = slot_of(r, element, "name-from", take->optional);
	take->min_slot = slot_of(r, element, "min-from", take->optional);
	take->max_slot = slot_of(r, element, "max-from", take->optional);
	take->reverse_slot = slot_of(r, element, "reverse-from", take->optional);
	take->name = optional_value(element, "name");
	take->min = number(r, element, "min");
	take->max = number(r, element, "max");
	take->reverse = yes(r, element, "reverse");
	take->html = yes(r, element, "html");
	take->object = yes(r, element, "object");
	take->split = split ? *split : 0;
	take->unit = unit < 0 ? NAN : unit_seconds[unit];
	take->words = read_words(r, element);
	take->at = from ? from->value_at : element->at;
	read_special(r, element, take);
	*r->last = take;
	r->last = &take->next;
}

/* ---- the rest --------------------------------------------------------------------------------- */

static void read_table(struct reading *r, const struct tl_xml_element *element)
{
	const char *delimiter = optional_value(element, "delimiter");
	double rows = number(r, element, "header-rows");

	if (rows < 1 || rows > 16) {
		r->failed = true;
		tl_diag_add(r->diags, TL0214, element->at, "header-rows is from 1 to 16");
	} else if (!isnan(rows)) {
		r->profile->header_rows = (int)rows;
	}
	if (delimiter)
		r->profile->delimiter = !strcmp(delimiter, "tab") ? '\t' : *delimiter;
	r->profile->encoding = word(r, element, "encoding", &encodings, INTAKE_GUESS);
	r->profile->short_rows = yes(r, element, "short-rows");
}

static void read_dates(struct reading *r, const struct tl_xml_element *element)
{
	const struct tl_xml_attribute *a = tl_xml_attribute(element, "offset");

	r->profile->order = word(r, element, "order", &orders, -1);
	if (a && !intake_offset(&r->profile->offset, a->value)) {
		r->failed = true;
		tl_diag_add(r->diags, TL0215, a->value_at,
			"'%s' is no offset from UTC, which is written like +01:00", a->value);
	}
}

static const char *const *add_text(struct reading *r, const char *const *list, size_t *count,
	size_t *capacity, const char *text)
{
	const char **grown = tl_arena_grow(
		r->arena, (void *)(uintptr_t)list, *count, capacity, sizeof *grown);

	grown[(*count)++] = text;
	return grown;
}

static void read_shape(
	struct reading *r, const struct tl_xml_element *element, const struct shape *shape)
{
	struct tl_profile *profile = r->profile;
	const char *text;

	check_attributes(r, element, shape->attributes, TL_COUNT(shape->attributes));
	if (!strcmp(shape->name, "records")) {
		profile->records = optional_value(element, "at");
		profile->each_trace = word(r, element, "each", &eachs, 0) == 1;
	} else if (!strcmp(shape->name, "table")) {
		read_table(r, element);
	} else if (!strcmp(shape->name, "dates")) {
		read_dates(r, element);
	} else if (!strcmp(shape->name, "null")) {
		profile->nulls = add_text(r, profile->nulls, &profile->null_count,
			&r->null_capacity, element->text);
	} else {
		text = required(r, element, "from");
		if (text)
			profile->marks = add_text(r, profile->marks, &profile->mark_count,
				&r->mark_capacity, text);
	}
}

static void report_element(struct reading *r, const struct tl_xml_element *element)
{
	const char *names[TL_COUNT(role_words) + TL_COUNT(shapes)];

	for (size_t i = 0; i < TL_COUNT(role_words); i++)
		names[i] = role_words[i];
	for (size_t i = 0; i < TL_COUNT(shapes); i++)
		names[TL_COUNT(role_words) + i] = shapes[i].name;
	suggest(r,
		tl_diag_add(r->diags, TL0201, element->name_at,
			"<%s> is no element of a profile", element->name),
		element->name, names, TL_COUNT(names));
}

static void read_child(struct reading *r, const struct tl_xml_element *element)
{
	int role = tl_vocabulary_find(&intake_roles, element->name);

	if (role >= 0) {
		read_take(r, element, role);
		return;
	}
	for (size_t i = 0; i < TL_COUNT(shapes); i++)
		if (!strcmp(shapes[i].name, element->name)) {
			read_shape(r, element, &shapes[i]);
			return;
		}
	report_element(r, element);
}

static bool is_profile(struct reading *r, const struct tl_xml_element *root)
{
	struct tl_diag *diag;

	if (strcmp(root->name, "profile") != 0) {
		tl_diag_add(r->diags, TL0210, root->name_at,
			"this is a <%s>, where a <profile> is expected", root->name);
		return false;
	}
	if (root->ns && !strcmp(root->ns, namespace_uri))
		return true;
	diag = tl_diag_add(
		r->diags, TL0209, root->at, "<profile> is not in the namespace of profiles");
	tl_diag_hint(r->diags, diag, "write <profile xmlns=\"%s\" …>", namespace_uri);
	return false;
}

static void read_root(struct reading *r, const struct tl_xml_element *root)
{
	static const char *const known[] = {"id", "title", "kind", "format"};
	struct tl_profile *profile = r->profile;
	bool has_id = false;

	check_attributes(r, root, known, TL_COUNT(known));
	profile->id = required(r, root, "id");
	profile->title = optional_value(root, "title");
	required(r, root, "kind");
	required(r, root, "format");
	profile->kind = word(r, root, "kind", &tl_record_kinds, 0);
	profile->format = word(r, root, "format", &formats, 0);
	for (const struct tl_xml_element *e = root->first; e; e = e->next)
		read_child(r, e);
	for (const struct intake_take *take = profile->takes; take; take = take->next)
		has_id |= take->role == INTAKE_ID;
	if (!has_id) {
		r->failed = true;
		tl_diag_hint(r->diags,
			tl_diag_add(r->diags, TL0205, root->at,
				"the profile says nothing of what identifies a record"),
			"add <id from=\"…\"/>, or <id from=\"#\"/> for the number of the row");
	}
}

const struct tl_profile *tl_profile_parse(struct tl_arena *arena, struct tl_diags *diags,
	const char *name, const char *text, size_t length)
{
	struct reading r = {.arena = arena, .diags = diags};
	const struct tl_xml_element *root =
		tl_xml_parse(arena, diags, tl_diags_source(diags, name, text, length));

	if (!root || !is_profile(&r, root))
		return NULL;
	r.profile = tl_arena_new(arena, struct tl_profile);
	r.profile->header_rows = 1;
	r.profile->order = -1;
	r.last = &r.profile->takes;
	read_root(&r, root);
	return r.failed ? NULL : r.profile;
}

const char *tl_profile_id(const struct tl_profile *profile)
{
	return profile->id;
}

bool intake_is_null(const struct tl_profile *profile, const char *text)
{
	if (!*text)
		return true;
	for (size_t i = 0; i < profile->null_count; i++)
		if ((*text | 32) == (*profile->nulls[i] | 32) &&
			!strcasecmp(text, profile->nulls[i]))
			return true;
	return false;
}
