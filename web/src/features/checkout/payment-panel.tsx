"use client";

import { CircleCheckBig } from "lucide-react";
import Link from "next/link";
import { useEffect, useRef } from "react";
import type { Order } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { CardForm } from "./card-form";
import { OrderItems } from "./order-items";
import { sum_of, Totals } from "./totals";
import type { Payment } from "./use-payment";

type PaymentPanelProps = {
  payment: Payment;
  /** Whether the page shows what is paid for already. */
  sums_shown?: boolean;
  on_done?: () => void;
};

/** From reserved to paid: the sums, the card, the bank's question, the thanks. */
export function PaymentPanel({ payment, sums_shown = false, on_done }: PaymentPanelProps) {
  const { state } = payment;
  if (state.step === "paid") return <Paid orders={state.orders} on_done={on_done} />;
  if (state.step === "action") {
    return (
      <ActionFrame
        url={state.next_action_url}
        busy={state.busy}
        on_done={() => payment.pay(order_ids(state.orders), null)}
      />
    );
  }
  if (state.step !== "card") return null;
  return (
    <div className="grid gap-5">
      {!sums_shown && (
        <>
          {state.orders.map((order) => (
            <OrderItems key={order.id} order={order} />
          ))}
          <Totals order={sum_of(state.orders)} />
        </>
      )}
      <CardForm payment={payment} />
    </div>
  );
}

const order_ids = (orders: readonly Order[]) => orders.map(({ id }) => id);

function ActionFrame({ url, busy, on_done }: { url: string; busy: boolean; on_done: () => void }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const latest = useRef(on_done);
  useEffect(() => {
    latest.current = on_done;
  });
  useEffect(() => {
    const { origin } = new URL(url);
    const listen = (event: MessageEvent<unknown>) => {
      if (event.origin !== origin || event.source !== frame.current?.contentWindow) return;
      const { data } = event;
      if (
        typeof data === "object" &&
        data !== null &&
        "type" in data &&
        data.type === "liveshop:action_done"
      ) {
        latest.current();
      }
    };
    window.addEventListener("message", listen);
    return () => window.removeEventListener("message", listen);
  }, [url]);

  return (
    <div className="grid gap-3">
      <p className="text-ink-muted">Your bank wants to know that it is you.</p>
      {busy && <p role="status">Asking your bank…</p>}
      <iframe
        ref={frame}
        src={url}
        title="Confirmation by your bank"
        className="h-96 w-full rounded-md border border-line bg-white"
      />
    </div>
  );
}

function Paid({ orders, on_done }: { orders: readonly Order[]; on_done?: () => void }) {
  return (
    <div role="status" className="grid justify-items-center gap-3 py-6 text-center">
      <CircleCheckBig className="size-12 animate-pop-in text-success" aria-hidden />
      <h3 className="text-2xl">Order placed</h3>
      <p className="text-ink-muted">The store has been told. You can follow every step.</p>
      <ul className="grid w-full gap-2">
        {orders.map((order) => (
          <li key={order.id}>
            <Button asChild look="outline" className="w-full">
              <Link href={`/orders/${order.id}`}>Follow order {order.order_number}</Link>
            </Button>
          </li>
        ))}
      </ul>
      {on_done && (
        <Button look="quiet" onClick={on_done}>
          Keep watching
        </Button>
      )}
    </div>
  );
}
