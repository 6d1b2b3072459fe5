import type { ReactNode } from "react";
import { RequireRole } from "@/features/identity/require-role";
import { Workspace } from "@/ui/shell/workspace";
import { AdminBar, AdminNavigation } from "./admin-navigation";

export default function AdminLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <AdminBar />
      <Workspace navigation={<AdminNavigation />}>
        <RequireRole roles={["admin"]}>{children}</RequireRole>
      </Workspace>
    </>
  );
}
