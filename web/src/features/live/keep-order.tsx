"use client";

import { Settings2, ShieldCheck } from "lucide-react";
import { useState } from "react";
import type { Stream } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { Loaded, refused } from "@/ui/loaded";
import { Sheet } from "@/ui/sheet";
import { toast } from "@/ui/toast";
import { Moment } from "@/ui/time";
import { useMutes, useSetStreamWords, useStreamWords, useUnmute } from "./host-queries";
import { MutedWordsForm } from "./muted-words-form";
import { ShowForm } from "./show-form";

function Words({ stream_id }: { stream_id: string }) {
  const words = useStreamWords(stream_id);
  const save = useSetStreamWords(stream_id);
  return (
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
  );
}

function Mutes({ stream_id }: { stream_id: string }) {
  const mutes = useMutes(stream_id);
  const unmute = useUnmute(stream_id);
  return (
    <Loaded query={mutes} loading="Loading who is muted" className="h-16">
      {(all) =>
        all.length === 0 ? (
          <p className="text-ink-muted">Nobody is muted.</p>
        ) : (
          <ul aria-label="Muted people" className="divide-y divide-line">
            {all.map((mute) => (
              <li key={mute.id} className="flex items-center justify-between gap-3 py-2">
                <span className="min-w-0">
                  <span className="block font-semibold">{mute.user_name}</span>
                  <span className="block text-sm text-ink-muted">
                    {mute.expires_at ? (
                      <>
                        until <Moment at={mute.expires_at} />
                      </>
                    ) : (
                      "for good"
                    )}
                    {mute.reason && `: ${mute.reason}`}
                    {mute.everywhere && " (by the marketplace)"}
                  </span>
                </span>
                {!mute.everywhere && (
                  <Button
                    look="quiet"
                    size="sm"
                    aria-label={`Let ${mute.user_name} write again`}
                    busy={unmute.isPending && unmute.variables === mute.id}
                    onClick={() =>
                      unmute.mutate(mute.id, { onError: refused(`${mute.user_name} is still muted`) })
                    }
                  >
                    Let write again
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

/** In the studio: what the show allows, who is muted, which words are not sent. */
export function KeepOrder({ stream }: { stream: Stream }) {
  const [opened, set_opened] = useState<"settings" | "order" | null>(null);
  const close = () => set_opened(null);
  return (
    <div className="flex flex-wrap gap-2">
      <Button look="outline" size="sm" onClick={() => set_opened("settings")}>
        <Settings2 aria-hidden /> Show settings
      </Button>
      <Button look="outline" size="sm" onClick={() => set_opened("order")}>
        <ShieldCheck aria-hidden /> Muted people and words
      </Button>
      <Sheet
        open={opened === "settings"}
        on_open_change={(open) => open || close()}
        place="side"
        title="Show settings"
      >
        <ShowForm
          store_id={stream.store_id}
          stream={stream}
          on_saved={() => {
            toast("success", "The show is changed");
            close();
          }}
        />
      </Sheet>
      <Sheet
        open={opened === "order"}
        on_open_change={(open) => open || close()}
        place="side"
        title="Muted people and words"
      >
        <div className="grid gap-6">
          <Mutes stream_id={stream.id} />
          <Words stream_id={stream.id} />
        </div>
      </Sheet>
    </div>
  );
}
