#include <algorithm>

#include "platform/api/api.hpp"
#include "platform/pictures/pictures.hpp"

namespace liveshop {
namespace {

constexpr std::size_t json_depth_max = 32;

const FieldShape* field_named(const Route& route, std::string_view name) {
    const auto found = std::ranges::find(route.fields, name, &FieldShape::name);
    return found == route.fields.end() ? nullptr : &*found;
}

json::object body_of(const http::Request& request) {
    if (request.body.empty()) return {};
    const std::string_view type = request.header("content-type");
    if (!http::equals_ignoring_case(type.substr(0, type.find(';')), "application/json"))
        throw Fail(PlatformErrc::not_json, "Content-Type must be application/json");
    json::parse_options options;
    options.max_depth = json_depth_max;
    boost::system::error_code error;
    json::value body = json::parse(request.body, error, {}, options);
    if (error || !body.is_object()) throw Fail(PlatformErrc::not_json, error ? error.message() : "");
    return std::move(body.get_object());
}

void check_picture(const http::Request& request) {
    const std::string_view type = request.header("content-type");
    const bool is_known = std::ranges::any_of(picture_types, [&](std::string_view known) {
        return http::equals_ignoring_case(type.substr(0, type.find(';')), known);
    });
    if (!is_known || request.body.empty()) throw Fail(PlatformErrc::not_a_picture);
    if (request.body.size() > pictures::upload_bytes_max) throw Fail(PlatformErrc::too_large);
}

json::object query_of(const Route& route, const http::Request& request) {
    const auto fields = http::parse_form(request.query);
    if (!fields) throw Invalid({{"", "The query string is malformed or too long"}});
    json::object object;
    for (const auto& [name, value] : *fields) {
        if (object.contains(name)) throw Invalid({{"/" + name, "must be given once"}});
        const FieldShape* field = field_named(route, name);
        object.emplace(name, field ? field->from_text(value) : json::value(json::string(value)));
    }
    return object;
}

}  // namespace

json::value input_of(const Route& route, const http::Request& request, const Found& found) {
    if (route.has_picture_body) check_picture(request);
    json::object input = route.has_body ? body_of(request) : query_of(route, request);
    for (const auto& [name, value] : found.parameters) {
        const FieldShape* field = field_named(route, name);
        if (!field) throw std::logic_error("route " + route.name + " has no member " + std::string(name));
        if (input.contains(name)) throw Invalid({{"/" + std::string(name), "is given by the path"}});
        input.emplace(name, field->from_text(value));
    }
    return input;
}

}  // namespace liveshop
