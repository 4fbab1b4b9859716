/* diag: sources, places in them, and everything that is said to the user about them.
 *
 * A diagnostic names its cause once, with a stable code from the catalogue
 * (src/diag/catalogue.def), a place, and where possible what to write instead. All diagnostics of a
 * run are collected, then printed in source order; two at one place with one code count as one.
 * Codes are append-only: 01 XML  02 shape  03 reference  04 consistency  05 intake and store  06
 * score  07 draw and files  08 workshops
 *
 * Ownership: a tl_diags owns its sources and texts. Spans point into it and die with it.
 */
#ifndef TOUCHLINE_DIAG_H
#define TOUCHLINE_DIAG_H

#include <stdio.h>
#include "touchline/base.h"

/* One text that was read. The text is kept to quote from; it need not be NUL-free. */
struct tl_source {
	const char *name; /* as the user named it: "journeys/a.xml", "<stdin>" */
	const char *text;
	size_t length;
	unsigned order; /* position of the file in the order of reading: sorts the report */
	size_t errors;  /* reported in it, after -Werror */
	struct tl_source_index *index; /* private: where lines and columns are, made when asked */
};

/* length bytes of a source from offset on; source NULL: about no place in particular. */
struct tl_span {
	const struct tl_source *source;
	uint32_t offset, length;
};

enum tl_severity { TL_NOTE, TL_WARNING, TL_ERROR };

enum tl_code {
#define TL_DIAG(code, severity, name, summary, explanation) TL##code,
#include "diag/catalogue.def"
#undef TL_DIAG
	TL_CODE_COUNT
};

struct tl_catalogue_entry {
	const char *code; /* "TL0301" */
	enum tl_severity severity;
	const char *name;        /* "unknown-reference", for -Wno-NAME and -Werror */
	const char *summary;     /* one line */
	const char *explanation; /* paragraphs and an example, for `touchline explain` */
};
extern const struct tl_catalogue_entry tl_catalogue[TL_CODE_COUNT];
/* By code ("TL0301", "tl0301", "0301") or name; NULL where there is none. */
const struct tl_catalogue_entry *tl_catalogue_find(const char *code_or_name);

struct tl_diag; /* one diagnostic, to hang hints and notes on */

struct tl_diags {
	struct tl_arena arena;
	struct tl_diag **list;
	size_t count, capacity;
	struct tl_source **sources;
	size_t source_count, source_capacity;
	size_t errors, warnings; /* all of them, after -Werror and -Wno */
	size_t failures;   /* those of the errors that are not the input's fault: 07, 08, 0501–0509 */
	size_t suppressed; /* past the limit of 1000 errors and 1000 warnings a run: counted
			    * above, not kept, and said at the end */
	bool muted; /* for the time being nothing is kept or counted: what is read is not this run's
		     * business */
	bool werror;
	bool off[TL_CODE_COUNT]; /* -Wno-NAME: warnings that are not wanted */
};
void tl_diags_init(struct tl_diags *diags);
void tl_diags_release(struct tl_diags *diags);
/* Copies text; name is copied too. The source lives as long as diags. A file that is read again,
 * since several journeys bring it in, is the same source, so that its faults are said once. */
const struct tl_source *tl_diags_source(
	struct tl_diags *diags, const char *name, const char *text, size_t length);

/* Reports. Never returns NULL; what hangs on a diagnostic that is switched off is dropped. */
struct tl_diag *tl_diag_add(struct tl_diags *diags, enum tl_code code, struct tl_span at,
	const char *fmt, ...) TL_PRINTF(4, 5);
/* What to do, printed behind the ~~~: "did you mean 'email'?". One a diagnostic. */
void tl_diag_hint(struct tl_diags *diags, struct tl_diag *diag, const char *fmt, ...)
	TL_PRINTF(3, 4);
/* A second place: "channels are declared here". */
void tl_diag_note(struct tl_diags *diags, struct tl_diag *diag, struct tl_span at, const char *fmt,
	...) TL_PRINTF(4, 5);

/* Says in `to` what was said in `from`, with every place as `place` tells it. error: the place is that
 * of an error, not of a warning or a note. */
typedef struct tl_span tl_diag_place(void *context, struct tl_span at, bool error);
void tl_diags_pass_on(
	struct tl_diags *to, const struct tl_diags *from, tl_diag_place *place, void *context);

/* What a forked process has to say, for its parent. Pack appends everything in diags; places that
 * are not in one of the sources of `parent`, which the process inherited, are lost. Unpack reports
 * it again; false where the bytes are not what pack made. */
void tl_diags_pack(struct tl_buf *out, const struct tl_diags *diags, const struct tl_diags *parent);
bool tl_diags_unpack(struct tl_diags *parent, const char *bytes, size_t n);

/* 1-based line and column (in code points) of an offset. */
void tl_source_position(
	const struct tl_source *source, size_t offset, unsigned *line, unsigned *column);

/* Print everything in source order: by file, then by place; what has no place comes last. Nothing
 * is written where nothing was said. Text is for people (colour where asked), and ends in a line
 * such as "2 errors, 1 warning"; JSON is for editors, offsets in bytes, end exclusive:
 * {"version":1,"errors":N,"warnings":N,"suppressed":N,"diagnostics":[
 * {"code","name","severity","message","file","offset","length","line","column","end_line",
 * "end_column","hint","notes":[…]}]} */
void tl_diags_print(struct tl_diags *diags, FILE *out, bool colour);
void tl_diags_json(struct tl_diags *diags, struct tl_buf *out);

/* A text by somebody else as it may be shown on a terminal: control characters, marks that turn
 * the direction of text, and ill-formed bytes come out as visible stand-ins. */
void tl_diag_put_safely(struct tl_buf *out, const char *text);

#endif
