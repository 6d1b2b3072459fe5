import type { Metadata } from "next";
import { AdminOrders } from "@/features/checkout/admin-orders";
import { PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Orders" };

export default function OrdersPage() {
  return (
    <>
      <PageHeader title="Orders">Every order of this marketplace.</PageHeader>
      <AdminOrders />
    </>
  );
}
