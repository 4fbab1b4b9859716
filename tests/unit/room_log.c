/* The log of a workshop: what is in it after a crash, a second process, another's hand. */
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include "room_scene.h"

static void fill(struct scene *s)
{
	int ada = join(s, "Ada", "it");

	done(s, ada, "do=note&at=order%23checkout&kind=pain&text=L%C3%A4uft+%22nicht%22%0A%5Cn&key=k1");
	done(s, ada, "do=feel&at=order%23checkout&valence=-1");
	done(s, LEAD, "do=undo&event=3");
}

static void read_all(struct tl_buf *text)
{
	tl_buf_clear(text);
	assert_int_equal(tl_file_read(text, "room.log", 1 << 20), 0);
}

static void write_all(const char *bytes, size_t n)
{
	int fd = open("room.log", O_WRONLY | O_TRUNC);

	assert_int_equal(write(fd, bytes, n), (ssize_t)n);
	close(fd);
}

/* Opens what is in the file now; whether it could, and the codes that were said. */
static bool opens(struct scene *s, const char *code)
{
	struct tl_buf said = {0};
	bool opened;

	tl_room_close(s->room);
	s->room = NULL;
	tl_diags_release(&s->diags);
	tl_diags_init(&s->diags);
	opened = tl_room_open(&s->room, &s->diags, "room.log", s->journeys, 2,
		&(struct tl_room_options){NULL, NOON + 86400});
	tl_diags_json(&s->diags, &said);
	if (code ? !strstr(said.data, code) : s->diags.errors + s->diags.warnings > 0)
		fail_msg("expected %s: %s", code ? code : "nothing", said.data);
	tl_buf_release(&said);
	return opened;
}

static void is_readable_and_private(void **state)
{
	struct scene *s = *state;
	struct tl_buf text = {0};
	struct stat about;

	fill(s);
	read_all(&text);
	assert_int_equal(strncmp(text.data, "touchline-room 1 id=\"", 21), 0);
	assert_non_null(strstr(text.data,
		"\n2 2026-11-22T12:00:00Z 1 note at=\"order#checkout\" kind=\"pain\" "
		"text=\"Läuft \\\"nicht\\\"\\n\\\\n\" key=\"k1\"\n"));
	assert_non_null(strstr(text.data, "\n4 2026-11-22T12:00:00Z - undo event=\"3\"\n"));
	assert_int_equal(stat("room.log", &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
	tl_buf_release(&text);
}

/* Whatever was cut off behind a whole line, that line and all before it are there. */
static void torn_at_every_byte(void **state)
{
	struct scene *s = *state;
	struct tl_buf text = {0}, now = {0};

	fill(s);
	read_all(&text);
	for (size_t n = text.len; n > 0; n--) {
		size_t lines = 0, whole = 0;

		for (size_t i = 0; i < n; i++)
			if (text.data[i] == '\n') {
				lines++;
				whole = i + 1;
			}
		write_all(text.data, n);
		assert_true(opens(s, whole == n ? NULL : "TL0804"));
		assert_int_equal(tl_room_last(s->room), lines ? lines - 1 : 0);
		read_all(&now);
		assert_true(now.len >= whole);
		assert_memory_equal(now.data, text.data, whole);
		if (lines)
			assert_int_equal(now.len, whole);
		done(s, LEAD, "do=title&text=After");
		assert_true(opens(s, NULL));
	}
	tl_buf_release(&text);
	tl_buf_release(&now);
}

static void other_hands(void **state)
{
	static const struct {
		const char *from, *to, *part;
	} cases[] = {
		{"1 note", "1 nete", "line 3, cannot be read: 'nete'"},
		{"\n3 2026", "\n9 2026", "line 4, cannot be read: event 3"},
		{"kind=\"pain\"", "kind=\"pane\"", "line 3, cannot be read: 'pane'"},
		{"kind=\"pain\"", "dots=\"1\"", "line 3, cannot be read: 'dots'"},
		{"kind=\"pain\" ", "", "'kind' is missing"},
		{"order#checkout", "order_checkout", "line 3, cannot be read"},
		{"T12:00:00Z 1", "T12:00:61Z 1", "line 3, cannot be read"},
		{"touchline-room 1", "touchline-room 2", "newer touchline"},
		{"touchline-room 1", "touchline-rome 1", "no log of a workshop"},
		{" join=\"", " joyn=\"", "first line is damaged"},
		{"secret=", "secret_", "line 2, cannot be read"},
		{"\xC3\xA4", "\xC3", "line 3, cannot be read"},
		{"event=\"3\"", "event=\"3", "line 5, cannot be read"},
	};
	struct scene *s = *state;
	struct tl_buf text = {0}, changed = {0}, said = {0};

	fill(s);
	read_all(&text);
	for (size_t i = 0; i < TL_COUNT(cases); i++) {
		const char *at = strstr(text.data, cases[i].from);

		assert_non_null(at);
		tl_buf_clear(&changed);
		tl_buf_clear(&said);
		tl_buf_put(&changed, text.data, (size_t)(at - text.data));
		tl_buf_puts(&changed, cases[i].to);
		tl_buf_puts(&changed, at + strlen(cases[i].from));
		write_all(changed.data, changed.len);
		assert_false(opens(s, "TL0803"));
		tl_diags_json(&s->diags, &said);
		if (!strstr(said.data, cases[i].part))
			fail_msg("case %zu: %s", i, said.data);
		read_all(&said);
		assert_int_equal(said.len, changed.len);
		assert_memory_equal(said.data, changed.data, said.len);
	}
	write_all("My diary", 8);
	assert_false(opens(s, "TL0803"));
	tl_buf_release(&text);
	tl_buf_release(&changed);
	tl_buf_release(&said);
}

static void one_process_at_a_time(void **state)
{
	struct scene *s = *state;
	struct tl_room *second;
	struct tl_buf said = {0};

	assert_false(tl_room_open(&second, &s->diags, "room.log", s->journeys, 2, NULL));
	assert_null(second);
	tl_diags_json(&s->diags, &said);
	assert_non_null(strstr(said.data, "TL0801"));
	tl_buf_release(&said);
}

static void no_file(void **state)
{
	struct scene *s = *state;

	unlink("room.log");
	assert_int_equal(mkdir("room.log", 0700), 0);
	assert_false(opens(s, "TL0802"));
	assert_int_equal(rmdir("room.log"), 0);
	assert_int_equal(mkfifo("room.log", 0600), 0);
	assert_false(opens(s, "TL0802"));
}

/* A file that may not grow is as good as a full disk. */
static void full_disk(void **state)
{
	struct scene *s = *state;
	struct tl_buf before = {0}, after = {0};
	struct rlimit limit, old;
	char *seen;
	int ada = join(s, "Ada", "it");

	signal(SIGXFSZ, SIG_IGN);
	read_all(&before);
	seen = strdup(view(s, ada));
	getrlimit(RLIMIT_FSIZE, &old);
	limit = old;
	limit.rlim_cur = before.len + 20;
	setrlimit(RLIMIT_FSIZE, &limit);
	refused(s, ada, "do=note&at=order%23checkout&kind=pain&text=Slow", TL_ROOM_FAILED, "disk");
	setrlimit(RLIMIT_FSIZE, &old);
	read_all(&after);
	assert_int_equal(after.len, before.len);
	assert_memory_equal(after.data, before.data, before.len);
	assert_string_equal(view(s, ada), seen);
	done(s, ada, "do=note&at=order%23checkout&kind=pain&text=Slow");
	assert_true(opens(s, NULL));
	free(seen);
	tl_buf_release(&before);
	tl_buf_release(&after);
}

/* What was answered is there, wherever the process was killed. */
static void killed(void **state)
{
	struct scene *s = *state;
	int pipes[2], told = 0, last = 0;
	pid_t child;

	assert_int_equal(pipe(pipes), 0);
	child = fork();
	if (child == 0) {
		for (int n = 0;; n++) {
			last = done(s, LEAD, n % 2 ? "do=dots&per=3" : "do=title&text=A+title");
			if (write(pipes[1], &last, sizeof last) < 0)
				_exit(1);
		}
	}
	close(pipes[1]);
	for (int i = 0; i < 200; i++)
		assert_int_equal(read(pipes[0], &told, sizeof told), sizeof told);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	while (read(pipes[0], &last, sizeof last) == sizeof last)
		told = last;
	close(pipes[0]);
	open_again(s);
	assert_true(tl_room_last(s->room) >= (uint64_t)told);
}

static void links(void **state)
{
	struct scene *s = *state;
	char join_token[TL_ROOM_SECRET], lead_token[TL_ROOM_SECRET], id[9];
	int ada = join(s, "Ada", "it");
	char *secret = strdup(strstr(s->reply.data, "\"secret\":\"") + 10);
	bool expired;

	secret[strcspn(secret, "\"")] = '\0';
	assert_int_equal(strlen(secret), 32);
	snprintf(join_token, sizeof join_token, "%s", tl_room_token(s->room, TL_PARTICIPANT));
	snprintf(lead_token, sizeof lead_token, "%s", tl_room_token(s->room, TL_FACILITATOR));
	snprintf(id, sizeof id, "%s", tl_room_id(s->room));
	assert_string_not_equal(join_token, lead_token);
	open_again(s);
	assert_string_equal(tl_room_id(s->room), id);
	assert_int_equal(tl_room_role(s->room, join_token, NOON, &expired), TL_PARTICIPANT);
	assert_int_equal(tl_room_role(s->room, lead_token, NOON, &expired), TL_FACILITATOR);
	assert_false(expired);
	assert_int_equal(tl_room_role(s->room, lead_token, NOON + 86401, &expired), TL_NOBODY);
	assert_true(expired);
	assert_int_equal(tl_room_role(s->room, "", NOON + 86401, &expired), TL_NOBODY);
	assert_false(expired);
	assert_int_equal(tl_room_person(s->room, secret), ada);
	secret[31] ^= 1;
	assert_int_equal(tl_room_person(s->room, secret), 0);
	assert_int_equal(tl_room_person(s->room, ""), 0);
	free(secret);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_set_up, scene_tear_down)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(is_readable_and_private),
		TEST(torn_at_every_byte),
		TEST(other_hands),
		TEST(one_process_at_a_time),
		TEST(no_file),
		TEST(full_disk),
		TEST(killed),
		TEST(links),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
