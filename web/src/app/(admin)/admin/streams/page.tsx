import type { Metadata } from "next";
import { AdminStreams } from "@/features/live/admin-streams";
import { PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Streams" };

export default function StreamsPage() {
  return (
    <>
      <PageHeader title="Streams">Every show of this marketplace.</PageHeader>
      <AdminStreams />
    </>
  );
}
