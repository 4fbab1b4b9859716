/* workers: see workers.h.
 *
 * Parent and worker talk over a socket pair: the parent sends the number of a job, the worker its
 * reply behind a length. A worker ends when its socket does, so that none outlives the parent by
 * more than the job at hand. It ignores Ctrl-C, which the terminal sends to everybody: the parent
 * decides, and ends workers by SIGTERM.
 */
#include "app/workers.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define IDLE SIZE_MAX
enum { GRACE_MS = 2000, PAUSE_MS = 5 };

struct worker {
	pid_t pid;
	int fd;
	size_t job; /* or IDLE */
	struct tl_buf in;
};

struct crew {
	const struct tl_work *work;
	struct worker *list;
	unsigned count;
	struct pollfd *polled; /* one for each worker, then the interrupt */
	size_t next;           /* job to give out */
	int error;             /* of the last start that failed, negative */
	bool ending;           /* give out no more */
};

static bool send_all(int fd, const void *bytes, size_t n)
{
	for (const char *p = bytes; n;) {
		ssize_t sent = send(fd, p, n, MSG_NOSIGNAL);
		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0)
			return false;
		p += sent;
		n -= (size_t)sent;
	}
	return true;
}

static _Noreturn void serve(const struct tl_work *work, int fd)
{
	struct tl_buf reply = {0};
	sigset_t term;
	signal(SIGINT, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	signal(SIGTERM, SIG_DFL);
	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigprocmask(SIG_UNBLOCK, &term, NULL);
	for (uint64_t job; recv(fd, &job, sizeof job, MSG_WAITALL) == sizeof job;) {
		tl_buf_clear(&reply);
		work->run(work->context, (size_t)job, &reply);
		uint64_t length = reply.len;
		if (!send_all(fd, &length, sizeof length) || !send_all(fd, reply.data, reply.len))
			break;
	}
	_exit(0);
}

static bool start(struct crew *crew, struct worker *worker)
{
	int pair[2];
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
		crew->error = -errno;
		return false;
	}
	fflush(NULL); /* else whatever is buffered would be written by both */
	pid_t pid = fork();
	if (pid == 0) {
		/* A worker that held the others' sockets would keep them alive. */
		for (unsigned i = 0; i < crew->count; i++)
			if (crew->list[i].pid)
				close(crew->list[i].fd);
		close(pair[0]);
		serve(crew->work, pair[1]);
	}
	if (pid < 0)
		crew->error = -errno;
	close(pair[1]);
	if (pid < 0) {
		close(pair[0]);
		return false;
	}
	worker->pid = pid;
	worker->fd = pair[0];
	worker->job = IDLE;
	tl_buf_clear(&worker->in);
	return true;
}

/* Waits for the worker's end and forgets it. The status of waitpid. */
static int reap(struct worker *worker)
{
	int status = 0;
	close(worker->fd);
	while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR)
		;
	worker->pid = 0;
	return status;
}

static void bury(struct crew *crew, struct worker *worker)
{
	pid_t pid = worker->pid;
	size_t job = worker->job;
	int status = reap(worker);
	if (job != IDLE && !crew->work->died(crew->work->context, job, pid, status))
		crew->ending = true;
}

/* Sees to it that every worker has something to do while there is something. How many have. */
static unsigned give_out(struct crew *crew)
{
	unsigned busy = 0;
	for (unsigned i = 0; i < crew->count; i++) {
		struct worker *worker = &crew->list[i];
		bool wanted = !crew->ending && crew->next < crew->work->count;
		if (wanted && !worker->pid && !start(crew, worker))
			continue;
		if (wanted && worker->job == IDLE) {
			uint64_t job = crew->next;
			worker->job = crew->next++;
			send_all(worker->fd, &job, sizeof job); /* if it is dead, poll says so */
		}
		busy += worker->pid && worker->job != IDLE;
	}
	return busy;
}

/* Takes in what a worker said; a reply that is complete ends its job. */
static void listen_to(struct crew *crew, struct worker *worker)
{
	char chunk[16384];
	uint64_t length;
	ssize_t n = recv(worker->fd, chunk, sizeof chunk, MSG_DONTWAIT);
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (n <= 0) {
		bury(crew, worker);
		return;
	}
	tl_buf_put(&worker->in, chunk, (size_t)n);
	if (worker->in.len < sizeof length)
		return;
	memcpy(&length, worker->in.data, sizeof length);
	if (worker->in.len - sizeof length < length)
		return;
	size_t job = worker->job;
	worker->job = IDLE;
	if (!crew->work->done(crew->work->context, job, worker->in.data + sizeof length, length))
		crew->ending = true;
	tl_buf_clear(&worker->in);
}

/* Waits until there is news, and takes it in. False when the run is to stop. */
static bool follow(struct crew *crew, int interrupt)
{
	for (unsigned i = 0; i < crew->count; i++)
		crew->polled[i] = (struct pollfd){
			.fd = crew->list[i].pid ? crew->list[i].fd : -1, .events = POLLIN};
	crew->polled[crew->count] = (struct pollfd){.fd = interrupt, .events = POLLIN};
	if (poll(crew->polled, crew->count + 1, -1) < 0)
		return true; /* EINTR: nothing has happened yet */
	if (crew->polled[crew->count].revents)
		return false;
	for (unsigned i = 0; i < crew->count; i++)
		if (crew->polled[i].revents)
			listen_to(crew, &crew->list[i]);
	return true;
}

/* Those at work are not waited for any longer than a write may take. */
static void put_down(struct crew *crew)
{
	struct timespec pause = {.tv_nsec = PAUSE_MS * 1000000};
	unsigned alive = 0;
	for (unsigned i = 0; i < crew->count; i++)
		if (crew->list[i].pid)
			kill(crew->list[i].pid, SIGTERM);
	for (unsigned waited = 0; waited < GRACE_MS; waited += PAUSE_MS) {
		alive = 0;
		for (unsigned i = 0; i < crew->count; i++) {
			siginfo_t info = {0};
			if (crew->list[i].pid)
				waitid(P_PID, (id_t)crew->list[i].pid, &info,
					WEXITED | WNOHANG | WNOWAIT);
			alive += crew->list[i].pid && !info.si_pid;
		}
		if (!alive)
			return;
		nanosleep(&pause, NULL);
	}
	for (unsigned i = 0; i < crew->count; i++)
		if (crew->list[i].pid)
			kill(crew->list[i].pid, SIGKILL);
}

/* What SIGTERM ended was not in the middle of anything; other deaths are the caller's to know of.
 */
static void dismiss(struct crew *crew, bool interrupted)
{
	if (interrupted)
		put_down(crew);
	for (unsigned i = 0; i < crew->count; i++) {
		struct worker *worker = &crew->list[i];
		pid_t pid = worker->pid;
		int status = pid ? reap(worker) : 0;
		if (WIFSIGNALED(status) && WTERMSIG(status) != SIGTERM && worker->job != IDLE)
			crew->work->died(crew->work->context, worker->job, pid, status);
		tl_buf_release(&worker->in);
	}
}

int tl_work_run(const struct tl_work *work, unsigned workers, int interrupt)
{
	struct crew crew = {.work = work, .count = workers};
	struct tl_arena arena;
	bool interrupted = false;
	tl_arena_init(&arena);
	if (crew.count > work->count)
		crew.count = (unsigned)work->count;
	crew.list = tl_arena_array(&arena, struct worker, crew.count);
	crew.polled = tl_arena_array(&arena, struct pollfd, crew.count + 1);
	while (!interrupted && give_out(&crew))
		interrupted = !follow(&crew, interrupt);
	dismiss(&crew, interrupted);
	tl_arena_release(&arena);
	if (interrupted)
		return -EINTR;
	return crew.next < work->count && !crew.ending ? crew.error : 0;
}
