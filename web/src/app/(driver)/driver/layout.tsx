import type { ReactNode } from "react";
import { HideFromOthers, RequireRole } from "@/features/identity/require-role";
import { DriverBar, DriverTabs } from "./driver-navigation";

const roles = ["driver"] as const;

export default function DriverLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <DriverBar />
      <RequireRole roles={roles}>{children}</RequireRole>
      <HideFromOthers roles={roles}>
        <DriverTabs />
      </HideFromOthers>
    </>
  );
}
