import type { Metadata } from "next";
import { Page, PageHeader } from "@/ui/shell/page";
import { DriverPayouts } from "./driver-payouts";

export const metadata: Metadata = { title: "Payouts" };

export default function PayoutsPage() {
  return (
    <Page className="max-w-5xl">
      <PageHeader title="Payouts">What you have earned comes to your account by itself.</PageHeader>
      <DriverPayouts />
    </Page>
  );
}
