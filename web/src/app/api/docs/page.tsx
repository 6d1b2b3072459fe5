import type { Metadata } from "next";
import { ApiDocs } from "@/features/api-docs/api-docs";
import { Page } from "@/ui/shell/page";

export const metadata: Metadata = { title: "API" };

export default function ApiDocsPage() {
  return (
    <Page>
      <ApiDocs />
    </Page>
  );
}
