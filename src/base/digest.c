/* Digests of contents; the only user of libsodium. */
#include "touchline/base.h"

#include <sodium.h>

void tl_digest(char out[static TL_DIGEST_SIZE], const void *bytes, size_t n)
{
	unsigned char hash[(TL_DIGEST_SIZE - 1) / 2];

	if (sodium_init() < 0)
		tl_die("libsodium does not start");
	crypto_generichash(hash, sizeof hash, bytes, n, NULL, 0);
	sodium_bin2hex(out, TL_DIGEST_SIZE, hash, sizeof hash);
}
