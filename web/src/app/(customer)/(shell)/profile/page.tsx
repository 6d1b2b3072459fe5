import type { Metadata } from "next";
import { RequireRole } from "@/features/identity/require-role";
import { ProfileForm } from "@/features/identity/profile-form";
import { Page, PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Profile" };

export default function ProfilePage() {
  return (
    <Page narrow>
      <PageHeader title="Profile" />
      <RequireRole>
        <ProfileForm />
      </RequireRole>
    </Page>
  );
}
