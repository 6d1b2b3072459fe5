#pragma once
#include "platform/http/message.hpp"
#include "sandbox/endpoints.hpp"

namespace liveshop::sandbox {

/// Trouble ordered by a test for the next requests: POST /sandbox/faults {"next": "timeout", "count": 1}.
enum class Fault {
    none,
    timeout,       ///< carried out, and never answered
    server_error,  ///< carried out, and answered with 500
    rate_limit,    ///< 429, not carried out
    delay,         ///< the next confirmation is `processing` for two seconds
};

/// Stripe's HTTP API: keys, versions, idempotency, parameters, errors. Synchronous: one request after the other.
class Api {
  public:
    Api(Payments& payments, std::string secret_key, std::string publishable_key);

    struct Reply {
        http::Response response;
        bool withheld = false;  ///< the client is to wait in vain
    };
    /// For every path below /v1/. Commits what was changed before it returns.
    Reply answer(const http::Request& request);
    /// For POST /sandbox/faults.
    http::Response order_fault(const http::Request& request);

  private:
    struct Outcome {
        int status = 200;
        std::string body{};
        bool replayed = false;
        std::string original_request{};
    };
    /// Throws a Refusal with 401.
    Key authenticate(const http::Request& request) const;
    Outcome carry_out(const http::Request& request);
    Outcome carry_out_once(const Endpoint& endpoint, const Asked& asked, const http::Request& request);
    Outcome call(const Endpoint& endpoint, const Asked& asked);
    Fault next_fault();

    Payments& payments_;
    std::string secret_key_, publishable_key_;
    Fault fault_ = Fault::none;
    std::int64_t faults_left_ = 0;
};

}  // namespace liveshop::sandbox
