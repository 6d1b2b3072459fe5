"use client";

import { useQuery } from "@tanstack/react-query";
import { api, body_of } from "@/lib/api/client";
import { useChange } from "@/lib/api/use-change";
import { Loaded, refused } from "@/ui/loaded";
import { Card } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { MutedWordsForm } from "./muted-words-form";

const key = ["admin", "muted_words"] as const;

/** Words that are sent in no chat of the marketplace. */
export function AdminMutedWords() {
  const words = useQuery({
    queryKey: key,
    queryFn: async () => (await body_of(api.GET("/api/v1/admin/muted-words"))).words,
  });
  const save = useChange([key], (wanted: string[]) =>
    body_of(api.PUT("/api/v1/admin/muted-words", { body: { words: wanted } })),
  );
  return (
    <Card className="grid gap-3 p-5">
      <h2 className="text-lg">Chats</h2>
      <Loaded query={words} loading="Loading muted words" className="h-40">
        {(now) => (
          <MutedWordsForm
            words={now}
            busy={save.isPending}
            on_save={(wanted) =>
              save.mutate(wanted, {
                onSuccess: () => toast("success", "The words are saved"),
                onError: refused("The words were not saved"),
              })
            }
          />
        )}
      </Loaded>
    </Card>
  );
}
