// The endpoints of WHIP and WHEP as functions from a request to a response, without any socket.
#pragma once
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include "media/router.hpp"

namespace liveshop::media {

using HttpRequest = boost::beast::http::request<boost::beast::http::string_body>;
using HttpResponse = boost::beast::http::response<boost::beast::http::string_body>;

// Answers /whip/…, /whep/…, /healthz and /metrics; everything else is a 404. Never throws on account of the request.
HttpResponse respond(const HttpRequest&, const Settings&, Router&);

// application/problem+json (RFC 9457) with `code`, `title`, `status` and `detail`.
HttpResponse problem(const HttpRequest&, const Refusal&);

}  // namespace liveshop::media
