/* profile: what a source profile says, read and checked. Lives in the arena it was read into. */
#ifndef TL_INTAKE_PROFILE_H
#define TL_INTAKE_PROFILE_H

#include "intake/value.h"
#include "touchline/intake.h"

/* What a part of a record is taken from; the order of intake_roles. */
enum intake_role {
	INTAKE_ID, INTAKE_CREATED, INTAKE_UPDATED, INTAKE_REPLIED, INTAKE_RESOLVED,
	INTAKE_EXPORTED, INTAKE_CUSTOMER, INTAKE_NAME, INTAKE_SEGMENT, INTAKE_CHANNEL,
	INTAKE_LANGUAGE, INTAKE_TEXT, INTAKE_TAG, INTAKE_FIELD, INTAKE_HANDOFFS, INTAKE_REOPENS,
	INTAKE_JOURNEY, INTAKE_TOUCHPOINT, INTAKE_DEPARTMENT, INTAKE_KIND, INTAKE_MEASURE
};
extern const struct tl_vocabulary intake_roles;

struct intake_word { /* <word is="good" means="5"/> */
	const char *is, *means;
	const struct intake_word *next;
};
enum { INTAKE_NO_SLOT = -1, INTAKE_ROW_NUMBER = -2 };
struct intake_take { /* one element of a profile that takes something from a row */
	enum intake_role role;
	const char *from;  /* as written; NULL where value is given */
	int slot;	   /* which of the profile's paths that is */
	int later_slot;	   /* of later-than, or INTAKE_NO_SLOT */
	const char *value; /* the same for every record; NULL */
	const char *name;  /* of a field or measure */
	int as;		   /* enum tl_identity_kind of a customer, enum tl_instrument of a measure or −1 */
	/* Of a measure whose row says itself what it is, or INTAKE_NO_SLOT. */
	int as_slot, name_slot, min_slot, max_slot, reverse_slot;
	double min, max;   /* NAN: the instrument's own */
	double unit;	   /* seconds, where the cell is a span of time after created; NAN */
	bool reverse, html, optional;
	bool object; /* the cell is an object of JSON: names of fields and their values */
	char split; /* a tag cell holds several, apart by this; 0 */
	const struct intake_word *words;
	struct tl_span at; /* of from, or of the element */
	struct intake_take *next;
};
struct intake_path {
	const char *from;
	bool optional;	/* everybody who takes it can do without */
	struct tl_span at;
};
struct tl_profile {
	const char *id, *title;
	int kind;			 /* enum tl_record_kind */
	int format;			 /* enum tl_intake_format */
	const char *records;		 /* JSON: where the array is, several apart by spaces; NULL */
	bool each_trace;		 /* XES: a record is a trace, not an event */
	int header_rows;		 /* of a table; the first names the columns */
	char delimiter;			 /* 0: found out */
	int encoding;			 /* enum intake_encoding */
	bool short_rows;		 /* cells may be missing at the end of a row */
	int order;			 /* enum intake_order or −1 */
	int offset;			 /* seconds east of UTC */
	const char *const *nulls;
	size_t null_count;
	const char *const *marks; /* columns or keys that the layout is recognised by */
	size_t mark_count;
	struct intake_take *takes; /* in document order */
	struct intake_path *paths; /* every `from`, once */
	size_t path_count;
};
enum intake_encoding { INTAKE_GUESS, INTAKE_UTF_8, INTAKE_WINDOWS_1252 };

/* Says the reason in half a sentence where the cell says nothing; used by mapping and proposals. */
bool intake_is_null(const struct tl_profile *profile, const char *text);

#endif
