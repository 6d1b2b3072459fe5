#pragma once
#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/access.hpp"
#include "platform/db/transaction.hpp"
#include "platform/error.hpp"
#include "platform/event.hpp"
#include "platform/http/message.hpp"
#include "platform/services.hpp"

namespace liveshop {

template <class T>
using awaitable = boost::asio::awaitable<T>;

/// What one request may touch: who asks, of which tenant, in which transaction.
struct Ctx {
    TenantId tenant;
    std::optional<Principal> principal;
    db::Transaction& tx;
    const Services& services;
    Timestamp now;
    std::string request_id = {};
    const http::Request* request = nullptr;  ///< none behind a socket event or a job

    std::vector<http::Header> response_headers = {};
    std::vector<Emission> emissions = {};
    std::vector<std::string> rooms_joined = {};  ///< by the caller's socket, after the commit
    std::vector<std::string> rooms_left = {};
    std::vector<Emission> sealed = {};  ///< emissions of what is committed already
    bool has_committed = false;
    bool has_enqueued = false;  ///< jobs wait for the worker

    /// Throws unauthenticated where a visitor called.
    UserId user() const {
        if (!principal) throw Fail(PlatformErrc::unauthenticated);
        return principal->user;
    }
    bool is(Role role) const { return principal && principal->role == role; }

    /// Ends the transaction early, so that something outside can be waited for without holding it; the next query
    /// begins another one. What was committed stays, whatever comes after.
    awaitable<void> commit() {
        co_await tx.commit();
        has_committed = true;
        sealed.insert(sealed.end(), std::make_move_iterator(emissions.begin()),
                      std::make_move_iterator(emissions.end()));
        emissions.clear();
    }

    template <class T>
    void emit(std::string room, std::string_view event, const T& payload) {
        emissions.push_back({std::move(room), std::string(event), to_json(payload)});
    }
    template <class T>
    void emit(std::string room, const Event<T>& event, const std::type_identity_t<T>& payload) {
        emissions.push_back(event.to(std::move(room), payload));
    }
};

}  // namespace liveshop
