"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Bell, BellRing } from "lucide-react";
import { api, body_of } from "@/lib/api/client";
import { ApiError, sentence_of } from "@/lib/api/problem";
import { Button } from "@/ui/button";
import { Card } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { push_state, turn_push_off, turn_push_on, type PushState } from "./push";
import { notify_keys } from "./queries";

const sentences: Record<PushState, string> = {
  unsupported: "This browser cannot show push messages.",
  denied:
    "This browser does not let the shop show messages. Allow it in the browser’s settings for this site.",
  off: "Get told on this device, also when the shop is not open.",
  on: "This device gets push messages.",
};

/** Push messages on this device, on or off. The browser asks for leave only after the press. */
export function PushSwitch() {
  const queries = useQueryClient();
  const devices = useQuery({
    queryKey: notify_keys.devices,
    queryFn: () => body_of(api.GET("/api/v1/me/push-subscriptions")),
  });
  const state = useQuery({ queryKey: [...notify_keys.devices, "here"], queryFn: push_state });
  const key = devices.data?.vapid_public_key;
  const change = useMutation({
    mutationFn: (on: boolean) => (on ? turn_push_on(key ?? "") : turn_push_off()),
    onSuccess: (now) => {
      queries.setQueryData([...notify_keys.devices, "here"], now);
      return queries.invalidateQueries({ queryKey: notify_keys.devices, exact: true });
    },
    onError: (fault) =>
      toast(
        "danger",
        "Push messages were not changed",
        fault instanceof ApiError
          ? sentence_of(fault)
          : "Your browser’s push service did not answer. Try again.",
      ),
  });
  if (!key || !state.data) return null;
  const is_on = state.data === "on";
  return (
    <Card className="mb-6 flex flex-wrap items-center gap-4 p-5">
      <span className="grid size-10 place-items-center rounded-full bg-sunken text-ink-muted">
        {is_on ? <BellRing className="size-5" aria-hidden /> : <Bell className="size-5" aria-hidden />}
      </span>
      <div className="min-w-48 flex-1">
        <h2 className="text-lg">Push on this device</h2>
        <p className="text-ink-muted">{sentences[state.data]}</p>
      </div>
      {(is_on || state.data === "off") && (
        <Button
          look={is_on ? "quiet" : "solid"}
          disabled={change.isPending}
          onClick={() => change.mutate(!is_on)}
        >
          {is_on ? "Turn push off" : "Turn push on"}
        </Button>
      )}
    </Card>
  );
}
