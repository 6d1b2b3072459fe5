"use client";

import { LoaderCircle, Volume2, VolumeX } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { follow_page_life } from "@/lib/media/page-life";
import { WhepPlayer, type PlayerState, type WatchGrant } from "@/lib/media/whep-player";
import { Button } from "@/ui/button";
import { cn } from "@/ui/class-names";
import { usePlayerPreferences } from "./player-store";

type StreamPlayerProps = {
  title: string;
  join: () => Promise<WatchGrant>;
  /** Whether the show is over, asked when the player ends. */
  is_over: () => boolean;
  className?: string;
};

/** Browsers refuse sound before the first tap: then it plays muted and offers the sound. */
async function play(video: HTMLVideoElement, on_silenced: () => void): Promise<void> {
  try {
    await video.play();
  } catch (fault) {
    if (!(fault instanceof DOMException) || fault.name !== "NotAllowedError") return;
    on_silenced();
    video.muted = true;
    await video.play().catch((refusal: unknown) => console.warn("video waits for a tap:", refusal));
  }
}

function measure_first_frame(video: HTMLVideoElement, started: number): void {
  video.requestVideoFrameCallback?.(() => {
    performance.measure("liveshop:first_frame", { start: started, end: performance.now() });
  });
}

/** The live picture, reconnecting by itself. */
export function StreamPlayer({ title, join, is_over, className }: StreamPlayerProps) {
  const element = useRef<HTMLVideoElement>(null);
  const latest = useRef({ join, is_over });
  const [state, set_state] = useState<PlayerState>({ phase: "connecting" });
  const [portrait, set_portrait] = useState(true);
  const { muted, set_muted } = usePlayerPreferences();

  useEffect(() => {
    latest.current = { join, is_over };
  });

  useEffect(() => {
    const video = element.current;
    if (!video) return;
    measure_first_frame(video, performance.now());
    const start = () => void play(video, () => set_muted(true));
    // Phones pause a video in the background and leave it paused.
    const resume = () => document.hidden || start();
    video.addEventListener("loadedmetadata", start);
    document.addEventListener("visibilitychange", resume);
    const connect = () =>
      new WhepPlayer({
        video,
        join: () => latest.current.join(),
        is_over: () => latest.current.is_over(),
        on_state: set_state,
      });
    let player = connect();
    const forget_page = follow_page_life({
      leave: () => player.stop(),
      back: () => {
        player = connect();
      },
    });
    return () => {
      video.removeEventListener("loadedmetadata", start);
      document.removeEventListener("visibilitychange", resume);
      forget_page();
      player.stop();
    };
  }, [set_muted]);

  const waiting = state.phase === "connecting" || state.phase === "reconnecting";
  return (
    <div
      className={cn(
        "relative size-full overflow-hidden bg-linear-to-b from-[#2a2133] to-[#120e18] lg:bg-black lg:bg-none",
        className,
      )}
    >
      <video
        ref={element}
        aria-label={`Live video: ${title}`}
        playsInline
        muted={muted}
        onResize={(event) => set_portrait(event.currentTarget.videoHeight > event.currentTarget.videoWidth)}
        className={cn(
          "absolute inset-0 size-full",
          portrait ? "object-cover" : "object-contain object-[50%_18%] lg:object-center",
        )}
      />
      {waiting && (
        <p
          role="status"
          className="absolute inset-0 m-auto flex h-fit w-fit max-w-[80%] items-center gap-2.5 rounded-full bg-black/60 px-4 py-2 text-sm text-white"
        >
          <LoaderCircle className="size-4 shrink-0 animate-spin" aria-hidden />
          {state.phase === "reconnecting" ? state.reason : "Connecting to the live video"}
        </p>
      )}
      <Button
        look="glass"
        size={muted ? "sm" : "icon-sm"}
        className="absolute top-16 right-3 z-10 rounded-full"
        aria-label={muted ? "Turn sound on" : "Turn sound off"}
        onClick={() => set_muted(!muted)}
      >
        {muted ? <VolumeX aria-hidden /> : <Volume2 aria-hidden />}
        {muted && "Sound on"}
      </Button>
    </div>
  );
}
