"use client";

import { Banknote } from "lucide-react";
import { useState } from "react";
import { useConfig } from "@/lib/config";
import type { Payout, PayoutStatus } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { Confirm } from "@/ui/confirm";
import { DataTable } from "@/ui/data-table";
import { Field, Select } from "@/ui/field";
import { Loaded, refused } from "@/ui/loaded";
import { Money } from "@/ui/money";
import { EmptyState } from "@/ui/states";
import { Card } from "@/ui/surfaces";
import { Moment } from "@/ui/time";
import { toast } from "@/ui/toast";
import { PayoutBadge } from "./payout-list";
import { PayoutSettingsForm } from "./payout-settings-form";
import { payout_words } from "./payout-words";
import {
  useAllPayouts,
  useChangeTenantPayoutSettings,
  useRetryPayout,
  useRunPayouts,
  useTenantPayoutSettings,
} from "./queries";

/** Pays everybody out now, after asking once. */
export function RunPayouts() {
  const run = useRunPayouts();
  return (
    <Confirm
      size="md"
      label="Pay out now"
      title="Pay everybody out now?"
      description="Whatever their schedule: all that is owed from the smallest amount on is sent."
      action="Pay out"
      busy={run.isPending}
      on_confirm={() =>
        run.mutate(undefined, {
          onSuccess: (made) =>
            toast(
              "success",
              made.length === 1 ? "1 payout is on its way" : `${made.length} payouts are on their way`,
            ),
          onError: refused("Nothing was paid out"),
        })
      }
    />
  );
}

function Table({ payouts }: { payouts: readonly Payout[] }) {
  const retry = useRetryPayout();
  return (
    <DataTable
      caption="Payouts"
      rows={payouts}
      row_key={({ id }) => id}
      columns={[
        { heading: "To", cell: ({ recipient_type }) => (recipient_type === "store" ? "Store" : "Driver") },
        { heading: "Until", wide_only: true, cell: ({ period_end }) => <Moment at={period_end} /> },
        {
          heading: "State",
          cell: (payout) => (
            <>
              <PayoutBadge payout={payout} />
              {payout.failure_message && (
                <span className="mt-1 block max-w-64 text-sm text-ink-muted">{payout.failure_message}</span>
              )}
            </>
          ),
        },
        { heading: "Attempts", align: "right", wide_only: true, cell: ({ attempts }) => attempts },
        {
          heading: "Amount",
          align: "right",
          cell: (payout) => (
            <span className="grid justify-items-end gap-1.5">
              <Money amount_minor={payout.amount_minor} currency={payout.currency} />
              {payout.status === "failed" && (
                <Button
                  look="outline"
                  size="sm"
                  busy={retry.isPending && retry.variables === payout.id}
                  onClick={() =>
                    retry.mutate(payout.id, {
                      onSuccess: () => toast("success", "It is tried again"),
                      onError: refused("It was not tried again"),
                    })
                  }
                >
                  Try again
                </Button>
              )}
            </span>
          ),
        },
      ]}
    />
  );
}

/** Every payout of the marketplace, the newest first. */
export function AdminPayouts() {
  const [status, set_status] = useState<PayoutStatus | "">("");
  const payouts = useAllPayouts(status);
  return (
    <div className="grid gap-4">
      <Field label="State" className="max-w-48">
        <Select value={status} onChange={(event) => set_status(event.target.value as PayoutStatus | "")}>
          <option value="">All</option>
          {Object.entries(payout_words).map(([value, { label }]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Loaded query={payouts} loading="Loading payouts">
        {(all) =>
          all.length === 0 ? (
            <EmptyState icon={Banknote} title="No payouts">
              They are made by schedule, once enough is owed.
            </EmptyState>
          ) : (
            <Table payouts={all} />
          )
        }
      </Loaded>
    </div>
  );
}

/** When those are paid who have not said. */
export function TenantPayoutSettings() {
  const settings = useTenantPayoutSettings();
  const config = useConfig();
  const change = useChangeTenantPayoutSettings();
  return (
    <Card className="grid gap-3 p-5">
      <h2 className="text-lg">Payouts</h2>
      <Loaded query={settings} loading="Loading the payout schedule" className="h-40">
        {(now) => (
          <Loaded query={config} loading="Loading the payout schedule" className="h-40">
            {({ default_currency }) => (
              <PayoutSettingsForm
                settings={now}
                currency={default_currency}
                with_time_zone
                busy={change.isPending}
                on_save={(wanted) =>
                  change.mutate(wanted, {
                    onSuccess: () => toast("success", "The payout schedule is saved"),
                    onError: refused("The payout schedule was not saved"),
                  })
                }
              />
            )}
          </Loaded>
        )}
      </Loaded>
    </Card>
  );
}
