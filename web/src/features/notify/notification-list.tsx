"use client";

import { BellOff, CheckCheck, Settings2 } from "lucide-react";
import Link from "next/link";
import { sentence_of } from "@/lib/api/problem";
import type { Notification } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { cn } from "@/ui/class-names";
import { EmptyState, ErrorState } from "@/ui/states";
import { Skeleton } from "@/ui/surfaces";
import { Moment } from "@/ui/time";
import { toast } from "@/ui/toast";
import { useMarkRead, useNotifications } from "./queries";

function Entry({ notification, on_open }: { notification: Notification; on_open: () => void }) {
  const { title, body, data, is_read, created_at } = notification;
  return (
    <li>
      <Link
        href={data.url}
        onClick={on_open}
        className={cn(
          "flex gap-3 rounded-lg border border-line p-4 transition-colors hover:border-line-strong",
          !is_read && "bg-raised",
        )}
      >
        <span
          aria-hidden
          className={cn("mt-2 size-2 shrink-0 rounded-full", is_read ? "bg-transparent" : "bg-accent")}
        />
        <span className="min-w-0 flex-1">
          <span className={cn("block", !is_read && "font-semibold")}>
            {!is_read && <span className="sr-only">Unread: </span>}
            {title}
          </span>
          <span className="block text-pretty break-words text-ink-muted">{body}</span>
          <span className="mt-1 block text-sm text-ink-muted">
            <Moment at={created_at} />
          </span>
        </span>
      </Link>
    </li>
  );
}

/** Everything one was told, the newest first; each leads to the page it is about. */
export function NotificationList() {
  const list = useNotifications();
  const mark_read = useMarkRead();
  const on_error = (fault: unknown) => toast("danger", "Not marked as read", sentence_of(fault));
  if (list.isLoadingError)
    return <ErrorState message={sentence_of(list.error)} on_retry={() => list.refetch()} />;
  if (!list.data) return <Skeleton className="h-48" aria-label="Loading your notifications" />;
  const all = list.data.pages.flatMap(({ notifications }) => notifications);
  const has_unread = all.some(({ is_read }) => !is_read);
  return (
    <>
      <div className="mb-4 flex flex-wrap gap-2">
        <Button
          look="quiet"
          size="sm"
          disabled={!has_unread || mark_read.isPending}
          onClick={() => mark_read.mutate(undefined, { onError: on_error })}
        >
          <CheckCheck aria-hidden /> Mark all as read
        </Button>
        <Button asChild look="quiet" size="sm">
          <Link href="/notifications/preferences">
            <Settings2 aria-hidden /> Choose what you are told
          </Link>
        </Button>
      </div>
      {all.length === 0 ? (
        <EmptyState icon={BellOff} title="Nothing to tell yet">
          Your orders, messages and the shows of stores you follow will be told here.
        </EmptyState>
      ) : (
        <ul className="grid gap-2" aria-label="Notifications">
          {all.map((notification) => (
            <Entry
              key={notification.id}
              notification={notification}
              on_open={() => {
                if (!notification.is_read) mark_read.mutate(notification.id, { onError: on_error });
              }}
            />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button
          look="quiet"
          className="mt-4"
          disabled={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          Show older ones
        </Button>
      )}
    </>
  );
}
