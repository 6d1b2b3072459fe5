"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Video } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { api, body_of } from "@/lib/api/client";
import { useChange } from "@/lib/api/use-change";
import type { Stream, StreamStatus } from "@/lib/api/types";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { DataTable } from "@/ui/data-table";
import { Field, Input, Select, Textarea } from "@/ui/field";
import { Loaded, refused } from "@/ui/loaded";
import { Sheet } from "@/ui/sheet";
import { EmptyState } from "@/ui/states";
import { Moment } from "@/ui/time";
import { toast } from "@/ui/toast";
import { stream_words } from "./stream-words";

const key = ["admin", "streams"] as const;
const REASON_MIN = 3;

function useAllStreams(status: StreamStatus | "", q: string) {
  return useInfiniteQuery({
    queryKey: [...key, status, q],
    queryFn: ({ pageParam }) =>
      body_of(
        api.GET("/api/v1/admin/streams", {
          params: {
            query: { ...(status && { status }), ...(q && { q }), ...(pageParam && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? null,
    placeholderData: keepPreviousData,
  });
}

function StopForm({ stream, on_done }: { stream: Stream; on_done: () => void }) {
  const [reason, set_reason] = useState("");
  const stop = useChange([key], (why: string) =>
    body_of(
      api.POST("/api/v1/admin/streams/{stream_id}/stop", {
        params: { path: { stream_id: stream.id } },
        body: { reason: why },
      }),
    ),
  );
  return (
    <form
      aria-label="Stop"
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        stop.mutate(reason.trim(), {
          onSuccess: () => {
            toast("success", `${stream.title} is stopped`);
            on_done();
          },
          onError: refused(`${stream.title} was not stopped`),
        });
      }}
    >
      <p>
        {stream.status === "live"
          ? "It ends at once, for everybody who watches."
          : "It is called off before it has begun."}
      </p>
      <Field label="Reason" hint="The store is told.">
        <Textarea maxLength={500} value={reason} onChange={(event) => set_reason(event.target.value)} />
      </Field>
      <Button
        type="submit"
        look="live"
        busy={stop.isPending}
        disabled={reason.trim().length < REASON_MIN}
        className="justify-self-start"
      >
        Stop this stream
      </Button>
    </form>
  );
}

function StreamTable({ streams, on_stop }: { streams: Stream[]; on_stop: (stream: Stream) => void }) {
  return (
    <DataTable
      caption="Streams"
      rows={streams}
      row_key={({ id }) => id}
      columns={[
        {
          heading: "Title",
          cell: (stream) => (
            <span className="font-semibold">
              {stream.title}
              <span className="block text-sm font-normal text-ink-muted">{stream.store_name}</span>
            </span>
          ),
        },
        {
          heading: "State",
          cell: ({ status }) => <Badge tone={stream_words[status].tone}>{stream_words[status].label}</Badge>,
        },
        { heading: "Watching", align: "right", wide_only: true, cell: (stream) => stream.viewer_count },
        {
          heading: "When",
          wide_only: true,
          cell: (stream) => <Moment at={stream.started_at ?? stream.scheduled_at ?? stream.created_at} />,
        },
        {
          heading: "Decide",
          align: "right",
          cell: (stream) =>
            (stream.status === "live" || stream.status === "scheduled") && (
              <Button
                look="danger"
                size="sm"
                aria-label={`Stop ${stream.title}`}
                onClick={() => on_stop(stream)}
              >
                Stop
              </Button>
            ),
        },
      ]}
    />
  );
}

/** Every stream of the marketplace, private ones, too; one that must not go on is stopped. */
export function AdminStreams() {
  const [typed, set_typed] = useState("");
  const [status, set_status] = useState<StreamStatus | "">("");
  const [stopping, set_stopping] = useState<Stream | null>(null);
  const streams = useAllStreams(status, useDeferredValue(typed.trim()));
  return (
    <div className="grid gap-4">
      <form
        role="search"
        aria-label="Streams"
        className="grid gap-3 sm:grid-cols-[minmax(12rem,1fr)_10rem]"
        onSubmit={(event) => event.preventDefault()}
      >
        <Field label="Search">
          <Input
            type="search"
            placeholder="Title or store"
            maxLength={100}
            value={typed}
            onChange={(event) => set_typed(event.target.value)}
          />
        </Field>
        <Field label="State">
          <Select value={status} onChange={(event) => set_status(event.target.value as StreamStatus | "")}>
            <option value="">All</option>
            {Object.entries(stream_words).map(([value, { label }]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
      </form>
      <Loaded query={streams} loading="Loading streams">
        {({ pages }) => {
          const all = pages.flatMap((page) => page.streams);
          if (all.length === 0) return <EmptyState icon={Video} title="No streams found" />;
          return <StreamTable streams={all} on_stop={set_stopping} />;
        }}
      </Loaded>
      {streams.hasNextPage && (
        <Button
          look="outline"
          className="justify-self-start"
          busy={streams.isFetchingNextPage}
          onClick={() => streams.fetchNextPage()}
        >
          Show more
        </Button>
      )}
      {stopping && (
        <Sheet open on_open_change={(open) => open || set_stopping(null)} title={`Stop ${stopping.title}?`}>
          <StopForm stream={stopping} on_done={() => set_stopping(null)} />
        </Sheet>
      )}
    </div>
  );
}
