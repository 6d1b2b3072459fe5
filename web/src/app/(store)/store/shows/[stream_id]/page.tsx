import type { Metadata } from "next";
import { StoreShow } from "./store-show";

export const metadata: Metadata = { title: "Show" };

export default async function ShowPage({ params }: { params: Promise<{ stream_id: string }> }) {
  return <StoreShow stream_id={(await params).stream_id} />;
}
