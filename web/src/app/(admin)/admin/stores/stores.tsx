"use client";

import { AdminStores } from "@/features/catalog/admin-stores";
import { useStore } from "@/features/catalog/queries";
import { OwnTerms } from "@/features/ledger/terms-form";
import { Loaded } from "@/ui/loaded";

/** Terms are in the store's own currency. */
function TermsOf({ store_id }: { store_id: string }) {
  const store = useStore(store_id);
  return (
    <Loaded query={store} loading="Loading this store’s terms" className="h-40">
      {({ currency }) => <OwnTerms store_id={store_id} currency={currency} />}
    </Loaded>
  );
}

export function Stores() {
  return <AdminStores more={({ id }) => <TermsOf store_id={id} />} />;
}
