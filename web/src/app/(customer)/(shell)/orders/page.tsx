import type { Metadata } from "next";
import { RequireRole } from "@/features/identity/require-role";
import { OrderList } from "@/features/checkout/order-list";
import { Page, PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Your orders" };

export default function OrdersPage() {
  return (
    <Page narrow>
      <PageHeader title="Your orders" />
      <RequireRole>
        <OrderList />
      </RequireRole>
    </Page>
  );
}
