import type { Metadata } from "next";
import { Suspense } from "react";
import { Page } from "@/ui/shell/page";
import { SearchView } from "./search-view";

export const metadata: Metadata = { title: "Search" };

export default function SearchPage() {
  return (
    <Page>
      <h1 className="mb-5 text-3xl">Search</h1>
      <Suspense>
        <SearchView />
      </Suspense>
    </Page>
  );
}
