"use client";

import { useQuery } from "@tanstack/react-query";
import { api, body_of } from "@/lib/api/client";
import { useChange } from "@/lib/api/use-change";
import { Button } from "@/ui/button";
import { Loaded, refused } from "@/ui/loaded";
import { Card } from "@/ui/surfaces";

export const moderators_key = (store_id: string) => ["moderators", store_id] as const;

export function useAddModerator(store_id: string) {
  return useChange([moderators_key(store_id)], (user_id: string) =>
    body_of(
      api.POST("/api/v1/stores/{store_id}/moderators", { params: { path: { store_id } }, body: { user_id } }),
    ),
  );
}

/** Who keeps order in a store's chats. They are chosen from the chat or from who watched a show. */
export function Moderators({ store_id }: { store_id: string }) {
  const path = { store_id };
  const moderators = useQuery({
    queryKey: moderators_key(store_id),
    queryFn: async () =>
      (await body_of(api.GET("/api/v1/stores/{store_id}/moderators", { params: { path } }))).moderators,
  });
  const remove = useChange([moderators_key(store_id)], (user_id: string) =>
    body_of(
      api.DELETE("/api/v1/stores/{store_id}/moderators/{user_id}", {
        params: { path: { store_id, user_id } },
      }),
    ),
  );
  return (
    <section aria-label="Chat moderators" className="grid gap-3">
      <h2 className="text-lg">Chat moderators</h2>
      <p className="text-ink-muted">
        They delete messages and mute people in your shows. Choose them in the studio’s chat, or from those
        who watched a show.
      </p>
      <Loaded query={moderators} loading="Loading moderators" className="h-24">
        {(all) =>
          all.length === 0 ? (
            <p className="rounded-lg border border-dashed border-line-strong/50 px-4 py-6 text-center text-ink-muted">
              Nobody yet.
            </p>
          ) : (
            <ul className="grid gap-2">
              {all.map(({ user_id, name }) => (
                <li key={user_id}>
                  <Card className="flex items-center justify-between gap-3 p-3.5">
                    <span className="font-semibold">{name}</span>
                    <Button
                      look="quiet"
                      size="sm"
                      aria-label={`${name} is no moderator any more`}
                      busy={remove.isPending && remove.variables === user_id}
                      onClick={() => remove.mutate(user_id, { onError: refused("Nothing was changed") })}
                    >
                      Remove
                    </Button>
                  </Card>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}
