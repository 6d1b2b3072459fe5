"use client";

import type { OrderStatus } from "@/lib/api/types";
import { useUser } from "@/lib/auth/use-session";
import { useEvents } from "@/lib/realtime/use-events";
import { toast } from "@/ui/toast";

/** What a customer is told wherever they are; steps not listed are shown on the order's own page only. */
const notices: Partial<Record<OrderStatus, string>> = {
  preparing: "Your order is being prepared",
  picked_up: "Your order has been picked up",
  delivered: "Your order has arrived",
  cancelled: "Your order was cancelled",
};

/** Tells the customer about their orders while the page is open. */
export function OrderNotices() {
  const user = useUser();
  useEvents(
    {
      "order:update": ({ order }) => {
        const notice = notices[order.status];
        if (notice) toast("info", notice, `${order.store_name} · ${order.order_number}`);
      },
    },
    user?.role === "customer",
  );
  return null;
}
