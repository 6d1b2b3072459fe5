import type { Metadata } from "next";
import { AdminPayouts, RunPayouts } from "@/features/payouts/admin-payouts";
import { PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Payouts" };

export default function PayoutsPage() {
  return (
    <>
      <PageHeader title="Payouts" actions={<RunPayouts />}>
        What stores and drivers were paid, and what failed.
      </PageHeader>
      <AdminPayouts />
    </>
  );
}
