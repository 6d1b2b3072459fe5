import type { Metadata } from "next";
import { PastDeliveries } from "@/features/delivery/past-deliveries";
import { Page, PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "History" };

export default function HistoryPage() {
  return (
    <Page narrow>
      <PageHeader title="History" />
      <PastDeliveries />
    </Page>
  );
}
