/* What became better or worse. */
#include "report/table.h"

void report_change(struct tl_buf *out, const struct tl_change *change)
{
	static const char *const words[] = {"no evidence of change", "better", "worse"};

	tl_buf_printf(out, "%s: %llu of %llu, ", words[change->verdict],
		(unsigned long long)change->x1, (unsigned long long)change->n1);
	report_percent(out, change->rate1);
	tl_buf_printf(out, ", became %llu of %llu, ", (unsigned long long)change->x2,
		(unsigned long long)change->n2);
	report_percent(out, change->rate2);
	tl_buf_printf(out, "; the difference is between %+.1f and %+.1f points",
		100 * change->interval.low, 100 * change->interval.high);
}
