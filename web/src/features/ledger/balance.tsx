"use client";

import { useQuery } from "@tanstack/react-query";
import { Wallet } from "lucide-react";
import { api, body_of } from "@/lib/api/client";
import { sentence_of } from "@/lib/api/problem";
import type { Statement } from "@/lib/api/types";
import { useUser } from "@/lib/auth/use-session";
import { DataTable } from "@/ui/data-table";
import { Money } from "@/ui/money";
import { EmptyState, ErrorState } from "@/ui/states";
import { Card, Skeleton } from "@/ui/surfaces";
import { Moment } from "@/ui/time";

export function useBalance() {
  const user = useUser();
  return useQuery({
    queryKey: ["balance"],
    queryFn: () => body_of(api.GET("/api/v1/me/balance")),
    enabled: user !== null,
  });
}

const entry_words: Record<Statement["entries"][number]["kind"], string> = {
  capture: "Card charged",
  delivery: "Order delivered",
  refund: "Refunded to the customer",
  payout: "Paid out",
  failure: "Delivery failed",
};

function Amounts({ balances }: { balances: Statement["balances"] }) {
  return (
    <div className="flex flex-wrap gap-3">
      {balances.map(({ currency, amount_minor }) => (
        <Card key={currency} className="min-w-48 p-5">
          <p className="text-sm text-ink-muted">Balance</p>
          <Money
            amount_minor={amount_minor}
            currency={currency}
            className="font-display text-3xl font-bold tracking-tight"
          />
        </Card>
      ))}
    </div>
  );
}

/** What a store or a driver has earned and not been paid out yet, entry by entry. */
export function BalanceView() {
  const balance = useBalance();
  if (balance.isLoadingError) {
    return <ErrorState message={sentence_of(balance.error)} on_retry={() => balance.refetch()} />;
  }
  if (!balance.data) return <Skeleton className="h-40" aria-label="Loading the balance" />;
  const { balances, entries } = balance.data;
  if (entries.length === 0) {
    return (
      <EmptyState icon={Wallet} title="Nothing earned yet">
        Each delivered order is credited here to the cent.
      </EmptyState>
    );
  }
  return (
    <div className="grid gap-6">
      <Amounts balances={balances} />
      <DataTable
        caption="Entries"
        rows={entries}
        row_key={(entry) => entry.id}
        columns={[
          { heading: "When", cell: (entry) => <Moment at={entry.created_at} /> },
          { heading: "What", cell: (entry) => entry_words[entry.kind] },
          {
            heading: "Amount",
            align: "right",
            cell: (entry) => <Money amount_minor={entry.amount_minor} currency={entry.currency} />,
          },
        ]}
      />
    </div>
  );
}
