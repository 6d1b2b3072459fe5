import type { Metadata } from "next";
import { BlockedPeople } from "@/features/live/blocked-people";
import { LivePreferences } from "@/features/live/live-preferences";
import { PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Privacy" };

export default function PrivacyPage() {
  return (
    <>
      <PageHeader title="Privacy" />
      <div className="grid gap-8">
        <LivePreferences />
        <BlockedPeople />
      </div>
    </>
  );
}
