#pragma once
#include "modules/delivery/after_requests.hpp"
#include "platform/db/query.hpp"

namespace liveshop::delivery {

// Only while somebody has the job, and to that driver.
inline const db::Query<DeliveryMessage(DeliveryId, MessageSender, Text<1, 500>)> insert_message{
    "delivery.insert_message", R"(
    insert into delivery_messages (delivery_id, driver_id, sender, content)
    select d.id, d.driver_id, $2, $3 from deliveries d
     where d.id = $1 and d.status in ('accepted', 'at_pickup', 'picked_up', 'in_transit', 'at_dropoff')
    returning id, delivery_id, sender, content, created_at
)"};

// A driver reads what was said to this driver, the customer all of it.
inline const db::Query<DeliveryMessage(DeliveryId, std::optional<UserId>)> list_messages{"delivery.list_messages", R"(
    select id, delivery_id, sender, content, created_at
      from (select * from delivery_messages
             where delivery_id = $1 and ($2::uuid is null or driver_id = $2::uuid)
             order by created_at desc limit 200) as newest
     order by created_at
)"};

}  // namespace liveshop::delivery
