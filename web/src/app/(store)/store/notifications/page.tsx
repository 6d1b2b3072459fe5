import type { Metadata } from "next";
import { NotificationList } from "@/features/notify/notification-list";
import { PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Notifications" };

export default function NotificationsPage() {
  return (
    <div className="max-w-2xl">
      <PageHeader title="Notifications" />
      <NotificationList />
    </div>
  );
}
