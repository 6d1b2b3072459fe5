"use client";

import { Banknote, Bike, History, Wallet } from "lucide-react";
import { AccountMenu } from "@/features/identity/account-menu";
import { NotificationBell } from "@/features/notify/bell";
import { useConfig } from "@/lib/config";
import { BottomNav, TopNav, type NavItem } from "@/ui/shell/nav";
import { TopBar } from "@/ui/shell/top-bar";
import { ThemeToggle } from "@/ui/theme";

const items: NavItem[] = [
  { href: "/driver", label: "Jobs", icon: Bike, exact: true },
  { href: "/driver/earnings", label: "Earnings", icon: Wallet },
  { href: "/driver/payouts", label: "Payouts", icon: Banknote },
  { href: "/driver/history", label: "History", icon: History },
];

export function DriverBar() {
  const config = useConfig();
  return (
    <TopBar
      home_href="/driver"
      name={config.data?.tenant_name}
      area="Driver"
      actions={
        <>
          <NotificationBell href="/driver/notifications" />
          <ThemeToggle />
          <AccountMenu />
        </>
      }
    >
      <TopNav label="Driver" items={items} />
    </TopBar>
  );
}

export function DriverTabs() {
  return <BottomNav label="Driver" items={items} />;
}
