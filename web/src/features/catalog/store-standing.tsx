"use client";

import type { Store } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { Confirm } from "@/ui/confirm";
import { refused } from "@/ui/loaded";
import { Notice } from "@/ui/states";
import { Card } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { useChangeStore, useCloseStore } from "./queries";

/** What keeps a store from selling, and why; nothing where nothing does. */
export function StoreStanding({ store }: { store: Store }) {
  const { verification_status, verification_note, is_active, closed_at } = store;
  if (closed_at) return <Notice tone="warning">This store was closed for good.</Notice>;
  if (verification_status === "rejected") {
    return (
      <Notice>
        Your store was not verified{verification_note ? `: ${verification_note}` : "."} Change what was found
        wrong, then write to the marketplace.
      </Notice>
    );
  }
  if (verification_status === "pending") {
    return (
      <Notice tone="info">
        Waiting for verification. Until the marketplace has verified your store, only you and your team see
        it. You can add products meanwhile.
      </Notice>
    );
  }
  if (!is_active)
    return <Notice tone="warning">Your store is paused: customers cannot find or buy anything.</Notice>;
  return null;
}

/** Pauses selling, and goes on. */
export function PauseStore({ store }: { store: Store }) {
  const change = useChangeStore(store.id);
  const { is_active } = store;
  return (
    <Card className="flex flex-wrap items-center justify-between gap-3 p-5">
      <div>
        <h2 className="text-lg">{is_active ? "Your store is selling" : "Your store is paused"}</h2>
        <p className="text-ink-muted">
          {is_active
            ? "Pause it while you are away: orders you have stay."
            : "Nobody can find or buy anything."}
        </p>
      </div>
      <Button
        look={is_active ? "danger" : "solid"}
        busy={change.isPending}
        onClick={() =>
          change.mutate(
            { is_active: !is_active },
            {
              onSuccess: () => toast("success", is_active ? "The store is paused" : "The store sells again"),
              onError: refused("Nothing was changed"),
            },
          )
        }
      >
        {is_active ? "Pause the store" : "Sell again"}
      </Button>
    </Card>
  );
}

/** Ends a store for good, once nothing of it is under way. */
export function CloseStore({ store }: { store: Store }) {
  const close = useCloseStore();
  return (
    <Card className="flex flex-wrap items-center justify-between gap-3 p-5">
      <div>
        <h2 className="text-lg">Close the store for good</h2>
        <p className="text-ink-muted">What was sold stays on record. This is not taken back.</p>
      </div>
      <Confirm
        label="Close the store"
        title={`Close ${store.name} for good?`}
        description="Nobody finds it any more, and it cannot be opened again."
        action="Close it for good"
        busy={close.isPending}
        on_confirm={() =>
          close.mutate(store.id, {
            onSuccess: () => toast("success", `${store.name} is closed`),
            onError: refused(`${store.name} was not closed`),
          })
        }
      />
    </Card>
  );
}
