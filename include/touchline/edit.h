/* edit: what was decided goes into the source, which stays as somebody wrote it: comments, order,
 * indentation, quotes, line ends and entities of everything that was not decided are kept byte for
 * byte. An edit that would make errors of a journey that has none is refused whole.
 *
 * Decisions are a document of their own, in the words of the journey language, that can be read,
 * changed and reviewed before it is applied:
 *
 *   <decisions xmlns="urn:touchline:decisions:1" room="k3f9a2bc" date="2026-11-22">
 *     <journey id="broadband-order">
 *       <touchpoint id="checkout">
 *         <emotion valence="-2" feeling="annoyed"/>
 *         <pain id="address-twice" status="in-progress" owner="ecommerce" due="2027-01-31"/>
 *         <pain id="price-unclear" kind="confusion" severity="4">Nobody knows what it will cost</pain>
 *         <opportunity for="price-unclear" owner="ecommerce" due="2027-01-31">Show the sum</opportunity>
 *       </touchpoint>
 *     </journey>
 *   </decisions>
 *
 * Whatever can stand in a touchpoint can be decided, and attributes of the touchpoint itself. What
 * the touchpoint has already is found by what tells it from others of its kind (tl_part.key): a pain
 * or an expectation by its id, an emotion by its persona (none: of all), a way by where it leads and
 * when, an opportunity and what else is a sentence by that sentence. Then the attributes given are
 * set, an empty one is taken away, and a text, if there is one, replaces the text. What is not found
 * is added behind the last of its kind. Applying the same decisions again changes nothing.
 */
#ifndef TOUCHLINE_EDIT_H
#define TOUCHLINE_EDIT_H

#include "touchline/diag.h"
#include "touchline/front.h"

#define TL_DECISIONS_NS "urn:touchline:decisions:1"
#define TL_DECISIONS_MAX_BYTES (4 << 20)

struct tl_decisions; /* read, in an arena */
/* "-" is standard input. NULL after reporting what is wrong in it, as far as that can be told without
 * the journeys. */
const struct tl_decisions *tl_decisions_read(
	struct tl_arena *arena, struct tl_diags *diags, const char *path);
const struct tl_decisions *tl_decisions_parse(struct tl_arena *arena, struct tl_diags *diags,
	const char *name, const char *text, size_t length);
/* The journeys they are about, in document order, and where they say so. */
struct tl_decided {
	const char *id;
	struct tl_span at;
};
size_t tl_decisions_journeys(
	const struct tl_decisions *decisions, const struct tl_decided **journeys);

/* The file of a journey as it will be; only vocabularies can be included, so touchpoints stand in
 * the journey's own file. */
struct tl_edit {
	const struct tl_source *before;
	struct tl_buf text;	/* the owner's to release */
	size_t changed;		/* decisions that change something in it */
	size_t already;		/* that it says already */
};
/* Nothing is written. False after reporting what cannot be done: a touchpoint that is not there, a
 * department that is none … The result is read as the front would, and what is then wrong is said
 * with places in the decisions, or in the journey where it is about something that stands there. */
bool tl_edit_apply(struct tl_arena *arena, struct tl_diags *diags,
	const struct tl_journey *journey, const struct tl_decisions *decisions,
	struct tl_edit *edit);

/* Puts edits that change something into their files: all, or after reporting none, as far as a file
 * system allows. Refused where a file changed since it was read, or is a link that leads out of the
 * folder it stands in and of `folders`. */
bool tl_edit_write(struct tl_diags *diags, const struct tl_edit *edits, size_t count,
	const char *const *folders, size_t folder_count);

/* What differs, as `diff -u` writes it: three lines around each change, "a/PATH" and "b/PATH". */
void tl_edit_diff(struct tl_buf *out, const char *path, const char *before, size_t before_length,
	const char *after, size_t after_length);

#endif
