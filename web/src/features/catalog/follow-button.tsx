"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Heart } from "lucide-react";
import Link from "next/link";
import { api, body_of } from "@/lib/api/client";
import { sentence_of } from "@/lib/api/problem";
import type { Following } from "@/lib/api/types";
import { useSession } from "@/lib/auth/use-session";
import { Button } from "@/ui/button";
import { toast } from "@/ui/toast";

const following_key = ["following"] as const;

export function useFollowing(enabled = true) {
  return useQuery({
    queryKey: following_key,
    queryFn: () => body_of(api.GET("/api/v1/me/following")),
    enabled,
  });
}

function with_store(before: Following | undefined, store: Followed, follow: boolean): Following | undefined {
  if (!before) return before;
  const others = before.stores.filter(({ id }) => id !== store.id);
  if (!follow) return { stores: others };
  return { stores: [{ ...store, slug: "", followed_at: new Date().toISOString() }, ...others] };
}

type Followed = { id: string; name: string };

/** Follows a store, or no longer: its shows are told to its followers. */
export function FollowButton({ store, over_video }: { store: Followed; over_video?: boolean }) {
  const session = useSession();
  const queries = useQueryClient();
  const following = useFollowing(session.status === "signed_in");
  const is_followed = following.data?.stores.some(({ id }) => id === store.id) ?? false;
  const params = { path: { store_id: store.id } };
  const change = useMutation({
    mutationFn: (follow: boolean) =>
      body_of(
        follow
          ? api.POST("/api/v1/stores/{store_id}/follow", { params })
          : api.DELETE("/api/v1/stores/{store_id}/follow", { params }),
      ),
    onMutate: (follow) =>
      queries.setQueryData<Following>(following_key, (before) => with_store(before, store, follow)),
    onError: (fault) => toast("danger", `${store.name} stays as it was`, sentence_of(fault)),
    onSettled: () => queries.invalidateQueries({ queryKey: following_key }),
  });
  const style = over_video
    ? ({ look: "glass", size: "icon-sm", className: "rounded-full" } as const)
    : ({ look: "outline", size: "sm" } as const);
  if (session.status === "signed_out") {
    return (
      <Button asChild {...style}>
        <Link href="/sign-in" aria-label={`Follow ${store.name}`}>
          <Heart aria-hidden /> {over_video ? null : "Follow"}
        </Link>
      </Button>
    );
  }
  return (
    <Button
      {...style}
      aria-label={`Follow ${store.name}`}
      aria-pressed={is_followed}
      disabled={!following.data || change.isPending}
      onClick={() => change.mutate(!is_followed)}
    >
      <Heart aria-hidden className={is_followed ? "fill-accent text-accent" : undefined} />
      {over_video ? null : is_followed ? "Following" : "Follow"}
    </Button>
  );
}
