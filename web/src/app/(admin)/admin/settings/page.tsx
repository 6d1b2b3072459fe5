import type { Metadata } from "next";
import { TenantDeliverySettings } from "@/features/delivery/delivery-settings";
import { TenantTerms } from "@/features/ledger/terms-form";
import { AdminMutedWords } from "@/features/live/admin-muted-words";
import { TenantPayoutSettings } from "@/features/payouts/admin-payouts";
import { PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Settings" };

export default function SettingsPage() {
  return (
    <>
      <PageHeader title="Settings">What holds where a store has not said otherwise.</PageHeader>
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <TenantTerms />
        <TenantDeliverySettings />
        <TenantPayoutSettings />
        <AdminMutedWords />
      </div>
    </>
  );
}
