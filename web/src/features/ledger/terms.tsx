"use client";

import { useQuery } from "@tanstack/react-query";
import { api, body_of } from "@/lib/api/client";
import type { Store, Terms } from "@/lib/api/types";
import { Loaded } from "@/ui/loaded";
import { format_money } from "@/ui/money";
import { Card } from "@/ui/surfaces";

/** "12.5 %" of 1250 basis points. */
export function format_bp(basis_points: number): string {
  return `${basis_points / 100} %`;
}

/** What delivery costs, in a sentence. */
export function fee_sentence(terms: Terms, currency: string): string {
  if (terms.delivery_fee_model === "flat") return "What the store sets";
  const base = format_money(terms.delivery_base_minor, currency);
  return `${base} and ${format_money(terms.delivery_per_km_minor, currency)} a kilometre`;
}

/** What the marketplace keeps of a store's sales: for its people to know, not to change. */
export function StoreTerms({ store }: { store: Store }) {
  const terms = useQuery({
    queryKey: ["terms", store.id],
    queryFn: () =>
      body_of(api.GET("/api/v1/stores/{store_id}/terms", { params: { path: { store_id: store.id } } })),
  });
  return (
    <Card className="grid gap-3 p-5">
      <h2 className="text-lg">Terms</h2>
      <Loaded query={terms} loading="Loading your terms" className="h-24">
        {(now) => (
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2">
            <dt className="text-ink-muted">Commission</dt>
            <dd>{format_bp(now.commission_rate_bp)} of what is sold</dd>
            <dt className="text-ink-muted">Delivery fee</dt>
            <dd>{fee_sentence(now, store.currency)}</dd>
            <dt className="text-ink-muted">Of it, to the driver</dt>
            <dd>{format_bp(now.driver_share_bp)}</dd>
          </dl>
        )}
      </Loaded>
    </Card>
  );
}
