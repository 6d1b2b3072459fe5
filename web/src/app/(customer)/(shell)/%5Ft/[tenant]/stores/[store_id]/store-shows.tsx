"use client";

import { useShowsOf } from "@/features/live/queries";
import { StreamGrid, StreamLine } from "@/features/live/stream-tile";
import type { Stream } from "@/lib/api/types";

type StoreShowsProps = { store_id: string; picture: string | undefined };

function Lines({ title, streams }: { title: string; streams: readonly Stream[] }) {
  if (streams.length === 0) return null;
  return (
    <section aria-label={title} className="mb-10">
      <h2 className="mb-4 text-xl">{title}</h2>
      <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {streams.map((stream) => (
          <li key={stream.id}>
            <StreamLine stream={stream} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What a store has on air, announced and recorded; nothing where there is nothing. */
export function StoreShows({ store_id, picture }: StoreShowsProps) {
  const { data: shows = [] } = useShowsOf(store_id);
  const live = shows.filter(({ status }) => status === "live");
  return (
    <>
      {live.length > 0 && (
        <section aria-label="On air" className="mb-10">
          <StreamGrid streams={live} picture_of={() => picture} />
        </section>
      )}
      <Lines title="Coming up" streams={shows.filter(({ status }) => status === "scheduled").toReversed()} />
      <Lines
        title="Watch again"
        streams={shows.filter(({ status, has_recording }) => status === "ended" && has_recording)}
      />
    </>
  );
}
