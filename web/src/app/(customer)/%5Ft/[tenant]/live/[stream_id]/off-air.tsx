import { CalendarClock, MonitorOff } from "lucide-react";
import Link from "next/link";
import type { Stream } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { Moment } from "@/ui/time";

/** Before and after the show. */
export function OffAir({ stream }: { stream: Stream }) {
  const scheduled = stream.status === "scheduled";
  const Icon = scheduled ? CalendarClock : MonitorOff;
  return (
    <div className="grid size-full place-content-center justify-items-center gap-3 p-8 text-center">
      <Icon className="size-10 text-white/70" aria-hidden />
      <h2 className="text-2xl">{scheduled ? "This show has not started yet" : "This show is over"}</h2>
      {scheduled && stream.scheduled_at && (
        <p className="text-white/80">
          It begins <Moment at={stream.scheduled_at} />; this page will start by itself.
        </p>
      )}
      <Button asChild look="buy" className="mt-2">
        <Link href={`/stores/${stream.store_id}`}>Visit {stream.store_name}</Link>
      </Button>
    </div>
  );
}
