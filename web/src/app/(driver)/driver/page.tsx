import type { Metadata } from "next";
import { DriverJobs } from "@/features/delivery/driver-jobs";
import { Page, PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Jobs" };

export default function JobsPage() {
  return (
    <Page narrow>
      <PageHeader title="Jobs" />
      <DriverJobs />
    </Page>
  );
}
