/* progress: see progress.h. The line appears only once the work has taken a moment, and is drawn no
 * more often than an eye can follow. */
#include "cli/progress.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>
#include "cli/cli.h"

enum { SILENT_MS = 400, PAUSE_MS = 80, BAR = 24 };

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static size_t terminal_width(void)
{
	struct winsize size;
	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20)
		return size.ws_col;
	return 80;
}

void tl_progress_init(struct tl_progress *progress, bool quiet)
{
	*progress = (struct tl_progress){
		.wanted = !quiet && isatty(STDERR_FILENO), .started = now_ms()};
}

/* "2 min 5 s left", from how long it took so far. */
static void put_rest(struct tl_buf *line, int64_t elapsed, size_t done, size_t total)
{
	int64_t rest = elapsed * (int64_t)(total - done) / (int64_t)done / 1000 + 1;
	if (rest >= 60)
		tl_buf_printf(line, "%lld min ", (long long)(rest / 60));
	tl_buf_printf(line, "%lld s left", (long long)(rest % 60));
}

/* The end of a path says more than its beginning, so that is what stays where room is short. */
static void put_end_of(struct tl_buf *line, const char *path, size_t room)
{
	struct tl_buf safe = {0};
	tl_diag_put_safely(&safe, path);
	const char *start = safe.data, *end = safe.data + safe.len;
	bool cut = false;
	while (start < end && tl_utf8_columns(start, (size_t)(end - start)) + cut > room) {
		tl_utf8_next(&start, end);
		cut = true;
	}
	tl_buf_printf(line, "%s%s", cut && start < end ? "…" : "", start);
	tl_buf_release(&safe);
}

void tl_progress_show(struct tl_progress *progress, size_t done, size_t total, const char *what)
{
	int64_t now = now_ms(), elapsed;
	if (done < progress->done)
		progress->started = now;
	progress->done = done;
	elapsed = now - progress->started;
	if (!progress->wanted || !what || !total || elapsed < SILENT_MS ||
		(progress->shown && now - progress->updated < PAUSE_MS))
		return;
	struct tl_buf line = {0};
	size_t filled = done * BAR / total;
	tl_buf_putc(&line, '[');
	for (size_t i = 0; i < BAR; i++)
		tl_buf_putc(&line, i < filled ? '#' : '.');
	tl_buf_printf(&line, "] %zu/%zu  ", done, total);
	put_rest(&line, elapsed, done, total);
	size_t width = terminal_width(), used = tl_utf8_columns(line.data, line.len) + 3;
	if (used < width) {
		tl_buf_puts(&line, "  ");
		put_end_of(&line, what, width - used);
		fprintf(stderr, "\r\033[K%s", line.data);
		fflush(stderr);
		progress->shown = true;
		progress->updated = now;
	}
	tl_buf_release(&line);
}

void tl_progress_clear(struct tl_progress *progress)
{
	if (progress->shown)
		fputs("\r\033[K", stderr);
	fflush(stderr);
	progress->shown = false;
}
