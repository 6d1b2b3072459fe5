import type { StreamStatus } from "@/lib/api/types";
import type { Tone } from "@/ui/badge";

export const stream_words: Record<StreamStatus, { label: string; tone: Tone }> = {
  scheduled: { label: "Planned", tone: "info" },
  live: { label: "Live", tone: "danger" },
  ended: { label: "Over", tone: "neutral" },
  cancelled: { label: "Cancelled", tone: "neutral" },
};

/** "2 h 5 min" of seconds: how long people watched. */
export function format_span(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes === 0) return `${Math.round(seconds)} s`;
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
