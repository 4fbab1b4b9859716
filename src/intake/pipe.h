/* pipe: rows become records on a second thread, while the caller puts those that are ready. Where
 * none are, he makes some himself, of rows that were read.
 *
 * Who owns what, from open to close:
 *   the second thread   the reader's next and what it stands on (the input, libarchive, libxml2), a
 *                       maker with the mask, and the diagnostics that reader and input report to
 *   the caller          everything of tl_intake that is called back, the store behind it, the
 *                       counts, the rejects (rejects_head, reject and rejects_tail of a reader use
 *                       only what does not change once it is open) and all other diagnostics; a
 *                       maker with a mask of its own
 *   both, read only     the profile, the key, the lexicon, the source's name
 *   a batch             the second thread until it is read, then whoever makes its records, then the
 *                       caller until he asks for the next one
 *
 * Order is that of the file. Memory is bounded by the batches, by BYTES_MOST of what they hold, and
 * by one record: no batch is begun while more than that waits.
 */
#ifndef TL_INTAKE_PIPE_H
#define TL_INTAKE_PIPE_H

#include "intake/record.h"

enum { INTAKE_BATCH = 64 };
struct intake_made {
	struct intake_row row; /* without its cells, once the record is made */
	struct tl_record record;
	struct intake_fault fault; /* reason NULL: the record is good */
};
struct intake_batch {
	struct tl_arena arena; /* of all that is in it */
	struct intake_made made[INTAKE_BATCH];
	size_t count;
	size_t bytes; /* of the arena, when it was read or made; the caller may use more */
	bool ready;   /* its records are made */
	enum intake_step step; /* what comes behind: INTAKE_ROW where there are more */
	uint64_t done, total;  /* bytes of the input, when it was read */
};

struct intake_pipe;
struct intake_pipe *intake_pipe_open(const struct tl_intake *intake, struct intake_reader *reader,
	struct intake_input *input);
/* The next one, until the call after it. Nothing comes behind one whose step is not INTAKE_ROW. */
struct intake_batch *intake_pipe_next(struct intake_pipe *pipe);
/* At the end, or before it: then what was read ahead is dropped. */
void intake_pipe_close(struct intake_pipe *pipe);

#endif
