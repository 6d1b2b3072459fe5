import type { Metadata } from "next";
import { AcceptInvitation } from "@/features/catalog/accept-invitation";
import { Page, PageHeader } from "@/ui/shell/page";
import { TopBar } from "@/ui/shell/top-bar";
import { ThemeToggle } from "@/ui/theme";

export const metadata: Metadata = { title: "Invitation", robots: { index: false } };

export default function StaffInvitationPage() {
  return (
    <>
      <TopBar home_href="/" actions={<ThemeToggle />} />
      <Page narrow>
        <PageHeader title="You are invited" />
        <AcceptInvitation />
      </Page>
    </>
  );
}
