/* ISO 8601 dates and durations, and the clock. */
#include "touchline/base.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const double longest = 1000 * 365 * 86400.0;

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_length(int year, int month)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return lengths[month - 1] + (month == 2 && is_leap(year));
}

/* Days from 1970-01-01 to the first of January of the year; year >= 0. */
static int32_t year_start(int year)
{
	int32_t before = year - 1; /* the last year that is over */

	if (year == 0)
		return -719528;
	return 365 * (year - 1970) + (before / 4 - 492) - (before / 100 - 19) + (before / 400 - 4);
}

/* Of n digits, which are there. */
static int number_of(const char *digits, size_t n)
{
	int number = 0;

	for (size_t i = 0; i < n; i++)
		number = 10 * number + (digits[i] - '0');
	return number;
}

bool tl_date_parse(int32_t *days, const char *s)
{
	int year, month, number;
	int32_t total;

	if (strlen(s) != 10)
		return false;
	for (int i = 0; i < 10; i++)
		if (i == 4 || i == 7 ? s[i] != '-' : !is_digit(s[i]))
			return false;
	year = number_of(s, 4);
	month = number_of(s + 5, 2);
	number = number_of(s + 8, 2);
	if (month < 1 || month > 12 || number < 1 || number > month_length(year, month))
		return false;
	total = year_start(year) + number - 1;
	for (int m = 1; m < month; m++)
		total += month_length(year, m);
	*days = total;
	return true;
}

void tl_date_format(char out[static 11], int32_t days)
{
	int year = 1970 + days / 366 - (days < 0), month = 1;

	if (year < 0)
		year = 0;
	if (days > year_start(10000) - 1)
		days = year_start(10000) - 1;
	if (days < year_start(0))
		days = year_start(0);
	while (days < year_start(year))
		year--;
	while (year < 9999 && days >= year_start(year + 1))
		year++;
	days -= year_start(year);
	for (; days >= month_length(year, month); month++)
		days -= month_length(year, month);
	snprintf(out, 11, "%04u-%02u-%02u", (unsigned)year % 10000, (unsigned)month % 100,
		(unsigned)(days + 1) % 100);
}

/* One number of a duration, "12" or "1.5" or "1,5"; sets *fraction where it has one. */
static bool duration_number(double *value, bool *fraction, const char **p)
{
	const char *s = *p;
	double scale = 1;

	*value = 0;
	if (!is_digit(*s))
		return false;
	for (; is_digit(*s); s++)
		*value = *value * 10 + (*s - '0');
	*fraction = *s == '.' || *s == ',';
	if (*fraction) {
		if (!is_digit(*++s))
			return false;
		for (; is_digit(*s); s++)
			*value += (*s - '0') * (scale /= 10);
	}
	*p = s;
	return true;
}

bool tl_duration_parse(double *seconds, const char *s)
{
	static const struct {
		char letter;
		bool of_day; /* behind the T */
		double seconds;
	} units[] = {{'Y', false, 365 * 86400.0}, {'M', false, 30 * 86400.0},
		{'W', false, 7 * 86400.0}, {'D', false, 86400}, {'H', true, 3600}, {'M', true, 60},
		{'S', true, 1}};
	bool of_day = false, fraction = false, any = false;
	double total = 0;
	size_t unit = 0;

	if (*s++ != 'P')
		return false;
	while (*s) {
		double value;

		if (*s == 'T' && !of_day) {
			of_day = true;
			any = false;
			s++;
			continue;
		}
		if (fraction || !duration_number(&value, &fraction, &s))
			return false;
		while (unit < TL_COUNT(units) &&
			(units[unit].letter != *s || units[unit].of_day != of_day))
			unit++;
		if (unit == TL_COUNT(units))
			return false;
		total += value * units[unit++].seconds;
		any = true;
		s++;
	}
	if (!any || !(total <= longest))
		return false;
	*seconds = total;
	return true;
}

int64_t tl_clock_now(void)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	char *end;

	if (epoch && is_digit(*epoch)) {
		errno = 0;
		long long seconds = strtoll(epoch, &end, 10);

		if (!errno && !*end)
			return seconds;
	}
	return (int64_t)time(NULL);
}

int32_t tl_date_of(int64_t seconds)
{
	return (int32_t)(seconds / 86400 - (seconds % 86400 < 0));
}
