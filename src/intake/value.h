/* value: what a cell says. Every parser returns NULL, or the reason why the cell says nothing of the
 * kind, as half a sentence that follows "column 'x': ". Cells are NUL-terminated and trimmed. */
#ifndef TL_INTAKE_VALUE_H
#define TL_INTAKE_VALUE_H

#include "touchline/base.h"

enum intake_order { INTAKE_DMY, INTAKE_MDY, INTAKE_YMD }; /* −1: not declared */

/* ISO 8601; local dates in the declared order, or in the only one that is possible; English names of
 * months; epoch seconds, milliseconds, microseconds; Excel's serial days. Seconds since 1970 UTC.
 * offset: seconds east of UTC that a time without an offset of its own stands for. */
const char *intake_time(int64_t *seconds, const char *s, int order, int offset);
/* The same to the millisecond, for comparing. */
const char *intake_milliseconds(int64_t *milliseconds, const char *s, int order, int offset);
/* "+01:00", "-0530", "Z". */
bool intake_offset(int *seconds, const char *s);
/* ISO 8601 (PT2H), clocks (26:03:11, 3:05), or a number of `unit` seconds. */
const char *intake_duration(double *seconds, const char *s, double unit);
/* 4.5, 4,5, 1 234.5, 1.234,5, 87 %, "9 - very likely": the number that the cell begins with. */
const char *intake_number(double *number, const char *s);
/* Appends the text of an HTML fragment: tags dropped, blocks on lines of their own, entities read.
 * Text that holds no markup comes out as it is. */
void intake_html(struct tl_buf *out, const char *s, size_t n);
/* Appends Windows-1252 (of which Latin-1 is a part) as UTF-8. */
void intake_from_1252(struct tl_buf *out, const char *s, size_t n);

#endif
