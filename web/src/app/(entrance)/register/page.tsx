import type { Metadata } from "next";
import { OtherDoor } from "@/features/identity/other-door";
import { RegisterForm } from "@/features/identity/register-form";

export const metadata: Metadata = { title: "Create an account" };

export default function RegisterPage() {
  return (
    <>
      <h1 className="mb-6 text-3xl">Create an account</h1>
      <RegisterForm />
      <OtherDoor question="Been here before?" href="/sign-in" label="Sign in" />
    </>
  );
}
