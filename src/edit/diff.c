/* edit: what differs between two texts, as a unified diff.
 *
 * Lines that are the same at both ends are set aside, but for the context. Of the others, those that
 * each text has once are paired in the longest row that keeps their order; what lies between two
 * pairs is compared by Myers' method (E. W. Myers, An O(ND) difference algorithm, 1986), up to a
 * bound on differences and on steps. Beyond that, and for texts of millions of lines, what lies
 * between is shown as replaced: longer than need be, and still right.
 */
#include "edit/edit.h"

#include <stdlib.h>
#include <string.h>

enum { CONTEXT = 3, MAX_LINES = 1 << 21, MAX_DIFFERENCES = 1000, MAX_STEPS = 200000000 };

struct side {
	const char *text, *end; /* of the whole */
	size_t first;		/* lines that were set aside at the start */
	const char **lines;	/* the others, and behind them the end of the last */
	uint32_t *ids;		/* equal for equal lines */
	bool *changed;
	size_t count;
};

struct comparison {
	struct tl_arena arena;
	struct side a, b;
	size_t steps;
};

/* ---- lines -------------------------------------------------------------------------------------- */

static size_t shared_start(const struct side *a, const struct side *b)
{
	size_t most = (size_t)(a->end - a->text), other = (size_t)(b->end - b->text), n = 0;

	most = other < most ? other : most;
	while (n < most && a->text[n] == b->text[n])
		n++;
	if (n == most && a->text + n == a->end && b->text + n == b->end)
		return n;
	while (n > 0 && a->text[n - 1] != '\n')
		n--;
	return n;
}

/* Bytes at the end, whole lines, that lie behind the shared start. */
static size_t shared_end(const struct side *a, const struct side *b, size_t start)
{
	size_t most = (size_t)(a->end - a->text) - start, other = (size_t)(b->end - b->text) - start;
	size_t n = 0;

	most = other < most ? other : most;
	while (n < most && a->end[-1 - (ptrdiff_t)n] == b->end[-1 - (ptrdiff_t)n])
		n++;
	/* both have to begin a line there */
	while (n > 0 && ((n < (size_t)(a->end - a->text) && a->end[-1 - (ptrdiff_t)n] != '\n') ||
				(n < (size_t)(b->end - b->text) && b->end[-1 - (ptrdiff_t)n] != '\n')))
		n--;
	return n;
}

static size_t count_lines(const char *from, const char *to)
{
	size_t count = 0;

	while (from < to) {
		const char *feed = memchr(from, '\n', (size_t)(to - from));
		from = feed ? feed + 1 : to;
		count++;
	}
	return count;
}

static const char *lines_back(const char *text, const char *at, int lines)
{
	for (; lines > 0 && at > text; lines--)
		for (at--; at > text && at[-1] != '\n';)
			at--;
	return at;
}

static const char *lines_on(const char *at, const char *end, int lines)
{
	for (; lines > 0 && at < end; lines--) {
		const char *feed = memchr(at, '\n', (size_t)(end - at));
		at = feed ? feed + 1 : end;
	}
	return at;
}

static void split(struct comparison *comparison, struct side *side, size_t start, size_t end)
{
	const char *from = lines_back(side->text, side->text + start, CONTEXT);
	const char *to = lines_on(side->end - end, side->end, CONTEXT);

	side->first = count_lines(side->text, from);
	side->count = count_lines(from, to);
	side->lines = tl_arena_array(&comparison->arena, const char *, side->count + 1);
	side->ids = tl_arena_array(&comparison->arena, uint32_t, side->count);
	side->changed = tl_arena_array(&comparison->arena, bool, side->count + 1);
	for (size_t i = 0; i < side->count; i++, from = lines_on(from, to, 1))
		side->lines[i] = from;
	side->lines[side->count] = to;
}

/* ---- equal lines get equal numbers -------------------------------------------------------------- */

struct numbers {
	uint32_t *slots; /* number + 1 */
	size_t mask;
	struct seen {
		const char *line;
		size_t length;
		uint32_t in_a, in_b, at_b; /* how often, and where last */
	} *seen;
	uint32_t count;
};

static uint32_t number_of(struct numbers *numbers, const char *line, size_t length)
{
	uint64_t hash = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)line[i]) * UINT64_C(1099511628211);
	size_t slot = (hash ^ hash >> 32) & numbers->mask;
	for (; numbers->slots[slot]; slot = (slot + 1) & numbers->mask) {
		const struct seen *seen = &numbers->seen[numbers->slots[slot] - 1];
		if (seen->length == length && !memcmp(seen->line, line, length))
			return numbers->slots[slot] - 1;
	}
	numbers->seen[numbers->count] = (struct seen){.line = line, .length = length};
	numbers->slots[slot] = ++numbers->count;
	return numbers->count - 1;
}

static void number(struct numbers *numbers, struct side *side, bool is_b)
{
	for (size_t i = 0; i < side->count; i++) {
		const char *line = side->lines[i];
		uint32_t id = number_of(numbers, line, (size_t)(side->lines[i + 1] - line));
		side->ids[i] = id;
		numbers->seen[id].in_a += !is_b;
		numbers->seen[id].in_b += is_b;
		numbers->seen[id].at_b = (uint32_t)i;
	}
}

/* ---- pairs of lines that each text has once ------------------------------------------------------ */

struct pair {
	uint32_t a, b;
	uint32_t before; /* in the row that ends here: index of the pair, UINT32_MAX at its start */
};

/* The longest row in which b rises, as a does already: row[n] ends the best one of n + 1 pairs. */
static size_t longest_row(struct comparison *comparison, struct pair *pairs, size_t count)
{
	uint32_t *row = tl_arena_array(&comparison->arena, uint32_t, count + 1);
	size_t length = 0;

	for (size_t i = 0; i < count; i++) {
		size_t low = 0, high = length;
		while (low < high) {
			size_t middle = low + (high - low) / 2;
			if (pairs[row[middle]].b < pairs[i].b)
				low = middle + 1;
			else
				high = middle;
		}
		pairs[i].before = low ? row[low - 1] : UINT32_MAX;
		row[low] = (uint32_t)i;
		length += low == length;
	}
	/* from its end to its start, into order */
	struct pair *kept = tl_arena_array(&comparison->arena, struct pair, length + 1);
	uint32_t at = length ? row[length - 1] : UINT32_MAX;
	for (size_t n = length; n-- > 0; at = pairs[at].before)
		kept[n] = pairs[at];
	memcpy(pairs, kept, length * sizeof *kept);
	return length;
}

static size_t find_pairs(
	struct comparison *comparison, const struct numbers *numbers, struct pair *pairs)
{
	const struct side *a = &comparison->a;
	size_t count = 0;

	for (size_t i = 0; i < a->count; i++) {
		const struct seen *seen = &numbers->seen[a->ids[i]];
		if (seen->in_a == 1 && seen->in_b == 1)
			pairs[count++] = (struct pair){.a = (uint32_t)i, .b = seen->at_b};
	}
	return longest_row(comparison, pairs, count);
}

/* ---- what lies between --------------------------------------------------------------------------- */

struct gap {
	size_t a, a_end, b, b_end;
};

static void mark_all(struct comparison *comparison, struct gap gap)
{
	for (; gap.a < gap.a_end; gap.a++)
		comparison->a.changed[gap.a] = true;
	for (; gap.b < gap.b_end; gap.b++)
		comparison->b.changed[gap.b] = true;
}

/* The way back through the furthest points that each number of differences reached. */
static void mark_way(struct comparison *comparison, struct gap gap, int32_t **reached, int d,
	int32_t x, int32_t y)
{
	for (; d > 0; d--) {
		int32_t k = x - y, *v = reached[d - 1] + d - 1;
		bool down = k == -d || (k != d && v[k - 1] < v[k + 1]);
		int32_t from = down ? v[k + 1] : v[k - 1];
		if (down)
			comparison->b.changed[gap.b + (size_t)(from - (k + 1))] = true;
		else
			comparison->a.changed[gap.a + (size_t)from] = true;
		x = from;
		y = from - (down ? k + 1 : k - 1);
	}
}

static int32_t slide(struct comparison *comparison, const struct gap *gap, int32_t x, int32_t y)
{
	const uint32_t *a = comparison->a.ids + gap->a, *b = comparison->b.ids + gap->b;
	int32_t n = (int32_t)(gap->a_end - gap->a), m = (int32_t)(gap->b_end - gap->b);

	while (x < n && y < m && a[x] == b[y]) {
		x++;
		y++;
		comparison->steps++;
	}
	return x;
}

/* reached[d] + d is indexed by diagonal, from -d to d. False where the bounds are met. */
static bool compare_lines(struct comparison *comparison, struct gap gap, struct tl_arena *arena)
{
	int32_t n = (int32_t)(gap.a_end - gap.a), m = (int32_t)(gap.b_end - gap.b);
	int32_t *reached[MAX_DIFFERENCES + 1];

	for (int d = 0; d <= MAX_DIFFERENCES && comparison->steps < MAX_STEPS; d++) {
		int32_t *v = (reached[d] = tl_arena_array(arena, int32_t, 2 * (size_t)d + 1)) + d;
		const int32_t *last = d ? reached[d - 1] + d - 1 : NULL;
		for (int k = -d; k <= d; k += 2) {
			bool down = k == -d || (k != d && last[k - 1] < last[k + 1]);
			int32_t x = !d ? 0 : down ? last[k + 1] : last[k - 1] + 1;
			comparison->steps++;
			/* beyond an edge: no way leads on from there */
			v[k] = x > n || x - k > m || x < k ? x
							   : slide(comparison, &gap, x, x - k);
			if (v[k] == n && v[k] - k == m) {
				mark_way(comparison, gap, reached, d, n, m);
				return true;
			}
		}
	}
	return false;
}

static void compare_gap(struct comparison *comparison, struct gap gap)
{
	const uint32_t *a = comparison->a.ids, *b = comparison->b.ids;
	struct tl_arena arena;

	while (gap.a < gap.a_end && gap.b < gap.b_end && a[gap.a] == b[gap.b]) {
		gap.a++;
		gap.b++;
	}
	while (gap.a < gap.a_end && gap.b < gap.b_end && a[gap.a_end - 1] == b[gap.b_end - 1]) {
		gap.a_end--;
		gap.b_end--;
	}
	tl_arena_init(&arena);
	if (gap.a == gap.a_end || gap.b == gap.b_end || !compare_lines(comparison, gap, &arena))
		mark_all(comparison, gap);
	tl_arena_release(&arena);
}

static void compare(struct comparison *comparison)
{
	struct side *a = &comparison->a, *b = &comparison->b;
	size_t size = 2;
	struct gap gap = {0, 0, 0, 0};

	if (a->count > MAX_LINES || b->count > MAX_LINES) {
		mark_all(comparison, (struct gap){0, a->count, 0, b->count});
		return;
	}
	while (size < 2 * (a->count + b->count))
		size *= 2;
	struct numbers numbers = {.slots = tl_arena_array(&comparison->arena, uint32_t, size),
		.mask = size - 1,
		.seen = tl_arena_array(&comparison->arena, struct seen, a->count + b->count)};
	number(&numbers, a, false);
	number(&numbers, b, true);
	struct pair *pairs = tl_arena_array(&comparison->arena, struct pair, a->count + 1);
	size_t count = find_pairs(comparison, &numbers, pairs);
	for (size_t i = 0; i <= count; i++) {
		gap.a_end = i < count ? pairs[i].a : a->count;
		gap.b_end = i < count ? pairs[i].b : b->count;
		compare_gap(comparison, gap);
		gap.a = gap.a_end + 1;
		gap.b = gap.b_end + 1;
	}
}

/* ---- printing ------------------------------------------------------------------------------------ */

static void put_line(struct tl_buf *out, char mark, const struct side *side, size_t i)
{
	const char *from = side->lines[i], *to = side->lines[i + 1];

	tl_buf_putc(out, mark);
	tl_buf_put(out, from, (size_t)(to - from));
	if (to[-1] != '\n')
		tl_buf_puts(out, "\n\\ No newline at end of file\n");
}

static void put_range(struct tl_buf *out, const struct side *side, size_t from, size_t to)
{
	size_t line = side->first + from + (to > from); /* of nothing: the line before it */

	tl_buf_printf(out, "%zu", line);
	if (to - from != 1)
		tl_buf_printf(out, ",%zu", to - from);
}

static void put_hunk(struct tl_buf *out, const struct comparison *comparison, struct gap hunk)
{
	const struct side *a = &comparison->a, *b = &comparison->b;

	tl_buf_puts(out, "@@ -");
	put_range(out, a, hunk.a, hunk.a_end);
	tl_buf_puts(out, " +");
	put_range(out, b, hunk.b, hunk.b_end);
	tl_buf_puts(out, " @@\n");
	while (hunk.a < hunk.a_end || hunk.b < hunk.b_end) {
		if (hunk.a < hunk.a_end && a->changed[hunk.a])
			put_line(out, '-', a, hunk.a++);
		else if (hunk.b < hunk.b_end && b->changed[hunk.b])
			put_line(out, '+', b, hunk.b++);
		else {
			put_line(out, ' ', a, hunk.a++);
			hunk.b++;
		}
	}
}

/* The next lines that changed, with those around them that are near enough to go with them. */
static bool next_hunk(const struct comparison *comparison, size_t *a, size_t *b, struct gap *hunk)
{
	const struct side *left = &comparison->a, *right = &comparison->b;
	size_t i = *a, j = *b, same = 0;

	while (i < left->count && j < right->count && !left->changed[i] && !right->changed[j]) {
		i++;
		j++;
	}
	if (i == left->count && j == right->count)
		return false;
	size_t before = i - *a < CONTEXT ? i - *a : CONTEXT;
	*hunk = (struct gap){i - before, i, j - before, j};
	while ((i < left->count || j < right->count) && same <= 2 * CONTEXT) {
		bool gone = i < left->count && left->changed[i];
		bool come = j < right->count && right->changed[j];
		same = gone || come ? 0 : same + 1;
		i += gone || !come;
		j += come || !gone;
	}
	size_t extra = same > CONTEXT ? same - CONTEXT : 0;
	hunk->a_end = *a = i - extra;
	hunk->b_end = *b = j - extra;
	return true;
}

/* As git writes names: quoted where they have what would be taken for the end of them. */
static void put_name(struct tl_buf *out, const char *mark, const char *side, const char *path)
{
	bool quoted = false;

	while (!strncmp(path, "./", 2))
		path += 2;
	while (*path == '/')
		path++;
	for (const char *p = path; *p; p++)
		quoted |= (unsigned char)*p < 0x20 || *p == '"' || *p == '\\' || *p == 0x7f;
	tl_buf_printf(out, "%s %s%s", mark, quoted ? "\"" : "", side);
	for (const char *p = path; *p; p++) {
		unsigned char c = (unsigned char)*p;
		if (c == '"' || c == '\\')
			tl_buf_printf(out, "\\%c", c);
		else if (c < 0x20 || c == 0x7f)
			tl_buf_printf(out, "\\%03o", c);
		else
			tl_buf_putc(out, *p);
	}
	tl_buf_puts(out, quoted ? "\"" : strchr(path, ' ') ? "\t" : "");
	tl_buf_putc(out, '\n');
}

void tl_edit_diff(struct tl_buf *out, const char *path, const char *before, size_t before_length,
	const char *after, size_t after_length)
{
	struct comparison comparison = {.a = {.text = before, .end = before + before_length},
		.b = {.text = after, .end = after + after_length}};
	size_t start = shared_start(&comparison.a, &comparison.b), i = 0, j = 0;
	struct gap hunk;

	if (before_length == after_length && start == before_length)
		return;
	size_t end = shared_end(&comparison.a, &comparison.b, start);
	tl_arena_init(&comparison.arena);
	split(&comparison, &comparison.a, start, end);
	split(&comparison, &comparison.b, start, end);
	compare(&comparison);
	put_name(out, "---", "a/", path);
	put_name(out, "+++", "b/", path);
	while (next_hunk(&comparison, &i, &j, &hunk))
		put_hunk(out, &comparison, hunk);
	tl_arena_release(&comparison.arena);
}
