"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { UploadHealth } from "@/lib/media/upload-health";
import { WhipPublisher, type PublisherState } from "@/lib/media/whip-publisher";
import { live_keys, start_stream } from "./queries";

/** Sends the camera to a stream while `stream_id` is set. */
export function useBroadcast(stream_id: string | null, media: MediaStream | null) {
  const queries = useQueryClient();
  const publisher = useRef<WhipPublisher | null>(null);
  const [state, set_state] = useState<PublisherState>({ phase: "stopped" });
  const [health, set_health] = useState<UploadHealth | null>(null);
  const latest_media = useRef(media);
  const has_media = media !== null;

  useEffect(() => {
    latest_media.current = media;
    if (media) void publisher.current?.replace(media);
  }, [media]);

  useEffect(() => {
    if (!stream_id || !has_media || !latest_media.current) return;
    const created = new WhipPublisher({
      media: latest_media.current,
      start: async () => {
        const publishing = await start_stream(stream_id);
        queries.setQueryData(live_keys.stream(stream_id), publishing.stream);
        return publishing;
      },
      on_state: set_state,
      on_health: set_health,
    });
    publisher.current = created;
    const leave = () => created.stop();
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      publisher.current = null;
      created.stop();
    };
  }, [stream_id, has_media, queries]);

  const stop = useCallback(() => publisher.current?.stop(), []);
  return { state, health, stop };
}
