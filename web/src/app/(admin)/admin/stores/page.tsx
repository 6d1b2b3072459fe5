import type { Metadata } from "next";
import { AdminStores } from "@/features/catalog/admin-stores";
import { PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Stores" };

export default function StoresPage() {
  return (
    <>
      <PageHeader title="Stores">Every store of every tenant.</PageHeader>
      <AdminStores />
    </>
  );
}
