/* The source of a journey in the page: read, checked, drawn and saved, by the facilitator. All of it is
 * the studio's work; files are only ever those that journeys were read from. */
#include <stdlib.h>
#include <string.h>
#include "serve/serve.h"

/* An order about the journey that the request names. */
static bool order_for(struct request *request, enum job_kind kind, struct job_order *order)
{
	const char *id = request_argument(request, "journey");
	const struct tl_journey *journey = id ? sights_journey(request->server, id) : NULL;
	const char *file;

	*order = (struct job_order){.kind = kind};
	if (!journey) {
		reply_error(request, MHD_HTTP_NOT_FOUND, "There is no journey of that name here.");
		return false;
	}
	file = journey->sources[0]->name;
	if (strlen(journey->id) >= sizeof order->journey || strlen(file) >= sizeof order->file) {
		reply_error(request, MHD_HTTP_NOT_FOUND, "The name of this journey is too long.");
		return false;
	}
	memcpy(order->journey, journey->id, strlen(journey->id) + 1);
	memcpy(order->file, file, strlen(file) + 1);
	return true;
}

static void order_job(struct request *request, enum job_kind kind, job_answer *end)
{
	struct job_order order;

	if (order_for(request, kind, &order))
		request_order(request, &order, request->body.data, request->body.len, end);
}

/* What there is to say comes as JSON, errors among it too. */
static void reply_outcome(
	struct request *request, enum job_outcome outcome, const struct tl_buf *answer)
{
	if (outcome == JOB_DONE)
		reply_json(request, MHD_HTTP_OK, answer);
	else if (outcome == JOB_STALE)
		reply_error(request, MHD_HTTP_PRECONDITION_FAILED, "%s", answer->data);
	else
		reply_error(request, MHD_HTTP_UNPROCESSABLE_CONTENT, "%s", answer->data);
}

void handle_source(struct request *request)
{
	order_job(request, JOB_SOURCE, reply_outcome);
}

void handle_check(struct request *request)
{
	order_job(request, JOB_CHECK, reply_outcome);
}

static void reply_preview(
	struct request *request, enum job_outcome outcome, const struct tl_buf *answer)
{
	struct tagged map;

	if (outcome != JOB_DONE) {
		reply_json(request, MHD_HTTP_UNPROCESSABLE_CONTENT, answer);
		return;
	}
	sights_tag_map(&map, answer->data, answer->len);
	reply_response(request, MHD_HTTP_OK, map.response);
}

void handle_preview(struct request *request)
{
	order_job(request, JOB_PREVIEW, reply_preview);
}

static void reply_saved(
	struct request *request, enum job_outcome outcome, const struct tl_buf *answer)
{
	if (outcome == JOB_DONE)
		sights_look(request->server);
	reply_outcome(request, outcome, answer);
}

/* If-Match: "DIGEST", with or without quotes. */
static bool read_digest(struct request *request, char digest[static TL_DIGEST_SIZE])
{
	const char *tag = request_header(request, MHD_HTTP_HEADER_IF_MATCH);
	size_t n;

	if (!tag)
		return false;
	tag += *tag == '"';
	n = strspn(tag, "0123456789abcdef");
	if (n != TL_DIGEST_SIZE - 1)
		return false;
	memcpy(digest, tag, n);
	digest[n] = '\0';
	return true;
}

void handle_save(struct request *request)
{
	struct job_order order;

	if (!order_for(request, JOB_SAVE, &order))
		return;
	if (!read_digest(request, order.digest)) {
		reply_error(request, MHD_HTTP_PRECONDITION_REQUIRED,
			"Saving needs If-Match, with the digest of the source that it was made from.");
		return;
	}
	request_order(request, &order, request->body.data, request->body.len, reply_saved);
}
