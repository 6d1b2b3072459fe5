"use client";

import { House, Package, Search, ShoppingBag, UserRound } from "lucide-react";
import { useCart } from "@/features/checkout/queries";
import { AccountMenu } from "@/features/identity/account-menu";
import { NotificationBell } from "@/features/notify/bell";
import { useConfig } from "@/lib/config";
import { BottomNav, TopNav, type NavItem } from "@/ui/shell/nav";
import { TopBar } from "@/ui/shell/top-bar";
import { ThemeToggle } from "@/ui/theme";

function useItems(): { home: NavItem; search: NavItem; cart: NavItem; orders: NavItem; profile: NavItem } {
  const cart = useCart();
  const count = cart.data?.items.reduce((sum, { quantity }) => sum + quantity, 0);
  return {
    home: { href: "/", label: "Home", icon: House, exact: true },
    search: { href: "/search", label: "Search", icon: Search },
    cart: { href: "/cart", label: "Cart", icon: ShoppingBag, count },
    orders: { href: "/orders", label: "Orders", icon: Package },
    profile: { href: "/account", label: "Account", icon: UserRound },
  };
}

export function CustomerBar() {
  const { home, search, cart, orders } = useItems();
  const config = useConfig();
  return (
    <TopBar
      home_href="/"
      name={config.data?.tenant_name}
      actions={
        <>
          <NotificationBell href="/notifications" />
          <ThemeToggle />
          <AccountMenu />
        </>
      }
    >
      <TopNav label="Main" items={[home, search, cart, orders]} />
    </TopBar>
  );
}

export function CustomerTabs() {
  const { home, search, cart, orders, profile } = useItems();
  return <BottomNav label="Main" items={[home, search, cart, orders, profile]} />;
}
