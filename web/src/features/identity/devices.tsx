"use client";

import { MonitorSmartphone } from "lucide-react";
import { sentence_of } from "@/lib/api/problem";
import type { Device } from "@/lib/api/types";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { ErrorState } from "@/ui/states";
import { Card, Skeleton } from "@/ui/surfaces";
import { Moment } from "@/ui/time";
import { toast } from "@/ui/toast";
import { useEndSession, useSessions, useSignOutEverywhere } from "./account-queries";
import { device_words } from "./device-words";

function DeviceRow({ device }: { device: Device }) {
  const end = useEndSession();
  const words = device_words(device.user_agent);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 p-4">
      <MonitorSmartphone className="size-5 shrink-0 text-ink-muted" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="font-semibold">{words}</p>
        <p className="text-sm text-ink-muted">
          Last used <Moment at={device.last_used_at} />
        </p>
      </div>
      {device.is_current ? (
        <Badge tone="success">This device</Badge>
      ) : (
        <Button
          look="outline"
          size="sm"
          busy={end.isPending}
          aria-label={`Sign out ${words}`}
          onClick={() =>
            end.mutate(device.id, {
              onSuccess: () => toast("success", "That device is signed out"),
              onError: (fault) => toast("danger", "Not signed out", sentence_of(fault)),
            })
          }
        >
          Sign out
        </Button>
      )}
    </li>
  );
}

/** Where this account is signed in. */
export function Devices() {
  const sessions = useSessions();
  const everywhere = useSignOutEverywhere();
  if (sessions.isLoadingError)
    return <ErrorState message={sentence_of(sessions.error)} on_retry={() => sessions.refetch()} />;
  if (!sessions.data) return <Skeleton className="h-32" aria-label="Loading your devices" />;
  const leave = () =>
    everywhere.mutate(undefined, {
      onError: (fault) => toast("danger", "You are still signed in", sentence_of(fault)),
    });
  return (
    <div className="grid gap-3">
      <Card>
        <ul aria-label="Devices" className="divide-y divide-line">
          {sessions.data.map((device) => (
            <DeviceRow key={device.id} device={device} />
          ))}
        </ul>
      </Card>
      <Button look="outline" busy={everywhere.isPending} onClick={leave} className="justify-self-start">
        Sign out everywhere
      </Button>
    </div>
  );
}
