"use client";

import { Loaded } from "@/ui/loaded";
import { Notice } from "@/ui/states";
import { Card } from "@/ui/surfaces";
import { useStreamSummary } from "./host-queries";
import { format_span } from "./stream-words";

function Fact({ label, value }: { label: string; value: string | number }) {
  return (
    <Card className="flex flex-col-reverse gap-0.5 p-4">
      <dt className="text-sm text-ink-muted">{label}</dt>
      <dd className="font-display text-2xl font-bold tabular-nums">{value}</dd>
    </Card>
  );
}

/** What became of a show, in numbers that were counted. */
export function ShowSummary({ stream_id }: { stream_id: string }) {
  const summary = useStreamSummary(stream_id);
  return (
    <Loaded query={summary} loading="Loading the summary" className="h-40">
      {({ stream, participants_count, messages_count, reactions_count, requests_count, stop_reason }) => {
        const length_s =
          stream.started_at && stream.ended_at
            ? (Date.parse(stream.ended_at) - Date.parse(stream.started_at)) / 1000
            : 0;
        return (
          <section aria-label="Summary" className="grid gap-4">
            {stop_reason && <Notice tone="warning">The marketplace stopped this show: {stop_reason}</Notice>}
            <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-7">
              <Fact label="Length" value={format_span(length_s)} />
              <Fact label="Most at once" value={stream.peak_viewers} />
              <Fact label="Watched in all" value={format_span(stream.total_watch_time_s)} />
              <Fact label="With an account" value={participants_count} />
              <Fact label="Messages" value={messages_count} />
              <Fact label="Reactions" value={reactions_count} />
              <Fact label="Products asked for" value={requests_count} />
            </dl>
          </section>
        );
      }}
    </Loaded>
  );
}
