"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { UploadHealth } from "@/lib/media/upload-health";
import { follow_page_life } from "@/lib/media/page-life";
import { WhipPublisher, type PublisherState } from "@/lib/media/whip-publisher";
import { is_over, keep_stream, start_stream } from "./queries";

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
    if (!stream_id || !has_media) return;
    const publish = () => {
      if (!latest_media.current) return;
      publisher.current = new WhipPublisher({
        media: latest_media.current,
        start: async () => {
          const publishing = await start_stream(stream_id);
          await keep_stream(queries, publishing.stream);
          return publishing;
        },
        is_over: () => is_over(queries, stream_id),
        on_state: set_state,
        on_health: set_health,
      });
    };
    const stop = () => {
      publisher.current?.stop();
      publisher.current = null;
    };
    publish();
    const forget_page = follow_page_life({ leave: stop, back: publish });
    return () => {
      forget_page();
      stop();
    };
  }, [stream_id, has_media, queries]);

  const stop = useCallback(() => publisher.current?.stop(), []);
  return { state, health, stop };
}
