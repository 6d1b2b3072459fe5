import type { Metadata } from "next";
import { UsersTable } from "@/features/identity/users-table";
import { PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "People" };

export default function UsersPage() {
  return (
    <>
      <PageHeader title="People">Everybody of this marketplace.</PageHeader>
      <UsersTable />
    </>
  );
}
