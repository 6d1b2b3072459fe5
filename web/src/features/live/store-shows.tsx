"use client";

import { CalendarClock, Lock, Plus } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Store, Stream, StreamStatus } from "@/lib/api/types";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Loaded } from "@/ui/loaded";
import { Sheet } from "@/ui/sheet";
import { EmptyState } from "@/ui/states";
import { Card } from "@/ui/surfaces";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/ui/tabs";
import { Moment } from "@/ui/time";
import { toast } from "@/ui/toast";
import { useStoreStreams } from "./host-queries";
import { ShowForm } from "./show-form";
import { stream_words } from "./stream-words";

const lists: { status: StreamStatus; title: string; empty: string; lead: string }[] = [
  {
    status: "scheduled",
    title: "Planned",
    empty: "No show is planned",
    lead: "Plan one, and those who follow your store are told when it begins.",
  },
  { status: "live", title: "Live", empty: "You are not live", lead: "Go live from the studio." },
  { status: "ended", title: "Over", empty: "No show is over", lead: "What became of a show is kept here." },
  { status: "cancelled", title: "Cancelled", empty: "No show was cancelled", lead: "So far, so good." },
];

/** When a show is, was or began. */
function ShowTime({ stream }: { stream: Stream }) {
  const at = stream.started_at ?? stream.scheduled_at;
  return at ? <Moment at={at} /> : <>No date yet</>;
}

function ShowLine({ stream }: { stream: Stream }) {
  return (
    <li>
      <Card className="flex items-center gap-3 p-3.5">
        {stream.thumbnail_url ? (
          <img
            src={stream.thumbnail_url}
            alt=""
            className="h-12 w-20 shrink-0 rounded-sm bg-sunken object-cover"
          />
        ) : (
          <span className="grid size-12 shrink-0 place-items-center rounded-md bg-sunken">
            <CalendarClock className="size-5" aria-hidden />
          </span>
        )}
        <span className="min-w-0 flex-1">
          <Link href={`/store/shows/${stream.id}`} className="block truncate font-semibold hover:underline">
            {stream.title}
          </Link>
          <span className="block text-sm text-ink-muted">
            <ShowTime stream={stream} />
          </span>
        </span>
        {stream.type === "private" && (
          <Badge>
            <Lock className="size-3" aria-hidden /> Private
          </Badge>
        )}
        <Badge tone={stream_words[stream.status].tone} className="hidden sm:inline-flex">
          {stream_words[stream.status].label}
        </Badge>
      </Card>
    </li>
  );
}

function ShowList({ store_id, list }: { store_id: string; list: (typeof lists)[number] }) {
  const streams = useStoreStreams(store_id, list.status);
  return (
    <Loaded query={streams} loading="Loading shows">
      {({ pages }) => {
        const all = pages.flatMap((page) => page.streams);
        if (all.length === 0)
          return (
            <EmptyState icon={CalendarClock} title={list.empty}>
              {list.lead}
            </EmptyState>
          );
        return (
          <>
            <ul aria-label={`${list.title} shows`} className="grid gap-2">
              {all.map((stream) => (
                <ShowLine key={stream.id} stream={stream} />
              ))}
            </ul>
            {streams.hasNextPage && (
              <Button
                look="outline"
                className="mt-4"
                busy={streams.isFetchingNextPage}
                onClick={() => streams.fetchNextPage()}
              >
                Show more
              </Button>
            )}
          </>
        );
      }}
    </Loaded>
  );
}

/** A store's shows by how they stand. */
export function StoreShows({ store }: { store: Store }) {
  return (
    <Tabs defaultValue="scheduled">
      <TabsList aria-label="Shows">
        {lists.map(({ status, title }) => (
          <TabsTrigger key={status} value={status}>
            {title}
          </TabsTrigger>
        ))}
      </TabsList>
      {lists.map((list) => (
        <TabsContent key={list.status} value={list.status}>
          <ShowList store_id={store.id} list={list} />
        </TabsContent>
      ))}
    </Tabs>
  );
}

export function PlanShow({ store }: { store: Store }) {
  const [open, set_open] = useState(false);
  const router = useRouter();
  return (
    <>
      <Button look="buy" onClick={() => set_open(true)}>
        <Plus aria-hidden /> Plan a show
      </Button>
      <Sheet open={open} on_open_change={set_open} place="side" title="Plan a show">
        <ShowForm
          store_id={store.id}
          stream={null}
          on_saved={(stream) => {
            toast("success", `${stream.title} is planned`);
            set_open(false);
            router.push(`/store/shows/${stream.id}`);
          }}
        />
      </Sheet>
    </>
  );
}
