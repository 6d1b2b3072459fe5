"use client";

import {
  Banknote,
  Building2,
  ClipboardList,
  Flag,
  IdCard,
  ListChecks,
  Send,
  Settings,
  Store,
  Users,
  Video,
} from "lucide-react";
import { AccountMenu } from "@/features/identity/account-menu";
import { NotificationBell } from "@/features/notify/bell";
import { SideNav } from "@/ui/shell/nav";
import { TopBar } from "@/ui/shell/top-bar";
import { ThemeToggle } from "@/ui/theme";

export function AdminBar() {
  return (
    <TopBar
      wide
      home_href="/admin"
      area="Admin"
      actions={
        <>
          <NotificationBell href="/admin/notifications" />
          <ThemeToggle />
          <AccountMenu />
        </>
      }
    />
  );
}

export function AdminNavigation() {
  return (
    <SideNav
      label="Admin"
      items={[
        { href: "/admin", label: "Tenants", icon: Building2, exact: true },
        { href: "/admin/stores", label: "Stores", icon: Store },
        { href: "/admin/users", label: "People", icon: Users },
        { href: "/admin/kyc", label: "Identity papers", icon: IdCard },
        { href: "/admin/streams", label: "Streams", icon: Video },
        { href: "/admin/reports", label: "Reports", icon: Flag },
        { href: "/admin/orders", label: "Orders", icon: ClipboardList },
        { href: "/admin/payouts", label: "Payouts", icon: Banknote },
        { href: "/admin/sends", label: "Messages sent", icon: Send },
        { href: "/admin/jobs", label: "Platform", icon: ListChecks },
        { href: "/admin/settings", label: "Settings", icon: Settings },
      ]}
    />
  );
}
