"use client";

import { Page } from "@/ui/shell/page";
import { ErrorState } from "@/ui/states";

export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  return (
    <Page narrow>
      <ErrorState
        title="This page has failed"
        message="The fault is ours. Try again; if it stays, reload the page."
        on_retry={reset}
      />
    </Page>
  );
}
