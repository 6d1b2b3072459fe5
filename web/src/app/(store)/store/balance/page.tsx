import type { Metadata } from "next";
import { BalanceView } from "@/features/ledger/balance";
import { PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Balance" };

export default function BalancePage() {
  return (
    <>
      <PageHeader title="Balance">What delivered orders have earned, after commission.</PageHeader>
      <BalanceView />
    </>
  );
}
