/* The studio: see studio.h. The server hands over a job's input and the way back as descriptors, so
 * the studio itself neither reads nor keeps anything, and cannot be kept waiting. */
#include "serve/studio.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_WAITING = 200, MOST_ANSWER = 64 << 20, JOB_SECONDS = 60 };

struct job {
	struct job *next;
	struct job_order order;
	struct tl_buf text;
	job_end *end;
	void *context;
	int fd; /* what the child says */
	struct tl_buf answer;
};

struct studio {
	int socket;
	pid_t pid;
	struct job *working[STUDIO_AT_ONCE];
	struct job *waiting, **last;
	size_t waiting_count;
};

/* What a child says last: so that half an answer is none. */
struct trailer {
	uint64_t length, outcome;
};

/* ---- the process --------------------------------------------------------------------------------- */

static bool write_all(int fd, const void *bytes, size_t n)
{
	for (const char *p = bytes; n;) {
		ssize_t written = write(fd, p, n);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return false;
		p += written;
		n -= (size_t)written;
	}
	return true;
}

static _Noreturn void work(
	const struct tl_serve_options *options, const struct job_order *order, int in, int out)
{
	struct tl_buf text = {0}, answer = {0};
	char chunk[65536];
	struct trailer trailer = {0};

	signal(SIGCHLD, SIG_DFL);
	signal(SIGALRM, SIG_DFL);
	alarm(JOB_SECONDS);
	tl_buf_put(&text, "", 0);
	lseek(in, 0, SEEK_SET);
	for (ssize_t n; (n = read(in, chunk, sizeof chunk)) > 0;)
		tl_buf_put(&text, chunk, (size_t)n);
	tl_buf_put(&answer, "", 0);
	trailer.outcome = job_run(options, order, &text, &answer);
	trailer.length = answer.len;
	if (write_all(out, answer.data, answer.len))
		write_all(out, &trailer, sizeof trailer);
	_exit(0);
}

/* Takes an order with its two descriptors. False at the end. */
static bool take(int socket, struct job_order *order, int fds[static 2])
{
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(2 * sizeof(int))];
	struct iovec part = {order, sizeof *order};
	struct msghdr message = {.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof control};
	struct cmsghdr *head;
	ssize_t n;

	do
		n = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
	while (n < 0 && errno == EINTR);
	head = CMSG_FIRSTHDR(&message);
	if (n != sizeof *order || !head || head->cmsg_len != CMSG_LEN(2 * sizeof(int)))
		return false;
	memcpy(fds, CMSG_DATA(head), 2 * sizeof(int));
	return true;
}

/* Ends with the server, and takes everything that is at work with it. Ctrl-C is for the server. */
static _Noreturn void serve_jobs(const struct tl_serve_options *options, int socket)
{
	struct job_order order;
	int fds[2];

	setpgid(0, 0);
	signal(SIGCHLD, SIG_IGN); /* nobody waits for them */
	while (take(socket, &order, fds)) {
		if (fork() == 0) {
			close(socket);
			work(options, &order, fds[0], fds[1]);
		}
		close(fds[0]);
		close(fds[1]);
	}
	kill(-getpid(), SIGKILL);
	_exit(0);
}

struct studio *studio_new(const struct tl_serve_options *options)
{
	struct studio *studio;
	int pair[2];
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
		return NULL;
	fflush(NULL); /* else whatever is buffered would be written by both */
	pid = fork();
	if (pid == 0) {
		close(pair[0]);
		serve_jobs(options, pair[1]);
	}
	close(pair[1]);
	if (pid < 0) {
		close(pair[0]);
		return NULL;
	}
	setpgid(pid, pid);
	studio = calloc(1, sizeof *studio);
	if (!studio)
		tl_die_of_memory(sizeof *studio);
	studio->socket = pair[0];
	studio->pid = pid;
	studio->last = &studio->waiting;
	return studio;
}

/* ---- the server's side ----------------------------------------------------------------------------- */

static void free_job(struct job *job)
{
	if (job->fd >= 0)
		close(job->fd);
	tl_buf_release(&job->text);
	tl_buf_release(&job->answer);
	free(job);
}

void studio_free(struct studio *studio)
{
	struct job *next;

	if (!studio)
		return;
	close(studio->socket);
	kill(-studio->pid, SIGKILL);
	while (waitpid(studio->pid, NULL, 0) < 0 && errno == EINTR)
		;
	for (size_t i = 0; i < STUDIO_AT_ONCE; i++)
		if (studio->working[i])
			free_job(studio->working[i]);
	for (struct job *job = studio->waiting; job; job = next) {
		next = job->next;
		free_job(job);
	}
	free(studio);
}

static bool send_order(struct studio *studio, const struct job *job, int in, int out)
{
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(2 * sizeof(int))] = {0};
	struct iovec part = {(void *)&job->order, sizeof job->order};
	struct msghdr message = {.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof control};
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);
	int fds[2] = {in, out};

	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(sizeof fds);
	memcpy(CMSG_DATA(head), fds, sizeof fds);
	return sendmsg(studio->socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT) == sizeof job->order;
}

/* False: it cannot be begun. */
static bool begin(struct studio *studio, struct job *job)
{
	int in = memfd_create("job", MFD_CLOEXEC), way[2] = {-1, -1};
	bool begun = in >= 0 && pipe2(way, O_CLOEXEC) == 0 &&
		     write_all(in, job->text.data, job->text.len) &&
		     fcntl(way[0], F_SETFL, O_NONBLOCK) == 0 && send_order(studio, job, in, way[1]);

	if (in >= 0)
		close(in);
	if (way[1] >= 0)
		close(way[1]);
	tl_buf_release(&job->text);
	if (begun)
		job->fd = way[0];
	else if (way[0] >= 0)
		close(way[0]);
	return begun;
}

static void finish(struct job *job)
{
	struct tl_buf *answer = &job->answer;
	enum job_outcome outcome = JOB_LOST;

	struct trailer trailer = {0};

	if (answer->len >= sizeof trailer && answer->len <= MOST_ANSWER) {
		answer->len -= sizeof trailer;
		memcpy(&trailer, answer->data + answer->len, sizeof trailer);
		answer->data[answer->len] = '\0';
		if (trailer.length == answer->len && trailer.outcome < JOB_LOST)
			outcome = (enum job_outcome)trailer.outcome;
	}
	job->end(job->context, outcome, answer);
	free_job(job);
}

static void give_out(struct studio *studio)
{
	for (size_t i = 0; i < STUDIO_AT_ONCE; i++) {
		struct job *job = studio->waiting;

		if (studio->working[i] || !job)
			continue;
		studio->waiting = job->next;
		if (!studio->waiting)
			studio->last = &studio->waiting;
		studio->waiting_count--;
		if (begin(studio, job))
			studio->working[i] = job;
		else
			finish(job);
	}
}

bool studio_order(struct studio *studio, const struct job_order *order, const void *text, size_t n,
	job_end *end, void *context)
{
	struct job *job;

	if (studio->waiting_count == MOST_WAITING)
		return false;
	job = calloc(1, sizeof *job);
	if (!job)
		tl_die_of_memory(sizeof *job);
	*job = (struct job){.order = *order, .end = end, .context = context, .fd = -1};
	tl_buf_put(&job->text, text ? text : "", n);
	*studio->last = job;
	studio->last = &job->next;
	studio->waiting_count++;
	return true;
}

size_t studio_poll(const struct studio *studio, struct pollfd *polled)
{
	size_t count = 0;

	for (size_t i = 0; i < STUDIO_AT_ONCE; i++)
		if (studio->working[i])
			polled[count++] = (struct pollfd){
				.fd = studio->working[i]->fd, .events = POLLIN};
	return count;
}

/* True at the end of what the child says. */
static bool listen_to(struct job *job)
{
	char chunk[65536];
	ssize_t n;

	while ((n = read(job->fd, chunk, sizeof chunk)) > 0) {
		if (job->answer.len > MOST_ANSWER)
			continue; /* it says more than anybody wants to know */
		tl_buf_put(&job->answer, chunk, (size_t)n);
	}
	return n == 0 || (errno != EAGAIN && errno != EINTR);
}

void studio_turn(struct studio *studio)
{
	for (size_t i = 0; i < STUDIO_AT_ONCE; i++) {
		struct job *job = studio->working[i];

		if (!job || !listen_to(job))
			continue;
		studio->working[i] = NULL;
		finish(job);
	}
	give_out(studio);
}
