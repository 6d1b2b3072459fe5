#pragma once
// The other side of a connection, played by a test.
#include <openssl/evp.h>
#include <openssl/x509v3.h>

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <functional>
#include <memory>
#include <string>

namespace liveshop::test {
namespace asio = boost::asio;
using asio::awaitable;
using asio::ip::tcp;

/// Accepts on a free loopback port and plays `part` on every connection; counts them.
class Peer {
  public:
    using Part = std::function<awaitable<void>(tcp::socket)>;

    Peer(asio::io_context& io, Part part, std::uint16_t port = 0)
        : acceptor_(io, {asio::ip::address_v4::loopback(), port}), part_(std::make_shared<Part>(std::move(part))) {
        asio::co_spawn(io, accept(), asio::detached);
    }

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
    std::string url(std::string_view scheme = "http", std::string_view host = "127.0.0.1") const {
        return std::string(scheme) + "://" + std::string(host) + ":" + std::to_string(port()) + "/";
    }
    int connections = 0;

  private:
    awaitable<void> accept() {
        for (;;) {
            boost::system::error_code error;
            tcp::socket socket = co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, error));
            if (error) co_return;
            ++connections;
            asio::co_spawn(acceptor_.get_executor(), play(part_, std::move(socket)), [](std::exception_ptr) {});
        }
    }
    // The part outlives the peer while a connection plays it. It ends with an exception when the other side leaves.
    static awaitable<void> play(std::shared_ptr<Part> part, tcp::socket socket) { co_await (*part)(std::move(socket)); }

    tcp::acceptor acceptor_;
    std::shared_ptr<Part> part_;
};

/// A loopback port that nobody listens on.
inline std::uint16_t closed_port(asio::io_context& io) {
    return tcp::acceptor(io, {asio::ip::address_v4::loopback(), 0}).local_endpoint().port();
}

/// Reads up to and with `end`.
awaitable<std::string> read_until(auto& stream, std::string_view end) {
    std::string text;
    co_await asio::async_read_until(stream, asio::dynamic_buffer(text), end, asio::use_awaitable);
    co_return text;
}

awaitable<void> write_text(auto& stream, std::string_view text) {
    co_await asio::async_write(stream, asio::buffer(text), asio::use_awaitable);
}

/// Reads what is there until the other side closes.
awaitable<std::string> read_all(auto& stream) {
    std::string text;
    boost::system::error_code error;
    co_await asio::async_read(stream, asio::dynamic_buffer(text), asio::redirect_error(asio::use_awaitable, error));
    co_return text;
}

/// Answers each request of a connection, whatever it asks, with the same text.
inline Peer::Part always(std::string answer) {
    return [answer = std::move(answer)](tcp::socket socket) -> awaitable<void> {
        for (;;) {
            co_await read_until(socket, "\r\n\r\n");
            co_await write_text(socket, answer);
        }
    };
}

/// A key and a certificate signed with itself, in PEM.
struct Certificate {
    std::string key_pem, certificate_pem;

    /// `names` as in a subjectAltName: "DNS:localhost,IP:127.0.0.1".
    static Certificate make(const std::string& names) {
        const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
        const std::unique_ptr<X509, decltype(&X509_free)> x509(X509_new(), X509_free);
        X509_set_version(x509.get(), X509_VERSION_3);
        ASN1_INTEGER_set(X509_get_serialNumber(x509.get()), 1);
        X509_gmtime_adj(X509_getm_notBefore(x509.get()), -3600);
        X509_gmtime_adj(X509_getm_notAfter(x509.get()), 3600);
        X509_set_pubkey(x509.get(), key.get());
        X509_NAME* name = X509_get_subject_name(x509.get());
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"), -1, -1, 0);
        X509_set_issuer_name(x509.get(), name);
        for (const auto& [nid, value] : {std::pair{NID_basic_constraints, std::string("critical,CA:TRUE")},
                                         std::pair{NID_subject_alt_name, names}}) {
            X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str());
            X509_add_ext(x509.get(), extension, -1);
            X509_EXTENSION_free(extension);
        }
        X509_sign(x509.get(), key.get(), EVP_sha256());
        return {pem([&](BIO* out) { PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr); }),
                pem([&](BIO* out) { PEM_write_bio_X509(out, x509.get()); })};
    }

  private:
    static std::string pem(auto&& write) {
        const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), BIO_free);
        write(out.get());
        char* text = nullptr;
        const long size = BIO_get_mem_data(out.get(), &text);
        return std::string(text, static_cast<std::size_t>(size));
    }
};

}  // namespace liveshop::test
