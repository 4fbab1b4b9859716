/* What comes out of a workshop, for the facilitator to take along, and into the source. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "serve/serve.h"

static void reply_file(struct request *request, const char *type, const char *name, struct tl_buf *text)
{
	char disposition[128];

	snprintf(disposition, sizeof disposition, "attachment; filename=\"%s\"", name);
	reply_bytes(request, MHD_HTTP_OK, type, text->data, text->len);
	reply_header(request, MHD_HTTP_HEADER_CONTENT_DISPOSITION, disposition);
	tl_buf_release(text);
}

void handle_minutes(struct request *request)
{
	struct tl_buf text = {0};

	tl_room_minutes(request->server->room, &text, time(NULL));
	reply_file(request, "text/markdown; charset=utf-8", "minutes.md", &text);
}

void handle_notes(struct request *request)
{
	struct tl_buf text = {0};

	tl_room_csv(request->server->room, &text);
	reply_file(request, "text/csv; charset=utf-8; header=present", "notes.csv", &text);
}

void handle_decisions(struct request *request)
{
	struct tl_buf text = {0};
	size_t count;

	tl_room_decisions(request->server->room, &text, &count);
	reply_file(request, "application/xml", "decisions.xml", &text);
}

/* ---- into the source ----------------------------------------------------------------------------------- */

static void order_decisions(struct request *request, enum job_kind kind, job_answer *end)
{
	struct job_order order = {.kind = kind};
	struct tl_buf text = {0};
	size_t count;

	tl_room_decisions(request->server->room, &text, &count);
	request_order(request, &order, text.data, text.len, end);
	tl_buf_release(&text);
}

static void reply_diff(
	struct request *request, enum job_outcome outcome, const struct tl_buf *answer)
{
	if (outcome == JOB_DONE)
		reply_bytes(request, MHD_HTTP_OK, "text/x-diff; charset=utf-8", answer->data,
			answer->len);
	else
		reply_error(request, MHD_HTTP_UNPROCESSABLE_CONTENT, "%s", answer->data);
}

void handle_diff(struct request *request)
{
	order_decisions(request, JOB_DIFF, reply_diff);
}

static void reply_applied(
	struct request *request, enum job_outcome outcome, const struct tl_buf *answer)
{
	if (outcome != JOB_DONE) {
		reply_error(request, MHD_HTTP_UNPROCESSABLE_CONTENT, "%s", answer->data);
		return;
	}
	sights_look(request->server);
	reply_json(request, MHD_HTTP_OK, answer);
}

void handle_apply(struct request *request)
{
	order_decisions(request, JOB_APPLY, reply_applied);
}
