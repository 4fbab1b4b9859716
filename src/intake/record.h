/* record: a row becomes a record, as the profile says. */
#ifndef TL_INTAKE_RECORD_H
#define TL_INTAKE_RECORD_H

#include "intake/reader.h"

struct intake_fault {
	const char *column; /* or "" */
	const char *reason; /* NULL: none */
};
struct intake_maker {
	const struct tl_intake *intake;
	struct tl_mask *mask;	/* of whoever makes */
	struct tl_arena *arena; /* of the record */
	struct tl_buf text, masked, said;
	uint64_t key_mark; /* of the key, in the upper 16 bits; 0: not known yet */
	struct tl_record record;
	struct intake_fault fault;
};
/* False with maker->fault. What record and fault consist of is in the arena, as the row is. */
bool intake_make(
	struct intake_maker *maker, struct tl_arena *arena, const struct intake_row *row);
void intake_maker_release(struct intake_maker *maker);

#endif
