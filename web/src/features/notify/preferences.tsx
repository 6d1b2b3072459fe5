"use client";

import { useState } from "react";
import { sentence_of } from "@/lib/api/problem";
import type { KindPreference, NotificationChannel, NotificationPreferences } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { ErrorState } from "@/ui/states";
import { Card, Skeleton } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { channel_words, kind_words } from "./kind-words";
import { useChangePreferences, usePreferences } from "./queries";

function failed(fault: unknown) {
  toast("danger", "Not saved", sentence_of(fault));
}

function Row({ preference, channels }: { preference: KindPreference; channels: NotificationChannel[] }) {
  const change = useChangePreferences();
  const { kind, is_locked } = preference;
  return (
    <tr className="border-t border-line">
      <th scope="row" className="py-2.5 pr-3 text-left font-normal text-pretty">
        {kind_words[kind]}
        {is_locked && (
          <span className="block text-xs text-ink-muted">Always on, for your account’s safety</span>
        )}
      </th>
      {channels.map((channel) => {
        const is_enabled = preference.channels.find((one) => one.channel === channel)?.is_enabled ?? false;
        return (
          <td key={channel} className="px-1 py-2.5 text-center">
            <input
              type="checkbox"
              className="size-5 accent-accent"
              aria-label={`${kind_words[kind]}: ${channel_words[channel]}`}
              checked={is_enabled}
              disabled={is_locked || change.isPending}
              onChange={() =>
                change.mutate({ changes: [{ kind, channel, is_enabled: !is_enabled }] }, { onError: failed })
              }
            />
          </td>
        );
      })}
    </tr>
  );
}

function QuietHours({ preferences }: { preferences: NotificationPreferences }) {
  const change = useChangePreferences();
  const [from, set_from] = useState(preferences.quiet_hours?.from ?? "22:00");
  const [until, set_until] = useState(preferences.quiet_hours?.until ?? "07:00");
  const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const save = () =>
    change.mutate(
      { quiet_hours: { from, until }, time_zone },
      { onSuccess: () => toast("success", "Quiet hours saved"), onError: failed },
    );
  return (
    <Card className="mt-6 p-5">
      <h2 className="text-lg">Quiet hours</h2>
      <p className="mt-1 text-ink-muted">
        No push and no text messages between these times, by your clock ({time_zone}). Codes still come.
      </p>
      <div className="mt-4 flex flex-wrap items-end gap-3">
        <Field label="From">
          <Input type="time" value={from} onChange={(event) => set_from(event.target.value)} />
        </Field>
        <Field label="Until">
          <Input type="time" value={until} onChange={(event) => set_until(event.target.value)} />
        </Field>
        <Button disabled={change.isPending} onClick={save}>
          Save quiet hours
        </Button>
        {preferences.quiet_hours && (
          <Button
            look="quiet"
            disabled={change.isPending}
            onClick={() => change.mutate({ has_quiet_hours: false }, { onError: failed })}
          >
            No quiet hours
          </Button>
        )}
      </div>
    </Card>
  );
}

/** Which kinds one is told of, and by what. */
export function Preferences() {
  const preferences = usePreferences();
  if (preferences.isLoadingError)
    return <ErrorState message={sentence_of(preferences.error)} on_retry={() => preferences.refetch()} />;
  if (!preferences.data) return <Skeleton className="h-64" aria-label="Loading your preferences" />;
  const { available, kinds } = preferences.data;
  return (
    <>
      <Card className="overflow-x-auto p-5">
        <table className="w-full">
          <caption className="sr-only">What you are told, and how</caption>
          <thead>
            <tr>
              <td />
              {available.map((channel) => (
                <th key={channel} scope="col" className="px-1 pb-2 text-xs font-semibold">
                  {channel_words[channel]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {kinds.map((preference) => (
              <Row key={preference.kind} preference={preference} channels={available} />
            ))}
          </tbody>
        </table>
      </Card>
      <QuietHours preferences={preferences.data} />
    </>
  );
}
