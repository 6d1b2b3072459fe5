import type { Metadata } from "next";
import { KycPanel } from "@/features/identity/kyc-panel";
import { RequireRole } from "@/features/identity/require-role";
import { PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Verification" };

const roles = ["driver", "store_owner"] as const;

export default function VerificationPage() {
  return (
    <>
      <PageHeader title="Verification">
        Who sells and who delivers is known to us. Only our own people see these pictures.
      </PageHeader>
      <RequireRole roles={roles}>
        <KycPanel />
      </RequireRole>
    </>
  );
}
