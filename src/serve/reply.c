/* Answers, and what all of them carry. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "serve/serve.h"
#include "touchline/words.h"
#include "touchline/xml.h"

enum { COOKIE_SECONDS = 30 * 86400 };

/* Maps come with their font in them, and the page shows pictures that it made itself. */
static const char policy_of_pages[] =
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
	"font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
	"frame-ancestors 'none'";

static void add(struct MHD_Response *response, const char *name, const char *value)
{
	if (MHD_add_response_header(response, name, value) != MHD_YES)
		tl_die_of_memory(strlen(value));
}

/* What every answer says; most of it may be said by the answer itself before. */
void reply_common(struct MHD_Response *response)
{
	static const char *const headers[][2] = {
		{"Content-Security-Policy", policy_of_pages},
		{"Cache-Control", "no-store"},
		{"Referrer-Policy", "no-referrer"},
		{"X-Content-Type-Options", "nosniff"},
		{"X-Frame-Options", "DENY"},
		{"Cross-Origin-Resource-Policy", "same-origin"},
		{"Cross-Origin-Opener-Policy", "same-origin"},
	};

	for (size_t i = 0; i < TL_COUNT(headers); i++)
		if (!MHD_get_response_header(response, headers[i][0]))
			add(response, headers[i][0], headers[i][1]);
}

static void add_tag(struct MHD_Response *response, const char *digest)
{
	char tag[TL_DIGEST_SIZE + 2];

	snprintf(tag, sizeof tag, "\"%s\"", digest);
	add(response, MHD_HTTP_HEADER_ETAG, tag);
	add(response, MHD_HTTP_HEADER_CACHE_CONTROL, "private, no-cache");
}

void reply_response(struct request *request, unsigned status, struct MHD_Response *response)
{
	if (!response)
		tl_die_of_memory(1);
	if (request->response && !request->shared)
		MHD_destroy_response(request->response);
	request->shared = false;
	request->response = response;
	request->status = status;
}

void reply_bytes(
	struct request *request, unsigned status, const char *type, const void *bytes, size_t n)
{
	reply_response(request, status,
		MHD_create_response_from_buffer(n, (void *)(n ? bytes : ""), MHD_RESPMEM_MUST_COPY));
	add(request->response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
}

void reply_header(struct request *request, const char *name, const char *value)
{
	add(request->response, name, value);
}

/* Lax, not Strict: who follows the link in a mail or a chat in the browser comes from elsewhere, and is
 * to be let in. What changes anything asks for an Origin besides. */
void reply_cookie(struct request *request, const char *name, const char *value)
{
	const char *scheme = request_header(request, "X-Forwarded-Proto");
	struct tl_buf cookie = {0};

	tl_buf_printf(&cookie, "%s=%s; Path=%s; HttpOnly; SameSite=Lax; Max-Age=%d%s", name, value,
		request->server->base, COOKIE_SECONDS,
		scheme && strcmp(scheme, "https") == 0 ? "; Secure" : "");
	add(request->response, MHD_HTTP_HEADER_SET_COOKIE, cookie.data);
	tl_buf_release(&cookie);
}

void reply_json(struct request *request, unsigned status, const struct tl_buf *json)
{
	reply_bytes(request, status, "application/json", json->data, json->len);
}

/* Whether one of the tags of an If-None-Match is this one; digests are long enough for that. */
static bool has_tag(const char *list, const char *digest)
{
	return list && (strcmp(list, "*") == 0 || strstr(list, digest) != NULL);
}

void tagged_make(struct tagged *tagged, const char *type, const void *bytes, size_t n,
	const char *policy)
{
	tl_digest(tagged->digest, bytes, n);
	tagged->response =
		MHD_create_response_from_buffer(n, (void *)bytes, MHD_RESPMEM_MUST_COPY);
	if (!tagged->response)
		tl_die_of_memory(n);
	add(tagged->response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
	if (policy)
		add(tagged->response, "Content-Security-Policy", policy);
	add_tag(tagged->response, tagged->digest);
	reply_common(tagged->response);
}

void tagged_release(struct tagged *tagged)
{
	if (tagged->response)
		MHD_destroy_response(tagged->response);
	tagged->response = NULL;
}

void reply_tagged(struct request *request, const struct tagged *tagged)
{
	if (has_tag(request_header(request, MHD_HTTP_HEADER_IF_NONE_MATCH), tagged->digest)) {
		reply_response(request, MHD_HTTP_NOT_MODIFIED,
			MHD_create_response_from_buffer(0, "", MHD_RESPMEM_PERSISTENT));
		add_tag(request->response, tagged->digest);
		return;
	}
	reply_response(request, MHD_HTTP_OK, tagged->response);
	request->shared = true;
}

void reply_redirect(struct request *request, const char *to)
{
	reply_bytes(request, MHD_HTTP_SEE_OTHER, "text/plain; charset=utf-8", "", 0);
	add(request->response, MHD_HTTP_HEADER_LOCATION, to);
}

void reply_page(
	struct request *request, unsigned status, const char *title, const char *text)
{
	struct tl_buf page = {0};
	bool below = strchr(request->route && request->rest ? request->route->path : "", '/') != NULL;

	tl_buf_puts(&page, "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
			   "<meta name=\"viewport\" content=\"width=device-width\"><title>");
	tl_xml_escape(&page, title);
	tl_buf_printf(&page,
		"</title><link rel=\"stylesheet\" href=\"%spage.css\"></head>\n"
		"<body class=\"notice\"><main><h1>",
		below ? "../" : "");
	tl_xml_escape(&page, title);
	tl_buf_puts(&page, "</h1>\n<p>");
	tl_xml_escape(&page, text);
	tl_buf_puts(&page, "</p></main></body></html>\n");
	reply_bytes(request, status, "text/html; charset=utf-8", page.data, page.len);
	tl_buf_release(&page);
}

void reply_error(struct request *request, unsigned status, const char *fmt, ...)
{
	struct tl_buf json = {0};
	va_list args;
	const char *text;

	va_start(args, fmt);
	text = tl_arena_vprintf(&request->arena, fmt, args);
	va_end(args);
	tl_buf_puts(&json, "{\"error\":");
	tl_buf_json(&json, text);
	tl_buf_puts(&json, ",\"field\":null}\n");
	reply_json(request, status, &json);
	tl_buf_release(&json);
}

const char *request_argument(const struct request *request, const char *name)
{
	return MHD_lookup_connection_value(request->connection, MHD_GET_ARGUMENT_KIND, name);
}

const char *request_header(const struct request *request, const char *name)
{
	return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
}

void request_wait(struct request *request)
{
	request->state = REQUEST_WAITING;
	MHD_suspend_connection(request->connection);
}

void request_wake(struct request *request)
{
	request->state = REQUEST_ANSWERED;
	MHD_resume_connection(request->connection);
}

