"use client";

import type { Order } from "@/lib/api/types";
import { Confirm } from "@/ui/confirm";
import { refused } from "@/ui/loaded";
import { toast } from "@/ui/toast";
import { is_paid, store_may_cancel } from "./order-words";
import { useMoveOrder } from "./queries";

/** The store gives an order up, for as long as no driver has it. */
export function CancelByStore({ order, store_id }: { order: Order; store_id: string }) {
  const move = useMoveOrder(store_id, refused(`${order.order_number} was not cancelled`));
  if (!store_may_cancel(order)) return null;
  return (
    <Confirm
      label="Cancel"
      name={`Cancel ${order.order_number}`}
      title={`Cancel ${order.order_number}?`}
      description={
        is_paid(order)
          ? "The customer is told and not charged; the items are on the shelf again."
          : "The customer is told; the items are on the shelf again."
      }
      action="Cancel the order"
      busy={move.isPending}
      on_confirm={() =>
        move.mutate(
          { order_id: order.id, status: "cancelled" },
          { onSuccess: () => toast("success", `${order.order_number} is cancelled`) },
        )
      }
    />
  );
}
