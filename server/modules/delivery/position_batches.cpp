#include "modules/delivery/position_batches.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <set>

#include "modules/delivery/position_store.hpp"
#include "modules/delivery/rules.hpp"
#include "platform/db/transaction.hpp"

namespace liveshop::delivery {
namespace asio = boost::asio;

namespace {

std::optional<Fix> fix_of(const LastPosition& last) {
    if (!last.lat || !last.lng || !last.recorded_at) return std::nullopt;
    return Fix{{*last.lat, *last.lng}, last.accuracy.value_or(0), *last.recorded_at};
}

Fix fix_of(const ReportedPosition& position) {
    return {{position.lat.value, position.lng.value}, position.accuracy.value_or(0), position.recorded_at};
}

}  // namespace

asio::awaitable<PositionOutcome> PositionBatches::keep(TenantId tenant, ReportedPosition position, Timestamp now) {
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    Waiting mine{.position = std::move(position),
                 .now = now,
                 .woken = asio::steady_timer(executor, asio::steady_timer::time_point::max())};
    Queue& queue = queues_[tenant];
    queue.waiting.push_back(&mine);
    if (queue.is_led) {
        boost::system::error_code ignored;
        while (!mine.is_done && !mine.leads)
            co_await mine.woken.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    if (!mine.is_done) co_await lead(tenant, queue, mine);
    if (mine.error) std::rethrow_exception(mine.error);
    co_return mine.outcome;
}

asio::awaitable<void> PositionBatches::lead(TenantId tenant, Queue& queue, const Waiting& leader) {
    queue.is_led = true;
    while (!leader.is_done) {
        const Batch batch = take(queue);
        std::exception_ptr error;
        try {
            co_await write(tenant, batch);
        } catch (...) {
            error = std::current_exception();
        }
        for (Waiting* const waiting : batch) {
            waiting->error = error;
            waiting->is_done = true;
            wake(*waiting);
        }
    }
    queue.is_led = !queue.waiting.empty();
    if (!queue.is_led) co_return;
    queue.waiting.front()->leads = true;
    wake(*queue.waiting.front());
}

void PositionBatches::wake(Waiting& waiting) { waiting.woken.expires_at(asio::steady_timer::time_point::min()); }

// In the order they came; of one driver's only the first, since the second is judged by it.
PositionBatches::Batch PositionBatches::take(Queue& queue) {
    Batch batch;
    std::set<UserId> drivers;
    std::deque<Waiting*> left;
    for (Waiting* const waiting : queue.waiting) {
        const bool is_taken = batch.size() < batch_max && drivers.insert(waiting->position.driver_id).second;
        if (is_taken)
            batch.push_back(waiting);
        else
            left.push_back(waiting);
    }
    queue.waiting = std::move(left);
    return batch;
}

asio::awaitable<void> PositionBatches::write(TenantId tenant, const Batch& batch) {
    db::Array<UserId> drivers;
    for (const Waiting* const waiting : batch) drivers.items.push_back(waiting->position.driver_id);
    db::Transaction tx = pool_.transaction({.tenant = tenant, .read_only = false});
    std::map<UserId, LastPosition> last;
    const std::vector<DriversPosition> found = co_await tx.all(find_last_positions, drivers);
    for (const DriversPosition& one : found) last.emplace(one.driver_id, one);
    std::vector<ReportedPosition> believed;
    for (Waiting* const waiting : batch) {
        const auto before = last.find(waiting->position.driver_id);
        const bool is_known = before != last.end();
        waiting->outcome.fault =
            fault_of(fix_of(waiting->position), is_known ? fix_of(before->second) : std::nullopt, waiting->now);
        if (is_known) waiting->outcome.current_delivery_id = before->second.current_delivery_id;
        if (!waiting->outcome.fault) believed.push_back(waiting->position);
    }
    // All lock drivers' rows in one order, so that two batches do not wait for each other.
    std::ranges::sort(believed, {}, &ReportedPosition::driver_id);
    std::set<UserId> saved;
    if (!believed.empty()) {
        const std::vector<UserId> ids = co_await tx.all(save_positions, believed);
        saved.insert(ids.begin(), ids.end());
    }
    co_await tx.commit();
    ++written_;
    for (Waiting* const waiting : batch)
        if (!waiting->outcome.fault && !saved.contains(waiting->position.driver_id))
            waiting->outcome.fault = PositionFault::out_of_order;
}

}  // namespace liveshop::delivery
