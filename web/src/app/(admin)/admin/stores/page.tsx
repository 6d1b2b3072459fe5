import type { Metadata } from "next";

import { PageHeader } from "@/ui/shell/page";
import { Stores } from "./stores";

export const metadata: Metadata = { title: "Stores" };

export default function StoresPage() {
  return (
    <>
      <PageHeader title="Stores">Those that wait for verification come first.</PageHeader>
      <Stores />
    </>
  );
}
