import type { Metadata } from "next";
import { RequireRole } from "@/features/identity/require-role";
import { Preferences } from "@/features/notify/preferences";
import { PushSwitch } from "@/features/notify/push-switch";
import { Page, PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "What you are told" };

export default function PreferencesPage() {
  return (
    <Page narrow>
      <PageHeader title="What you are told">And by what: each kind of message as you like it.</PageHeader>
      <RequireRole>
        <PushSwitch />
        <Preferences />
      </RequireRole>
    </Page>
  );
}
