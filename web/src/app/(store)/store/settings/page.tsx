import type { Metadata } from "next";
import { StoreDetails } from "./store-details";

export const metadata: Metadata = { title: "Store details" };

export default function StoreDetailsPage() {
  return <StoreDetails />;
}
