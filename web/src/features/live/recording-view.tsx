"use client";

import { useState } from "react";
import type { Recording, Stream } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { Confirm } from "@/ui/confirm";
import { Loaded, refused } from "@/ui/loaded";
import { Card } from "@/ui/surfaces";
import { format_duration } from "@/ui/time";
import { toast } from "@/ui/toast";
import { useDeleteRecording, useRecording } from "./host-queries";

function Parts({ title, recording }: { title: string; recording: Recording }) {
  const [chosen, set_chosen] = useState(0);
  const part = recording.parts[chosen];
  if (recording.status === "processing") return <p role="status">The recording is being finished…</p>;
  if (!part) return <p className="text-ink-muted">There is no recording: no picture arrived.</p>;
  return (
    <>
      <video
        key={part.url}
        src={part.url}
        controls
        playsInline
        preload="metadata"
        aria-label={`Recording of ${title}`}
        className="aspect-video w-full max-w-3xl rounded-lg bg-[#120e18]"
      />
      {recording.parts.length > 1 && (
        <div role="group" aria-label="Parts" className="flex flex-wrap gap-2">
          {recording.parts.map(({ url, duration_ms }, index) => (
            <Button
              key={url}
              look={index === chosen ? "solid" : "outline"}
              size="sm"
              aria-pressed={index === chosen}
              onClick={() => set_chosen(index)}
            >
              Part {index + 1}, {format_duration(duration_ms / 1000)}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}

/** The recording of a show that is over, to be played and deleted. */
export function RecordingView({ stream }: { stream: Stream }) {
  const recording = useRecording(stream.id, stream.has_recording);
  const remove = useDeleteRecording(stream.id);
  return (
    <Card className="grid justify-items-start gap-3 p-5">
      <h2 className="text-lg">Recording</h2>
      {stream.has_recording ? (
        <Loaded query={recording} loading="Loading the recording" className="h-40 w-full">
          {(found) => (
            <>
              <Parts title={stream.title} recording={found} />
              <Confirm
                label="Delete the recording"
                title="Delete the recording?"
                description="Nobody can watch this show again. This is not taken back."
                action="Delete it"
                busy={remove.isPending}
                on_confirm={() =>
                  remove.mutate(undefined, {
                    onSuccess: () => toast("success", "The recording is deleted"),
                    onError: refused("The recording is still there"),
                  })
                }
              />
            </>
          )}
        </Loaded>
      ) : (
        <p className="text-ink-muted">This show was not recorded, or its recording was deleted.</p>
      )}
    </Card>
  );
}
