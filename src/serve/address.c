/* Where the server listens, and what it is called. */
#include "serve/address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 512 };
static const struct tl_span nowhere;

/* ---- parts of an address -------------------------------------------------------------------------- */

static bool parse_port(const char *text, unsigned *port)
{
	char *end;
	unsigned long value = strtoul(text, &end, 10);

	if (*text < '0' || *text > '9' || *end || !value || value > 65535)
		return false;
	*port = (unsigned)value;
	return true;
}

static bool is_address(const char *host)
{
	struct in6_addr ignored;

	return inet_pton(AF_INET, host, &ignored) == 1 || inet_pton(AF_INET6, host, &ignored) == 1;
}

/* Splits "HOST:PORT" and "[HOST]:PORT"; an IPv6 address may stand alone. *port points at its digits,
 * or is NULL. */
static bool split(const char *text, const char **host, size_t *length, const char **port)
{
	const char *end;

	*port = NULL;
	*host = text;
	if (*text == '[') {
		end = strchr(text, ']');
		if (!end || (end[1] && end[1] != ':'))
			return false;
		*host = text + 1;
		*length = (size_t)(end - text) - 1;
		*port = end[1] ? end + 2 : NULL;
		return true;
	}
	end = strchr(text, ':');
	if (end && !strchr(end + 1, ':'))
		*port = end + 1;
	*length = *port ? (size_t)(end - text) : strlen(text);
	return true;
}

bool address_parse(const char *text, char host[static INET6_ADDRSTRLEN], unsigned *port)
{
	const char *start, *digits;
	size_t n;

	*port = 0;
	if (!split(text, &start, &n, &digits) || n >= INET6_ADDRSTRLEN)
		return false;
	memcpy(host, start, n);
	host[n] = '\0';
	return (!*host || is_address(host)) && (!digits || parse_port(digits, port)) &&
	       (*host || digits);
}

/* ---- names ------------------------------------------------------------------------------------------ */

static bool same_part(const char *text, size_t n, const char *name)
{
	return strlen(name) == n && strncasecmp(text, name, n) == 0;
}

bool host_allowed(const char *host, const char *const *names, size_t count)
{
	char address[INET6_ADDRSTRLEN];
	const char *start, *digits;
	unsigned port;
	size_t n;

	if (!host || !split(host, &start, &n, &digits) || (digits && !parse_port(digits, &port)))
		return false;
	if (n < sizeof address) {
		memcpy(address, start, n);
		address[n] = '\0';
		if (is_address(address))
			return true;
	}
	if (same_part(start, n, "localhost"))
		return true;
	for (size_t i = 0; i < count; i++)
		if (same_part(start, n, names[i]) || same_part(host, strlen(host), names[i]))
			return true;
	return false;
}

bool origin_allowed(const char *origin, const char *host, const char *const *names, size_t count)
{
	const char *authority = strstr(origin, "://");

	if (!authority || (strncmp(origin, "http://", 7) != 0 && strncmp(origin, "https://", 8) != 0))
		return false;
	authority += 3;
	if (host && strcasecmp(authority, host) == 0)
		return true;
	for (size_t i = 0; i < count; i++)
		if (strcasecmp(authority, names[i]) == 0)
			return true;
	return false;
}

/* ---- listening -------------------------------------------------------------------------------------- */

static socklen_t fill(struct sockaddr_storage *out, const char *host, unsigned port)
{
	struct sockaddr_in *four = (struct sockaddr_in *)out;
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)out;

	memset(out, 0, sizeof *out);
	if (inet_pton(AF_INET, host, &four->sin_addr) == 1) {
		four->sin_family = AF_INET;
		four->sin_port = htons((uint16_t)port);
		return sizeof *four;
	}
	inet_pton(AF_INET6, host, &six->sin6_addr);
	six->sin6_family = AF_INET6;
	six->sin6_port = htons((uint16_t)port);
	return sizeof *six;
}

/* A descriptor or a negative errno. "::" takes connections to IPv4 addresses, too. */
static int open_socket(const char *host, unsigned port)
{
	struct sockaddr_storage address;
	socklen_t length = fill(&address, host, port);
	int on = 1, off = 0, status;
	int fd = socket(address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -errno;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (address.ss_family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
	if (bind(fd, (struct sockaddr *)&address, length) == 0 && listen(fd, BACKLOG) == 0)
		return fd;
	status = -errno;
	close(fd);
	return status;
}

/* All interfaces: of both families where the machine has both. */
static int open_everywhere(unsigned port)
{
	int fd = open_socket("::", port);

	return fd == -EAFNOSUPPORT || fd == -EADDRNOTAVAIL ? open_socket("0.0.0.0", port) : fd;
}

static int open_at(const char *host, unsigned port)
{
	return *host ? open_socket(host, port) : open_everywhere(port);
}

static void bracket(char out[static INET6_ADDRSTRLEN + 2], const char *host)
{
	size_t n = strlen(host);

	if (!strchr(host, ':')) {
		memcpy(out, host, n + 1);
		return;
	}
	out[0] = '[';
	memcpy(out + 1, host, n);
	memcpy(out + 1 + n, "]", 2);
}

static bool is_local_link(const struct sockaddr *address)
{
	const struct sockaddr_in *four = (const struct sockaddr_in *)address;
	const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)address;

	return address->sa_family == AF_INET ? ntohl(four->sin_addr.s_addr) >> 16 == 0xa9fe :
					       IN6_IS_ADDR_LINKLOCAL(&six->sin6_addr);
}

/* IPv4 first: it is shorter to type, and every phone has it. */
static void find_reachable(struct address *address, const struct ifaddrs *all, int family)
{
	char text[INET6_ADDRSTRLEN], link[INET6_ADDRSTRLEN + 2];

	for (const struct ifaddrs *one = all; one; one = one->ifa_next) {
		if (!one->ifa_addr || one->ifa_addr->sa_family != family ||
			!(one->ifa_flags & IFF_UP) || (one->ifa_flags & IFF_LOOPBACK) ||
			is_local_link(one->ifa_addr) || address->reachable_count == MOST_REACHABLE)
			continue;
		if (getnameinfo(one->ifa_addr,
			    family == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6),
			    text, sizeof text, NULL, 0, NI_NUMERICHOST) != 0)
			continue;
		bracket(link, text);
		address->reachable[address->reachable_count] = strdup(link);
		if (!address->reachable[address->reachable_count++])
			tl_die_of_memory(sizeof link);
	}
}

static void find_all_reachable(struct address *address)
{
	struct ifaddrs *all;

	if (getifaddrs(&all) != 0)
		return;
	find_reachable(address, all, AF_INET);
	find_reachable(address, all, AF_INET6);
	freeifaddrs(all);
}

static bool report(struct tl_diags *diags, int error, const char *host, unsigned port, bool named)
{
	const char *where = *host ? host : "this machine";
	struct tl_diag *diag;

	if (error == -EADDRINUSE) {
		diag = tl_diag_add(diags, TL0821, nowhere, "port %u of %s is in use", port, where);
		tl_diag_hint(diags, diag, named ? "another one: --port %u" :
			"end what uses the ports from here on, or name another: --port %u",
			named ? port + 1 : port + MOST_TRIES);
	} else if (error == -EADDRNOTAVAIL) {
		diag = tl_diag_add(diags, TL0821, nowhere, "%s is no address of this machine", where);
		tl_diag_hint(diags, diag, "--room listens on all that it has");
	} else if (error == -EACCES) {
		diag = tl_diag_add(
			diags, TL0821, nowhere, "this user may not listen on port %u", port);
		tl_diag_hint(diags, diag, "take one from 1024 on: --port %d", DEFAULT_PORT);
	} else {
		tl_diag_add(diags, TL0821, nowhere, "cannot listen on port %u of %s: %s", port,
			where, strerror(-error));
	}
	return false;
}

bool address_listen(
	struct address *address, struct tl_diags *diags, const struct tl_serve_options *options)
{
	char host[INET6_ADDRSTRLEN] = "";
	unsigned named = 0, port;
	bool everywhere;

	*address = (struct address){.socket = -1};
	if (options->listen && !address_parse(options->listen, host, &named)) {
		struct tl_diag *diag = tl_diag_add(diags, TL0821, nowhere,
			"'%s' is no address to listen on", options->listen);
		tl_diag_hint(diags, diag, "an address and a port: 192.168.1.20:%d, [::1]:%d",
			DEFAULT_PORT, DEFAULT_PORT);
		return false;
	}
	named = options->port ? options->port : named;
	if (!*host && !options->room)
		memcpy(host, "127.0.0.1", sizeof "127.0.0.1");
	port = named ? named : DEFAULT_PORT;
	do
		address->socket = open_at(host, port);
	while (address->socket == -EADDRINUSE && !named && ++port < DEFAULT_PORT + MOST_TRIES);
	if (address->socket < 0)
		return report(diags, address->socket, host, named ? named : DEFAULT_PORT, named);
	address->port = port;
	everywhere = !*host || strcmp(host, "0.0.0.0") == 0 || strcmp(host, "::") == 0;
	if (everywhere)
		find_all_reachable(address);
	bracket(address->host, everywhere ? "127.0.0.1" : host);
	return true;
}

void address_close(struct address *address)
{
	if (address->socket >= 0)
		close(address->socket);
	address->socket = -1;
	for (size_t i = 0; i < address->reachable_count; i++)
		free(address->reachable[i]);
	address->reachable_count = 0;
}
