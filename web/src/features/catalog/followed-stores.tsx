"use client";

import { Heart } from "lucide-react";
import Link from "next/link";
import { Button } from "@/ui/button";
import { Loaded } from "@/ui/loaded";
import { EmptyState } from "@/ui/states";
import { Avatar, Card } from "@/ui/surfaces";
import { FollowButton, useFollowing } from "./follow-button";

/** The stores one follows, the last one first. */
export function FollowedStores() {
  const following = useFollowing();
  return (
    <Loaded query={following} loading="Loading the stores you follow" className="h-40">
      {({ stores }) =>
        stores.length === 0 ? (
          <EmptyState
            icon={Heart}
            title="You follow no store yet"
            action={
              <Button asChild>
                <Link href="/">See who is live</Link>
              </Button>
            }
          >
            Follow a store, and you are told when it goes live.
          </EmptyState>
        ) : (
          <ul aria-label="Stores you follow" className="grid gap-3">
            {stores.map((store) => (
              <li key={store.id}>
                <Card className="flex items-center gap-4 p-4">
                  <Avatar name={store.name} image_url={store.logo_url} />
                  <Link
                    href={`/stores/${store.id}`}
                    className="min-w-0 flex-1 truncate font-semibold hover:underline"
                  >
                    {store.name}
                  </Link>
                  <FollowButton store={store} />
                </Card>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}
