import type { Metadata } from "next";
import { AdminReports } from "@/features/live/admin-reports";
import { PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Reports" };

export default function ReportsPage() {
  return (
    <>
      <PageHeader title="Reports">What people found wrong, the oldest first.</PageHeader>
      <AdminReports />
    </>
  );
}
