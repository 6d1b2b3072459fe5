import type { Metadata } from "next";
import { StoreOrders } from "./store-orders";

export const metadata: Metadata = { title: "Orders" };

export default function StoreOrdersPage() {
  return <StoreOrders />;
}
