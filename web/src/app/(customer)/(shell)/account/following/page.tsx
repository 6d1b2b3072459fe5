import type { Metadata } from "next";
import { FollowedStores } from "@/features/catalog/followed-stores";
import { PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Following" };

export default function FollowingPage() {
  return (
    <>
      <PageHeader title="Following">You are told when one of these stores goes live.</PageHeader>
      <FollowedStores />
    </>
  );
}
