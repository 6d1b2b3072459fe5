#pragma once
// A route is a row: verb, path, typed handler, who may call it and how it may fail. A row with `also_on` has a socket
// event as its second door: same struct, permission, transaction and errors.
//
//     post<place_orders>("/orders").by(signed_in).creates().idempotent().fails(Errc::sold_out, Errc::store_closed)
//         .says("Prices the items, reserves their stock and writes one order a store")
#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/access.hpp"
#include "platform/context.hpp"
#include "platform/shape/decode.hpp"
#include "platform/shape/encode.hpp"
#include "platform/shape/schema.hpp"

namespace liveshop {

/// A handler without input takes only the Ctx; one without an answer returns awaitable<void> and answers 204.
struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

/// An answer that is no JSON; its route says of what type it is.
struct File {
    std::string bytes;
};

/// One member of a request struct, as the path, the query and the OpenAPI document need it.
struct FieldShape {
    std::string_view name;
    bool required;
    json::value (*from_text)(std::string_view);
    json::value (*schema)(Schemas&);
};

/// What a route that takes a picture is sent, by Content-Type.
inline constexpr std::array<std::string_view, 3> picture_types{"image/jpeg", "image/png", "image/webp"};

/// At most `count` calls in `per_s` seconds from one caller (user, else address).
struct Rate {
    int count = 600;
    int per_s = 60;
};

struct Route {
    // The row
    std::string_view method;
    std::string_view path;   ///< below /api/v1, parameters as {name} of a member of the request struct
    std::string_view event;  ///< the socket event, or empty
    std::string_view summary;
    Access access = signed_in;
    Rate rate;
    int status = 200;
    bool is_idempotent = false;
    bool is_read_only = false;
    bool has_body = false;          ///< JSON; else what is not in the path is in the query
    bool has_picture_body = false;  ///< instead
    std::string_view answer_type = "application/json";
    std::vector<ErrorRow> errors;

    // The handler behind it
    std::string name;  ///< the handler's own: "place_orders"
    std::vector<FieldShape> fields;
    std::function<awaitable<std::string>(Ctx&, const json::value&)> call;  ///< decodes, handles, encodes
    json::value (*request_schema)(Schemas&) = nullptr;
    json::value (*response_schema)(Schemas&) = nullptr;  ///< none for 204

    Route&& by(Access who) && { return access = who, std::move(*this); }
    Route&& creates() && { return status = 201, std::move(*this); }
    /// Honours the Idempotency-Key header: the first answer is kept for a day and given again.
    Route&& idempotent() && { return is_idempotent = true, std::move(*this); }
    /// Also a DELETE may bring a body: what must not stand in an address, such as a password.
    Route&& takes_body() && { return has_body = true, std::move(*this); }
    /// The body is no JSON but a JPEG, PNG or WebP file of at most pictures::upload_bytes_max, which the handler reads
    /// from `ctx.request->body`; the request struct has what the path says. Not for a route that is also an event.
    Route&& takes_picture() && {
        has_picture_body = true;
        has_body = false;
        return std::move(*this).fails(PlatformErrc::not_a_picture, PlatformErrc::too_large);
    }
    /// The type of the File that the handler answers.
    Route&& gives(std::string_view content_type) && { return answer_type = content_type, std::move(*this); }
    Route&& limited(Rate to) && { return rate = to, std::move(*this); }
    Route&& also_on(std::string_view socket_event) && { return event = socket_event, std::move(*this); }
    Route&& says(std::string_view text) && { return summary = text, std::move(*this); }
    template <class... E>
    Route&& fails(E... with) && {
        (errors.push_back(describe_error(with)), ...);
        return std::move(*this);
    }
};

/// A violated constraint of the database and the refusal it means.
struct ConstraintRow {
    std::string_view constraint;
    ErrorRow error;
};

namespace detail {

template <class Out, class In>
In handler_input(awaitable<Out> (*)(Ctx&, In));
template <class Out>
Nothing handler_input(awaitable<Out> (*)(Ctx&));
template <class Out, class In>
Out handler_output(awaitable<Out> (*)(Ctx&, In));
template <class Out>
Out handler_output(awaitable<Out> (*)(Ctx&));

template <auto Handler>
std::string handler_name() {
    std::string_view text = __PRETTY_FUNCTION__;  // "... [Handler = &liveshop::checkout::place_orders]"
    text = text.substr(0, text.rfind(']'));
    return std::string(text.substr(text.find_last_of(":& ") + 1));
}

template <auto Handler, class In>
auto invoke(Ctx& ctx, In in) {
    if constexpr (requires { Handler(ctx, std::move(in)); })
        return Handler(ctx, std::move(in));
    else
        return Handler(ctx);
}

template <Struct In>
std::vector<FieldShape> shape_of() {
    std::vector<FieldShape> fields;
    each_field<In>([&](std::string_view name, auto member) {
        using Field = std::remove_cvref_t<decltype(std::declval<In>().*member)>;
        fields.push_back({name, !is_optional<Field>, [](std::string_view text) { return json_of_text<Field>(text); },
                          [](Schemas& schemas) { return schemas.of<Field>(); }});
    });
    return fields;
}

template <auto Handler>
Route route(std::string_view method, std::string_view path) {
    using In = decltype(handler_input(Handler));
    using Out = decltype(handler_output(Handler));
    Route row;
    row.method = method;
    row.path = path;
    row.name = handler_name<Handler>();
    row.fields = shape_of<In>();
    row.is_read_only = method == "GET";
    row.has_body = method == "POST" || method == "PUT";
    row.request_schema = [](Schemas& schemas) { return schemas.of<In>(); };
    if constexpr (std::is_void_v<Out>) {
        row.status = 204;
        row.call = [](Ctx& ctx, const json::value& input) -> awaitable<std::string> {
            In in = decode<In>(input);
            co_await invoke<Handler>(ctx, std::move(in));
            co_return std::string();
        };
    } else if constexpr (std::is_same_v<Out, File>) {
        row.answer_type = "application/octet-stream";
        row.call = [](Ctx& ctx, const json::value& input) -> awaitable<std::string> {
            In in = decode<In>(input);
            File file = co_await invoke<Handler>(ctx, std::move(in));
            co_return std::move(file.bytes);
        };
    } else {
        row.response_schema = [](Schemas& schemas) { return schemas.of<Out>(); };
        row.call = [](Ctx& ctx, const json::value& input) -> awaitable<std::string> {
            In in = decode<In>(input);
            Out out = co_await invoke<Handler>(ctx, std::move(in));
            co_return to_json(out);
        };
    }
    return row;
}

}  // namespace detail

/// Reads: on a shared connection, each query a transaction of its own.
template <auto Handler>
Route get(std::string_view path) {
    return detail::route<Handler>("GET", path);
}
template <auto Handler>
Route post(std::string_view path) {
    return detail::route<Handler>("POST", path);
}
template <auto Handler>
Route put(std::string_view path) {
    return detail::route<Handler>("PUT", path);
}
template <auto Handler>
Route del(std::string_view path) {
    return detail::route<Handler>("DELETE", path);
}

/// Rows as one list.
template <class... Rows>
std::vector<Route> route_table(Rows&&... rows) {
    std::vector<Route> table;
    table.reserve(sizeof...(rows));
    (table.push_back(std::forward<Rows>(rows)), ...);
    return table;
}

/// Several modules' rows as one list.
inline std::vector<Route> operator+(std::vector<Route> a, std::vector<Route> b) {
    a.insert(a.end(), std::make_move_iterator(b.begin()), std::make_move_iterator(b.end()));
    return a;
}

}  // namespace liveshop
