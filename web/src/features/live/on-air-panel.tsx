"use client";

import { Signal, SignalLow, SignalMedium } from "lucide-react";
import { useState } from "react";
import { sentence_of } from "@/lib/api/problem";
import type { Stream } from "@/lib/api/types";
import type { UploadHealth } from "@/lib/media/upload-health";
import type { PublisherState } from "@/lib/media/whip-publisher";
import { Button } from "@/ui/button";
import { cn } from "@/ui/class-names";
import { Sheet } from "@/ui/sheet";
import { Notice } from "@/ui/states";
import { useEndStream } from "./queries";

const levels = {
  good: { icon: Signal, colour: "text-success" },
  fair: { icon: SignalMedium, colour: "text-warning" },
  poor: { icon: SignalLow, colour: "text-danger" },
};

/** How the upload is doing, in words. */
export function UploadHealthLine({ state, health }: { state: PublisherState; health: UploadHealth | null }) {
  if (state.phase === "connecting") return <p role="status">Connecting to the media server…</p>;
  if (state.phase === "reconnecting") {
    return (
      <p role="status" className="text-danger">
        Trying again: {state.reason}
      </p>
    );
  }
  if (state.phase === "stopped" || !health) return <p role="status">Measuring the upload…</p>;
  const { icon: Icon, colour } = levels[health.level];
  return (
    <p role="status" className="flex items-start gap-2">
      <Icon className={cn("mt-0.5 size-5 shrink-0", colour)} aria-hidden />
      <span>
        {health.sentence}{" "}
        <span className="whitespace-nowrap text-ink-muted tabular-nums">{health.kbit_per_s} kbit/s</span>
      </span>
    </p>
  );
}

type EndShowProps = { stream: Stream; on_ended: () => void };

/** Ends the show after asking once. */
export function EndShow({ stream, on_ended }: EndShowProps) {
  const [asking, set_asking] = useState(false);
  const end = useEndStream();
  const confirm = () =>
    end.mutate(stream.id, {
      onSuccess: () => {
        set_asking(false);
        on_ended();
      },
    });
  return (
    <>
      <Button look="danger" onClick={() => set_asking(true)}>
        End show
      </Button>
      <Sheet
        open={asking}
        on_open_change={set_asking}
        title="End this show?"
        description="Viewers are told it is over. Orders stay as they are."
      >
        {end.isError && <Notice>{sentence_of(end.error)}</Notice>}
        <div className="mt-4 flex justify-end gap-2">
          <Button look="quiet" onClick={() => set_asking(false)}>
            Keep going
          </Button>
          <Button look="live" busy={end.isPending} onClick={confirm}>
            End now
          </Button>
        </div>
      </Sheet>
    </>
  );
}
