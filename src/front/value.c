/* front: values of attributes, by the type in their row.
 *
 * White space around a value does not matter, as in XML Schema. Where people write a value as they
 * would in a letter ("12%", "0,12", "10 minutes", "15.12.2026"), the hint says how it is written
 * here.
 */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "front/bind.h"

/* ---- what values look like ------------------------------------------------------------------ */

static bool is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_id(const char *s, size_t n)
{
	if (n == 0 || !(is_alpha(s[0]) || s[0] == '_'))
		return false;
	for (size_t i = 1; i < n; i++)
		if (!is_alpha(s[i]) && !is_digit(s[i]) && !(s[i] && strchr("_.-", s[i])))
			return false;
	return true;
}

/* touchpoint, or journey#touchpoint */
static bool is_target(const char *s)
{
	size_t first = strcspn(s, "#");
	return is_id(s, first) && (!s[first] || is_id(s + first + 1, strlen(s + first + 1)));
}

static bool is_id_list(const char *s)
{
	while (*s) {
		size_t n = strcspn(s, " ");
		if (!is_id(s, n))
			return false;
		s += n + (s[n] == ' ');
	}
	return true;
}

static bool is_language(const char *s)
{
	size_t n = 0;

	while (is_alpha(s[n]))
		n++;
	if (n < 2 || n > 3)
		return false;
	for (s += n; *s == '-'; s += n + 1) {
		for (n = 0; is_alpha(s[n + 1]) || is_digit(s[n + 1]);)
			n++;
		if (n < 1 || n > 8)
			return false;
	}
	return !*s;
}

/* Digits with at most one point; own reading, because strtod follows the locale. */
static bool read_number(double *value, const char *s)
{
	double sign = *s == '-' ? -1 : 1, scale = 1, sum = 0;
	int digits = 0;

	s += *s == '-' || *s == '+';
	for (; is_digit(*s); s++, digits++)
		sum = sum * 10 + (*s - '0');
	if (*s == '.')
		for (s++; is_digit(*s); s++, digits++) {
			sum = sum * 10 + (*s - '0');
			scale *= 10;
		}
	*value = sign * sum / scale;
	return digits > 0 && !*s && isfinite(*value);
}

/* Schemes that do harm, or go nowhere, when a map is clicked. */
static bool is_link(const char *s)
{
	static const char *const good[] = {"http", "https", "mailto"};
	static const char *const bad[] = {"javascript", "data", "vbscript", "file", "ftp", "blob"};
	size_t n = 0;

	while (is_alpha(s[n]) || (n > 0 && (is_digit(s[n]) || (s[n] && strchr("+.-", s[n])))))
		n++;
	if (n == 0 || s[n] != ':')
		return true;
	for (size_t i = 0; i < TL_COUNT(good); i++)
		if (strlen(good[i]) == n && !strncasecmp(good[i], s, n))
			return true;
	for (size_t i = 0; i < TL_COUNT(bad); i++)
		if (strlen(bad[i]) == n && !strncasecmp(bad[i], s, n))
			return false;
	return strncmp(s + n, "://", 3) != 0;
}

/* ---- reports -------------------------------------------------------------------------------- */

static struct tl_diag *wrong(struct front *front, enum tl_code code,
	const struct tl_xml_attribute *attribute, const char *value, const char *what)
{
	return tl_diag_add(
		front->diags, code, attribute->value_at, "'%.80s' is not %s", value, what);
}

static void wrong_word(struct front *front, const struct schema_attribute *row,
	const struct tl_xml_attribute *attribute, const char *value)
{
	const struct tl_vocabulary *words = row->words;
	struct tl_diag *diag = tl_diag_add(front->diags, TL0212, attribute->value_at,
		"'%.80s' is not one of the words that '%s' takes", value, row->name);

	if (!tl_front_hints(front))
		return;
	const char *near = tl_text_nearest(value, words->words, words->count);
	if (row->type == TYPE_FLAG && (!strcasecmp(value, "true") || !strcmp(value, "1")))
		near = "yes";
	if (row->type == TYPE_FLAG && (!strcasecmp(value, "false") || !strcmp(value, "0")))
		near = "no";
	if (near) {
		tl_diag_hint(front->diags, diag, "did you mean '%s'?", near);
		return;
	}
	struct tl_buf list = {0};
	for (size_t i = 0; i < words->count; i++)
		tl_buf_printf(&list, "%s%s", i ? ", " : "", words->words[i]);
	tl_diag_hint(front->diags, diag, "one of: %s", list.data);
	tl_buf_release(&list);
}

static void wrong_number(struct front *front, const struct schema_attribute *row,
	const struct tl_xml_attribute *attribute, const char *value)
{
	bool whole = row->type == TYPE_INTEGER;
	struct tl_diag *diag =
		wrong(front, TL0213, attribute, value, whole ? "a whole number" : "a number");
	size_t n = strlen(value);
	char *copy = tl_arena_strdup(front->arena, value);
	char *comma = strchr(copy, ',');
	double number;

	if (comma)
		*comma = '.';
	if (n > 0 && copy[n - 1] == '%')
		copy[n - 1] = 0;
	if (whole) {
		tl_diag_hint(front->diags, diag, "write a number from %d to %d", (int)row->min,
			(int)row->max);
		return;
	}
	if (!read_number(&number, tl_text_fold(front->arena, copy)))
		return;
	struct tl_buf text = {0};
	tl_buf_number(&text, value[n - 1] == '%' ? number / 100 : number, 6);
	tl_diag_hint(front->diags, diag, "write %s", text.data);
	tl_buf_release(&text);
}

static void out_of_range(struct front *front, const struct schema_attribute *row,
	const struct tl_xml_attribute *attribute, const char *value)
{
	struct tl_buf range = {0};

	tl_buf_number(&range, row->min, 2);
	tl_buf_puts(&range, " to ");
	tl_buf_number(&range, row->max, 2);
	tl_diag_add(front->diags, TL0214, attribute->value_at,
		"'%s' goes from %s, and this is %.40s", row->name, range.data, value);
	tl_buf_release(&range);
}

static bool is_shaped(const char *s, const char *shape)
{
	for (; *shape; s++, shape++)
		if (*shape == '9' ? !is_digit(*s) : *s != *shape)
			return false;
	return !*s;
}

static void wrong_date(
	struct front *front, const struct tl_xml_attribute *attribute, const char *value)
{
	if (is_shaped(value, "9999-99-99")) {
		tl_diag_add(front->diags, TL0215, attribute->value_at, "there is no such day as %s",
			value);
		return;
	}
	struct tl_diag *diag = wrong(front, TL0215, attribute, value, "a date");
	if (is_shaped(value, "99.99.9999"))
		tl_diag_hint(front->diags, diag, "write %s-%.2s-%.2s", value + 6, value + 3, value);
	else
		tl_diag_hint(front->diags, diag, "write year-month-day, such as 2026-10-01");
}

/* "10 minutes", "24h": the number and the first letter of the unit decide. */
static void wrong_duration(
	struct front *front, const struct tl_xml_attribute *attribute, const char *value)
{
	static const struct {
		const char *unit, *before, *after;
	} units[] = {{"min", "PT", "M"}, {"mo", "P", "M"}, {"s", "PT", "S"}, {"h", "PT", "H"},
		{"d", "P", "D"}, {"w", "P", "W"}, {"y", "P", "Y"}};
	struct tl_diag *diag = wrong(front, TL0216, attribute, value, "a duration");
	size_t digits = strspn(value, "0123456789");
	const char *unit = value + digits + (value[digits] == ' ');

	for (size_t i = 0; digits > 0 && digits < 9 && i < TL_COUNT(units); i++)
		if (!strncasecmp(unit, units[i].unit, strlen(units[i].unit))) {
			tl_diag_hint(front->diags, diag, "write %s%.*s%s", units[i].before,
				(int)digits, value, units[i].after);
			return;
		}
	tl_diag_hint(front->diags, diag, "such as PT10M, PT4H, P3D or P2W");
}

/* An id made of what was written, to copy. */
static void wrong_id(
	struct front *front, const struct tl_xml_attribute *attribute, const char *value)
{
	struct tl_diag *diag = wrong(front, TL0211, attribute, value,
		strchr(value, '#') ? "a touchpoint or journey#touchpoint" : "an id");
	char *copy = tl_arena_strdup(front->arena, value), *to = copy;

	for (const char *p = value; *p && to - copy < 40; p++) {
		if (is_alpha(*p) || *p == '_' || (to > copy && (is_digit(*p) || *p == '.')))
			*to++ = *p;
		else if (to > copy && to[-1] != '-' && (unsigned char)*p < 0x80)
			*to++ = '-';
	}
	while (to > copy && to[-1] == '-')
		to--;
	*to = 0;
	if (to - copy > 2 && (is_alpha(*value) || *value == '_') && !strchr(value, '#'))
		tl_diag_hint(front->diags, diag, "write %s", copy);
	else
		tl_diag_hint(front->diags, diag, "letters, digits, _ . - and a letter first");
}

/* ---- setting -------------------------------------------------------------------------------- */

#define PLACE(type, object, offset) ((type *)(void *)((char *)(object) + (offset)))

static bool set_text(const struct schema_attribute *row, void *object, const char *value)
{
	*PLACE(const char *, object, row->offset) = value;
	return true;
}

static bool set_word(struct front *front, const struct schema_attribute *row,
	const struct tl_xml_attribute *attribute, void *object, const char *value)
{
	int word = tl_vocabulary_find(row->words, value);

	if (word < 0)
		wrong_word(front, row, attribute, value);
	else if (row->type == TYPE_FLAG)
		*PLACE(bool, object, row->offset) = word == 1;
	else
		*PLACE(int, object, row->offset) = word;
	return word >= 0;
}

static bool set_number(struct front *front, const struct schema_attribute *row,
	const struct tl_xml_attribute *attribute, void *object, const char *value)
{
	double number;
	bool whole = row->type == TYPE_INTEGER;

	if (!read_number(&number, value) || (whole && strchr(value, '.'))) {
		wrong_number(front, row, attribute, value);
		return false;
	}
	if (number < row->min || number > row->max) {
		out_of_range(front, row, attribute, value);
		return false;
	}
	if (whole)
		*PLACE(int, object, row->offset) = (int)number;
	else
		*PLACE(double, object, row->offset) = number;
	return true;
}

static bool set_date(struct front *front, const struct schema_attribute *row,
	const struct tl_xml_attribute *attribute, void *object, const char *value)
{
	if (tl_date_parse(PLACE(int32_t, object, row->offset), value))
		return true;
	*PLACE(int32_t, object, row->offset) = TL_NO_DATE;
	wrong_date(front, attribute, value);
	return false;
}

static bool set_duration(struct front *front, const struct schema_attribute *row,
	const struct tl_xml_attribute *attribute, void *object, const char *value)
{
	if (!tl_duration_parse(PLACE(double, object, row->offset), value)) {
		*PLACE(double, object, row->offset) = NAN;
		wrong_duration(front, attribute, value);
		return false;
	}
	if (row->second)
		*PLACE(const char *, object, row->second) = value;
	return true;
}

static bool check_shape(struct front *front, const struct schema_attribute *row,
	const struct tl_xml_attribute *attribute, const char *value)
{
	switch (row->type) {
	case TYPE_ID:
	case TYPE_REF:
	case TYPE_JOURNEY:
		if (is_id(value, strlen(value)))
			return true;
		break;
	case TYPE_REFS:
		if (is_id_list(value))
			return true;
		tl_diag_hint(front->diags, wrong(front, TL0211, attribute, value, "a list of ids"),
			"ids are separated by spaces");
		return false;
	case TYPE_TARGET:
		if (is_target(value))
			return true;
		break;
	default:
		return true;
	}
	wrong_id(front, attribute, value);
	return false;
}

static bool set_language(struct front *front, const struct schema_attribute *row,
	const struct tl_xml_attribute *attribute, void *object, const char *value)
{
	if (is_language(value))
		return set_text(row, object, value);
	struct tl_diag *diag = wrong(front, TL0217, attribute, value, "a language code");
	tl_diag_hint(front->diags, diag, "such as en, de, fr, es or pt-BR");
	return false;
}

static bool set_link(struct front *front, const struct schema_attribute *row,
	const struct tl_xml_attribute *attribute, void *object, const char *value)
{
	if (is_link(value))
		return set_text(row, object, value);
	struct tl_diag *diag = tl_diag_add(front->diags, TL0219, attribute->value_at,
		"links of the kind '%.*s:' do not go into maps", (int)strcspn(value, ":"), value);
	tl_diag_hint(front->diags, diag, "http, https, mailto, or a relative file name");
	return false;
}

bool tl_front_set_value(struct front *front, const struct schema_attribute *row,
	const struct tl_xml_attribute *attribute, void *object)
{
	const char *value = tl_text_fold(front->arena, attribute->value);

	if (!*value && front->fragment && !row->required)
		return true;
	if (!*value) {
		struct tl_diag *diag = tl_diag_add(front->diags, TL0218, attribute->name_at,
			"'%s' has an empty value", row->name);
		tl_diag_hint(front->diags, diag,
			row->required ? "give it a value" : "give it a value, or leave it out");
		return false;
	}
	switch (row->type) {
	case TYPE_WORD:
	case TYPE_FLAG:
		return set_word(front, row, attribute, object, value);
	case TYPE_INTEGER:
	case TYPE_NUMBER:
		return set_number(front, row, attribute, object, value);
	case TYPE_DATE:
		return set_date(front, row, attribute, object, value);
	case TYPE_DURATION:
		return set_duration(front, row, attribute, object, value);
	case TYPE_LANGUAGE:
		return set_language(front, row, attribute, object, value);
	case TYPE_LINK:
		return set_link(front, row, attribute, object, value);
	case TYPE_TEXT:
	case TYPE_MATCH:
		return set_text(row, object, value);
	case TYPE_ID:
	case TYPE_JOURNEY:
		return check_shape(front, row, attribute, value) && set_text(row, object, value);
	case TYPE_REF:
	case TYPE_REFS:
	case TYPE_TARGET:
		return check_shape(front, row, attribute, value); /* resolve sets them */
	}
	return false;
}

void tl_front_set_absent(const struct schema_attribute *row, void *object)
{
	double number = 0;

	switch (row->type) {
	case TYPE_WORD:
		*PLACE(int, object, row->offset) =
			row->preset ? tl_vocabulary_find(row->words, row->preset) : -1;
		break;
	case TYPE_INTEGER:
		if (row->preset)
			read_number(&number, row->preset);
		*PLACE(int, object, row->offset) = (int)number;
		break;
	case TYPE_NUMBER:
	case TYPE_DURATION:
		*PLACE(double, object, row->offset) = NAN;
		break;
	case TYPE_DATE:
		*PLACE(int32_t, object, row->offset) = TL_NO_DATE;
		break;
	case TYPE_TEXT:
	case TYPE_LANGUAGE:
	case TYPE_ID:
		*PLACE(const char *, object, row->offset) =
			row->preset || !row->required ? row->preset : "";
		break;
	default: /* pointers are NULL and flags false already */
		break;
	}
}
