"use client";

import { Check, Circle } from "lucide-react";
import { sentence_of } from "@/lib/api/problem";
import type { Order, OrderStatus } from "@/lib/api/types";
import { address_line } from "@/ui/address/address-schema";
import { Button } from "@/ui/button";
import { cn } from "@/ui/class-names";
import { Card } from "@/ui/surfaces";
import { Moment } from "@/ui/time";
import { toast } from "@/ui/toast";
import { OrderItems } from "./order-items";
import { is_payable, order_words, payment_words } from "./order-words";
import { PaymentPanel } from "./payment-panel";
import { useCancelOrder } from "./queries";
import { Totals } from "./totals";
import { usePayment } from "./use-payment";

const way: OrderStatus[] = [
  "pending",
  "confirmed",
  "preparing",
  "ready",
  "picked_up",
  "in_transit",
  "delivered",
];

/** The steps of an order from the store to the door. */
export function OrderProgress({ order }: { order: Order }) {
  const reached = way.indexOf(order.status);
  if (reached < 0 || is_payable(order))
    return <p className="text-ink-muted">{order_words(order).sentence}</p>;
  return (
    <ol aria-label="Progress" className="grid gap-0">
      {way.map((status, index) => {
        const done = index <= reached;
        const entry = order.timeline.find((each) => each.status === status);
        return (
          <li key={status} aria-current={index === reached ? "step" : undefined} className="flex gap-3">
            <span className="flex flex-col items-center">
              <span
                className={cn(
                  "grid size-6 place-items-center rounded-full",
                  done ? "bg-success text-canvas" : "bg-sunken text-line-strong",
                )}
              >
                {done ? (
                  <Check className="size-4" aria-hidden />
                ) : (
                  <Circle className="size-2.5" aria-hidden />
                )}
              </span>
              {index < way.length - 1 && (
                <span
                  className={cn("w-0.5 flex-1", index < reached ? "bg-success" : "bg-line")}
                  aria-hidden
                />
              )}
            </span>
            <span className={cn("pb-4", !done && "text-ink-muted")}>
              <span className={cn("block leading-6", index === reached && "font-bold")}>
                {order_words({ ...order, status }).label}
              </span>
              {entry && <Moment at={entry.created_at} className="text-sm text-ink-muted" />}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

export function OrderReceipt({ order }: { order: Order }) {
  return (
    <Card className="grid gap-4 p-5">
      <h2 className="text-lg">Receipt</h2>
      <OrderItems order={order} />
      <Totals order={order} />
      <p className="text-sm text-ink-muted">{payment_words[order.payment_status]}</p>
      <p className="border-t border-line pt-3 text-sm">
        <span className="block text-ink-muted">Deliver to</span>
        {address_line(order.shipping_address)}
      </p>
    </Card>
  );
}

/** What the customer can still do: pay what is unpaid, cancel what the store has not confirmed yet. */
export function OrderActions({ order }: { order: Order }) {
  const payment = usePayment();
  const cancel = useCancelOrder();
  if (order.status !== "pending") return null;
  return (
    <div className="grid gap-4">
      {is_payable(order) && payment.state.step === "choose" && (
        <Button look="buy" size="lg" onClick={() => payment.resume([order])}>
          Pay now
        </Button>
      )}
      {payment.state.step !== "choose" && (
        <Card className="p-5">
          <PaymentPanel payment={payment} sums_shown />
        </Card>
      )}
      <Button
        look="danger"
        busy={cancel.isPending}
        onClick={() =>
          cancel.mutate(order.id, {
            onSuccess: () => toast("success", "Order cancelled"),
            onError: (fault) => toast("danger", "Not cancelled", sentence_of(fault)),
          })
        }
      >
        Cancel order
      </Button>
    </div>
  );
}
