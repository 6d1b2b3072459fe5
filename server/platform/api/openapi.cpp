#include "platform/api/openapi.hpp"

#include <algorithm>
#include <set>

#include "platform/api/document.hpp"
#include "platform/api/router.hpp"
#include "platform/pictures/pictures.hpp"

namespace liveshop {
namespace {

bool in_path(const Route& route, std::string_view field) {
    return route.path.find("{" + std::string(field) + "}") != route.path.npos;
}

json::array parameters_of(const Route& route, Schemas& schemas) {
    json::array parameters;
    for (const FieldShape& field : route.fields) {
        const bool path = in_path(route, field.name);
        if (!path && route.has_body) continue;
        parameters.push_back(json::object{{"name", field.name},
                                          {"in", path ? "path" : "query"},
                                          {"required", path || field.required},
                                          {"schema", field.schema(schemas)}});
    }
    if (route.is_idempotent)
        parameters.push_back(json::object{{"name", "Idempotency-Key"},
                                          {"in", "header"},
                                          {"required", false},
                                          {"schema", json::object{{"type", "string"}, {"maxLength", 100}}}});
    return parameters;
}

// The body is the request struct without what the path already says.
json::value body_of(const Route& route, Schemas& schemas) {
    json::object properties;
    json::array required;
    for (const FieldShape& field : route.fields) {
        if (in_path(route, field.name)) continue;
        properties.emplace(field.name, field.schema(schemas));
        if (field.required) required.emplace_back(field.name);
    }
    if (properties.size() == route.fields.size()) return route.request_schema(schemas);
    json::object schema{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty()) schema.emplace("required", std::move(required));
    schema.emplace("additionalProperties", false);
    return schema;
}

json::object json_content(json::value schema, std::string_view type) {
    return json::object{{type, json::object{{"schema", std::move(schema)}}}};
}

json::object file_schema() { return {{"type", "string"}, {"format", "binary"}}; }

json::object picture_body() {
    json::object content;
    for (const std::string_view type : picture_types) content.emplace(type, json::object{{"schema", file_schema()}});
    return {{"required", true},
            {"description", fmt::format("The file, {} MiB at most", pictures::upload_bytes_max >> 20)},
            {"content", std::move(content)}};
}

// One response a status: several codes may share it, and the description lists them.
json::object responses_of(const Route& route, Schemas& schemas) {
    std::map<int, std::vector<ErrorRow>> by_status;
    for (const ErrorRow& row : route.errors) by_status[row.status].push_back(row);
    by_status[422].push_back(describe_error(PlatformErrc::invalid));
    by_status[429].push_back(describe_error(PlatformErrc::rate_limited));
    if (!route.access.visitors) by_status[401].push_back(describe_error(PlatformErrc::unauthenticated));
    if (!route.access.visitors && route.access.roles != signed_in.roles)
        by_status[403].push_back(describe_error(PlatformErrc::forbidden));

    json::object responses;
    json::object success{{"description", "Done"}};
    if (route.response_schema)
        success.emplace("content", json_content(route.response_schema(schemas), "application/json"));
    else if (route.answer_type != "application/json")
        success.emplace("content", json_content(file_schema(), route.answer_type));
    responses.emplace(std::to_string(route.status), std::move(success));
    for (const auto& [status, rows] : by_status) {
        std::string description;
        std::set<std::string_view> said;
        for (const ErrorRow& row : rows)
            if (said.insert(row.code).second)
                description += (description.empty() ? "" : "; ") + fmt::format("`{}`: {}", row.code, row.title);
        responses.emplace(std::to_string(status),
                          json::object{{"description", description},
                                       {"content", json_content(schemas.of<Problem>(), "application/problem+json")}});
    }
    return responses;
}

json::object operation_of(const Route& route, Schemas& schemas) {
    const std::vector<std::string_view> segments = path_segments(route.path);
    json::object operation{{"operationId", route.name}, {"tags", json::array{segments.front()}}};
    if (!route.summary.empty()) operation.emplace("summary", route.summary);
    if (!route.event.empty()) operation.emplace("x-socket-event", route.event);
    json::array parameters = parameters_of(route, schemas);
    if (!parameters.empty()) operation.emplace("parameters", std::move(parameters));
    const bool only_path =
        std::ranges::all_of(route.fields, [&](const FieldShape& f) { return in_path(route, f.name); });
    if (route.has_picture_body)
        operation.emplace("requestBody", picture_body());
    else if (route.has_body && !only_path)
        operation.emplace(
            "requestBody",
            json::object{{"required", true}, {"content", json_content(body_of(route, schemas), "application/json")}});
    operation.emplace("responses", responses_of(route, schemas));
    if (!route.access.visitors)
        operation.emplace("security", json::array{json::object{{"access_token", json::array{}}}});
    return operation;
}

}  // namespace

std::string openapi_document(const std::vector<Route>& routes, std::string_view version) {
    Schemas schemas;
    json::object paths;
    for (const Route& route : routes) {
        json::value& path = paths["/api/v1" + std::string(route.path)];
        if (!path.is_object()) path = json::object{};
        std::string method(route.method);
        std::ranges::transform(method, method.begin(), [](char c) { return static_cast<char>(c - 'A' + 'a'); });
        path.get_object().emplace(method, operation_of(route, schemas));
    }
    const json::object bearer{{"type", "http"}, {"scheme", "bearer"}, {"bearerFormat", "JWT"}};
    const json::object document{
        {"openapi", "3.1.0"},
        {"info", json::object{{"title", "LiveShop"}, {"version", version}}},
        {"paths", std::move(paths)},
        {"components", json::object{{"schemas", sorted(schemas.named())},
                                    {"securitySchemes", json::object{{"access_token", bearer}}}}}};
    return print_document(document);
}

}  // namespace liveshop
