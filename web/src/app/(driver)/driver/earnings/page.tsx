import type { Metadata } from "next";
import { BalanceView } from "@/features/ledger/balance";
import { EarningsList } from "@/features/ledger/earnings";
import { Page, PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Earnings" };

export default function EarningsPage() {
  return (
    <Page narrow>
      <PageHeader title="Earnings" />
      <EarningsList />
      <h2 className="mt-10 mb-4 text-xl">Balance</h2>
      <BalanceView />
    </Page>
  );
}
