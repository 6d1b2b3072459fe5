"use client";

import { useRef } from "react";
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
  // An order is told of for other changes, too (its payment): a step is announced once.
  const announced = useRef(new Map<string, OrderStatus>());
  useEvents(
    {
      "order:update": ({ order }) => {
        const notice = announced.current.get(order.id) === order.status ? undefined : notices[order.status];
        announced.current.set(order.id, order.status);
        if (notice) toast("info", notice, `${order.store_name} · ${order.order_number}`);
      },
    },
    user?.role === "customer",
  );
  return null;
}
