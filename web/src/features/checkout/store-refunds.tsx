"use client";

import { useQuery } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { useRef, useState } from "react";
import { api, body_of } from "@/lib/api/client";
import { new_idempotency_key } from "@/lib/api/idempotency";
import { sentence_of } from "@/lib/api/problem";
import { useChange } from "@/lib/api/use-change";
import type { Order, Refund, RefundList, RefundOrder, RefundReason } from "@/lib/api/types";
import { Badge, type Tone } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Check } from "@/ui/check";
import { Field, Input, Select, Textarea } from "@/ui/field";
import { Loaded } from "@/ui/loaded";
import { format_money, Money } from "@/ui/money";
import { Sheet } from "@/ui/sheet";
import { Notice } from "@/ui/states";
import { Stepper } from "@/ui/stepper";
import { Card } from "@/ui/surfaces";
import { Moment } from "@/ui/time";
import { toast } from "@/ui/toast";
import { checkout_keys } from "./queries";
import { empty_refund, reason_words, refund_of, type RefundKind } from "./refund-draft";

const refunds_key = (order_id: string) => ["refunds", order_id] as const;

const status_words: Record<Refund["status"], { label: string; tone: Tone }> = {
  pending: { label: "On its way", tone: "info" },
  succeeded: { label: "Given back", tone: "success" },
  failed: { label: "Refused by the bank", tone: "danger" },
};

const kind_words: Record<RefundKind, string> = {
  all: "All that is left",
  items: "Some items",
  amount: "An amount",
};

type RefundFormProps = { order: Order; left_minor: number; on_done: () => void };

function RefundForm({ order, left_minor, on_done }: RefundFormProps) {
  const [draft, set_draft] = useState(empty_refund);
  const [fault, set_fault] = useState<string | null>(null);
  // Pressed again because the first answer was lost, it is the same refund.
  const key = useRef({ body: "", key: "" });
  const give_back = useChange([refunds_key(order.id), checkout_keys.orders], (body: RefundOrder) => {
    const text = JSON.stringify(body);
    if (key.current.body !== text) key.current = { body: text, key: new_idempotency_key() };
    const params = { path: { order_id: order.id }, header: { "Idempotency-Key": key.current.key } };
    return body_of(api.POST("/api/v1/orders/{order_id}/refunds", { params, body }));
  });
  const set = (part: Partial<typeof draft>) => {
    set_fault(null);
    set_draft({ ...draft, ...part });
  };
  const submit = () => {
    const refund = refund_of(draft, order);
    if ("fault" in refund) return set_fault(refund.fault);
    give_back.mutate(refund.ok, {
      onSuccess: ({ amount_minor, currency }) => {
        toast("success", `${format_money(amount_minor, currency)} go back to the customer`);
        on_done();
      },
      onError: (refusal) => set_fault(sentence_of(refusal)),
    });
  };
  return (
    <form
      aria-label="Refund"
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {fault && <Notice>{fault}</Notice>}
      <Field label="What to give back">
        <Select value={draft.kind} onChange={(event) => set({ kind: event.target.value as RefundKind })}>
          {Object.entries(kind_words).map(([kind, words]) => (
            <option key={kind} value={kind}>
              {kind === "all" ? `${words}: ${format_money(left_minor, order.currency)}` : words}
            </option>
          ))}
        </Select>
      </Field>
      {draft.kind === "amount" && (
        <Field
          label={`Amount (${order.currency})`}
          hint={`At most ${format_money(left_minor, order.currency)}`}
        >
          <Input
            inputMode="decimal"
            value={draft.amount}
            onChange={(event) => set({ amount: event.target.value })}
          />
        </Field>
      )}
      {draft.kind === "items" && (
        <ul className="grid gap-2">
          {order.items.map(({ variant_id, name, variant_name, quantity }) => (
            <li key={variant_id} className="flex items-center justify-between gap-3">
              <span className="min-w-0">
                {name} <span className="text-ink-muted">{variant_name}</span>
              </span>
              <Stepper
                label={`Returned ${name} ${variant_name}`}
                min={0}
                max={quantity}
                value={draft.quantities[variant_id] ?? 0}
                on_change={(value) => set({ quantities: { ...draft.quantities, [variant_id]: value } })}
              />
            </li>
          ))}
        </ul>
      )}
      <Field label="Reason">
        <Select
          value={draft.reason}
          onChange={(event) => set({ reason: event.target.value as RefundReason })}
        >
          {Object.entries(reason_words).map(([reason, words]) => (
            <option key={reason} value={reason}>
              {words}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Note" optional>
        <Textarea
          rows={2}
          maxLength={500}
          value={draft.note}
          onChange={(event) => set({ note: event.target.value })}
        />
      </Field>
      {draft.kind !== "amount" && (
        <Check
          label="The items are on the shelf again"
          checked={draft.restock}
          onChange={(event) => set({ restock: event.target.checked })}
        />
      )}
      <Button type="submit" look="danger" size="lg" busy={give_back.isPending}>
        Refund
      </Button>
    </form>
  );
}

function Given({ list }: { list: RefundList }) {
  if (list.refunds.length === 0) return <p className="text-ink-muted">Nothing was given back.</p>;
  return (
    <ul aria-label="Refunds" className="divide-y divide-line">
      {list.refunds.map((refund) => (
        <li key={refund.id} className="grid gap-1 py-2.5">
          <span className="flex flex-wrap items-center justify-between gap-2">
            <Money amount_minor={refund.amount_minor} currency={refund.currency} className="font-semibold" />
            <Badge tone={status_words[refund.status].tone}>{status_words[refund.status].label}</Badge>
          </span>
          <span className="text-sm text-ink-muted">
            {reason_words[refund.reason]}, <Moment at={refund.created_at} />
          </span>
          {refund.note && <span className="text-sm">{refund.note}</span>}
          {refund.failure_message && <span className="text-sm text-danger">{refund.failure_message}</span>}
        </li>
      ))}
    </ul>
  );
}

/** What was given back of an order, and giving more back: once it is delivered. */
export function Refunds({ order }: { order: Order }) {
  const [open, set_open] = useState(false);
  const refunds = useQuery({
    queryKey: refunds_key(order.id),
    queryFn: () =>
      body_of(api.GET("/api/v1/orders/{order_id}/refunds", { params: { path: { order_id: order.id } } })),
  });
  return (
    <Card className="grid gap-3 p-5">
      <h2 className="text-lg">Refunds</h2>
      <Loaded query={refunds} loading="Loading refunds" className="h-24">
        {(list) => (
          <>
            <Given list={list} />
            {list.refundable_minor > 0 && order.status === "delivered" && (
              <>
                <Button look="outline" className="justify-self-start" onClick={() => set_open(true)}>
                  <Undo2 aria-hidden /> Give money back
                </Button>
                <Sheet open={open} on_open_change={set_open} place="side" title="Give money back">
                  <RefundForm
                    order={order}
                    left_minor={list.refundable_minor}
                    on_done={() => set_open(false)}
                  />
                </Sheet>
              </>
            )}
          </>
        )}
      </Loaded>
    </Card>
  );
}
