"use client";

import { LockKeyhole } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { useEffect, type ReactNode } from "react";
import type { Role } from "@/lib/api/types";
import { sentence_of } from "@/lib/api/problem";
import { home_of_role } from "@/lib/auth/areas";
import { accept_fault, fresh_token } from "@/lib/auth/session";
import { useSession } from "@/lib/auth/use-session";
import { Button } from "@/ui/button";
import { EmptyState, ErrorState } from "@/ui/states";
import { Skeleton } from "@/ui/surfaces";

type RequireRoleProps = {
  /** Roles that may see the page; without it, anybody signed in. */
  roles?: readonly Role[];
  children: ReactNode;
};

/** What belongs to an area's frame (its navigation): not for those whose account has no access there. */
export function HideFromOthers({ roles, children }: Required<RequireRoleProps>) {
  const session = useSession();
  return session.status === "signed_in" && !roles.includes(session.user.role) ? null : children;
}

/** Shows its children to those who may see them. The server checks every request again. */
export function RequireRole({ roles, children }: RequireRoleProps) {
  const session = useSession();
  const router = useRouter();
  const pathname = usePathname();
  const signed_out = session.status === "signed_out";
  useEffect(() => {
    if (signed_out) router.replace(`/sign-in?next=${encodeURIComponent(pathname)}`);
  }, [signed_out, pathname, router]);

  if (session.status === "unknown" && session.fault) {
    return (
      <ErrorState
        message={sentence_of(session.fault)}
        on_retry={() => fresh_token().catch(accept_fault)}
        className="m-6"
      />
    );
  }
  if (session.status !== "signed_in") {
    return (
      <div className="grid gap-4 p-6" role="status" aria-label="Loading">
        <Skeleton className="h-9 w-60" />
        <Skeleton className="h-40 w-full max-w-3xl" />
      </div>
    );
  }
  if (roles && !roles.includes(session.user.role)) {
    return (
      <EmptyState
        icon={LockKeyhole}
        title="This area is for others"
        className="m-6"
        action={
          <Button asChild>
            <Link href={home_of_role[session.user.role]}>Go to your own area</Link>
          </Button>
        }
      >
        {`You are signed in as ${session.user.name}, whose account has no access here.`}
      </EmptyState>
    );
  }
  return children;
}
