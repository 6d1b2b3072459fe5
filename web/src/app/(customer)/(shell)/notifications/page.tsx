import type { Metadata } from "next";
import { RequireRole } from "@/features/identity/require-role";
import { NotificationList } from "@/features/notify/notification-list";
import { Page, PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Notifications" };

export default function NotificationsPage() {
  return (
    <Page narrow>
      <PageHeader title="Notifications" />
      <RequireRole>
        <NotificationList />
      </RequireRole>
    </Page>
  );
}
