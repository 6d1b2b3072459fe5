import { CalendarClock, CalendarX, MonitorOff } from "lucide-react";
import Link from "next/link";
import { FollowButton } from "@/features/catalog/follow-button";
import { Replay } from "@/features/live/replay";
import type { Stream, StreamStatus } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { Moment } from "@/ui/time";

const standing: Record<Exclude<StreamStatus, "live">, { icon: typeof CalendarClock; title: string }> = {
  scheduled: { icon: CalendarClock, title: "This show has not started yet" },
  ended: { icon: MonitorOff, title: "This show is over" },
  cancelled: { icon: CalendarX, title: "This show was called off" },
};

/** Before the show: when it begins, and being told of it. After it: the recording. */
export function OffAir({ stream, on_buy }: { stream: Stream; on_buy: (product_id: string) => void }) {
  if (stream.status === "live") return null;
  const { icon: Icon, title } = standing[stream.status];
  return (
    <div className="size-full overflow-y-auto pt-20 pb-8">
      <div className="grid min-h-full place-content-center justify-items-center gap-3 px-4 text-center">
        <Icon className="size-10 text-white/70" aria-hidden />
        <h2 className="text-2xl">{title}</h2>
        {stream.status === "scheduled" && (
          <>
            {stream.scheduled_at && (
              <p className="text-white/80">
                It begins <Moment at={stream.scheduled_at} />; this page will start by itself.
              </p>
            )}
            <p className="text-white/80">Follow {stream.store_name}, and you are told when it goes live.</p>
            <FollowButton store={{ id: stream.store_id, name: stream.store_name }} over_video />
          </>
        )}
        {stream.has_recording && <Replay stream_id={stream.id} title={stream.title} on_buy={on_buy} />}
        <Button asChild look="buy" className="mt-2">
          <Link href={`/stores/${stream.store_id}`}>Visit {stream.store_name}</Link>
        </Button>
      </div>
    </div>
  );
}
