import type { ReactNode } from "react";
import { RequireRole } from "@/features/identity/require-role";
import { Workspace } from "@/ui/shell/workspace";
import { StoreBar, StoreNavigation } from "./store-navigation";

export default function StoreLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <StoreBar />
      <Workspace navigation={<StoreNavigation />}>
        <RequireRole roles={["store_owner", "store_staff"]}>{children}</RequireRole>
      </Workspace>
    </>
  );
}
