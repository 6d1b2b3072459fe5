import type { Metadata } from "next";
import { AdminSends } from "@/features/notify/admin-sends";
import { PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Messages sent" };

export default function SendsPage() {
  return (
    <>
      <PageHeader title="Messages sent">Emails, text messages and push messages.</PageHeader>
      <AdminSends />
    </>
  );
}
