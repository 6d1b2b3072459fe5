import type { ReactNode } from "react";
import { HideFromOthers, RequireRole } from "@/features/identity/require-role";
import { Workspace } from "@/ui/shell/workspace";
import { StoreBar, StoreNavigation } from "./store-navigation";

const roles = ["store_owner", "store_staff"] as const;

export default function StoreLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <StoreBar />
      <Workspace
        navigation={
          <HideFromOthers roles={roles}>
            <StoreNavigation />
          </HideFromOthers>
        }
      >
        <RequireRole roles={roles}>{children}</RequireRole>
      </Workspace>
    </>
  );
}
