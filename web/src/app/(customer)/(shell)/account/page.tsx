import type { Metadata } from "next";
import { AvatarField } from "@/features/identity/avatar-field";
import { ContactStatus } from "@/features/identity/contact-status";
import { ProfileForm } from "@/features/identity/profile-form";
import { PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Profile" };

export default function ProfilePage() {
  return (
    <>
      <PageHeader title="Profile" />
      <div className="grid max-w-md gap-6">
        <AvatarField />
        <ContactStatus />
        <ProfileForm />
      </div>
    </>
  );
}
