"use client";

import { CreditCard, EyeOff, Heart, IdCard, KeyRound, MapPin, UserRound } from "lucide-react";
import { useUser } from "@/lib/auth/use-session";
import { SideNav, type NavItem } from "@/ui/shell/nav";

const everybody: NavItem[] = [
  { href: "/account", label: "Profile", icon: UserRound, exact: true },
  { href: "/account/addresses", label: "Addresses", icon: MapPin },
  { href: "/account/cards", label: "Cards", icon: CreditCard },
  { href: "/account/following", label: "Following", icon: Heart },
  { href: "/account/privacy", label: "Privacy", icon: EyeOff },
  { href: "/account/security", label: "Security", icon: KeyRound },
];
const verification: NavItem = { href: "/account/verification", label: "Verification", icon: IdCard };

/** The pages of one's account; who sells or drives proves who they are on one more. */
export function AccountSections() {
  const user = useUser();
  const proves = user?.role === "driver" || user?.role === "store_owner";
  return <SideNav label="Account" items={proves ? [...everybody, verification] : everybody} />;
}
