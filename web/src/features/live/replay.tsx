"use client";

import { useRef, useState } from "react";
import type { PinSpan, Recording, RecordingPart } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { Loaded } from "@/ui/loaded";
import { format_duration } from "@/ui/time";
import { useRecording } from "./host-queries";

const ms = (moment: string) => Date.parse(moment);

/** In which part of the recording a moment is, and how far in, in seconds; null where it was not recorded. */
export function place_in(
  parts: readonly Pick<RecordingPart, "started_at" | "duration_ms">[],
  moment: string,
): { part: number; at_s: number } | null {
  const at = ms(moment);
  const part = parts.findLastIndex(({ started_at }) => ms(started_at) <= at);
  const found = parts[part];
  if (!found) return parts.length > 0 ? { part: 0, at_s: 0 } : null;
  const into_ms = at - ms(found.started_at);
  if (into_ms < found.duration_ms) return { part, at_s: into_ms / 1000 };
  return parts[part + 1] ? { part: part + 1, at_s: 0 } : null;
}

type ShownProps = {
  pins: readonly PinSpan[];
  on_go: (span: PinSpan) => void;
  on_buy: (product_id: string) => void;
};

function Shown({ pins, on_go, on_buy }: ShownProps) {
  return (
    <section aria-label="Shown in this show" className="grid gap-2 text-left">
      <h3 className="text-lg">Shown in this show</h3>
      <ul className="grid gap-2">
        {pins.map((span) => (
          <li
            key={span.product.id + span.pinned_at}
            className="flex items-center gap-3 rounded-lg bg-surface p-2.5 text-ink"
          >
            <span className="min-w-0 flex-1 truncate font-semibold">{span.product.name}</span>
            <Button
              look="outline"
              size="sm"
              aria-label={`Go to ${span.product.name}`}
              onClick={() => on_go(span)}
            >
              Go there
            </Button>
            <Button
              look="buy"
              size="sm"
              aria-label={`Buy ${span.product.name}`}
              onClick={() => on_buy(span.product.id)}
            >
              Buy
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

type PlayerProps = { title: string; recording: Recording; on_buy: (product_id: string) => void };

function Player({ title, recording, on_buy }: PlayerProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [place, set_place] = useState({ part: 0, at_s: 0 });
  const { parts, pins } = recording;
  const part = parts[place.part];
  if (recording.status === "processing") return <p role="status">The recording is being finished…</p>;
  if (!part) return <p>There is no recording of this show.</p>;
  const go = (next: { part: number; at_s: number } | null) => {
    if (!next) return;
    set_place(next);
    if (next.part === place.part && video.current) video.current.currentTime = next.at_s;
  };
  return (
    <div className="grid w-full max-w-3xl gap-4">
      <video
        key={part.url}
        ref={video}
        src={part.url}
        controls
        playsInline
        preload="metadata"
        aria-label={`Recording of ${title}`}
        className="aspect-video w-full rounded-lg bg-black"
        onLoadedMetadata={({ currentTarget }) => {
          if (place.at_s > 0) currentTarget.currentTime = place.at_s;
        }}
        onEnded={() => place.part + 1 < parts.length && go({ part: place.part + 1, at_s: 0 })}
      />
      {parts.length > 1 && (
        <div role="group" aria-label="Parts" className="flex flex-wrap gap-2">
          {parts.map(({ url, duration_ms }, index) => (
            <Button
              key={url}
              look="glass"
              size="sm"
              aria-pressed={index === place.part}
              onClick={() => go({ part: index, at_s: 0 })}
            >
              Part {index + 1}, {format_duration(duration_ms / 1000)}
            </Button>
          ))}
        </div>
      )}
      {pins.length > 0 && (
        <Shown pins={pins} on_go={(span) => go(place_in(parts, span.pinned_at))} on_buy={on_buy} />
      )}
    </div>
  );
}

type ReplayProps = { stream_id: string; title: string; on_buy: (product_id: string) => void };

/** A show that is over, to be watched again, with what was shown when. */
export function Replay({ stream_id, title, on_buy }: ReplayProps) {
  const recording = useRecording(stream_id, true);
  return (
    <Loaded query={recording} loading="Loading the recording" className="aspect-video w-full max-w-3xl">
      {(found) => <Player title={title} recording={found} on_buy={on_buy} />}
    </Loaded>
  );
}
