"use client";

import { Banknote } from "lucide-react";
import { useState } from "react";
import type { Payout } from "@/lib/api/types";
import { Badge } from "@/ui/badge";
import { DataTable } from "@/ui/data-table";
import { Loaded } from "@/ui/loaded";
import { Money } from "@/ui/money";
import { Sheet } from "@/ui/sheet";
import { EmptyState, Notice } from "@/ui/states";
import { Moment } from "@/ui/time";
import { item_words, payout_words } from "./payout-words";
import { usePayout, usePayouts } from "./queries";

export function PayoutBadge({ payout }: { payout: Payout }) {
  const { label, tone } = payout_words[payout.status];
  return <Badge tone={tone}>{label}</Badge>;
}

/** A payout with every order and delivery it pays for. */
export function PayoutSheet({ payout, on_close }: { payout: Payout; on_close: () => void }) {
  const detail = usePayout(payout.id);
  return (
    <Sheet open place="side" on_open_change={(open) => open || on_close()} title="Payout">
      <Loaded query={detail} loading="Loading this payout" className="h-48">
        {({ payout: now, items }) => (
          <div className="grid gap-4">
            <p className="flex items-center justify-between gap-3">
              <Money
                amount_minor={now.amount_minor}
                currency={now.currency}
                className="font-display text-2xl font-bold"
              />
              <PayoutBadge payout={now} />
            </p>
            {now.failure_message && (
              <Notice>
                {now.failure_message}
                {now.next_attempt_at && (
                  <>
                    {" "}
                    Tried again <Moment at={now.next_attempt_at} />.
                  </>
                )}
              </Notice>
            )}
            <ul aria-label="What it pays for" className="divide-y divide-line">
              {items.map((item) => (
                <li
                  key={item.kind + (item.order_id ?? item.delivery_id ?? "") + item.created_at}
                  className="flex items-baseline justify-between gap-3 py-2.5"
                >
                  <span>
                    <span className="block font-semibold">{item.order_number ?? item_words[item.kind]}</span>
                    <span className="block text-sm text-ink-muted">
                      {item_words[item.kind]}, <Moment at={item.created_at} />
                    </span>
                  </span>
                  <Money amount_minor={item.amount_minor} currency={now.currency} />
                </li>
              ))}
            </ul>
          </div>
        )}
      </Loaded>
    </Sheet>
  );
}

type PayoutTableProps = { payouts: readonly Payout[]; on_open: (payout: Payout) => void };

export function PayoutTable({ payouts, on_open }: PayoutTableProps) {
  return (
    <DataTable
      caption="Payouts"
      rows={payouts}
      row_key={({ id }) => id}
      columns={[
        {
          heading: "Until",
          cell: (payout) => (
            <button
              type="button"
              className="rounded-sm text-left font-semibold underline-offset-4 hover:underline"
              onClick={() => on_open(payout)}
            >
              <Moment at={payout.period_end} />
            </button>
          ),
        },
        { heading: "State", cell: (payout) => <PayoutBadge payout={payout} /> },
        { heading: "Attempts", align: "right", wide_only: true, cell: ({ attempts }) => attempts },
        {
          heading: "Amount",
          align: "right",
          cell: ({ amount_minor, currency }) => <Money amount_minor={amount_minor} currency={currency} />,
        },
      ]}
    />
  );
}

/** What the caller was paid and will be. */
export function MyPayouts() {
  const payouts = usePayouts();
  const [opened, set_opened] = useState<Payout | null>(null);
  return (
    <Loaded query={payouts} loading="Loading payouts">
      {(all) => (
        <>
          {all.length === 0 ? (
            <EmptyState icon={Banknote} title="No payouts yet">
              What delivered orders have earned is paid out by your schedule.
            </EmptyState>
          ) : (
            <PayoutTable payouts={all} on_open={set_opened} />
          )}
          {opened && <PayoutSheet payout={opened} on_close={() => set_opened(null)} />}
        </>
      )}
    </Loaded>
  );
}
