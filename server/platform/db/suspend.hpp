#pragma once
// A coroutine waiting for something that one of our own queues will answer.
#include <boost/asio.hpp>
#include <exception>
#include <memory>
#include <optional>

namespace liveshop::db {
namespace asio = boost::asio;
using asio::awaitable;

/// One suspended coroutine. Resumed at most once, through its executor; a second call does nothing.
template <class T>
class Suspended {
  public:
    virtual ~Suspended() = default;
    virtual void succeed(T value) = 0;
    virtual void fail(std::exception_ptr error) = 0;
    /// False once it was resumed or cancelled: nobody wants the answer any more.
    virtual bool waiting() const = 0;
};

template <class T, class Handler>
class SuspendedHandler final : public Suspended<T> {
  public:
    explicit SuspendedHandler(Handler handler) : handler_(std::move(handler)) {}

    void succeed(T value) override { resume(nullptr, std::move(value)); }
    void fail(std::exception_ptr error) override { resume(std::move(error), T{}); }
    bool waiting() const override { return handler_.has_value(); }

  private:
    void resume(std::exception_ptr error, T value) {
        if (!handler_) return;
        auto executor = asio::get_associated_executor(*handler_);
        auto call = [handler = std::move(*handler_), error = std::move(error), value = std::move(value)]() mutable {
            handler(std::move(error), std::move(value));
        };
        handler_.reset();
        asio::post(executor, std::move(call));
    }

    std::optional<Handler> handler_;
};

/// Suspends the calling coroutine and hands it to `start(std::shared_ptr<Suspended<T>>)`. Cancelling the coroutine
/// resumes it with operation_aborted at once; what was started goes on without it.
template <class T, class Start>
awaitable<T> suspend(Start start) {
    auto initiate = [](auto handler, Start start) {
        using Waiting = SuspendedHandler<T, decltype(handler)>;
        auto slot = asio::get_associated_cancellation_slot(handler);
        std::shared_ptr<Suspended<T>> waiting = std::make_shared<Waiting>(std::move(handler));
        if (slot.is_connected())
            slot.assign([cancelled = std::weak_ptr(waiting)](asio::cancellation_type) {
                if (auto still = cancelled.lock())
                    still->fail(std::make_exception_ptr(boost::system::system_error(asio::error::operation_aborted)));
            });
        start(std::move(waiting));
    };
    return asio::async_initiate<const asio::use_awaitable_t<>, void(std::exception_ptr, T)>(
        std::move(initiate), asio::use_awaitable, std::move(start));
}

}  // namespace liveshop::db
