import type { Metadata } from "next";
import { SavedCards } from "@/features/checkout/saved-cards";
import { PageHeader } from "@/ui/shell/page";

export const metadata: Metadata = { title: "Cards" };

export default function CardsPage() {
  return (
    <>
      <PageHeader title="Cards">Kept at our payment provider; we never see a number.</PageHeader>
      <SavedCards />
    </>
  );
}
