import type { ReactNode } from "react";
import { RequireRole } from "@/features/identity/require-role";
import { DriverBar, DriverTabs } from "./driver-navigation";

export default function DriverLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <DriverBar />
      <RequireRole roles={["driver"]}>{children}</RequireRole>
      <DriverTabs />
    </>
  );
}
