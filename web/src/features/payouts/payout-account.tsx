"use client";

import { ExternalLink } from "lucide-react";
import type { PayoutAccount, Store } from "@/lib/api/types";
import { useUser } from "@/lib/auth/use-session";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Loaded, refused } from "@/ui/loaded";
import { Money } from "@/ui/money";
import { Notice } from "@/ui/states";
import { Card } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { PayoutSettingsForm } from "./payout-settings-form";
import { useChangePayoutSettings, useOpenPayoutAccount, usePayoutAccount } from "./queries";

function Standing({ store_id, account }: { store_id: string | null; account: PayoutAccount }) {
  const open = useOpenPayoutAccount(store_id);
  const go_on = () =>
    open.mutate(undefined, {
      onSuccess: ({ can_be_paid, onboarding_url }) => {
        if (onboarding_url) window.location.assign(onboarding_url);
        else if (can_be_paid) toast("success", "Your account can be paid");
      },
      onError: refused("The payment provider was not reached"),
    });
  return (
    <Card className="grid gap-3 p-5">
      <h2 className="flex flex-wrap items-center gap-3 text-lg">
        Payout account
        <Badge tone={account.can_be_paid ? "success" : "warning"}>
          {account.can_be_paid ? "Ready" : account.is_open ? "Not complete" : "None yet"}
        </Badge>
      </h2>
      <p className="text-ink-muted">
        {account.can_be_paid
          ? "Your money goes to the account you have given our payment provider."
          : "Our payment provider asks who you are and where your money goes. You come back here afterwards."}
      </p>
      {account.open_balances.length > 0 && (
        <p>
          Not paid out yet:{" "}
          {account.open_balances.map(({ currency, amount_minor }) => (
            <Money
              key={currency}
              amount_minor={amount_minor}
              currency={currency}
              className="mr-3 font-semibold"
            />
          ))}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {!account.can_be_paid && (
          <Button look="buy" busy={open.isPending} onClick={go_on}>
            <ExternalLink aria-hidden /> {account.is_open ? "Go on with it" : "Open a payout account"}
          </Button>
        )}
      </div>
    </Card>
  );
}

/** Where a store's money goes, and when. Its owner alone sees and changes it. */
export function StorePayoutAccount({ store }: { store: Store }) {
  const is_owner = useUser()?.id === store.owner_id;
  if (!is_owner) return <Notice tone="info">Only the store’s owner sees its payouts.</Notice>;
  return <OwnersAccount store_id={store.id} currency={store.currency} />;
}

type OwnersAccountProps = {
  /** null: the driver's own. */
  store_id: string | null;
  currency: string;
};

/** Where one's money goes, and when. */
export function OwnersAccount({ store_id, currency }: OwnersAccountProps) {
  const account = usePayoutAccount(store_id);
  const change = useChangePayoutSettings(store_id);
  return (
    <Loaded query={account} loading="Loading your payout account" className="h-40">
      {(now) => (
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <Standing store_id={store_id} account={now} />
          <Card className="grid gap-4 p-5">
            <h2 className="text-lg">When you are paid</h2>
            <PayoutSettingsForm
              settings={now.settings}
              currency={currency}
              busy={change.isPending}
              on_save={(settings) =>
                change.mutate(settings, {
                  onSuccess: () => toast("success", "The payout schedule is saved"),
                  onError: refused("The payout schedule was not saved"),
                })
              }
            />
          </Card>
        </div>
      )}
    </Loaded>
  );
}
