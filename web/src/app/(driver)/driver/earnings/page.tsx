import type { Metadata } from "next";
import { BalanceView } from "@/features/ledger/balance";
import { Page, PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Earnings" };

export default function EarningsPage() {
  return (
    <Page narrow>
      <PageHeader title="Earnings" />
      <BalanceView />
    </Page>
  );
}
