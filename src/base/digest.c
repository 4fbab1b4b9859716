/* Digests of contents, keyed hashes, and keys; the only user of libsodium. */
#include "touchline/base.h"

#include <sodium.h>

static void start(void)
{
	if (sodium_init() < 0)
		tl_die("libsodium does not start");
}

void tl_digest(char out[static TL_DIGEST_SIZE], const void *bytes, size_t n)
{
	unsigned char hash[(TL_DIGEST_SIZE - 1) / 2];

	start();
	crypto_generichash(hash, sizeof hash, bytes, n, NULL, 0);
	sodium_bin2hex(out, TL_DIGEST_SIZE, hash, sizeof hash);
}

void tl_digest_keyed(uint8_t out[static TL_KEYED_SIZE], const uint8_t key[static TL_KEY_SIZE],
	const void *bytes, size_t n)
{
	start();
	crypto_generichash(out, TL_KEYED_SIZE, bytes, n, key, TL_KEY_SIZE);
}

void tl_digest_key_new(uint8_t key[static TL_KEY_SIZE])
{
	start();
	randombytes_buf(key, TL_KEY_SIZE);
}
