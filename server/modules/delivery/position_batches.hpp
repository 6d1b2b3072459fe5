#pragma once
// Positions of many drivers, written together: at 20,000 a second a transaction for each would be too many.
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <exception>
#include <map>

#include "modules/delivery/requests.hpp"
#include "platform/db/pool.hpp"

namespace liveshop::delivery {

/// A position as its driver reports it.
struct ReportedPosition {
    UserId driver_id;
    Latitude lat;
    Longitude lng;
    std::optional<double> accuracy, heading, speed;
    Timestamp recorded_at;
};
BOOST_DESCRIBE_STRUCT(ReportedPosition, (), (driver_id, lat, lng, accuracy, heading, speed, recorded_at))

/// What became of a reported position.
struct PositionOutcome {
    std::optional<PositionFault> fault;  ///< why it was not believed; then nothing is written
    std::optional<DeliveryId> current_delivery_id;
};

/// One a thread. Whoever reports first while nobody writes reads and writes for all who come before the transaction
/// begins, then hands on to the next who waits: a lone report is written at once, and the more come the larger are the
/// batches. A position is in the database when its report is answered.
class PositionBatches {
  public:
    static constexpr std::size_t batch_max = 500;

    explicit PositionBatches(db::Pool& pool) : pool_(pool) {}
    PositionBatches(const PositionBatches&) = delete;

    /// The caller holds no connection meanwhile. Throws what a query throws, then nothing is written.
    boost::asio::awaitable<PositionOutcome> keep(TenantId tenant, ReportedPosition position, Timestamp now);

    /// How many batches were written.
    std::uint64_t written() const { return written_; }

  private:
    struct Waiting {
        ReportedPosition position;
        Timestamp now;
        boost::asio::steady_timer woken;
        PositionOutcome outcome{};
        std::exception_ptr error{};
        bool is_done = false;
        bool leads = false;
    };
    using Batch = std::vector<Waiting*>;
    struct Queue {
        std::deque<Waiting*> waiting;
        bool is_led = false;
    };

    static Batch take(Queue& queue);
    static void wake(Waiting& waiting);
    boost::asio::awaitable<void> lead(TenantId tenant, Queue& queue, const Waiting& leader);
    boost::asio::awaitable<void> write(TenantId tenant, const Batch& batch);

    db::Pool& pool_;
    std::map<TenantId, Queue> queues_;
    std::uint64_t written_ = 0;
};

}  // namespace liveshop::delivery
