/* input: the bytes of a file or of standard input, unpacked where gzip or zip packed them. */
#ifndef TL_INTAKE_INPUT_H
#define TL_INTAKE_INPUT_H

#include "touchline/base.h"
#include "touchline/diag.h"

struct intake_input;
/* NULL after reporting. path outlives the input. */
struct intake_input *intake_input_open(struct tl_diags *diags, const char *path);
void intake_input_close(struct intake_input *input);
/* Moves to the first or next file inside; there is one where nothing is packed by zip. False behind
 * the last, or after reporting (then intake_input_failed). *name lives until the next call. */
bool intake_input_next(struct intake_input *input, const char **name);
bool intake_input_failed(const struct intake_input *input);
/* Appends some bytes to out; false at the end of the file inside, or after reporting. */
bool intake_input_read(struct intake_input *input, struct tl_buf *out);
/* Bytes read of the packed file, and its size (0: not known). */
void intake_input_progress(const struct intake_input *input, uint64_t *done, uint64_t *total);

#endif
