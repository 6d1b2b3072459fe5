import { Compass } from "lucide-react";
import Link from "next/link";
import { Button } from "./button";
import { EmptyState } from "./states";

/** For an address that leads to nothing; `children` say more if more is known. */
export function NothingHere({ children }: { children?: string }) {
  return (
    <EmptyState
      icon={Compass}
      title="There is nothing at this address"
      action={
        <Button asChild>
          <Link href="/">Go to the start page</Link>
        </Button>
      }
    >
      {children ?? "It may have been moved or taken down."}
    </EmptyState>
  );
}
