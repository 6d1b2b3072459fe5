#include "modules/notify/jobs.hpp"

#include "modules/notify/sending.hpp"
#include "modules/notify/store.hpp"
#include "modules/notify/subscribers.hpp"
#include "platform/api/route.hpp"

namespace liveshop::notify {
namespace {

awaitable<void> forget_old(Ctx& ctx, Nothing) { co_await ctx.tx.run(delete_old_notifications); }

}  // namespace

jobs::Table job_rows() {
    jobs::JobRow send = jobs::job<send_one>("notify.send");
    send.attempts_max = send_attempts_max;
    jobs::Table rows{std::move(send), jobs::periodic<forget_old>("notify.forget_old", 3'600)};
    for (const jobs::Table& more :
         {order_rows(), delivery_rows(), payout_rows(), stream_rows(), people_rows(), code_rows()})
        rows.insert(rows.end(), more.begin(), more.end());
    return rows;
}

}  // namespace liveshop::notify
