import { Compass } from "lucide-react";
import Link from "next/link";
import { Button } from "@/ui/button";
import { Page } from "@/ui/shell/page";
import { EmptyState } from "@/ui/states";

export default function NotFound() {
  return (
    <Page narrow>
      <EmptyState
        icon={Compass}
        title="There is nothing at this address"
        action={
          <Button asChild>
            <Link href="/">Go to the start page</Link>
          </Button>
        }
      >
        It may have been moved or taken down.
      </EmptyState>
    </Page>
  );
}
