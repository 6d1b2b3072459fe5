import type { Metadata } from "next";
import { NotificationList } from "@/features/notify/notification-list";
import { Page, PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Notifications" };

export default function NotificationsPage() {
  return (
    <Page narrow>
      <PageHeader title="Notifications" />
      <NotificationList />
    </Page>
  );
}
