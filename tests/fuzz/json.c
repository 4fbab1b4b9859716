/* Any bytes as JSON. */
#include "rows.h"

static const char xml[] =
	"<profile xmlns='urn:touchline:profile:1' id='p' kind='survey' format='json'>"
	"<records at='records'/><id from='id' optional='yes'/>"
	"<text from='a.b' optional='yes'/>"
	"<text from='tags[]' optional='yes'/>"
	"<text from='f[id=1].v' optional='yes'/>"
	"</profile>";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return read_bytes_as(intake_json_open, xml, data, size);
}
