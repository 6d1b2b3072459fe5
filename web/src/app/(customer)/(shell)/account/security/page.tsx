import type { Metadata } from "next";
import type { ReactNode } from "react";
import { DeleteAccount } from "@/features/identity/delete-account";
import { Devices } from "@/features/identity/devices";
import { EmailForm } from "@/features/identity/email-form";
import { PasswordForm } from "@/features/identity/password-form";
import { PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Security" };

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid gap-3">
      <h2 className="text-xl">{title}</h2>
      {children}
    </section>
  );
}

export default function SecurityPage() {
  return (
    <>
      <PageHeader title="Security" />
      <div className="grid gap-10">
        <Section title="Devices">
          <Devices />
        </Section>
        <Section title="Password">
          <PasswordForm />
        </Section>
        <Section title="Email address">
          <EmailForm />
        </Section>
        <Section title="Leaving">
          <DeleteAccount />
        </Section>
      </div>
    </>
  );
}
