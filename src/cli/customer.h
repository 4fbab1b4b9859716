/* cli: whom a command is about: an e-mail address, a telephone number or an id as some source has it,
 * or a pseudonym as the store has it. */
#ifndef TL_CLI_CUSTOMER_H
#define TL_CLI_CUSTOMER_H

#include "cli/voice.h"

/* The number of the customer; 0 after saying that it is nobody, or more than one, with *status. */
int64_t tl_voice_find_customer(struct tl_voice *voice, const struct tl_command *command,
	const char *name, int *status);
/* "customer-17" */
void tl_voice_put_customer(struct tl_buf *out, int64_t customer);

#endif
