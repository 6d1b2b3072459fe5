"use client";

import { useQuery } from "@tanstack/react-query";
import { api, body_of } from "@/lib/api/client";
import type { Order, Refund } from "@/lib/api/types";
import { Badge, type Tone } from "@/ui/badge";
import { Loaded } from "@/ui/loaded";
import { Money } from "@/ui/money";
import { Card } from "@/ui/surfaces";
import { Moment } from "@/ui/time";
import { checkout_keys } from "./queries";

const status_words: Record<Refund["status"], { label: string; tone: Tone }> = {
  pending: { label: "On its way to your card", tone: "info" },
  succeeded: { label: "Sent to your card", tone: "success" },
  failed: { label: "It did not go through: the store is told", tone: "danger" },
};

const reason_words: Record<Refund["reason"], string> = {
  requested_by_customer: "As you asked",
  duplicate: "Paid twice",
  fraudulent: "Not your purchase",
  undeliverable: "It could not be delivered",
};

/** Whether money can have been given back of an order. */
const may_have_refunds = ({ payment_status }: Order) =>
  payment_status === "captured" || payment_status === "refunded";

/** What was given back of an order, and how each of it stands; nothing where there is nothing. */
export function OrderRefunds({ order }: { order: Order }) {
  const refunds = useQuery({
    // Below the order's own key: what is told of the order renews this, too.
    queryKey: [...checkout_keys.order(order.id), "refunds"],
    queryFn: () =>
      body_of(api.GET("/api/v1/orders/{order_id}/refunds", { params: { path: { order_id: order.id } } })),
    enabled: may_have_refunds(order),
  });
  if (!may_have_refunds(order) || refunds.data?.refunds.length === 0) return null;
  return (
    <Card role="region" aria-label="Refunds" className="grid gap-3 p-5">
      <Loaded query={refunds} loading="Loading refunds" className="h-12">
        {({ refunds: given, refunded_minor, currency }) => (
          <>
            <h2 className="flex justify-between text-lg">
              Given back <Money amount_minor={refunded_minor} currency={currency} />
            </h2>
            <ul className="grid gap-2">
              {given.map((refund) => (
                <li key={refund.id} className="grid gap-0.5 text-sm">
                  <span className="flex items-center justify-between gap-3">
                    <Badge tone={status_words[refund.status].tone}>{status_words[refund.status].label}</Badge>
                    <Money amount_minor={refund.amount_minor} currency={refund.currency} />
                  </span>
                  <span className="text-ink-muted">
                    {reason_words[refund.reason]} · <Moment at={refund.created_at} />
                  </span>
                  {refund.note && <span>{refund.note}</span>}
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </Card>
  );
}
