"use client";

import { useState, type ReactNode } from "react";
import { api, body_of } from "@/lib/api/client";
import { useChange } from "@/lib/api/use-change";
import type { StoreRow } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { Field, Textarea } from "@/ui/field";
import { refused } from "@/ui/loaded";
import { Sheet } from "@/ui/sheet";
import { Notice } from "@/ui/states";
import { toast } from "@/ui/toast";
import { admin_stores_key } from "./admin-stores";

function Decision({ store }: { store: StoreRow }) {
  const [reason, set_reason] = useState("");
  const path = { store_id: store.id };
  const verify = useChange([admin_stores_key], () =>
    body_of(api.POST("/api/v1/admin/stores/{store_id}/verify", { params: { path } })),
  );
  const reject = useChange([admin_stores_key], (why: string) =>
    body_of(api.POST("/api/v1/admin/stores/{store_id}/reject", { params: { path }, body: { reason: why } })),
  );
  return (
    <div className="grid gap-5">
      {store.verification_status !== "verified" && (
        <Button
          className="justify-self-start"
          busy={verify.isPending}
          onClick={() =>
            verify.mutate(undefined, {
              onSuccess: () => toast("success", `${store.name} sells now`),
              onError: refused(`${store.name} was not verified`),
            })
          }
        >
          Verify this store
        </Button>
      )}
      {store.verification_status !== "rejected" && (
        <form
          aria-label="Reject"
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            reject.mutate(reason.trim(), {
              onSuccess: () => toast("success", `${store.name} is rejected`),
              onError: refused(`${store.name} was not rejected`),
            });
          }}
        >
          <Field label="Reason for rejecting" hint="The owner is told.">
            <Textarea maxLength={500} value={reason} onChange={(event) => set_reason(event.target.value)} />
          </Field>
          <Button
            type="submit"
            look="danger"
            busy={reject.isPending}
            disabled={reason.trim() === ""}
            className="justify-self-start"
          >
            Reject this store
          </Button>
        </form>
      )}
    </div>
  );
}

type StoreSheetProps = {
  store: StoreRow;
  on_close: () => void;
  /** What other parts of the marketplace decide about it. */
  children?: ReactNode;
};

/** One store, and whether it may sell. */
export function StoreSheet({ store, on_close, children }: StoreSheetProps) {
  const facts: [string, ReactNode][] = [
    ["Marketplace", store.tenant_name],
    ["Address on the web", store.slug],
    ["Products", store.product_count],
  ];
  return (
    <Sheet open place="side" on_open_change={(open) => open || on_close()} title={store.name}>
      <div className="grid gap-5">
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2">
          {facts.map(([term, value]) => (
            <div key={term} className="contents">
              <dt className="text-ink-muted">{term}</dt>
              <dd className="break-words">{value}</dd>
            </div>
          ))}
        </dl>
        {store.verification_status === "rejected" && store.verification_note && (
          <Notice tone="warning">Rejected: {store.verification_note}</Notice>
        )}
        <Decision key={store.verification_status} store={store} />
        {children}
      </div>
    </Sheet>
  );
}
