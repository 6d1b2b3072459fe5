"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useReducer, useRef } from "react";
import { api, body_of } from "@/lib/api/client";
import { new_idempotency_key } from "@/lib/api/idempotency";
import { sentence_of } from "@/lib/api/problem";
import type { Order, PlaceOrders } from "@/lib/api/types";
import { CardError } from "./card-frame";
import { payment_start, payment_step, type PaymentEvent } from "./payment-machine";
import { checkout_keys } from "./queries";

function fault_sentence(fault: unknown): string {
  return fault instanceof CardError ? fault.message : sentence_of(fault);
}

/**
 * Buying, from what is wanted to paid: reserve the items, type the card, pay, answer the bank's question if it has
 * one. Each attempt has its own idempotency key; repeating an attempt after a lost answer repeats the key.
 */
export function usePayment() {
  const queries = useQueryClient();
  const [state, dispatch] = useReducer(payment_step, payment_start);
  const order_key = useRef<{ body: string; key: string } | null>(null);

  const run = useCallback(async (work: () => Promise<PaymentEvent>) => {
    dispatch({ type: "work" });
    try {
      dispatch(await work());
    } catch (fault) {
      dispatch({ type: "fault", message: fault_sentence(fault) });
    }
  }, []);

  const reserve = useCallback(
    (wanted: PlaceOrders) =>
      run(async () => {
        const body = JSON.stringify(wanted);
        if (order_key.current?.body !== body) order_key.current = { body, key: new_idempotency_key() };
        const header = { "Idempotency-Key": order_key.current.key };
        const placed = await body_of(
          api.POST("/api/v1/orders", { params: { header }, body: wanted }),
        ).finally(() => void queries.invalidateQueries({ queryKey: ["products"] }));
        order_key.current = null;
        void queries.invalidateQueries({ queryKey: checkout_keys.cart });
        return { type: "reserved", ...placed };
      }),
    [run, queries],
  );

  const pay = useCallback(
    (order_ids: string[], tokenize: (() => Promise<string>) | null) =>
      run(async () => {
        const payment_method_id = tokenize ? await tokenize() : undefined;
        const header = { "Idempotency-Key": new_idempotency_key() };
        const body = { order_ids, ...(payment_method_id ? { payment_method_id } : {}) };
        const result = await body_of(api.POST("/api/v1/checkout", { params: { header }, body }));
        void queries.invalidateQueries({ queryKey: checkout_keys.orders });
        void queries.invalidateQueries({ queryKey: ["products"] });
        return { type: "answered", result };
      }),
    [run, queries],
  );

  /** Gives the held items back, when the buyer turns away before paying. */
  const release = useCallback(
    (orders: readonly Order[]) => {
      dispatch({ type: "restart" });
      const cancels = orders.map(({ id }) =>
        body_of(api.POST("/api/v1/orders/{order_id}/cancel", { params: { path: { order_id: id } } })),
      );
      Promise.all(cancels)
        .catch((fault: unknown) => console.warn("hold left to expire:", fault))
        .finally(() => void queries.invalidateQueries({ queryKey: checkout_keys.orders }));
    },
    [queries],
  );

  const resume = useCallback((orders: Order[]) => {
    const [first] = orders;
    if (!first) return;
    const total_amount_minor = orders.reduce((sum, order) => sum + order.total_amount_minor, 0);
    dispatch({ type: "reserved", orders, currency: first.currency, total_amount_minor });
  }, []);
  const restart = useCallback(() => dispatch({ type: "restart" }), []);
  return { state, reserve, pay, release, resume, restart };
}

export type Payment = ReturnType<typeof usePayment>;
