/* Digests of contents, keyed hashes, and keys; the only user of libsodium. */
#include "touchline/base.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HASH = (TL_DIGEST_SIZE - 1) / 2, CHUNK = 64 << 10 };

static void start(void)
{
	static _Thread_local bool started; /* sodium_init takes a lock each time */

	if (!started && sodium_init() < 0)
		tl_die("libsodium does not start");
	started = true;
}

void tl_digest(char out[static TL_DIGEST_SIZE], const void *bytes, size_t n)
{
	unsigned char hash[HASH];

	start();
	crypto_generichash(hash, sizeof hash, bytes, n, NULL, 0);
	sodium_bin2hex(out, TL_DIGEST_SIZE, hash, sizeof hash);
}

uint64_t tl_digest_number(const void *bytes, size_t n)
{
	unsigned char hash[HASH];
	uint64_t number = 0;

	start();
	crypto_generichash(hash, sizeof hash, bytes, n, NULL, 0);
	for (size_t i = 0; i < sizeof number; i++)
		number = number << 8 | hash[i];
	return number;
}

void tl_digest_integrity(char out[static TL_INTEGRITY_SIZE], const void *bytes, size_t n)
{
	static const char name[] = "sha256-";
	unsigned char hash[crypto_hash_sha256_BYTES];

	start();
	crypto_hash_sha256(hash, bytes, n);
	memcpy(out, name, sizeof name - 1);
	sodium_bin2base64(out + sizeof name - 1, TL_INTEGRITY_SIZE - (sizeof name - 1), hash,
		sizeof hash, sodium_base64_VARIANT_ORIGINAL);
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

static int hash_contents(unsigned char hash[static HASH], int fd)
{
	crypto_generichash_state state;
	unsigned char chunk[CHUNK];
	struct stat status;

	if (fstat(fd, &status) < 0)
		return -errno;
	if (!S_ISREG(status.st_mode))
		return -EINVAL;
	crypto_generichash_init(&state, NULL, 0, HASH);
	for (;;) {
		ssize_t n = read(fd, chunk, sizeof chunk);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		crypto_generichash_update(&state, chunk, (unsigned long long)n);
	}
	crypto_generichash_final(&state, hash, HASH);
	return 0;
}

int tl_digest_file(char out[static TL_DIGEST_SIZE], const char *path)
{
	unsigned char hash[HASH];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe is not waited for */
	int status;

	if (fd < 0)
		return -errno;
	start();
	status = hash_contents(hash, fd);
	if (!status)
		sodium_bin2hex(out, TL_DIGEST_SIZE, hash, sizeof hash);
	close(fd);
	return status;
}
