"use client";

import { Flame, Heart, Laugh, PartyPopper, Sparkles, type LucideIcon } from "lucide-react";
import { useCallback, useRef, useState } from "react";
import { ask } from "@/lib/realtime/socket";
import type { ReactionKind } from "@/lib/api/types";
import type { Reactions } from "@/lib/realtime/events";
import { Button } from "@/ui/button";
import { invitation } from "./queries";

const kinds: Record<ReactionKind, { icon: LucideIcon; colour: string; label: string }> = {
  heart: { icon: Heart, colour: "#ff5a6b", label: "React with a heart" },
  fire: { icon: Flame, colour: "#ffb02e", label: "React with fire" },
  clap: { icon: PartyPopper, colour: "#8fd7ff", label: "React with applause" },
  laugh: { icon: Laugh, colour: "#ffe14d", label: "React with a laugh" },
  wow: { icon: Sparkles, colour: "#d9b8ff", label: "React with amazement" },
};

/** The buttons of the bar; the others are shown when they come. */
const offered: ReactionKind[] = ["heart", "fire", "clap"];

const FLYING_MAX = 24;
const PER_EVENT_MAX = 6;
const FLIGHT_MS = 2200;

type Flying = { key: number; kind: ReactionKind; left: number; drift: number };

/** Reactions in flight; `show` adds those of one event. */
export function useFlyingReactions() {
  const [flying, set_flying] = useState<Flying[]>([]);
  const next_key = useRef(0);
  const show = useCallback(({ counts }: Reactions) => {
    const added = counts.flatMap(({ kind, count }) =>
      Array.from({ length: Math.min(count, PER_EVENT_MAX) }, () => ({
        key: next_key.current++,
        kind,
        left: Math.random() * 60,
        drift: (Math.random() - 0.5) * 50,
      })),
    );
    set_flying((before) => [...before, ...added].slice(-FLYING_MAX));
    setTimeout(() => set_flying((before) => before.filter((each) => !added.includes(each))), FLIGHT_MS);
  }, []);
  return { flying, show };
}

export function FlyingReactions({ flying }: { flying: Flying[] }) {
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute right-2 bottom-36 z-10 h-0 w-24 lg:right-6 lg:bottom-24"
    >
      {flying.map(({ key, kind, left, drift }) => {
        const { icon: Icon, colour } = kinds[kind];
        return (
          <Icon
            key={key}
            className="absolute bottom-0 size-7 animate-float-up"
            style={{ left, color: colour, fill: colour, "--drift": `${drift}px` }}
          />
        );
      })}
    </div>
  );
}

/** A refused reaction is not worth a message: the next tap tries again. */
function react(stream_id: string, kind: ReactionKind) {
  ask("stream:reaction", { stream_id, kind, ...invitation() }).catch((refusal: unknown) =>
    console.warn("reaction refused:", refusal),
  );
}

export function ReactionBar({ stream_id }: { stream_id: string }) {
  return (
    <div role="group" aria-label="Reactions" className="flex gap-1.5">
      {offered.map((kind) => {
        const { icon: Icon, colour, label } = kinds[kind];
        return (
          <Button
            key={kind}
            look="glass"
            size="icon"
            className="rounded-full"
            aria-label={label}
            onClick={() => react(stream_id, kind)}
          >
            <Icon style={{ color: colour }} aria-hidden />
          </Button>
        );
      })}
    </div>
  );
}
