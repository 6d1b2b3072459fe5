"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, body_of } from "@/lib/api/client";
import { useChange } from "@/lib/api/use-change";
import { useConfig } from "@/lib/config";
import type { Terms } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { Field, Input, Select } from "@/ui/field";
import { Loaded, refused } from "@/ui/loaded";
import { format_minor } from "@/ui/money";
import { Notice } from "@/ui/states";
import { Card } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { terms_of, type TermsDraft } from "./terms-draft";

type TermsFormProps = { terms: Terms; currency: string; busy: boolean; on_save: (terms: Terms) => void };

function TermsForm({ terms, currency, busy, on_save }: TermsFormProps) {
  const [draft, set_draft] = useState<TermsDraft>({
    commission_percent: String(terms.commission_rate_bp / 100),
    driver_percent: String(terms.driver_share_bp / 100),
    delivery_fee_model: terms.delivery_fee_model,
    base: format_minor(terms.delivery_base_minor, currency),
    per_km: format_minor(terms.delivery_per_km_minor, currency),
  });
  const [fault, set_fault] = useState<string | null>(null);
  const set = (part: Partial<TermsDraft>) => {
    set_fault(null);
    set_draft({ ...draft, ...part });
  };
  return (
    <form
      aria-label="Terms"
      className="grid gap-4 sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = terms_of(draft, currency);
        if ("fault" in wanted) set_fault(wanted.fault);
        else on_save(wanted.ok);
      }}
    >
      {fault && (
        <div className="sm:col-span-2">
          <Notice>{fault}</Notice>
        </div>
      )}
      <Field label="Commission (%)" hint="Of what a store sells, at most 50.">
        <Input
          inputMode="decimal"
          value={draft.commission_percent}
          onChange={(event) => set({ commission_percent: event.target.value })}
        />
      </Field>
      <Field label="Driver’s share (%)" hint="Of what the customer pays for delivery.">
        <Input
          inputMode="decimal"
          value={draft.driver_percent}
          onChange={(event) => set({ driver_percent: event.target.value })}
        />
      </Field>
      <Field label="Delivery costs" className="sm:col-span-2">
        <Select
          value={draft.delivery_fee_model}
          onChange={(event) => set({ delivery_fee_model: event.target.value as Terms["delivery_fee_model"] })}
        >
          <option value="flat">what the store sets</option>
          <option value="distance">by distance</option>
        </Select>
      </Field>
      {draft.delivery_fee_model === "distance" && (
        <>
          <Field label={`To begin with (${currency})`}>
            <Input
              inputMode="decimal"
              value={draft.base}
              onChange={(event) => set({ base: event.target.value })}
            />
          </Field>
          <Field label={`A kilometre (${currency})`}>
            <Input
              inputMode="decimal"
              value={draft.per_km}
              onChange={(event) => set({ per_km: event.target.value })}
            />
          </Field>
        </>
      )}
      <Button type="submit" busy={busy} className="justify-self-start sm:col-span-2">
        Save terms
      </Button>
    </form>
  );
}

/** What the marketplace keeps, where a store has no terms of its own: for orders from now on. */
export function TenantTerms() {
  const key = ["admin", "terms"] as const;
  const config = useConfig();
  const terms = useQuery({ queryKey: key, queryFn: () => body_of(api.GET("/api/v1/admin/terms")) });
  const save = useChange([key], (body: Terms) => body_of(api.PUT("/api/v1/admin/terms", { body })));
  return (
    <Card className="grid gap-3 p-5">
      <h2 className="text-lg">Commission and delivery fees</h2>
      <Loaded query={terms} loading="Loading the terms" className="h-40">
        {(now) => (
          <Loaded query={config} loading="Loading the terms" className="h-40">
            {({ default_currency }) => (
              <TermsForm
                terms={now}
                currency={default_currency}
                busy={save.isPending}
                on_save={(wanted) =>
                  save.mutate(wanted, {
                    onSuccess: () => toast("success", "The terms are saved"),
                    onError: refused("The terms were not saved"),
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

/** Terms of one store alone, and back to everybody's. */
export function OwnTerms({ store_id, currency }: { store_id: string; currency: string }) {
  const key = ["terms", store_id] as const;
  const params = { path: { store_id } };
  const terms = useQuery({
    queryKey: key,
    queryFn: () => body_of(api.GET("/api/v1/stores/{store_id}/terms", { params })),
  });
  const save = useChange([key], (body: Terms) =>
    body_of(api.PUT("/api/v1/admin/stores/{store_id}/terms", { params, body })),
  );
  const drop = useChange([key], () =>
    body_of(api.DELETE("/api/v1/admin/stores/{store_id}/terms", { params })),
  );
  return (
    <section aria-label="Terms of this store" className="grid gap-3 border-t border-line pt-5">
      <h3 className="text-lg">Terms of this store</h3>
      <Loaded query={terms} loading="Loading this store’s terms" className="h-40">
        {(now) => (
          <>
            <TermsForm
              key={JSON.stringify(now)}
              terms={now}
              currency={currency}
              busy={save.isPending}
              on_save={(wanted) =>
                save.mutate(wanted, {
                  onSuccess: () => toast("success", "This store has terms of its own"),
                  onError: refused("The terms were not saved"),
                })
              }
            />
            <Button
              look="quiet"
              className="justify-self-start"
              busy={drop.isPending}
              onClick={() =>
                drop.mutate(undefined, {
                  onSuccess: () => toast("success", "This store has everybody’s terms"),
                  onError: refused("The terms were not changed"),
                })
              }
            >
              Back to everybody’s terms
            </Button>
          </>
        )}
      </Loaded>
    </section>
  );
}
