import type { Metadata } from "next";
import { ForgotForm } from "@/features/identity/forgot-form";
import { OtherDoor } from "@/features/identity/other-door";

export const metadata: Metadata = { title: "Forgotten password" };

export default function ForgotPasswordPage() {
  return (
    <>
      <h1 className="mb-6 text-3xl">Forgotten password</h1>
      <ForgotForm />
      <OtherDoor question="It came back to you?" href="/sign-in" label="Sign in" />
    </>
  );
}
