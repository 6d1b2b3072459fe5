import type { ReactNode } from "react";
import { AccountSections } from "@/features/identity/account-sections";
import { RequireRole } from "@/features/identity/require-role";
import { Page } from "@/ui/shell/page";

export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <Page className="max-w-5xl">
      <RequireRole>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-6 lg:grid-cols-[12rem_minmax(0,1fr)]">
          <AccountSections />
          <div className="min-w-0">{children}</div>
        </div>
      </RequireRole>
    </Page>
  );
}
