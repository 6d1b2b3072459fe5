"use client";

import type { Stream } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { Card } from "@/ui/surfaces";
import { Moment } from "@/ui/time";
import { useStoreStreams } from "./host-queries";

type PlannedShowsProps = { store_id: string; camera_ready: boolean; on_start: (stream: Stream) => void };

/** In the studio: shows that were planned, to be begun. Nothing while there are none. */
export function PlannedShows({ store_id, camera_ready, on_start }: PlannedShowsProps) {
  const streams = useStoreStreams(store_id, "scheduled");
  const all = streams.data?.pages.flatMap((page) => page.streams) ?? [];
  if (all.length === 0) return null;
  return (
    <Card className="grid gap-3 p-5">
      <h2 className="text-lg">Planned</h2>
      <ul aria-label="Planned shows" className="grid gap-3">
        {all.map((stream) => (
          <li key={stream.id} className="flex items-center justify-between gap-3">
            <span className="min-w-0">
              <span className="block truncate font-semibold">{stream.title}</span>
              {stream.scheduled_at && <Moment at={stream.scheduled_at} className="text-sm text-ink-muted" />}
            </span>
            <Button
              look="live"
              size="sm"
              aria-label={`Go live with ${stream.title}`}
              disabled={!camera_ready}
              onClick={() => on_start(stream)}
            >
              Go live
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
