"use client";

import { OwnersAccount } from "@/features/payouts/payout-account";
import { MyPayouts } from "@/features/payouts/payout-list";
import { useConfig } from "@/lib/config";
import { Loaded } from "@/ui/loaded";

/** Where the driver's money goes, when, and what has gone there. */
export function DriverPayouts() {
  const config = useConfig();
  return (
    <div className="grid gap-8">
      <Loaded query={config} loading="Loading your payout account" className="h-40">
        {({ default_currency }) => <OwnersAccount store_id={null} currency={default_currency} />}
      </Loaded>
      <MyPayouts />
    </div>
  );
}
