#pragma once
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <optional>

#include "platform/http/server.hpp"

namespace liveshop::http {

using RequestParser = boost::beast::http::request_parser<boost::beast::http::string_body>;

/// One client's connection: reads a request, has it answered, writes, and again.
class Connection {
  public:
    Connection(Server& server, tcp::socket socket);

    awaitable<void> run();
    /// Ends it now if it waits for a request, else after the one it is answering.
    void finish();
    void close();

  private:
    enum class Next { keep, close, gone };  // gone: the socket belongs to somebody else now

    awaitable<bool> read_header(RequestParser& parser);
    bool limit_body(RequestParser& parser) const;
    awaitable<Next> answer(RequestParser& parser);
    awaitable<Next> respond(const UpgradeRequest& message);
    awaitable<void> write(const Response& response, bool keep_alive, bool head_only);
    awaitable<void> refuse(int status, std::string_view code, std::string_view title, bool head_only = false);

    Server& server_;
    boost::beast::tcp_stream stream_;
    boost::beast::flat_buffer buffer_;
    std::string remote_address_;
    std::string out_;
    bool answering_ = false;
    bool finishing_ = false;
};

/// Passes a request on and the answer back as it comes, unbuffered. Answers whether the client's connection can be
/// kept; throws boost::system::system_error where either side failed after the first byte was passed on.
awaitable<bool> relay(const Upstream& upstream, const UpgradeRequest& request, boost::beast::tcp_stream& client,
                      std::string_view remote_address, std::chrono::seconds timeout);

/// The upstream could not be reached: nothing has been sent to the client yet.
struct UpstreamDown : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace liveshop::http
