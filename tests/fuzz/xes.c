/* Any bytes as an event log. */
#include "rows.h"

static const char xml[] =
	"<profile xmlns='urn:touchline:profile:1' id='p' kind='survey' format='xes'>"
	"<id from='id' optional='yes'/>"
	"<text from='case:concept:name' optional='yes'/>"
	"<text from='concept:name' optional='yes'/>"
	"<text from='time:timestamp' optional='yes'/>"
	"</profile>";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return read_bytes_as(intake_xes_open, xml, data, size);
}
