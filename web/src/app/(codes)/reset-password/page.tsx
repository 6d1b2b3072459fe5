import type { Metadata } from "next";
import { ResetForm } from "@/features/identity/reset-form";

export const metadata: Metadata = { title: "New password", referrer: "no-referrer" };

export default function ResetPasswordPage() {
  return (
    <>
      <h1 className="mb-6 text-3xl">New password</h1>
      <ResetForm />
    </>
  );
}
