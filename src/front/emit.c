/* front: what the notations of the schema share. */
#include "front/emit.h"

struct emit_type tl_emit_type(const struct schema_attribute *row)
{
	switch (row->type) {
	case TYPE_ID:
	case TYPE_REF:
	case TYPE_JOURNEY:
		return (struct emit_type){"token", EMIT_ID, false};
	case TYPE_REFS:
		return (struct emit_type){"token", EMIT_IDS, false};
	case TYPE_TARGET:
		return (struct emit_type){"token", EMIT_TARGET, false};
	case TYPE_INTEGER:
		return (struct emit_type){"integer", NULL, true};
	case TYPE_NUMBER:
		return (struct emit_type){"decimal", NULL, true};
	case TYPE_DATE:
		return (struct emit_type){"date", EMIT_DATE, false};
	case TYPE_DURATION:
		return (struct emit_type){"token", EMIT_DURATION, false};
	case TYPE_LANGUAGE:
		return (struct emit_type){"token", EMIT_LANGUAGE, false};
	default:
		return (struct emit_type){0};
	}
}

void tl_emit_doc(struct tl_buf *out, const struct schema_attribute *row)
{
	tl_buf_puts(out, row->doc);
	if (row->preset)
		tl_buf_printf(out, " Default: %s.", row->preset);
}

void tl_front_schema(struct tl_buf *out, enum tl_schema_format format)
{
	static void (*const emit[])(struct tl_buf *) = {[TL_SCHEMA_RNG] = tl_emit_rng,
		[TL_SCHEMA_XSD] = tl_emit_xsd,
		[TL_SCHEMA_MDOC] = tl_emit_mdoc};

	emit[format](out);
}
