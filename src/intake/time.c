/* Points in time and durations, as exports write them. */
#include "intake/value.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { DAY = 86400, EXCEL_EPOCH = 25569 /* 1970-01-01 as Excel counts */ };

static const char *const no_time = "is no date that is known here";

/* A number of at most `most` digits; their count, 0 where there are none. */
static int digits(const char **p, int most, int *value)
{
	int n = 0;

	for (*value = 0; n < most && isdigit((unsigned char)**p); n++)
		*value = *value * 10 + (*(*p)++ - '0');
	return n;
}

static void skip_space(const char **p)
{
	while (**p == ' ' || **p == '\t')
		++*p;
}

static bool offset_at(const char **p, int *seconds)
{
	static const char *const zero[] = {"UTC", "GMT", "Z"};
	int hours, minutes = 0, sign;

	for (size_t i = 0; i < TL_COUNT(zero) && isalpha((unsigned char)**p); i++)
		if (!strncasecmp(*p, zero[i], strlen(zero[i]))) {
			*p += strlen(zero[i]);
			*seconds = 0;
			return true;
		}
	if (**p != '+' && **p != '-')
		return false;
	sign = *(*p)++ == '-' ? -1 : 1;
	if (digits(p, 2, &hours) != 2)
		return false;
	if (**p == ':')
		++*p;
	if (isdigit((unsigned char)**p) && digits(p, 2, &minutes) != 2)
		return false;
	*seconds = sign * (hours * 3600 + minutes * 60);
	return hours <= 14 && minutes < 60;
}

bool intake_offset(int *seconds, const char *s)
{
	return offset_at(&s, seconds) && !*s;
}

static bool to_days(int32_t *days, int year, int month, int day)
{
	int parts[] = {year / 100, year % 100, month, day};
	char text[] = "0000-00-00", *at[] = {text, text + 2, text + 5, text + 8};

	for (size_t i = 0; i < TL_COUNT(parts); i++) {
		if (parts[i] < 0 || parts[i] > 99)
			return false;
		at[i][0] = (char)('0' + parts[i] / 10);
		at[i][1] = (char)('0' + parts[i] % 10);
	}
	return tl_date_parse(days, text);
}

/* The milliseconds of a fraction of a second; *p stands behind its mark, then behind its digits. */
static int fraction_at(const char **p)
{
	int value = 0, n = 0;

	for (; isdigit((unsigned char)**p); ++*p, n++)
		if (n < 3)
			value = value * 10 + (**p - '0');
	for (; n < 3; n++)
		value *= 10;
	return value;
}

/* HH:MM[:SS[.fff]] [AM|PM] in milliseconds; *p stands behind it. */
static bool clock_at(const char **p, int *milliseconds)
{
	int hour, minute, second = 0, fraction = 0;

	if (!digits(p, 2, &hour) || *(*p)++ != ':' || digits(p, 2, &minute) != 2)
		return false;
	if (**p == ':') {
		++*p;
		if (digits(p, 2, &second) != 2)
			return false;
		if (**p == '.' || **p == ',') {
			++*p;
			fraction = fraction_at(p);
		}
	}
	skip_space(p);
	if ((**p == 'A' || **p == 'a' || **p == 'P' || **p == 'p') &&
		((*p)[1] == 'M' || (*p)[1] == 'm')) {
		if (hour < 1 || hour > 12)
			return false;
		hour = hour % 12 + (**p == 'P' || **p == 'p' ? 12 : 0);
		*p += 2;
	}
	*milliseconds = (hour * 3600 + minute * 60 + second) * 1000 + fraction;
	return hour < 24 && minute < 60 && second <= 60;
}

/* 1–12 for a name that *p begins with ("Mar", "March"), or 0. */
static int month_at(const char **p)
{
	static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";

	for (int i = 0; i < 12 && isalpha((unsigned char)**p); i++)
		if (!strncasecmp(*p, names + 3 * i, 3)) {
			while (isalpha((unsigned char)**p))
				++*p;
			if (**p == '.')
				++*p;
			return i + 1;
		}
	return 0;
}

static int full_year(int year, int width)
{
	return width > 2 ? year : year + (year < 70 ? 2000 : 1900);
}

static void skip_separator(const char **p)
{
	while (**p && strchr(" -/.,", **p))
		++*p;
}

/* Three numbers in an order that is declared, or the only one that is possible. */
static const char *numbered_date(int32_t *days, int a, int b, int year, int order)
{
	if (order != INTAKE_DMY && order != INTAKE_MDY) {
		if (a <= 12 && b <= 12 && a != b)
			return "could be day or month first: say which with <dates order=\"dmy\"> "
			       "or \"mdy\"";
		order = a > 12 ? INTAKE_DMY : INTAKE_MDY;
	}
	if (!to_days(days, year, order == INTAKE_DMY ? b : a, order == INTAKE_DMY ? a : b))
		return order == INTAKE_DMY ? "is no date with the day first"
					   : "is no date with the month first";
	return NULL;
}

/* The date that *p begins with; *p stands behind it. */
static const char *date_at(const char **p, int32_t *days, int order)
{
	int a, b, c, width, month = month_at(p);
	char separator;

	if (month) { /* Mar 12, 2024 */
		skip_separator(p);
		if (!digits(p, 2, &a))
			return no_time;
		skip_separator(p);
		width = digits(p, 4, &b);
		return width >= 2 && to_days(days, full_year(b, width), month, a) ? NULL : no_time;
	}
	width = digits(p, 4, &a);
	separator = **p;
	if (!width || !separator || !strchr("-/. ", separator))
		return no_time;
	skip_separator(p);
	month = month_at(p);
	if (month) { /* 12 Mar 2024 */
		skip_separator(p);
		int year_width = digits(p, 4, &c);
		return year_width >= 2 && to_days(days, full_year(c, year_width), month, a)
			       ? NULL
			       : no_time;
	}
	if (!digits(p, 2, &b) || **p != separator)
		return no_time;
	++*p;
	if (width == 4)
		return digits(p, 2, &c) && to_days(days, a, b, c) ? NULL : no_time;
	width = digits(p, 4, &c);
	if (width != 2 && width != 4)
		return no_time;
	if (order == INTAKE_YMD)
		return to_days(days, full_year(a, 2), b, c) ? NULL : no_time;
	return numbered_date(days, a, b, full_year(c, width), order);
}

/* Nothing but digits, and perhaps a fraction: counted from some epoch, or written without marks. */
static const char *counted_time(int64_t *milliseconds, const char *s, int offset)
{
	size_t n = strspn(s, "0123456789");
	double value = strtod(s, NULL);
	int32_t days;

	if (n == 8 && to_days(&days, atoi(s) / 10000, atoi(s) / 100 % 100, atoi(s) % 100)) {
		*milliseconds = ((int64_t)days * DAY - offset) * 1000;
		return NULL;
	}
	if (n == 14) {
		char text[32];
		snprintf(text, sizeof text, "%.4s-%.2s-%.2s %.2s:%.2s:%.2s", s, s + 4, s + 6, s + 8,
			s + 10, s + 12);
		return intake_milliseconds(milliseconds, text, INTAKE_YMD, offset);
	}
	if (n == 5) {
		*milliseconds = ((int64_t)llround((value - EXCEL_EPOCH) * DAY) - offset) * 1000;
		return NULL;
	}
	if (n == 9 || n == 10)
		*milliseconds = (int64_t)(value * 1e3);
	else if (n == 12 || n == 13)
		*milliseconds = (int64_t)value;
	else if (n == 15 || n == 16)
		*milliseconds = (int64_t)(value / 1e3);
	else
		return no_time;
	return NULL;
}

const char *intake_milliseconds(int64_t *milliseconds, const char *s, int order, int offset)
{
	const char *p = s, *wrong;
	int32_t days;
	int clock = 0;
	size_t n = strspn(s, "0123456789");

	if (n >= 5 && (!s[n] || (s[n] == '.' && !s[n + 1 + strspn(s + n + 1, "0123456789")])))
		return counted_time(milliseconds, s, offset);
	wrong = date_at(&p, &days, order);
	if (wrong)
		return wrong;
	if (*p == 'T' || *p == ',')
		++p;
	skip_space(&p);
	if (*p) {
		if (!clock_at(&p, &clock))
			return no_time;
		skip_space(&p);
		if (*p && !offset_at(&p, &offset))
			return no_time;
		if (*p)
			return no_time;
	}
	*milliseconds = ((int64_t)days * DAY - offset) * 1000 + clock;
	return NULL;
}

const char *intake_time(int64_t *seconds, const char *s, int order, int offset)
{
	int64_t ms;
	const char *wrong = intake_milliseconds(&ms, s, order, offset);

	if (!wrong)
		*seconds = ms / 1000 - (ms % 1000 < 0);
	return wrong;
}

static const char *clock_duration(double *seconds, const char *s)
{
	double parts[3];
	size_t n = 0;

	for (;; s++) {
		char *end;
		if (n == 3 || !isdigit((unsigned char)*s))
			return "is no duration";
		parts[n++] = strtod(s, &end);
		s = end;
		if (*s != ':')
			break;
	}
	if (*s || n < 2 || parts[1] >= 60 || (n == 3 && parts[2] >= 60))
		return "is no duration";
	*seconds = parts[0] * 3600 + parts[1] * 60 + (n == 3 ? parts[2] : 0);
	return NULL;
}

const char *intake_duration(double *seconds, const char *s, double unit)
{
	double number;

	if (*s == 'P')
		return tl_duration_parse(seconds, s) ? NULL : "is no duration";
	if (strchr(s, ':'))
		return clock_duration(seconds, s);
	if (intake_number(&number, s) || !(number >= 0 && number * unit < 1e11))
		return "is no duration";
	*seconds = number * unit;
	return NULL;
}
