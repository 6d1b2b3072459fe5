import type { Metadata } from "next";
import { OtherDoor } from "@/features/identity/other-door";
import { SignInForm } from "@/features/identity/sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

export default function SignInPage() {
  return (
    <>
      <h1 className="mb-6 text-3xl">Sign in</h1>
      <SignInForm />
      <OtherDoor question="New here?" href="/register" label="Create an account" />
    </>
  );
}
