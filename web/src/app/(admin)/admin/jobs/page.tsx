import type { Metadata } from "next";
import { Health } from "@/features/operations/health";
import { Jobs } from "@/features/operations/jobs";
import { PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Platform" };

export default function PlatformPage() {
  return (
    <>
      <PageHeader title="Platform">How it stands, and the work it does in the background.</PageHeader>
      <div className="grid items-start gap-6 xl:grid-cols-[22rem_minmax(0,1fr)]">
        <Health />
        <Jobs />
      </div>
    </>
  );
}
