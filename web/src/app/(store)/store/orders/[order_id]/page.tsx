import type { Metadata } from "next";
import { StoreOrder } from "./store-order";

export const metadata: Metadata = { title: "Order" };

export default async function StoreOrderPage({ params }: { params: Promise<{ order_id: string }> }) {
  return <StoreOrder order_id={(await params).order_id} />;
}
