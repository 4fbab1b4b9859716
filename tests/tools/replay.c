/* replay: a main for a fuzz target, that gives it the files named on the command line, one by one.
 * Each input is an allocation of exactly its size, so that a sanitizer sees a read past its end. */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t *read_file(const char *path, size_t *size)
{
	FILE *file = fopen(path, "rb");
	if (!file)
		return NULL;
	uint8_t *data = NULL;
	if (fseek(file, 0, SEEK_END) == 0 && (*size = (size_t)ftell(file), 1) &&
		fseek(file, 0, SEEK_SET) == 0 && (data = malloc(*size ? *size : 1)) &&
		fread(data, 1, *size, file) != *size) {
		free(data);
		data = NULL;
	}
	fclose(file);
	return data;
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		size_t size = 0;
		uint8_t *data = read_file(argv[i], &size);
		if (!data) {
			fprintf(stderr, "%s: %s\n", argv[i], strerror(errno));
			return 1;
		}
		fprintf(stderr, "%s\n", argv[i]); /* the last one named is the one that failed */
		LLVMFuzzerTestOneInput(data, size);
		free(data);
	}
	return argc > 1 ? 0 : 2;
}
