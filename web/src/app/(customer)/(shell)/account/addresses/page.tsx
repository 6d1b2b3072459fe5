import type { Metadata } from "next";
import { Addresses } from "@/features/identity/addresses";
import { PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Addresses" };

export default function AddressesPage() {
  return (
    <>
      <PageHeader title="Addresses" />
      <Addresses />
    </>
  );
}
