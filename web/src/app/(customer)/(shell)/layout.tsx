import type { ReactNode } from "react";
import { CustomerBar, CustomerTabs } from "./customer-navigation";
import { OrderNotices } from "@/features/notify/order-notices";

export default function CustomerLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <CustomerBar />
      <OrderNotices />
      {children}
      <CustomerTabs />
    </>
  );
}
