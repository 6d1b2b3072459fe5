import type { Metadata } from "next";
import { KycQueue } from "@/features/identity/kyc-queue";
import { PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Identity papers" };

export default function KycPage() {
  return (
    <>
      <PageHeader title="Identity papers">Drivers and store owners who wait to be verified.</PageHeader>
      <KycQueue />
    </>
  );
}
