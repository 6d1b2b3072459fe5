#include "media/whip.hpp"

#include <algorithm>
#include <array>
#include <boost/beast/http/field.hpp>
#include <boost/beast/http/verb.hpp>
#include <boost/json.hpp>

#include "media/clock.hpp"
#include "media/metrics.hpp"

namespace liveshop::media {
namespace {

namespace http = boost::beast::http;

constexpr std::string_view sdp_type = "application/sdp", fragment_type = "application/trickle-ice-sdpfrag";

// "/whip/{room}" or "/whip/{room}/{session}".
struct Target {
    Action action = Action::view;
    std::string room, session;
};

std::optional<Target> parse_target(std::string_view path) {
    path = path.substr(0, path.find('?'));
    Target target;
    if (path.starts_with("/whip/"))
        target.action = Action::publish;
    else if (!path.starts_with("/whep/"))
        return {};
    path.remove_prefix(6);
    auto slash = path.find('/');
    target.room = path.substr(0, slash);
    if (slash != path.npos) target.session = path.substr(slash + 1);
    constexpr std::size_t room_size_max = 64, session_size = 32;
    auto plain = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    };
    if (target.room.empty() || target.room.size() > room_size_max || !std::ranges::all_of(target.room, plain))
        return {};
    if (slash != path.npos && (target.session.size() != session_size || !std::ranges::all_of(target.session, plain)))
        return {};
    return target;
}

// "application/sdp; charset=utf-8" is application/sdp.
bool is_type(std::string_view value, std::string_view type) {
    value = value.substr(0, value.find(';'));
    while (value.ends_with(' ')) value.remove_suffix(1);
    return boost::beast::iequals(value, type);
}

bool accepts_sdp(std::string_view accept) {
    if (accept.empty()) return true;
    while (!accept.empty()) {
        auto comma = accept.find(',');
        auto range = accept.substr(0, comma);
        accept = comma == accept.npos ? std::string_view{} : accept.substr(comma + 1);
        while (range.starts_with(' ')) range.remove_prefix(1);
        for (auto type : {sdp_type, std::string_view("application/*"), std::string_view("*/*")})
            if (is_type(range, type)) return true;
    }
    return false;
}

HttpResponse empty(const HttpRequest& request, http::status status) { return {status, request.version()}; }

HttpResponse method_not_allowed(const HttpRequest& request, std::string_view allowed) {
    auto response = problem(request, {Errc::method_not_allowed, "Allowed here: " + std::string(allowed) + "."});
    response.set(http::field::allow, allowed);
    return response;
}

std::expected<Grant, Refusal> authorise(const HttpRequest& request, const Target& target, std::string_view secret) {
    constexpr std::string_view scheme = "Bearer ";
    std::string_view header = request[http::field::authorization];
    if (header.size() <= scheme.size() || !boost::beast::iequals(header.substr(0, scheme.size()), scheme))
        return std::unexpected(Refusal{Errc::grant_missing, "Send the grant as Authorization: Bearer."});
    auto grant = verify(header.substr(scheme.size()), secret, unix_now_s());
    if (!grant && grant.error() == GrantError::expired)
        return std::unexpected(Refusal{Errc::grant_expired, "Ask for a new grant and try again."});
    if (!grant) return std::unexpected(Refusal{Errc::grant_invalid, "Ask for a new grant and try again."});
    if (grant->room != target.room)
        return std::unexpected(Refusal{Errc::grant_forbidden, "The grant is for another room."});
    if (grant->action != target.action)
        return std::unexpected(Refusal{Errc::grant_forbidden, target.action == Action::publish
                                                                  ? "The grant allows to view, not to publish."
                                                                  : "The grant allows to publish, not to view."});
    return *std::move(grant);
}

HttpResponse create(const HttpRequest& request, const Target& target, const Settings& settings, Router& router) {
    auto grant = authorise(request, target, settings.grant_secret);
    if (!grant) return problem(request, grant.error());
    if (!is_type(request[http::field::content_type], sdp_type))
        return problem(request, {Errc::unsupported_media_type, "Send the offer as application/sdp."});
    if (!accepts_sdp(request[http::field::accept]))
        return problem(request, {Errc::not_acceptable, "Accept application/sdp, which the answer is."});
    auto offer = sdp::parse(request.body());
    if (!offer) return problem(request, {Errc::bad_offer, offer.error()});
    auto created = target.action == Action::publish ? router.publish(*grant, *offer) : router.view(*grant, *offer);
    if (!created) return problem(request, created.error());
    auto response = empty(request, http::status::created);
    response.set(http::field::content_type, sdp_type);
    response.set(http::field::location, std::string(target.action == Action::publish ? "/whip/" : "/whep/") +
                                            target.room + "/" + created->session);
    response.body() = std::move(created->answer);
    return response;
}

// Candidates of the client are not needed: an ICE-lite server learns its addresses from the checks. A fragment with
// another ice-ufrag than the offer's asks for an ICE restart.
HttpResponse patch(const HttpRequest& request, const Peer& peer) {
    if (!is_type(request[http::field::content_type], fragment_type))
        return problem(request, {Errc::unsupported_media_type, "Send candidates as application/trickle-ice-sdpfrag."});
    constexpr std::string_view attribute = "a=ice-ufrag:";
    std::string_view body = request.body();
    if (auto at = body.find(attribute); at != body.npos) {
        auto ufrag = body.substr(at + attribute.size());
        ufrag = ufrag.substr(0, ufrag.find_first_of("\r\n"));
        if (ufrag != peer.remote_ufrag)
            return problem(request, {Errc::restart_not_supported, "Make a new session with POST instead."});
    }
    return empty(request, http::status::no_content);
}

HttpResponse respond_to_endpoint(const HttpRequest& request, const Target& target, const Settings& settings,
                                 Router& router) {
    if (request.method() == http::verb::post) return create(request, target, settings, router);
    if (request.method() != http::verb::options) return method_not_allowed(request, "POST, OPTIONS");
    auto response = empty(request, http::status::no_content);
    response.set("Accept-Post", sdp_type);
    response.set(http::field::allow, "POST, OPTIONS");
    return response;
}

HttpResponse respond_to_session(const HttpRequest& request, const Target& target, Router& router) {
    constexpr std::string_view methods = "DELETE, PATCH, OPTIONS";
    switch (request.method()) {
        case http::verb::options: {
            auto response = empty(request, http::status::no_content);
            response.set("Accept-Patch", fragment_type);
            response.set(http::field::allow, methods);
            return response;
        }
        case http::verb::patch:
            if (auto* peer = router.find(target.room, target.action, target.session)) return patch(request, *peer);
            return problem(request, {Errc::session_not_found, "Make a new session with POST."});
        case http::verb::delete_:
            if (router.remove(target.room, target.action, target.session)) return empty(request, http::status::ok);
            return problem(request, {Errc::session_not_found, "It needs no DELETE any more."});
        default:
            return method_not_allowed(request, methods);
    }
}

HttpResponse respond_with_text(const HttpRequest& request, std::string_view type, std::string body) {
    if (request.method() != http::verb::get) return method_not_allowed(request, "GET");
    auto response = empty(request, http::status::ok);
    response.set(http::field::content_type, type);
    response.body() = std::move(body);
    return response;
}

}  // namespace

HttpResponse problem(const HttpRequest& request, const Refusal& refusal) {
    auto& error = info(refusal.errc);
    HttpResponse response{http::int_to_status(error.status), request.version()};
    response.set(http::field::content_type, "application/problem+json");
    if (error.status == 401) response.set(http::field::www_authenticate, "Bearer");
    if (error.status == 503) response.set(http::field::retry_after, "5");
    response.body() = boost::json::serialize(boost::json::object{
        {"code", error.code}, {"title", error.title}, {"status", error.status}, {"detail", refusal.detail}});
    return response;
}

HttpResponse respond(const HttpRequest& request, const Settings& settings, Router& router) {
    std::string_view path = request.target();
    if (path == "/healthz") return respond_with_text(request, "text/plain", "ok\n");
    if (path == "/metrics") return respond_with_text(request, "text/plain; version=0.0.4", metrics_text(router));
    auto target = parse_target(path);
    if (!target) return problem(request, {Errc::not_found, "Use /whip/{room} to publish and /whep/{room} to view."});
    if (target->session.empty()) return respond_to_endpoint(request, *target, settings, router);
    return respond_to_session(request, *target, router);
}

}  // namespace liveshop::media
