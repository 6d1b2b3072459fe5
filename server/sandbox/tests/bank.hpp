#pragma once
// The sandbox's API without sockets and with a clock of the test's own.
#include <unistd.h>

#include <filesystem>

#include "sandbox/api.hpp"

namespace liveshop::sandbox {

/// A folder of the test's own, gone afterwards.
struct ScratchFolder {
    ScratchFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "liveshop-sandbox-XXXXXX").string();
        if (!mkdtemp(name.data())) throw std::runtime_error("no folder for the test");
        path = name;
    }
    ~ScratchFolder() { std::filesystem::remove_all(path); }
    ScratchFolder(const ScratchFolder&) = delete;
    std::filesystem::path path;
};

struct Answered {
    int status = 0;
    json::value body;
    http::Response response;
    bool withheld = false;

    std::string text(std::string_view pointer) const {
        boost::system::error_code error;
        const json::value* found = body.find_pointer(pointer, error);
        return found && found->is_string() ? std::string(found->get_string()) : "";
    }
    std::int64_t number(std::string_view pointer) const { return body.at_pointer(pointer).as_int64(); }
    std::string header(std::string_view name) const {
        for (const http::Header& header : response.headers)
            if (header.name == name) return header.value;
        return "";
    }
};

class Bank {
  public:
    static constexpr std::string_view secret_key = "sk_test_0123456789abcdef";
    static constexpr std::string_view publishable_key = "pk_test_0123456789abcdef";

    explicit Bank(std::filesystem::path folder)
        : store(folder),
          payments(
              store, [this] { return now; }, "http://127.0.0.1:1"),
          api(payments, std::string(secret_key), std::string(publishable_key)) {}

    Answered call(std::string_view method, std::string_view path, std::string_view form,
                  std::string_view idempotency = "", std::string_view key = secret_key) {
        const std::string bearer = "Bearer " + std::string(key);
        const std::array headers{http::HeaderView{"authorization", bearer},
                                 http::HeaderView{"idempotency-key", idempotency}};
        const http::Request request{.method = method,
                                    .path = path,
                                    .query = method == "GET" ? form : "",
                                    .body = method == "GET" ? "" : form,
                                    .headers = headers,
                                    .remote_address = "127.0.0.1"};
        Api::Reply reply = api.answer(request);
        return {reply.response.status, json::parse(reply.response.body), std::move(reply.response), reply.withheld};
    }
    Answered post(std::string_view path, std::string_view form, std::string_view idempotency = "") {
        return call("POST", path, form, idempotency);
    }
    Answered get(std::string_view path, std::string_view query = "") { return call("GET", path, query); }

    /// Creates and confirms with manual capture.
    Answered pay(std::string_view token, std::string_view idempotency = "") {
        return post(
            "/v1/payment_intents",
            "amount=2500&currency=eur&capture_method=manual&confirm=true&return_url=https%3A%2F%2Fshop.example%2F"
            "back&payment_method=" +
                std::string(token),
            idempotency);
    }

    std::int64_t now = 1'800'000'000;
    Store store;
    Payments payments;
    Api api;
};

}  // namespace liveshop::sandbox
