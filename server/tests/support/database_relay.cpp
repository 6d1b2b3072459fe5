#include "tests/support/database_relay.hpp"

#include <cstdint>
#include <cstdlib>
#include <stdexcept>

namespace liveshop::test {
namespace {

constexpr std::string_view socket_name = ".s.PGSQL.5432";

std::string host_of(const std::string& dsn) {
    const std::size_t begin = dsn.find("host=/");
    if (begin == std::string::npos) throw std::runtime_error("the relay needs a DSN with host=/folder");
    return dsn.substr(begin + 5, dsn.find(' ', begin) - begin - 5);
}

// Cuts a client's stream into messages: four bytes of length behind one of type, which the first message lacks.
class MessageTypes {
  public:
    void feed(std::string_view bytes, std::string& types) {
        pending_ += bytes;
        for (;;) {
            const std::size_t header = started_ ? 1 : 0;
            if (pending_.size() < header + 4) return;
            std::uint32_t length = 0;
            for (std::size_t i = 0; i < 4; ++i) length = length << 8 | static_cast<unsigned char>(pending_[header + i]);
            if (pending_.size() < header + length) return;
            if (started_) types += pending_[0];
            pending_.erase(0, header + length);
            started_ = true;
        }
    }

  private:
    std::string pending_;
    bool started_ = false;
};

}  // namespace

struct DatabaseRelay::Link : std::enable_shared_from_this<Link> {
    using Socket = asio::local::stream_protocol::socket;

    Link(DatabaseRelay& owner, Socket from) : relay(owner), client(std::move(from)), server(owner.io_) {
        server.connect(asio::local::stream_protocol::endpoint(relay.server_));
    }

    void pass(Socket& from, Socket& to, std::array<char, 65536>& buffer) {
        from.async_read_some(asio::buffer(buffer), [this, self = shared_from_this(), &from, &to, &buffer](
                                                       boost::system::error_code error, std::size_t size) {
            if (error) return close();
            if (&from == &client) types.feed({buffer.data(), size}, relay.sent_);
            if (&from == &server && relay.holding_) return;
            asio::async_write(to, asio::buffer(buffer, size),
                              [this, self, &from, &to, &buffer](boost::system::error_code failed, std::size_t) {
                                  if (failed) return close();
                                  pass(from, to, buffer);
                              });
        });
    }
    void close() {
        boost::system::error_code ignored;  // it is gone either way
        client.close(ignored);
        server.close(ignored);
    }

    DatabaseRelay& relay;
    Socket client, server;
    std::array<char, 65536> to_server{}, to_client{};
    MessageTypes types;
};

DatabaseRelay::DatabaseRelay(asio::io_context& io, const std::string& dsn)
    : io_(io), server_(host_of(dsn) + "/" + std::string(socket_name)), acceptor_(io) {
    std::string name = (std::filesystem::temp_directory_path() / "liveshop-relay-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("cannot make a folder for the relay");
    folder_ = name;
    const asio::local::stream_protocol::endpoint here((folder_ / socket_name).string());
    acceptor_.open(here.protocol());
    acceptor_.bind(here);
    acceptor_.listen();
    accept();
}

DatabaseRelay::~DatabaseRelay() {
    cut();
    std::error_code ignored;  // an empty folder in the temporary one
    std::filesystem::remove_all(folder_, ignored);
}

std::string DatabaseRelay::through(const std::string& dsn) const { return dsn + " host=" + folder_.string(); }

std::string DatabaseRelay::take_sent() { return std::exchange(sent_, {}); }

void DatabaseRelay::cut() {
    for (const auto& link : links_)
        if (const auto alive = link.lock()) alive->close();
    links_.clear();
}

void DatabaseRelay::accept() {
    acceptor_.async_accept([this](boost::system::error_code error, Link::Socket client) {
        if (error) return;
        const auto link = std::make_shared<Link>(*this, std::move(client));
        links_.push_back(link);
        link->pass(link->client, link->server, link->to_server);
        link->pass(link->server, link->client, link->to_client);
        accept();
    });
}

}  // namespace liveshop::test
