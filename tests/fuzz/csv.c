/* Any bytes as a table. */
#include "rows.h"

static const char xml[] =
	"<profile xmlns='urn:touchline:profile:1' id='p' kind='survey' format='csv'>"
	"<null>NA</null><id from='id' optional='yes'/>"
	"<text from='text' optional='yes'/>"
	"<text from='#2' optional='yes'/>"
	"<text from='t*' optional='yes'/>"
	"</profile>";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return read_bytes_as(intake_csv_open, xml, data, size);
}
