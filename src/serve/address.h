/* address: where the server listens, what it is called, and by whom others reach it. */
#ifndef TL_SERVE_ADDRESS_H
#define TL_SERVE_ADDRESS_H

#include <netinet/in.h>
#include "touchline/diag.h"
#include "touchline/serve.h"

enum { DEFAULT_PORT = 7353, MOST_TRIES = 100, MOST_REACHABLE = 6 };

struct address {
	int socket; /* listening */
	unsigned port;
	char host[INET6_ADDRSTRLEN + 2]; /* as it stands in a link: brackets around IPv6 */
	char *reachable[MOST_REACHABLE]; /* the same, of the addresses that others can reach */
	size_t reachable_count;
};
/* Listens. False after reporting why it cannot. */
bool address_listen(
	struct address *address, struct tl_diags *diags, const struct tl_serve_options *options);
void address_close(struct address *address);

/* "ADDRESS", "ADDRESS:PORT", "[ADDRESS]:PORT", ":PORT", "[ADDRESS]" in its parts; port 0: not given. False where
 * it is none of them. */
bool address_parse(const char *text, char host[static INET6_ADDRSTRLEN], unsigned *port);

/* Whether a Host header names this server: an address as such, localhost, or one of the names. Only a
 * name can be pointed at us by somebody else, so every address is good. */
bool host_allowed(const char *host, const char *const *names, size_t count);
/* Whether an Origin is the page's own: what Host says, or one of the names. */
bool origin_allowed(const char *origin, const char *host, const char *const *names, size_t count);

#endif
