"use client";

import { StorePayoutAccount } from "@/features/payouts/payout-account";
import { MyPayouts } from "@/features/payouts/payout-list";
import { PageHeader } from "@/ui/shell/page";
import { WithStore } from "../with-store";

export function Payouts() {
  return (
    <>
      <PageHeader title="Payouts">What your store has earned, on its way to your bank.</PageHeader>
      <WithStore>
        {(store) => (
          <div className="grid gap-6">
            <StorePayoutAccount store={store} />
            <MyPayouts />
          </div>
        )}
      </WithStore>
    </>
  );
}
