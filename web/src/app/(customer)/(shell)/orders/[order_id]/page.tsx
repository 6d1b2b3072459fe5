import type { Metadata } from "next";
import { RequireRole } from "@/features/identity/require-role";
import { Page } from "@/ui/shell/page";
import { OrderView } from "./order-view";

export const metadata: Metadata = { title: "Order" };

export default async function OrderPage({ params }: { params: Promise<{ order_id: string }> }) {
  const { order_id } = await params;
  return (
    <Page>
      <RequireRole>
        <OrderView order_id={order_id} />
      </RequireRole>
    </Page>
  );
}
