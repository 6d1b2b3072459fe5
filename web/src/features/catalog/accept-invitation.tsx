"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useSyncExternalStore } from "react";
import { api, body_of } from "@/lib/api/client";
import { sentence_of } from "@/lib/api/problem";
import { useChange } from "@/lib/api/use-change";
import { refresh_session } from "@/lib/auth/session";
import { useSession } from "@/lib/auth/use-session";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/states";
import { Card, Skeleton } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { catalog_keys } from "./queries";

const never = () => () => undefined;

/** The code behind the link's #; null on the server, empty where there is none. */
function useInvitationCode(): string | null {
  const fragment = useSyncExternalStore(
    never,
    () => window.location.hash,
    () => null,
  );
  return fragment === null ? null : (new URLSearchParams(fragment.slice(1)).get("code") ?? "");
}

/** Joins the store that has sent the link. */
export function AcceptInvitation() {
  const code = useInvitationCode();
  const session = useSession();
  const router = useRouter();
  const accept = useChange([catalog_keys.stores], async (typed: string) => {
    const store = await body_of(api.POST("/api/v1/staff-invitations/accept", { body: { code: typed } }));
    // The role that belongs to it comes with the next token.
    await refresh_session();
    return store;
  });
  if (code === null || session.status === "unknown")
    return <Skeleton className="h-40" aria-label="Loading your invitation" />;
  if (code === "") return <Notice>This link is not complete: open it again as it was given to you.</Notice>;
  if (session.status === "signed_out") {
    return (
      <Card className="grid gap-4 p-5">
        <p>Sign in, or open an account, with the address that was invited. Then open this link again.</p>
        <div className="flex flex-wrap gap-2">
          <Button asChild>
            <Link href="/sign-in">Sign in</Link>
          </Button>
          <Button asChild look="outline">
            <Link href="/register">Open an account</Link>
          </Button>
        </div>
      </Card>
    );
  }
  return (
    <Card className="grid gap-4 p-5">
      <p>You are signed in as {session.user.name}. Do you want to work at the store that has invited you?</p>
      {accept.isError && <Notice>{sentence_of(accept.error)}</Notice>}
      <Button
        size="lg"
        busy={accept.isPending}
        onClick={() =>
          accept.mutate(code, {
            onSuccess: (store) => {
              toast("success", `You work at ${store.name} now`);
              router.push("/store");
            },
          })
        }
      >
        Join the team
      </Button>
    </Card>
  );
}
