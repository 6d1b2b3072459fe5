import { CalendarClock, CirclePlay } from "lucide-react";
import Link from "next/link";
import type { Stream } from "@/lib/api/types";
import { LiveBadge } from "@/ui/badge";
import { Avatar, Card, Skeleton } from "@/ui/surfaces";
import { Moment } from "@/ui/time";
import { ViewerCount } from "./viewer-count";

type StreamTileProps = {
  stream: Stream;
  /** Shown while the stream has no picture of its own: something its store sells. */
  picture?: string;
};

/** A show that is on air: a large upright tile. */
export function StreamTile({ stream, picture }: StreamTileProps) {
  const backdrop = stream.thumbnail_url ?? picture;
  return (
    <Link
      href={`/live/${stream.id}`}
      aria-label={`Watch ${stream.title} by ${stream.store_name}`}
      className="group relative flex aspect-4/5 flex-col justify-end overflow-hidden rounded-xl bg-[#1b1523] text-white shadow-mid focus-visible:outline-offset-4 sm:aspect-auto sm:h-[26rem]"
    >
      {backdrop && (
        <img
          src={backdrop}
          alt=""
          className="absolute inset-0 size-full object-cover transition-transform duration-500 ease-out-soft group-hover:scale-[1.04]"
        />
      )}
      <span className="absolute inset-0 bg-linear-to-t from-black/85 via-black/15 to-black/25" aria-hidden />
      <span className="absolute top-3 left-3 flex gap-1.5">
        <LiveBadge />
        <ViewerCount count={stream.viewer_count} />
      </span>
      <span className="relative grid gap-2 p-4">
        <span className="font-display text-xl leading-tight font-bold text-balance">{stream.title}</span>
        <span className="flex items-center gap-2 text-sm text-white/85">
          <Avatar name={stream.store_name} className="size-6 text-[0.625rem]" /> {stream.store_name}
        </span>
      </span>
    </Link>
  );
}

/** As many as fit side by side; few of them share the whole width. */
const grid = "grid gap-4 grid-cols-[repeat(auto-fit,minmax(min(100%,17rem),1fr))]";

type StreamGridProps = { streams: readonly Stream[]; picture_of?: (stream: Stream) => string | undefined };

export function StreamGrid({ streams, picture_of }: StreamGridProps) {
  return (
    <ul className={grid}>
      {streams.map((stream) => (
        <li key={stream.id}>
          <StreamTile stream={stream} picture={picture_of?.(stream)} />
        </li>
      ))}
    </ul>
  );
}

export function StreamGridSkeleton() {
  return (
    <div className={grid} role="status" aria-label="Loading live shows">
      {Array.from({ length: 4 }, (_, index) => (
        <Skeleton key={index} className="aspect-4/5 rounded-xl sm:aspect-auto sm:h-[26rem]" />
      ))}
    </div>
  );
}

/** A show that is announced, or that can be watched again. */
export function StreamLine({ stream }: { stream: Stream }) {
  const over = stream.status === "ended";
  const Icon = over ? CirclePlay : CalendarClock;
  const at = over ? stream.started_at : stream.scheduled_at;
  return (
    <Card className="flex items-center gap-3 p-3.5">
      <span className="grid size-11 shrink-0 place-items-center rounded-md bg-sunken">
        <Icon className="size-5" aria-hidden />
      </span>
      <Link href={`/live/${stream.id}`} className="min-w-0 hover:underline">
        <span className="block truncate font-semibold">{stream.title}</span>
        <span className="block truncate text-sm text-ink-muted">
          {stream.store_name}
          {at && (
            <>
              {" · "}
              <Moment at={at} />
            </>
          )}
        </span>
      </Link>
    </Card>
  );
}
