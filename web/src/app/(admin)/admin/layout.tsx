import type { ReactNode } from "react";
import { HideFromOthers, RequireRole } from "@/features/identity/require-role";
import { Workspace } from "@/ui/shell/workspace";
import { AdminBar, AdminNavigation } from "./admin-navigation";

const roles = ["admin"] as const;

export default function AdminLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <AdminBar />
      <Workspace
        navigation={
          <HideFromOthers roles={roles}>
            <AdminNavigation />
          </HideFromOthers>
        }
      >
        <RequireRole roles={roles}>{children}</RequireRole>
      </Workspace>
    </>
  );
}
