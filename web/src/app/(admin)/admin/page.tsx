import type { Metadata } from "next";
import { TenantsTable } from "@/features/identity/tenants-table";
import { PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Tenants" };

export default function TenantsPage() {
  return (
    <>
      <PageHeader title="Tenants">Every marketplace on this platform.</PageHeader>
      <TenantsTable />
    </>
  );
}
