#include "media/control_client.hpp"

#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/json.hpp>

namespace liveshop::media {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using Stream = boost::beast::basic_stream<asio::local::stream_protocol>;

constexpr auto answer_time_max = std::chrono::seconds(5);
constexpr std::size_t line_size_max = 16 << 20;

asio::awaitable<json::object> read_line(Stream& stream, std::string& input) {
    auto size =
        co_await asio::async_read_until(stream, asio::dynamic_buffer(input, line_size_max), '\n', asio::use_awaitable);
    boost::system::error_code error;
    auto value = json::parse(std::string_view(input).substr(0, size - 1), error);
    input.erase(0, size);
    if (error || !value.is_object()) throw ControlError("media.bad_answer", "The media server's answer is not JSON.");
    co_return std::move(value.get_object());
}

std::string text_of(const json::object& object, std::string_view name) {
    auto* value = object.if_contains(name);
    auto* text = value ? value->if_string() : nullptr;
    return text ? std::string(*text) : std::string();
}

asio::awaitable<json::value> ask(Stream& stream, std::string& input, json::object command) {
    auto line = json::serialize(command) + "\n";
    co_await asio::async_write(stream, asio::buffer(line), asio::use_awaitable);
    auto answer = co_await read_line(stream, input);
    if (auto* result = answer.if_contains("result")) co_return std::move(*result);
    auto* error = answer.if_contains("error");
    auto* details = error ? error->if_object() : nullptr;
    if (!details) throw ControlError("media.bad_answer", "The media server's answer has neither result nor error.");
    throw ControlError(text_of(*details, "code"), text_of(*details, "detail"));
}

}  // namespace

asio::awaitable<json::value> call(std::string path, json::object command) {
    auto executor = co_await asio::this_coro::executor;
    Stream stream(executor);
    stream.expires_after(answer_time_max);
    co_await stream.async_connect(asio::local::stream_protocol::endpoint(path), asio::use_awaitable);
    std::string input;
    auto result = co_await ask(stream, input, std::move(command));
    co_return result;
}

asio::awaitable<void> subscribe(std::string path, std::function<void(const json::value&)> on_rooms,
                                std::function<void(const json::object&)> on_event) {
    auto executor = co_await asio::this_coro::executor;
    Stream stream(executor);
    stream.expires_after(answer_time_max);
    co_await stream.async_connect(asio::local::stream_protocol::endpoint(path), asio::use_awaitable);
    std::string input;
    json::object command{{"command", "subscribe"}};
    auto rooms = co_await ask(stream, input, std::move(command));
    stream.expires_never();
    on_rooms(rooms);
    for (;;) {
        auto event = co_await read_line(stream, input);
        on_event(event);
    }
}

}  // namespace liveshop::media
