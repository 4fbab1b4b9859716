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
 * pain, expectation: where the touchpoint has the id, the attributes given are set (an empty one is
 * taken away) and a text, if there is one, replaces the text; else the element is added behind the
 * last of its kind. emotion: the one of the same persona (none: of all) is set, else added.
 * opportunity: the one with the same text is set, else added; `for` may name a pain that is added.
 * touchpoint: attributes of itself may be given (importance, owner, moment-of-truth …). Applying the
 * same decisions again changes nothing.
 */
#ifndef TOUCHLINE_EDIT_H
#define TOUCHLINE_EDIT_H

#include "touchline/diag.h"
#include "touchline/front.h"

#define TL_DECISIONS_NS "urn:touchline:decisions:1"
#define TL_DECISIONS_MAX_BYTES (4 << 20)

struct tl_decisions; /* read, in an arena */
/* NULL after reporting what is wrong in it. */
const struct tl_decisions *tl_decisions_read(
	struct tl_arena *arena, struct tl_diags *diags, const char *path);
const struct tl_decisions *tl_decisions_parse(struct tl_arena *arena, struct tl_diags *diags,
	const char *name, const char *text, size_t length);
/* The journeys they are about, in document order. */
size_t tl_decisions_journeys(const struct tl_decisions *decisions, const char *const **ids);

struct tl_edit { /* one file as it will be */
	const char *path;
	struct tl_buf text; /* the owner's to release */
	size_t changed;	    /* decisions that change something in it */
	size_t already;	    /* that it says already */
};
/* The file of the journey as it is to be; a touchpoint may stand in a file that it includes, so there
 * may be several. Nothing is written. False after reporting what cannot be done (band 03: a
 * touchpoint that is not there, a value that is none …), with places in the decisions. Also reads the
 * result as the front would, and refuses what is then wrong. */
bool tl_edit_apply(struct tl_arena *arena, struct tl_diags *diags,
	const struct tl_journey *journey, const struct tl_decisions *decisions,
	struct tl_edit **edits, size_t *count);

/* What differs, as `diff -u` writes it: three lines around each change, "a/PATH" and "b/PATH". */
void tl_edit_diff(struct tl_buf *out, const char *path, const char *before, size_t before_length,
	const char *after, size_t after_length);

#endif
