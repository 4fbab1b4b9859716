/* The page and what it is made of; the link that lets people in. */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "serve/page.h"
#include "serve/serve.h"

void assets_start(struct server *server)
{
	server->assets = calloc(serve_asset_count(), sizeof *server->assets);
	if (!server->assets)
		tl_die_of_memory(sizeof *server->assets);
	for (size_t i = 0; i < serve_asset_count(); i++) {
		struct serve_asset asset = serve_asset(i);

		tagged_make(&server->assets[i], asset.type, asset.text, asset.length, NULL);
	}
}

void assets_free(struct server *server)
{
	for (size_t i = 0; server->assets && i < serve_asset_count(); i++)
		tagged_release(&server->assets[i]);
	free(server->assets);
	server->assets = NULL;
}

void handle_page(struct request *request)
{
	reply_tagged(request, &request->server->assets[0]);
}

void handle_asset(struct request *request)
{
	for (size_t i = 1; i < serve_asset_count(); i++)
		if (strcmp(serve_asset(i).name, request->rest) == 0) {
			reply_tagged(request, &request->server->assets[i]);
			return;
		}
	reply_error(request, MHD_HTTP_NOT_FOUND, "There is nothing of that name here.");
}

/* ---- joining ----------------------------------------------------------------------------------------- */

void handle_join(struct request *request)
{
	struct server *server = request->server;
	bool expired = false;
	enum tl_role role = tl_room_role(server->room, request->rest, time(NULL), &expired);

	if (role == TL_NOBODY && expired) {
		reply_page(request, MHD_HTTP_FORBIDDEN, "This link has come to its end",
			"Links to a workshop end after some hours. Ask the facilitator of the "
			"workshop for a new one.");
		return;
	}
	if (role == TL_NOBODY) {
		reply_page(request, MHD_HTTP_FORBIDDEN, "This link leads nowhere",
			"It is not one of this workshop, or a part of it was lost on its way. Ask the "
			"facilitator of the workshop for it, or scan the code once more.");
		return;
	}
	reply_redirect(request, "../");
	reply_cookie(request, server->cookie, request->rest);
}

void handle_links(struct request *request)
{
	struct server *server = request->server;
	struct tl_buf json = {0};

	tl_buf_puts(&json, "{\"join\":");
	tl_buf_json(&json, server->join);
	tl_buf_puts(&json, ",\"facilitator\":");
	tl_buf_json(&json, server->facilitator);
	tl_buf_puts(&json, "}\n");
	reply_json(request, MHD_HTTP_OK, &json);
	tl_buf_release(&json);
}

void handle_qr(struct request *request)
{
	struct tl_buf svg = {0};

	if (!tl_serve_qr_svg(&svg, request->server->join))
		reply_error(request, MHD_HTTP_INTERNAL_SERVER_ERROR,
			"The link is too long for a code.");
	else
		reply_bytes(request, MHD_HTTP_OK, "image/svg+xml", svg.data, svg.len);
	tl_buf_release(&svg);
}

/* ---- what the page is told ---------------------------------------------------------------------------- */

/* As it is at the moment; with an ETag, since it seldom changes. */
static void reply_told(struct request *request, struct tl_buf *json)
{
	struct tagged tagged;

	tagged_make(&tagged, "application/json", json->data, json->len, NULL);
	reply_tagged(request, &tagged);
	if (request->shared)
		request->shared = false; /* it is nobody else's */
	else
		tagged_release(&tagged);
	tl_buf_release(json);
}

void handle_words(struct request *request)
{
	struct tl_buf json = {0};

	serve_words(&json, sights_lang(request->server));
	reply_told(request, &json);
}

void handle_outline(struct request *request)
{
	struct tl_buf json = {0};
	size_t count;
	const struct tl_journey *const *journeys =
		sights_journeys(request->server, &request->arena, &count);

	serve_outline(&json, journeys, count);
	reply_told(request, &json);
}
