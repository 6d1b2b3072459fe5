"use client";

import { Switch } from "radix-ui";
import { sentence_of } from "@/lib/api/problem";
import { toast } from "@/ui/toast";

type AvailabilitySwitchProps = {
  available: boolean;
  busy: boolean;
  change: (available: boolean, options: { onError: (fault: unknown) => void }) => void;
};

/** Whether jobs are wanted. */
export function AvailabilitySwitch({ available, busy, change }: AvailabilitySwitchProps) {
  return (
    <label className="flex items-center justify-between gap-4 rounded-lg border border-line bg-surface p-4 shadow-low">
      <span>
        <span className="block font-semibold">{available ? "You are available" : "You are off duty"}</span>
        <span className="text-sm text-ink-muted">
          {available ? "Jobs nearby are shown below." : "Switch on to see jobs nearby."}
        </span>
      </span>
      <Switch.Root
        aria-label="Available for jobs"
        checked={available}
        disabled={busy}
        onCheckedChange={(next) =>
          change(next, { onError: (fault) => toast("danger", "Not changed", sentence_of(fault)) })
        }
        className="relative h-8 w-14 shrink-0 rounded-full bg-line-strong transition-colors disabled:opacity-60 data-[state=checked]:bg-success"
      >
        <Switch.Thumb className="block size-6 translate-x-1 rounded-full bg-white shadow-mid transition-transform duration-200 ease-out-soft data-[state=checked]:translate-x-7" />
      </Switch.Root>
    </label>
  );
}
