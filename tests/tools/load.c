/* load: a workshop of many people who all speak at once, over the loopback network.
 *
 *   load [-c PEOPLE] [-r WRITES] [-s SECONDS] -a JOURNEY%23TOUCHPOINT LINK
 *   load -g PATH LINK
 *
 * All speak about one touchpoint. LINK is the facilitator's, as `touchline serve` prints it. Each
 * of PEOPLE (100) joins, listens to what happens, and on another connection writes notes in turn,
 * WRITES (20) a second among them all, for SECONDS (60). Every note has a number in its text, by
 * which it is found again.
 *
 * Prints one line of figures separated by tabs:
 *   SENT ACKNOWLEDGED LOST DOUBLED MISSED WRITE ARRIVAL
 * how many notes were sent and answered with 200; of those, how many the room does not have in the
 * end, has twice, and how often one did not come to somebody who listened; the 99th percentile of
 * milliseconds from sending a note to its answer, and to its arrival at the last of all others.
 * With -g, the milliseconds that PATH below the room takes to fetch, once. Exits 1 where something
 * else fails. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST_PEOPLE = 900, MOST_NOTES = 9000, ANSWER = 1 << 24, PATIENCE_MS = 20000 };
#define MARK "load-" /* and six digits */
enum { MARK_LENGTH = sizeof MARK - 1 + 6 };

struct bytes {
	char *data;
	size_t length, capacity;
};
/* What a chunked body is made of is left out while it is read. */
struct chunks {
	bool in_body;
	size_t left;   /* of the chunk */
	char line[32]; /* with its size */
	size_t line_length;
};
struct person {
	int stream, calls;
	char cookies[256];
	struct chunks chunks;
	char tail[MARK_LENGTH]; /* of what came before: a mark may be cut */
	size_t tail_length;
	bool *heard; /* by number of the note */
	struct bytes answer;
	int writing; /* the note whose answer is awaited, or −1 */
};

static struct sockaddr_in server;
static char base[256], host[64], place[256];
static struct person *people;
static size_t person_count = 100;
static double sent_at[MOST_NOTES], written[MOST_NOTES], arrived[MOST_NOTES];
static size_t heard_by[MOST_NOTES];
static bool acknowledged[MOST_NOTES];
static size_t note_count;

static _Noreturn void fail(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	fputs("load: ", stderr);
	vfprintf(stderr, fmt, args);
	fputc('\n', stderr);
	exit(1);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void put(struct bytes *to, const char *from, size_t n)
{
	if (to->length + n + 1 > to->capacity) {
		to->capacity = 2 * (to->length + n + 1);
		to->data = realloc(to->data, to->capacity);
		if (!to->data)
			fail("no memory");
	}
	memcpy(to->data + to->length, from, n);
	to->length += n;
	to->data[to->length] = '\0';
}

/* ---- requests
 * ------------------------------------------------------------------------------------ */

static int dial(void)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;

	if (fd < 0 || connect(fd, (struct sockaddr *)&server, sizeof server) < 0)
		fail("cannot connect: %s", strerror(errno));
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	return fd;
}

static void send_request(
	int fd, const char *method, const char *path, const char *cookies, const char *body)
{
	char head[2048];
	int n = snprintf(head, sizeof head,
		"%s %s%s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nX-Touchline: 1\r\nContent-Length: "
		"%zu\r\n\r\n%s",
		method, base, path, host, cookies, strlen(body), body);

	if (n < 0 || (size_t)n >= sizeof head)
		fail("a request is too long");
	for (int done = 0; done < n;) {
		ssize_t put_now = send(fd, head + done, (size_t)(n - done), MSG_NOSIGNAL);

		if (put_now < 0)
			fail("cannot send: %s", strerror(errno));
		done += (int)put_now;
	}
}

/* The length of a whole answer with a Content-Length in it, or 0. */
static size_t whole_answer(const struct bytes *answer)
{
	const char *end = answer->length ? strstr(answer->data, "\r\n\r\n") : NULL;
	const char *length = end ? strcasestr(answer->data, "\r\nContent-Length:") : NULL;
	size_t n;

	if (!end)
		return 0;
	if (!length || length > end)
		fail("an answer without a length: %.80s", answer->data);
	n = (size_t)(end - answer->data) + 4 + strtoul(length + 17, NULL, 10);
	return answer->length >= n ? n : 0;
}

static int status_of(const struct bytes *answer)
{
	return answer->length > 12 ? atoi(answer->data + 9) : 0;
}

static void take(int fd, struct bytes *to)
{
	static char some[1 << 16];
	ssize_t n = recv(fd, some, sizeof some, 0);

	if (n <= 0)
		fail("the server hung up: %s", n ? strerror(errno) : "end of connection");
	if (to->length + (size_t)n > ANSWER)
		fail("an answer is too long");
	put(to, some, (size_t)n);
}

/* Asks and waits; the answer is the caller's to free. */
static struct bytes ask(
	int fd, const char *method, const char *path, const char *cookies, const char *body)
{
	struct bytes answer = {0};

	send_request(fd, method, path, cookies, body);
	while (!whole_answer(&answer))
		take(fd, &answer);
	return answer;
}

static void keep_cookie(struct person *person, const struct bytes *answer)
{
	const char *at = strcasestr(answer->data, "\r\nSet-Cookie:");
	size_t n, used = strlen(person->cookies);

	if (!at)
		fail("no cookie was given: %.200s", answer->data);
	at += 13;
	at += strspn(at, " ");
	n = strcspn(at, ";\r");
	if (used + n + 3 > sizeof person->cookies)
		fail("cookies are too long");
	snprintf(person->cookies + used, sizeof person->cookies - used, "%s%.*s", used ? "; " : "",
		(int)n, at);
}

static void enter(struct person *person, const char *token)
{
	char path[256];
	struct bytes answer;

	snprintf(path, sizeof path, "join/%s", token);
	person->calls = dial();
	person->writing = -1;
	answer = ask(person->calls, "GET", path, "", "");
	keep_cookie(person, &answer);
	free(answer.data);
}

static void call(struct person *person, const char *form)
{
	struct bytes answer = ask(person->calls, "POST", "api/do", person->cookies, form);

	if (status_of(&answer) != 200)
		fail("'%s' was refused: %s", form, answer.data);
	if (strncmp(form, "do=join", 7) == 0)
		keep_cookie(person, &answer);
	free(answer.data);
}

/* As others are let in: the token of the link that the facilitator shows. */
static void find_token(const struct person *facilitator, char *token, size_t size)
{
	struct bytes answer = ask(facilitator->calls, "GET", "api/links", facilitator->cookies, "");
	const char *at = strstr(answer.data, "\"join\":");

	at = at ? strstr(at, "/join/") : NULL;
	if (!at)
		fail("no link for others: %s", answer.data);
	at += 6;
	snprintf(token, size, "%.*s", (int)strcspn(at, "\""), at);
	free(answer.data);
}

static void fetch(const struct person *facilitator, const char *path)
{
	double start = now();
	struct bytes answer = ask(facilitator->calls, "GET", path, facilitator->cookies, "");

	if (status_of(&answer) != 200)
		fail("%s: %s", path, answer.data);
	printf("%.1f\n", now() - start);
	free(answer.data);
}

/* ---- what is heard
 * --------------------------------------------------------------------------------- */

static void hear(struct person *person, int note)
{
	if (note < 0 || (size_t)note >= note_count || person->heard[note])
		return;
	person->heard[note] = true;
	heard_by[note]++;
	arrived[note] = now();
}

static void look_for_marks(struct person *person, const char *bytes, size_t n)
{
	struct bytes all = {0};
	const char *at;

	put(&all, person->tail, person->tail_length);
	put(&all, bytes, n);
	for (at = all.data;
		(at = memmem(at, (size_t)(all.data + all.length - at), MARK, sizeof MARK - 1));
		at++)
		if (at + MARK_LENGTH <= all.data + all.length)
			hear(person, (int)strtol(at + sizeof MARK - 1, NULL, 10));
	person->tail_length = all.length < MARK_LENGTH - 1 ? all.length : MARK_LENGTH - 1;
	memcpy(person->tail, all.data + all.length - person->tail_length, person->tail_length);
	free(all.data);
}

/* A line: the end of the headers, of a chunk, or a chunk's size. */
static void end_line(struct chunks *chunks)
{
	chunks->line[chunks->line_length] = '\0';
	if (!chunks->in_body)
		chunks->in_body = !chunks->line_length;
	else if (chunks->line_length)
		chunks->left = strtoul(chunks->line, NULL, 16);
	chunks->line_length = 0;
}

static void listen_to(struct person *person)
{
	static char some[1 << 16];
	struct chunks *chunks = &person->chunks;
	ssize_t n = recv(person->stream, some, sizeof some, 0);

	if (n <= 0)
		fail("a stream ended: %s", n ? strerror(errno) : "end of connection");
	for (char *p = some, *end = some + n; p < end;) {
		if (chunks->left) {
			size_t part =
				(size_t)(end - p) < chunks->left ? (size_t)(end - p) : chunks->left;

			look_for_marks(person, p, part);
			chunks->left -= part;
			p += part;
		} else if (*p == '\n') {
			end_line(chunks);
			p++;
		} else {
			if (*p != '\r' && chunks->line_length + 1 < sizeof chunks->line)
				chunks->line[chunks->line_length++] = *p;
			p++;
		}
	}
}

static void hear_answer(struct person *person)
{
	int note = person->writing;
	size_t whole;

	take(person->calls, &person->answer);
	whole = whole_answer(&person->answer);
	if (!whole)
		return;
	if (note < 0)
		fail("an answer that nobody asked for");
	written[note] = now() - sent_at[note];
	acknowledged[note] = status_of(&person->answer) == 200;
	if (!acknowledged[note])
		fprintf(stderr, "load: refused: %s\n", person->answer.data);
	person->answer.length = 0;
	person->writing = -1;
}

/* ---- the workshop
 * ------------------------------------------------------------------------------------- */

static void write_note(size_t i)
{
	struct person *person = &people[i % person_count];
	char form[512];

	if (person->writing >= 0)
		return; /* still waits: counted as not sent */
	snprintf(form, sizeof form, "do=note&kind=pain&at=%s&text=" MARK "%06zu&key=%zu", place,
		note_count, note_count);
	person->writing = (int)note_count;
	sent_at[note_count++] = now();
	send_request(person->calls, "POST", "api/do", person->cookies, form);
}

static bool all_is_heard(void)
{
	for (size_t i = 0; i < note_count; i++)
		if (acknowledged[i] && heard_by[i] < person_count)
			return false;
	for (size_t i = 0; i < person_count; i++)
		if (people[i].writing >= 0)
			return false;
	return true;
}

static void turn(struct pollfd *polled, double until)
{
	double left = until - now();

	for (size_t i = 0; i < person_count; i++) {
		polled[2 * i] = (struct pollfd){.fd = people[i].stream, .events = POLLIN};
		polled[2 * i + 1] = (struct pollfd){.fd = people[i].calls, .events = POLLIN};
	}
	if (poll(polled, 2 * person_count, left > 0 ? (int)left + 1 : 0) < 0 && errno != EINTR)
		fail("poll: %s", strerror(errno));
	for (size_t i = 0; i < person_count; i++) {
		if (polled[2 * i].revents)
			listen_to(&people[i]);
		if (polled[2 * i + 1].revents)
			hear_answer(&people[i]);
	}
}

static void play(double rate, double seconds)
{
	struct pollfd *polled = calloc(2 * person_count, sizeof *polled);
	double start = now(), end;
	size_t total = (size_t)(rate * seconds);

	if (!polled)
		fail("no memory");
	for (size_t i = 0; i < total && note_count < MOST_NOTES; i++) {
		double due = start + (double)i * 1e3 / rate;

		while (now() < due)
			turn(polled, due);
		write_note(i);
	}
	for (end = now() + PATIENCE_MS; now() < end && !all_is_heard();)
		turn(polled, end < now() + 100 ? end : now() + 100);
	free(polled);
}

/* How often the room has each note in the end. */
static void count(const struct person *facilitator, size_t *lost, size_t *doubled)
{
	/* The other connection was not used for so long that the server may have ended it. */
	struct bytes state = ask(dial(), "GET", "api/state", facilitator->cookies, "");
	size_t *times = calloc(note_count + 1, sizeof *times);

	if (!times)
		fail("no memory");
	/* Texts only: a note stands in the list of events, too. */
	for (const char *at = state.data; (at = strstr(at, "\"text\":")); at++) {
		const char *mark = at + 7 + strspn(at + 7, " \"");

		if (strncmp(mark, MARK, sizeof MARK - 1) == 0) {
			size_t note = strtoul(mark + sizeof MARK - 1, NULL, 10);

			times[note < note_count ? note : note_count]++;
		}
	}
	for (size_t i = 0; i < note_count; i++) {
		*lost += acknowledged[i] && !times[i];
		*doubled += times[i] > 1;
	}
	free(times);
	free(state.data);
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double percentile99(double *values, size_t n)
{
	if (!n)
		return 0;
	qsort(values, n, sizeof *values, by_size);
	return values[(n * 99 + 99) / 100 - 1];
}

static void report(const struct person *facilitator)
{
	size_t answered = 0, lost = 0, doubled = 0, missed = 0, complete = 0;
	static double writes[MOST_NOTES], arrivals[MOST_NOTES];

	count(facilitator, &lost, &doubled);
	for (size_t i = 0; i < note_count; i++) {
		if (!acknowledged[i])
			continue;
		writes[answered++] = written[i];
		missed += person_count - heard_by[i];
		if (heard_by[i] == person_count)
			arrivals[complete++] = arrived[i] - sent_at[i];
	}
	printf("%zu\t%zu\t%zu\t%zu\t%zu\t%.1f\t%.1f\n", note_count, answered, lost, doubled, missed,
		percentile99(writes, answered), percentile99(arrivals, complete));
}

/* http://ADDRESS:PORT/BASE/join/TOKEN */
static const char *read_link(char *link)
{
	char *port, *path, *token;

	if (strncmp(link, "http://", 7) != 0)
		fail("no link: %s", link);
	link += 7;
	path = strchr(link, '/');
	token = path ? strstr(path, "/join/") : NULL;
	if (!token)
		fail("no link of a room: %s", link);
	snprintf(host, sizeof host, "%.*s", (int)(path - link), link);
	snprintf(base, sizeof base, "%.*s", (int)(token + 1 - path), path);
	*path = '\0';
	port = strrchr(link, ':');
	server = (struct sockaddr_in){
		.sin_family = AF_INET, .sin_port = htons(port ? (uint16_t)atoi(port + 1) : 80)};
	if (port)
		*port = '\0';
	if (inet_pton(AF_INET, link, &server.sin_addr) != 1)
		fail("not an address: %s", link);
	return token + 6;
}

int main(int argc, char **argv)
{
	struct person facilitator = {0};
	double rate = 20, seconds = 60;
	const char *path = NULL;
	char token[64];
	int option;

	while ((option = getopt(argc, argv, "c:r:s:a:g:")) > 0)
		switch (option) {
		case 'c':
			person_count = strtoul(optarg, NULL, 10);
			break;
		case 'r':
			rate = strtod(optarg, NULL);
			break;
		case 's':
			seconds = strtod(optarg, NULL);
			break;
		case 'a':
			snprintf(place, sizeof place, "%s", optarg);
			break;
		case 'g':
			path = optarg;
			break;
		default:
			return 2;
		}
	if (optind + 1 != argc || (!*place && !path) || !person_count ||
		person_count > MOST_PEOPLE || rate <= 0)
		fail("usage: load [-c PEOPLE] [-r WRITES] [-s SECONDS] -a JOURNEY%%23TOUCHPOINT "
		     "LINK");
	enter(&facilitator, read_link(argv[optind]));
	if (path) {
		fetch(&facilitator, path);
		return 0;
	}
	find_token(&facilitator, token, sizeof token);
	call(&facilitator, "do=join&name=Load&department=Test");
	call(&facilitator, "do=step&to=reveal");
	people = calloc(person_count, sizeof *people);
	if (!people)
		fail("no memory");
	for (size_t i = 0; i < person_count; i++) {
		struct person *person = &people[i];
		char form[128];

		enter(person, token);
		snprintf(form, sizeof form, "do=join&name=Person %zu&department=Department %zu", i,
			i % 6);
		call(person, form);
		person->heard = calloc(MOST_NOTES, sizeof *person->heard);
		if (!person->heard)
			fail("no memory");
		person->stream = dial();
		send_request(person->stream, "GET", "api/events", person->cookies, "");
	}
	play(rate, seconds);
	report(&facilitator);
	return 0;
}
