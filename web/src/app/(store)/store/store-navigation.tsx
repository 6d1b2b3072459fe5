"use client";

import {
  Banknote,
  CalendarClock,
  ChartColumn,
  ClipboardList,
  LayoutDashboard,
  Package,
  Settings,
  Star,
  Truck,
  Users,
  Video,
  Wallet,
} from "lucide-react";
import { useMyStore } from "@/features/catalog/queries";
import { is_new } from "@/features/checkout/order-words";
import { useStoreOrders } from "@/features/checkout/queries";
import { AccountMenu } from "@/features/identity/account-menu";
import { NotificationBell } from "@/features/notify/bell";
import { useConfig } from "@/lib/config";
import { SideNav } from "@/ui/shell/nav";
import { TopBar } from "@/ui/shell/top-bar";
import { ThemeToggle } from "@/ui/theme";

export function StoreBar() {
  const config = useConfig();
  return (
    <TopBar
      wide
      home_href="/store"
      name={config.data?.tenant_name}
      area="Store"
      actions={
        <>
          <NotificationBell href="/store/notifications" />
          <ThemeToggle />
          <AccountMenu />
        </>
      }
    />
  );
}

export function StoreNavigation() {
  const store = useMyStore();
  const orders = useStoreOrders(store.data?.id ?? "");
  const new_orders = orders.data?.filter(is_new).length;
  return (
    <SideNav
      label="Store"
      items={[
        { href: "/store", label: "Overview", icon: LayoutDashboard, exact: true },
        { href: "/store/studio", label: "Studio", icon: Video },
        { href: "/store/shows", label: "Shows", icon: CalendarClock },
        { href: "/store/orders", label: "Orders", icon: ClipboardList, count: new_orders },
        { href: "/store/deliveries", label: "Deliveries", icon: Truck },
        { href: "/store/products", label: "Products", icon: Package },
        { href: "/store/figures", label: "Figures", icon: ChartColumn },
        { href: "/store/reviews", label: "Reviews", icon: Star },
        { href: "/store/balance", label: "Balance", icon: Wallet },
        { href: "/store/payouts", label: "Payouts", icon: Banknote },
        { href: "/store/team", label: "Team", icon: Users },
        { href: "/store/settings", label: "Store details", icon: Settings },
      ]}
    />
  );
}
