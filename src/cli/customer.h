/* cli: whom a command is about: an e-mail address, a telephone number or an id as some source has it,
 * or a pseudonym as the store has it. */
#ifndef TL_CLI_CUSTOMER_H
#define TL_CLI_CUSTOMER_H

#include "cli/voice.h"

struct tl_voice_person {
	int64_t customer; /* 0: nobody in the store */
	const struct tl_hash16 *hashes; /* of what was typed, as everything that it may be */
	size_t count;
};
/* False after saying that it is more than one, or cannot be looked for, with *status. */
bool tl_voice_look_up(struct tl_voice *voice, const struct tl_command *command, const char *name,
	struct tl_voice_person *person, int *status);
/* Says that it is nobody; TL_EXIT_USAGE. */
int tl_voice_nobody(
	const struct tl_voice *voice, const struct tl_command *command, const char *name);
/* Reads the key that customers are kept under. False after reporting. */
struct tl_identity_key;
bool tl_voice_key(struct tl_voice *voice, struct tl_identity_key *key);
/* The number of the customer; 0 after saying that it is nobody, or more than one, with *status. */
int64_t tl_voice_find_customer(struct tl_voice *voice, const struct tl_command *command,
	const char *name, int *status);
/* "customer-17" */
void tl_voice_put_customer(struct tl_buf *out, int64_t customer);

#endif
