import type { Metadata } from "next";
import { VerifyForm } from "@/features/identity/verify-form";

export const metadata: Metadata = { title: "Confirm your phone", referrer: "no-referrer" };

export default function VerifyPage() {
  return (
    <>
      <h1 className="mb-6 text-3xl">Confirm your phone</h1>
      <VerifyForm contact="phone" />
    </>
  );
}
