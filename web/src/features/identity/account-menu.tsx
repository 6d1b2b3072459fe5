"use client";

import { LogOut, UserRound } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { DropdownMenu } from "radix-ui";
import { sentence_of } from "@/lib/api/problem";
import { home_of_role } from "@/lib/auth/areas";
import { useSession } from "@/lib/auth/use-session";
import { Button } from "@/ui/button";
import { Avatar, Skeleton } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { useSignOut } from "./actions";

const item =
  "flex cursor-default items-center gap-2.5 rounded-sm px-3 py-2 outline-none data-[highlighted]:bg-sunken [&_svg]:size-4";

/** Who is signed in, and the way out; the way in for visitors. */
export function AccountMenu() {
  const session = useSession();
  const sign_out = useSignOut();
  const router = useRouter();

  if (session.status === "unknown") return <Skeleton className="size-9 rounded-full" />;
  if (session.status === "signed_out") {
    return (
      <Button asChild size="sm">
        <Link href="/sign-in">Sign in</Link>
      </Button>
    );
  }

  const leave = () =>
    sign_out.mutate(undefined, {
      onSuccess: () => router.push("/"),
      onError: (fault) => toast("danger", "You are still signed in", sentence_of(fault)),
    });
  const { user } = session;

  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger aria-label={`Account of ${user.name}`} className="rounded-full">
        <Avatar name={user.name} image_url={user.avatar_url} className="size-9" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={8}
          className="z-50 min-w-56 animate-pop-in rounded-lg border border-line bg-raised p-1.5 shadow-high"
        >
          <DropdownMenu.Label className="px-3 py-2">
            <span className="block font-semibold">{user.name}</span>
            <span className="block text-sm text-ink-muted">{user.email}</span>
          </DropdownMenu.Label>
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          {home_of_role[user.role] !== "/" && (
            <DropdownMenu.Item asChild className={item}>
              <Link href={home_of_role[user.role]}>My workspace</Link>
            </DropdownMenu.Item>
          )}
          <DropdownMenu.Item asChild className={item}>
            <Link href="/account">
              <UserRound aria-hidden /> Account
            </Link>
          </DropdownMenu.Item>
          <DropdownMenu.Item className={item} onSelect={leave}>
            <LogOut aria-hidden /> Sign out
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
